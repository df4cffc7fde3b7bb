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
    if (kept.every((other) => areApart(peopleOf(other), peopleOf(point)))) kept.push(point)
  }
  return points.filter((point) => kept.includes(point))
}

/** Whether nobody or at least ten people are between two counts of which one holds the other. */
export function areApart(one: number, other: number): boolean {
  return !isSmall(Math.abs(one - other))
}

export type StrictRows = {
  /** Days that may be shown, ascending. */
  readonly shown: readonly number[]
  /** For each of them, the people without any of the events who were followed through it: ten or more. */
  readonly left: readonly number[]
  /** Every day is one of those shown, or 0. Who was lost between two of them counts as followed for half of the time. */
  readonly rows: readonly DatedCount[]
  /** The same with everybody lost counted until the day shown before. */
  readonly lostBefore: readonly DatedCount[]
  /** The same with everybody lost counted until the day shown next. */
  readonly lostAfter: readonly DatedCount[]
}

/**
 * Rows of a time to one of several events, made as coarse as they may be told: events move to the next day shown, who is
 * followed no further to the days shown before and after, one half each (life table). Between two days shown, and after the
 * last, nobody or at least ten people had each event and nobody or at least ten were lost; so everything here is made of
 * counts that may be told. Somebody is followed on after every day shown.
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
  const [followed] = series
  // Where everybody had an event, the last day tells it of each of them.
  if (series.some(({ end }) => isSmall(end)) || followed!.end === 0) return undefined
  // A day on which nobody is followed on would stand at zero without an interval.
  const shown = disclosedDays(series)
    .map((at) => STRICT_DAYS[at]!)
    .filter((day) => followed!.end > by(0, day) && whats.every((what) => by(what, day) > 0))
  const last = shown.at(-1)
  if (last === undefined) return undefined
  const all = sum(() => true)
  const events: DatedCount[] = []
  const lost: { before: number; day: number; people: number }[] = []
  let left = all
  const leftAt = shown.map((day, at) => {
    const before = shown[at - 1] ?? 0
    for (const what of whats) {
      const people = by(what, day) - (at === 0 ? 0 : by(what, before))
      events.push({ days: day, what, people })
      left -= people
    }
    const people = by(0, day) - (at === 0 ? 0 : by(0, before))
    lost.push({ before, day, people })
    left -= people
    return left
  })
  const end: DatedCount = { days: last, what: 0, people: left }
  const withLost = (earlier: (people: number) => number) =>
    [
      ...events,
      ...lost.flatMap(({ before, day, people }) => [
        { days: before, what: 0, people: earlier(people) },
        { days: day, what: 0, people: people - earlier(people) },
      ]),
      end,
    ].filter(({ people }) => people > 0)
  return {
    shown,
    left: leftAt,
    // Of an odd number the one counts shorter: the darker way.
    rows: withLost((people) => Math.ceil(people / 2)),
    lostBefore: withLost((people) => people),
    lostAfter: withLost(() => 0),
  }
}
