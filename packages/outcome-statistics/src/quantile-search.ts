/** A tail probability at a point and how fast it changes there (absolute value). */
export type TailAt = { readonly tail: number; readonly slope: number }

/**
 * The u at which a monotone tail equals `target`, by Newton's method on the logarithm of the tail.
 *
 * The tails of this package are log-concave in u (the logarithm or log odds of the quantile), so Newton approaches the
 * root from one side and cannot run away; where a first step would go past the representable tails it is halved.
 * @param start u to begin at
 * @param inside a u where the tail has certainly not underflowed; the search falls back towards it
 * @param direction 1 for a tail that rises with u, −1 for one that falls
 * @param at tail and slope at u
 */
export function tailQuantile(
  start: number,
  inside: number,
  target: number,
  direction: 1 | -1,
  at: (u: number) => TailAt,
): number {
  let u = start
  let known = inside
  for (let round = 0; round < 400; round++) {
    const { tail, slope } = at(u)
    if (!(tail > 0 && slope > 0)) {
      u = (u + known) / 2
      continue
    }
    known = u
    // One e-fold at a time upwards: beyond it the tail may already have underflowed.
    const step = Math.min(1, ((direction * Math.log(target / tail)) / slope) * tail)
    u += step
    if (Math.abs(step) <= 1e-11) break
  }
  return u
}
