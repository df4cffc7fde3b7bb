import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adoptOwnVersion, adoptProtocol } from '../../../tests/database/adopted-protocol.ts'
import {
  bedsideEntry,
  freshWeeks,
  logOf,
  openedSession,
  readySession,
  recordAtBedside,
  tryDose,
} from '../../../tests/database/at-bedside.ts'
import type { makeBookedPerson } from '../../../tests/database/booked-person.ts'
import {
  drawStraight,
  ledgerOf,
  movementsFor,
  receivedLot,
  receivedUnits,
  signsNow,
  syringeOf,
  tryWaste,
} from '../../../tests/database/drug-stock.ts'
import { leaveShown } from '../../../tests/database/leave-shown.ts'
import { errorsOf, pageArgs, sentWith, stepOf } from '../../../tests/database/page-args.ts'
import {
  anId,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import { hashPassword } from '../../identity/index.server.ts'
import { runCommand } from '../../platform/command.server.ts'
import { addMs, HOUR_MS, MINUTE_MS } from '../../platform/time.ts'
import { recordClosing } from '../bedside/session-actions.server.ts'
import { loadSession } from '../bedside/session-page.server.ts'
import { giveDevice } from '../dose/give-device.server.ts'
import { closeSession, dischargePerson } from '../leaving/discharge-person.server.ts'
import { signNote } from '../note/write-note.server.ts'
import type { BedsideEntry } from '../session/bedside-entry.ts'
import type { LotId, SessionId } from '../session/session-event.ts'
import { unsettled } from './dose-movements.ts'
import { returnUnits } from './move-stock.server.ts'
import { SAFE } from './movement.ts'
import { askFromPaper } from './paper/from-paper-page.server.ts'
import { recordFromPaper } from './paper/record-from-paper.server.ts'
import { setWasteRight, type WasteSetRight } from './set-waste-right.server.ts'
import { askForTakeOut, askTakeOut, loadTakeOut, recordTakeOut } from './take-out-page.server.ts'

/** What keeps a session open, and the ways to settle it: by command and by page. */
const PASSWORD = 'level water here'
let t: TestDatabase
let harbor: TestClinic
let nextWeeks: () => void

beforeAll(async () => {
  t = await openTestDatabase()
  nextWeeks = freshWeeks(t)
  harbor = await makeClinic(t.services, 'harbor')
  await t.owner.query('update account set password_hash = $1', [await hashPassword(PASSWORD)])
  await adoptProtocol(t.services, harbor, 'esk-trd')
  await adoptOwnVersion(t.services, harbor, 'sl-kap', ({ dose, course }) => ({
    dose: { ...dose, choicesMg: [100], unknownBecause: null } as typeof dose,
    course: course.map((stretch) => ({ ...stretch, sessions: { value: 4, origin: 'default' } })),
  }))
})
afterAll(() => t.close())

const nurse = () => harbor.as.nurse
const key = <Name extends string>() => anId<Name>(t.services)
const record = (sessionId: SessionId, ...entries: BedsideEntry[]) =>
  recordAtBedside(t, harbor, sessionId, ...entries)
type By = NonNullable<Parameters<typeof makeBookedPerson>[2]>['by']

function opened(): Promise<SessionId> {
  nextWeeks()
  return openedSession(t, harbor)
}
/** A session with everything but the dose. */
function ready(by?: By): Promise<SessionId> {
  nextWeeks()
  return readySession(t, harbor, by ? { by } : {})
}
const vial = (containerMl = 20) => receivedLot(t, harbor, { containerMl, containers: 1 })
const units = (form: 'tablet' | 'nasal-device', unitMg: number, drug = 'Ketamine hydrochloride') =>
  receivedUnits(t, harbor, { form, unitMg, units: 4, drug })
const start = (sessionId: SessionId, lotId: LotId, more: Parameters<typeof tryDose>[4] = {}) =>
  tryDose(t, harbor, sessionId, lotId, more)
const startUnits = (sessionId: SessionId, lotId: LotId) =>
  must(start(sessionId, lotId, { drawnMl: undefined }))
const movements = (sessionId: SessionId) => movementsFor(t, harbor, sessionId)
const settledSoFar = (sessionId: SessionId) => ledgerOf(t, harbor, sessionId)
const openOf = async (sessionId: SessionId) =>
  unsettled((await logOf(t, harbor, sessionId)).state.dose, await settledSoFar(sessionId))
const correct = async (sessionId: SessionId, mgGiven: number) => {
  const { ended } = (await logOf(t, harbor, sessionId)).state.dose!
  const of = ended!.eventId
  const words = { reason: 'read wrong' }
  await record(sessionId, bedsideEntry(t, 'correction', { of, figures: { mgGiven } }, { words }))
}
const waste = (sessionId: SessionId, lotId: LotId, hundredths: number) =>
  must(tryWaste(t, harbor, lotId, hundredths, { from: syringeOf(sessionId), reason: 'left over' }))
const sign = async (sessionId: SessionId) =>
  runCommand(t.services, nurse(), signNote, {
    sessionId,
    key: key<'session-note'>(),
    body: 'all of it',
    basedOn: 0,
    draft: [],
    log: { says: [], entries: (await logOf(t, harbor, sessionId)).events.length },
    closingKey: key<'session-event'>(),
    stepUp: signsNow(t, nurse()),
  })
const leave = async (sessionId: SessionId) =>
  must(
    runCommand(t.services, nurse(), dischargePerson, {
      sessionId,
      key: key<'session-event'>(),
      override: {
        stepUp: signsNow(t, harbor.as.prescriber),
        reason: 'nothing left to watch',
        shown: await leaveShown(t, harbor, sessionId),
      },
    }),
  )
const close = (sessionId: SessionId) =>
  runCommand(t.services, nurse(), closeSession, {
    sessionId,
    key: key<'session-event'>(),
    reason: 'went home',
  })
const paperDraw = (sessionId: SessionId, lotId: LotId) =>
  runCommand(t.services, nurse(), recordFromPaper, {
    key: key<'ledger-movement'>(),
    at: t.clock.now(),
    kind: 'draw',
    lotId,
    from: { place: SAFE },
    hundredths: 520,
    sessionId,
    reason: 'power cut',
    stepUp: signsNow(t, nurse()),
    signed: 'what was shown',
    sure: [],
  })
const page = (path: string, fields: Readonly<Record<string, string>> = {}, params = {}) =>
  pageArgs(t, harbor, path, { fields, params })
const syringePage = (sessionId: SessionId, fields = {}) =>
  page(`/work/stock/take-out?session=${sessionId}`, fields)
const openAtBedside = async (sessionId: SessionId) =>
  (await loadSession(await page(`/work/sessions/${sessionId}`, {}, { id: sessionId }))).openDrug
const secondSigns = { secondEmail: 'secondnurse.harbor@example.org', secondPassword: PASSWORD }

describe('a session without a dose, with a syringe drawn on paper', () => {
  it('is not ended before what is in it went somewhere; then nothing more is drawn for it', async () => {
    const sessionId = await opened()
    const lotId = await vial()
    await must(paperDraw(sessionId, lotId))
    expect(await close(sessionId)).toMatchObject({
      reason: 'drug-unsettled',
      detail: { open: [{ lotId, inSyringe: 520, logLessLedger: 0 }] },
    })
    const fields = { key: key(), time: '', reason: 'went home' }
    const answer = await recordClosing(await page(`/work/sessions/${sessionId}`, fields, { id: sessionId }))
    expect(errorsOf(answer).form).toContain('5.20 mL of lot')
    expect((await logOf(t, harbor, sessionId)).state.closed).toBeUndefined()
    expect(await openAtBedside(sessionId)).toContain('5.20 mL of lot')

    // The page of the syringe lets it be wasted, as the command does.
    const form = await loadTakeOut(await syringePage(sessionId))
    expect(form.syringe).toMatchObject({ ended: true, wrong: [] })
    const typed = { key: form.key, sessionId, from: form.choices[0]!.value, kind: 'waste', amount: '5.2' }
    const read = stepOf(await askTakeOut(await syringePage(sessionId, { ...typed, reason: 'never given' })))
    expect(read.says).toContain('5.20 mL (52 mg)')
    const recorded = await recordTakeOut(await syringePage(sessionId, { ...sentWith(read), ...secondSigns }))
    expect(recorded).toMatchObject({ status: 303 })

    await must(close(sessionId))
    expect(await paperDraw(sessionId, lotId)).toMatchObject({ reason: 'draw-after-closing' })
    t.clock.advance(HOUR_MS)
    const { container } = (await movements(sessionId)).find(({ kind }) => kind === 'draw')!.from
    const onPaper = {
      key: key<'ledger-movement'>(),
      kind: 'draw',
      from: `${lotId}|safe||${container}`,
      amount: '1',
      sessionId,
      day: t.clock.now().slice(0, 10),
      time: '10:10',
    }
    expect(errorsOf(await askFromPaper(await page('/work/stock/from-paper', onPaper))).sessionId).toContain(
      'This session is closed',
    )
  })

  it('has no note signed while there is drug in it, also where it was closed before that was looked at', async () => {
    const sessionId = await opened()
    const lotId = await vial()
    await must(close(sessionId))
    await must(runCommand(t.services, nurse(), drawStraight, { lotId, sessionId, hundredths: 520 }))
    expect(await sign(sessionId)).toMatchObject({
      reason: 'drug-unsettled',
      detail: { open: [{ inSyringe: 520 }] },
    })
    await waste(sessionId, lotId, 520)
    await must(sign(sessionId))
  })
})

describe('mg of devices and tablets', () => {
  it('of tablets corrected to one: the other is in hand, and goes back or is wasted before the note is signed', async () => {
    const sessionId = await ready({ protocolId: 'sl-kap', dose: { kind: 'units', mg: 100, unitMg: 50 } })
    const lotId = await units('tablet', 50)
    await startUnits(sessionId, lotId)
    expect(await openOf(sessionId)).toEqual([])
    t.clock.advance(MINUTE_MS)
    await correct(sessionId, 75)
    expect(await openOf(sessionId)).toEqual([{ lotId, inSyringe: 0, logLessLedger: -50 }])
    await correct(sessionId, 50)
    expect(await settledSoFar(sessionId)).toMatchObject([{ drawn: 200, given: 100, inSyringe: 100 }])
    await leave(sessionId)
    expect(await sign(sessionId)).toMatchObject({ reason: 'drug-unsettled' })
    const back = { key: key<'ledger-movement'>(), sessionId, lotId, hundredths: 100, reason: 'not opened' }
    await must(runCommand(t.services, nurse(), returnUnits, back))
    await must(sign(sessionId))
  })

  it('of a nasal dose are held against the devices that were given', async () => {
    const sessionId = await ready({ protocolId: 'esk-trd', dose: { kind: 'units', mg: 56, unitMg: 28 } })
    const lotId = await units('nasal-device', 28, 'Esketamine')
    await record(
      sessionId,
      bedsideEntry(t, 'rems', { enrolled: 'yes', prescriberOnSite: 'yes', oximeterReady: 'yes' }),
    )
    await startUnits(sessionId, lotId)
    t.clock.advance(MINUTE_MS)
    await record(sessionId, bedsideEntry(t, 'dose-stopped', { mgGiven: 14 }))
    const apart = async () => (await openOf(sessionId)).map(({ logLessLedger }) => logLessLedger)
    expect(await apart()).toEqual([-50])
    await correct(sessionId, 56)
    expect(await apart()).toEqual([100])
    expect(await settledSoFar(sessionId)).toMatchObject([{ drawn: 100, given: 100, inSyringe: 0 }])
    await correct(sessionId, 28)
    expect(await apart()).toEqual([])
  })
})

describe('a correction upward after the rest was wasted', () => {
  /** 52 mg were given; 40 were typed and 1.60 mL wasted on paper only. */
  async function wastedTooMuch() {
    const sessionId = await ready()
    const lotId = await vial()
    await must(start(sessionId, lotId))
    t.clock.advance(20 * MINUTE_MS)
    await record(sessionId, bedsideEntry(t, 'dose-stopped', { mgGiven: 40 }))
    await waste(sessionId, lotId, 160)
    return { sessionId, lotId }
  }
  const setRight = (input: Partial<WasteSetRight> & Pick<WasteSetRight, 'sessionId' | 'lotId'>) =>
    runCommand(t.services, nurse(), setWasteRight, {
      key: key<'ledger-movement'>(),
      hundredths: 120,
      reason: 'pump read wrong',
      witness: signsNow(t, harbor.as.manager),
      ...input,
    })

  it('is settled by setting the waste right, before a witness, never by more than the log says', async () => {
    const { sessionId, lotId } = await wastedTooMuch()
    const of = { sessionId, lotId }
    expect(await setRight(of)).toMatchObject({ reason: 'not-in-log' })
    await correct(sessionId, 52)
    await leave(sessionId)
    expect(await sign(sessionId)).toMatchObject({
      reason: 'drug-unsettled',
      detail: { open: [{ lotId, inSyringe: 0, logLessLedger: 120, form: 'vial' }] },
    })
    expect(await setRight({ ...of, witness: undefined } as never)).toMatchObject({
      reason: 'witness-missing',
    })
    expect(await setRight({ ...of, witness: signsNow(t, nurse()) })).toMatchObject({
      reason: 'witness-is-yourself',
    })
    expect(await setRight({ ...of, hundredths: 121 })).toMatchObject({ reason: 'not-in-log' })
    await expect(setRight({ ...of, reason: ' ' })).rejects.toThrow('with a reason')
    expect(await setRight({ ...of, lotId: await vial() })).toMatchObject({ reason: 'no-such-lot' })
    const id = key<'ledger-movement'>()
    // Two at once: the second finds nothing wrong any more.
    const both = await Promise.all([setRight({ ...of, key: id }), setRight(of)])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    if (both[0]!.ok) await must(setRight({ ...of, key: id }))
    expect(await settledSoFar(sessionId)).toMatchObject([
      { drawn: 560, given: 520, wasted: 40, inSyringe: 0 },
    ])
    expect((await movements(sessionId)).slice(-2)).toMatchObject([
      {
        kind: 'waste-back',
        hundredths: 120,
        reason: 'pump read wrong',
        witness: harbor.as.manager.accountId,
      },
      { kind: 'give', hundredths: 120 },
    ])
    await must(sign(sessionId))
  })

  it('is offered on the page of the syringe, read in words and signed by a second person', async () => {
    const { sessionId, lotId } = await wastedTooMuch()
    expect((await loadTakeOut(await syringePage(sessionId))).syringe?.wrong).toEqual([])
    await correct(sessionId, 52)
    const form = await loadTakeOut(await syringePage(sessionId))
    expect(await openAtBedside(sessionId)).toContain('set the waste right')
    const [wrong] = form.syringe!.wrong
    expect(wrong?.words).toMatch(/^1\.20 mL \(12 mg\) of lot /)
    const typed = { key: form.key, sessionId, lotId, kind: wrong!.kind }
    expect(errorsOf(await askTakeOut(await syringePage(sessionId, typed)))).toHaveProperty('reason')
    const read = stepOf(
      await askTakeOut(await syringePage(sessionId, { ...typed, reason: 'pump read wrong' })),
    )
    expect(read).toMatchObject({ second: 'required', why: 'pump read wrong' })
    expect(read.says).toContain('recorded as waste, was not wasted but given, as its log says')
    const post = async (more: object) =>
      recordTakeOut(await syringePage(sessionId, { ...sentWith(read), ...more }))
    expect(stepOf(await post({})).errors).toHaveProperty('secondEmail')
    expect(await settledSoFar(sessionId)).toMatchObject([{ wasted: 160 }])
    // Or somebody is asked on another device; the signature here then ends that.
    const asking = await askForTakeOut(await syringePage(sessionId, sentWith(read)))
    expect((asking as Response).headers.get('Location')).toMatch(/^\/work\/witness\//)
    expect([await post(secondSigns), await post(secondSigns)]).toMatchObject([
      { status: 303 },
      { status: 303 },
    ])
    expect(await settledSoFar(sessionId)).toMatchObject([{ wasted: 40, given: 520 }])
    expect(await openOf(sessionId)).toEqual([])
    expect(await openAtBedside(sessionId)).toBe('')
  })

  it('is refused by the database without a witness or a reason', async () => {
    const { rows } = await t.owner.query(
      `select * from public.ledger_movement where kind = 'waste-back' and clinic_id = $1 limit 1`,
      [harbor.id],
    )
    for (const wrong of [{ witness_account_id: null }, { reason: '' }, { session_id: null }]) {
      const made = { ...rows[0], seq: Number(rows[0].seq) + 100_000, id: anId(t.services), ...wrong }
      const names = Object.keys(made)
      await expect(
        t.owner.query(
          `insert into public.ledger_movement (${names.join()}) values (${names.map((_, i) => `$${i + 1}`).join()})`,
          Object.values(made),
        ),
      ).rejects.toThrow(/ledger_movement_kind/)
    }
  })
})

describe('a dose out of two lots', () => {
  it('is settled as one act, all lots held before the end of the chain', async () => {
    const sessionId = await ready()
    const [one, other] = [await vial(1.2), await vial(5)]
    await must(start(sessionId, one, { otherLots: [{ lotId: other, ml: 4.4 }] }))
    t.clock.advance(20 * MINUTE_MS)
    await record(sessionId, bedsideEntry(t, 'dose-stopped', { mgGiven: 40 }))
    const given = (await movements(sessionId)).filter(({ kind }) => kind === 'give')
    expect(given.map(({ hundredths }) => hundredths).toSorted()).toEqual([120, 280])
    expect(new Set(given.map(({ actId }) => actId)).size).toBe(1)
  })
})

describe('a dose that is recorded late', () => {
  it('is drawn neither from a vial that was opened later nor from a lot that came later', async () => {
    const lotId = await vial(12)
    const sessionId = await ready()
    const at = t.clock.now()
    // Somebody else opens the only vial ten minutes later.
    t.clock.advance(10 * MINUTE_MS)
    const meanwhile = await openedSession(t, harbor, { nurse: harbor.as.secondNurse })
    await must(
      runCommand(t.services, nurse(), drawStraight, { lotId, sessionId: meanwhile, hundredths: 560 }),
    )
    expect(await start(sessionId, lotId, { at })).toMatchObject({
      reason: 'not-there-then',
      detail: { hindrances: ['not-there-then'] },
    })
    const cameLater = await vial()
    expect(await start(sessionId, cameLater, { at })).toMatchObject({ reason: 'not-there-then' })
    expect((await logOf(t, harbor, sessionId)).state.dose).toBeUndefined()
    // Within the minute that was typed it was there.
    await must(start(sessionId, cameLater, { at: addMs(t.clock.now(), -30_000) }))
  })

  it('nor is a device taken from a box that came later', async () => {
    const sessionId = await ready({ protocolId: 'esk-trd', dose: { kind: 'units', mg: 56, unitMg: 28 } })
    const box = await units('nasal-device', 28, 'Esketamine')
    await record(
      sessionId,
      bedsideEntry(t, 'rems', { enrolled: 'yes', prescriberOnSite: 'yes', oximeterReady: 'yes' }),
    )
    await startUnits(sessionId, box)
    t.clock.advance(20 * MINUTE_MS)
    const at = addMs(t.clock.now(), -10 * MINUTE_MS)
    const later = await units('nasal-device', 28, 'Esketamine')
    const give = (lotId: LotId) =>
      runCommand(t.services, nurse(), giveDevice, { sessionId, key: key<'session-event'>(), lotId, at })
    expect(await give(later)).toMatchObject({ reason: 'not-there-then' })
    await must(give(box))
  })
})
