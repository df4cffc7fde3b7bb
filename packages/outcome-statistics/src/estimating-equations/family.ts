/** How the mean follows from the linear predictor and the variance from the mean: one of the usual pairs. */
export type FamilyName = 'gaussian' | 'binomial' | 'poisson'

export type Family = {
  readonly name: FamilyName
  /** Mean from linear predictor. */
  mean(eta: number): number
  /** Variance from mean, without the scale. */
  variance(mu: number): number
  /** ∂variance/∂mean. */
  varianceSlope(mu: number): number
  /** Twice the log likelihood lost against a perfect fit. */
  deviance(y: number, mu: number): number
  /** Linear predictor of a first guess at the mean from one outcome. */
  guess(y: number): number
  permits(y: number): boolean
}

const gaussian: Family = {
  name: 'gaussian',
  mean: (eta) => eta,
  variance: () => 1,
  varianceSlope: () => 0,
  deviance: (y, mu) => (y - mu) ** 2,
  guess: (y) => y,
  permits: Number.isFinite,
}

const binomial: Family = {
  name: 'binomial',
  mean: (eta) => 1 / (1 + Math.exp(-eta)),
  variance: (mu) => mu * (1 - mu),
  varianceSlope: (mu) => 1 - 2 * mu,
  deviance: (y, mu) => 2 * (part(y, mu) + part(1 - y, 1 - mu)),
  guess: (y) => Math.log((y + 0.5) / (1.5 - y)),
  permits: (y) => y >= 0 && y <= 1,
}

const poisson: Family = {
  name: 'poisson',
  mean: Math.exp,
  variance: (mu) => mu,
  varianceSlope: () => 1,
  deviance: (y, mu) => 2 * (part(y, mu) - (y - mu)),
  guess: (y) => Math.log(y + 0.1),
  permits: (y) => y >= 0 && y < Number.POSITIVE_INFINITY,
}

/** y log(y / μ), 0 where y is 0. */
function part(y: number, mu: number): number {
  return y === 0 ? 0 : y * Math.log(y / mu)
}

/**
 * The family of that name with its canonical link: gaussian with identity, binomial with logit (outcome 0/1 or a share),
 * poisson with log. With these links the slope of the mean in the predictor is the variance.
 */
export function familyOf(name: FamilyName): Family {
  return { gaussian, binomial, poisson }[name]
}
