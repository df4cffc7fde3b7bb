import type { SessionEvent } from '../session/session-event.ts'

/** The page's clock ticks twice a second; a busy browser misses one. */
const TICK_AT_MOST_MS = 1_000

/**
 * The time a bedside page goes by. Its clock ticks, and the server's own runs ahead of the last tick: what was written since
 * then has happened all the same, so the page's time is never before the newest entry. By a tick at most: an entry with a wrong
 * time moves no clock.
 *
 * @param events the log as the page shows it
 * @param clockMs the server's time at the last tick, ms since 1970
 */
export function notBeforeNewest(events: readonly Pick<SessionEvent, 'at'>[], clockMs: number): number {
  return events.reduce((latest, { at }) => {
    const atMs = Date.parse(at)
    return atMs <= clockMs + TICK_AT_MOST_MS ? Math.max(latest, atMs) : latest
  }, clockMs)
}
