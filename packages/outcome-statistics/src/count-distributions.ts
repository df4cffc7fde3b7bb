import { betaKernel, incompleteBeta } from './incomplete-beta.ts'
import { gammaKernel, incompleteGamma } from './incomplete-gamma.ts'

function checkBinomial(k: number, n: number, p: number): void {
  if (!(Number.isSafeInteger(k) && Number.isSafeInteger(n) && n >= 0 && p >= 0 && p <= 1)) {
    throw new RangeError(`binomial at ${k} of ${n} with p ${p}: needs whole k, n >= 0 and 0 <= p <= 1`)
  }
}

/**
 * P(X = k) for a binomial variable: k of n, each with probability p.
 *
 * @param k whole number
 * @param n whole number, ≥ 0
 * @param p from 0 to 1
 * @throws RangeError for other arguments
 * Source: Loader, Fast and accurate computation of binomial probabilities, 2000.
 * @example binomialProbability(2, 4, 0.5) // 0.375
 */
export function binomialProbability(k: number, n: number, p: number): number {
  checkBinomial(k, n, p)
  if (k < 0 || k > n) return 0
  if (p === 0) return k === 0 ? 1 : 0
  if (p === 1) return k === n ? 1 : 0
  if (k === 0) return Math.exp(n * Math.log1p(-p))
  if (k === n) return Math.exp(n * Math.log(p))
  return (betaKernel(k, n - k, p, 1 - p) / k / (n - k)) * n
}

/** P(X ≤ k) for a binomial variable, with full digits where it is small. Arguments as `binomialProbability`. */
export function binomialLowerTail(k: number, n: number, p: number): number {
  checkBinomial(k, n, p)
  if (k < 0) return 0
  if (k >= n) return 1
  return incompleteBeta(n - k, k + 1, 1 - p, p).lower
}

/**
 * P(X > k) for a binomial variable (strictly more than k), with full digits where it is small. Arguments as
 * `binomialProbability`.
 * @example binomialUpperTail(2, 4, 0.5) // 0.3125
 */
export function binomialUpperTail(k: number, n: number, p: number): number {
  checkBinomial(k, n, p)
  if (k < 0) return 1
  if (k >= n) return 0
  return incompleteBeta(k + 1, n - k, p, 1 - p).lower
}

function checkPoisson(k: number, mean: number): void {
  if (!(Number.isSafeInteger(k) && mean >= 0 && mean < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`Poisson at ${k} with mean ${mean}: needs whole k and mean >= 0`)
  }
}

/**
 * P(X = k) for a Poisson variable.
 *
 * @param k whole number
 * @param mean ≥ 0
 * @throws RangeError for other arguments
 * @example poissonProbability(0, 2) // e^−2
 */
export function poissonProbability(k: number, mean: number): number {
  checkPoisson(k, mean)
  if (k < 0) return 0
  if (k === 0) return Math.exp(-mean)
  return mean === 0 ? 0 : gammaKernel(k, mean) / k
}

/** P(X ≤ k) for a Poisson variable, with full digits where it is small. Arguments as `poissonProbability`. */
export function poissonLowerTail(k: number, mean: number): number {
  checkPoisson(k, mean)
  return k < 0 ? 0 : incompleteGamma(k + 1, mean).upper
}

/** P(X > k) for a Poisson variable (strictly more than k), with full digits where it is small. */
export function poissonUpperTail(k: number, mean: number): number {
  checkPoisson(k, mean)
  return k < 0 ? 1 : incompleteGamma(k + 1, mean).lower
}

/** Draws without replacement: `drawn` from a bag of `marked` marked and `unmarked` other people. */
export type Bag = { readonly marked: number; readonly unmarked: number; readonly drawn: number }

/**
 * P(X = k) for a hypergeometric variable: k marked among those drawn. The probabilities of Fisher's exact test.
 *
 * @param k whole number
 * @param bag whole numbers ≥ 0, `drawn` at most `marked + unmarked`
 * @throws RangeError for other arguments
 * Source: as a ratio of three binomial probabilities (Loader 2000), which needs no factorials.
 * @example hypergeometricProbability(3, { marked: 10, unmarked: 20, drawn: 8 }) // 0.3179
 */
export function hypergeometricProbability(k: number, bag: Bag): number {
  const { marked, unmarked, drawn } = bag
  const all = marked + unmarked
  if (![k, marked, unmarked, drawn].every(Number.isSafeInteger) || marked < 0 || unmarked < 0) {
    throw new RangeError('hypergeometric: needs whole numbers, marked and unmarked >= 0')
  }
  if (drawn < 0 || drawn > all) throw new RangeError(`hypergeometric: cannot draw ${drawn} of ${all}`)
  if (k < Math.max(0, drawn - unmarked) || k > Math.min(marked, drawn)) return 0
  if (all === 0) return 1
  const p = drawn / all
  return (
    (binomialProbability(k, marked, p) * binomialProbability(drawn - k, unmarked, p)) /
    binomialProbability(drawn, all, p)
  )
}

/**
 * P(X ≤ k) and P(X > k) for a hypergeometric variable, each summed from its own end outwards, so both keep their digits.
 * Cost: one multiplication a possible value. Arguments as `hypergeometricProbability`.
 */
export function hypergeometricTails(k: number, bag: Bag): { lower: number; upper: number } {
  const { marked, unmarked, drawn } = bag
  const last = Math.min(marked, drawn)
  const first = Math.max(0, drawn - unmarked)
  if (k < first) return { lower: 0, upper: 1 }
  if (k >= last) return { lower: 1, upper: 0 }
  let lower = 0
  let term = hypergeometricProbability(k, bag)
  for (let x = k; x >= first && term > lower * 2 ** -60; x--) {
    lower += term
    term *= (x / (marked - x + 1)) * ((unmarked - drawn + x) / (drawn - x + 1))
  }
  let upper = 0
  term = hypergeometricProbability(k + 1, bag)
  for (let x = k + 1; x <= last && term > upper * 2 ** -60; x++) {
    upper += term
    term *= ((marked - x) / (x + 1)) * ((drawn - x) / (unmarked - drawn + x + 1))
  }
  return lower < upper ? { lower, upper: 1 - lower } : { lower: 1 - upper, upper }
}

function checkNegativeBinomial(k: number, size: number, mean: number): void {
  if (!(Number.isSafeInteger(k) && size > 0 && mean >= 0 && mean < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`negative binomial at ${k}: needs whole k, size ${size} > 0 and mean ${mean} >= 0`)
  }
}

/**
 * P(X = k) for a negative binomial variable given by mean and size: counts more spread than Poisson's, variance
 * mean + mean² / size.
 *
 * @param k whole number
 * @param size > 0, also called theta; large values come near Poisson's distribution
 * @param mean ≥ 0
 * @throws RangeError for other arguments
 * @example negativeBinomialProbability(0, 2.5, 12) // 0.0123
 */
export function negativeBinomialProbability(k: number, size: number, mean: number): number {
  checkNegativeBinomial(k, size, mean)
  if (k < 0) return 0
  if (k === 0) return Math.exp(-size * Math.log1p(mean / size))
  return mean === 0 ? 0 : betaKernel(size, k, size / (size + mean), mean / (size + mean)) / k
}

/** P(X ≤ k) and P(X > k) for a negative binomial variable. Arguments as `negativeBinomialProbability`. */
export function negativeBinomialTails(
  k: number,
  size: number,
  mean: number,
): { lower: number; upper: number } {
  checkNegativeBinomial(k, size, mean)
  if (k < 0) return { lower: 0, upper: 1 }
  return incompleteBeta(size, k + 1, size / (size + mean), mean / (size + mean))
}
