import { disclosedDays, isSmall } from '../../platform/disclosure.ts'

/** The only days at which strict figures tell a time to an event. */
export const STRICT_DAYS = [30, 90, 180, 365] as const

/** People who share a day and what happened on it; 0: nothing, they are followed no further. */
export type DatedCount = { readonly days: number; readonly what: number; readonly people: number }

/**
 * Of figures by day, those that may stand beside each other: the people of one are among those of another, so between any
 * two nobody or at least ten people differ. The day that is also told alone elsewhere comes first, then the others in order.
 *
 * @returns the figures kept, in their order
 */
export function daysApart<Point extends { readonly day: number }>(
  points: readonly Point[],
  peopleOf: (point: Point) => number,
  first: number,
): Point[] {
  const kept: Point[] = []
  for (const point of [...points].sort((a, b) => Number(b.day === first) - Number(a.day === first))) {
    if (kept.every((other) => !isSmall(Math.abs(peopleOf(other) - peopleOf(point))))) kept.push(point)
  }
  return points.filter((point) => kept.includes(point))
}

export type StrictRows = {
  /** Every day is one of those shown, or 0: whatever is computed of these rows tells no more than the counts at those days. */
  readonly rows: readonly DatedCount[]
  /** Days that may be shown, ascending. */
  readonly shown: readonly number[]
}

/**
 * Rows of a time to one of several events, made as coarse as they may be told: events move to the next day shown, and who
 * is followed no further stops counting on the day shown before (the darker of the two ways). Between two days shown, and
 * after the last, nobody or at least ten people had each event and nobody or at least ten were lost.
 *
 * @param whats the events, by number; 0 (followed no further) is always looked at
 * @returns undefined when no day may be shown, or nobody or everybody had the events
 * @example strictRows([{ days: 40, what: 1, people: 1 }, { days: 365, what: 0, people: 49 }], [1]) // undefined: one event
 */
export function strictRows(counts: readonly DatedCount[], whats: readonly number[]): StrictRows | undefined {
  const sum = (one: (count: DatedCount) => boolean) =>
    counts.reduce((people, count) => (one(count) ? people + count.people : people), 0)
  // A last day counts whoever is followed through it as still there.
  const by = (what: number, day: number) =>
    sum((count) => count.what === what && (what === 0 ? count.days < day : count.days <= day))
  const series = [0, ...whats].map((what) => ({
    counts: STRICT_DAYS.map((day) => by(what, day)),
    end: sum((count) => count.what === what),
  }))
  // Where everybody had an event, the last day tells it of each of them.
  if (series.some(({ end }) => isSmall(end)) || series[0]!.end === 0) return undefined
  const shown = disclosedDays(series)
    .map((at) => STRICT_DAYS[at]!)
    .filter((day) => whats.every((what) => by(what, day) > 0))
  const last = shown.at(-1)
  if (last === undefined) return undefined
  const rows = counts.map((count) => {
    if (count.what === 0) return { ...count, days: shown.findLast((day) => day <= count.days) ?? 0 }
    const days = shown.find((day) => count.days <= day)
    return days === undefined ? { ...count, days: last, what: 0 } : { ...count, days }
  })
  return { rows, shown }
}
