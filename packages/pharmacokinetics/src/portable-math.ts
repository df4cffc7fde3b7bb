/**
 * Exponential and logarithm made of + − × ÷ alone. ECMAScript fixes those to the last bit (IEEE 754) but leaves
 * `Math.exp` and `Math.log` to the engine, so a seeded population would differ between browsers with them.
 */
const LOG2E = Math.LOG2E
// ln 2 in two parts: the first has trailing zeros, so k × LN2_HIGH is exact for every k met here.
const LN2_HIGH = 0.6931471803691238
const LN2_LOW = 1.9082149292705877e-10
const SMALLEST_POWER = -1074

/** 2^k for k from −1074 to 1023. */
const POWERS_OF_TWO = (() => {
  const powers = new Float64Array(1023 - SMALLEST_POWER + 1)
  let value = 1
  for (let k = 0; k <= 1023; k += 1, value *= 2) powers[k - SMALLEST_POWER] = value
  value = 1
  for (let k = 0; k >= SMALLEST_POWER; k -= 1, value /= 2) powers[k - SMALLEST_POWER] = value
  return powers
})()

/** 2^k exactly, for whole k from −1074 to 1023. */
export function powerOfTwo(k: number): number {
  return POWERS_OF_TWO[k - SMALLEST_POWER]!
}

/** Taylor polynomial of e^r for |r| ≤ ln 2 / 2, error below 4e-18 relative. Pairs first (Estrin), for speed. */
function exponentialNearZero(r: number): number {
  const r2 = r * r
  const r4 = r2 * r2
  const low = r2 * (0.5 + r * (1 / 6)) + r4 * (1 / 24 + r * (1 / 120) + r2 * (1 / 720 + r * (1 / 5040)))
  const high =
    1 / 40320 +
    r * (1 / 362880) +
    r2 * (1 / 3628800 + r * (1 / 39916800)) +
    r4 * (1 / 479001600 + r * (1 / 6227020800))
  return 1 + (r + (low + r4 * r4 * high))
}

/** e^x, within 1.5 units in the last place, the same bits in every engine. */
export function exp(x: number): number {
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY
  if (x < -745.1332191019412) return 0
  const k = Math.floor(x * LOG2E + 0.5)
  const value = exponentialNearZero(x - k * LN2_HIGH - k * LN2_LOW)
  if (k > 1023) return value * POWERS_OF_TWO[1023 - SMALLEST_POWER]! * 2
  // Below 2^-1022 the result is subnormal: the power alone might round to nothing.
  if (k < -1022)
    return value * POWERS_OF_TWO[k + 100 - SMALLEST_POWER]! * POWERS_OF_TWO[-100 - SMALLEST_POWER]!
  return value * POWERS_OF_TWO[k - SMALLEST_POWER]!
}

/** e^x − 1 without cancellation for small x. */
export function expMinusOne(x: number): number {
  if (x > 0.34 || x < -0.34) return exp(x) - 1
  let term = x
  let sum = x
  for (let n = 2; n <= 14; n += 1) {
    term *= x / n
    sum += term
  }
  return sum
}

const asDouble = new Float64Array(1)
const asWords = new Uint32Array(asDouble.buffer)
asDouble[0] = 1
/** Which 32-bit word of a double holds sign, exponent and the first 20 bits of the mantissa. */
export const HIGH_WORD = asWords[1] === 0 ? 0 : 1

/** Natural logarithm, within 1.5 units in the last place, the same bits in every engine; NaN below zero. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN
  if (x === Number.POSITIVE_INFINITY) return x
  let k = 0
  let value = x
  if (value < 2.2250738585072014e-308) {
    value *= 18014398509481984
    k = -54
  }
  asDouble[0] = value
  const high = asWords[HIGH_WORD]!
  k += (high >>> 20) - 1023
  asWords[HIGH_WORD] = (high & 0x000fffff) | 0x3ff00000
  let m = asDouble[0]!
  if (m > Math.SQRT2) {
    m *= 0.5
    k += 1
  }
  const f = m - 1
  const s = f / (2 + f)
  const s2 = s * s
  // 2 artanh(s) = f − s(f − R) with R the series below; |s| ≤ 0.172, so the next term is under 1e-17.
  let series = 2 / 21
  for (let n = 19; n >= 3; n -= 2) series = series * s2 + 2 / n
  const tail = series * s2
  return k * LN2_HIGH + (f - (s * (f - tail) - k * LN2_LOW))
}

/** base^exponent for a base above zero. */
export function power(base: number, exponent: number): number {
  return exponent === 0 || base === 1 ? 1 : exponent === 1 ? base : exp(exponent * log(base))
}

/** (1 − e^(−x)) / x, 1 at zero: the mean over a step of something that decays by x within it. */
export function meanDecay(x: number): number {
  return x === 0 ? 1 : -expMinusOne(-x) / x
}

/** (x − 1 + e^(−x)) / x², ½ at zero: the same once more, for areas under a constant input. */
export function meanOfMeanDecay(x: number): number {
  if (x > 0.5) return (x - 1 + exp(-x)) / (x * x)
  let term = 0.5
  let sum = 0.5
  for (let n = 3; n <= 18; n += 1) {
    term *= -x / n
    sum += term
  }
  return sum
}
