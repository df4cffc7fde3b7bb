import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  bedsideEntry,
  freshWeeks,
  logOf,
  readySession,
  recordAtBedside,
  tryDose,
} from '../../../tests/database/at-bedside.ts'
import { addedCabinet, ledgerOf, lotNow, receivedLot } from '../../../tests/database/drug-stock.ts'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import { action, role } from '../../platform/access.ts'
import { type Command, runCommand } from '../../platform/command.server.ts'
import { done } from '../../platform/outcome.ts'
import { MINUTE_MS } from '../../platform/time.ts'
import { unsettled } from '../ledger/dose-movements.ts'
import { drawForDose } from '../ledger/draw-for-dose.server.ts'
import { recallLot } from '../ledger/keep-stock.server.ts'
import { movementsOfSession, openedVials } from '../ledger/ledger-queries.server.ts'
import { lockLot } from '../ledger/lot-queries.server.ts'
import { moveStock } from '../ledger/move-stock.server.ts'
import { SAFE } from '../ledger/movement.ts'
import { loadNote } from '../note/note-page.server.ts'
import type { LotId, OtherLot, SessionId } from '../session/session-event.ts'
import { fittingLots } from './fitting-lots.server.ts'

const ZONE = 'America/New_York'
/** The order of every person here: 56 mg, 5.60 mL of 10 mg/mL. */
const ORDER = {
  doseMg: 56,
  route: 'intravenous',
  drawn: { volumeMl: 5.6, concentrationMgPerMl: 10 },
  given: { kind: 'infusion' },
} as unknown as Parameters<typeof fittingLots>[2]

let t: TestDatabase
let harbor: TestClinic
let nextWeeks: () => void

beforeAll(async () => {
  t = await openTestDatabase()
  nextWeeks = freshWeeks(t)
  harbor = await makeClinic(t.services, 'harbor')
})
afterAll(() => t.close())

const delivery = (lotNumber: string, containerMl: number, change: object = {}) =>
  receivedLot(t, harbor, { lotNumber, containerMl, containers: 1, ...change })
const key = () => anId<'session-event'>(t.services)
const start = (sessionId: SessionId, lotId: LotId, otherLots: OtherLot[], id = key()) =>
  tryDose(t, harbor, sessionId, lotId, { key: id, otherLots })
const ready = () => {
  nextWeeks()
  return readySession(t, harbor)
}
const proposal = (sessionId: SessionId) =>
  look(t.services, harbor.as.nurse, ({ db, at, actor }) =>
    fittingLots({ db, actor }, sessionId, ORDER, at, ZONE),
  )
const left = async (lotId: LotId) => (await lotNow(t, harbor, lotId)).hundredths

it('a dose that no one lot holds is proposed and drawn from two, first to expire first, in one transaction', async () => {
  const sessionId = await ready()
  const first = await delivery('A1', 1.2, { expiresOn: '2027-06-30' })
  const second = await delivery('B2', 5)
  const { lots: choices, split } = await proposal(sessionId)
  expect(choices).toEqual([])
  expect(split?.parts.map(({ lotId, ml, words }) => [lotId, ml, words])).toEqual([
    [first, 1.2, '1.20 mL of lot A1 (a new vial: 1.20 mL)'],
    [second, 4.4, '4.40 mL of lot B2 (a new vial: 4.40 mL)'],
  ])
  const id = key()
  const otherLots = [{ lotId: second, ml: 4.4 }]
  await must(start(sessionId, first, otherLots, id))
  await must(start(sessionId, first, otherLots, id))
  expect(await start(sessionId, first, [{ lotId: second, ml: 4.5 }], id)).toMatchObject({
    reason: 'recorded-otherwise',
  })
  expect([await left(first), await left(second)]).toEqual([0, 60])
  expect(await ledgerOf(t, harbor, sessionId)).toMatchObject([
    { lotId: first, drawn: 120, inSyringe: 120 },
    { lotId: second, drawn: 440, inSyringe: 440 },
  ])

  // Stopped after 20 mg: what was given is the first lot's before it is the second's.
  t.clock.advance(15 * MINUTE_MS)
  await recordAtBedside(t, harbor, sessionId, bedsideEntry(t, 'dose-stopped', { mgGiven: 20 }))
  const ledger = await ledgerOf(t, harbor, sessionId)
  expect(ledger).toMatchObject([
    { given: 120, inSyringe: 0 },
    { given: 80, inSyringe: 360 },
  ])
  const session = await logOf(t, harbor, sessionId)
  expect(unsettled(session.state.dose, ledger)).toEqual([{ lotId: second, inSyringe: 360, logLessLedger: 0 }])
  const note = await loadNote({
    services: t.services,
    actor: harbor.as.nurse,
    clinic: { id: harbor.id, timeZone: ZONE, name: 'harbor' },
    params: { id: sessionId },
    url: new URL('http://clinic.test/'),
  } as unknown as Parameters<typeof loadNote>[0])
  expect(JSON.stringify(note)).toContain('drawn from lot A1 (1.20 mL) and lot B2 (4.40 mL)')
})

it('nothing is drawn from any lot when one of them may not be used or does not hold its part', async () => {
  const sessionId = await ready()
  const first = await delivery('C1', 2)
  const second = await delivery('C2', 5)
  const expired = await delivery('C3', 5, { expiresOn: t.clock.now().slice(0, 10) })
  const stronger = await delivery('C4', 5, { concentrationMgPerMl: 50 })
  const recalled = await delivery('C5', 5)
  await must(
    runCommand(t.services, harbor.as.manager, recallLot, {
      key: anId<'lot-recall'>(t.services),
      lotId: recalled,
      state: 'recalled',
      reason: 'glass',
    }),
  )
  for (const [otherLots, reason] of [
    [[{ lotId: stronger, ml: 3.6 }], 'lot-wrong-concentration'],
    [[{ lotId: recalled, ml: 3.6 }], 'lot-recalled'],
    [[{ lotId: anId<'drug-lot'>(t.services), ml: 3.6 }], 'no-lot'],
    [[{ lotId: second, ml: 5.6 }], 'drawn-not-as-ordered'],
    [[{ lotId: second, ml: -1 }], 'drawn-not-as-ordered'],
    [[{ lotId: first, ml: 3.6 }], 'drawn-not-as-ordered'],
    [[{ lotId: second, ml: 5.1 }], 'not-enough-in-lot'],
    [[{ lotId: second, ml: 3 }], 'not-enough-in-lot'],
  ] as const) {
    expect(await start(sessionId, first, [...otherLots])).toMatchObject({ reason })
  }
  expect([await left(first), await left(second), await left(expired)]).toEqual([200, 500, 500])
  expect(await ledgerOf(t, harbor, sessionId)).toEqual([])
})

it('of two lots each of which holds it the words say which vials are opened', async () => {
  const sessionId = await ready()
  const lotId = await delivery('D1', 10, { expiresOn: '2029-01-01' })
  const found = (await proposal(sessionId)).lots.find(({ id }) => id === lotId)
  expect(found).toMatchObject({ draw: 'a new vial: 5.60 mL' })
  await must(start(sessionId, lotId, []))
  t.clock.advance(10 * MINUTE_MS)
  const again = (await proposal(anId<'session'>(t.services) as SessionId)).lots
  // 4.40 mL of the opened vial are no whole dose, and no sealed one is left of it.
  expect(again.find(({ id }) => id === lotId)).toBeUndefined()
})

/** A draw alone, without what a dose asks besides. */
const draw: Command<
  { lotId: LotId; sessionId: SessionId; hundredths: number; serial: string },
  boolean,
  never
> = {
  action: action('test.draw', role('nurse')),
  async run(needs, { lotId, ...asked }) {
    const lot = (await lockLot(needs.db, needs.actor.clinicId, lotId))!
    return done(await drawForDose(needs, { lot, ...asked, at: needs.at }))
  },
}

it('the serial that was scanned stays with the vial that was opened for it, and in the row of the chain', async () => {
  const sessionId = await ready()
  const lotId = await delivery('S1', 5, { containers: 2 })
  const drawUpTo = (hundredths: number, serial: string) =>
    must(runCommand(t.services, harbor.as.nurse, draw, { lotId, sessionId, hundredths, serial }))
  const known = () =>
    look(t.services, harbor.as.nurse, async ({ db }) => ({
      vials: (await openedVials(db, harbor.id, [lotId])).map(({ number, serial }) => [number, serial]),
      rows: (await movementsOfSession(db, harbor.id, sessionId)).map(({ kind, hundredths, detail }) => [
        kind,
        hundredths,
        detail?.serial,
      ]),
    }))
  await drawUpTo(100, '77')
  await drawUpTo(250, '77')
  expect(await known()).toEqual({
    vials: [[1, '77']],
    rows: [
      ['open', 500, '77'],
      ['draw', 100, undefined],
      ['draw', 150, '77'],
    ],
  })
  await drawUpTo(600, '88')
  const { vials, rows } = await known()
  expect(vials).toEqual([
    [1, '77'],
    [2, '88'],
  ])
  expect(rows.slice(3)).toEqual([
    ['draw', 250, undefined],
    ['open', 500, '88'],
    ['draw', 100, undefined],
  ])
})

it('of a lot that stands in the safe and in a cabinet, what is taken from the cabinet leaves the cabinet', async () => {
  const sessionId = await ready()
  const lotId = await delivery('P1', 10, { containers: 3 })
  const cabinetId = await addedCabinet(t, harbor, 'Quiet room, left')
  const cabinet = { at: 'cabinet', id: cabinetId } as const
  await must(
    runCommand(t.services, harbor.as.manager, moveStock, {
      key: anId<'ledger-movement'>(t.services),
      lotId,
      from: { place: SAFE },
      to: cabinet,
      hundredths: 1000,
      reason: '',
    }),
  )
  const choices = await look(t.services, harbor.as.nurse, ({ db, at, actor }) =>
    fittingLots({ db, actor }, sessionId, ORDER, at, ZONE, 'Quiet room'),
  )
  expect(choices.lots.flatMap(({ id, place, label }) => (id === lotId ? [[place, label]] : []))).toEqual([
    [cabinet, 'Lot P1 from cabinet Quiet room, left, 10 mg/mL, 10 mL, expires Wed 31 Dec 2031'],
    [SAFE, 'Lot P1 from the safe, 10 mg/mL, 20 mL, expires Wed 31 Dec 2031'],
  ])
  await must(tryDose(t, harbor, sessionId, lotId, { place: cabinet }))
  const { standing } = await lotNow(t, harbor, lotId)
  expect(standing.map(({ place, hundredths }) => [place.at, hundredths]).toSorted()).toEqual([
    ['cabinet', 440],
    ['safe', 2000],
  ])

  // What stands there is less than the next dose; of the safe it could be drawn.
  const next = await ready()
  expect(await tryDose(t, harbor, next, lotId, { place: cabinet })).toMatchObject({
    reason: 'not-enough-there',
  })
  await must(tryDose(t, harbor, next, lotId, { place: SAFE }))
  expect((await lotNow(t, harbor, lotId)).hundredths).toBe(1880)
})
