import { wilsonInterval } from '@evenkeel/outcome-statistics'
import { discloseParts } from '../platform/disclosure.ts'
import type { PersonId } from '../platform/ids.ts'
import { daysBetween } from '../platform/time.ts'
import { FEWEST_FOR_A_CURVE, POINT_DAY, POINT_WINDOW_DAYS } from './definitions.ts'
import type { OutcomeFacts } from './time-to-first-use.ts'

export type PointRow = { readonly personId: PersonId; readonly state: 'no-use' | 'use' | 'missing' }

/** What is known of each person in the week up to day 90, for those whose day 90 has passed. */
export function statesAtDay90({ today, firstDoses, checkIns }: OutcomeFacts): PointRow[] {
  const start = new Map(firstDoses.map(({ personId, day }) => [personId, day]))
  const states = new Map<PersonId, 'no-use' | 'use'>()
  for (const { personId, forDate, used } of checkIns) {
    const from = start.get(personId)
    if (from === undefined || used === 'unknown') continue
    const day = daysBetween(from, forDate)
    if (day <= POINT_DAY - POINT_WINDOW_DAYS || day > POINT_DAY) continue
    if (used === 'yes') states.set(personId, 'use')
    else if (!states.has(personId)) states.set(personId, 'no-use')
  }
  return firstDoses
    .filter(({ day }) => daysBetween(day, today) > POINT_DAY)
    .map(({ personId }) => ({ personId, state: states.get(personId) ?? 'missing' }))
}

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
export function sharesAtDay90(rows: readonly PointRow[]): PointShare[] {
  const count = (state: PointRow['state']) => rows.filter((row) => row.state === state).length
  const noUse = count('no-use')
  const missing = count('missing')
  const ways: [MissingCountedAs, number, number][] = [
    ['use', noUse, rows.length],
    ['left-out', noUse, rows.length - missing],
    ['no-use', noUse + missing, rows.length],
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
export function shownSharesAtDay90(rows: readonly PointRow[]): ShownShare[] | undefined {
  if (rows.length < FEWEST_FOR_A_CURVE) return undefined
  const states = ['no-use', 'use', 'missing'] as const
  const [noUse, use, missing] = discloseParts(
    states.map((state) => rows.filter((row) => row.state === state).length),
  ).parts
  const mayShow: Readonly<Record<MissingCountedAs, boolean>> = {
    use: noUse !== undefined,
    'left-out': noUse !== undefined && missing !== undefined,
    'no-use': use !== undefined,
  }
  return sharesAtDay90(rows).map((share) => ({
    missing: share.missing,
    shown: mayShow[share.missing] ? share : undefined,
  }))
}
