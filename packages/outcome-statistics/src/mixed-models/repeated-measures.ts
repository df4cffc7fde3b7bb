import { rootDiagonal } from '../dense-matrix.ts'
import {
  coefficientsFromBasis,
  covarianceFromBasis,
  type Design,
  type DesignRefusal,
  gathered,
  knownRows,
  logDeterminantOfBasis,
  type Orthonormal,
  orthonormalise,
  requireShape,
} from '../design.ts'
import { numberGroups } from '../groups.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { type Block, blockOf } from './blocks.ts'
import { centredOutcome } from './centred-outcome.ts'
import {
  type Contrast,
  type ContrastEstimate,
  eachCoefficient,
  estimateContrasts,
  fitted,
} from './contrast.ts'
import { maximise, type Optimum } from './maximise.ts'
import type { MarginalModel } from './restricted-likelihood.ts'
import { type VisitCovariance, visitStructure } from './visit-covariance.ts'

/** One row a person and visit; a visit that was missed is left out or has a NaN outcome. */
export type RepeatedMeasuresRows = {
  readonly outcome: Float64Array
  /** Who, one number a row. */
  readonly person: ArrayLike<number>
  /** Which visit, one number a row; their ascending order is the order of the covariance. */
  readonly visit: ArrayLike<number>
  readonly design: Design
}

export type RepeatedMeasuresOptions = {
  /** `unstructured` unless told. */
  readonly covariance?: VisitCovariance
  /** `REML` unless told; ML only to compare designs by their likelihood. */
  readonly method?: 'REML' | 'ML'
  /** Confidence level of the intervals, 0.95 unless told. */
  readonly conf?: number
  readonly contrasts?: readonly Contrast[]
}

export type RepeatedMeasures = {
  readonly ok: true
  readonly method: 'REML' | 'ML'
  readonly covarianceKind: VisitCovariance
  readonly observations: number
  readonly people: number
  /** Rows without an outcome, which took no part. */
  readonly withoutOutcome: number
  readonly names: readonly string[]
  readonly coefficients: Float64Array
  readonly standardErrors: Float64Array
  /** (XᵀV⁻¹X)⁻¹, p × p row by row. */
  readonly covariance: Float64Array
  readonly visits: readonly number[]
  /** Covariance of a person's visits, k × k row by row. */
  readonly visitCovariance: Float64Array
  /** −2 log likelihood (restricted for REML) in the convention of nlme and SAS. */
  readonly minus2LogLikelihood: number
  /** How many parameters describe the covariance. */
  readonly covarianceParameters: number
  readonly coefficientTests: readonly ContrastEstimate[]
  readonly contrasts: readonly ContrastEstimate[]
  readonly steps: number
}

export type RepeatedMeasuresRefusal =
  | DesignRefusal
  | Refusal<'visit-twice' | 'too-few-people' | 'singular-covariance' | 'error-not-known' | 'not-converged'>

/**
 * The mixed model for repeated measures: a linear model of the outcome at planned visits whose rows of one person are
 * correlated, by (restricted) maximum likelihood.
 *
 * People with missed visits stay in with what they have: the estimates hold when what is missing may depend on what was
 * seen but not on what was not (missing at random). Nothing is imputed or carried forward.
 *
 * Tests and intervals use Satterthwaite's degrees of freedom. Source: Mallinckrodt et al., Drug Inf J 2008;42:303;
 * Lindstrom & Bates 1988. Agrees with a direct REML maximiser in R to 1e-7 and with nlme::gls to its own 1e-5.
 * Refuses by name: a covariate that is not a number, a column that follows from others (with its name), one person twice
 * at one visit, too few people (fewer than visits or than needed for each pair of visits), a covariance that runs into
 * the edge, no convergence, and data that leave the error of an estimate unknown (`error-not-known`).
 * Cost: O(n p²) once, then a few steps that do not depend on the number of people (they depend on the different patterns
 * of visits seen).
 * @example
 * mixedModelRepeatedMeasures({ outcome, person, visit, design: { names: ['(Intercept)', 'arm'], columns: [ones, arm] } })
 */
export function mixedModelRepeatedMeasures(
  rows: RepeatedMeasuresRows,
  options: RepeatedMeasuresOptions = {},
): RepeatedMeasures | RepeatedMeasuresRefusal {
  const { conf = 0.95 } = options
  if (!(conf > 0 && conf < 1)) throw new RangeError(`conf ${conf}: needs 0 < conf < 1`)
  const solved = solveRepeatedMeasures(rows, options)
  if (!solved.ok) return solved
  const { basis, model, optimum, people, visits } = solved
  const { at, theta } = optimum
  const fit = fitted(basis, optimum)
  if (!fit) return refuse('singular-covariance')
  const covariance = covarianceFromBasis(basis, at.covariance)
  const coefficientTests = estimateContrasts(fit, eachCoefficient(rows.design.names), conf)
  if ('ok' in coefficientTests) return coefficientTests
  const contrasts = estimateContrasts(fit, options.contrasts ?? [], conf)
  if ('ok' in contrasts) return contrasts
  return {
    ok: true,
    method: model.method,
    covarianceKind: solved.kind,
    observations: model.observations,
    people,
    withoutOutcome: rows.outcome.length - model.observations,
    names: rows.design.names,
    coefficients: coefficientsFromBasis(basis, at.coefficients),
    standardErrors: rootDiagonal(covariance, basis.q.length),
    covariance,
    visits,
    visitCovariance: wholeCovariance(solved.kind, visits.length, theta),
    minus2LogLikelihood:
      at.minus2LogLikelihood + (model.method === 'REML' ? 2 * logDeterminantOfBasis(basis) : 0),
    covarianceParameters: theta.length,
    coefficientTests,
    contrasts,
    steps: optimum.steps,
  }
}

/** The fit itself, before anything is asked of it; coefficients on the orthonormal basis of the design. */
type Solved = {
  readonly ok: true
  readonly kind: VisitCovariance
  readonly basis: Orthonormal
  readonly model: MarginalModel
  readonly optimum: Optimum
  readonly people: number
  readonly visits: readonly number[]
}

/** The first half of `mixedModelRepeatedMeasures`: what is fitted and where the likelihood is highest. */
export function solveRepeatedMeasures(
  rows: RepeatedMeasuresRows,
  options: RepeatedMeasuresOptions,
): Solved | RepeatedMeasuresRefusal {
  const { covariance: kind = 'unstructured', method = 'REML' } = options
  requireShape(rows.design, rows.outcome.length)
  if (rows.person.length !== rows.outcome.length || rows.visit.length !== rows.outcome.length) {
    throw new RangeError('person and visit need one entry a row')
  }
  const known = knownRows(rows.outcome, rows.design)
  if ('ok' in known) return known
  const basis = orthonormalise(rows.design, known)
  if ('ok' in basis) return basis
  const people = numberGroups(gathered(rows.person, known))
  const visits = numberGroups(gathered(rows.visit, known))
  const count = people.labels.length
  const k = visits.labels.length
  const patterns = byPattern(people.code, visits.code, count, k)
  if ('ok' in patterns)
    return patterns.row === undefined ? patterns : refuse(patterns.reason, known[patterns.row])
  if (count < 2 || (kind === 'unstructured' && !identified(patterns, k))) return refuse('too-few-people')

  const { centred, removed, scale } = centredOutcome(rows.outcome, known, basis)
  const spread = centred.reduce((sum, value) => sum + value * value, 0) / known.length
  if (!(spread > 1e-20 * scale)) return refuse('singular-covariance')
  const model: MarginalModel = {
    blocks: patterns.map((pattern, at) => blockFrom(pattern, at, basis, centred)),
    coefficients: basis.q.length,
    observations: known.length,
    structure: visitStructure(kind, k, (pattern) => patterns[pattern]!.visits),
    method,
  }
  const found = maximise(model, startOf(kind, k, spread))
  if (!found.ok) return found
  const coefficients = found.at.coefficients.map((value, j) => value + removed[j]!)
  const optimum = { ...found, at: { ...found.at, coefficients } }
  return { ok: true, kind, basis, model, optimum, people: count, visits: visits.labels }
}

/** The covariance of all k visits from its parameters. */
function wholeCovariance(kind: VisitCovariance, k: number, theta: Float64Array): Float64Array {
  const out = new Float64Array(k * k)
  const all = Uint8Array.from({ length: k }, (_, i) => i)
  const person: Block = { size: k, count: 1, kind: 0, moments: null, rows: null }
  visitStructure(kind, k, () => all).covariance(theta, person, out)
  return out
}

/** People with the same visits: which visits (ascending positions) and, person after person, their rows in that order. */
type Pattern = { readonly visits: Uint8Array; readonly rows: number[] }

function byPattern(
  person: Uint32Array,
  visit: Uint32Array,
  people: number,
  k: number,
): Pattern[] | Refusal<'visit-twice'> {
  if (k > 255) throw new RangeError(`${k} visits: a covariance of more than 255 is not for this model`)
  const rowAt = new Int32Array(people * k).fill(-1)
  for (let row = 0; row < person.length; row++) {
    const at = person[row]! * k + visit[row]!
    if (rowAt[at] !== -1) return refuse('visit-twice', row)
    rowAt[at] = row
  }
  const patterns = new Map<string, Pattern>()
  for (let i = 0; i < people; i++) {
    const visits: number[] = []
    for (let v = 0; v < k; v++) if (rowAt[i * k + v]! >= 0) visits.push(v)
    const key = visits.join()
    let pattern = patterns.get(key)
    if (!pattern) {
      pattern = { visits: Uint8Array.from(visits), rows: [] }
      patterns.set(key, pattern)
    }
    for (const v of visits) pattern.rows.push(rowAt[i * k + v]!)
  }
  return [...patterns.values()]
}

/** Whether every pair of visits was seen together in two people at least, and there are more people than visits. */
function identified(patterns: readonly Pattern[], k: number): boolean {
  const together = new Uint32Array(k * k)
  let people = 0
  for (const { visits, rows } of patterns) {
    const count = rows.length / visits.length
    people += count
    for (const a of visits) for (const b of visits) together[a * k + b]! += count
  }
  return people > k && together.every((count) => count >= 2)
}

function blockFrom({ visits, rows }: Pattern, at: number, basis: Orthonormal, outcome: Float64Array): Block {
  const p = basis.q.length
  const values = new Float64Array(rows.length * (p + 1))
  rows.forEach((row, i) => {
    for (let j = 0; j < p; j++) values[i * (p + 1) + j] = basis.q[j]![row]!
    values[i * (p + 1) + p] = outcome[row]!
  })
  return blockOf(at, visits.length, rows.length / visits.length, p + 1, values)
}

/** Equal variances and a correlation of 0.5: far enough inside, near enough to most outcomes. */
function startOf(kind: VisitCovariance, k: number, spread: number): Float64Array {
  if (kind === 'ar1') return Float64Array.of(spread, 0.5)
  if (kind === 'compound-symmetry') return Float64Array.of(spread, spread / 2)
  const theta: number[] = []
  for (let i = 0; i < k; i++) for (let j = 0; j <= i; j++) theta.push(i === j ? spread : spread / 2)
  return Float64Array.from(theta)
}
