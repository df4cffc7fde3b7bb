import { dot, factorPositiveDefinite, solveFactored } from '../positive-definite.ts'
import { type Refusal, refuse } from '../refusal.ts'

/** A log likelihood at one point, with its first and negative second derivatives (size × size, row by row). */
export type LikelihoodAt = {
  readonly logLikelihood: number
  readonly score: Float64Array
  readonly information: Float64Array
}

export type Maximum = {
  readonly ok: true
  readonly at: Float64Array
  readonly iterations: number
  readonly start: LikelihoodAt
  readonly end: LikelihoodAt
  /** scoreᵀ information⁻¹ score at the start: the score test. */
  readonly scoreTest: number
}

/** Which covariate stands in the way, zero-based. */
export type CovariateRefusal<Reason extends string> = Refusal<Reason> & { readonly covariate: number }

export type MaximumRefusal =
  | CovariateRefusal<'singular-information' | 'separation'>
  | Refusal<'no-convergence'>

const MOST_ITERATIONS = 100
/** The share below which information is what rounding left. */
const NO_INFORMATION = 1e-11
/** Squared distance from the maximum, in standard errors, at which the last step is taken unseen. */
const NEAR_ENOUGH = 1e-18
/** Once this little log likelihood is left to gain … */
const NOTHING_TO_GAIN = 1e-6
/** … a step that still moves the linear predictor this far over the range of a covariate goes to infinity. */
const STILL_MOVING = 0.1

/**
 * Climbs a concave log likelihood from zero by Newton's method, halving steps that do not climb.
 *
 * Refuses by name: `singular-information` when a covariate is constant or a combination of others; `separation` when the
 * likelihood keeps rising as a coefficient goes to infinity (Heinze & Schemper, Biometrics 2001;57:114): the likelihood
 * is flat while steps stay large, which no finite maximum does.
 * @param evaluate the likelihood at a point; must return new arrays each time
 * @param ranges largest minus smallest value of each covariate, scaled to standard deviation 1
 * @param events how many: the information is about that much of each covariate that varies among those at risk
 * Cost: one evaluation an iteration, five or six of them as a rule.
 */
export function climb(
  evaluate: (at: Float64Array) => LikelihoodAt,
  ranges: Float64Array,
  events: number,
): Maximum | MaximumRefusal {
  const size = ranges.length
  let at = new Float64Array(size)
  const start = evaluate(at)
  let current = start
  let scoreTest = 0
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    const floor = iteration === 0 ? NO_INFORMATION * events : 0
    const factored = factorPositiveDefinite(current.information, size, NO_INFORMATION, floor)
    if (!factored.ok) {
      const reason = iteration === 0 ? 'singular-information' : 'separation'
      return { ...refuse(reason), covariate: factored.column }
    }
    const step = solveFactored(factored.factor, current.score)
    const distance = dot(current.score, step)
    if (iteration === 0) scoreTest = distance
    if (distance / 2 < NOTHING_TO_GAIN) {
      const covariate = farthest(step, ranges)
      if (Math.abs(step[covariate]!) * ranges[covariate]! > STILL_MOVING) {
        return { ...refuse('separation'), covariate }
      }
    }
    if (distance <= NEAR_ENOUGH) {
      return {
        ok: true,
        at: at.map((value, j) => value + step[j]!),
        iterations: iteration,
        start,
        end: current,
        scoreTest,
      }
    }
    const from = at
    const before = current
    const slack = 1e-11 * Math.abs(before.logLikelihood)
    for (let length = 1; ; length /= 2) {
      if (length < 1e-9) return refuse('no-convergence')
      at = from.map((value, j) => value + length * step[j]!)
      current = evaluate(at)
      if (current.logLikelihood >= before.logLikelihood - slack) break
    }
  }
  return refuse('no-convergence')
}

function farthest(step: Float64Array, ranges: Float64Array): number {
  let most = 0
  for (let j = 1; j < step.length; j++) {
    if (Math.abs(step[j]!) * ranges[j]! > Math.abs(step[most]!) * ranges[most]!) most = j
  }
  return most
}
