import { choleskyInPlace, choleskySolve } from '../dense-matrix.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { climbByFactor } from './climb-by-factor.ts'
import {
  type Derivatives,
  derivativesAt,
  type Evaluation,
  evaluate,
  type MarginalModel,
} from './restricted-likelihood.ts'

/** Where the likelihood is highest, and how it curves there. */
export type Optimum = {
  readonly ok: true
  readonly theta: Float64Array
  readonly at: Evaluation
  readonly derivatives: Derivatives
  readonly steps: number
}

/** Below this the expected gain in −2 log likelihood is rounding: the step is taken without asking. */
const ROUNDING = 1e-8
/** Expected gain at which the parameters stand to ten digits and more (the gain is the square of the error in se's). */
const SETTLED = 1e-18
const MOST_STEPS = 100

/**
 * Finds the optimum by `newton`, and where that comes up against the edge of the covariance matrices, once more from the
 * place to which `climbByFactor` leads.
 */
export function maximise(
  model: MarginalModel,
  start: Float64Array,
): Optimum | Refusal<'singular-covariance' | 'not-converged'> {
  const straight = newton(model, start)
  if (straight.ok || model.structure.triangle === 0) return straight
  const near = climbByFactor(model, start)
  const second = near ? newton(model, near) : straight
  // What runs along the edge without end has its optimum on it.
  return second.ok ? second : refuse('singular-covariance')
}

/**
 * Climbs from `start` by Newton's steps on the observed second derivatives, by Fisher's scoring where these do not point
 * uphill, each halved until it gains. Ends when the expected gain is nothing; refuses when the way leads out of the
 * covariance matrices (`singular-covariance`) or does not end.
 */
function newton(
  model: MarginalModel,
  start: Float64Array,
): Optimum | Refusal<'singular-covariance' | 'not-converged'> {
  let theta = start
  let at = evaluate(model, theta)
  if (!at) return refuse('singular-covariance')
  let gainBefore = Number.POSITIVE_INFINITY
  for (let steps = 1; steps <= MOST_STEPS; steps++) {
    const derivatives = derivativesAt(model, theta, at)
    const direction = descent(derivatives)
    if (!direction) return refuse('singular-covariance')
    const gain = -direction.reduce((sum, d, r) => sum + d * derivatives.gradient[r]!, 0)
    // Newton squares the error, so a small gain that no longer shrinks is the rounding of the sums.
    if (gain < SETTLED || (gain < ROUNDING && gain > gainBefore / 4)) {
      return { ok: true, theta, at, derivatives, steps }
    }
    const next = lineSearch(model, theta, at, direction, gain)
    if (!next) return refuse(gain > ROUNDING ? 'singular-covariance' : 'not-converged')
    gainBefore = gain
    theta = next.theta
    at = next.at
  }
  return refuse('not-converged')
}

/** −H⁻¹ g with the observed second derivatives, or with scoring's when those are not positive definite. */
function descent({ gradient, hessian, scoring }: Derivatives): Float64Array | null {
  const q = gradient.length
  for (const curvature of [hessian, scoring]) {
    const factor = curvature.slice()
    if (!choleskyInPlace(factor, q)) continue
    const step = gradient.map((g) => -g)
    choleskySolve(factor, q, step)
    if (step.every(Number.isFinite)) return step
  }
  return null
}

function lineSearch(
  model: MarginalModel,
  theta: Float64Array,
  at: Evaluation,
  direction: Float64Array,
  gain: number,
): { theta: Float64Array; at: Evaluation } | null {
  for (let length = 1; length > 1e-8; length /= 2) {
    const trial = theta.map((value, r) => value + length * direction[r]!)
    const there = evaluate(model, trial)
    if (!there) continue
    const enough = at.minus2LogLikelihood - 1e-4 * length * gain
    if (gain < ROUNDING || there.minus2LogLikelihood <= enough) return { theta: trial, at: there }
  }
  return null
}
