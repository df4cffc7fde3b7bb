import {
  binomialLowerTail,
  binomialProbability,
  binomialUpperTail,
  clopperPearsonInterval,
} from '@evenkeel/outcome-statistics'
import type { ShareReading } from './share-words.ts'

/** The share the page is about. */
export const truthPercent = 65
export const mostPeople = 200

/**
 * What a count says: the exact 95 % interval (Clopper–Pearson) and, were the truth 65 of every 100, how often a group of this
 * size would show this many or fewer, this many or more, or, at just 65 %, exactly this many (binomial).
 *
 * @param count people with the outcome, a whole number from 0 to `people`
 * @param people a whole number from 1 to `mostPeople`
 * @throws RangeError for other numbers
 * @example shareReading(9, 20) // { …, lowerPercent: 23.058, upperPercent: 68.472, chance: 0.0532 }
 */
export function shareReading(count: number, people: number): ShareReading {
  if (
    !(Number.isSafeInteger(people) && people >= 1 && people <= mostPeople && count >= 0 && count <= people)
  ) {
    throw new RangeError(`${count} of ${people}: needs whole numbers, 1 to ${mostPeople} people`)
  }
  const interval = clopperPearsonInterval(count, people)
  if (!('lower' in interval)) throw new RangeError(`${count} of ${people} is no share`)
  return {
    count,
    people,
    lowerPercent: thousandths(interval.lower),
    upperPercent: thousandths(interval.upper),
    chance: chanceOf(count, people),
  }
}

/** A share as percent with three digits: words round it, and decide before they do. */
function thousandths(share: number): number {
  return Math.round(100_000 * share) / 1000
}

function chanceOf(count: number, people: number): number {
  const truth = truthPercent / 100
  if (100 * count === truthPercent * people) return binomialProbability(count, people, truth)
  return 100 * count < truthPercent * people
    ? binomialLowerTail(count, people, truth)
    : binomialUpperTail(count - 1, people, truth)
}

/** The readings of every count of a group, for the page's script: numbers parted by spaces, in the order of the counts. */
export type PackedShares = { readonly low: string; readonly high: string; readonly chance: string }

/** All readings of a group of this size. Cost: two beta quantiles a count. */
export function packedShares(people: number): PackedShares {
  const readings = Array.from({ length: people + 1 }, (_, count) => shareReading(count, people))
  return {
    low: readings.map(({ lowerPercent }) => lowerPercent).join(' '),
    high: readings.map(({ upperPercent }) => upperPercent).join(' '),
    // More digits than the words say; what is below 1 in 10,000 is said as that.
    chance: readings
      .map(({ chance }) => (chance < 1e-5 ? '0' : String(Number(chance.toPrecision(4)))))
      .join(' '),
  }
}
