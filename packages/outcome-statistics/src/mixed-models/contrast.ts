import { bilinear, invertPositiveDefinite } from '../dense-matrix.ts'
import { contrastOnBasis, type Orthonormal } from '../design.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { studentTQuantile, studentTUpperTail } from '../student-t.ts'
import type { Optimum } from './maximise.ts'

/** What to ask of the coefficients: Σ weights[j] × coefficient j. */
export type Contrast = { readonly name: string; readonly weights: ArrayLike<number> }

/** A combination of coefficients with what is known about it. */
export type ContrastEstimate = {
  readonly name: string
  readonly estimate: number
  readonly standardError: number
  /** Degrees of freedom of the t distribution, Satterthwaite's; not a whole number. */
  readonly df: number
  readonly t: number
  /** Two-sided. */
  readonly p: number
  readonly lower: number
  readonly upper: number
}

/** What the estimates of contrasts rest on: one fit, on its orthonormal basis. */
export type Fitted = {
  readonly basis: Orthonormal
  readonly optimum: Optimum
  /** Twice the inverse second derivatives of −2 log likelihood: the covariance of θ. */
  readonly thetaCovariance: Float64Array
}

/**
 * Below this many degrees of freedom the variance of an estimate is as good as unknown: its 95 % limits lie more than
 * ten million million standard errors away, and nearer to 0 no number holds them.
 */
export const LEAST_DF = 0.1

/** Binds an optimum to its basis; null where the likelihood is flat in some direction. */
export function fitted(basis: Orthonormal, optimum: Optimum): Fitted | null {
  const q = optimum.theta.length
  const inverse = invertPositiveDefinite(optimum.derivatives.hessian, q)
  return inverse && { basis, optimum, thetaCovariance: inverse.map((value) => 2 * value) }
}

/**
 * Estimates contrasts with Satterthwaite's degrees of freedom 2 v² / (gᵀ A g): v the variance of the contrast, g its
 * derivatives in θ, A the covariance of θ. Invariant to how θ is written.
 * @returns one estimate a contrast, or `error-not-known`: the data say next to nothing about how far an estimate may be
 * off (degrees of freedom not clearly above 0, as when nearly everybody was seen once), so it has neither limits nor p
 * @throws RangeError for another number of weights than coefficients, or weights that are all 0
 * Source: Satterthwaite, Biometrics Bull 1946;2:110; Giesbrecht & Burns, Biometrics 1985;41:477; as in R's lmerTest.
 */
export function estimateContrasts(
  { basis, optimum, thetaCovariance }: Fitted,
  contrasts: readonly Contrast[],
  conf: number,
): ContrastEstimate[] | Refusal<'error-not-known'> {
  const { at, derivatives } = optimum
  const p = at.coefficients.length
  const q = optimum.theta.length
  const estimates: ContrastEstimate[] = []
  for (const { name, weights } of contrasts) {
    if (weights.length !== p) throw new RangeError(`contrast ${name}: needs ${p} weights`)
    if (Array.from(weights).every((weight) => weight === 0)) {
      throw new RangeError(`contrast ${name}: all weights are 0`)
    }
    const w = contrastOnBasis(basis, weights)
    const spread = new Float64Array(p)
    let estimate = 0
    for (let i = 0; i < p; i++) {
      estimate += w[i]! * at.coefficients[i]!
      for (let j = 0; j < p; j++) spread[i]! += at.covariance[i * p + j]! * w[j]!
    }
    let variance = 0
    for (let i = 0; i < p; i++) variance += w[i]! * spread[i]!
    const g = Float64Array.from({ length: q }, (_, r) => bilinear(spread, derivatives.slopes[r]!, spread, p))
    const df = (2 * variance * variance) / bilinear(g, thetaCovariance, g, q)
    // A contrast whose variance does not depend on θ would have no end of them; that does not happen, and NaN is refused.
    if (!(df >= LEAST_DF && df < Number.POSITIVE_INFINITY)) return refuse('error-not-known')
    const standardError = Math.sqrt(variance)
    const t = estimate / standardError
    const reach = studentTQuantile((1 + conf) / 2, df) * standardError
    estimates.push({
      name,
      estimate,
      standardError,
      df,
      t,
      p: 2 * studentTUpperTail(Math.abs(t), df),
      lower: estimate - reach,
      upper: estimate + reach,
    })
  }
  return estimates
}

/** One contrast for each coefficient by itself. */
export function eachCoefficient(names: readonly string[]): Contrast[] {
  return names.map((name, j) => ({ name, weights: names.map((_, i) => (i === j ? 1 : 0)) }))
}
