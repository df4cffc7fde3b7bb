import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adoptOwnVersion, adoptProtocol } from '../../../tests/database/adopted-protocol.ts'
import { makeBookedPerson } from '../../../tests/database/booked-person.ts'
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
import { hashPassword } from '../../identity/index.server.ts'
import type { Member } from '../../platform/actor.ts'
import { type Command, runCommand } from '../../platform/command.server.ts'
import type { FormAnswer } from '../../platform/form.ts'
import { done } from '../../platform/outcome.ts'
import type { PageArgs } from '../../platform/page.server.ts'
import { addMs, DAY_MS, HOUR_MS, type Instant, type LocalDate, MINUTE_MS } from '../../platform/time.ts'
import { recordClosing } from '../bedside/session-actions.server.ts'
import { loadSession } from '../bedside/session-page.server.ts'
import { giveDevice } from '../dose/give-device.server.ts'
import { startDose } from '../dose/start-dose.server.ts'
import { closeSession, dischargePerson } from '../leaving/discharge-person.server.ts'
import { signNote } from '../note/write-note.server.ts'
import type { BedsideEntry } from '../session/bedside-entry.ts'
import { openSession } from '../session/open-session.server.ts'
import { recordSessionEvents } from '../session/record-session-events.server.ts'
import type { LotId, OtherLot, SessionId } from '../session/session-event.ts'
import { sessionById } from '../session/sessions.server.ts'
import { wasteStock } from '../treat-access.ts'
import { sessionLedger, unsettled } from './dose-movements.ts'
import { drawForDose } from './draw-for-dose.server.ts'
import { movementsOfSession } from './ledger-queries.server.ts'
import { lockLot } from './lot-queries.server.ts'
import { returnUnits } from './move-stock.server.ts'
import { SAFE } from './movement.ts'
import { askFromPaper } from './paper/from-paper-page.server.ts'
import { recordFromPaper } from './paper/record-from-paper.server.ts'
import { receiveStock } from './receive-stock.server.ts'
import { setWasteRight, type WasteSetRight } from './set-waste-right.server.ts'
import type { ReadingStep, ToRead } from './signed-act.server.ts'
import { askForTakeOut, askTakeOut, loadTakeOut, recordTakeOut } from './take-out-page.server.ts'
import { takeOut } from './waste-stock.server.ts'

/** What keeps a session open, and the ways to settle it: by command and by page. */
const PASSWORD = 'level water here'
let t: TestDatabase
let harbor: TestClinic

beforeAll(async () => {
  t = await openTestDatabase()
  t.clock.set('2026-11-23T15:00:00.000Z')
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
const signs = (member: Member) => ({ accountId: member.accountId, at: t.clock.now() })
const entry = (kind: BedsideEntry['kind'], data: object, at: Instant = t.clock.now()) =>
  ({ id: anId(t.services), kind, at, data }) as unknown as BedsideEntry
const record = (sessionId: SessionId, ...entries: BedsideEntry[]) =>
  must(runCommand(t.services, nurse(), recordSessionEvents, { sessionId, entries }))

let weeks = 0
async function opened(by: NonNullable<Parameters<typeof makeBookedPerson>[2]>['by'] = undefined) {
  weeks += 1
  t.clock.set(new Date(Date.parse('2026-11-23T15:00:00.000Z') + weeks * 28 * DAY_MS).toISOString())
  const { appointmentId } = await makeBookedPerson(t, harbor, by ? { by } : {})
  const asked = { appointmentId, key: key<'session'>() }
  return (await must(runCommand(t.services, nurse(), openSession, asked))).sessionId
}
/** A session with everything but the dose. */
async function ready(by?: Parameters<typeof opened>[0]): Promise<SessionId> {
  const sessionId = await opened(by)
  const values = {
    systolicMmHg: 125,
    diastolicMmHg: 80,
    heartRatePerMin: 70,
    spo2Percent: 97,
    respiratoryRatePerMin: 14,
    moaas: 5,
  }
  await record(
    sessionId,
    entry('arrived', {}),
    entry('identity-checked', { identifiers: ['full-name', 'birth-date'] }),
    entry('checklist', {
      escortNamed: true,
      escortPhoneGiven: true,
      fasted: 'yes',
      noUseSince: 'yes',
      breathAlcoholGPer210L: 0,
    }),
    entry('reading', { values, confirmed: [] }),
  )
  return sessionId
}
let deliveries = 0
async function received(more: object): Promise<LotId> {
  deliveries += 1
  const input = {
    key: key<'drug-lot'>(),
    drug: 'Ketamine hydrochloride',
    lotNumber: `L${deliveries}`,
    expiresOn: '2031-12-31' as LocalDate,
    reason: '',
    ...more,
  } as Parameters<typeof receiveStock.run>[1]
  return (await must(runCommand(t.services, harbor.as.manager, receiveStock, input))).lotId
}
const vial = (containerMl = 20) => received({ concentrationMgPerMl: 10, containerMl, containers: 1 })
const units = (form: 'tablet' | 'nasal-device', unitMg: number, drug = 'Ketamine hydrochloride') =>
  received({ form, unitMg, units: 4, drug })
const start = (sessionId: SessionId, lotId: LotId, more: { at?: Instant; otherLots?: OtherLot[] } = {}) =>
  runCommand(t.services, nurse(), startDose, {
    sessionId,
    key: key<'session-event'>(),
    lotId,
    drawnMl: 5.6,
    ...more,
  })
const startUnits = (sessionId: SessionId, lotId: LotId) =>
  must(runCommand(t.services, nurse(), startDose, { sessionId, key: key<'session-event'>(), lotId }))
const movements = (sessionId: SessionId) =>
  look(t.services, nurse(), ({ db }) => movementsOfSession(db, harbor.id, sessionId))
const ledgerOf = async (sessionId: SessionId) => sessionLedger(sessionId, await movements(sessionId))
const logOf = async (sessionId: SessionId) =>
  (await look(t.services, nurse(), ({ db }) => sessionById(db, harbor.id, sessionId)))!
const openOf = async (sessionId: SessionId) =>
  unsettled((await logOf(sessionId)).state.dose, await ledgerOf(sessionId))
const correct = async (sessionId: SessionId, mgGiven: number) => {
  const { ended } = (await logOf(sessionId)).state.dose!
  const of = ended!.eventId
  await record(sessionId, {
    ...entry('correction', { of, figures: { mgGiven } }),
    words: { reason: 'read wrong' },
  } as BedsideEntry)
}
const waste = (sessionId: SessionId, lotId: LotId, hundredths: number) =>
  must(
    runCommand(t.services, nurse(), takeOut, {
      key: key<'ledger-movement'>(),
      kind: 'waste',
      lotId,
      from: { place: { at: 'syringe', id: sessionId } },
      hundredths,
      reason: 'left over',
      witness: signs(harbor.as.manager),
    }),
  )
const sign = async (sessionId: SessionId) =>
  runCommand(t.services, nurse(), signNote, {
    sessionId,
    key: key<'session-note'>(),
    body: 'all of it',
    basedOn: 0,
    draft: [],
    log: { says: [], entries: (await logOf(sessionId)).events.length },
    closingKey: key<'session-event'>(),
    stepUp: signs(nurse()),
  })
const leave = async (sessionId: SessionId) =>
  must(
    runCommand(t.services, nurse(), dischargePerson, {
      sessionId,
      key: key<'session-event'>(),
      override: {
        stepUp: signs(harbor.as.prescriber),
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
    stepUp: signs(nurse()),
    signed: 'what was shown',
    sure: [],
  })
const page = async (path: string, fields: Readonly<Record<string, string>> = {}, params = {}) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return {
    services: t.services,
    actor: nurse(),
    clinic: await t.services.clinicProfile(harbor.id),
    params,
    url: new URL(path, 'http://clinic.test'),
    address: '192.0.2.1',
    form,
  } as unknown as PageArgs & { form: FormData }
}
const syringePage = (sessionId: SessionId, fields = {}) =>
  page(`/work/stock/take-out?session=${sessionId}`, fields)
const openAtBedside = async (sessionId: SessionId) =>
  (await loadSession(await page(`/work/sessions/${sessionId}`, {}, { id: sessionId }))).openDrug
const stepOf = (answer: unknown): ToRead => (answer as ReadingStep).read
const errorsOf = (answer: unknown) => (answer as FormAnswer).errors
const sent = ({ typed, asked, shown }: ToRead) => ({ ...Object.fromEntries(typed), asked, shown })
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
    expect((await logOf(sessionId)).state.closed).toBeUndefined()
    expect(await openAtBedside(sessionId)).toContain('5.20 mL of lot')

    // The page of the syringe lets it be wasted, as the command does.
    const form = await loadTakeOut(await syringePage(sessionId))
    expect(form.syringe).toMatchObject({ ended: true, wrong: [] })
    const typed = { key: form.key, sessionId, from: form.choices[0]!.value, kind: 'waste', amount: '5.2' }
    const read = stepOf(await askTakeOut(await syringePage(sessionId, { ...typed, reason: 'never given' })))
    expect(read.says).toContain('5.20 mL (52 mg)')
    const recorded = await recordTakeOut(await syringePage(sessionId, { ...sent(read), ...secondSigns }))
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
    const draw: Command<null, boolean, never> = {
      action: wasteStock,
      async run(needs) {
        const lot = await lockLot(needs.db, harbor.id, lotId)
        return done(await drawForDose(needs, { lot: lot!, hundredths: 520, sessionId, at: needs.at }))
      },
    }
    expect(await must(runCommand(t.services, nurse(), draw, null))).toBe(true)
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
    expect(await ledgerOf(sessionId)).toMatchObject([{ drawn: 200, given: 100, inSyringe: 100 }])
    await leave(sessionId)
    expect(await sign(sessionId)).toMatchObject({ reason: 'drug-unsettled' })
    const back = { key: key<'ledger-movement'>(), sessionId, lotId, hundredths: 100, reason: 'not opened' }
    await must(runCommand(t.services, nurse(), returnUnits, back))
    await must(sign(sessionId))
  })

  it('of a nasal dose are held against the devices that were given', async () => {
    const sessionId = await ready({ protocolId: 'esk-trd', dose: { kind: 'units', mg: 56, unitMg: 28 } })
    const lotId = await units('nasal-device', 28, 'Esketamine')
    await record(sessionId, entry('rems', { enrolled: 'yes', prescriberOnSite: 'yes', oximeterReady: 'yes' }))
    await startUnits(sessionId, lotId)
    t.clock.advance(MINUTE_MS)
    await record(sessionId, entry('dose-stopped', { mgGiven: 14 }))
    const apart = async () => (await openOf(sessionId)).map(({ logLessLedger }) => logLessLedger)
    expect(await apart()).toEqual([-50])
    await correct(sessionId, 56)
    expect(await apart()).toEqual([100])
    expect(await ledgerOf(sessionId)).toMatchObject([{ drawn: 100, given: 100, inSyringe: 0 }])
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
    await record(sessionId, entry('dose-stopped', { mgGiven: 40 }))
    await waste(sessionId, lotId, 160)
    return { sessionId, lotId }
  }
  const setRight = (input: Partial<WasteSetRight> & Pick<WasteSetRight, 'sessionId' | 'lotId'>) =>
    runCommand(t.services, nurse(), setWasteRight, {
      key: key<'ledger-movement'>(),
      hundredths: 120,
      reason: 'pump read wrong',
      witness: signs(harbor.as.manager),
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
    expect(await setRight({ ...of, witness: signs(nurse()) })).toMatchObject({
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
    expect(await ledgerOf(sessionId)).toMatchObject([{ drawn: 560, given: 520, wasted: 40, inSyringe: 0 }])
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
      recordTakeOut(await syringePage(sessionId, { ...sent(read), ...more }))
    expect(stepOf(await post({})).errors).toHaveProperty('secondEmail')
    expect(await ledgerOf(sessionId)).toMatchObject([{ wasted: 160 }])
    // Or somebody is asked on another device; the signature here then ends that.
    const asking = await askForTakeOut(await syringePage(sessionId, sent(read)))
    expect((asking as Response).headers.get('Location')).toMatch(/^\/work\/witness\//)
    expect([await post(secondSigns), await post(secondSigns)]).toMatchObject([
      { status: 303 },
      { status: 303 },
    ])
    expect(await ledgerOf(sessionId)).toMatchObject([{ wasted: 40, given: 520 }])
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
    await record(sessionId, entry('dose-stopped', { mgGiven: 40 }))
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
    const meanwhile = await openedBeside()
    const draw: Command<null, boolean, never> = {
      action: wasteStock,
      async run(needs) {
        const lot = await lockLot(needs.db, harbor.id, lotId)
        return done(
          await drawForDose(needs, { lot: lot!, hundredths: 560, sessionId: meanwhile, at: needs.at }),
        )
      },
    }
    expect(await must(runCommand(t.services, nurse(), draw, null))).toBe(true)
    expect(await start(sessionId, lotId, { at })).toMatchObject({
      reason: 'not-there-then',
      detail: { hindrances: ['not-there-then'] },
    })
    const cameLater = await vial()
    expect(await start(sessionId, cameLater, { at })).toMatchObject({ reason: 'not-there-then' })
    expect((await logOf(sessionId)).state.dose).toBeUndefined()
    // Within the minute that was typed it was there.
    await must(start(sessionId, cameLater, { at: addMs(t.clock.now(), -30_000) }))
  })

  it('nor is a device taken from a box that came later', async () => {
    const sessionId = await ready({ protocolId: 'esk-trd', dose: { kind: 'units', mg: 56, unitMg: 28 } })
    const box = await units('nasal-device', 28, 'Esketamine')
    await record(sessionId, entry('rems', { enrolled: 'yes', prescriberOnSite: 'yes', oximeterReady: 'yes' }))
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

/** A session of somebody else at the same moment. */
async function openedBeside(): Promise<SessionId> {
  const { appointmentId } = await makeBookedPerson(t, harbor, { nurse: harbor.as.secondNurse })
  const asked = { appointmentId, key: key<'session'>() }
  return (await must(runCommand(t.services, nurse(), openSession, asked))).sessionId
}
