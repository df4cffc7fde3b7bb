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
  readonly days: number
  readonly earliestDays: number
  readonly latestDays: number
}

/** Calendar days between neighbouring sessions that lie outside their window. */
export function spacingProblems(
  starts: readonly { readonly sessionNumber: number; readonly startsAt: Instant }[],
  windowBefore: WindowBefore,
  timeZone: string,
): SpacingProblem[] {
  const inOrder = [...starts].sort((a, b) => a.sessionNumber - b.sessionNumber)
  return inOrder.slice(1).flatMap((next, i) => {
    const before = inOrder[i]!
    if (next.sessionNumber !== before.sessionNumber + 1) return []
    const window = windowBefore(next.sessionNumber)
    if (!window) return []
    const days = daysBetween(localDateOf(before.startsAt, timeZone), localDateOf(next.startsAt, timeZone))
    const { earliestDays, latestDays } = window
    return days < earliestDays || days > latestDays
      ? [{ sessionNumber: next.sessionNumber, days, earliestDays, latestDays }]
      : []
  })
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
