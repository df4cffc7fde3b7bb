import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  bedsideEntry,
  freshWeeks,
  readySession,
  recordAtBedside,
  tryDose,
} from '../../../tests/database/at-bedside.ts'
import {
  aDelivery,
  ledgerOf,
  lotNow,
  receivedLot,
  syringeOf,
  tryWaste,
} from '../../../tests/database/drug-stock.ts'
import { leaveShown } from '../../../tests/database/leave-shown.ts'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import { confirmColleague, hashPassword } from '../../identity/index.server.ts'
import type { Member } from '../../platform/actor.ts'
import { runCommand } from '../../platform/command.server.ts'
import { addMs, MINUTE_MS } from '../../platform/time.ts'
import {
  addAddendum,
  dischargePerson,
  lots,
  receiveStock,
  saveNote,
  sessionById,
  signNote,
} from '../index.server.ts'
import { newestMovements } from '../ledger/ledger-queries.server.ts'
import { cosignaturesOf, notesOfSession, noteTemplate } from '../note/note-queries.server.ts'
import { defaultNoteTemplate } from '../note/note-template.ts'
import { cosignNote, setNoteTemplate } from '../note/write-note.server.ts'
import type { LotId, SessionId } from '../session/session-event.ts'

let t: TestDatabase
let harbor: TestClinic
let nextWeeks: () => void
let other: TestClinic

beforeAll(async () => {
  t = await openTestDatabase()
  nextWeeks = freshWeeks(t)
  harbor = await makeClinic(t.services, 'harbor')
  other = await makeClinic(t.services, 'other')
})
afterAll(() => t.close())

const waste = (lotId: LotId, volumeMl: number, change: Parameters<typeof tryWaste>[4] = {}) =>
  tryWaste(t, harbor, lotId, Math.round(volumeMl * 100), change)
const balance = async (lotId: LotId) => (await lotNow(t, harbor, lotId)).hundredths / 100

describe('the stock', () => {
  it('takes a delivery in once, however often the form is sent', async () => {
    const input = aDelivery(t)
    const receive = (by = harbor.as.manager) => runCommand(t.services, by, receiveStock, input)
    await Promise.all([must(receive()), must(receive())])
    await must(receive())
    expect(await balance(input.key)).toBe(60)
    expect(await receive(harbor.as.prescriber)).toMatchObject({ reason: 'not-allowed' })
  })

  it('wastes what is there, once, and never more', async () => {
    const lotId = await receivedLot(t, harbor)
    const key = anId<'ledger-movement'>(t.services)
    await must(waste(lotId, 20, { key }))
    await must(waste(lotId, 20, { key }))
    expect(await balance(lotId)).toBe(40)
    expect(await waste(lotId, 40.01)).toMatchObject({
      reason: 'not-enough-there',
      detail: { holds: 4000 },
    })
    const both = await Promise.all([waste(lotId, 40), waste(lotId, 40, { by: harbor.as.secondNurse })])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await balance(lotId)).toBe(0)
  })

  it('shows and moves nothing of another clinic', async () => {
    const lotId = await receivedLot(t, harbor)
    expect(await waste(lotId, 1, { by: other.as.nurse })).toMatchObject({ reason: 'no-such-lot' })
    expect(await look(t.services, other.as.nurse, ({ db }) => lots(db, other.id))).toEqual([])
    const looked = look(t.services, other.as.nurse, ({ db }) => newestMovements(db, harbor.id, 10))
    expect(await looked).toEqual([])
  })

  it('is kept by the database: no movement and no lot is changed or removed', async () => {
    const lotId = await receivedLot(t, harbor)
    for (const statement of [
      `update ledger_movement set hundredths = 1 where lot_id = '${lotId}'`,
      `delete from ledger_movement where lot_id = '${lotId}'`,
      `update drug_lot set concentration_mg_per_ml = 50 where id = '${lotId}'`,
      `delete from drug_lot where id = '${lotId}'`,
    ]) {
      await expect(t.owner.query(statement)).rejects.toThrow('never changed')
    }
  })
})

async function dosed(minutes: number) {
  nextWeeks()
  const { nurse } = harbor.as
  const sessionId = await readySession(t, harbor)
  const lotId = await receivedLot(t, harbor)
  await must(tryDose(t, harbor, sessionId, lotId))
  t.clock.advance(minutes * MINUTE_MS)
  const words = { reason: 'asked to stop' }
  await recordAtBedside(t, harbor, sessionId, bedsideEntry(t, 'dose-stopped', {}, { words }))
  /** What was drawn and not given is wasted before a witness. */
  const empty = async () => {
    const [left] = await ledgerOf(t, harbor, sessionId)
    if (left && left.inSyringe > 0) {
      await must(waste(lotId, left.inSyringe / 100, fromSyringe(sessionId)))
    }
  }
  const leave = async (how: 'emptied' | 'with-some-left' = 'emptied') => {
    if (how === 'emptied') await empty()
    return must(
      runCommand(t.services, nurse, dischargePerson, {
        sessionId,
        key: anId<'session-event'>(t.services),
        override: {
          stepUp: stepUp(harbor.as.prescriber),
          reason: 'nothing left to watch',
          shown: await leaveShown(t, harbor, sessionId),
        },
      }),
    )
  }
  return { sessionId, lotId, leave }
}
const stepUp = (member: Member, ageMs = 0) => ({
  accountId: member.accountId,
  at: addMs(t.clock.now(), -ageMs),
})

const fromSyringe = (sessionId: SessionId) => ({ from: syringeOf(sessionId) })

describe('what is left in the syringe', () => {
  it('is wasted against what was drawn and not given, and leaves the balance alone', async () => {
    const { sessionId, lotId } = await dosed(20)
    expect(await balance(lotId)).toBeCloseTo(54.4, 5)
    // 28 mg of 56 were given: 2.8 mL are left.
    expect(await waste(lotId, 3, fromSyringe(sessionId))).toMatchObject({ reason: 'not-enough-there' })
    await must(waste(lotId, 2, fromSyringe(sessionId)))
    expect(await waste(lotId, 1, fromSyringe(sessionId))).toMatchObject({ reason: 'not-enough-there' })
    await must(waste(lotId, 0.8, fromSyringe(sessionId)))
    expect(await balance(lotId)).toBeCloseTo(54.4, 5)
    const second = await receivedLot(t, harbor)
    expect(await waste(second, 0.1, fromSyringe(sessionId))).toMatchObject({
      reason: 'no-such-lot',
    })
    expect(await waste(lotId, 0.1, fromSyringe(anId(t.services)))).toMatchObject({
      reason: 'no-such-session',
    })
  })
})

describe('the note', () => {
  const text = (
    sessionId: SessionId,
    body: string,
    basedOn: number,
    key = anId<'session-note'>(t.services),
  ) => ({
    sessionId,
    key,
    body,
    basedOn,
    draft: [],
  })
  const save = (input: ReturnType<typeof text>, by: Member = harbor.as.nurse) =>
    runCommand(t.services, by, saveNote, input)
  const entriesOf = async (sessionId: SessionId) =>
    (await look(t.services, harbor.as.nurse, ({ db }) => sessionById(db, harbor.id, sessionId)))!.events
      .length
  const sign = async (
    input: ReturnType<typeof text>,
    by: Member = harbor.as.nurse,
    confirmed = stepUp(by),
    more: object = {},
  ) =>
    runCommand(t.services, by, signNote, {
      ...input,
      log: { says: [], entries: await entriesOf(input.sessionId) },
      closingKey: anId<'session-event'>(t.services),
      stepUp: confirmed,
      ...more,
    })
  const notes = (sessionId: SessionId) =>
    look(t.services, harbor.as.nurse, ({ db }) => notesOfSession(db, harbor.id, sessionId))

  it('holds the note back until it is wasted before a witness who is somebody else and may', async () => {
    const { sessionId, lotId, leave } = await dosed(20)
    const input = fromSyringe(sessionId)
    const by = harbor.as
    expect(await waste(lotId, 2.8, { ...input, witness: undefined })).toMatchObject({
      reason: 'witness-missing',
    })
    expect(await waste(lotId, 2.8, { ...input, witness: stepUp(by.nurse) })).toMatchObject({
      reason: 'witness-is-yourself',
    })
    expect(
      await waste(lotId, 2.8, { ...input, witness: stepUp(by.secondNurse, 3 * MINUTE_MS) }),
    ).toMatchObject({
      reason: 'witness-not-confirmed',
    })
    expect(await waste(lotId, 2.8, { ...input, witness: stepUp(by.coordinator) })).toMatchObject({
      reason: 'witness-without-right',
    })
    expect(await waste(lotId, 2.8, { ...input, witness: stepUp(other.as.nurse) })).toMatchObject({
      reason: 'witness-without-right',
    })
    await must(waste(lotId, 2.7, input))
    await leave('with-some-left')
    expect(await sign(text(sessionId, 'all of it', 0))).toMatchObject({
      reason: 'drug-unsettled',
      detail: { open: [{ lotId, inSyringe: 10, logLessLedger: 0 }] },
    })
    await must(waste(lotId, 0.1, input))
    await must(sign(text(sessionId, 'all of it', 0)))
    expect(await ledgerOf(t, harbor, sessionId)).toEqual([
      { lotId, drawn: 560, given: 280, wasted: 280, returned: 0, lost: 0, inSyringe: 0 },
    ])
  })

  it('is not taken on a key that names a note or an entry of another session', async () => {
    const other = await dosed(20)
    const first = text(other.sessionId, 'theirs', 0)
    await must(save(first))
    const theirs = await look(t.services, harbor.as.nurse, ({ db }) =>
      sessionById(db, harbor.id, other.sessionId),
    )
    const { sessionId, leave } = await dosed(20)
    await leave()
    expect(await save(text(sessionId, 'mine', 0, first.key))).toMatchObject({ reason: 'key-in-use' })
    expect(await sign(text(sessionId, 'mine', 0, first.key))).toMatchObject({ reason: 'key-in-use' })
    const closingKey = theirs!.events[0]!.id
    const signed = runCommand(t.services, harbor.as.nurse, signNote, {
      ...text(sessionId, 'mine', 0),
      log: { says: [], entries: await entriesOf(sessionId) },
      closingKey,
      stepUp: stepUp(harbor.as.nurse),
    })
    expect(await signed).toMatchObject({ reason: 'key-in-use' })
    expect(await notes(sessionId)).toEqual([])
    await must(sign(text(sessionId, 'mine', 0)))
    const addendum = { sessionId, key: first.key, body: 'more', stepUp: stepUp(harbor.as.nurse) }
    expect(await runCommand(t.services, harbor.as.nurse, addAddendum, addendum)).toMatchObject({
      reason: 'key-in-use',
    })
  })

  it('is saved, never over somebody else’s text, signed, closes the session, and is then locked', async () => {
    const { sessionId, leave } = await dosed(20)
    const first = text(sessionId, 'first', 0)
    await must(save(first))
    await must(save(first))
    expect(await save(text(sessionId, 'mine', 0), harbor.as.secondNurse)).toMatchObject({
      reason: 'changed-meanwhile',
      detail: { revision: 1 },
    })
    await must(save(text(sessionId, 'second', 1)))
    expect(await sign(text(sessionId, 'third', 2))).toMatchObject({ reason: 'session-not-over' })
    await leave()
    expect(await sign(text(sessionId, 'third', 1))).toMatchObject({ reason: 'changed-meanwhile' })
    expect(
      await sign(text(sessionId, 'third', 2), harbor.as.nurse, stepUp(harbor.as.nurse, 3 * MINUTE_MS)),
    ).toMatchObject({
      reason: 'not-confirmed',
    })
    expect(
      await sign(text(sessionId, 'third', 2), harbor.as.nurse, stepUp(harbor.as.prescriber)),
    ).toMatchObject({
      reason: 'not-confirmed',
    })
    await must(sign(text(sessionId, 'third', 2)))
    await must(sign(text(sessionId, 'third', 2)))
    expect(await sign(text(sessionId, 'fourth', 3))).toMatchObject({ reason: 'note-signed' })
    expect(await save(text(sessionId, 'fourth', 3))).toMatchObject({ reason: 'note-signed' })
    const session = await look(t.services, harbor.as.nurse, ({ db }) => sessionById(db, harbor.id, sessionId))
    expect(session?.state.closed?.outcome).toBe('completed')
    expect(session?.events.filter(({ kind }) => kind === 'session-closed')).toHaveLength(1)
    expect(await notes(sessionId)).toMatchObject([
      { body: 'third', signed: { by: harbor.as.nurse.accountId } },
    ])
    for (const statement of [
      `update session_note set body = 'other' where session_id = '${sessionId}'`,
      `update session_note set signed_at = null, signed_by = null where session_id = '${sessionId}'`,
      `delete from session_note where session_id = '${sessionId}'`,
      'truncate session_note cascade',
    ]) {
      await expect(t.owner.query(statement)).rejects.toThrow(/never changed/)
    }
  })

  it('is signed under by a prescriber who did not write it, once each, and not before it is signed', async () => {
    const { sessionId, leave } = await dosed(20)
    await leave()
    const key = anId<'note-cosignature'>(t.services)
    const under = (by: Member, id = anId<'note-cosignature'>(t.services), confirmed = stepUp(by)) =>
      runCommand(t.services, by, cosignNote, { sessionId, key: id, remark: 'Agreed.', stepUp: confirmed })
    expect(await under(harbor.as.prescriber)).toMatchObject({ reason: 'note-not-signed' })
    await must(sign(text(sessionId, 'done', 0)))
    expect(await under(harbor.as.nurse)).toMatchObject({ reason: 'not-allowed' })
    expect(await under(harbor.as.prescriber, key, stepUp(harbor.as.nurse))).toMatchObject({
      reason: 'not-confirmed',
    })
    await must(under(harbor.as.prescriber, key))
    await must(under(harbor.as.prescriber, key))
    expect(await under(harbor.as.prescriber)).toMatchObject({ reason: 'cosigned-already' })
    const [note] = await notes(sessionId)
    const signed = await look(t.services, harbor.as.nurse, ({ db }) =>
      cosignaturesOf(db, harbor.id, note!.id),
    )
    expect(signed).toMatchObject([{ by: harbor.as.prescriber.accountId, remark: 'Agreed.' }])
    await expect(t.owner.query('delete from note_cosignature')).rejects.toThrow(/never changed/)
  })

  it('is not signed under by whoever wrote it', async () => {
    const { sessionId, leave } = await dosed(20)
    await leave()
    const by = harbor.as.prescriber
    await must(sign(text(sessionId, 'done', 0), by))
    const own = runCommand(t.services, by, cosignNote, {
      sessionId,
      key: anId<'note-cosignature'>(t.services),
      remark: '',
      stepUp: stepUp(by),
    })
    expect(await own).toMatchObject({ reason: 'own-note' })
  })

  it('is laid out by the newest version of the clinic; of two who set it at once one is told', async () => {
    const current = () => look(t.services, harbor.as.manager, ({ db }) => noteTemplate(db, harbor.id))
    expect((await current()).version).toBe(0)
    const parts = [...defaultNoteTemplate.parts].reverse()
    const set = (basedOn: number) =>
      runCommand(t.services, harbor.as.manager, setNoteTemplate, { basedOn, parts })
    const both = await Promise.all([set(0), set(0)])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(both.find(({ ok }) => !ok)).toMatchObject({ reason: 'changed-meanwhile' })
    const now = await current()
    expect([now.version, now.parts.map(({ part }) => part)]).toEqual([1, parts.map(({ part }) => part)])
  })

  it('is signed at once from the draft, and by one of two who sign together', async () => {
    const { sessionId, leave } = await dosed(20)
    await leave()
    const both = await Promise.all([
      sign(text(sessionId, 'one', 0)),
      sign(text(sessionId, 'two', 0), harbor.as.secondNurse),
    ])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await notes(sessionId)).toHaveLength(1)
  })

  it('takes addenda only once it is signed, each once', async () => {
    const { sessionId, leave } = await dosed(20)
    const key = anId<'session-note'>(t.services)
    const add = (body: string, id = key, by: Member = harbor.as.prescriber) =>
      runCommand(t.services, by, addAddendum, { sessionId, key: id, body, stepUp: stepUp(by) })
    expect(await add('more')).toMatchObject({ reason: 'note-not-signed' })
    await leave()
    await must(sign(text(sessionId, 'note', 0)))
    await must(add('more'))
    await must(add('more'))
    await must(add('and more', anId(t.services), harbor.as.secondNurse))
    expect((await notes(sessionId)).map(({ part, body }) => `${part} ${body}`)).toEqual([
      'note note',
      'addendum more',
      'addendum and more',
    ])
  })

  it('is nothing to another clinic or to other roles', async () => {
    const { sessionId } = await dosed(20)
    expect(await save(text(sessionId, 'x', 0), other.as.nurse)).toMatchObject({ reason: 'no-such-session' })
    expect(await sign(text(sessionId, 'x', 0), other.as.nurse)).toMatchObject({ reason: 'no-such-session' })
    expect(await save(text(sessionId, 'x', 0), harbor.as.therapist)).toMatchObject({ reason: 'not-allowed' })
  })
})

describe('a colleague who signs on this screen', () => {
  it('is confirmed by their own password; wrong and unknown look the same, and are slowed', async () => {
    await t.owner.query(`update account set password_hash = $1 where id = $2`, [
      await hashPassword('second-pair-of-eyes'),
      harbor.as.prescriber.accountId,
    ])
    const confirm = (email: string, password: string) =>
      confirmColleague(t.services, harbor.as.nurse, ['nurse', 'prescriber'], { email, password })
    expect(await confirm(' Prescriber.harbor@example.org', 'second-pair-of-eyes')).toEqual({
      ok: true,
      stepUp: { accountId: harbor.as.prescriber.accountId, at: t.clock.now() },
    })
    const no = { ok: false, reason: 'no-match' }
    expect(await confirm('prescriber.harbor@example.org', 'wrong')).toEqual(no)
    expect(await confirm('nobody@example.org', 'wrong')).toEqual(no)
    expect(await confirm('prescriber.other@example.org', 'second-pair-of-eyes')).toEqual(no)
    expect(await confirm('manager.harbor@example.org', 'wrong')).toEqual(no)
    for (let i = 0; i < 8; i++) await confirm('prescriber.harbor@example.org', 'wrong')
    expect(await confirm('prescriber.harbor@example.org', 'second-pair-of-eyes')).toMatchObject({
      ok: false,
      reason: 'slowed',
    })
  })
})
