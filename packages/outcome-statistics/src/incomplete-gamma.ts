import { stirlingRemainder } from './log-gamma.ts'

const HALF_LOG_TWO_PI = 0.9189385332046727
const TINY = 1e-300
const EPSILON = 2 ** -53

/** Γ(a) for 0 < a < 20, climbed down from Stirling's series at a + m ≥ 20. */
function gammaBelow20(a: number): number {
  let climbed = a
  let product = 1
  while (climbed < 20) {
    product *= climbed
    climbed += 1
  }
  const logGamma =
    (climbed - 0.5) * Math.log(climbed) - climbed + HALF_LOG_TWO_PI + stirlingRemainder(climbed)
  return Math.exp(logGamma) / product
}

/** a log(a / x) − a + x without the cancellation that loses digits when x is near a. */
export function deviance(a: number, x: number): number {
  const d = (x - a) / (x + a)
  if (Math.abs(d) > 0.1) return a * Math.log(a / x) - a + x
  // log(a / x) = −2 artanh d, and x − a = d (x + a).
  let term = d
  let sum = 0
  for (let k = 3; ; k += 2) {
    term *= d * d
    const next = sum + term / k
    if (next === sum) break
    sum = next
  }
  return (x - a) * d - 2 * a * sum
}

/** x^a e^−x / Γ(a): x times the density of a gamma variable with shape a. */
export function gammaKernel(a: number, x: number): number {
  if (a < 20) return Math.exp(a * Math.log(x) - x) / gammaBelow20(a)
  return Math.sqrt(a / (2 * Math.PI)) * Math.exp(-stirlingRemainder(a) - deviance(a, x))
}

/**
 * The regularised incomplete gamma functions: `lower` P(a, x) and `upper` Q(a, x) = 1 − P(a, x), each computed where it
 * is the small one so that far tails keep their digits.
 *
 * Power series below x = a + 1 (DLMF 8.7.1), continued fraction by the modified Lentz method above it (DLMF 8.9.2).
 * @param a shape, > 0
 * @param x ≥ 0
 * Accuracy: about 1e-14 relative, 1e-13 beyond 1e-100. Cost: tens of terms, about √a for large a.
 */
export function incompleteGamma(a: number, x: number): { lower: number; upper: number } {
  if (!(a > 0) || !(x >= 0)) throw new RangeError(`incompleteGamma(${a}, ${x}): needs a > 0 and x >= 0`)
  if (x === 0) return { lower: 0, upper: 1 }
  if (x === Number.POSITIVE_INFINITY) return { lower: 1, upper: 0 }
  const kernel = gammaKernel(a, x)
  if (x < a + 1) {
    let term = 1 / a
    let sum = term
    for (let k = 1; term > sum * EPSILON; k++) {
      term *= x / (a + k)
      sum += term
    }
    const lower = Math.min(1, kernel * sum)
    return { lower, upper: 1 - lower }
  }
  let b = x + 1 - a
  let c = 1 / TINY
  let d = 1 / b
  let fraction = d
  for (let k = 1; k < 100_000; k++) {
    const numerator = -k * (k - a)
    b += 2
    d = numerator * d + b
    if (Math.abs(d) < TINY) d = TINY
    c = b + numerator / c
    if (Math.abs(c) < TINY) c = TINY
    d = 1 / d
    const step = d * c
    fraction *= step
    if (Math.abs(step - 1) <= 2 * EPSILON) break
  }
  const upper = Math.min(1, kernel * fraction)
  return { lower: 1 - upper, upper }
}
