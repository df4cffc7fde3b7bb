import { addDays, dateInWords, type Instant, localDateOf } from '../../platform/time.ts'
import type { WindowBefore } from '../diary/spacing.ts'

type Session = { readonly sessionNumber: number; readonly startsAt: Instant }

/**
 * The days on which a session may be, seen from its nearest booked neighbours, in words: "Session 2 may be 6 to 10 days
 * after session 1 (Mon 7 Dec 2026 to Fri 11 Dec 2026); other days are not offered."
 *
 * @param others the other booked sessions of the plan
 * @returns undefined where the protocol says nothing of either neighbour
 */
export function allowedDaysWords(
  sessionNumber: number,
  others: readonly Session[],
  windowBefore: WindowBefore,
  timeZone: string,
): string | undefined {
  const inOrder = [...others].sort((a, b) => a.sessionNumber - b.sessionNumber)
  const before = inOrder.filter((each) => each.sessionNumber < sessionNumber).at(-1)
  const after = inOrder.find((each) => each.sessionNumber > sessionNumber)
  const say = (from: number, to: number, other: Session, way: 1 | -1) => {
    const windows = Array.from({ length: to - from }, (_, i) => windowBefore(from + 1 + i))
    const known = windows.filter((window) => window !== undefined)
    if (known.length === 0) return []
    const fewest = known.reduce((sum, window) => sum + window.earliestDays, 0)
    const most =
      known.length === windows.length ? known.reduce((sum, window) => sum + window.latestDays, 0) : undefined
    const date = (days: number) => dateInWords(addDays(localDateOf(other.startsAt, timeZone), way * days))
    const words = `${way === 1 ? 'after' : 'before'} session ${other.sessionNumber}`
    if (most === undefined)
      return [`${fewest} days or more ${words} (${way === 1 ? 'from' : 'until'} ${date(fewest)})`]
    const [first, last] = way === 1 ? [fewest, most] : [most, fewest]
    return [`${fewest} to ${most} days ${words} (${date(first)} to ${date(last)})`]
  }
  const both = [
    ...(before ? say(before.sessionNumber, sessionNumber, before, 1) : []),
    ...(after ? say(sessionNumber, after.sessionNumber, after, -1) : []),
  ]
  if (both.length === 0) return undefined
  return `By the protocol session ${sessionNumber} may be ${both.join(' and ')}; other days are not offered.`
}
