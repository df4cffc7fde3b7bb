import { log } from './portable-math.ts'

/**
 * A stream of chance that depends on a seed and a person's number alone, so people can be simulated in any order, in
 * parts or in parallel with the same result. xoshiro128** (Blackman & Vigna 2018, public domain), its four words filled
 * by the finaliser of MurmurHash3; 32-bit integer arithmetic, exact in every engine.
 */
export type Stream = { a: number; b: number; c: number; d: number }

export function emptyStream(): Stream {
  return { a: 1, b: 0, c: 0, d: 0 }
}

function mixed(value: number): number {
  let h = value | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

/** Sets a stream to the beginning of one person's chance. */
export function restart(stream: Stream, seed: number, person: number): void {
  const start = mixed(seed ^ 0x9e3779b9)
  stream.a = mixed(start + Math.imul(person, 0x9e3779b1) + 1)
  stream.b = mixed(stream.a ^ (person + 0x7f4a7c15))
  stream.c = mixed(stream.b + seed)
  stream.d = mixed(stream.c ^ 0x2545f491) | 1
}

/** 32 random bits as a signed whole number. */
export function bits(stream: Stream): number {
  const s1 = stream.b
  const times5 = Math.imul(s1, 5)
  const result = Math.imul((times5 << 7) | (times5 >>> 25), 9)
  const t = s1 << 9
  stream.c ^= stream.a
  stream.d ^= s1
  stream.b = s1 ^ stream.c
  stream.a ^= stream.d
  stream.c ^= t
  stream.d = (stream.d << 11) | (stream.d >>> 21)
  return result
}

/** Uniform in (0, 1), never 0 or 1: the middle of one of 2³² equal steps. */
export function uniform(stream: Stream): number {
  return ((bits(stream) >>> 0) + 0.5) / 4294967296
}

/** A standard normal deviate by inversion: one draw each, so streams of different models stay in step. */
export function normal(stream: Stream): number {
  return normalQuantile(uniform(stream))
}

/**
 * z with P(Z ≤ z) = p, within 1.2e-9 relative, from + − × ÷ and one square root (correctly rounded wherever JavaScript
 * runs). Source: P. J. Acklam's rational approximation (2003).
 */
export function normalQuantile(p: number): number {
  const tail = p < 0.5 ? p : 1 - p
  if (tail >= 0.02425) {
    const q = p - 0.5
    const r = q * q
    return (
      ((((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r -
        30.66479806614716) *
        r +
        2.506628277459239) *
        q) /
      (((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r -
        13.28068155288572) *
        r +
        1)
    )
  }
  const s = Math.sqrt(-2 * log(tail))
  const z =
    (((((-0.007784894002430293 * s - 0.3223964580411365) * s - 2.400758277161838) * s - 2.549732539343734) *
      s +
      4.374664141464968) *
      s +
      2.938163982698783) /
    ((((0.007784695709041462 * s + 0.3224671290700398) * s + 2.445134137142996) * s + 3.754408661907416) * s +
      1)
  return p < 0.5 ? z : -z
}
