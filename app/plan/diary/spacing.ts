import {
  addDays,
  daysBetween,
  type Instant,
  instantAt,
  type LocalDate,
  localDateOf,
} from '../../platform/time.ts'
import type { SpacingWindow } from '../protocols/protocol.ts'

/**
 * The days that may lie before a session, counted from the one before it. Undefined for the first session and where the
 * protocol says nothing: then nothing is checked, and nothing is proposed for it either.
 */
export type WindowBefore = (
  sessionNumber: number,
) => Pick<SpacingWindow, 'earliestDays' | 'targetDays' | 'latestDays'> | undefined

/**
 * Start times of a series: the same time on the clock on the day each window aims at, in the clinic's zone. Over the
 * change of clocks the wall time stays and the instant moves.
 *
 * @param sessions numbers of the sessions, ascending without gap
 * @returns one start for each session up to the first whose spacing is not known
 */
export function proposeSeries(
  first: { readonly date: LocalDate; readonly time: string },
  sessions: readonly number[],
  windowBefore: WindowBefore,
  timeZone: string,
): Instant[] {
  const starts: Instant[] = []
  let date = first.date
  for (const [i, session] of sessions.entries()) {
    if (i > 0) {
      const window = windowBefore(session)
      if (!window) break
      date = addDays(date, window.targetDays)
    }
    starts.push(instantAt(date, first.time, timeZone))
  }
  return starts
}

export type SpacingProblem = {
  readonly sessionNumber: number
  /** The nearest session before it that is booked. */
  readonly after: number
  readonly days: number
  readonly earliestDays: number
  /** Undefined where the protocol does not say it for every session between. */
  readonly latestDays: number | undefined
}

/**
 * Calendar days between each session and the nearest one before it that lie outside their windows. Where sessions
 * between them are missing (cancelled, not booked), the windows of all of them add up.
 *
 * @param starts the sessions that count, each number once
 */
export function spacingProblems(
  starts: readonly { readonly sessionNumber: number; readonly startsAt: Instant }[],
  windowBefore: WindowBefore,
  timeZone: string,
): SpacingProblem[] {
  const inOrder = [...starts].sort((a, b) => a.sessionNumber - b.sessionNumber)
  return inOrder.slice(1).flatMap((next, i) => {
    const before = inOrder[i]!
    const between = next.sessionNumber - before.sessionNumber
    const windows = Array.from({ length: between }, (_, k) => windowBefore(next.sessionNumber - k))
    const known = windows.filter((window) => window !== undefined)
    if (known.length === 0) return []
    const days = daysBetween(localDateOf(before.startsAt, timeZone), localDateOf(next.startsAt, timeZone))
    const earliestDays = known.reduce((sum, window) => sum + window.earliestDays, 0)
    const latestDays =
      known.length === between ? known.reduce((sum, window) => sum + window.latestDays, 0) : undefined
    return days < earliestDays || (latestDays !== undefined && days > latestDays)
      ? [{ sessionNumber: next.sessionNumber, after: before.sessionNumber, days, earliestDays, latestDays }]
      : []
  })
}

export type DoseProblem = {
  readonly sessionNumber: number
  readonly doseDay: LocalDate
  readonly days: number
  readonly leastDays: number
}

/**
 * The last dose that was given less than so many calendar days before a visit, by whatever plan.
 *
 * @param leastDays the fewest days the protocol allows between two sessions; undefined: nothing is checked
 */
export function doseProblem(
  visit: { readonly sessionNumber: number; readonly startsAt: Instant },
  dosedAt: readonly Instant[],
  leastDays: number | undefined,
  timeZone: string,
): DoseProblem | undefined {
  if (leastDays === undefined) return undefined
  const day = localDateOf(visit.startsAt, timeZone)
  return [...dosedAt]
    .filter((each) => each <= visit.startsAt)
    .sort((a, b) => b.localeCompare(a))
    .map((each) => localDateOf(each, timeZone))
    .map((doseDay) => ({
      sessionNumber: visit.sessionNumber,
      doseDay,
      days: daysBetween(doseDay, day),
      leastDays,
    }))
    .find(({ days }) => days < leastDays)
}

/** Dates of a recurring series ("weekly, seven times"): the same time on the clock every so many days. */
export function recurring(
  first: { readonly date: LocalDate; readonly time: string },
  times: number,
  everyDays: number,
  timeZone: string,
): Instant[] {
  return Array.from({ length: times }, (_, i) =>
    instantAt(addDays(first.date, i * everyDays), first.time, timeZone),
  )
}
