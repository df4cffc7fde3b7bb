import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  bedsideEntry,
  openedSession,
  readySession,
  recordAtBedside,
  tryDose,
} from '../../../../tests/database/at-bedside.ts'
import {
  addedCabinet,
  ledgerOf,
  lotNow,
  receivedLot,
  signsNow,
} from '../../../../tests/database/drug-stock.ts'
import { errorsOf, pageArgs, sentWith, stepOf } from '../../../../tests/database/page-args.ts'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../../tests/database/test-clinic.ts'
import { hashPassword } from '../../../identity/index.server.ts'
import type { Member } from '../../../platform/actor.ts'
import { runCommand } from '../../../platform/command.server.ts'
import type { FormAnswer } from '../../../platform/form.ts'
import { addMs, HOUR_MS, type Instant, MINUTE_MS } from '../../../platform/time.ts'
import { sessionRecord } from '../../session/session-queries.server.ts'
import { movementsOfAct, openedVials } from '../ledger-queries.server.ts'
import { type CabinetId, SAFE, type TakenFrom } from '../movement.ts'
import { movementRow } from '../movement-row.ts'
import { takeOut } from '../waste-stock.server.ts'
import { loadDaySheet } from './day-sheet-page.server.ts'
import { askFromPaper, enterFromPaper, loadFromPaper } from './from-paper-page.server.ts'
import type { PaperLine } from './paper-line.ts'
import { chainEnd, newestFromPaper } from './paper-queries.server.ts'
import { type FromPaper, recordFromPaper } from './record-from-paper.server.ts'
import { sheetNumber } from './sheet-number.ts'

/** The power goes at ten and is back at one. */
const OUT = '2026-11-23T15:00:00.000Z' as Instant
const BACK = addMs(OUT, 3 * HOUR_MS)

let t: TestDatabase
let harbor: TestClinic
let room: CabinetId

beforeAll(async () => {
  t = await openTestDatabase()
  t.clock.set(addMs(OUT, -HOUR_MS))
  harbor = await makeClinic(t.services, 'harbor')
  room = await addedCabinet(t, harbor, 'Room 2')
})
afterAll(() => t.close())

const nurse = () => harbor.as.nurse
const asked = <T>(query: Parameters<typeof look<T>>[2]) => look(t.services, nurse(), query)
/** Vials of 10 mg/mL, usable for long or through a day. */
const delivery = (containerMl: number, containers: number, expiresOn = '2031-12-31') =>
  receivedLot(t, harbor, { containerMl, containers, expiresOn })
type Written = Omit<PaperLine, 'key' | 'at' | 'reason'> & Partial<FromPaper>
const enter = (line: Written, by: Member = nurse()) =>
  runCommand(t.services, by, recordFromPaper, {
    key: anId<'ledger-movement'>(t.services),
    at: addMs(OUT, 30 * MINUTE_MS),
    reason: 'power cut',
    stepUp: signsNow(t, by),
    signed: 'what was shown',
    sure: [],
    ...(line.kind === 'lose' ? { witness: signsNow(t, harbor.as.manager) } : {}),
    ...line,
  })
const questionsOf = (outcome: Awaited<ReturnType<typeof enter>>): string[] =>
  outcome.ok || outcome.reason !== 'asked-anew' ? [] : (outcome.detail as { questions: string[] }).questions

const safe: TakenFrom = { place: SAFE }

describe('a line of the sheet', () => {
  it('stands in the ledger with both times, its sheet, who entered it and who witnessed it', async () => {
    t.clock.set(addMs(OUT, -10 * MINUTE_MS))
    const lotId = await delivery(10, 2)
    const end = await asked(({ db }) => chainEnd(db, harbor.id))
    t.clock.set(BACK)
    const key = anId<'ledger-movement'>(t.services)
    const line = { key, kind: 'waste', lotId, from: safe, hundredths: 1000, sheet: sheetNumber(end) } as const
    expect(await enter(line)).toMatchObject({ reason: 'witness-missing' })
    const witnessed = { ...line, witness: signsNow(t, harbor.as.secondNurse) }
    await must(enter(witnessed))
    await must(enter(witnessed))
    for (const change of [
      { hundredths: 2000 },
      { kind: 'lose' },
      { at: addMs(OUT, 31 * MINUTE_MS) },
      { from: { place: { at: 'cabinet', id: room } } },
      { reason: 'dropped' },
      { sheet: undefined },
      { witness: signsNow(t, harbor.as.manager) },
    ] as const) {
      const outcome = await enter({ ...witnessed, ...change })
      expect(outcome, JSON.stringify(change)).toMatchObject({ reason: 'recorded-otherwise' })
    }
    // Sent again it asks for no signature, and gives none.
    await must(enter({ ...line, stepUp: undefined }))
    expect(await enter({ ...line, key: anId(t.services), stepUp: undefined })).toMatchObject({
      reason: 'not-confirmed',
    })
    expect((await lotNow(t, harbor, lotId)).hundredths).toBe(1000)
    const [stored] = await asked(({ db }) => movementsOfAct(db, harbor.id, key))
    expect(stored).toMatchObject({
      at: addMs(OUT, 30 * MINUTE_MS),
      recordedAt: BACK,
      by: nurse().accountId,
      witness: harbor.as.secondNurse.accountId,
      detail: { fromPaper: true, sheet: sheetNumber(end), signed: 'what was shown' },
    })
    expect((await asked(({ db }) => newestFromPaper(db, harbor.id, 100))).map(({ id }) => id)).toEqual([key])
  })

  it('is signed by who enters it, just now, and by nobody else for them', async () => {
    const lotId = await delivery(10, 1)
    const line = {
      kind: 'move',
      lotId,
      from: safe,
      to: { at: 'cabinet', id: room },
      hundredths: 1000,
    } as const
    t.clock.set(addMs(BACK, HOUR_MS))
    const at = t.clock.now()
    for (const stepUp of [
      { accountId: nurse().accountId, at: addMs(at, -3 * MINUTE_MS) },
      { accountId: harbor.as.manager.accountId, at },
    ]) {
      expect(await enter({ ...line, at, stepUp })).toMatchObject({ reason: 'not-confirmed' })
    }
    expect(await enter({ ...line, at }, harbor.as.prescriber)).toMatchObject({ reason: 'not-allowed' })
    await must(enter({ ...line, at }))
    expect((await lotNow(t, harbor, lotId)).standing).toMatchObject([{ place: { at: 'cabinet', id: room } }])
  })

  it('lies neither in the future nor before its lot came, to the minute, and names a sheet that can be', async () => {
    t.clock.set(addMs(OUT, 20_000))
    const lotId = await delivery(10, 1)
    t.clock.set(BACK)
    const line = { kind: 'lose', lotId, from: safe, hundredths: 1000 } as const
    expect(await enter({ ...line, at: addMs(BACK, MINUTE_MS) })).toMatchObject({ reason: 'future-time' })
    expect(await enter({ ...line, at: addMs(OUT, -MINUTE_MS) })).toMatchObject({ reason: 'before-received' })
    expect(await enter({ ...line, sheet: '1-00000000' })).toMatchObject({ reason: 'no-such-sheet' })
    expect(await enter({ ...line, sheet: 'the blue one' })).toMatchObject({ reason: 'no-such-sheet' })
    // It came at 10:00:20; the paper says 10:00.
    await must(enter({ ...line, at: OUT }))
  })

  it('takes no more than is there in the end, and nothing that cannot be', async () => {
    t.clock.set(OUT)
    const lotId = await delivery(10, 2)
    t.clock.set(BACK)
    const of = (kind: Written['kind'], more: Partial<Written>) =>
      enter({ kind, lotId, from: safe, hundredths: 1000, witness: signsNow(t, harbor.as.manager), ...more })
    expect(await of('waste', { hundredths: 3000 })).toMatchObject({
      reason: 'not-enough-there',
      detail: { holds: 2000 },
    })
    expect(await of('waste', { hundredths: 250 })).toMatchObject({ reason: 'not-whole' })
    expect(await of('draw', {})).toMatchObject({ reason: 'not-this-kind' })
    expect(await of('return', {})).toMatchObject({ reason: 'not-this-kind' })
    expect(await of('move', { to: SAFE })).toMatchObject({ reason: 'not-this-kind' })
    expect(await of('move', { to: { at: 'cabinet', id: anId(t.services) as CabinetId } })).toMatchObject({
      reason: 'no-such-cabinet',
    })
    expect((await lotNow(t, harbor, lotId)).hundredths).toBe(2000)
  })

  it('opens a vial with the number that stands on it; the next one is counted on from there', async () => {
    t.clock.set(OUT)
    const lotId = await delivery(10, 3)
    t.clock.set(BACK)
    const open = (vialNumber?: number, more: Partial<FromPaper> = {}) =>
      enter({
        kind: 'open',
        lotId,
        from: safe,
        hundredths: 1000,
        ...(vialNumber ? { vialNumber } : {}),
        ...more,
      })
    const key = anId<'ledger-movement'>(t.services)
    await must(open(4, { key }))
    await must(open(4, { key }))
    expect(await open(5, { key })).toMatchObject({ reason: 'recorded-otherwise' })
    // The one movement of it is not the two that a draw would write.
    const drawn = { kind: 'draw', sessionId: await openedSession(t, harbor) } as const
    expect(await open(4, { key, ...drawn })).toMatchObject({ reason: 'recorded-otherwise' })
    expect(await open(4)).toMatchObject({ reason: 'vial-number-taken' })
    await must(open())
    expect(
      (await asked(({ db }) => openedVials(db, harbor.id, [lotId]))).map(({ number }) => number),
    ).toEqual([4, 5])
  })
})

describe('what is asked about before it is entered', () => {
  it('what cannot have been there at that time, and what a later line then lacked', async () => {
    t.clock.set(OUT)
    const lotId = await delivery(10, 2)
    t.clock.set(addMs(OUT, HOUR_MS))
    const cabinet = { at: 'cabinet', id: room } as const
    await must(
      enter({ kind: 'move', lotId, from: safe, to: cabinet, hundredths: 1000, at: addMs(OUT, HOUR_MS) }),
    )
    t.clock.set(BACK)
    const line = {
      kind: 'lose',
      lotId,
      from: { place: cabinet },
      hundredths: 1000,
      at: addMs(OUT, 30 * MINUTE_MS),
    } as const
    const first = await enter(line)
    expect(questionsOf(first)).toEqual([
      'By the times on record this cannot be: at Mon 23 Nov 2026, 10:30 there would have been 10.00 mL less than nothing in cabinet Room 2. Look at the time and the amount once more.',
    ])
    expect((await lotNow(t, harbor, lotId)).hundredths).toBe(2000)
    expect(await enter({ ...line, reason: ' ', sure: questionsOf(first) })).toMatchObject({
      reason: 'why-missing',
      detail: { cannotBe: questionsOf(first) },
    })
    expect(await enter({ ...line, sure: ['something else'] })).toMatchObject({ reason: 'asked-anew' })
    const key = anId<'ledger-movement'>(t.services)
    await must(enter({ ...line, key, sure: questionsOf(first) }))
    const [stored] = await asked(({ db }) => movementsOfAct(db, harbor.id, key))
    expect(stored?.detail).toMatchObject({ confirmed: questionsOf(first) })
    const row = movementRow(stored!, {
      lots: [],
      vials: [],
      cabinets: new Map(),
      names: new Map(),
      timeZone: 'America/New_York',
      seesSessions: false,
      closings: new Map(),
    })
    expect(row).toMatchObject({ reason: 'power cut', confirmed: questionsOf(first) })
  })

  it('a lot that had expired by then, and was drawn from all the same: paper tells what happened', async () => {
    t.clock.set(OUT)
    const lotId = await delivery(10, 1, '2026-11-23')
    const sessionId = await openedSession(t, harbor)
    t.clock.set('2026-11-24T18:00:00.000Z')
    const draw = { kind: 'draw', lotId, from: safe, sessionId, hundredths: 560 } as const
    expect(questionsOf(await enter({ ...draw, at: '2026-11-24T15:00:00.000Z' as Instant }))).toEqual([
      'The lot had expired by then.',
    ])
    // Five minutes to midnight of the clinic was in time.
    const key = anId<'ledger-movement'>(t.services)
    const inTime = { ...draw, at: '2026-11-24T04:55:00.000Z' as Instant, key } as const
    await must(enter(inTime))
    await must(enter(inTime))
    for (const change of [{ hundredths: 550 }, { kind: 'open', sessionId: undefined }] as const) {
      expect(await enter({ ...inTime, ...change })).toMatchObject({ reason: 'recorded-otherwise' })
    }
    expect(await ledgerOf(t, harbor, sessionId)).toMatchObject([{ drawn: 560, inSyringe: 560 }])
  })
})

describe('a draw on paper', () => {
  it('is not drawn again when the dose is recorded afterwards, and the end of the dose settles it', async () => {
    t.clock.set('2027-01-12T15:00:00.000Z')
    // The vial holds one dose and no second one.
    const lotId = await delivery(6, 1)
    const sessionId = await readySession(t, harbor)
    const drawnAt = addMs(t.clock.now(), 2 * MINUTE_MS)
    t.clock.advance(2 * HOUR_MS)
    const draw = { kind: 'draw', lotId, from: safe, sessionId, hundredths: 560, at: drawnAt } as const
    await must(enter(draw))
    await must(tryDose(t, harbor, sessionId, lotId, { at: addMs(drawnAt, MINUTE_MS) }))
    expect(await ledgerOf(t, harbor, sessionId)).toMatchObject([{ drawn: 560, given: 0, inSyringe: 560 }])
    const stoppedAt = addMs(drawnAt, 30 * MINUTE_MS)
    await recordAtBedside(
      t,
      harbor,
      sessionId,
      bedsideEntry(t, 'dose-stopped', { mgGiven: 46 }, { at: stoppedAt }),
    )
    expect(await ledgerOf(t, harbor, sessionId)).toMatchObject([{ drawn: 560, given: 460, inSyringe: 100 }])
    // Somebody else enters the same draw once more: it is asked about, and there is nothing left to take it from.
    expect(await enter({ ...draw, hundredths: 40 })).toMatchObject({ reason: 'not-enough-there' })
    const [vial] = await asked(({ db }) => openedVials(db, harbor.id, [lotId]))
    const again = await enter({ ...draw, hundredths: 40, from: { place: SAFE, container: vial!.id } })
    expect(questionsOf(again)).toEqual([
      '5.60 mL of this lot are on record as drawn for this session already. Enter only what was drawn besides.',
    ])
    const syringe: TakenFrom = { place: { at: 'syringe', id: sessionId } }
    await must(
      enter({
        kind: 'waste',
        lotId,
        from: syringe,
        hundredths: 100,
        at: addMs(drawnAt, 40 * MINUTE_MS),
        witness: signsNow(t, harbor.as.manager),
      }),
    )
    expect(await ledgerOf(t, harbor, sessionId)).toMatchObject([{ given: 460, wasted: 100, inSyringe: 0 }])
  })

  it('of a dose that never began can be thrown away, all of it', async () => {
    t.clock.set('2027-02-17T15:00:00.000Z')
    const lotId = await delivery(10, 1)
    const sessionId = await openedSession(t, harbor)
    t.clock.advance(HOUR_MS)
    const at = addMs(t.clock.now(), -30 * MINUTE_MS)
    await must(enter({ kind: 'draw', lotId, from: safe, sessionId, hundredths: 560, at }))
    await must(
      runCommand(t.services, nurse(), takeOut, {
        key: anId<'ledger-movement'>(t.services),
        kind: 'waste',
        lotId,
        from: { place: { at: 'syringe', id: sessionId } },
        hundredths: 560,
        reason: 'never given',
        witness: signsNow(t, harbor.as.manager),
      }),
    )
    expect(await ledgerOf(t, harbor, sessionId)).toMatchObject([
      { drawn: 560, given: 0, wasted: 560, inSyringe: 0 },
    ])
  })
})

describe('the page', () => {
  const PASSWORD = 'level water here'
  const posted = (fields: Readonly<Record<string, string>>) =>
    pageArgs(t, harbor, '/work/stock/from-paper', { fields })

  it('puts a line into words with what is asked, and enters it once both have signed', async () => {
    await t.owner.query('update account set password_hash = $1', [await hashPassword(PASSWORD)])
    t.clock.set('2027-03-15T15:00:00.000Z')
    const lotId = await delivery(10, 2)
    const { sheet } = await loadDaySheet(await posted({}))
    expect(sheet.stands.at(-1)).toMatchObject({ what: '2 sealed vials of 10 mL', amount: '20.00 mL' })
    t.clock.advance(3 * HOUR_MS)
    const form = {
      key: (await loadFromPaper(await posted({}))).key,
      sheet: ` ${sheet.number.toUpperCase()} `,
      day: '2027-03-15',
      time: '11:30',
      kind: 'waste',
      from: `${lotId}|safe||`,
      amount: '1',
      reason: 'dropped in the dark',
    }
    expect(errorsOf(await askFromPaper(await posted({ ...form, time: '', kind: '' })))).toEqual({
      time: 'Enter the time on the sheet.',
      kind: 'Choose what was done.',
    })
    expect(errorsOf(await askFromPaper(await posted({ ...form, time: '18:00' })))).toEqual({
      time: 'This time lies in the future. Read the sheet again.',
    })
    expect(errorsOf(await askFromPaper(await posted({ ...form, amount: '3' })))).toHaveProperty('amount')
    const read = stepOf(await askFromPaper(await posted(form)))
    expect(read.says).toContain('1 sealed vial (10.00 mL, 100 mg) of lot')
    expect(read.says).toContain(
      `from the safe into waste. It happened on Mon 15 Mar 2027, 11:30; entered from paper, sheet ${sheet.number}, by nurse of harbor.`,
    )
    expect([read.second, read.remarks]).toEqual(['required', []])
    const witness = { secondEmail: 'secondnurse.harbor@example.org', secondPassword: PASSWORD }
    for (const [more, field] of [
      [{ password: PASSWORD }, 'secondEmail'],
      [witness, 'password'],
      [{ ...witness, password: 'not mine' }, 'password'],
      [
        { password: PASSWORD, secondEmail: 'nurse.harbor@example.org', secondPassword: PASSWORD },
        'secondEmail',
      ],
    ] as const) {
      const again = await enterFromPaper(await posted({ ...sentWith(read), ...more }))
      expect(stepOf(again).errors).toHaveProperty(field)
    }
    expect((await lotNow(t, harbor, lotId)).hundredths).toBe(2000)
    const signed = { ...sentWith(read), ...witness, password: PASSWORD }
    for (const _ of ['once', 'sent twice']) {
      const answer = (await enterFromPaper(await posted(signed))) as Response
      expect(answer.headers.get('Location')).toMatch(
        /^\/work\/stock\/from-paper\?done=\d+&day=2027-03-15&sheet=/,
      )
    }
    // Back, another line, and sent with the key of the first: its own words are shown, and nothing is called entered.
    for (const change of [{ kind: 'lose' }, { time: '11:31' }, { reason: 'another vial' }]) {
      const other = stepOf(await askFromPaper(await posted({ ...form, ...change })))
      const signedOther = { ...sentWith(other), ...witness, password: PASSWORD }
      const answer = (await enterFromPaper(await posted(signedOther))) as FormAnswer
      expect(answer.errors.form).toContain('Another entry was recorded with this form already')
      expect(answer.values).toMatchObject(change)
      expect(answer.values).not.toHaveProperty('key')
    }
    expect((await lotNow(t, harbor, lotId)).hundredths).toBe(1000)
    expect((await loadFromPaper(await posted({}))).entered[0]).toMatchObject({
      when: 'Mon 15 Mar 2027, 11:30',
      recorded: 'Mon 15 Mar 2027, 14:00',
      kind: 'wasted',
      sheet: sheet.number,
      witness: 'secondNurse of harbor',
    })
  })

  it('names a session by as much of its record as the page for an inspector finds', async () => {
    const sessionId = await openedSession(t, harbor)
    const { sessions } = await loadFromPaper(await posted({}))
    const label = sessions.find(({ value }) => value === sessionId)?.label
    const personId = await asked(async ({ db }) => (await sessionRecord(db, harbor.id, sessionId))!.personId)
    expect(label).toMatch(new RegExp(`, record …${personId.slice(-8)}$`))
  })

  it('shows a line anew when its words are no longer those that were read', async () => {
    t.clock.set('2027-03-16T18:00:00.000Z')
    const lotId = await delivery(10, 2)
    t.clock.advance(HOUR_MS)
    const form = {
      key: anId(t.services),
      day: '2027-03-16',
      time: '14:30',
      kind: 'lose',
      from: `${lotId}|safe||`,
      amount: '2',
      reason: 'as on the sheet',
    }
    const read = stepOf(await askFromPaper(await posted(form)))
    // Somebody enters an earlier line of the same vials meanwhile: now it is a question.
    await must(
      enter({
        kind: 'move',
        lotId,
        from: safe,
        to: { at: 'cabinet', id: room },
        hundredths: 1000,
        at: addMs(t.clock.now(), -MINUTE_MS),
      }),
    )
    const gone = await enterFromPaper(await posted({ ...sentWith(read), password: PASSWORD }))
    expect(errorsOf(gone)).toHaveProperty('amount')
    const one = stepOf(await askFromPaper(await posted({ ...form, amount: '1' })))
    expect(one.remarks).toEqual([])
    await must(
      enter({
        kind: 'move',
        lotId,
        from: { place: { at: 'cabinet', id: room } },
        to: { at: 'safe' },
        hundredths: 1000,
        at: t.clock.now(),
      }),
    )
    await must(
      enter({ kind: 'lose', lotId, from: safe, hundredths: 1000, at: addMs(t.clock.now(), -30 * MINUTE_MS) }),
    )
    const asks = stepOf(await enterFromPaper(await posted({ ...sentWith(one), password: PASSWORD })))
    expect(asks.changed).toBe(true)
    expect(asks.remarks?.[0]).toContain('By the times on record this cannot be')
    expect(asks.why).toBe('as on the sheet')
    const unexplained = await askFromPaper(await posted({ ...form, amount: '1', reason: '' }))
    expect(errorsOf(unexplained).reason).toContain('By the times on record this cannot be')
    expect(errorsOf(unexplained).reason).toContain('say here in a few words')
    expect((await lotNow(t, harbor, lotId)).hundredths).toBe(1000)
  })
})
