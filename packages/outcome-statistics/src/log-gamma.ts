const HALF_LOG_TWO_PI = 0.9189385332046727
const EULER_GAMMA = 0.5772156649015329

/**
 * What is left of log Γ(a) after Stirling's (a − ½) log a − a + ½ log 2π, for every a > 0.
 *
 * Asymptotic series from a = 20 on (DLMF 5.11.1, coefficients B₂ₖ / (2k(2k − 1)), six terms are good to the last bit);
 * below that climbed down by δ(a) = δ(a + 1) + (a + ½) log(1 + 1/a) − 1, which loses nothing.
 */
export function stirlingRemainder(a: number): number {
  let climbed = a
  let sum = 0
  while (climbed < 20) {
    sum += (climbed + 0.5) * Math.log1p(1 / climbed) - 1
    climbed += 1
  }
  const r = 1 / (climbed * climbed)
  const series =
    (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r * (1 / 1188 - (r * 691) / 360360))))) / climbed
  return sum + series
}

/** ζ(k) − 1 by Euler–Maclaurin from the 64th term on. */
function zetaMinusOne(k: number): number {
  const n = 64
  let sum = n ** (1 - k) / (k - 1) + n ** -k / 2 + (k * n ** (-k - 1)) / 12
  sum -= (k * (k + 1) * (k + 2) * n ** (-k - 3)) / 720
  sum += (k * (k + 1) * (k + 2) * (k + 3) * (k + 4) * n ** (-k - 5)) / 30240
  for (let m = n - 1; m >= 2; m--) sum += m ** -k
  return sum
}

const zetaCoefficients = Float64Array.from({ length: 32 }, (_, i) => zetaMinusOne(i + 2) / (i + 2))

/** log Γ(2 + e) for |e| ≤ ½: its zero at e = 0 keeps all digits (DLMF 5.7.3). */
function logGammaAboutTwo(e: number): number {
  let sum = 0
  for (let i = zetaCoefficients.length - 1; i >= 0; i--) sum = zetaCoefficients[i]! - e * sum
  return e * (1 - EULER_GAMMA) + e * e * sum
}

/**
 * The natural logarithm of the gamma function, also near its zeros at 1 and 2 to about 1e-15 relative.
 *
 * @param x > 0
 * @throws RangeError for other x
 * Source: DLMF 5.7.3, 5.11.1. Cost: at most twenty multiplications and one logarithm.
 * @example logGamma(10) // log 362880 = 12.801827480081469
 */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`logGamma(${x}): needs x > 0`)
  if (x >= 20) return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + stirlingRemainder(x)
  if (x < 0.5) return logGammaAboutTwo(x) - Math.log1p(x) - Math.log(x)
  if (x < 1.5) return logGammaAboutTwo(x - 1) - Math.log1p(x - 1)
  let reduced = x
  let product = 1
  while (reduced >= 2.5) {
    reduced -= 1
    product *= reduced
  }
  return Math.log(product) + logGammaAboutTwo(reduced - 2)
}

/**
 * The derivative of log Γ.
 *
 * @param x > 0
 * @throws RangeError for other x
 * Source: DLMF 5.5.2, 5.11.2.
 * @example digamma(1) // −0.5772156649015329, minus Euler's constant
 */
export function digamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`digamma(${x}): needs x > 0`)
  let climbed = x
  let sum = 0
  while (climbed < 20) {
    sum -= 1 / climbed
    climbed += 1
  }
  const r = 1 / (climbed * climbed)
  const series = r * (1 / 12 - r * (1 / 120 - r * (1 / 252 - r * (1 / 240 - r * (1 / 132)))))
  return sum + Math.log(climbed) - 0.5 / climbed - series
}

/**
 * The second derivative of log Γ.
 *
 * @param x > 0
 * @throws RangeError for other x
 * Source: DLMF 5.15.
 * @example trigamma(1) // π² / 6
 */
export function trigamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`trigamma(${x}): needs x > 0`)
  let climbed = x
  let sum = 0
  while (climbed < 20) {
    sum += 1 / (climbed * climbed)
    climbed += 1
  }
  const r = 1 / (climbed * climbed)
  const series = 1 / 6 - r * (1 / 30 - r * (1 / 42 - r * (1 / 30 - r * (5 / 66))))
  return sum + (1 + 0.5 / climbed + r * series) / climbed
}
