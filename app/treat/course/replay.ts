import { byBedsideTime, foldSession } from '../session/session.ts'
import type { SessionEvent } from '../session/session-event.ts'

/** A session as a stretch of minutes one can move along: minute 0 is the start of the infusion, or the first entry. */
export type ReplaySpan = {
  readonly zeroMs: number
  /** Whole minutes that hold every entry. */
  readonly firstMinute: number
  readonly lastMinute: number
  /** The minutes of the entries, each once, ascending; at each of them its entry has just been made. */
  readonly stops: readonly number[]
}

/** To a hundredth of a minute and never before the entry itself. */
function stopOf(atMs: number, zeroMs: number): number {
  return Math.ceil((atMs - zeroMs) / 600) / 100
}

/** The stretch of a log; undefined while nothing is recorded. */
export function replaySpan(events: readonly SessionEvent[]): ReplaySpan | undefined {
  const [first] = [...events].sort(byBedsideTime)
  if (!first) return undefined
  const zeroMs = Date.parse(foldSession(events).dose?.startedAt ?? first.at)
  const stops = [...new Set(events.map(({ at }) => stopOf(Date.parse(at), zeroMs)))].sort((a, b) => a - b)
  return {
    zeroMs,
    firstMinute: Math.floor(stops[0]!),
    lastMinute: Math.max(Math.ceil(stops.at(-1)!), Math.floor(stops[0]!) + 1),
    stops,
  }
}

/** The minute of an entry on a span. */
export function stopOfEvent(event: SessionEvent, { zeroMs }: ReplaySpan): number {
  return stopOf(Date.parse(event.at), zeroMs)
}

/** The instant of a minute, as the log writes instants. */
export function instantOfMinute({ zeroMs }: ReplaySpan, minute: number) {
  return new Date(zeroMs + Math.round(minute * 60_000)).toISOString()
}

/** The nearest entries before and after a minute, and the one that was the newest at it. */
export function stopsAround(
  { stops }: ReplaySpan,
  minute: number,
): {
  readonly previous: number | undefined
  readonly current: number | undefined
  readonly next: number | undefined
} {
  return {
    previous: stops.findLast((stop) => stop < minute),
    current: stops.findLast((stop) => stop <= minute),
    next: stops.find((stop) => stop > minute),
  }
}

/** A minute kept on the span. */
export function withinSpan({ firstMinute, lastMinute }: ReplaySpan, minute: number): number {
  return Math.min(lastMinute, Math.max(firstMinute, minute))
}

/**
 * The minute an address or a form asks for.
 *
 * @param text as typed, with a point or a comma; nothing asks for the start
 * @returns a message for what is no minute of this session; the start is then shown
 */
export function minuteAsked(
  text: string | null,
  span: ReplaySpan,
): { readonly minute: number; readonly problem: string | undefined } {
  const start = withinSpan(span, 0)
  if (text === null || text.trim() === '') return { minute: start, problem: undefined }
  // A typed minus may be the typographic one.
  const minute = Number(text.trim().replace(',', '.').replace('−', '-'))
  const { firstMinute, lastMinute } = span
  if (Number.isFinite(minute) && minute >= firstMinute && minute <= lastMinute) {
    return { minute, problem: undefined }
  }
  return {
    minute: start,
    problem: `Write a minute from ${firstMinute} to ${lastMinute}.`.replaceAll('-', '−'),
  }
}
