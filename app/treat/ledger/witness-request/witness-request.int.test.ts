import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  bedsideEntry,
  readySession,
  recordAtBedside,
  tryDose,
} from '../../../../tests/database/at-bedside.ts'
import { aDelivery, receivedLot } from '../../../../tests/database/drug-stock.ts'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../../tests/database/test-clinic.ts'
import { clinicById } from '../../../identity/index.server.ts'
import type { Member } from '../../../platform/actor.ts'
import { runCommand } from '../../../platform/command.server.ts'
import { feedHead, feedSince } from '../../../platform/feed.server.ts'
import { addMs, DAY_MS, type Instant, MINUTE_MS } from '../../../platform/time.ts'
import type { LotId } from '../../session/session-event.ts'
import { recallLot } from '../keep-stock.server.ts'
import { movementsOfAct, movementsOfSession } from '../ledger-queries.server.ts'
import { lotById } from '../lot-queries.server.ts'
import { type MovementId, SAFE } from '../movement.ts'
import { takeOut } from '../waste-stock.server.ts'
import { declineRequest, type SignRequest, signRequest, signRequestHere } from './answer-request.server.ts'
import { askWitness, withdrawRequest } from './ask-witness.server.ts'
import { loadWitnessRequest, waitingForWitness } from './witness-page.server.ts'
import { answerOf, requestById } from './witness-queries.server.ts'
import type { WitnessRequestId } from './witness-request.ts'
import type { WitnessedAct } from './witnessed-acts.server.ts'

let t: TestDatabase
let harbor: TestClinic
let other: TestClinic
let nurse: Member
let second: Member
let manager: Member

beforeAll(async () => {
  t = await openTestDatabase()
  t.clock.set('2026-11-23T15:00:00.000Z')
  harbor = await makeClinic(t.services, 'harbor')
  other = await makeClinic(t.services, 'other')
  nurse = harbor.as.nurse
  second = harbor.as.secondNurse
  manager = harbor.as.manager
})
afterAll(() => t.close())
beforeEach(() => t.clock.advance(60 * MINUTE_MS))

const signs = (member: Member, at: Instant = t.clock.now()) => ({ accountId: member.accountId, at })
/** Sixty vials of 1 mL. */
const stock = () => receivedLot(t, harbor, { lotNumber: 'L1', containerMl: 1, containers: 60 })

const wasting = (
  lotId: LotId,
  ml: number,
  change: object = {},
): WitnessedAct & { readonly act: 'take-out' } => ({
  act: 'take-out',
  input: {
    key: anId<'ledger-movement'>(t.services),
    kind: 'waste',
    lotId,
    from: { place: SAFE },
    hundredths: Math.round(ml * 100),
    reason: 'broken',
    ...change,
  },
})
const ask = (asked: WitnessedAct, by: Member = nurse) => runCommand(t.services, by, askWitness, asked)
const asked = async (act: WitnessedAct, by: Member = nurse) => (await must(ask(act, by))).requestId
const request = async (id: WitnessRequestId) =>
  (await look(t.services, nurse, ({ db }) => requestById(db, harbor.id, id)))!
const answer = (id: WitnessRequestId) => look(t.services, nurse, ({ db }) => answerOf(db, harbor.id, id))
const waiting = async (who: Member) =>
  (await look(t.services, who, ({ db, at }) => waitingForWitness(db, who, at))).map(({ id }) => id)
const signature = async (
  id: WitnessRequestId,
  by: Member,
  change: Partial<SignRequest> = {},
): Promise<SignRequest> => ({
  requestId: id,
  key: anId<'witness-answer'>(t.services),
  shown: (await request(id)).digest,
  stepUp: signs(by),
  ...change,
})
const sign = async (id: WitnessRequestId, by: Member = second, change: Partial<SignRequest> = {}) =>
  runCommand(t.services, by, signRequest, await signature(id, by, change))
const act = (key: MovementId) => look(t.services, nurse, ({ db }) => movementsOfAct(db, harbor.id, key))
const left = async (lotId: LotId) =>
  (await look(t.services, nurse, ({ db }) => lotById(db, harbor.id, lotId)))?.hundredths

/** Until so many wait for a lock of this database. */
async function waitingForLock(howMany: number): Promise<void> {
  for (;;) {
    const { rows } = await t.owner.query(
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    if (rows[0].n >= howMany) return
  }
}

describe('a witness on their own device', () => {
  it('signs what they read: the asker’s act is recorded with them as its witness, in the words that were shown', async () => {
    const lotId = await stock()
    const wanted = wasting(lotId, 20)
    const before = await look(t.services, nurse, ({ db }) => feedHead(db, harbor.id))
    const id = await asked(wanted)
    const { words } = await request(id)
    expect(words.split('\n')).toEqual([
      'Waste 20 sealed vials, 20.00 mL (200 mg).',
      'Lot L1: Ketamine hydrochloride 10 mg/mL, usable through Wed 31 Dec 2031.',
      'From the safe into waste.',
      'Reason: broken.',
      expect.stringMatching(new RegExp(`^Asked by ${nurse.name}, Mon 23 Nov 2026, \\d\\d:\\d\\d\\.$`)),
    ])
    // Nothing stands in the ledger while it waits.
    expect([await act(wanted.input.key), await left(lotId)]).toEqual([[], 6000])
    expect(await waiting(second)).toContain(id)
    expect(await waiting(manager)).toContain(id)
    expect(await waiting(nurse)).not.toContain(id)

    t.clock.advance(3 * MINUTE_MS)
    expect(await must(sign(id))).toEqual({ recorded: true })
    const [movement] = await act(wanted.input.key)
    expect(movement).toMatchObject({
      kind: 'waste',
      hundredths: 2000,
      by: nurse.accountId,
      witness: second.accountId,
      at: t.clock.now(),
      detail: { signed: words },
    })
    expect(await left(lotId)).toBe(4000)
    expect(await answer(id)).toMatchObject({ kind: 'signed', by: second.accountId })
    expect(await waiting(manager)).not.toContain(id)
    const told = await look(t.services, nurse, ({ db }) => feedSince(db, harbor.id, before, 50))
    expect(told.map(({ kind }) => kind)).toEqual([
      'stock.witness-asked',
      'stock.changed',
      'stock.witness-answered',
    ])
    const { rows } = await t.owner.query(
      `select action, actor_id, detail from audit_entry where clinic_id = $1 and (object_id = $2 or object_id = $3) order by seq`,
      [harbor.id, id, lotId],
    )
    expect(rows.slice(-2).map(({ action }) => action)).toEqual(['treat.waste-stock', 'treat.witness-stock'])
    expect(rows.at(-2).detail).toMatchObject({ askedBy: nurse.accountId })
  })

  it('is somebody else who may, who has just proved it, and who read these words', async () => {
    const id = await asked(wasting(await stock(), 1))
    expect(await sign(id, nurse)).toMatchObject({ reason: 'witness-is-yourself' })
    expect(await sign(id, harbor.as.coordinator)).toMatchObject({ reason: 'not-allowed' })
    expect(await sign(id, harbor.as.therapist)).toMatchObject({ reason: 'not-allowed' })
    expect(await sign(id, second, { stepUp: signs(manager) })).toMatchObject({
      reason: 'witness-not-confirmed',
    })
    const long = signs(second, addMs(t.clock.now(), -3 * MINUTE_MS))
    expect(await sign(id, second, { stepUp: long })).toMatchObject({ reason: 'witness-not-confirmed' })
    const elsewhere = await asked(wasting(await stock(), 2))
    expect(await sign(id, second, { shown: (await request(elsewhere)).digest })).toMatchObject({
      reason: 'not-as-shown',
    })
    expect(await answer(id)).toBeUndefined()
    expect(await must(sign(id, harbor.as.prescriber))).toEqual({ recorded: true })
  })

  it('reads what has to be looked at, as a witness at the same screen does', async () => {
    const remark = 'The code names no lot. Compare the label yourself: the ledger says lot L1.'
    const wanted = wasting(await stock(), 1, { remarks: [remark] })
    const id = await asked(wanted)
    expect((await request(id)).words.split('\n')).toContain(remark)
    await must(sign(id))
    expect((await act(wanted.input.key))[0]?.detail).toMatchObject({ remarks: [remark] })
  })

  it('of another clinic finds nothing', async () => {
    const id = await asked(wasting(await stock(), 1))
    const input = await signature(id, other.as.nurse)
    expect(await runCommand(t.services, other.as.nurse, signRequest, input)).toMatchObject({
      reason: 'no-such-request',
    })
    expect(
      await runCommand(t.services, other.as.nurse, declineRequest, { ...input, reason: 'no' }),
    ).toMatchObject({ reason: 'no-such-request' })
    expect(await runCommand(t.services, other.as.nurse, withdrawRequest, input)).toMatchObject({
      reason: 'no-such-request',
    })
    expect(await look(t.services, other.as.nurse, ({ db }) => requestById(db, harbor.id, id))).toBeUndefined()
    expect(await waiting(other.as.nurse)).toEqual([])
  })

  it('may not sign, and says why: the asker reads it and asks again', async () => {
    const wanted = wasting(await stock(), 1)
    const id = await asked(wanted)
    const no = { requestId: id, key: anId<'witness-answer'>(t.services), reason: 'I saw 2 mL, not 1' }
    expect(await runCommand(t.services, nurse, declineRequest, no)).toMatchObject({
      reason: 'witness-is-yourself',
    })
    await must(runCommand(t.services, second, declineRequest, no))
    await must(runCommand(t.services, second, declineRequest, no))
    // Back, and the other form of the same page: it has the same key.
    expect(await sign(id, second, { key: no.key })).toMatchObject({ reason: 'already-answered' })
    expect(await act(wanted.input.key)).toEqual([])
    expect(await answer(id)).toMatchObject({ kind: 'declined', reason: 'I saw 2 mL, not 1' })
    expect(await sign(id, manager)).toMatchObject({ reason: 'already-answered' })
    const again = await asked(wanted)
    expect(again).not.toBe(id)
    expect(await request(again)).toMatchObject({ round: 2 })
    expect(await must(sign(again, manager))).toEqual({ recorded: true })
    expect(await ask(wanted)).toMatchObject({ reason: 'already-recorded' })
  })
})

describe('a witness who walks away', () => {
  it('leaves nothing recorded: the request runs out after ten minutes', async () => {
    const lotId = await stock()
    const id = await asked(wasting(lotId, 1))
    t.clock.advance(10 * MINUTE_MS - 1)
    expect(await waiting(second)).toContain(id)
    t.clock.advance(1)
    expect(await waiting(second)).not.toContain(id)
    expect(await sign(id)).toMatchObject({ reason: 'request-over' })
    expect(await left(lotId)).toBe(6000)
  })

  it('can be replaced: the asker withdraws, or has somebody sign on their own device', async () => {
    const lotId = await stock()
    const wanted = wasting(lotId, 1)
    const id = await asked(wanted)
    expect(await runCommand(t.services, manager, withdrawRequest, { requestId: id })).toMatchObject({
      reason: 'no-such-request',
    })
    await must(runCommand(t.services, nurse, withdrawRequest, { requestId: id }))
    await must(runCommand(t.services, nurse, withdrawRequest, { requestId: id }))
    expect(await sign(id)).toMatchObject({ reason: 'already-answered' })
    const again = await asked(wanted)
    const here = await signature(again, second)
    expect(await runCommand(t.services, manager, signRequestHere, here)).toMatchObject({
      reason: 'no-such-request',
    })
    expect(
      await runCommand(t.services, nurse, signRequestHere, { ...here, stepUp: signs(nurse) }),
    ).toMatchObject({ reason: 'witness-is-yourself' })
    expect(
      await runCommand(t.services, nurse, signRequestHere, {
        ...here,
        stepUp: signs(harbor.as.coordinator),
      }),
    ).toMatchObject({ reason: 'witness-without-right' })
    expect(await must(runCommand(t.services, nurse, signRequestHere, here))).toEqual({ recorded: true })
    expect((await act(wanted.input.key))[0]).toMatchObject({ by: nurse.accountId, witness: second.accountId })
    expect(await runCommand(t.services, nurse, withdrawRequest, { requestId: again })).toMatchObject({
      reason: 'already-answered',
    })
  })

  it('finds it signed on the asker’s form when they come back', async () => {
    const lotId = await stock()
    const wanted = wasting(lotId, 1)
    const id = await asked(wanted)
    await must(runCommand(t.services, nurse, takeOut, { ...wanted.input, witness: signs(manager) }))
    expect(await waiting(second)).not.toContain(id)
    expect(await sign(id)).toMatchObject({ reason: 'already-recorded' })
    expect(await act(wanted.input.key)).toHaveLength(1)
    expect(await left(lotId)).toBe(5900)
  })

  it('cannot sign while the server’s clock stands before the asking', async () => {
    const id = await asked(wasting(await stock(), 1))
    t.clock.advance(-1)
    expect(await sign(id)).toMatchObject({ reason: 'clock-behind' })
    // A signature given before the clock went back lies in the future.
    expect(await sign(id, second, { stepUp: signs(second, addMs(t.clock.now(), 1)) })).toMatchObject({
      reason: 'witness-not-confirmed',
    })
    t.clock.advance(1)
    expect(await must(sign(id))).toEqual({ recorded: true })
  })
})

describe('twice at once', () => {
  it('of two who sign one counts, and the other is told', async () => {
    const lotId = await stock()
    const wanted = wasting(lotId, 1)
    const id = await asked(wanted)
    const both = await Promise.all([sign(id, second), sign(id, manager), sign(id, harbor.as.prescriber)])
    expect(both.filter(({ ok }) => ok)).toEqual([{ ok: true, value: { recorded: true } }])
    expect(both.filter(({ ok }) => !ok)).toMatchObject([
      { reason: 'already-answered' },
      { reason: 'already-answered' },
    ])
    const [movement, ...more] = await act(wanted.input.key)
    expect(more).toEqual([])
    expect(movement?.witness).toBe((await answer(id))?.by)
    expect(await left(lotId)).toBe(5900)
  })

  it('a signature and a withdrawal leave one of them', async () => {
    const lotId = await stock()
    const id = await asked(wasting(lotId, 1))
    const [signed, withdrawn] = await Promise.all([
      sign(id),
      runCommand(t.services, nurse, withdrawRequest, { requestId: id }),
    ])
    expect([signed.ok, withdrawn.ok].filter(Boolean)).toHaveLength(1)
    expect(await left(lotId)).toBe(signed.ok ? 5900 : 6000)
  })

  it.each([
    ['with another witness', 'waste'],
    ['with nobody', 'send-back'],
  ] as const)('a form recorded %s just before leaves the signature uncounted', async (_who, kind) => {
    const witness = kind === 'waste' ? signs(manager) : undefined
    const lotId = await stock()
    const wanted = wasting(lotId, 1, { kind })
    const id = await asked(wanted)
    const holder = await t.owner.connect()
    try {
      await holder.query('begin')
      await holder.query('select 1 from drug_lot where id = $1 for update', [lotId])
      const form = runCommand(t.services, nurse, takeOut, { ...wanted.input, witness })
      await waitingForLock(1)
      // It finds nothing on record yet, and waits behind the form.
      const signing = sign(id)
      await waitingForLock(2)
      await holder.query('commit')
      await must(form)
      expect(await signing).toMatchObject({ reason: 'already-recorded' })
    } finally {
      holder.release()
    }
    expect(await answer(id)).toBeUndefined()
    const [movement, ...more] = await act(wanted.input.key)
    expect([movement?.witness, more]).toEqual([witness?.accountId, []])
  })

  it('the same post signs once, and says the same again', async () => {
    const lotId = await stock()
    const id = await asked(wasting(lotId, 1))
    const input = await signature(id, second)
    const post = () => runCommand(t.services, second, signRequest, input)
    expect(await must(post())).toEqual({ recorded: true })
    expect(await must(post())).toEqual({ recorded: true })
    expect(await left(lotId)).toBe(5900)
  })

  it('asking the same is one request; asking other figures withdraws the one before', async () => {
    const lotId = await stock()
    const wanted = wasting(lotId, 1)
    const both = await Promise.all([asked(wanted), asked(wanted)])
    expect(both[0]).toBe(both[1])
    expect(await asked(wanted)).toBe(both[0])
    const more = await asked({ ...wanted, input: { ...wanted.input, hundredths: 200 } })
    expect(more).not.toBe(both[0])
    expect(await answer(both[0])).toMatchObject({ kind: 'withdrawn' })
    expect(await ask(wanted, manager)).toMatchObject({ reason: 'recorded-otherwise' })
    await must(sign(more))
    expect(await left(lotId)).toBe(5800)
  })
})

describe('what changed between asking and signing', () => {
  it('is asked for only if it could be recorded now, by somebody who may', async () => {
    const lotId = await stock()
    expect(await ask(wasting(lotId, 60.01))).toMatchObject({ reason: 'not-enough-there' })
    expect(await ask(wasting(anId(t.services), 1))).toMatchObject({ reason: 'no-such-lot' })
    const input = aDelivery(t)
    expect(await ask({ act: 'receive', input }, harbor.as.prescriber)).toMatchObject({
      reason: 'not-allowed',
    })
    expect(await ask(wasting(lotId, 1), other.as.nurse)).toMatchObject({ reason: 'no-such-lot' })
    expect(await left(lotId)).toBe(6000)
  })

  it('refuses what is no longer there, says so to both, and records nothing', async () => {
    const lotId = await stock()
    const wanted = wasting(lotId, 50)
    const id = await asked(wanted)
    await must(
      runCommand(t.services, manager, takeOut, { ...wasting(lotId, 20).input, witness: signs(second) }),
    )
    const input = await signature(id, second)
    const post = () => runCommand(t.services, second, signRequest, input)
    expect(await must(post())).toEqual({ recorded: false, reason: 'not-enough-there' })
    expect(await must(post())).toEqual({ recorded: false, reason: 'not-enough-there' })
    expect(await answer(id)).toMatchObject({ kind: 'refused', reason: 'not-enough-there' })
    expect([await act(wanted.input.key), await left(lotId)]).toEqual([[], 4000])
  })

  it('refuses when the asker may not record any more, or does not work here any more', async () => {
    for (const change of [`roles = '{coordinator}'`, 'active = false']) {
      const lotId = await stock()
      const id = await asked(wasting(lotId, 1))
      const where = `where clinic_id = '${harbor.id}' and account_id = '${nurse.accountId}'`
      await t.owner.query(`update membership set ${change} ${where}`)
      expect(await must(sign(id))).toEqual({ recorded: false, reason: 'asker-without-right' })
      await t.owner.query(`update membership set roles = '{nurse}', active = true ${where}`)
      expect(await left(lotId)).toBe(6000)
    }
  })

  it('refuses a witness whose right was taken meanwhile, and leaves the request open for another', async () => {
    const id = await asked(wasting(await stock(), 1))
    const where = `where clinic_id = '${harbor.id}' and account_id = '${second.accountId}'`
    await t.owner.query(`update membership set active = false ${where}`)
    // Their sign-in still says nurse.
    expect(await sign(id)).toMatchObject({ reason: 'witness-without-right' })
    await t.owner.query(`update membership set active = true ${where}`)
    expect(await must(sign(id, manager))).toEqual({ recorded: true })
  })

  it('refuses words that do not fit the facts any more', async () => {
    const id = await asked(wasting(await stock(), 1))
    await t.owner.query(`update account set name = 'Another Name' where id = '${nurse.accountId}'`)
    expect(await must(sign(id))).toEqual({ recorded: false, reason: 'changed-since' })
    await t.owner.query(`update account set name = '${nurse.name}' where id = '${nurse.accountId}'`)
  })

  it('takes a delivery in before a witness, unless its lot was called back meanwhile', async () => {
    const input = aDelivery(t, {
      lotNumber: 'R7',
      supplier: 'Invented wholesaler',
      invoice: 'I 9',
    })
    const id = await asked({ act: 'receive', input })
    expect((await request(id)).words.split('\n').slice(0, 3)).toEqual([
      'Receive 3 sealed vials, 60.00 mL (600 mg).',
      'Lot R7: Ketamine hydrochloride 10 mg/mL, usable through Wed 31 Dec 2031.',
      'From Invented wholesaler, invoice I 9 into the safe.',
    ])
    expect(await left(input.key)).toBeUndefined()
    await must(sign(id))
    expect(await left(input.key)).toBe(6000)
    const next = aDelivery(t, { lotNumber: 'R7' })
    const late = await asked({ act: 'receive', input: next })
    await must(
      runCommand(t.services, manager, recallLot, {
        key: anId<'lot-recall'>(t.services),
        lotId: input.key,
        state: 'recalled',
        reason: 'letter of the maker',
      }),
    )
    expect(await must(sign(late))).toEqual({ recorded: false, reason: 'lot-recalled' })
    expect(await left(next.key)).toBeUndefined()
  })

  it('refuses the rest of a syringe when the record of the dose was corrected meanwhile', async () => {
    const { sessionId, lotId, correct } = await stoppedDose()
    const rest = { from: { place: { at: 'syringe', id: sessionId } } } as const
    const id = await asked(wasting(lotId, 2.8, rest))
    expect((await request(id)).words).toMatch(
      /From the syringe of the session in Room .*, opened .* into waste\./,
    )
    await correct(40)
    const movements = () => look(t.services, nurse, ({ db }) => movementsOfSession(db, harbor.id, sessionId))
    const before = await movements()
    expect(await must(sign(id))).toEqual({ recorded: false, reason: 'not-enough-there' })
    expect(await movements()).toEqual(before)
    const again = await asked(wasting(lotId, 1.6, rest))
    expect(await must(sign(again))).toEqual({ recorded: true })
    const back = { onward: `/work/sessions/${sessionId}`, anew: `/work/stock/take-out?session=${sessionId}` }
    expect(await shown(again, nurse)).toMatchObject({ is: 'signed', own: true, ...back })
    // A manager signs for others too, and sees no session.
    expect(await shown(again, manager)).toMatchObject({ is: 'signed', own: false, onward: '/work/stock' })
    expect(await shown(id, second)).toMatchObject({
      is: 'refused',
      answer: { reason: expect.stringContaining('less than that stands there') },
    })
    await expect(shown(again, other.as.nurse)).rejects.toMatchObject({ status: 404 })
  })
})

it('sees the rest of a dose wasted by the prescriber who gave it', async () => {
  const { sessionId, lotId } = await stoppedDose()
  const rest = wasting(lotId, 2.8, { from: { place: { at: 'syringe', id: sessionId } } })
  const id = await asked(rest, harbor.as.prescriber)
  expect(await must(sign(id))).toEqual({ recorded: true })
  expect((await act(rest.input.key))[0]).toMatchObject({
    by: harbor.as.prescriber.accountId,
    witness: second.accountId,
  })
})

describe('waste that was given', () => {
  it('is set right before a witness on their own device, as long as the log says so', async () => {
    const { sessionId, lotId, correct } = await stoppedDose()
    await must(sign(await asked(wasting(lotId, 2.8, { from: { place: { at: 'syringe', id: sessionId } } }))))
    const input = {
      key: anId<'ledger-movement'>(t.services),
      sessionId,
      lotId,
      hundredths: 120,
      reason: 'read wrong',
    }
    expect(await ask({ act: 'waste-back', input })).toMatchObject({ reason: 'not-in-log' })
    await correct(40)
    const id = await asked({ act: 'waste-back', input })
    expect((await request(id)).words.split('\n')).toMatchObject([
      'Set right 1.20 mL (12 mg).',
      'Lot L1: Ketamine hydrochloride 10 mg/mL, usable through Wed 31 Dec 2031.',
      expect.stringMatching(/^From waste into the syringe of the session in .*, opened .*\.$/),
      'It is on record as waste, and was given, as the log of the session says.',
      'Reason: read wrong.',
      expect.stringMatching(/^Asked by/),
    ])
    expect(await act(input.key)).toEqual([])
    await correct(28)
    expect(await must(sign(id))).toEqual({ recorded: false, reason: 'not-in-log' })
    await correct(40)
    const again = await asked({ act: 'waste-back', input })
    expect(await must(sign(again))).toEqual({ recorded: true })
    expect((await act(input.key))[0]).toMatchObject({ kind: 'waste-back', witness: second.accountId })
    expect(await shown(again, nurse)).toMatchObject({ is: 'signed', onward: `/work/sessions/${sessionId}` })
  })
})

/** The page of a request, as somebody opens it. */
async function shown(id: WitnessRequestId, actor: Member) {
  const clinic = (await look(t.services, actor, ({ db }) => clinicById(db, actor.clinicId)))!
  const url = new URL(`http://clinic.test/work/witness/${id}`)
  const request = new Request(url)
  return loadWitnessRequest({
    services: t.services,
    actor,
    clinic,
    params: { id },
    request,
    url,
    address: '',
  })
}

it('keeps requests and answers as they are', async () => {
  const id = await asked(wasting(await stock(), 1))
  await must(sign(id))
  for (const statement of [
    `update witness_request set expires_at = now() where id = '${id}'`,
    `delete from witness_request where id = '${id}'`,
    `update witness_answer set kind = 'withdrawn' where request_id = '${id}'`,
    `delete from witness_answer where request_id = '${id}'`,
  ]) {
    await expect(t.owner.query(statement)).rejects.toThrow('never changed')
  }
})

/** A dose of 56 mg (5.6 mL), stopped halfway: 2.8 mL are left. */
async function stoppedDose() {
  // Nobody is booked for two at once.
  t.clock.advance(DAY_MS)
  const sessionId = await readySession(t, harbor)
  const lotId = await stock()
  await must(tryDose(t, harbor, sessionId, lotId))
  t.clock.advance(20 * MINUTE_MS)
  const stop = bedsideEntry(t, 'dose-stopped', {}, { words: { reason: 'asked to stop' } })
  await recordAtBedside(t, harbor, sessionId, stop)
  const correct = (mgGiven: number) => {
    const of = { of: stop.id, figures: { mgGiven } }
    const again = bedsideEntry(t, 'correction', of, { words: { reason: 'read wrong' } })
    return recordAtBedside(t, harbor, sessionId, again)
  }
  return { sessionId, lotId, correct }
}
