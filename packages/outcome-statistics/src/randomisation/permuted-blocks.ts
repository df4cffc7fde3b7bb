import { type Refusal, refuse } from '../refusal.ts'

/** A source of numbers from 0 up to, not including, 1. Handed in, so that a list can be made again from its seed. */
export type RandomSource = () => number

/**
 * An allocation list in permuted blocks: within each block every arm comes equally often, in random order.
 *
 * @param plan.arms how many arms, ≥ 2; the answer numbers them from 0
 * @param plan.blockSizes sizes a block may have, each a multiple of `arms`; more than one size makes the end of a block
 * harder to guess
 * @param plan.people how many allocations
 * @param random source of randomness, called once a block (when sizes vary) and once a person
 * @returns one arm a person, or a refusal: `not-a-count`, `block-not-a-multiple`
 * Source: Zelen, J Chronic Dis 1974;27:365; shuffling by Fisher and Yates. Cost: one draw a person.
 * @example permutedBlocks({ arms: 2, blockSizes: [4, 6], people: 100 }, random)
 */
export function permutedBlocks(
  plan: { readonly arms: number; readonly blockSizes: readonly number[]; readonly people: number },
  random: RandomSource,
): { readonly ok: true; readonly arm: Uint8Array } | Refusal<'not-a-count' | 'block-not-a-multiple'> {
  const { arms, blockSizes, people } = plan
  if (!Number.isSafeInteger(arms) || arms < 2 || arms > 255 || !Number.isSafeInteger(people) || people < 0) {
    return refuse('not-a-count')
  }
  if (blockSizes.length === 0 || blockSizes.some((size) => !(size > 0) || size % arms !== 0)) {
    return refuse('block-not-a-multiple')
  }
  const arm = new Uint8Array(people)
  for (let done = 0; done < people; ) {
    const size = blockSizes.length === 1 ? blockSizes[0]! : blockSizes[draw(random, blockSizes.length)]!
    const block = Uint8Array.from({ length: size }, (_, i) => i % arms)
    for (let last = size - 1; last > 0; last--) {
      const chosen = draw(random, last + 1)
      const kept = block[last]!
      block[last] = block[chosen]!
      block[chosen] = kept
    }
    const used = Math.min(size, people - done)
    arm.set(block.subarray(0, used), done)
    done += used
  }
  return { ok: true, arm }
}

/** A whole number from 0 to below `count`. */
function draw(random: RandomSource, count: number): number {
  return Math.min(count - 1, Math.floor(random() * count))
}

export type BlockFacts = {
  readonly ok: true
  /** How many different blocks there are. */
  readonly blocks: number
  /** The largest difference between two arms within a block. */
  readonly maxImbalance: number
  /** Allocations of a block that somebody guesses who knows the earlier ones and always names an arm still due most. */
  readonly expectedCorrectGuesses: number
  /** Probability that the last allocation of a block is known beforehand: always 1. */
  readonly lastPredictable: number
}

/**
 * What can be said of a permuted block before it is drawn: how many there are and how well it can be guessed by somebody
 * who sees all earlier allocations.
 *
 * @param block people in a block, a multiple of `arms`, at most 64
 * @param arms how many arms, ≥ 2, equally often
 * @returns facts, or a refusal: `block-not-a-multiple`, `too-many-states` (large blocks of many arms)
 * Source: Blackwell & Hodges, Ann Math Stat 1957;28:449 (convergence strategy), by exact recursion.
 * @example blockFacts(4, 2) // 6 blocks, 2.83 of 4 guessed
 */
export function blockFacts(
  block: number,
  arms: number,
): BlockFacts | Refusal<'block-not-a-multiple' | 'too-many-states'> {
  if (!Number.isSafeInteger(arms) || arms < 2 || !(block > 0) || block % arms !== 0) {
    return refuse('block-not-a-multiple')
  }
  const each = block / arms
  if (block > 64 || (each + 1) ** arms > 1e6) return refuse('too-many-states')
  let blocks = 1
  for (let arm = 1; arm < arms; arm++) blocks *= choose((arm + 1) * each, each)
  return {
    ok: true,
    blocks,
    maxImbalance: each,
    expectedCorrectGuesses: correctGuesses(new Array<number>(arms).fill(each), new Map()),
    lastPredictable: 1,
  }
}

/** n over k, exact while it fits a double. */
function choose(n: number, k: number): number {
  let value = 1
  for (let i = 1; i <= k; i++) value = (value * (n - k + i)) / i
  return Math.round(value)
}

/** Expected right guesses when `due` allocations of each arm are left; ties are guessed with equal chances. */
function correctGuesses(due: readonly number[], known: Map<string, number>): number {
  const left = due.reduce((sum, count) => sum + count, 0)
  if (left === 0) return 0
  const state = [...due].sort((a, b) => b - a)
  const key = state.join()
  const before = known.get(key)
  if (before !== undefined) return before
  const most = state[0]!
  // Whichever of the tied arms is named, it comes with the chance most / left.
  let expected = most / left
  state.forEach((count, arm) => {
    if (count === 0) return
    const next = state.with(arm, count - 1)
    expected += (count / left) * correctGuesses(next, known)
  })
  known.set(key, expected)
  return expected
}
