import { normalUpperTail } from '../distributions.ts'

/** Nodes and weights of the eight-point Gauss–Legendre rule on −1 to 1 (positive half). */
const NODES = [0.1834346424956498, 0.525532409916329, 0.7966664774136267, 0.9602898564975363]
const WEIGHTS = [0.362683783378362, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763]

/** Beyond so many standard deviations of the walk nothing is left to integrate (1e-23). */
const REACH = 10

/**
 * Where a Brownian walk with drift stands at one look, among the courses that have not been stopped: the value at each
 * node times the node's weight.
 */
export type Standing = {
  readonly time: number
  readonly at: Float64Array
  readonly mass: Float64Array
}

/** Nobody has looked yet: the walk stands at 0. */
export const atStart: Standing = { time: 0, at: Float64Array.of(0), mass: Float64Array.of(1) }

/**
 * The probability that the standardised walk is above a limit at the next look.
 *
 * @param standing where the walk stands after the look before
 * @param time information of the next look, more than `standing.time`
 * @param limit of the standardised walk
 * @param drift mean of the walk at information 1
 */
export function probabilityAbove(standing: Standing, time: number, limit: number, drift: number): number {
  const passed = time - standing.time
  const spread = Math.sqrt(passed)
  const reached = limit * Math.sqrt(time) - drift * passed
  let probability = 0
  for (let i = 0; i < standing.at.length; i++) {
    probability += standing.mass[i]! * normalUpperTail((reached - standing.at[i]!) / spread)
  }
  return probability
}

/** The probability that it is below minus that limit. Arguments as `probabilityAbove`. */
export function probabilityBelow(standing: Standing, time: number, limit: number, drift: number): number {
  const mirrored = { ...standing, at: standing.at.map((x) => -x) }
  return probabilityAbove(mirrored, time, limit, -drift)
}

/**
 * Carries the walk on to the next look and keeps the courses that are not stopped there.
 *
 * Armitage, McPherson & Rowe's recursion (J R Stat Soc A 1969;132:235) with Gauss–Legendre panels no wider than the
 * steps of the walk before and after, which leaves errors near 1e-13.
 * @param next how far the look after this one is away, which sets how fine the panels must be
 */
export function carriedOn(
  standing: Standing,
  time: number,
  critical: number,
  sided: 1 | 2,
  drift: number,
  next: number,
): Standing {
  const passed = time - standing.time
  const root = Math.sqrt(time)
  const mean = drift * time
  const high = Math.min(critical * root, mean + REACH * root)
  const low = Math.max(sided === 2 ? -critical * root : Number.NEGATIVE_INFINITY, mean - REACH * root)
  if (!(high > low)) return { time, at: new Float64Array(0), mass: new Float64Array(0) }
  const panels = Math.ceil((high - low) / Math.sqrt(Math.min(passed, next)))
  const half = (high - low) / panels / 2
  const at = new Float64Array(panels * 8)
  const mass = new Float64Array(panels * 8)
  const scale = 1 / Math.sqrt(2 * Math.PI * passed)
  let node = 0
  for (let panel = 0; panel < panels; panel++) {
    const middle = low + (2 * panel + 1) * half
    for (let k = 0; k < 8; k++) {
      const x = middle + half * (k < 4 ? -NODES[k]! : NODES[k - 4]!)
      let density = 0
      for (let i = 0; i < standing.at.length; i++) {
        const step = x - standing.at[i]! - drift * passed
        density += standing.mass[i]! * Math.exp((-step * step) / (2 * passed))
      }
      at[node] = x
      mass[node] = density * scale * half * WEIGHTS[k % 4]!
      node++
    }
  }
  return { time, at, mass }
}
