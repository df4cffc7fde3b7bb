import { describe, expect, it } from 'vitest'
import * as statistics from './index.ts'

/** Where a figure of an answer is no number, by name; what a refusal says instead. */
function notFinite(value: unknown, path = ''): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [path]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => notFinite(inner, `${path}.${name}`))
}

const plain = Float64Array.of(1, 2, 3, 5)
const extremes = {
  huge: Float64Array.of(1e300, 2e300, -1e300, 3e300),
  largest: Float64Array.of(1e308, 1e308, -1e308, 1e308),
  half: Float64Array.of(1e200, 2e200, 1e199, 3e200),
  tiny: Float64Array.of(1e-200, 2e-200, 3e-200, 5e-200),
  small: Float64Array.of(1e-90, 2e-90, 3e-90, 5e-90),
  last: Float64Array.of(5e-324, 1e-323, 2e-323, 5e-324),
}

type Pair = (x: Float64Array, y: Float64Array) => unknown
const ofPairs: Record<string, Pair> = {
  welchTTest: (x, y) => statistics.welchTTest(x, y),
  pooledTTest: (x, y) => statistics.pooledTTest(x, y),
  pairedTTest: (x, y) => statistics.pairedTTest(x, y),
  hedgesG: (x, y) => statistics.hedgesG(x, y),
  mannWhitney: (x, y) => statistics.mannWhitney(x, y),
  wilcoxonSignedRank: (x) => statistics.wilcoxonSignedRank(x),
  limitsOfAgreement: (x, y) => statistics.limitsOfAgreement(x, y),
  concordanceCorrelation: (x, y) => statistics.concordanceCorrelation(x, y),
  pearsonCorrelation: (x, y) => statistics.pearsonCorrelation(x, y),
  crossoverComparison: (x, y) => statistics.crossoverComparison(x, y, Uint8Array.of(1, 1, 0, 0)),
  percentChange: (x, y) => statistics.percentChange(x, y, { remissionAt: 7 }),
  reliableChange: (x, y) => statistics.reliableChange(x, y, { reliability: 0.8, lowerIsBetter: true }),
  intraclassCorrelation: (x) => statistics.intraclassCorrelation(x, 2),
  oneWayAnova: (x) => statistics.oneWayAnova(x, Uint8Array.of(1, 1, 2, 2)),
  welchAnova: (x) => statistics.welchAnova(x, Uint8Array.of(1, 1, 2, 2)),
}

describe('values that no scale has', () => {
  for (const [name, compare] of Object.entries(ofPairs)) {
    it(`${name} answers in numbers or refuses`, () => {
      for (const [extreme, values] of Object.entries(extremes)) {
        for (const answer of [compare(values, plain), compare(plain, values), compare(values, values)]) {
          expect(notFinite(answer, extreme)).toEqual([])
        }
      }
    })
  }

  it('are named with their row', () => {
    const one = Float64Array.of(3, 1e300, 2)
    const refusal = { ok: false, reason: 'out-of-range', row: 1 }
    expect(statistics.wilcoxonSignedRank(one)).toEqual(refusal)
    expect(statistics.limitsOfAgreement(one, Float64Array.of(1, 2, 3))).toEqual(refusal)
    const almostNone = Float64Array.of(3, 5e-324, 2)
    expect(statistics.percentChange(almostNone, Float64Array.of(1, 2, 3), { remissionAt: 7 })).toEqual(
      refusal,
    )
  })

  it('as weights of people refuse the row', () => {
    const time = Float64Array.of(1, 2, 3, 4)
    const event = Uint8Array.of(1, 1, 0, 1)
    for (const weight of [1e308, 1e-300]) {
      const rows = { time, event, weight: Float64Array.of(1, weight, weight, 1) }
      const refusal = { ok: false, reason: 'weight-out-of-range', row: 1 }
      expect(statistics.kaplanMeier(rows)).toEqual(refusal)
      expect(statistics.nelsonAalen(rows)).toEqual(refusal)
    }
  })

  it('as a person under a Cox model refuse the person', () => {
    // A covariate without effect: the hazard of somebody at 1e300 may be a number, its error is none.
    const rows = {
      time: Float64Array.of(1, 2, 3, 4, 5, 6),
      event: Uint8Array.of(1, 1, 0, 1, 1, 1),
      covariates: [Float64Array.of(0, 1, 2, 0, 1, 2)],
    }
    const fit = statistics.coxRegression(rows)
    if (!fit.ok) throw new Error(fit.reason)
    for (const far of [1e300, -1e300]) {
      const curve = statistics.coxSurvival(rows, fit, { covariates: [far] })
      expect(notFinite(curve)).toEqual([])
    }
  })
})
