import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Dose } from './dose.ts'
import { fanta2015, kamp2020, models, simons2022 } from './models/index.ts'
import { BIN_WIDTH } from './percentile-bins.ts'
import { jobOf } from './population-options.ts'
import { simulate } from './simulate.ts'
import {
  EXACT_UP_TO,
  type PopulationResult,
  populationPart,
  simulatePopulation,
  simulatePopulationInParts,
} from './simulate-population.ts'

/** Within the ages of every model, so that nothing is in doubt. */
const person = { weightKg: 70, ageYears: 25 }
const infusion: Dose[] = [{ route: 'iv-infusion', startMin: 0, durationMin: 40, doseMg: 35 }]
const grid = Float64Array.from({ length: 73 }, (_, i) => 5 * i)
function done(found: ReturnType<typeof simulatePopulation>): PopulationResult {
  if (!found.ok) throw new Error(`${found.reason} ${found.field} ${found.value}`)
  return found
}
const noChance = { omega: 'none', residual: 'none', parameterUncertainty: false } as const

describe('simulatePopulation', () => {
  it('without variability is the typical course, for every model, route and grid', () => {
    const doses: Dose[] = [
      { route: 'iv-bolus', atMin: 12.5, doseMg: 5 },
      { route: 'iv-infusion', startMin: 0, durationMin: 41, doseMg: 35 },
      {
        route: 'iv-rate',
        steps: [
          { atMin: 60, mgPerMin: 0.5 },
          { atMin: 77, mgPerMin: 0.1 },
          { atMin: 90, mgPerMin: 0 },
        ],
      },
      { route: 'im', atMin: 20, doseMg: 20 },
      { route: 'sublingual', atMin: 33, doseMg: 40 },
      { route: 'oral', atMin: 100, doseMg: 40 },
      { route: 'intranasal', atMin: 110, doseMg: 28 },
      { route: 'intranasal', atMin: 115, doseMg: 28 },
    ]
    const irregular = Float64Array.from([-3, 0, 0.5, 2, 10, 12.5, 40, 41, 42.7, 61, 80, 130, 300])
    for (const model of models) {
      const possible = doses.filter((d) => d.route.startsWith('iv') || Object.hasOwn(model.routes, d.route))
      for (const times of [grid, irregular]) {
        const typical = simulate(model, person, possible, times)
        const one = done(simulatePopulation(model, person, possible, times, { n: 1, seed: 1, ...noChance }))
        if (!typical.ok) throw new Error(typical.reason)
        for (let i = 0; i < times.length; i += 1) {
          const wanted = typical.concentrationNgPerMl[i]!
          expect(
            Math.abs(one.concentrationNgPerMl[2]![i]! - wanted),
            `${model.id} ${times[i]}`,
          ).toBeLessThanOrEqual(1e-9 * Math.max(wanted, 1e-3))
          if (typical.effectSiteNgPerMl) {
            const effect = typical.effectSiteNgPerMl[i]!
            expect(Math.abs(one.effectSiteNgPerMl![2]![i]! - effect)).toBeLessThanOrEqual(
              1e-9 * Math.max(effect, 1e-3),
            )
          } else expect(one.effectSiteNgPerMl).toBeNull()
        }
      }
    }
  })
  it('stays right where absorption is as fast as disposition or effect', () => {
    const { rates } = (() => {
      const found = simulate(kamp2020, person, infusion, [1])
      if (!found.ok) throw new Error(found.reason)
      return found.curves.concentration
    })()
    const same = Array.from(rates).sort((a, b) => a - b)[1]!
    const effectSite = { halfLifeMin: Math.LN2 / same }
    const typical = simulate(kamp2020, person, infusion, grid, { effectSite })
    const one = done(
      simulatePopulation(kamp2020, person, infusion, grid, { n: 1, seed: 1, effectSite, ...noChance }),
    )
    if (!typical.ok) throw new Error(typical.reason)
    for (let i = 0; i < grid.length; i += 1) {
      expect(Math.abs(one.effectSiteNgPerMl![2]![i]! - typical.effectSiteNgPerMl![i]!)).toBeLessThan(1e-3)
    }
  })
  it('gives the same bits for a seed, pinned here so that another engine or machine can be held to it', () => {
    const found = done(simulatePopulation(kamp2020, person, infusion, [40, 120], { n: 50, seed: 2026 }))
    expect(found.concentrationNgPerMl.map((course) => Array.from(course))).toEqual(PINNED_50)
    const binned = done(simulatePopulation(kamp2020, person, infusion, [40, 120], { n: 2000, seed: -7 }))
    expect(binned.effectSiteNgPerMl!.map((course) => course[0])).toEqual(PINNED_2000)
  })
  it('is the same in any number of parts, in any order, exact or binned', async () => {
    for (const n of [EXACT_UP_TO - 1, 3000]) {
      const whole = done(simulatePopulation(kamp2020, person, infusion, grid, { n, seed: 5 }))
      for (const parts of [1, 2, 7]) {
        const runner = async (job: Parameters<typeof populationPart>[0], from: number, to: number) => {
          // Later parts answer first, and what goes in and out is plain data.
          for (let turns = parts - Math.floor((from * parts) / n); turns > 0; turns -= 1)
            await Promise.resolve()
          return structuredClone(populationPart(structuredClone(job), from, to))
        }
        expect(
          await simulatePopulationInParts(runner, parts, kamp2020, person, infusion, grid, { n, seed: 5 }),
        ).toEqual(whole)
      }
    }
  })
  it('keeps percentiles in order, and its middle near the typical course', () => {
    fc.assert(
      fc.property(fc.constantFrom(...models), fc.integer(), fc.constantFrom(200, 1500), (model, seed, n) => {
        const found = done(simulatePopulation(model, person, infusion, [5, 40, 90, 300], { n, seed }))
        const typical = simulate(model, person, infusion, [5, 40, 90, 300])
        if (!typical.ok) throw new Error(typical.reason)
        for (let i = 0; i < 4; i += 1) {
          for (let k = 1; k < 5; k += 1) {
            expect(found.concentrationNgPerMl[k]![i]!).toBeGreaterThanOrEqual(
              found.concentrationNgPerMl[k - 1]![i]!,
            )
          }
          expect(
            Math.abs(found.concentrationNgPerMl[2]![i]! / typical.concentrationNgPerMl[i]! - 1),
          ).toBeLessThan(0.25)
        }
      }),
      { numRuns: 30 },
    )
  })
  it('errs in bins by less than it says', () => {
    const n = 4000
    const shares = [0.01, 0.05, 0.5, 0.95, 0.99]
    const binned = done(
      simulatePopulation(kamp2020, person, infusion, [40, 240], { n, seed: 11, percentiles: shares }),
    )
    expect([binned.method, binned.relativeErrorBelow]).toEqual(['binned', BIN_WIDTH])
    // The same people a few hundred at a time, kept whole, make the exact answer.
    const values: number[] = []
    for (let from = 0; from < n; from += 500) {
      const job = jobOf(kamp2020, person, infusion, [40], { n: 500, seed: 11, percentiles: shares })
      if ('ok' in job) throw new Error(job.reason)
      const part = populationPart(job, from, from + 500)
      if ('ok' in part) throw new Error(part.reason)
      values.push(...part.concentration)
    }
    const other = done(
      simulatePopulation(kamp2020, person, infusion, [40], { n, seed: 11, percentiles: shares }),
    )
    values.sort((a, b) => a - b)
    for (const [k, share] of shares.entries()) {
      const exact = values[Math.round(share * (n - 1))]!
      expect(Math.abs(other.concentrationNgPerMl[k]![0]! / exact - 1)).toBeLessThan(BIN_WIDTH)
    }
  })
  it('has the spread that the facts work out for the surrogate: CV 13 % of parameters alone, 24 % with residual', () => {
    const options = { n: 20_000, seed: 4, parameterUncertainty: false, percentiles: [0.1587, 0.8413] }
    const width = (residual: 'none' | undefined) => {
      const {
        concentrationNgPerMl: [low, high],
      } = done(simulatePopulation(kamp2020, person, infusion, [40, 120], { ...options, residual }))
      return [0, 1].map((i) => (high![i]! - low![i]!) / (high![i]! + low![i]!))
    }
    expect(Math.abs(width('none')[0]! - 0.13)).toBeLessThan(0.015)
    expect(Math.abs(width(undefined)[0]! - 0.24)).toBeLessThan(0.015)
  })
  it('honours covariances: published ones of Fanta make volume and clearance move together', () => {
    const apart = { ...fanta2015.variability, covariances: [] }
    const late = (omega: typeof apart) =>
      done(
        simulatePopulation(fanta2015, person, infusion, [300], {
          n: 20_000,
          seed: 9,
          omega,
          residual: 'none',
        }),
      )
    const spread = ({ concentrationNgPerMl }: PopulationResult) =>
      Math.log(concentrationNgPerMl[4]![0]! / concentrationNgPerMl[0]![0]!)
    expect(
      Math.abs(spread(late(fanta2015.variability as typeof apart)) / spread(late(apart)) - 1),
    ).toBeGreaterThan(0.02)
  })
  it('takes lists and distributions of people, and names what lies outside the model', () => {
    const people = {
      weightKg: { median: 75, cv: 0.2, least: 50, most: 120 },
      ageYears: { least: 18, most: 70 },
    }
    const drawn = done(simulatePopulation(kamp2020, people, infusion, grid, { n: 400, seed: 1 }))
    expect(drawn.warnings).toEqual([])
    const listed = done(
      simulatePopulation(
        kamp2020,
        [
          { weightKg: 60, ageYears: 30 },
          { weightKg: 150, ageYears: 80 },
        ],
        infusion,
        grid,
        { n: 400, seed: 1 },
      ),
    )
    expect(listed.warnings.map(({ reason }) => reason)).toEqual(['weight-above-range', 'age-above-range'])
  })
  it('widens for a person outside the range, and for a factor, on the side where the doubt lies', () => {
    const doses: Dose[] = [{ route: 'iv-infusion', startMin: 0, durationMin: 40, doseMg: 75 }]
    const band = (who: Parameters<typeof simulatePopulation>[1]) => {
      const { concentrationNgPerMl } = done(
        simulatePopulation(kamp2020, who, doses, [40], { n: 1000, seed: 1, residual: 'none' }),
      )
      return [concentrationNgPerMl[0]![0]!, concentrationNgPerMl[4]![0]!]
    }
    const [low, high] = band({ weightKg: 130, ageYears: 40 })
    const [lowBeyond, highBeyond] = band({ weightKg: 131, ageYears: 40 })
    expect(highBeyond! / high!).toBeGreaterThan(1.4)
    expect(lowBeyond! / low!).toBeLessThan(1.2)
    const [, highLiver] = band({ weightKg: 130, ageYears: 40, factors: ['liver-moderate'] })
    expect(highLiver!).toBeGreaterThan(high!)
  })
  it('tells progress and stops when asked', () => {
    const told: number[] = []
    done(
      simulatePopulation(kamp2020, person, infusion, [40], {
        n: 3000,
        seed: 1,
        onProgress: (at) => told.push(at),
      }),
    )
    expect(told).toEqual([0, 1024, 2048, 3000])
    const signal = { aborted: false }
    const found = simulatePopulation(kamp2020, person, infusion, [40], {
      n: 3000,
      seed: 1,
      signal,
      onProgress: (at) => {
        signal.aborted = at >= 1024
      },
    })
    expect(found).toEqual({ ok: false, reason: 'stopped', field: 'signal', value: 2048 })
  })
  it('leaves no more behind for more people', () => {
    const size = (n: number) => {
      const job = jobOf(kamp2020, person, infusion, [40], { n, seed: 1 })
      if ('ok' in job) throw new Error(job.reason)
      const part = populationPart(job, 0, n)
      if ('ok' in part) throw new Error(part.reason)
      return part.concentration.byteLength
    }
    expect(size(4000)).toBe(size(2000))
  })
  it('draws the release time of the film for each person', () => {
    const film: Dose[] = [{ route: 'sublingual', atMin: 0, doseMg: 50 }]
    const spread = (omega: 'none' | undefined) => {
      const { concentrationNgPerMl } = done(
        simulatePopulation(simons2022, { weightKg: 70, ageYears: 25 }, film, grid, {
          n: 500,
          seed: 2,
          omega,
          residual: 'none',
          parameterUncertainty: false,
        }),
      )
      return concentrationNgPerMl[4]![2]! / concentrationNgPerMl[0]![2]!
    }
    expect(spread('none')).toBe(1)
    expect(spread(undefined)).toBeGreaterThan(1.5)
  })
})

describe('simulatePopulation refuses by name and value', () => {
  const ask = (options: object, people: unknown = person, times: number[] = [40]) =>
    simulatePopulation(kamp2020, people as never, infusion, times, { n: 10, seed: 1, ...options } as never)
  it.each([
    [{ n: 0 }, 'not-a-count', 'options.n', 0],
    [{ n: 2.5 }, 'not-a-count', 'options.n', 2.5],
    [{ seed: Number.NaN }, 'not-a-number', 'options.seed', Number.NaN],
    [{ seed: 2 ** 40 }, 'out-of-range', 'options.seed', 2 ** 40],
    [{ percentiles: [0.5, 1.5] }, 'not-a-share', 'options.percentiles[1]', 1.5],
    [{ percentiles: [0.5, 0.5] }, 'times-not-ascending', 'options.percentiles[1]', 0.5],
    [{ omega: { variances: { CLL: 0.1 } } }, 'unknown-parameter', 'options.omega.CLL', 'CLL'],
    [{ omega: { variances: { CL: -0.1 } } }, 'below-zero', 'options.omega.variances.CL', -0.1],
    [
      { omega: { variances: { CL: 0.1, V1: 0.1 }, covariances: [{ between: ['CL', 'V1'], value: 0.2 }] } },
      'not-a-covariance',
      'options.omega',
      'V1',
    ],
    [{ residual: { form: 'proportional', sd: -1 } }, 'below-zero', 'options.residual.sd', -1],
    [{ effectSite: { halfLifeMin: 0 } }, 'not-above-zero', 'effectSite.halfLifeMin', 0],
    [{ residual: { form: 'log-normal', sd: 1e300 } }, 'out-of-range', 'options.residual.sd', 1e300],
    [{ omega: { variances: { CL: 1e6 } } }, 'out-of-range', 'options.omega.variances.CL', 1e6],
  ])('%o', (options, reason, field, value) => {
    expect(ask(options)).toEqual({ ok: false, reason, field, value })
  })
  it('people', () => {
    const ages = { least: 18, most: 70 }
    expect(
      ask({}, { weightKg: { median: 70, cv: 1e200, least: 50, most: 90 }, ageYears: ages }),
    ).toMatchObject({ reason: 'out-of-range', field: 'people.weightKg.cv' })
    expect(
      ask({}, { weightKg: { median: 70, cv: 0.2, least: 1e-300, most: 90 }, ageYears: ages }),
    ).toMatchObject({ reason: 'out-of-range', field: 'people.weightKg.least' })
    expect(ask({}, [])).toMatchObject({ reason: 'nothing-given', field: 'people' })
    expect(ask({}, [person, { weightKg: 0 }])).toMatchObject({
      reason: 'not-above-zero',
      field: 'people[1].weightKg',
    })
    expect(
      ask({}, { weightKg: { median: 30, cv: 0.2, least: 50, most: 90 }, ageYears: { least: 18, most: 70 } }),
    ).toMatchObject({ reason: 'out-of-range', field: 'people.weightKg.median', value: 30 })
  })
})

const PINNED_50 = [
  [182.79302652005626, 27.19793834661403],
  [217.3193055709799, 35.775429995703036],
  [257.214104779492, 50.48804029190245],
  [286.3586662720111, 61.42145420352485],
  [346.68993706021314, 78.6120699442695],
]
const PINNED_2000 = [129.90833333333333, 176.55, 207.42857142857142, 242.79166666666666, 303.51666666666665]

describe('levels beyond what is usual', () => {
  const doses = (doseMg: number): Dose[] => [{ route: 'iv-bolus', atMin: 0, doseMg }]
  const options = { seed: 1, percentiles: [0.05, 0.5, 0.95] }
  it('are the same counted as kept, up to four grams in a litre', () => {
    for (const doseMg of [2000, 40_000]) {
      const kept = done(simulatePopulation(kamp2020, person, doses(doseMg), grid, { ...options, n: 1000 }))
      const counted = done(simulatePopulation(kamp2020, person, doses(doseMg), grid, { ...options, n: 1001 }))
      for (const k of [0, 1, 2]) {
        const ratio = counted.concentrationNgPerMl[k]![0]! / kept.concentrationNgPerMl[k]![0]!
        expect(Math.abs(ratio - 1), `${doseMg} mg, percentile ${k}`).toBeLessThan(0.01)
      }
    }
  })
  it('are refused beyond that where they are counted, and never cut', () => {
    const found = simulatePopulation(kamp2020, person, doses(150_000), grid, { ...options, n: 1001 })
    expect(found).toEqual({ ok: false, reason: 'beyond-bins', field: 'doses', value: 150_000 })
    const kept = done(simulatePopulation(kamp2020, person, doses(150_000), grid, { ...options, n: 1000 }))
    expect(kept.concentrationNgPerMl[1]![0]!).toBeGreaterThan(4_194_304)
  })
  it('at the edge of everything that is taken all is still a number', () => {
    for (const model of models) {
      for (const weightKg of [0.1, 2000]) {
        for (const ageYears of [0, 150]) {
          const extreme: Dose[] = [
            { route: 'iv-bolus', atMin: -1e7, doseMg: 1e6 },
            { route: 'iv-infusion', startMin: 1e7 - 1, durationMin: 0.001, doseMg: 1e6 },
            { route: 'iv-infusion', startMin: -1e7, durationMin: 1e7, doseMg: 1e-300 },
          ]
          const times = [-1e7, 0, 1, 1e7 - 0.99, 1e7]
          const who = { weightKg, ageYears }
          const typical = simulate(model, who, extreme, times, { effectSite: { halfLifeMin: 1e-3 } })
          if (!typical.ok) throw new Error(typical.reason)
          const wide = {
            variances: { [Object.keys(model.parameters)[0]!]: 25 },
            status: 'yours',
            source: 'test',
          } as const
          const drawn = done(
            simulatePopulation(model, who, extreme, times, { ...options, n: 50, omega: wide }),
          )
          const courses = [
            typical.concentrationNgPerMl,
            typical.effectSiteNgPerMl!,
            ...drawn.concentrationNgPerMl,
            ...(drawn.effectSiteNgPerMl ?? []),
          ]
          for (const course of courses) {
            expect(
              course.every((level) => Number.isFinite(level) && level >= 0),
              `${model.id} ${weightKg} kg`,
            ).toBe(true)
          }
        }
      }
    }
  })
})

describe('residuals drawn once per person', () => {
  const options = { n: 4000, seed: 3, percentiles: [0.05, 0.5, 0.95] } as const
  const fine = Float64Array.from({ length: 181 }, (_, i) => i)
  const each = done(simulatePopulation(kamp2020, person, infusion, fine, options))
  const once = done(
    simulatePopulation(kamp2020, person, infusion, fine, { ...options, residualDrawn: 'once-per-person' }),
  )
  /** Mean of how far a course bends from one minute to the next, against its level; the hours after the end. */
  const ruggedness = (course: Float64Array) => {
    let sum = 0
    for (let i = 62; i < 180; i += 1) {
      sum += Math.abs(course[i - 1]! - 2 * course[i]! + course[i + 1]!) / course[i]!
    }
    return sum / 118
  }

  it('lie as wide at any one time and run smoothly over time', () => {
    for (const at of [10, 40, 60, 120, 180]) {
      for (const k of [0, 1, 2]) {
        const ratio = once.concentrationNgPerMl[k]![at]! / each.concentrationNgPerMl[k]![at]!
        expect(Math.abs(ratio - 1), `${at} min, percentile ${k}`).toBeLessThan(0.05)
      }
    }
    for (const k of [0, 2]) {
      expect(ruggedness(once.concentrationNgPerMl[k]!)).toBeLessThan(
        0.5 * ruggedness(each.concentrationNgPerMl[k]!),
      )
    }
  })
})

describe('before anything is given', () => {
  it.each([200, 3000])('%i people have nothing in them, in every percentile, model and route', (n) => {
    const times = Float64Array.from([-5, 0, 5, 10])
    for (const model of models) {
      for (const route of ['iv-bolus', 'im', 'intranasal', 'sublingual', 'oral'] as const) {
        if (route !== 'iv-bolus' && !Object.hasOwn(model.routes, route)) continue
        for (const atMin of [0, 5]) {
          const found = done(
            simulatePopulation(model, person, [{ route, atMin, doseMg: 40 }], times, { n, seed: 7 }),
          )
          for (const courses of [found.concentrationNgPerMl, found.effectSiteNgPerMl ?? []]) {
            for (const course of courses) {
              expect(course[0], `${model.id} ${route} at ${atMin}`).toBe(0)
              if (route !== 'iv-bolus' || atMin > 0) expect(course[1]).toBeLessThan(0.01)
              for (const level of course) expect(level >= 0 && level < 20_000).toBe(true)
            }
          }
        }
      }
    }
  })
})
