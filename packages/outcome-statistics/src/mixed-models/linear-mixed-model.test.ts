import { describe, expect, it } from 'vitest'
import { linearMixedModel, type MixedModelRows } from './linear-mixed-model.ts'

/** Five people, four rows each. */
const outcomes = [
  [10, 12, 11, 15],
  [20, 18, 21, 22],
  [14, 13, 17, 15],
  [25, 22, 23, 27],
  [12, 16, 13, 14],
]

function rowsOf(people: readonly (readonly number[])[]): MixedModelRows {
  const flat = people.flatMap((values, person) => values.map((value) => ({ person, value })))
  return {
    outcome: Float64Array.from(flat, (row) => row.value),
    person: flat.map((row) => row.person),
    design: { names: ['(Intercept)'], columns: [new Float64Array(flat.length).fill(1)] },
  }
}

function fitOf(rows: MixedModelRows, options = {}) {
  const fit = linearMixedModel(rows, options)
  if (!fit.ok) throw new Error(fit.reason)
  return fit
}

describe('linearMixedModel', () => {
  it('is the analysis of variance by hand when everybody has as many rows', () => {
    const means = outcomes.map((values) => values.reduce((sum, value) => sum + value, 0) / 4)
    const grand = means.reduce((sum, value) => sum + value, 0) / 5
    const within =
      outcomes
        .flatMap((values, i) => values.map((value) => (value - means[i]!) ** 2))
        .reduce((a, b) => a + b) / 15
    const between = (4 * means.map((value) => (value - grand) ** 2).reduce((a, b) => a + b)) / 4
    const fit = fitOf(rowsOf(outcomes))
    expect(fit.coefficients[0]).toBeCloseTo(grand, 10)
    expect(fit.residualVariance).toBeCloseTo(within, 9)
    expect(fit.randomCovariance[0]).toBeCloseTo((between - within) / 4, 8)
    expect(fit.standardErrors[0]).toBeCloseTo(Math.sqrt(between / 20), 9)
    expect(fit.coefficientTests[0]!.df).toBeCloseTo(4, 8)
    expect(fit.kenwardRoger![0]!.df).toBeCloseTo(4, 8)
    expect(fit.kenwardRoger![0]!.standardError).toBeCloseTo(Math.sqrt(between / 20), 9)
    const shrink = 1 - within / between
    fit.personLabels.forEach((person) => {
      expect(fit.conditionalModes[person]).toBeCloseTo(shrink * (means[person]! - grand), 8)
    })
  })

  it('does not ask for an order of rows and does not care about the labels of people', () => {
    const rows = rowsOf(outcomes)
    const order = Array.from(rows.outcome.keys()).sort((a, b) => ((a * 7) % 20) - ((b * 7) % 20))
    const time = Float64Array.from(rows.outcome, (_, row) => row % 4)
    const one: MixedModelRows = {
      ...rows,
      design: { names: ['(Intercept)', 'time'], columns: [rows.design.columns[0]!, time] },
    }
    const other: MixedModelRows = {
      outcome: Float64Array.from(order, (row) => rows.outcome[row]!),
      person: order.map((row) => 1000.5 - rows.person[row]!),
      design: {
        names: one.design.names,
        columns: one.design.columns.map((column) => Float64Array.from(order, (row) => column[row]!)),
      },
    }
    expect(fitOf(other).minus2LogLikelihood).toBeCloseTo(fitOf(one).minus2LogLikelihood, 9)
    expect(fitOf(other).coefficients[1]).toBeCloseTo(fitOf(one).coefficients[1]!, 9)
  })

  it('keeps the digits of an uncentred covariate', () => {
    const rows = rowsOf(outcomes)
    const year = Float64Array.from(rows.outcome, (_, row) => row % 4)
    const [ones] = rows.design.columns as [Float64Array]
    const near = fitOf({ ...rows, design: { names: ['a', 'b'], columns: [ones, year] } })
    const far = fitOf({ ...rows, design: { names: ['a', 'b'], columns: [ones, year.map((x) => x + 2026)] } })
    expect(far.coefficients[1]).toBeCloseTo(near.coefficients[1]!, 9)
    expect(far.standardErrors[1]).toBeCloseTo(near.standardErrors[1]!, 9)
    expect(far.minus2LogLikelihood).toBeCloseTo(near.minus2LogLikelihood, 7)
  })

  it('refuses by name', () => {
    const rows = rowsOf(outcomes)
    const [ones] = rows.design.columns as [Float64Array]
    expect(
      linearMixedModel({ ...rows, design: { names: ['a', 'twice a'], columns: [ones, ones.map(() => 2)] } }),
    ).toEqual({
      ok: false,
      reason: 'rank-deficient-design',
      column: 'twice a',
    })
    expect(linearMixedModel(rowsOf([[1, 2, 3]]))).toMatchObject({ reason: 'too-few-people' })
    expect(linearMixedModel(rowsOf([[1], [2], [4]]))).toMatchObject({ reason: 'too-few-people' })
    // People differ less than chance would have it: no variance between them is left.
    expect(
      linearMixedModel(
        rowsOf([
          [1, 9],
          [9, 1],
          [2, 8],
          [8, 2],
        ]),
      ),
    ).toMatchObject({ reason: 'singular-covariance' })
    expect(
      linearMixedModel(
        rowsOf([
          [5, 5],
          [5, 5],
          [5, 5],
        ]),
      ),
    ).toMatchObject({ reason: 'singular-covariance' })
  })

  it('gives no limits where next to nothing tells how far an estimate may be off', () => {
    // Nine people seen once and one seen twice: a single difference has to tell noise from people.
    const time = Float64Array.of(0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1)
    const rows: MixedModelRows = {
      outcome: Float64Array.from([9, 4, 8, 6.5, 6, 8.5, 8.5, 7, 6, 0.5, 1.5]),
      person: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9],
      design: { names: ['(Intercept)', 'time'], columns: [time.map(() => 1), time] },
    }
    expect(linearMixedModel(rows)).toEqual({ ok: false, reason: 'error-not-known' })
  })

  it('throws for a contrast of nothing', () => {
    const asked = { contrasts: [{ name: 'nothing', weights: [0] }] }
    expect(() => linearMixedModel(rowsOf(outcomes), asked)).toThrow(RangeError)
  })
})
