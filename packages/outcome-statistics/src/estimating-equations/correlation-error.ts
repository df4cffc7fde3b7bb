import type { Clusters } from './clusters.ts'
import type { Family } from './family.ts'

/** What the variance of the working correlation rests on: one fit, rows in the order of `clusters`. */
export type FittedEquations = {
  readonly which: 'exchangeable' | 'ar1'
  readonly clusters: Clusters
  readonly family: Family
  readonly alpha: number
  readonly scale: number
  readonly mean: Float64Array
  readonly residual: Float64Array
  /** √variance × basis, n × p. */
  readonly d: Float64Array
  readonly p: number
  /** (DᵀR⁻¹D / φ)⁻¹. */
  readonly naive: Float64Array
  /** DᵀR⁻¹r / φ of each person, people × p. */
  readonly scores: Float64Array
}

/**
 * The robust standard error of the working correlation, from the stacked equations for coefficients, scale and
 * correlation, so that it counts what estimating the first two adds.
 *
 * `exact` takes the derivatives as they are. `geepack` repeats those of R's geepack 1.3, which weighs the change of a
 * squared residual by one root of the variance too many, pairs the change of a product with the wrong partner, and for
 * somebody with a single row counts the pairs of the person before once more; use it only to meet figures that were made
 * with geepack.
 * Source: Yan & Fine, Stat Med 2004;23:859.
 */
export function correlationError(fit: FittedEquations, form: 'exact' | 'geepack'): number {
  const { clusters, family, scale, mean, residual, d, p, naive, scores } = fit
  const { people, start } = clusters
  const scaleByBeta = new Float64Array(p)
  const alphaByBeta = new Float64Array(p)
  const scaleScore = new Float64Array(people)
  const alphaScore = new Float64Array(people)
  let alphaByScale = 0
  let alphaByAlpha = 0
  const pair = pairTerms(fit)
  const own = new Float64Array(p)
  for (let g = 0; g < people; g++) {
    const from = start[g]!
    const to = start[g + 1]!
    for (let i = from; i < to; i++) {
      const r = residual[i]!
      scaleScore[g]! += (r * r - scale) / (2 * scale)
      const bend = bendAt(family, mean[i]!)
      const change = (2 * r + r * r * bend.slope) / (2 * scale * (form === 'exact' ? 1 : bend.root))
      for (let j = 0; j < p; j++) scaleByBeta[j]! += change * d[i * p + j]!
    }
    if (to - from > 1 || form === 'exact') {
      pair.of(from, to)
      own.fill(0)
      for (let i = from; i < to; i++) {
        const r = residual[i]!
        const partners = pair.residuals[i - from]!
        const change = form === 'exact' ? partners : r * pair.weights[i - from]!
        const product = (change + 0.5 * r * bendAt(family, mean[i]!).slope * partners) / scale
        for (let j = 0; j < p; j++) own[j]! += product * d[i * p + j]!
      }
    }
    alphaScore[g] = pair.score
    alphaByScale += pair.product / scale
    alphaByAlpha += pair.squares
    for (let j = 0; j < p; j++) alphaByBeta[j]! += own[j]!
  }
  return influence({
    p,
    people,
    naive,
    scores,
    scaleByBeta,
    alphaByBeta,
    scaleScore,
    alphaScore,
    scaleByScale: mean.length / (2 * scale),
    alphaByScale,
    alphaByAlpha,
  })
}

/** The root of the variance, and how the variance bends with the mean over that root. */
function bendAt(family: Family, mu: number): { root: number; slope: number } {
  const root = Math.sqrt(family.variance(mu))
  return { root, slope: family.varianceSlope(mu) / root }
}

/** Root of the summed squares of each person's influence on the correlation. */
function influence(of: {
  p: number
  people: number
  naive: Float64Array
  scores: Float64Array
  scaleByBeta: Float64Array
  alphaByBeta: Float64Array
  scaleScore: Float64Array
  alphaScore: Float64Array
  scaleByScale: number
  alphaByScale: number
  alphaByAlpha: number
}): number {
  const { p } = of
  const onScale = of.alphaByScale / of.scaleByScale
  const onBeta = new Float64Array(p)
  for (let j = 0; j < p; j++) {
    for (let l = 0; l < p; l++) {
      onBeta[j]! += (of.alphaByBeta[l]! - onScale * of.scaleByBeta[l]!) * of.naive[l * p + j]!
    }
  }
  let sum = 0
  for (let g = 0; g < of.people; g++) {
    let value = of.alphaScore[g]! - onScale * of.scaleScore[g]!
    for (let j = 0; j < p; j++) value -= onBeta[j]! * of.scores[g * p + j]!
    sum += value * value
  }
  return Math.sqrt(sum) / of.alphaByAlpha
}

/**
 * For one person at a time, over pairs j < k with slope E = ∂ρ/∂α: Σ E (z − ρ), Σ E z, Σ E², and for each row Σ E and
 * Σ E r over its partners; z = r_j r_k / φ.
 */
function pairTerms({ which, clusters, alpha, scale, residual }: FittedEquations) {
  const { visit, largest } = clusters
  const terms = {
    score: 0,
    product: 0,
    squares: 0,
    weights: new Float64Array(largest),
    residuals: new Float64Array(largest),
    of(from: number, to: number) {
      terms.score = 0
      terms.product = 0
      terms.squares = 0
      terms.weights.fill(0)
      terms.residuals.fill(0)
      for (let i = from; i < to; i++) {
        for (let j = i + 1; j < to; j++) {
          const lag = which === 'ar1' ? visit[j]! - visit[i]! : 1
          const slope = lag === 1 ? 1 : lag * alpha ** (lag - 1)
          const z = (residual[i]! * residual[j]!) / scale
          terms.score += slope * (z - alpha ** lag)
          terms.product += slope * z
          terms.squares += slope * slope
          terms.weights[i - from]! += slope
          terms.weights[j - from]! += slope
          terms.residuals[i - from]! += slope * residual[j]!
          terms.residuals[j - from]! += slope * residual[i]!
        }
      }
    },
  }
  return terms
}
