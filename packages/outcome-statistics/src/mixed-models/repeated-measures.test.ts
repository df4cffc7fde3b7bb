import { describe, expect, it } from 'vitest'
import { linearMixedModel } from './linear-mixed-model.ts'
import { mixedModelRepeatedMeasures, type RepeatedMeasuresRows } from './repeated-measures.ts'
import { visitByArmDesign } from './visit-by-arm-design.ts'

/** Eight people, three visits, nothing missing: outcomes by person. */
const outcomes = [
  [20, 17, 11],
  [24, 22, 19],
  [18, 12, 13],
  [27, 21, 16],
  [22, 20, 21],
  [25, 24, 14],
  [19, 15, 9],
  [21, 13, 12],
]

function rowsOf(people: readonly (readonly number[])[]): RepeatedMeasuresRows {
  const flat = people.flatMap((values, person) => values.map((value, visit) => ({ person, visit, value })))
  const at = (visit: number) => Float64Array.from(flat, (row) => (row.visit === visit ? 1 : 0))
  return {
    outcome: Float64Array.from(flat, (row) => row.value),
    person: flat.map((row) => row.person),
    visit: flat.map((row) => row.visit + 1),
    design: { names: ['visit1', 'visit2', 'visit3'], columns: [at(0), at(1), at(2)] },
  }
}

function fitOf(rows: RepeatedMeasuresRows, options = {}) {
  const fit = mixedModelRepeatedMeasures(rows, options)
  if (!fit.ok) throw new Error(fit.reason)
  return fit
}

const close = (actual: ArrayLike<number>, wanted: ArrayLike<number>, digits = 9) => {
  expect(actual.length).toBe(wanted.length)
  Array.from(wanted).forEach((value, i) => {
    expect(actual[i]).toBeCloseTo(value, digits)
  })
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const covarianceOf = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, i) => sum + (value - mean(a)) * (b[i]! - mean(b)), 0) / (a.length - 1)

describe('mixedModelRepeatedMeasures', () => {
  it('gives the means and the sample covariance when nobody misses a visit', () => {
    const fit = fitOf(rowsOf(outcomes))
    const columns = [0, 1, 2].map((v) => outcomes.map((values) => values[v]!))
    close(fit.coefficients, columns.map(mean))
    close(
      fit.visitCovariance,
      columns.flatMap((a) => columns.map((b) => covarianceOf(a, b))),
    )
    close(
      fit.standardErrors,
      columns.map((a) => Math.sqrt(covarianceOf(a, a) / 8)),
    )
    for (const { df } of fit.coefficientTests) expect(df).toBeCloseTo(7, 8)
  })

  it('divides by n and not n − 1 for ML', () => {
    const fit = fitOf(rowsOf(outcomes), { method: 'ML' })
    const first = outcomes.map((values) => values[0]!)
    expect(fit.visitCovariance[0]).toBeCloseTo((covarianceOf(first, first) * 7) / 8, 9)
  })

  it('tests a change between two visits as the paired t test does', () => {
    const fit = fitOf(rowsOf(outcomes), { contrasts: [{ name: 'change', weights: [-1, 0, 1] }] })
    const changes = outcomes.map((values) => values[2]! - values[0]!)
    const t = mean(changes) / Math.sqrt(covarianceOf(changes, changes) / 8)
    expect(fit.contrasts[0]!.t).toBeCloseTo(t, 8)
    expect(fit.contrasts[0]!.df).toBeCloseTo(7, 7)
  })

  it('with compound symmetry is the model of a random intercept', () => {
    const rows = rowsOf([...outcomes, [23, 20, Number.NaN], [26, Number.NaN, Number.NaN]])
    const marginal = fitOf(rows, { covariance: 'compound-symmetry' })
    const conditional = linearMixedModel(rows)
    if (!conditional.ok) throw new Error(conditional.reason)
    close(marginal.coefficients, conditional.coefficients, 8)
    close(marginal.standardErrors, conditional.standardErrors, 8)
    expect(marginal.minus2LogLikelihood).toBeCloseTo(conditional.minus2LogLikelihood, 8)
    expect(marginal.visitCovariance[1]).toBeCloseTo(conditional.randomCovariance[0]!, 6)
    close(
      marginal.coefficientTests.map(({ df }) => df),
      conditional.coefficientTests.map(({ df }) => df),
      5,
    )
  })

  it('takes a NaN outcome as a row that is not there, and counts it', () => {
    const people = [...outcomes, [23, 20, Number.NaN], [26, Number.NaN, 15]]
    const withGaps = rowsOf(people)
    const keep = Array.from(withGaps.outcome.keys()).filter((row) => !Number.isNaN(withGaps.outcome[row]!))
    const without: RepeatedMeasuresRows = {
      outcome: Float64Array.from(keep, (row) => withGaps.outcome[row]!),
      person: keep.map((row) => withGaps.person[row]!),
      visit: keep.map((row) => withGaps.visit[row]!),
      design: {
        names: withGaps.design.names,
        columns: withGaps.design.columns.map((column) => Float64Array.from(keep, (row) => column[row]!)),
      },
    }
    const gaps = fitOf(withGaps)
    expect(gaps.withoutOutcome).toBe(2)
    expect(gaps.people).toBe(10)
    close(gaps.coefficients, fitOf(without).coefficients, 12)
    close(gaps.visitCovariance, fitOf(without).visitCovariance, 10)
  })

  it.each(['unstructured', 'compound-symmetry', 'ar1'] as const)(
    'does not ask for an order of rows: %s',
    (covariance) => {
      const rows = rowsOf([...outcomes, [23, 20, Number.NaN], [26, Number.NaN, 15]])
      const order = Array.from(rows.outcome.keys()).sort((a, b) => ((a * 7) % 30) - ((b * 7) % 30))
      const moved: RepeatedMeasuresRows = {
        outcome: Float64Array.from(order, (row) => rows.outcome[row]!),
        person: order.map((row) => rows.person[row]!),
        visit: order.map((row) => rows.visit[row]!),
        design: {
          names: rows.design.names,
          columns: rows.design.columns.map((column) => Float64Array.from(order, (row) => column[row]!)),
        },
      }
      const one = fitOf(rows, { covariance })
      const other = fitOf(moved, { covariance })
      close(other.coefficients, one.coefficients)
      close(other.visitCovariance, one.visitCovariance, 7)
      expect(other.minus2LogLikelihood).toBeCloseTo(one.minus2LogLikelihood, 9)
    },
  )

  it('moves with the outcome: b + a y has coefficients b + a β and errors |a| times', () => {
    const rows = rowsOf([...outcomes, [23, 20, Number.NaN]])
    const one = fitOf(rows)
    const other = fitOf({ ...rows, outcome: rows.outcome.map((value) => 1e6 - 100 * value) })
    close(
      other.coefficients.map((value) => (1e6 - value) / 100),
      one.coefficients,
      7,
    )
    close(
      other.standardErrors.map((value) => value / 100),
      one.standardErrors,
      7,
    )
  })

  it('refuses by name', () => {
    const rows = rowsOf(outcomes)
    const [first, second] = rows.design.columns as [Float64Array, Float64Array]
    const columns = [first, second, first.map((value, i) => value + second[i]!)]
    expect(mixedModelRepeatedMeasures({ ...rows, design: { names: ['a', 'b', 'a + b'], columns } })).toEqual({
      ok: false,
      reason: 'rank-deficient-design',
      column: 'a + b',
    })
    const broken = first.slice()
    broken[4] = Number.NaN
    expect(
      mixedModelRepeatedMeasures({ ...rows, design: { names: ['a', 'b'], columns: [broken, second] } }),
    ).toEqual({ ok: false, reason: 'not-a-number', row: 4 })
    expect(mixedModelRepeatedMeasures({ ...rows, person: rows.outcome.map(() => 1) })).toEqual({
      ok: false,
      reason: 'visit-twice',
      row: 3,
    })
    expect(mixedModelRepeatedMeasures(rowsOf(outcomes.slice(0, 3)))).toMatchObject({
      reason: 'too-few-people',
    })
    expect(mixedModelRepeatedMeasures(rowsOf(outcomes.slice(0, 1)))).toMatchObject({ reason: 'too-few-rows' })
    const never = rowsOf(
      outcomes.map((values, i) =>
        i < 4 ? [values[0]!, values[1]!, Number.NaN] : [values[0]!, Number.NaN, values[2]!],
      ),
    )
    expect(mixedModelRepeatedMeasures(never)).toMatchObject({ reason: 'too-few-people' })
    const alike = rowsOf(outcomes.map(([a]) => [a!, 2 * a!, 3 * a!]))
    expect(mixedModelRepeatedMeasures(alike)).toMatchObject({ reason: 'singular-covariance' })
    const still = rowsOf(outcomes.map(() => [5, 4, 3]))
    expect(mixedModelRepeatedMeasures(still)).toMatchObject({ reason: 'singular-covariance' })
  })

  it('gives no limits where next to nothing tells how far an estimate may be off', () => {
    // Nine people seen once and one at three visits.
    const visit = Float64Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2)
    const rows: RepeatedMeasuresRows = {
      outcome: Float64Array.of(2.5, 8.5, 2, 1, 1, 8.5, 8, 6.5, 7.5, 5.5, 8, 2),
      person: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9],
      visit,
      design: { names: ['(Intercept)', 'time'], columns: [visit.map(() => 1), visit] },
    }
    expect(mixedModelRepeatedMeasures(rows, { covariance: 'compound-symmetry' })).toEqual({
      ok: false,
      reason: 'error-not-known',
    })
  })
})

describe('visitByArmDesign', () => {
  it('names what it builds, and its contrasts give the raw means when nothing is missing', () => {
    const rows = rowsOf(outcomes)
    const arm = Float64Array.from(rows.person as number[], (person) => person % 2)
    const { design, differences, means } = visitByArmDesign({ outcome: rows.outcome, visit: rows.visit, arm })
    expect(design.names).toEqual(['(Intercept)', 'visit2', 'visit3', 'arm', 'visit2:arm', 'visit3:arm'])
    const fit = fitOf({ ...rows, design }, { contrasts: [...differences, ...means] })
    const raw = (side: number, visit: number) =>
      mean(outcomes.filter((_, person) => person % 2 === side).map((values) => values[visit]!))
    close(
      fit.contrasts.map(({ estimate }) => estimate),
      [
        ...[0, 1, 2].map((v) => raw(1, v) - raw(0, v)),
        ...[0, 1, 2].map((v) => raw(0, v)),
        ...[0, 1, 2].map((v) => raw(1, v)),
      ],
    )
  })
})
