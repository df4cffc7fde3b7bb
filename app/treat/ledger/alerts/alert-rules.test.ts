import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  codes,
  facts,
  hours,
  lot,
  moved,
  NOW,
  session,
  settings,
} from '../../../../tests/stock-for-alerts.ts'
import { addMs, DAY_MS, HOUR_MS, type Instant, type LocalDate, MINUTE_MS } from '../../../platform/time.ts'
import type { LotId } from '../../session/session-event.ts'
import { type ContainerId, SAFE } from '../movement.ts'
import type { AlertFacts } from './alert.ts'
import { ledgerAlerts } from './alert-rules.ts'

it('asks nothing of a ledger in which nothing stands', () => {
  expect(ledgerAlerts(facts())).toEqual({ alerts: [], notJudged: [] })
})

it('red comes first', () => {
  const lots = [
    lot({ expiresOn: '2026-11-30' as LocalDate }),
    lot({ id: 'lot-2' as LotId, recalled: 'glass' }),
  ]
  expect(codes({ lots })).toEqual(['lot-recalled', 'lot-expires-soon'])
})

describe('whatever the ledger holds', () => {
  const person = fc.constantFrom('ana', 'ben', 'cleo')
  const when = fc.integer({ min: 0, max: 95 * 24 * 60 }).map((min) => addMs(NOW, -min * MINUTE_MS))
  const lotIds = ['lot-1', 'lot-2', 'lot-3'] as LotId[]
  const anyLot = fc.constantFrom(...lotIds)
  const someSessions = fc
    .array(fc.record({ by: person, wasted: fc.integer({ min: 0, max: 100 }), at: when, lotId: anyLot }), {
      maxLength: 60,
    })
    .map((all) => all.flatMap(({ by, wasted, at, lotId: of }) => session(by, wasted, { at, lotId: of })))
  const someMoves = fc
    .array(
      fc.record({
        kind: fc.constantFrom('move' as const, 'waste' as const, 'lose' as const),
        by: person,
        witness: fc.option(person, { nil: undefined }),
        at: when,
      }),
      { maxLength: 60 },
    )
    .map((all) =>
      all.map(({ kind, by, witness, at }) =>
        moved(kind, { by, at, ...(witness && witness !== by ? { witness } : {}) }),
      ),
    )
  const someCounts = fc.array(
    fc.record({
      id: fc.uuid(),
      at: when,
      lotId: anyLot,
      place: fc.constant(SAFE),
      expectedHundredths: fc.constant(1000),
      countedHundredths: fc.integer({ min: 988, max: 1012 }),
      container: fc.constantFrom('vial-1', 'vial-2', 'vial-3', 'vial-4').map((id) => id as ContainerId),
      counters: fc.constantFrom(['ana', 'ben'], ['ben', 'ana'], ['ben', 'cleo'], ['ana']),
    }),
    { maxLength: 20 },
  )
  const someDoses = fc.array(
    fc.record({
      appointmentId: fc.uuid(),
      startsAt: fc.integer({ min: 0, max: 20 * 24 }).map((h) => addMs(NOW, h * HOUR_MS)),
      need: fc.option(
        fc.record({
          form: fc.constant('vial' as const),
          strength: fc.constantFrom(50, 100),
          hundredths: fc.integer({ min: 1, max: 1500 }),
        }),
        { nil: undefined },
      ),
    }),
    { maxLength: 20 },
  )
  const someLots = fc
    .array(
      fc.record({ hundredths: fc.integer({ min: 0, max: 5000 }), days: fc.integer({ min: -5, max: 60 }) }),
      {
        minLength: 3,
        maxLength: 3,
      },
    )
    .map((all) =>
      all.map(({ hundredths, days }, index) =>
        lot({
          id: lotIds[index]!,
          lotNumber: `L${index}`,
          hundredths,
          expiresOn: addMs(NOW, days * DAY_MS).slice(0, 10) as LocalDate,
        }),
      ),
    )
  const anything = fc
    .record({
      sessions: someSessions,
      moves: someMoves,
      counts: someCounts,
      doses: someDoses,
      lots: someLots,
      onePerson: fc.boolean(),
    })
    .map(({ sessions: settled, moves, onePerson, ...rest }) =>
      facts({
        ...rest,
        movements: [...settled, ...moves],
        settings: { ...settings, workingHours: hours, vialForOnePersonOnly: onePerson },
      }),
    )

  it('the order of what is handed in does not matter', () => {
    fc.assert(
      fc.property(
        anything.chain((one) =>
          fc.record({
            one: fc.constant(one),
            movements: fc.shuffledSubarray([...one.movements], { minLength: one.movements.length }),
            counts: fc.shuffledSubarray([...one.counts], { minLength: one.counts.length }),
            lots: fc.shuffledSubarray([...one.lots], { minLength: one.lots.length }),
            doses: fc.shuffledSubarray([...one.doses], { minLength: one.doses.length }),
          }),
        ),
        ({ one, ...shuffled }) => {
          expect(ledgerAlerts({ ...one, ...shuffled })).toEqual(ledgerAlerts(one))
        },
      ),
      { seed: 8, numRuns: 150 },
    )
  })

  it('a lot that has nothing to do with it changes nothing', () => {
    const unrelated = lot({
      id: 'lot-9' as LotId,
      lotNumber: 'L9',
      form: 'tablet',
      strength: 16,
      containerHundredths: 100,
    })
    const received = moved('receive', {
      lotId: unrelated.id,
      at: '2026-11-23T15:00:00.000Z' as Instant,
      by: 'ana',
    })
    fc.assert(
      fc.property(anything, (one) => {
        expect(
          ledgerAlerts({ ...one, lots: [unrelated, ...one.lots], movements: [received, ...one.movements] }),
        ).toEqual(ledgerAlerts(one))
      }),
      { seed: 8, numRuns: 100 },
    )
  })

  it('every alert has a key of its own, a severity, what to do, and ids', () => {
    fc.assert(
      fc.property(anything, (one) => {
        const { alerts } = ledgerAlerts(one)
        expect(new Set(alerts.map(({ key }) => key)).size).toBe(alerts.length)
        for (const { detail, todo, ids: about } of alerts) {
          expect(detail).not.toMatch(/NaN|undefined|Infinity/)
          expect(todo).not.toBe('')
          expect(Object.keys(about).length).toBeGreaterThan(0)
        }
      }),
      { seed: 8, numRuns: 100 },
    )
  })

  it('with plenty in the safe no visit lacks anything', () => {
    const lacking = (one: AlertFacts) =>
      ledgerAlerts(one).alerts.flatMap(({ code, ids: about }) =>
        code === 'stock-below-need' ? (about.appointments ?? []) : [],
      ).length
    fc.assert(
      fc.property(someDoses, someLots, fc.boolean(), (doses, lots, onePerson) => {
        const set = { ...settings, vialForOnePersonOnly: onePerson }
        const plenty = lot({ id: 'lot-8' as LotId, hundredths: 1_000_000 })
        const much = lot({ id: 'lot-9' as LotId, strength: 100, hundredths: 1_000_000 })
        expect(lacking(facts({ settings: set, doses, lots: [...lots, plenty, much] }))).toBe(0)
      }),
      { seed: 8, numRuns: 100 },
    )
  })
})
