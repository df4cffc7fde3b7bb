import { kaplanMeier, survivalAt, wilsonInterval } from '@evenkeel/outcome-statistics'
import { disclosedDays, discloseParts, isSmall } from '../../platform/disclosure.ts'
import { isGroupTold } from '../../platform/disclosure-groups.ts'
import { discloseTable } from '../../platform/disclosure-table.ts'
import { POINT_DAY } from '../dataset/definition.ts'
import type { PointState } from '../dataset/outcome-row.ts'

/** Days at which a published curve may be read at all; in between it says nothing. */
export const CURVE_DAYS = [30, 60, POINT_DAY] as const

/** Weeks up to day 90, in the order of the columns. */
export const WEEK_STATES = ['no-use', 'use', 'missing'] as const
export const NOTED = ['nausea', 'distress', 'stopped-early'] as const
export type Noted = (typeof NOTED)[number]

/** People of one batch, each in one place. Not for publication. */
export type BatchCounts = {
  /** First use seen in days 1 to 30, 31 to 60, 61 to 90; by what the week up to day 90 says. */
  readonly used: readonly Readonly<Record<PointState, number>>[]
  /** No use seen, and no answer any more after days 0 to 30, 31 to 60, 61 to 83. Their week is missing. */
  readonly lost: readonly number[]
  /** No use seen, and answered in the week up to day 90 or later. */
  readonly followed: Readonly<Record<Exclude<PointState, 'use'>, number>>
  /** People in whom it was noted in at least one session up to day 90. */
  readonly noted: Readonly<Record<Noted, number>>
}

/** First use and the week up to day 90 of some people: every sum of 0 or of ten people at least. */
export type CourseFigures = {
  readonly people: number
  /** Ascending, some of `CURVE_DAYS`, always with day 90. */
  readonly days: readonly number[]
  /** Between each of `days` and the one before it. */
  readonly used: readonly number[]
  readonly lost: readonly number[]
  readonly followed: number
  readonly week: Readonly<Record<PointState, number>>
}

/** In how many of some people something was noted. */
type NotedFigures = { readonly people: number; readonly count: number }

/** A figure that is shown whole, and how many batches of people it is about, from the first on. */
type Shown<Figures> = Figures & { readonly batches: number }

/** Batches added up as far as they may be published. null: too few people so far. Stored as JSON. */
export type PublicFigures = {
  readonly people: number
  readonly course: Shown<CourseFigures> | null
  readonly noted: Readonly<Record<Noted, Shown<NotedFigures> | null>>
}

/**
 * What may be published of batches of different people, oldest first; each later release appends one.
 *
 * A figure is shown whole or not at all. People of whom it cannot be shown yet wait and are counted together with those of the next
 * batches, until it can be shown of all who wait; then that sum joins what was shown before. So between any two releases a figure either stays as
 * it was or grows by a group of which it might have been published alone, and earlier people are never counted anew.
 */
export function publicFigures(batches: readonly BatchCounts[]): PublicFigures {
  return {
    people: total(batches.map(peopleOf)),
    course: shownInTurn(batches, disclosedCourse, addCourses),
    noted: byName(NOTED, (what) =>
      shownInTurn(
        batches,
        (waiting) => disclosedNoted(waiting.noted[what], peopleOf(waiting)),
        (a, b) => ({ people: a.people + b.people, count: a.count + b.count }),
      ),
    ),
  }
}

function shownInTurn<Figures>(
  batches: readonly BatchCounts[],
  disclose: (waiting: BatchCounts) => Figures | null,
  add: (a: Figures, b: Figures) => Figures,
): Shown<Figures> | null {
  let shown: Shown<Figures> | null = null
  let waiting: BatchCounts | undefined
  for (const [at, batch] of batches.entries()) {
    waiting = waiting ? countedTogether(waiting, batch) : batch
    const told = disclose(waiting)
    if (told === null) continue
    shown = { ...(shown ? add(shown, told) : told), batches: at + 1 }
    waiting = undefined
  }
  return shown
}

/**
 * First use and the week up to day 90 are one table whose cells are not shown, so that no difference of two figures tells one of
 * them: who used that week had also used before.
 */
function disclosedCourse(counts: BatchCounts): CourseFigures | null {
  return disclosedOn(daysThatHold(counts), counts) ?? disclosedOn([POINT_DAY], counts)
}

function daysThatHold({ used, lost }: BatchCounts): number[] {
  const series = [used.map(peopleIn), lost].map((parts) => {
    const sums = parts.map((_, at) => total(parts.slice(0, at + 1)))
    return { counts: sums.slice(0, -1), end: sums.at(-1)! }
  })
  return [...disclosedDays(series).map((at) => CURVE_DAYS[at]!), POINT_DAY]
}

function disclosedOn(days: readonly number[], { used, lost, followed }: BatchCounts): CourseFigures | null {
  const rows = [
    ...between(days, CURVE_DAYS, used).map((parts) =>
      WEEK_STATES.map((state) => total(parts.map((part) => part[state]))),
    ),
    ...between(days, CURVE_DAYS, lost).map((parts) => [0, 0, total(parts)]),
    [followed['no-use'], 0, followed.missing],
  ]
  const columns = WEEK_STATES.map((_, column) => total(rows.map((row) => row[column]!)))
  // What would be withheld for itself needs no search for what else must be.
  if ([...rows.map(total), ...columns].some(isSmall)) return null
  const mayBe = (row: number, column: number) =>
    row < days.length || WEEK_STATES[column] === 'missing' || (row === rows.length - 1 && column === 0)
  const impossible = (row: number, column: number) => !mayBe(row, column)
  if (anyGroupTold(rows, impossible)) return null
  const told = discloseTable(rows, { cells: 'withheld', impossible })
  const sums = told.rows.filter((sum) => sum !== undefined)
  const weeks = told.columns.filter((sum) => sum !== undefined)
  if (told.total === undefined || sums.length < rows.length || weeks.length < WEEK_STATES.length) return null
  return {
    people: told.total,
    days,
    used: sums.slice(0, days.length),
    lost: sums.slice(days.length, -1),
    followed: sums.at(-1)!,
    week: byName(WEEK_STATES, (_, at) => weeks[at]!),
  }
}

/** Any of the rows by any of the columns: "used in the first 30 or the last 30 days, and was heard from in that week". */
function anyGroupTold(
  rows: readonly (readonly number[])[],
  impossible: (row: number, column: number) => boolean,
): boolean {
  const has = (set: number, at: number) => ((set >> at) & 1) === 1
  for (let some = 1; some < 2 ** rows.length; some++) {
    for (let weeks = 1; weeks < 2 ** WEEK_STATES.length; weeks++) {
      if (isGroupTold(rows, impossible, (row, column) => has(some, row) && has(weeks, column))) return true
    }
  }
  return false
}

function disclosedNoted(count: number, people: number): NotedFigures | null {
  const { total: all, parts } = discloseParts([count, people - count])
  return all === undefined || parts.includes(undefined) ? null : { people, count }
}

function addCourses(a: CourseFigures, b: CourseFigures): CourseFigures {
  const days = a.days.filter((day) => b.days.includes(day))
  const added = (part: (one: CourseFigures) => readonly number[]) => {
    const [first, second] = [a, b].map((one) => between(days, one.days, part(one)).map(total))
    return first!.map((value, at) => value + second![at]!)
  }
  return {
    people: a.people + b.people,
    days,
    used: added(({ used }) => used),
    lost: added(({ lost }) => lost),
    followed: a.followed + b.followed,
    week: byName(WEEK_STATES, (state) => a.week[state] + b.week[state]),
  }
}

/** Parts that end on certain days, sorted between coarser days. */
function between<Part>(days: readonly number[], ends: readonly number[], parts: readonly Part[]): Part[][] {
  return days.map((day, at) =>
    parts.filter((_, part) => ends[part]! <= day && ends[part]! > (days[at - 1] ?? 0)),
  )
}

function countedTogether(a: BatchCounts, b: BatchCounts): BatchCounts {
  return {
    used: a.used.map((states, at) => byName(WEEK_STATES, (state) => states[state] + b.used[at]![state])),
    lost: a.lost.map((people, at) => people + b.lost[at]!),
    followed: byName(['no-use', 'missing'], (state) => a.followed[state] + b.followed[state]),
    noted: byName(NOTED, (what) => a.noted[what] + b.noted[what]),
  }
}

/** How many people a batch holds. */
export function peopleOf({ used, lost, followed }: BatchCounts): number {
  return total([...used.map(peopleIn), ...lost, followed['no-use'], followed.missing])
}

export type CurvePoint = {
  readonly day: number
  /** Since the day shown before. */
  readonly used: number
  readonly lost: number
  /** Still followed and without use seen, at the end of the day. */
  readonly left: number
  /** 0 to 1. */
  readonly notYetUsed: number
  readonly limits: { readonly lower: number; readonly upper: number } | null
}

/**
 * The published curve, worked out from the published counts alone: whoever has the page could do it, and learns
 * nothing more. Those lost between two days count as followed for half of the time (life table).
 */
export function publishedCurve({ people, days, used, lost, followed }: CourseFigures): CurvePoint[] {
  const rows: { time: number; event: 0 | 1; weight: number }[] = [
    { time: POINT_DAY, event: 0, weight: followed },
  ]
  for (const [at, day] of days.entries()) {
    rows.push(
      { time: day, event: 1, weight: used[at]! },
      { time: days[at - 1] ?? 0, event: 0, weight: lost[at]! / 2 },
      { time: day, event: 0, weight: lost[at]! / 2 },
    )
  }
  const counted = rows.filter(({ weight }) => weight > 0)
  const curve = kaplanMeier({
    time: Float64Array.from(counted, ({ time }) => time),
    event: Uint8Array.from(counted, ({ event }) => event),
    weight: Float64Array.from(counted, ({ weight }) => weight),
  })
  // Weights and times are made above: only a defect of ours could make them senseless.
  if (!curve.ok) throw new Error(`the published curve was refused: ${curve.reason}`)
  const at = survivalAt(curve, days)
  let left = people
  return days.map((day, i) => {
    left -= used[i]! + lost[i]!
    return {
      day,
      used: used[i]!,
      lost: lost[i]!,
      left,
      notYetUsed: at.survival[i]!,
      limits: at.bandKnown[i] ? { lower: at.lower[i]!, upper: at.upper[i]! } : null,
    }
  })
}

export type MissingCountedAs = 'use' | 'left-out' | 'no-use'

export type PublishedShare = {
  readonly missing: MissingCountedAs
  readonly count: number
  readonly of: number
  readonly share: number
  readonly lower: number
  readonly upper: number
}

/**
 * The share without use in the week up to day 90, missing counted in three ways, with Wilson's 95 % interval; a way of which nobody is
 * left is left out.
 */
export function publishedShares({ people, week }: CourseFigures): PublishedShare[] {
  const ways: readonly [MissingCountedAs, number, number][] = [
    ['use', week['no-use'], people],
    ['left-out', week['no-use'], people - week.missing],
    ['no-use', people - week.use, people],
  ]
  return ways.flatMap(([missing, count, of]) => {
    const interval = wilsonInterval(count, of)
    if (!interval.ok) return []
    const { proportion: share, lower, upper } = interval
    return [{ missing, count, of, share, lower, upper }]
  })
}

const total = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)
const peopleIn = (states: Readonly<Record<PointState, number>>) =>
  total(WEEK_STATES.map((state) => states[state]))

function byName<Name extends string, Value>(
  names: readonly Name[],
  value: (name: Name, at: number) => Value,
): Record<Name, Value> {
  return Object.fromEntries(names.map((name, at) => [name, value(name, at)])) as Record<Name, Value>
}
