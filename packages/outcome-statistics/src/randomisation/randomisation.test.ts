import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Allocated, minimise } from './minimisation.ts'
import { blockFacts, permutedBlocks, type RandomSource } from './permuted-blocks.ts'
import { coinTossImbalance } from './simple-randomisation.ts'

/** A small generator for tests only (a linear congruence, Numerical Recipes). */
function seeded(seed: number): RandomSource {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

describe('permutedBlocks', () => {
  it('has every arm equally often after each block, whatever the draws', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 2, max: 4 }),
        fc.integer({ min: 1, max: 3 }),
        (seed, arms, each) => {
          const size = arms * each
          const list = permutedBlocks({ arms, blockSizes: [size], people: 5 * size }, seeded(seed))
          if (!list.ok) throw new Error(list.reason)
          for (let block = 0; block < 5; block++) {
            const part = list.arm.subarray(block * size, (block + 1) * size)
            for (let arm = 0; arm < arms; arm++) expect(part.filter((a) => a === arm)).toHaveLength(each)
          }
        },
      ),
    )
  })

  it('is the same list for the same seed, and cut where the people end', () => {
    const plan = { arms: 2, blockSizes: [4, 6], people: 25 }
    const one = permutedBlocks(plan, seeded(7))
    expect(one).toEqual(permutedBlocks(plan, seeded(7)))
    expect(one).not.toEqual(permutedBlocks(plan, seeded(8)))
    expect(one.ok && one.arm).toHaveLength(25)
  })

  it('draws each of the six blocks of four about as often', () => {
    const seen = new Map<string, number>()
    const random = seeded(42)
    for (let i = 0; i < 6000; i++) {
      const list = permutedBlocks({ arms: 2, blockSizes: [4], people: 4 }, random)
      const key = list.ok ? list.arm.join('') : ''
      seen.set(key, (seen.get(key) ?? 0) + 1)
    }
    expect(seen.size).toBe(6)
    for (const count of seen.values()) expect(Math.abs(count - 1000)).toBeLessThan(130)
  })

  it('refuses by name', () => {
    expect(permutedBlocks({ arms: 2, blockSizes: [3], people: 4 }, seeded(1))).toMatchObject({
      reason: 'block-not-a-multiple',
    })
    expect(permutedBlocks({ arms: 1, blockSizes: [2], people: 4 }, seeded(1))).toMatchObject({
      reason: 'not-a-count',
    })
  })
})

describe('blockFacts', () => {
  it('blocks of two by hand: half of the first, all of the second', () => {
    expect(blockFacts(2, 2)).toMatchObject({ blocks: 2, expectedCorrectGuesses: 1.5, maxImbalance: 1 })
  })

  it('four people: guessing every block by hand gives the same mean', () => {
    const all = ['0011', '0101', '0110', '1001', '1010', '1100']
    let right = 0
    for (const block of all) {
      const due = [2, 2]
      for (const letter of block) {
        const arm = Number(letter)
        if (due[0] === due[1]) right += 0.5
        else if (due[arm]! > due[1 - arm]!) right += 1
        due[arm]!--
      }
    }
    const facts = blockFacts(4, 2)
    expect(facts.ok && facts.expectedCorrectGuesses).toBeCloseTo(right / 6, 14)
  })

  it('refuses by name', () => {
    expect(blockFacts(5, 2)).toMatchObject({ reason: 'block-not-a-multiple' })
    expect(blockFacts(66, 2)).toMatchObject({ reason: 'too-many-states' })
  })
})

describe('coinTossImbalance', () => {
  it('two people by hand: together with probability one half', () => {
    const two = coinTossImbalance(2)
    expect(two.ok && two.meanDifference).toBeCloseTo(1, 14)
    expect(coinTossImbalance(0)).toMatchObject({ reason: 'not-a-count' })
    expect(coinTossImbalance(10, 0.5)).toMatchObject({ reason: 'out-of-range' })
  })
})

describe('minimise', () => {
  const before: Allocated[] = [
    { levels: ['F', 'A'], arm: 0 },
    { levels: ['F', 'B'], arm: 0 },
    { levels: ['M', 'A'], arm: 1 },
  ]

  it('by hand: a woman at site A', () => {
    // Women 2:0, site A 1:1. To arm 0: 3 + 1; to arm 1: 1 + 1.
    expect(minimise(['F', 'A'], before)).toEqual({
      ok: true,
      imbalance: Float64Array.of(4, 2),
      preferred: 1,
      allocated: 1,
    })
  })

  it('does not mind in which order the others came', () => {
    expect(minimise(['F', 'A'], [...before].reverse())).toEqual(minimise(['F', 'A'], before))
  })

  it('weights a factor, and a weight of 2 is the factor twice', () => {
    const twice = before.map(({ levels, arm }) => ({ levels: [levels[0]!, ...levels], arm }))
    expect(minimise(['F', 'A'], before, { weights: [2, 1] })).toEqual(minimise(['F', 'F', 'A'], twice))
  })

  it('draws only when asked, by the source handed in', () => {
    expect(minimise(['F', 'A'], before, { probabilityOfBest: 0.8 })).toMatchObject({ reason: 'needs-random' })
    const other = minimise(['F', 'A'], before, { probabilityOfBest: 0.8, random: () => 0.9 })
    expect(other).toMatchObject({ preferred: 1, allocated: 0 })
    const best = minimise(['F', 'A'], before, { probabilityOfBest: 0.8, random: () => 0.1 })
    expect(best).toMatchObject({ preferred: 1, allocated: 1 })
    expect(minimise(['M'], [], { ties: 'random' })).toMatchObject({ reason: 'needs-random' })
    expect(minimise(['M'], [], { arms: 3, ties: 'random', random: () => 0.99 })).toMatchObject({
      preferred: null,
      allocated: 2,
    })
    expect(minimise(['M'], [])).toMatchObject({ preferred: null, allocated: 0 })
  })

  it('refuses by name', () => {
    expect(minimise(['F'], before)).toEqual({ ok: false, reason: 'levels-differ', row: 0 })
    expect(minimise(['F', 'A'], [{ levels: ['F', 'A'], arm: 2 }])).toMatchObject({ reason: 'not-an-arm' })
    expect(minimise(['F', 'A'], before, { probabilityOfBest: 0.3 })).toMatchObject({ reason: 'out-of-range' })
    expect(minimise(['F', 'A'], before, { weights: [1] })).toMatchObject({ reason: 'out-of-range' })
  })
})
