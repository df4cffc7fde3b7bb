import { describe, expect, it } from 'vitest'
import { parseLocalDate } from '../../platform/time.ts'
import { releaseSequence } from './release-sequence.ts'

const QUARTERS = [
  ['2026-01-01', '2026-03-31'],
  ['2026-04-01', '2026-06-30'],
  ['2026-07-01', '2026-09-30'],
] as const
/** "2:1" is release 2 of the first quarter; "2:1-3" of the first to the third; with an "x" it was withdrawn. */
function release(words: string) {
  const [, number, from, to = from] = /^(\d+):(\d)(?:-(\d))?/.exec(words)!
  return {
    number: Number(number),
    added: {
      from: parseLocalDate(QUARTERS[Number(from) - 1]![0]),
      to: parseLocalDate(QUARTERS[Number(to) - 1]![1]),
    },
    withdrawn: words.endsWith('x') || undefined,
  }
}

describe('which releases stand, newest quarters first, and which is corrected next', () => {
  it.each([
    ['', [], undefined],
    ['1:1', [1], undefined],
    ['1:1 2:2', [2, 1], undefined],
    ['1:1 2:2x', [1], 2],
    ['1:1x 2:2x', [], 1],
    ['1:1x 2:2x 3:1', [3], 2],
    ['1:1x 2:2x 3:1 4:2', [4, 3], undefined],
    ['1:1 2:2x 3:2x', [1], 3],
    // The second try held two quarters, since too few were left.
    ['1:1 2:2x 3:2-3x', [1], 3],
    ['1:1 2:2x 3:2-3', [3, 1], undefined],
    ['1:1 2:2x 3:3', [3, 1], undefined],
  ] as const)('of "%s": %j, then %s', (words, standing, next) => {
    for (const all of [words.split(' '), words.split(' ').toReversed()]) {
      const found = releaseSequence(all.filter(Boolean).map(release))
      expect(found.standing.map(({ number }) => number)).toEqual(standing)
      expect(found.toCorrect?.number).toBe(next)
    }
  })
})
