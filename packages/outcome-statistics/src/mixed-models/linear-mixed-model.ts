import { rootDiagonal } from '../dense-matrix.ts'
import {
  coefficientsFromBasis,
  covarianceFromBasis,
  type Design,
  type DesignRefusal,
  gathered,
  knownRows,
  logDeterminantOfBasis,
  orthonormalise,
  requireShape,
} from '../design.ts'
import { numberGroups } from '../groups.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { centredOutcome } from './centred-outcome.ts'
import {
  type Contrast,
  type ContrastEstimate,
  eachCoefficient,
  estimateContrasts,
  fitted,
} from './contrast.ts'
import { type KenwardRoger, kenwardRoger } from './kenward-roger.ts'
import { maximise, type Optimum } from './maximise.ts'
import { effectPlace, type RandomEffects, randomEffects } from './random-effects.ts'
import type { MarginalModel } from './restricted-likelihood.ts'

/** One row an observation; a NaN outcome is missing and takes no part. */
export type MixedModelRows = {
  readonly outcome: Float64Array
  /** Who (or which site): rows with the same number share their random effects. */
  readonly person: ArrayLike<number>
  readonly design: Design
  /** Columns of the random effects; an intercept alone unless told. For a random slope add the time column. */
  readonly random?: Design
}

export type MixedModelOptions = {
  /** `REML` unless told; ML only to compare designs by their likelihood. */
  readonly method?: 'REML' | 'ML'
  /** Confidence level of the intervals, 0.95 unless told. */
  readonly conf?: number
  readonly contrasts?: readonly Contrast[]
}

export type LinearMixedModel = {
  readonly ok: true
  readonly method: 'REML' | 'ML'
  readonly observations: number
  readonly people: number
  /** Rows without an outcome, which took no part. */
  readonly withoutOutcome: number
  readonly names: readonly string[]
  readonly coefficients: Float64Array
  readonly standardErrors: Float64Array
  /** Covariance of the coefficients, p × p row by row. */
  readonly covariance: Float64Array
  readonly randomNames: readonly string[]
  /** Covariance of the random effects, row by row. */
  readonly randomCovariance: Float64Array
  readonly residualVariance: number
  /** −2 log likelihood (restricted for REML) in the convention of lme4. */
  readonly minus2LogLikelihood: number
  readonly covarianceParameters: number
  readonly coefficientTests: readonly ContrastEstimate[]
  readonly contrasts: readonly ContrastEstimate[]
  /** Kenward and Roger's tests of the coefficients; null for ML, and where they have no errors to trust. */
  readonly kenwardRoger: readonly KenwardRoger[] | null
  /** The labels of `person`, ascending, and for each their expected random effects given the data, row by row. */
  readonly personLabels: readonly number[]
  readonly conditionalModes: Float64Array
  readonly steps: number
}

export type LinearMixedModelRefusal =
  | DesignRefusal
  | Refusal<'too-few-people' | 'singular-covariance' | 'error-not-known' | 'not-converged'>

/**
 * The linear mixed model: a straight-line model in which each person (or site) has an own level and, if wanted, an own
 * slope, normally distributed among people with any covariance, plus independent noise of equal variance.
 *
 * People are followed at any times and any number of times; what is missing may depend on what was seen (missing at
 * random). Tests and intervals use Satterthwaite's degrees of freedom as R's lmerTest does; Kenward and Roger's stand
 * beside them.
 * Source: Laird & Ware, Biometrics 1982;38:963; Kuznetsova et al., J Stat Softw 2017;82(13). Agrees with lme4 and
 * lmerTest to 1e-6 (coefficients), 1e-5 (variances), 1e-4 (degrees of freedom), which are the digits of their optimiser.
 * Refuses by name: a covariate that is not a number, a column that follows from others (with its name), fewer than two
 * people or no row to spare beyond one a person, a variance of zero or a correlation of one among the random effects
 * (`singular-covariance`: leave out the slope), no convergence, and data that leave the error of an estimate unknown
 * (`error-not-known`: degrees of freedom not clearly above 0, as when nearly everybody was seen once).
 * Cost: O(n p²) once; a step costs O(people with an own set of times × p²).
 * @example
 * linearMixedModel({ outcome, person, design: { names: ['(Intercept)', 'year'], columns: [ones, year] } })
 */
export function linearMixedModel(
  rows: MixedModelRows,
  options: MixedModelOptions = {},
): LinearMixedModel | LinearMixedModelRefusal {
  const { method = 'REML', conf = 0.95 } = options
  if (!(conf > 0 && conf < 1)) throw new RangeError(`conf ${conf}: needs 0 < conf < 1`)
  const n = rows.outcome.length
  const random = rows.random ?? { names: ['(Intercept)'], columns: [new Float64Array(n).fill(1)] }
  requireShape(rows.design, n)
  requireShape(random, n)
  if (rows.person.length !== n) throw new RangeError('person needs one entry a row')
  if (random.columns.length === 0) throw new RangeError('random needs a column at least')
  const known = knownRows(rows.outcome, rows.design)
  if ('ok' in known) return known
  const knownEffects = knownRows(rows.outcome, random)
  if ('ok' in knownEffects) return knownEffects
  const basis = orthonormalise(rows.design, known)
  if ('ok' in basis) return basis
  const effectBasis = orthonormalise(random, known)
  if ('ok' in effectBasis) return effectBasis
  const people = numberGroups(gathered(rows.person, known))
  const count = people.labels.length
  const columns = random.columns.map((column) => gathered(column, known))
  if (count < 2 || count <= columns.length || known.length <= count) return refuse('too-few-people')

  const { centred, removed, scale } = centredOutcome(rows.outcome, known, basis)
  const spread = centred.reduce((sum, value) => sum + value * value, 0) / known.length
  if (!(spread > 1e-20 * scale)) return refuse('singular-covariance')
  const effects = randomEffects(people.code, count, columns, basis, centred)
  const model: MarginalModel = {
    blocks: effects.blocks,
    coefficients: basis.q.length,
    observations: known.length,
    structure: effects.structure,
    method,
  }
  const found = maximise(model, startOf(columns, spread))
  if (!found.ok) return found
  const modes = conditionalModes(effects, found, columns.length)
  const coefficients = found.at.coefficients.map((value, j) => value + removed[j]!)
  const optimum = { ...found, at: { ...found.at, coefficients } }
  const fit = fitted(basis, optimum)
  if (!fit) return refuse('singular-covariance')
  const covariance = covarianceFromBasis(basis, optimum.at.covariance)
  const each = eachCoefficient(rows.design.names)
  const coefficientTests = estimateContrasts(fit, each, conf)
  if ('ok' in coefficientTests) return coefficientTests
  const contrasts = estimateContrasts(fit, options.contrasts ?? [], conf)
  if ('ok' in contrasts) return contrasts
  return {
    ok: true,
    method,
    observations: known.length,
    people: count,
    withoutOutcome: n - known.length,
    names: rows.design.names,
    coefficients: coefficientsFromBasis(basis, coefficients),
    standardErrors: rootDiagonal(covariance, basis.q.length),
    covariance,
    randomNames: random.names,
    randomCovariance: square(optimum.theta, columns.length),
    residualVariance: optimum.theta[optimum.theta.length - 1]!,
    minus2LogLikelihood:
      optimum.at.minus2LogLikelihood + (method === 'REML' ? 2 * logDeterminantOfBasis(basis) : 0),
    covarianceParameters: optimum.theta.length,
    coefficientTests,
    contrasts,
    kenwardRoger: method === 'REML' ? kenwardRoger(fit, model, each) : null,
    personLabels: people.labels,
    conditionalModes: modes,
    steps: optimum.steps,
  }
}

/** Half of the spread as noise, the other half shared out evenly among the random effects, uncorrelated. */
function startOf(effects: readonly Float64Array[], spread: number): Float64Array {
  const theta: number[] = []
  effects.forEach((column, i) => {
    const meanSquare = column.reduce((sum, z) => sum + z * z, 0) / column.length
    for (let j = 0; j < i; j++) theta.push(0)
    theta.push(spread / (2 * effects.length * meanSquare))
  })
  theta.push(spread / 2)
  return Float64Array.from(theta)
}

function square(theta: Float64Array, count: number): Float64Array {
  const out = new Float64Array(count * count)
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) out[i * count + j] = theta[effectPlace(i, j)]!
  }
  return out
}

/** G Fᵀ V⁻¹ (turned rows − turned X β) for each person. */
function conditionalModes(effects: RandomEffects, { theta, at }: Optimum, count: number): Float64Array {
  const g = square(theta, count)
  const p = at.coefficients.length
  const out = new Float64Array(effects.people.length * count)
  effects.people.forEach(({ kind, turned }, person) => {
    const m = effects.blocks[kind]!.size
    const inverse = at.inverses[kind]!
    const factor = effects.factors[kind]!
    const residual = Float64Array.from({ length: m }, (_, a) => {
      let value = turned[a * (p + 1) + p]!
      for (let j = 0; j < p; j++) value -= turned[a * (p + 1) + j]! * at.coefficients[j]!
      return value
    })
    for (let a = 0; a < m; a++) {
      let solved = 0
      for (let b = 0; b < m; b++) solved += inverse[a * m + b]! * residual[b]!
      for (let i = 0; i < count; i++) {
        for (let j = 0; j < count; j++) {
          out[person * count + i]! += g[i * count + j]! * factor[a * count + j]! * solved
        }
      }
    }
  })
  return out
}
