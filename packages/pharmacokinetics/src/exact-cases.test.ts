import { describe, expect, it } from 'vitest'
import { constant } from './constant.ts'
import { minutesAbove, peakOf } from './curve-figures.ts'
import { defineModel, type Model } from './model.ts'
import { parameter, surrogateVariability } from './models/parts.ts'
import { exposureOf, simulate } from './simulate.ts'
import { simulatePopulation } from './simulate-population.ts'

const made = { source: 'invented for a test', confidence: 'D' } as const
const K = 0.02
const KA = 0.1
const VOLUME = 50
/** One compartment, 50 L, elimination 0.02 per minute, and a depot that empties at 0.1 per minute after 5 minutes. */
const one: Model = defineModel({
  id: 'one',
  title: 'one',
  analyte: 'a drug',
  sampling: 'venous',
  source: made.source,
  population: 'none',
  disposition: { kind: 'rate-constants', volume: 'V', elimination: 'k', peripherals: [] },
  parameters: {
    V: parameter(constant(VOLUME, 'L', made)),
    k: parameter(constant(K, '1/min', made)),
    ka: parameter(constant(KA, '1/min', made)),
    same: parameter(constant(K, '1/min', made)),
    F: parameter(constant(0.5, 'share', made)),
    lag: parameter(constant(5, 'min', made)),
    D: parameter(constant(30, 'min', made)),
  },
  routes: {
    im: [{ id: 'im', into: 'central', share: [{ of: 'F' }], rate: 'ka', lag: 'lag', swallowed: false }],
    oral: [{ id: 'po', into: 'central', share: [{ of: 'F' }], rate: 'same', swallowed: true }],
    sublingual: [{ id: 'sl', into: 'central', share: [{ of: 'F' }], releasedOver: 'D', swallowed: false }],
  },
  variability: surrogateVariability({}),
  residual: { form: 'proportional', sd: 0, status: 'yours', source: made.source },
  uncertainty: {},
  effectSites: {},
  validFor: { ageYears: [0, 200], weightKg: [1, 500], doseMgPerKg: [0, 100], source: made.source },
  cautions: [],
})
const person = { weightKg: 70, ageYears: 40 }
const TIGHT = 1e-12

function levels(doses: Parameters<typeof simulate>[2], times: number[]) {
  const found = simulate(one, person, doses, times)
  if (!found.ok) throw new Error(`${found.reason} ${found.field}`)
  return found
}
const same = (found: number, wanted: number, tolerance = TIGHT) =>
  expect(Math.abs(found - wanted)).toBeLessThanOrEqual(tolerance * Math.max(1e-300, Math.abs(wanted)))

describe('one compartment, by hand', () => {
  const scale = 1000 / VOLUME
  it('bolus: e^(−kt); area = dose/clearance; half in ln 2/k', () => {
    const found = levels([{ route: 'iv-bolus', atMin: 10, doseMg: 10 }], [0, 10, 40])
    expect(found.concentrationNgPerMl[0]).toBe(0)
    same(found.concentrationNgPerMl[1]!, 10 * scale)
    same(found.concentrationNgPerMl[2]!, 10 * scale * Math.exp(-0.6))
    const exposure = exposureOf(found.curves.concentration, 5 * scale)
    same(exposure.totalAreaNgMinPerMl!, (10 * scale) / K)
    same(exposure.fallsBelowAtMin!, 10 + Math.LN2 / K, 1e-10)
    same(exposure.minutesAbove!, Math.LN2 / K, 1e-10)
    expect(exposure.peak).toEqual({ value: 10 * scale, atMin: 10 })
  })
  it('infusion: (R/k)(1 − e^(−kt)), then decay', () => {
    const found = levels([{ route: 'iv-infusion', startMin: 0, durationMin: 40, doseMg: 20 }], [15, 40, 100])
    const plateau = (0.5 / K) * scale
    same(found.concentrationNgPerMl[0]!, plateau * (1 - Math.exp(-0.3)))
    same(found.concentrationNgPerMl[1]!, plateau * (1 - Math.exp(-0.8)))
    same(found.concentrationNgPerMl[2]!, plateau * (1 - Math.exp(-0.8)) * Math.exp(-1.2))
    // ∫₀⁴⁰ of the rise, by hand.
    same(found.areaNgMinPerMl[1]!, plateau * (40 - (1 - Math.exp(-0.8)) / K))
  })
  it('depot with lag: Bateman, peak at lag + ln(ka/k)/(ka − k)', () => {
    const found = levels([{ route: 'im', atMin: 0, doseMg: 20 }], [5, 25])
    expect(found.concentrationNgPerMl[0]).toBe(0)
    const bateman = (t: number) => ((10 * scale * KA) / (KA - K)) * (Math.exp(-K * t) - Math.exp(-KA * t))
    same(found.concentrationNgPerMl[1]!, bateman(20))
    const atMin = 5 + Math.log(KA / K) / (KA - K)
    const peak = peakOf(found.curves.concentration)!
    same(peak.atMin, atMin, 1e-9)
    same(peak.value, bateman(atMin - 5))
  })
  it('in a population too the lag is kept, before, on and between the points of a grid', () => {
    const doses = [{ route: 'im', atMin: 0, doseMg: 20 }] as const
    for (const times of [
      [0, 2.5, 5, 7.5, 10],
      [0, 4, 5.5, 25],
    ]) {
      const typical = levels([...doses], times)
      const options = { n: 1, seed: 1, omega: 'none', residual: 'none', percentiles: [0.5] } as const
      const drawn = simulatePopulation(one, person, doses, times, options)
      if (!drawn.ok) throw new Error(drawn.reason)
      for (const [i, wanted] of typical.concentrationNgPerMl.entries()) {
        same(drawn.concentrationNgPerMl[0]![i]! + 1, wanted + 1, 1e-10)
      }
    }
  })
  it('what is swallowed of a dose under the tongue is not also absorbed there: all of it goes one way or the other', () => {
    const area = (swallowedShare: number) =>
      exposureOf(levels([{ route: 'im', atMin: 0, doseMg: 20, swallowedShare }], [0]).curves.concentration)
        .totalAreaNgMinPerMl!
    // Both ways take in half, so the split changes when it comes and not how much: 10 mg ÷ (k × V).
    for (const share of [0, 0.25, 0.4, 1]) same(area(share), (10 * scale) / K, 1e-9)
  })
  it('absorption as fast as elimination: k·t·e^(−kt), peak at 1/k', () => {
    const found = levels([{ route: 'oral', atMin: 0, doseMg: 20 }], [1, 50, 300])
    for (const [i, t] of [1, 50, 300].entries()) {
      same(found.concentrationNgPerMl[i]!, 10 * scale * K * t * Math.exp(-K * t), 1e-9)
    }
    same(peakOf(found.curves.concentration)!.atMin, 50, 1e-6)
  })
  it('zero-order release is an infusion of the absorbed share', () => {
    const released = levels([{ route: 'sublingual', atMin: 3, doseMg: 20 }], [10, 33, 90])
    const infused = levels([{ route: 'iv-infusion', startMin: 3, durationMin: 30, doseMg: 10 }], [10, 33, 90])
    for (let i = 0; i < 3; i += 1) same(released.concentrationNgPerMl[i]!, infused.concentrationNgPerMl[i]!)
  })
  it('a pump that is slowed, stopped and started is the sum of its parts', () => {
    const pump = levels(
      [
        {
          route: 'iv-rate',
          steps: [
            { atMin: 0, mgPerMin: 1 },
            { atMin: 10, mgPerMin: 0.25 },
            { atMin: 20, mgPerMin: 0 },
            { atMin: 30, mgPerMin: 2 },
            { atMin: 35, mgPerMin: 0 },
          ],
        },
      ],
      [5, 15, 25, 33, 60],
    )
    const parts = levels(
      [
        { route: 'iv-infusion', startMin: 0, durationMin: 10, doseMg: 10 },
        { route: 'iv-infusion', startMin: 10, durationMin: 10, doseMg: 2.5 },
        { route: 'iv-infusion', startMin: 30, durationMin: 5, doseMg: 10 },
      ],
      [5, 15, 25, 33, 60],
    )
    for (let i = 0; i < 5; i += 1) same(pump.concentrationNgPerMl[i]!, parts.concentrationNgPerMl[i]!)
  })
  it('a pump that runs on has no total area, and no last time above', () => {
    const { curves } = levels([{ route: 'iv-rate', steps: [{ atMin: 0, mgPerMin: 1 }] }], [10])
    const exposure = exposureOf(curves.concentration, 1)
    expect([exposure.totalAreaNgMinPerMl, exposure.fallsBelowAtMin, exposure.minutesAbove]).toEqual([
      null,
      null,
      null,
    ])
    same(exposure.peak!.value, (1 / K) * scale, 1e-9)
  })
  it('counts minutes above over several rises', () => {
    const { curves } = levels(
      [
        { route: 'iv-bolus', atMin: 0, doseMg: 10 },
        { route: 'iv-bolus', atMin: 500, doseMg: 10 },
      ],
      [0],
    )
    expect(minutesAbove(curves.concentration, 5 * scale, 0, 2000)).toBeCloseTo(
      (2 * Math.LN2) / K + Math.exp(-10) / K,
      3,
    )
  })
})
