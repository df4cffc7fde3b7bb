import { kaplanMeier, survivalAt, wilsonInterval } from '@evenkeel/outcome-statistics'
import { disclosedDays, discloseParts } from '../../platform/disclosure.ts'
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

/** A batch, or several added up, as far as it may be published. null is withheld, never 0. Stored as JSON. */
export type PublicFigures = {
  readonly people: number | null
  /** Ascending, some of `CURVE_DAYS`, always with day 90. */
  readonly days: readonly number[]
  /** Between each of `days` and the one before it. */
  readonly used: readonly (number | null)[]
  readonly lost: readonly (number | null)[]
  readonly followed: number | null
  readonly week: Readonly<Record<PointState, number | null>>
  readonly noted: Readonly<Record<Noted, number | null>>
}

/**
 * What may be published of a batch of people. First use and the week up to day 90 are one table whose cells are not shown, so that no difference of
 * two figures tells one of them: who used that week had also used before. What was noted in sessions depends on neither.
 */
export function disclosedBatch(counts: BatchCounts): PublicFigures {
  const fine = disclosedOn(daysThatHold(counts), counts)
  const whole = [...fine.used, ...fine.lost, fine.followed].every((value) => value !== null)
  return whole ? fine : disclosedOn([POINT_DAY], counts)
}

function daysThatHold({ used, lost }: BatchCounts): number[] {
  const series = [used.map(peopleIn), lost].map((parts) => {
    const sums = parts.map((_, at) => total(parts.slice(0, at + 1)))
    return { counts: sums.slice(0, -1), end: sums.at(-1)! }
  })
  return [...disclosedDays(series).map((at) => CURVE_DAYS[at]!), POINT_DAY]
}

function disclosedOn(days: readonly number[], { used, lost, followed, noted }: BatchCounts): PublicFigures {
  const between = <Part>(parts: readonly Part[]) =>
    days.map((day, at) =>
      parts.filter((_, part) => CURVE_DAYS[part]! <= day && CURVE_DAYS[part]! > (days[at - 1] ?? 0)),
    )
  const rows = [
    ...between(used).map((parts) => WEEK_STATES.map((state) => total(parts.map((part) => part[state])))),
    ...between(lost).map((parts) => [0, 0, total(parts)]),
    [followed['no-use'], 0, followed.missing],
  ]
  const mayBe = (row: number, column: number) =>
    row < days.length || WEEK_STATES[column] === 'missing' || (row === rows.length - 1 && column === 0)
  const told = discloseTable(rows, { cells: 'withheld', impossible: (row, column) => !mayBe(row, column) })
  const people = total(rows.flat())
  const said = told.rows.map(orNull)
  return {
    people: orNull(told.total),
    days,
    used: said.slice(0, days.length),
    lost: said.slice(days.length, -1),
    followed: said.at(-1)!,
    week: byName(WEEK_STATES, (_, at) => orNull(told.columns[at])),
    noted: byName(NOTED, (what) =>
      told.total === undefined ? null : orNull(discloseParts([noted[what], people - noted[what]]).parts[0]),
    ),
  }
}

/**
 * Batches of different people together. Nothing but what each batch shows is added, so two releases differ by what
 * the newer batch shows of itself, and by nothing else; what one batch withholds is withheld of all.
 */
export function addUp(batches: readonly PublicFigures[]): PublicFigures {
  const days = CURVE_DAYS.filter((day) => batches.every((batch) => batch.days.includes(day)))
  const sum = (values: readonly (number | null)[]) =>
    values.reduce<number | null>((a, b) => (a === null || b === null ? null : a + b), 0)
  const between = (part: (batch: PublicFigures) => readonly (number | null)[]) =>
    days.map((day, at) =>
      sum(
        batches.flatMap((batch) =>
          part(batch).filter((_, i) => batch.days[i]! <= day && batch.days[i]! > (days[at - 1] ?? 0)),
        ),
      ),
    )
  return {
    people: sum(batches.map((batch) => batch.people)),
    days,
    used: between((batch) => batch.used),
    lost: between((batch) => batch.lost),
    followed: sum(batches.map((batch) => batch.followed)),
    week: byName(WEEK_STATES, (state) => sum(batches.map((batch) => batch.week[state]))),
    noted: byName(NOTED, (what) => sum(batches.map((batch) => batch.noted[what]))),
  }
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
 *
 * @returns null when one of the counts is withheld
 */
export function publishedCurve({ people, days, used, lost, followed }: PublicFigures): CurvePoint[] | null {
  if (people === null || followed === null || [...used, ...lost].includes(null)) return null
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
  if (!curve.ok) return null
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
  /** null: it would tell a count that is withheld. */
  readonly shown: {
    readonly count: number
    readonly of: number
    readonly share: number
    readonly lower: number
    readonly upper: number
  } | null
}

/** The share without use in the week up to day 90, missing counted in three ways, from published counts alone; Wilson's 95 % interval. */
export function publishedShares({ people, week }: PublicFigures): PublishedShare[] {
  const { use, missing } = week
  const without = week['no-use']
  const ways: readonly [MissingCountedAs, number | null, number | null][] = [
    ['use', without, people],
    ['left-out', without, people === null || missing === null ? null : people - missing],
    // The brightest way of counting never stands without the darkest.
    ['no-use', people === null || use === null || without === null ? null : people - use, people],
  ]
  return ways.map(([way, count, of]) => {
    const interval = count === null || of === null ? undefined : wilsonInterval(count, of)
    if (!interval?.ok) return { missing: way, shown: null }
    const { n, proportion, lower, upper } = interval
    return { missing: way, shown: { count: interval.count, of: n, share: proportion, lower, upper } }
  })
}

const total = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)
const peopleIn = (states: Readonly<Record<PointState, number>>) =>
  total(WEEK_STATES.map((state) => states[state]))
const orNull = (value: number | undefined) => value ?? null

function byName<Name extends string, Value>(
  names: readonly Name[],
  value: (name: Name, at: number) => Value,
): Record<Name, Value> {
  return Object.fromEntries(names.map((name, at) => [name, value(name, at)])) as Record<Name, Value>
}
