import { describe, expect, it } from 'vitest'
import { type EstimatingRows, generalizedEstimatingEquations } from './generalized-estimating-equations.ts'
import { logisticRegression } from './logistic-regression.ts'

const outcomes = [
  [1, 0, 1, 1],
  [0, 0, 0, 1],
  [1, 1, 1, 1],
  [0, 1, 0, 0],
  [1, 1, 0, 1],
  [0, 0, 1, 0],
]

function rowsOf(people: readonly (readonly number[])[]): EstimatingRows {
  const flat = people.flatMap((values, person) => values.map((value, visit) => ({ person, visit, value })))
  return {
    outcome: Float64Array.from(flat, (row) => row.value),
    person: flat.map((row) => row.person),
    visit: flat.map((row) => row.visit),
    design: { names: ['(Intercept)'], columns: [new Float64Array(flat.length).fill(1)] },
  }
}

function fitOf(
  rows: EstimatingRows,
  family: 'gaussian' | 'binomial' | 'poisson',
  correlation: 'independence' | 'exchangeable' | 'ar1',
) {
  const fit = generalizedEstimatingEquations(rows, { family, correlation })
  if (!fit.ok) throw new Error(fit.reason)
  return fit
}

const withTime = (rows: EstimatingRows): EstimatingRows => ({
  ...rows,
  design: {
    names: ['(Intercept)', 'time'],
    columns: [rows.design.columns[0]!, Float64Array.from(rows.visit!)],
  },
})

describe('generalizedEstimatingEquations', () => {
  it('gives the mean, with the error of the mean of people, by hand', () => {
    const means = outcomes.map((values) => values.reduce((a, b) => a + b) / 4)
    const grand = means.reduce((a, b) => a + b) / 6
    const error = Math.sqrt(means.map((value) => (value - grand) ** 2).reduce((a, b) => a + b)) / 6
    for (const correlation of ['independence', 'exchangeable'] as const) {
      const fit = fitOf(rowsOf(outcomes), 'gaussian', correlation)
      expect(fit.coefficients[0]).toBeCloseTo(grand, 12)
      expect(fit.robustErrors[0]).toBeCloseTo(error, 12)
      const odds = fitOf(rowsOf(outcomes), 'binomial', correlation)
      expect(odds.coefficients[0]).toBeCloseTo(Math.log(grand / (1 - grand)), 11)
      expect(odds.robustErrors[0]).toBeCloseTo(error / (grand * (1 - grand)), 11)
      const counts = fitOf(rowsOf(outcomes), 'poisson', correlation)
      expect(counts.coefficients[0]).toBeCloseTo(Math.log(grand), 11)
      expect(counts.robustErrors[0]).toBeCloseTo(error / grand, 11)
    }
  })

  it('has as exchangeable correlation the mean product of residuals of one person', () => {
    const fit = fitOf(rowsOf(outcomes), 'gaussian', 'exchangeable')
    const grand = fit.coefficients[0]!
    let products = 0
    let squares = 0
    for (const values of outcomes) {
      const r = values.map((value) => value - grand)
      squares += r.reduce((sum, value) => sum + value * value, 0)
      for (let i = 0; i < 4; i++) for (let j = i + 1; j < 4; j++) products += r[i]! * r[j]!
    }
    expect(fit.scale).toBeCloseTo(squares / 24, 12)
    expect(fit.workingCorrelation).toBeCloseTo(products / 36 / (squares / 24), 12)
  })

  it.each(['independence', 'exchangeable', 'ar1'] as const)(
    'halves the variance when each person is there twice: %s',
    (correlation) => {
      const rows = withTime(rowsOf(outcomes))
      const twice = withTime(rowsOf([...outcomes, ...outcomes]))
      const one = fitOf(rows, 'binomial', correlation)
      const two = fitOf(twice, 'binomial', correlation)
      two.coefficients.forEach((value, j) => {
        expect(value).toBeCloseTo(one.coefficients[j]!, 9)
        expect(two.robustErrors[j]! ** 2 * 2).toBeCloseTo(one.robustErrors[j]! ** 2, 9)
      })
      if (correlation === 'independence') expect(two.workingCorrelation).toBeNull()
      else expect(two.workingCorrelation).toBeCloseTo(one.workingCorrelation!, 9)
    },
  )

  it('does not ask for an order of rows, and a missed visit is a gap in ar1', () => {
    const gaps = withTime(rowsOf(outcomes.map((values, i) => (i < 3 ? values.with(1, Number.NaN) : values))))
    const one = fitOf(gaps, 'gaussian', 'ar1')
    const order = Array.from(gaps.outcome.keys()).sort((a, b) => ((a * 7) % 24) - ((b * 7) % 24))
    const moved: EstimatingRows = {
      outcome: Float64Array.from(order, (row) => gaps.outcome[row]!),
      person: order.map((row) => gaps.person[row]!),
      visit: order.map((row) => gaps.visit![row]!),
      design: {
        names: gaps.design.names,
        columns: gaps.design.columns.map((column) => Float64Array.from(order, (row) => column[row]!)),
      },
    }
    const other = fitOf(moved, 'gaussian', 'ar1')
    expect(other.withoutOutcome).toBe(3)
    expect(other.workingCorrelation).toBeCloseTo(one.workingCorrelation!, 10)
    expect(other.robustErrors[1]).toBeCloseTo(one.robustErrors[1]!, 10)
  })

  it('has limits around the estimate and the error of the correlation', () => {
    const fit = fitOf(withTime(rowsOf(outcomes)), 'binomial', 'exchangeable')
    fit.coefficients.forEach((value, j) => {
      expect(fit.lower[j]).toBeLessThan(value)
      expect(fit.upper[j]).toBeGreaterThan(value)
    })
    expect(fit.workingCorrelationError).toBeGreaterThan(0)
  })

  it('refuses by name', () => {
    const options = { family: 'binomial', correlation: 'exchangeable' } as const
    const rows = withTime(rowsOf(outcomes))
    const ones = rows.design.columns[0]!
    const refusal = (changed: Partial<EstimatingRows>) =>
      generalizedEstimatingEquations({ ...rows, ...changed }, options)
    expect(refusal({ design: { names: ['a', 'b'], columns: [ones, ones] } })).toEqual({
      ok: false,
      reason: 'rank-deficient-design',
      column: 'b',
    })
    expect(refusal({ outcome: rows.outcome.with(5, 2) })).toEqual({
      ok: false,
      reason: 'outcome-outside-family',
      row: 5,
    })
    expect(refusal({ person: rows.outcome.map((_, row) => row % 2) })).toMatchObject({
      reason: 'visit-twice',
    })
    expect(refusal({ visit: rows.outcome.map((_, row) => row / 2) })).toEqual({
      ok: false,
      reason: 'visit-not-whole',
      row: 1,
    })
    expect(refusal({ person: rows.outcome.map((_, row) => row) })).toMatchObject({ reason: 'no-pairs' })
    expect(generalizedEstimatingEquations(withTime(rowsOf(outcomes.slice(0, 2))), options)).toMatchObject({
      reason: 'too-few-people',
    })
    const apart = rowsOf([
      [0, 0, 1, 1],
      [0, 0, 1, 1],
      [0, 0, 1, 1],
      [0, 0, 1, 1],
    ])
    expect(generalizedEstimatingEquations(withTime(apart), options)).toMatchObject({ reason: 'separation' })
    const none = { ...rows, outcome: rows.outcome.map(() => 0) }
    expect(generalizedEstimatingEquations(none, { ...options, family: 'poisson' })).toMatchObject({
      reason: 'separation',
    })
  })
})

describe('logisticRegression', () => {
  /** 12 of 20 with and 5 of 18 without treatment. */
  const treated = Float64Array.from({ length: 38 }, (_, row) => (row < 20 ? 1 : 0))
  const outcome = Float64Array.from({ length: 38 }, (_, row) => (row < 12 || (row >= 20 && row < 25) ? 1 : 0))
  const design = { names: ['(Intercept)', 'treated'], columns: [new Float64Array(38).fill(1), treated] }

  it('gives the log odds ratio of a table by hand, and its error', () => {
    const fit = logisticRegression({ outcome, design })
    if (!fit.ok) throw new Error(fit.reason)
    expect(fit.coefficients[1]).toBeCloseTo(Math.log((12 * 13) / (8 * 5)), 11)
    expect(fit.standardErrors[1]).toBeCloseTo(Math.sqrt(1 / 12 + 1 / 8 + 1 / 5 + 1 / 13), 11)
    const likelihood = 12 * Math.log(0.6) + 8 * Math.log(0.4) + 5 * Math.log(5 / 18) + 13 * Math.log(13 / 18)
    expect(fit.logLikelihood).toBeCloseTo(likelihood, 11)
    expect(fit.lower[1]).toBeLessThan(fit.coefficients[1]!)
    expect(fit.upper[1]).toBeGreaterThan(fit.coefficients[1]!)
  })

  it('has limits at which the deviance has grown by the square of the normal quantile', () => {
    const fit = logisticRegression({ outcome, design: { names: ['a'], columns: [design.columns[0]!] } })
    if (!fit.ok) throw new Error(fit.reason)
    for (const limit of [fit.lower[0]!, fit.upper[0]!]) {
      const share = 1 / (1 + Math.exp(-limit))
      const deviance = -2 * (17 * Math.log(share) + 21 * Math.log(1 - share))
      expect(deviance - fit.deviance).toBeCloseTo(1.959963984540054 ** 2, 8)
    }
  })

  it('refuses by name', () => {
    expect(logisticRegression({ outcome: outcome.map(() => 1), design })).toEqual({
      ok: false,
      reason: 'one-outcome',
    })
    expect(logisticRegression({ outcome: outcome.with(3, 0.5), design })).toEqual({
      ok: false,
      reason: 'outcome-outside-family',
      row: 3,
    })
    expect(logisticRegression({ outcome: treated, design })).toEqual({ ok: false, reason: 'separation' })
    // Nobody treated says no, but without treatment there are both: one side only runs away.
    expect(logisticRegression({ outcome: outcome.map((y, row) => (row < 20 ? 1 : y)), design })).toEqual({
      ok: false,
      reason: 'separation',
    })
  })
})
