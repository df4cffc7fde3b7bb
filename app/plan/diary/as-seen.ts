import type { Instant } from '../../platform/time.ts'
import type { DiaryEntry } from './diary-entry.ts'

/** What of a visit somebody looked at when they decided to change it: when, where and with whom. */
export function asSeen(entry: Pick<DiaryEntry, 'startsAt' | 'place' | 'staff'>): string {
  const staff = entry.staff.map((s) => s.membershipId).sort()
  return [entry.startsAt, entry.place?.id ?? '', ...staff].join(' ')
}

/** When and where it was, out of what was seen. */
export function seenPlace(seen: string): {
  readonly startsAt: Instant
  readonly placeId: string | undefined
} {
  const [startsAt, placeId] = seen.split(' ')
  return { startsAt: (startsAt ?? '') as Instant, placeId: placeId || undefined }
}
