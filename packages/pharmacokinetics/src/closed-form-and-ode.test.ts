import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { peakOf } from './curve-figures.ts'
import type { Dose } from './dose.ts'
import { models } from './models/index.ts'
import { simulate } from './simulate.ts'
import { simulateByOde } from './simulate-by-ode.ts'

const minute = fc.integer({ min: 0, max: 2400 }).map((tenths) => tenths / 10)
const milligrams = fc.double({ min: 0.5, max: 150, noNaN: true })

const anyDose: fc.Arbitrary<Dose> = fc.oneof(
  fc.record({ route: fc.constant('iv-bolus' as const), atMin: minute, doseMg: milligrams }),
  fc.record({
    route: fc.constant('iv-infusion' as const),
    startMin: minute,
    durationMin: fc.double({ min: 0.5, max: 120, noNaN: true }),
    doseMg: milligrams,
  }),
  fc
    .uniqueArray(minute, { minLength: 1, maxLength: 5 })
    .chain((times) =>
      fc.tuple(
        fc.constant([...times].sort((a, b) => a - b)),
        fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 3, noNaN: true })), {
          minLength: 5,
          maxLength: 5,
        }),
      ),
    )
    .map(([times, rates]) => ({
      route: 'iv-rate' as const,
      steps: times.map((atMin, i) => ({ atMin, mgPerMin: rates[i]! })),
    })),
  fc.record({
    route: fc.constantFrom('im' as const, 'intranasal' as const, 'sublingual' as const, 'oral' as const),
    atMin: minute,
    doseMg: milligrams,
  }),
)
const people = fc.record({
  weightKg: fc.double({ min: 40, max: 160, noNaN: true }),
  ageYears: fc.double({ min: 18, max: 86, noNaN: true }),
})

describe('closed form and ODE solver', () => {
  it('agree to 1e-9 on 1,000 random schedules: concentration, effect site and area', () => {
    const times = [1, 7, 40, 90, 180, 240, 500]
    fc.assert(
      fc.property(
        fc.constantFrom(...models),
        people,
        fc.array(anyDose, { minLength: 1, maxLength: 4 }),
        (model, person, doses) => {
          const possible = doses.filter(
            (dose) => dose.route.startsWith('iv') || Object.hasOwn(model.routes, dose.route),
          )
          const closed = simulate(model, person, possible, times)
          // Local error at 1e-12 leaves some 1e-11 over the whole course.
          const ode = simulateByOde(model, person, possible, times, { relative: 1e-12, absolute: 1e-14 })
          if (!closed.ok || !ode.ok) throw new Error('refused')
          const peak = peakOf(closed.curves.concentration)?.value ?? 0
          const agree = (a: Float64Array, b: Float64Array) => {
            // Relative to each value, and for what is all but gone to the peak of the course.
            const floor = 1e-6 * Math.max(peak, ...b)
            for (let i = 0; i < times.length; i += 1) {
              expect(Math.abs(a[i]! - b[i]!)).toBeLessThanOrEqual(1e-9 * Math.max(Math.abs(b[i]!), floor))
            }
          }
          agree(closed.concentrationNgPerMl, ode.concentrationNgPerMl)
          agree(closed.areaNgMinPerMl, ode.areaNgMinPerMl)
          expect(closed.effectSiteNgPerMl === null).toBe(ode.effectSiteNgPerMl === null)
          if (closed.effectSiteNgPerMl) agree(closed.effectSiteNgPerMl, ode.effectSiteNgPerMl!)
        },
      ),
      { numRuns: 1000, seed: 20261122 },
    )
  }, 60_000)
})
