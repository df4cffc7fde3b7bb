import { describe, expect, it } from 'vitest'
import { kaplanMeier } from '../kaplan-meier.ts'
import { nelsonAalen } from '../nelson-aalen.ts'
import { type CoxFit, type CoxOptions, coxRegression } from './cox-regression.ts'
import { coxResiduals } from './cox-residuals.ts'
import type { CoxRows } from './cox-rows.ts'
import { baselineHazard, coxSurvival } from './cox-survival.ts'
import { proportionalHazardsTest } from './proportional-hazards-test.ts'

function fitted(rows: CoxRows, options: CoxOptions = {}): CoxFit {
  const fit = coxRegression(rows, options)
  if (!fit.ok) throw new Error(`refused: ${fit.reason}`)
  return fit
}

/** Two hundred invented people, times tied, by a fixed recipe. */
const count = 200
const step = (i: number, by: number, modulus: number) => (i * by + 7) % modulus
const rows: CoxRows = {
  time: Float64Array.from({ length: count }, (_, i) => 1 + step(i, 37, 53)),
  event: Uint8Array.from({ length: count }, (_, i) => (step(i, 29, 10) < 6 ? 1 : 0)),
  covariates: [
    Float64Array.from({ length: count }, (_, i) => step(i, 11, 2)),
    Float64Array.from({ length: count }, (_, i) => step(i, 41, 31)),
  ],
}
const withEntry = { ...rows, entry: rows.time.map((t, i) => (i % 3 === 0 ? Math.floor(t / 2) : -1)) }
const inStrata = { ...rows, strata: Uint8Array.from({ length: count }, (_, i) => Math.floor(i / 50)) }

const sumOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0)
const column = (values: Float64Array, j: number) => values.filter((_, at) => at % 2 === j)

describe('coxResiduals', () => {
  it.each([
    ['efron', rows],
    ['breslow', rows],
    ['efron', withEntry],
    ['breslow', inStrata],
  ] as const)('add up to zero at the maximum (%s)', (ties, sample) => {
    const residuals = coxResiduals(sample, fitted(sample, { ties }))
    expect(sumOf(residuals.martingale)).toBeCloseTo(0, 9)
    for (const j of [0, 1]) {
      expect(sumOf(column(residuals.score, j))).toBeCloseTo(0, 7)
      expect(sumOf(column(residuals.schoenfeld.residual, j))).toBeCloseTo(0, 7)
    }
    expect(residuals.schoenfeld.row).toHaveLength(sumOf(Float64Array.from(rows.event)))
    for (const row of residuals.schoenfeld.row) expect(sample.event[row]).toBe(1)
    expect([...residuals.deviance].every(Number.isFinite)).toBe(true)
  })

  it('foretell how a coefficient changes without a row', () => {
    const fit = fitted(rows)
    const { dfbeta } = coxResiduals(rows, fit)
    const most = column(dfbeta, 1).reduce(
      (best, value, row, all) => (Math.abs(value) > Math.abs(all[best]!) ? row : best),
      0,
    )
    const without = <T extends Float64Array | Uint8Array>(values: T) =>
      values.filter((_, row) => row !== most) as T
    const rest = fitted({
      time: without(rows.time),
      event: without(rows.event),
      covariates: rows.covariates.map(without),
    })
    const change = fit.coefficients[1]! - rest.coefficients[1]!
    expect(dfbeta[most * 2 + 1]! / change).toBeGreaterThan(0.7)
    expect(dfbeta[most * 2 + 1]! / change).toBeLessThan(1.3)
  })

  it('throw for other rows and for exact ties', () => {
    const fit = fitted(rows)
    const fewer = { ...rows, covariates: rows.covariates.slice(1) }
    expect(() => coxResiduals(fewer, fit)).toThrow(RangeError)
    expect(() => coxResiduals(rows, { ...fit, ties: 'exact' })).toThrow(RangeError)
  })
})

describe('coxSurvival', () => {
  it('is exp(−Nelson–Aalen) for the average person when no covariate matters', () => {
    // Everybody twice, once with each value: the coefficient is exactly 0.
    const twice = (values: Float64Array) => Float64Array.of(...values, ...values)
    const balanced = {
      time: twice(rows.time),
      event: Uint8Array.of(...rows.event, ...rows.event),
      covariates: [Float64Array.from({ length: 2 * count }, (_, i) => (i < count ? 0 : 1))],
    }
    const fit = fitted(balanced, { ties: 'breslow' })
    expect(fit.coefficients[0]).toBeCloseTo(0, 12)
    const curve = coxSurvival(balanced, fit, { covariates: [0.5] })
    const hazard = nelsonAalen(balanced)
    const observed = kaplanMeier(balanced)
    if (!curve.ok || !hazard.ok || !observed.ok) throw new Error('refused')
    hazard.survival.forEach((value, i) => {
      expect(curve.survival[i]).toBeCloseTo(value, 12)
      expect(curve.seLogSurvival[i]).toBeCloseTo(hazard.seCumulativeHazard[i]!, 12)
    })
    expect([...curve.atRisk]).toEqual([...observed.atRisk])
    expect(curve.n).toBe(2 * count)
  })

  it('falls faster for a person of higher hazard and stays inside its band', () => {
    const fit = fitted(inStrata)
    const high = fit.coefficients.map((b) => (b > 0 ? 30 : 0))
    const low = fit.coefficients.map((b) => (b > 0 ? 0 : 30))
    const a = coxSurvival(inStrata, fit, { covariates: [...high], stratum: 2 })
    const b = coxSurvival(inStrata, fit, { covariates: [...low], stratum: 2 })
    if (!a.ok || !b.ok) throw new Error('refused')
    a.survival.forEach((value, i) => {
      expect(value).toBeLessThanOrEqual(b.survival[i]!)
      expect(a.lower[i]).toBeLessThanOrEqual(value)
      expect(a.upper[i]).toBeGreaterThanOrEqual(value)
      expect(i === 0 || value <= a.survival[i - 1]!).toBe(true)
    })
  })

  it('agrees with the baseline hazard at covariates of 0', () => {
    const fit = fitted(withEntry)
    const baseline = baselineHazard(withEntry, fit)
    const curve = coxSurvival(withEntry, fit, { covariates: [0, 0] })
    if (!curve.ok || !baseline.ok) throw new Error('refused')
    curve.survival.forEach((value, i) => {
      expect(value).toBeCloseTo(Math.exp(-baseline.strata[0]!.cumulativeHazard[i]!), 12)
    })
    const each = baselineHazard(inStrata, fitted(inStrata))
    expect(each.ok && each.strata.map(({ stratum }) => stratum)).toEqual([0, 1, 2, 3])
  })

  it('refuses a baseline and a person that are out of sight', () => {
    const far = { ...rows, covariates: rows.covariates.map((values) => values.map((value) => value + 1e6)) }
    const fit = fitted(far)
    expect(baselineHazard(far, fit)).toEqual({ ok: false, reason: 'hazard-not-finite' })
    const sign = fit.coefficients.map((b) => Math.sign(b) * 1e9)
    expect(coxSurvival(far, fit, { covariates: [...sign] })).toEqual({
      ok: false,
      reason: 'hazard-not-finite',
    })
  })

  it('refuses a stratum it does not know and a covariate without a value', () => {
    const fit = fitted(inStrata)
    const ask = (person: { covariates: number[]; stratum?: number }) => coxSurvival(inStrata, fit, person)
    expect(ask({ covariates: [0, 0], stratum: 9 })).toEqual({ ok: false, reason: 'unknown-stratum' })
    expect(ask({ covariates: [0, 0] })).toEqual({ ok: false, reason: 'unknown-stratum' })
    expect(ask({ covariates: [0, Number.NaN], stratum: 1 })).toEqual({
      ok: false,
      reason: 'covariate-not-finite',
    })
  })
})

describe('proportionalHazardsTest', () => {
  it('is the score test of a covariate that changes with time', () => {
    // coxRegression's score test starts at coefficients of 0, so x here has no effect at all: everybody twice, once with
    // each value. Then x·g(t) stands beside x, one row per person and day.
    const time = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8)
    const x = Float64Array.of(1, 0, 0, 1, 1, 0, 0, 1)
    const twice = (values: Float64Array) => Float64Array.of(...values, ...values)
    const sample = {
      time: twice(time),
      event: new Uint8Array(16).fill(1),
      covariates: [Float64Array.of(...x, ...x.map((value) => 1 - value))],
    }
    const fit = fitted(sample, { ties: 'breslow' })
    expect(fit.coefficients[0]).toBeCloseTo(0, 12)
    const test = proportionalHazardsTest(sample, fit, { transform: 'identity' })
    const mean = 4.5
    const pieces = [...sample.time.keys()].flatMap((row) =>
      Array.from({ length: sample.time[row]! }, (_, i) => ({
        entry: i,
        time: i + 1,
        event: i + 1 === sample.time[row] ? 1 : 0,
        x: sample.covariates[0]![row]!,
      })),
    )
    const split = fitted(
      {
        time: Float64Array.from(pieces, (p) => p.time),
        entry: Float64Array.from(pieces, (p) => p.entry),
        event: Uint8Array.from(pieces, (p) => p.event),
        covariates: [
          Float64Array.from(pieces, (p) => p.x),
          Float64Array.from(pieces, (p) => p.x * (p.time - mean)),
        ],
      },
      { ties: 'breslow' },
    )
    expect(test.ok && test.chiSquare[0]).toBeCloseTo(split.scoreTest.chiSquare, 10)
  })

  it('does not depend on units or on the order of the rows', () => {
    const test = proportionalHazardsTest(rows, fitted(rows))
    const back = <T extends Float64Array | Uint8Array>(values: T) => values.toReversed() as T
    const other = {
      time: back(rows.time).map((t) => t * 7),
      event: back(rows.event),
      covariates: rows.covariates.map((values) => back(values).map((value) => 100 - 3 * value)),
    }
    const again = proportionalHazardsTest(other, fitted(other))
    if (!test.ok || !again.ok) throw new Error('refused')
    test.chiSquare.forEach((value, j) => {
      expect(again.chiSquare[j]).toBeCloseTo(value, 8)
    })
    expect(again.global.chiSquare).toBeCloseTo(test.global.chiSquare, 8)
  })

  it('refuses the logarithm of day 0 by row, and one single event time', () => {
    const zero = { ...rows, time: rows.time.with(5, 0) }
    expect(proportionalHazardsTest(zero, fitted(zero), { transform: 'log' })).toEqual({
      ok: false,
      reason: 'time-not-positive',
      row: 5,
    })
    const same = {
      time: new Float64Array(8).fill(3),
      event: Uint8Array.of(1, 0, 1, 0, 1, 0, 0, 1),
      covariates: [Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8)],
    }
    expect(proportionalHazardsTest(same, fitted(same))).toEqual({ ok: false, reason: 'too-few-event-times' })
  })
})
