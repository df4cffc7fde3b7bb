import { abstinenceWithMissing, type KnownAbstinence, wilsonInterval } from '@evenkeel/outcome-statistics'
import { discloseParts, SMALLEST_SHOWN } from '../../platform/disclosure.ts'
import type { PointState } from '../dataset/outcome-row.ts'

/** People in each state at a point day. */
export type StateCounts = Readonly<Record<PointState, number>>

/** What becomes of the missing when their last known state is carried on. */
export type CarriedCounts = { readonly noUse: number; readonly use: number }

export type MissingWay = 'as-use' | 'left-out' | 'carried-forward' | 'as-no-use'

export type ShownShare = {
  readonly way: MissingWay
  /** Withheld where it would tell a small count. */
  readonly shown:
    | {
        readonly count: number
        readonly of: number
        readonly share: number
        readonly lower: number
        readonly upper: number
      }
    | undefined
}

export type MissingShares = {
  readonly people: number | undefined
  readonly missing: number | undefined
  readonly ways: readonly ShownShare[]
}

/**
 * The share without use with the missing counted in several ways, each with Wilson's 95 % interval, as far as it may be
 * shown; undefined with fewer than ten people.
 *
 * A share with its denominator is a count in other words, so each is withheld together with the counts it would give
 * away: as use tells those without use; left out tells the missing too; carried forward tells how many of the missing were
 * carried; as no use tells those with use, and stands only beside as use.
 *
 * @param counts of everybody whose day has passed
 * @param options.carried of the missing; left out when there is no earlier day to carry from
 * @param options.adverse what is counted is not wished for: then as use is the brightest way and as no use the darkest
 * @param options.strict for who does not treat people here: nothing unless each of the three counts is ten or more
 */
export function missingShares(
  counts: StateCounts,
  {
    carried,
    adverse = false,
    strict = false,
  }: {
    readonly carried?: CarriedCounts | undefined
    readonly adverse?: boolean | undefined
    readonly strict?: boolean | undefined
  } = {},
): MissingShares | undefined {
  const { 'no-use': noUse, use, missing } = counts
  const people = noUse + use + missing
  if (people < SMALLEST_SHOWN) return undefined
  if (strict && Math.min(noUse, use, missing) < SMALLEST_SHOWN) return undefined
  const [shownNoUse, shownUse, shownMissing] = discloseParts([noUse, use, missing]).parts
  const share = (way: MissingWay, count: number, of: number, mayShow: boolean): ShownShare => {
    const interval = wilsonInterval(count, of)
    return {
      way,
      shown:
        mayShow && interval.ok
          ? { count, of, share: interval.proportion, lower: interval.lower, upper: interval.upper }
          : undefined,
    }
  }
  // The brightest way of counting never stands without the darkest.
  const bothShown = shownNoUse !== undefined && shownUse !== undefined
  const ways = [
    share('as-use', noUse, people, shownNoUse !== undefined && (!adverse || bothShown)),
    share('left-out', noUse, people - missing, shownNoUse !== undefined && shownMissing !== undefined),
    share('as-no-use', people - use, people, shownUse !== undefined && (adverse || bothShown)),
  ]
  if (carried) {
    // With the share as use beside it this one tells how many were carried over; the other parts guard the rest.
    const parts = [noUse, carried.noUse, use, carried.use, missing - carried.noUse - carried.use]
    const [first, second] = discloseParts(parts).parts
    const mayShow = first !== undefined && second !== undefined
    ways.splice(2, 0, share('carried-forward', noUse + carried.noUse, people, mayShow))
  }
  return { people, missing: shownMissing, ways }
}

/** How many times the odds of use the missing may have had. */
const ODDS_OF_USE = [1, 2, 5, 10] as const

export type OddsShare = {
  readonly oddsOfUse: number
  readonly share: number
  readonly lower: number
  readonly upper: number
}

/**
 * The share without use if the missing had so many times the odds of use of those who answered; none where the shares it
 * rests on may not be shown.
 */
export function sharesByOdds(counts: StateCounts, strict = false): readonly OddsShare[] {
  const shares = missingShares(counts, { strict })
  if (!shares?.ways.every(({ shown }) => shown)) return []
  const known: KnownAbstinence = {
    n: counts['no-use'] + counts.use + counts.missing,
    abstinent: counts['no-use'],
    complete: counts['no-use'] + counts.use,
    used: counts.use,
  }
  return ODDS_OF_USE.flatMap((oddsOfUse) => {
    const found = abstinenceWithMissing(known, { kind: 'informative', odds: 1 / oddsOfUse })
    return found.ok ? [{ oddsOfUse, share: found.proportion, lower: found.lower, upper: found.upper }] : []
  })
}
