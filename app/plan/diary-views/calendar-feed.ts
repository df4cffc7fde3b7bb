import type { Id } from '../../platform/ids.ts'
import { DAY_MS, type Instant } from '../../platform/time.ts'
import type { DiaryEntry } from '../diary/diary-entry.ts'
import type { CalendarEvent } from './icalendar.ts'

export type FeedId = Id<'calendar-feed'>

export type FeedKind = 'staff' | 'person' | 'chair' | 'room'

export type CalendarFeed = {
  readonly id: FeedId
  readonly kind: FeedKind
  readonly subjectId: Id<string>
  readonly madeAt: Instant
  readonly revokedAt: Instant | undefined
}

/** So long a cancelled visit stays in a feed as cancelled, and a past one as it was. Our own choice. */
export const FEED_KEEPS_MS = 30 * DAY_MS

/**
 * Visits as a calendar shows them. Nothing tells what the clinic does: every event is "Appointment", the person is never
 * named, and a patient's own calendar has no place either.
 */
export function feedEvents(kind: FeedKind, entries: readonly DiaryEntry[]): CalendarEvent[] {
  return entries.map((entry) => ({
    uid: entry.id,
    sequence: entry.changes,
    startsAt: entry.startsAt,
    endsAt: entry.endsAt,
    summary: 'Appointment',
    location: kind === 'person' ? undefined : entry.place?.label,
    cancelled: entry.cancelledAt !== undefined,
    changedAt: entry.cancelledAt ?? entry.movedAt ?? entry.bookedAt,
  }))
}
