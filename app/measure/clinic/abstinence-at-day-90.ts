import { wilsonInterval } from '@evenkeel/outcome-statistics'
import { discloseParts } from '../../platform/disclosure.ts'
import { FEWEST_FOR_A_CURVE } from '../dataset/definition.ts'
import type { PointState } from '../dataset/outcome-row.ts'

/** How many people are in each state at a point day. */
type StateCounts = Readonly<Record<PointState, number>>

const STATES = ['no-use', 'use', 'missing'] as const
const peopleIn = (counts: StateCounts) => STATES.reduce((sum, state) => sum + counts[state], 0)

export type MissingCountedAs = 'use' | 'left-out' | 'no-use'

export type PointShare = {
  readonly missing: MissingCountedAs
  readonly count: number
  readonly of: number
  readonly share: number
  readonly lower: number
  readonly upper: number
}

/** The share without use at day 90 with Wilson's 95 % interval, with missing counted in three ways; none without people. */
export function sharesAtDay90(counts: StateCounts): PointShare[] {
  const { 'no-use': noUse, missing } = counts
  const people = peopleIn(counts)
  const ways: [MissingCountedAs, number, number][] = [
    ['use', noUse, people],
    ['left-out', noUse, people - missing],
    ['no-use', noUse + missing, people],
  ]
  return ways.flatMap(([way, of, n]) => {
    const interval = wilsonInterval(of, n)
    if (!interval.ok) return []
    return [
      {
        missing: way,
        count: of,
        of: n,
        share: interval.proportion,
        lower: interval.lower,
        upper: interval.upper,
      },
    ]
  })
}

/** A share as it may be shown: undefined where it would tell a small count. */
export type ShownShare = { readonly missing: MissingCountedAs; readonly shown: PointShare | undefined }

/**
 * The shares as they may leave; undefined with fewer than ten people. A share with its denominator is a count in other words, so each is
 * withheld together with the counts it would give away: as use tells those without use, left out tells the missing too,
 * as no use tells those with use.
 */
export function shownSharesAtDay90(counts: StateCounts): ShownShare[] | undefined {
  if (peopleIn(counts) < FEWEST_FOR_A_CURVE) return undefined
  const [noUse, use, missing] = discloseParts(STATES.map((state) => counts[state])).parts
  const mayShow: Readonly<Record<MissingCountedAs, boolean>> = {
    use: noUse !== undefined,
    'left-out': noUse !== undefined && missing !== undefined,
    'no-use': use !== undefined,
  }
  return sharesAtDay90(counts).map((share) => ({
    missing: share.missing,
    shown: mayShow[share.missing] ? share : undefined,
  }))
}
