import type { SessionEvent } from '../session/session-event.ts'

/**
 * One log out of several tellings of it: by the page, by the live line (without words), by what this tablet sent and by
 * what it kept. Each event once; what the server stored goes before what the tablet only assumed, and words known from
 * one telling complete another.
 */
export function joinLogs(...logs: readonly (readonly SessionEvent[])[]): readonly SessionEvent[] {
  const joined = new Map<string, SessionEvent>()
  for (const event of logs.flat()) {
    const before = joined.get(event.id)
    if (!before) {
      joined.set(event.id, event)
      continue
    }
    const [better, other] = before.receivedAt || !event.receivedAt ? [before, event] : [event, before]
    if (better.words || !other.words) joined.set(event.id, better)
    else joined.set(event.id, { ...better, words: other.words } as SessionEvent)
  }
  return [...joined.values()]
}
