import { type Refusal, refuse } from '../refusal.ts'
import type { RandomSource } from './permuted-blocks.ts'

/** Somebody already allocated: the level of each factor, in the same order for all, and the arm. */
export type Allocated = { readonly levels: readonly string[]; readonly arm: number }

export type Minimised = {
  readonly ok: true
  /** Total imbalance that allocation to each arm would leave, weighted over the factors. */
  readonly imbalance: Float64Array
  /** The arm with the least imbalance, null when several have it. */
  readonly preferred: number | null
  readonly allocated: number
}

export type MinimisationOptions = {
  /** How many arms, 2 unless told. */
  readonly arms?: number
  /** Probability of the preferred arm, 1 unless told; the other arms share the rest. */
  readonly probabilityOfBest?: number
  /** What to do when several arms are equally good: the first of them, or one drawn. */
  readonly ties?: 'first' | 'random'
  /** Weight of each factor, all 1 unless told. */
  readonly weights?: readonly number[]
  /** Needed when something is drawn. */
  readonly random?: RandomSource
}

/**
 * Allocates the next person so that the arms stay alike in every factor, given everybody allocated before.
 *
 * For each arm: if the person went there, how far would the largest and the smallest arm differ among the people who
 * share the person's level, summed over the factors.
 * @param levels the person's level of each factor
 * @param before everybody allocated so far
 * @returns the imbalances and the arm, or a refusal: `levels-differ` in number (row = the person of `before`),
 * `not-an-arm`, `out-of-range`, `needs-random`
 * Source: Pocock & Simon, Biometrics 1975;31:103 (range as measure); Taves, Clin Pharmacol Ther 1974;15:443.
 * Cost: one pass of everybody allocated.
 * @example minimise(['F', 'site A'], [{ levels: ['F', 'site B'], arm: 0 }]) // arm 1
 */
export function minimise(
  levels: readonly string[],
  before: readonly Allocated[],
  options: MinimisationOptions = {},
): Minimised | Refusal<'levels-differ' | 'not-an-arm' | 'out-of-range' | 'needs-random'> {
  const { arms = 2, probabilityOfBest = 1, ties = 'first', weights = levels.map(() => 1), random } = options
  if (!Number.isSafeInteger(arms) || arms < 2) return refuse('not-an-arm')
  if (!(probabilityOfBest >= 1 / arms && probabilityOfBest <= 1)) return refuse('out-of-range')
  if (weights.length !== levels.length || weights.some((weight) => !(weight >= 0 && weight < Infinity))) {
    return refuse('out-of-range')
  }
  const counts = levels.map(() => new Float64Array(arms))
  for (const [row, person] of before.entries()) {
    if (person.levels.length !== levels.length) return refuse('levels-differ', row)
    if (!(person.arm >= 0 && person.arm < arms && Number.isSafeInteger(person.arm)))
      return refuse('not-an-arm', row)
    for (let factor = 0; factor < levels.length; factor++) {
      if (person.levels[factor] === levels[factor]) counts[factor]![person.arm]!++
    }
  }
  const imbalance = Float64Array.from({ length: arms }, (_, arm) =>
    counts.reduce((sum, count, factor) => {
      const after = count.slice()
      after[arm]!++
      return sum + weights[factor]! * (Math.max(...after) - Math.min(...after))
    }, 0),
  )
  const least = Math.min(...imbalance)
  const best = [...imbalance.keys()].filter((arm) => imbalance[arm] === least)
  const drawsTie = best.length > 1 && ties === 'random'
  const drawsArm = best.length < arms && probabilityOfBest < 1
  if ((drawsTie || drawsArm) && !random) return refuse('needs-random')
  const others = [...imbalance.keys()].filter((arm) => imbalance[arm] !== least)
  const from = drawsArm && random!() >= probabilityOfBest ? others : best
  // Among arms that are not the best there is no first one to prefer: one is drawn.
  const place =
    drawsTie || from === others ? Math.min(from.length - 1, Math.floor(random!() * from.length)) : 0
  return { ok: true, imbalance, preferred: best.length === 1 ? best[0]! : null, allocated: from[place]! }
}
