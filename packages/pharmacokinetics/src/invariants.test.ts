import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { valueAt } from './curve.ts'
import { fallsBelowAt, peakOf } from './curve-figures.ts'
import { type Dose, totalDoseMg } from './dose.ts'
import type { Model } from './model.ts'
import { models } from './models/index.ts'
import { exposureOf, type Simulation, simulate } from './simulate.ts'

const TIMES = Array.from({ length: 37 }, (_, i) => i * 20)
const dosesOf = (model: Model): fc.Arbitrary<Dose[]> => {
  const minute = fc.integer({ min: 0, max: 300 })
  const doseMg = fc.double({ min: 1, max: 150, noNaN: true })
  const vein: fc.Arbitrary<Dose>[] = [
    fc.record({ route: fc.constant('iv-bolus' as const), atMin: minute, doseMg }),
    fc.record({
      route: fc.constant('iv-infusion' as const),
      startMin: minute,
      durationMin: fc.integer({ min: 1, max: 90 }),
      doseMg,
    }),
  ]
  const routes = Object.keys(model.routes) as (keyof Model['routes'])[]
  const absorbed: fc.Arbitrary<Dose>[] =
    routes.length === 0 ? [] : [fc.record({ route: fc.constantFrom(...routes), atMin: minute, doseMg })]
  return fc.array(fc.oneof(...vein, ...absorbed), { minLength: 1, maxLength: 4 })
}
const cases = fc.constantFrom(...models).chain((model) =>
  fc.record({
    model: fc.constant(model),
    person: fc.record({
      weightKg: fc.double({ min: 40, max: 160, noNaN: true }),
      ageYears: fc.integer({ min: 18, max: 86 }),
    }),
    doses: dosesOf(model),
  }),
)

function done(found: ReturnType<typeof simulate>): Simulation {
  if (!found.ok) throw new Error(`${found.reason} ${found.field} ${found.value}`)
  return found
}
const close = (a: ArrayLike<number>, b: ArrayLike<number>, tolerance = 1e-10) => {
  const highest = Math.max(...Array.from(b))
  for (let i = 0; i < b.length; i += 1) {
    expect(Math.abs(a[i]! - b[i]!)).toBeLessThanOrEqual(tolerance * (Math.abs(b[i]!) + 1e-4 * highest))
  }
}

describe('whatever the schedule', () => {
  it('is linear: k times the dose gives k times the course', () => {
    fc.assert(
      fc.property(cases, fc.double({ min: 0.1, max: 10, noNaN: true }), ({ model, person, doses }, k) => {
        const more = doses.map((dose) =>
          dose.route === 'iv-rate' ? dose : { ...dose, doseMg: dose.doseMg * k },
        )
        const one = done(simulate(model, person, doses, TIMES))
        close(
          done(simulate(model, person, more, TIMES)).concentrationNgPerMl,
          one.concentrationNgPerMl.map((value) => k * value),
        )
      }),
    )
  })
  it('superposes: the course of two schedules is the sum of theirs', () => {
    fc.assert(
      fc.property(cases, ({ model, person, doses }) => {
        // The nose of one model treats a later device differently; that is not superposition's fault.
        fc.pre(doses.filter((dose) => dose.route === 'intranasal').length < 2)
        const sum = new Float64Array(TIMES.length)
        const area = new Float64Array(TIMES.length)
        for (const dose of doses) {
          const alone = done(simulate(model, person, [dose], TIMES))
          for (let i = 0; i < TIMES.length; i += 1) {
            sum[i]! += alone.concentrationNgPerMl[i]!
            area[i]! += alone.areaNgMinPerMl[i]!
          }
        }
        const together = done(simulate(model, person, doses, TIMES))
        close(together.concentrationNgPerMl, sum)
        close(together.areaNgMinPerMl, area)
      }),
    )
  })
  it('does not depend on the order in which doses are listed', () => {
    fc.assert(
      fc.property(cases, ({ model, person, doses }) => {
        close(
          done(simulate(model, person, [...doses].reverse(), TIMES)).concentrationNgPerMl,
          done(simulate(model, person, doses, TIMES)).concentrationNgPerMl,
        )
      }),
    )
  })
  it('loses no mass: what is in the body and what was cleared make what was given', () => {
    fc.assert(
      fc.property(cases, ({ model, person, doses }) => {
        fc.pre(model.disposition.kind === 'clearances' || model.disposition.kind === 'rate-constants')
        const vein = doses.filter((dose) => dose.route.startsWith('iv'))
        const found = done(simulate(model, person, vein, [...TIMES.slice(1), 20_000], { amounts: true }))
        const last = found.timesMin.length - 1
        const total = totalDoseMg(vein)!
        // Clearance = dose ÷ whole area, an identity of its own.
        const whole = exposureOf(found.curves.concentration).totalAreaNgMinPerMl
        if (total === 0) return
        const clearance = (total * 1000) / whole!
        for (let i = 0; i <= last; i += 1) {
          const inside = Object.values(found.amountsMg!).reduce((sum, amounts) => sum + amounts[i]!, 0)
          const cleared = (clearance * found.areaNgMinPerMl[i]!) / 1000
          const given = vein.reduce((sum, dose) => {
            if (dose.route === 'iv-bolus') return sum + (dose.atMin <= found.timesMin[i]! ? dose.doseMg : 0)
            if (dose.route !== 'iv-infusion') return sum
            const ran = (found.timesMin[i]! - dose.startMin) / dose.durationMin
            return sum + dose.doseMg * Math.min(1, Math.max(0, ran))
          }, 0)
          expect(Math.abs(inside + cleared - given)).toBeLessThan(1e-9 * total)
        }
      }),
    )
  })
  it('keeps every amount from zero up, and only falls once everything is in', () => {
    fc.assert(
      fc.property(cases, ({ model, person, doses }) => {
        const found = done(simulate(model, person, doses, TIMES, { amounts: true }))
        for (const amounts of Object.values(found.amountsMg!)) {
          expect(Math.min(...amounts)).toBeGreaterThanOrEqual(0)
        }
        const vein = doses.filter((dose) => dose.route.startsWith('iv'))
        const { curves } = done(simulate(model, person, vein, TIMES))
        const last = curves.concentration.startsMin.at(-1) ?? 0
        let before = Number.POSITIVE_INFINITY
        for (let t = 0; t < 1000; t += 10) {
          const value = valueAt(curves.concentration, last + t)
          expect(value).toBeLessThanOrEqual(before)
          before = value
        }
      }),
    )
  })
  it('has no higher value than its peak, and stays below a threshold after it was left for good', () => {
    fc.assert(
      fc.property(cases, ({ model, person, doses }) => {
        const { curves } = done(simulate(model, person, doses, TIMES))
        const peak = peakOf(curves.concentration)!
        for (let t = 0; t < 600; t += 1.7) {
          expect(valueAt(curves.concentration, t)).toBeLessThanOrEqual(peak.value * (1 + 1e-12))
        }
        const threshold = peak.value / 3
        const left = fallsBelowAt(curves.concentration, threshold, 0)!
        expect(valueAt(curves.concentration, left) / threshold).toBeCloseTo(1, 8)
        for (let t = 1; t < 600; t += 7) {
          expect(valueAt(curves.concentration, left + t)).toBeLessThanOrEqual(threshold)
        }
      }),
    )
  })
  it('has the same area at the effect site as in blood', () => {
    fc.assert(
      fc.property(cases, ({ model, person, doses }) => {
        const { curves } = done(simulate(model, person, doses, TIMES))
        if (!curves.effectSite) return
        const blood = exposureOf(curves.concentration).totalAreaNgMinPerMl!
        expect(exposureOf(curves.effectSite).totalAreaNgMinPerMl! / blood).toBeCloseTo(1, 9)
      }),
    )
  })
})
