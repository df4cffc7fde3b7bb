import { describe, expect, it } from 'vitest'
import { compareRegimens } from './compare-regimens.ts'
import { expectedVenousDraw } from './expected-venous-draw.ts'
import { kamp2020, perezRuixo2021 } from './models/index.ts'
import { simulatePopulation, simulatePopulationInParts } from './simulate-population.ts'
import { threadRunner } from './worker-threads.node.ts'

const person = { weightKg: 70, ageYears: 40 }
const infusion = { route: 'iv-infusion', startMin: 0, durationMin: 40, doseMg: 35 } as const
const times = Float64Array.from({ length: 25 }, (_, i) => i * 10)

describe('compareRegimens', () => {
  const options = { n: 400, seed: 1, thresholdNgPerMl: 100, figuresOf: 100 }
  it('meets the same people: twice the dose is twice every figure of the spread', () => {
    const found = compareRegimens(
      kamp2020,
      person,
      person,
      [
        { name: 'once', doses: [infusion] },
        { name: 'twice', doses: [{ ...infusion, doseMg: 70 }] },
      ],
      times,
      options,
    )
    if (!found.ok) throw new Error(found.reason)
    const [once, twice] = found.regimens
    expect(found.sitesDiffer).toBe(false)
    expect(once!.figures.peak!.value).toBeCloseTo(253.05, 1)
    for (let k = 0; k < 5; k += 1) {
      expect(twice!.spread.peakNgPerMl[k]! / once!.spread.peakNgPerMl[k]!).toBeCloseTo(2, 9)
      expect(twice!.spread.totalAreaNgMinPerMl![k]! / once!.spread.totalAreaNgMinPerMl![k]!).toBeCloseTo(2, 9)
      expect(twice!.spread.minutesAbove![k]!).toBeGreaterThan(once!.spread.minutesAbove![k]!)
      expect(
        twice!.bands.concentrationNgPerMl[k]![4]! / once!.bands.concentrationNgPerMl[k]![4]!,
      ).toBeCloseTo(2, 9)
    }
    // The median peak of the drawn people lies where the typical one does.
    expect(Math.abs(once!.spread.peakNgPerMl[2]! / once!.figures.peak!.value - 1)).toBeLessThan(0.1)
  })
  it('says when sites differ, and gives no whole area to a pump that runs on', () => {
    const found = compareRegimens(
      kamp2020,
      person,
      person,
      [
        { name: 'pump', doses: [{ route: 'iv-rate', steps: [{ atMin: 0, mgPerMin: 0.5 }] }] },
        { name: 'nose', doses: [{ route: 'intranasal', atMin: 0, doseMg: 28 }], model: perezRuixo2021 },
      ],
      times,
      options,
    )
    if (!found.ok) throw new Error(found.reason)
    expect(found.sitesDiffer).toBe(true)
    expect(found.regimens[0]!.figures.totalAreaNgMinPerMl).toBeNull()
    expect(found.regimens[0]!.spread.totalAreaNgMinPerMl).toBeNull()
    expect(found.regimens[1]!.bands.effectSiteNgPerMl).toBeNull()
  })
  it('refuses no regimen and a threshold of nothing', () => {
    expect(compareRegimens(kamp2020, person, person, [], times, options)).toMatchObject({ field: 'regimens' })
    expect(
      compareRegimens(kamp2020, person, person, [{ name: 'a', doses: [infusion] }], times, {
        ...options,
        thresholdNgPerMl: 0,
      }),
    ).toMatchObject({ reason: 'not-above-zero', value: 0 })
  })
})

describe('expectedVenousDraw', () => {
  it('185 ng/mL at 40 min, 156 to 215 over the range of its delay; Clements 177 beside it', () => {
    const found = expectedVenousDraw(kamp2020, person, [infusion], [40])
    if (!found.ok) throw new Error(found.reason)
    expect(found.estimatedNgPerMl[0]!).toBeCloseTo(185, 0)
    expect(found.lowerNgPerMl[0]!).toBeCloseTo(156, 0)
    expect(Math.abs(found.upperNgPerMl[0]! - 215)).toBeLessThan(0.5)
    expect(found.published!.concentrationNgPerMl[0]!).toBeCloseTo(177.3, 1)
    expect(found.label).toContain('estimated')
  })
})

describe('worker threads', () => {
  it('give the bits of one thread', async () => {
    await using threads = threadRunner(2)
    const options = { n: 2500, seed: 8 }
    expect(
      await simulatePopulationInParts(threads.run, 3, kamp2020, person, [infusion], times, options),
    ).toEqual(simulatePopulation(kamp2020, person, [infusion], times, options))
  })
  it('needs at least one', () => {
    expect(() => threadRunner(0)).toThrow('threads 0')
  })
})
