import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  bedsideEntry,
  logOf,
  readySession,
  readySessionOf,
  recordAtBedside,
  tryDose,
} from '../../../tests/database/at-bedside.ts'
import { makeBookedPerson } from '../../../tests/database/booked-person.ts'
import {
  addedCabinet,
  chainHolds,
  ledgerOf,
  lotNow,
  receivedLot,
  signsNow,
  tryWaste,
} from '../../../tests/database/drug-stock.ts'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import { addMember } from '../../identity/index.server.ts'
import type { Member } from '../../platform/actor.ts'
import { type Command, runCommand } from '../../platform/command.server.ts'
import {
  addMs,
  DAY_MS,
  HOUR_MS,
  type Instant,
  instantAt,
  type LocalDate,
  MINUTE_MS,
  SECOND_MS,
} from '../../platform/time.ts'
import { startDose } from '../dose/start-dose.server.ts'
import { refusalWords } from '../session/refusal-words.ts'
import type { LotId, SessionId } from '../session/session-event.ts'
import { recallLot } from './keep-stock.server.ts'
import { balancesOfLots, movementsOfSession, newestMovements } from './ledger-queries.server.ts'
import { moveStock } from './move-stock.server.ts'
import { type ContainerId, SAFE, type TakenFrom } from './movement.ts'
import { takeOut } from './waste-stock.server.ts'

/** Monday, ten in the morning in Fairfax. */
const MORNING = '2026-11-23T15:00:00.000Z' as Instant
const ZONE = 'America/New_York'
/** What every order of these days says: 56 mg from 10 mg/mL. */
const DRAWN_ML = 5.6

let t: TestDatabase
let harbor: TestClinic

beforeAll(async () => {
  t = await openTestDatabase()
  t.clock.set(MORNING)
  harbor = await makeClinic(t.services, 'harbor')
})
afterAll(() => t.close())

/** A delivery of vials of 10 mg/mL. */
const delivery = (containerMl: number, containers: number, change: object = {}) =>
  receivedLot(t, harbor, { containerMl, containers, ...change })
const booked = (nurse: Member = harbor.as.nurse) => makeBookedPerson(t, harbor, { nurse })
const ready = () => readySession(t, harbor)
const start = (sessionId: SessionId, lotId: LotId, more: Parameters<typeof tryDose>[4] = {}) =>
  tryDose(t, harbor, sessionId, lotId, { drawnMl: DRAWN_ML, ...more })
const waste = (lotId: LotId, from: TakenFrom, hundredths: number, by = harbor.as.nurse) =>
  tryWaste(t, harbor, lotId, hundredths, { by, from })
const hundredthsOf = async (lotId: LotId) => (await lotNow(t, harbor, lotId)).hundredths
const newest = async () =>
  (await look(t.services, harbor.as.nurse, ({ db }) => newestMovements(db, harbor.id, 1)))[0]!

describe('twenty nurses at one vial', () => {
  it('as many draw from it as it suffices for, the others are told, and nothing is drawn twice', async () => {
    const nurses: Member[] = []
    for (let n = 0; n < 20; n += 1) {
      const name = `Nurse ${n}`
      const made = await must(
        runCommand(t.services, harbor.system, addMember, {
          email: `nurse-${n}@example.org`,
          name,
          passwordHash: 'none',
          roles: ['nurse'],
        }),
      )
      nurses.push({ kind: 'member', clinicId: harbor.id, name, roles: ['nurse'], ...made } as Member)
    }
    const sessions: SessionId[] = []
    for (const nurse of nurses) {
      sessions.push(await readySession(t, harbor, { nurse, name: `With ${nurse.name}` }))
    }
    // 20 mL: three doses of 5.60 mL, and 3.20 mL are left.
    const vial = await delivery(20, 1)
    const before = await chainHolds(t, harbor)
    const drawn = await Promise.all(nurses.map((by, n) => start(sessions[n]!, vial, { by })))
    expect(drawn.filter(({ ok }) => ok)).toHaveLength(3)
    expect(drawn.flatMap((outcome) => (outcome.ok ? [] : outcome.reason))).toEqual(
      Array(17).fill('not-enough-in-lot'),
    )
    expect(await hundredthsOf(vial)).toBe(320)
    // One vial was opened, three draws were written: nothing of the seventeen that were refused.
    expect(await chainHolds(t, harbor)).toBe(before + 4)
    for (const [n, sessionId] of sessions.entries()) {
      const { state } = await logOf(t, harbor, sessionId)
      expect([state.dose !== undefined, (await ledgerOf(t, harbor, sessionId))[0]?.inSyringe]).toEqual(
        drawn[n]!.ok ? [true, 560] : [false, undefined],
      )
    }

    // The same twenty throw away 0.50 mL each of what is left in it: six times, and 0.20 mL stay.
    const { standing } = await lotNow(t, harbor, vial)
    const from: TakenFrom = { place: SAFE, container: standing[0]!.container as ContainerId }
    const wasted = await Promise.all(nurses.map((by) => waste(vial, from, 50, by)))
    expect(wasted.filter(({ ok }) => ok)).toHaveLength(6)
    expect(wasted.filter((outcome) => !outcome.ok && outcome.reason === 'not-enough-there')).toHaveLength(14)
    expect(await hundredthsOf(vial)).toBe(20)
    expect(await chainHolds(t, harbor)).toBe(before + 4 + 6)
    // Everything that ever came is somewhere: the sum over all places is what the supplier gave.
    const everywhere = await look(t.services, harbor.as.nurse, ({ db }) =>
      balancesOfLots(db, harbor.id, [vial]),
    )
    expect(everywhere.reduce((sum, { hundredths }) => sum + hundredths, 0)).toBe(0)
    expect(everywhere.every(({ place, hundredths }) => hundredths > 0 || place.at === 'supplier')).toBe(true)
  }, 120_000)
})

describe('amounts that cannot be', () => {
  it('more than is there, nothing, less than nothing and parts of a hundredth leave no row', async () => {
    const lotId = await delivery(10, 1)
    const before = await chainHolds(t, harbor)
    expect(await waste(lotId, { place: SAFE }, 1001)).toMatchObject({
      reason: 'not-enough-there',
      detail: { holds: 1000 },
    })
    for (const hundredths of [0, -100, 0.5, Number.NaN]) {
      await expect(waste(lotId, { place: SAFE }, hundredths)).rejects.toThrow('is no movement')
    }
    expect(await hundredthsOf(lotId)).toBe(1000)
    expect(await chainHolds(t, harbor)).toBe(before)
  })
  it('the database refuses them by itself', async () => {
    const row = await t.owner.query('select * from public.ledger_movement where clinic_id = $1 limit 1', [
      harbor.id,
    ])
    const { seq, ...rest } = row.rows[0]
    for (const hundredths of [0, -1]) {
      const made = { ...rest, seq: Number(seq) + 100_000, id: anId(t.services), hundredths }
      const names = Object.keys(made)
      await expect(
        t.owner.query(
          `insert into public.ledger_movement (${names.join()}) values (${names.map((_, i) => `$${i + 1}`).join()})`,
          Object.values(made),
        ),
      ).rejects.toThrow(/ledger_movement_hundredths_check/)
    }
  })
})

describe('the witness walks away', () => {
  it('what they signed two minutes ago no longer counts, nothing is taken, and the words say so', async () => {
    const lotId = await delivery(10, 1)
    const key = anId<'ledger-movement'>(t.services)
    const input = {
      key,
      kind: 'waste',
      lotId,
      from: { place: SAFE },
      hundredths: 1000,
      reason: 'broken',
    } as const
    const witness = signsNow(t, harbor.as.manager)
    t.clock.advance(2 * MINUTE_MS + 1)
    const late = await runCommand(t.services, harbor.as.nurse, takeOut, { ...input, witness })
    expect(late).toMatchObject({ reason: 'witness-not-confirmed' })
    expect(await runCommand(t.services, harbor.as.nurse, takeOut, input)).toMatchObject({
      reason: 'witness-missing',
    })
    const own = { ...input, witness: signsNow(t, harbor.as.nurse) }
    expect(await runCommand(t.services, harbor.as.nurse, takeOut, own)).toMatchObject({
      reason: 'witness-is-yourself',
    })
    expect(await hundredthsOf(lotId)).toBe(1000)
    await must(
      runCommand(t.services, harbor.as.nurse, takeOut, { ...input, witness: signsNow(t, harbor.as.manager) }),
    )
    expect(await hundredthsOf(lotId)).toBe(0)
  })
})

describe('a lot is called back while a form is open', () => {
  it('it is drawn for nobody and carried to no room, and stays where it can be put aside', async () => {
    t.clock.advance(HOUR_MS)
    const lotId = await delivery(20, 1)
    const sessionId = await ready()
    await must(
      runCommand(t.services, harbor.as.manager, recallLot, {
        key: anId<'lot-recall'>(t.services),
        lotId,
        state: 'recalled',
        reason: 'glass in vials',
      }),
    )
    expect(await start(sessionId, lotId)).toMatchObject({
      reason: 'lot-recalled',
      detail: { hindrances: ['lot-recalled'] },
    })
    expect((await logOf(t, harbor, sessionId)).state.dose).toBeUndefined()
    expect(await hundredthsOf(lotId)).toBe(2000)
  })
})

describe('a lot that expires today', () => {
  /** A session a minute before midnight of the clinic. */
  async function eveningSession(day: string): Promise<SessionId> {
    t.clock.set(instantAt(day as LocalDate, '22:30', ZONE))
    const person = await booked()
    t.clock.set(instantAt(day as LocalDate, '23:59', ZONE))
    return readySessionOf(t, harbor, person.appointmentId)
  }
  it('is drawn from until midnight of the clinic’s own clock', async () => {
    const sessionId = await eveningSession('2026-12-01')
    const lotId = await delivery(20, 1, { expiresOn: '2026-12-01' })
    t.clock.advance(59 * SECOND_MS)
    // In UTC the next day began five hours ago.
    expect(t.clock.now().slice(0, 10)).toBe('2026-12-02')
    await must(start(sessionId, lotId))
  })
  it('and not one minute after, whenever the form was opened; no cabinet gets it either', async () => {
    t.clock.set(instantAt('2026-12-02' as LocalDate, '23:10', ZONE))
    // Ten minutes after midnight is this visit.
    const person = await booked()
    const lotId = await delivery(20, 1, { expiresOn: '2026-12-02' })
    const cabinetId = await addedCabinet(t, harbor, 'Room 2')
    t.clock.set(instantAt('2026-12-03' as LocalDate, '00:00', ZONE))
    const sessionId = await readySessionOf(t, harbor, person.appointmentId)
    expect(await start(sessionId, lotId)).toMatchObject({
      reason: 'lot-expired',
      detail: { hindrances: ['lot-expired'] },
    })
    const carried = await runCommand(t.services, harbor.as.nurse, moveStock, {
      key: anId<'ledger-movement'>(t.services),
      lotId,
      from: { place: SAFE },
      to: { at: 'cabinet', id: cabinetId },
      hundredths: 2000,
      reason: '',
    })
    expect(carried).toMatchObject({ reason: 'lot-expired' })
    expect(await hundredthsOf(lotId)).toBe(2000)
  })
  it('what was drawn before midnight and recorded after is judged by when it was drawn', async () => {
    t.clock.advance(3 * DAY_MS)
    const sessionId = await eveningSession('2026-12-06')
    const lotId = await delivery(20, 1, { expiresOn: '2026-12-06' })
    const drawnAt = t.clock.now()
    t.clock.set(instantAt('2026-12-07' as LocalDate, '00:05', ZONE))
    await must(start(sessionId, lotId, { at: drawnAt }))
    const [open] = await look(t.services, harbor.as.nurse, ({ db }) =>
      movementsOfSession(db, harbor.id, sessionId),
    )
    expect([open?.kind, open?.at, open?.recordedAt]).toEqual(['open', drawnAt, t.clock.now()])
  })
})

const powerCut: Command<Parameters<typeof startDose.run>[1], never, never> = {
  action: startDose.action,
  async run(needs, input) {
    const outcome = await startDose.run(needs, input)
    expect(outcome.ok).toBe(true)
    throw new Error('the power went')
  },
}

describe('the power goes', () => {
  it('within a draw: neither the log nor the ledger knows of it, and the same form goes through afterwards', async () => {
    t.clock.set('2026-12-08T15:00:00.000Z')
    const sessionId = await ready()
    const lotId = await delivery(20, 1)
    const before = await chainHolds(t, harbor)
    const input = { sessionId, key: anId<'session-event'>(t.services), lotId, drawnMl: DRAWN_ML }
    await expect(runCommand(t.services, harbor.as.nurse, powerCut, input)).rejects.toThrow('the power went')
    expect((await logOf(t, harbor, sessionId)).state.dose).toBeUndefined()
    expect(await hundredthsOf(lotId)).toBe(2000)
    expect(await chainHolds(t, harbor)).toBe(before)
    await must(runCommand(t.services, harbor.as.nurse, startDose, input))
    await must(runCommand(t.services, harbor.as.nurse, startDose, input))
    expect(await hundredthsOf(lotId)).toBe(1440)
    expect(await chainHolds(t, harbor)).toBe(before + 2)
  })

  it('between draw and give: the tablet’s late entry settles the ledger at the time it happened', async () => {
    t.clock.set('2026-12-09T15:00:00.000Z')
    const sessionId = await ready()
    const lotId = await delivery(20, 1)
    await must(start(sessionId, lotId))
    const startedAt = t.clock.now()
    expect(await ledgerOf(t, harbor, sessionId)).toMatchObject([{ drawn: 560, given: 0, inSyringe: 560 }])
    // The pump was stopped half way at 10:20; the network is back at 13:00.
    const stoppedAt = addMs(startedAt, 20 * MINUTE_MS)
    const stopped = bedsideEntry(t, 'dose-stopped', { mgGiven: 28 }, { at: stoppedAt })
    t.clock.advance(3 * HOUR_MS)
    await recordAtBedside(t, harbor, sessionId, stopped)
    await recordAtBedside(t, harbor, sessionId, stopped)
    expect(await ledgerOf(t, harbor, sessionId)).toMatchObject([
      { drawn: 560, given: 280, inSyringe: 280, wasted: 0 },
    ])
    const give = await newest()
    expect([give.kind, give.at, give.recordedAt]).toEqual(['give', stoppedAt, t.clock.now()])
    await must(waste(lotId, { place: { at: 'syringe', id: sessionId } }, 280))
    expect(await ledgerOf(t, harbor, sessionId)).toMatchObject([
      { drawn: 560, given: 280, wasted: 280, inSyringe: 0 },
    ])
    await chainHolds(t, harbor)
  })
})

describe('a vial beyond its hours', () => {
  it('is drawn from to the minute, then a sealed one is opened; where none is left the words say why', async () => {
    t.clock.set('2026-12-10T15:00:00.000Z')
    const lotId = await delivery(10, 2)
    await must(start(await ready(), lotId))
    t.clock.advance(6 * HOUR_MS)
    const inTime = await ready()
    await must(start(inTime, lotId))
    const from = async (sessionId: SessionId) =>
      (await look(t.services, harbor.as.nurse, ({ db }) => movementsOfSession(db, harbor.id, sessionId)))
        .filter(({ kind }) => kind === 'draw')
        .map(({ hundredths }) => hundredths)
    expect(await from(inTime)).toEqual([440, 120])
    // 8.80 mL are there by the books, all of it in the second vial, which was opened six hours and a minute ago.
    t.clock.advance(6 * HOUR_MS + MINUTE_MS)
    const tooLate = await ready()
    expect(await start(tooLate, lotId)).toMatchObject({
      reason: 'opened-vials-over',
      detail: { hindrances: ['opened-vials-over'], left: 8.8 },
    })
    expect(refusalWords('opened-vials-over')).toContain('waste what is in those vials')
    expect(await hundredthsOf(lotId)).toBe(880)
  })
})

describe('the server’s clock is set back', () => {
  it('no row seems older than the one before it: it takes that one’s time and keeps what the clock showed', async () => {
    t.clock.set('2026-12-11T15:00:00.000Z')
    const lotId = await delivery(10, 3)
    const ahead = await newest()
    t.clock.advance(-HOUR_MS)
    const showed = t.clock.now()
    await must(waste(lotId, { place: SAFE }, 1000))
    expect(await newest()).toMatchObject({
      at: showed,
      recordedAt: ahead.recordedAt,
      detail: { serverClock: showed },
    })
    // Seconds are the order of two who write at once.
    t.clock.set(addMs(ahead.recordedAt, -5 * SECOND_MS))
    await must(waste(lotId, { place: SAFE }, 1000))
    expect(await newest()).toMatchObject({ recordedAt: ahead.recordedAt, detail: {} })
    t.clock.set(addMs(ahead.recordedAt, HOUR_MS))
    await must(waste(lotId, { place: SAFE }, 1000))
    expect(await newest()).toMatchObject({ recordedAt: t.clock.now(), detail: {} })
    const { rows } = await t.owner.query(
      'select count(*)::int as falling from (select recorded_at < lag(recorded_at) over (order by seq) as back from public.ledger_movement where clinic_id = $1) r where back',
      [harbor.id],
    )
    expect(rows[0].falling).toBe(0)
    await chainHolds(t, harbor)
  })
})
