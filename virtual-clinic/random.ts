/** Chance from a seed: the same seed gives the same clinic on any machine. */
export type Random = {
  /** Uniform in [0, 1). */
  next(): number
  /** Uniform integer from `low` to `high`, both included. */
  integer(low: number, high: number): number
  /** True with probability `p`. */
  chance(p: number): boolean
  /** Standard normal. */
  normal(): number
  pick<T>(list: readonly T[]): T
  /** A source of its own, so that one person's life does not change when another's does. */
  fork(label: number): Random
}

/** mulberry32 (public domain, T. Ettinger): 32 bits of state, plenty for inventing people. */
export function seededRandom(seed: number): Random {
  let state = seed | 0
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    integer: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (p) => next() < p,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    pick: (list) => list[Math.floor(next() * list.length)]!,
    fork: (label) => seededRandom(Math.imul(seed ^ 0x9e3779b9, label + 0x85ebca6b)),
  }
}
