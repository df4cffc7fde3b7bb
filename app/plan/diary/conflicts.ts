import { atWork, withinHours } from './calendar.ts'
import type { DiaryEntry } from './diary-entry.ts'
import type { DiaryFacts } from './diary-facts.ts'

/** Why a booked visit can no longer be as it is. */
export type ConflictReason =
  | 'closed'
  | 'leave'
  | 'not-working'
  | 'prescriber-away'
  | 'no-prescriber-known'
  | 'place-retired'

export type DiaryConflict = {
  readonly entry: DiaryEntry
  readonly reason: ConflictReason
  /** Whom it is about, when it is about somebody. */
  readonly name: string | undefined
}

/**
 * Booked visits that what was entered since no longer allows: leave, other hours, a closed day, a room out of use; and
 * visits that need a prescriber in the house of whom nothing is known. Nothing is refused or moved by itself: each is work
 * for a person, until it is moved or cancelled.
 *
 * @param entries live entries
 */
export function conflictsOf(facts: DiaryFacts, entries: readonly DiaryEntry[]): DiaryConflict[] {
  const { timeZone } = facts.clinic
  return entries.flatMap((entry) => {
    if (entry.cancelledAt) return []
    const found: DiaryConflict[] = []
    const say = (reason: ConflictReason, name?: string) => found.push({ entry, reason, name })
    if (withinHours({ ...facts.clinic, closures: facts.closures }, entry.startsAt, entry.endsAt) === 'closed')
      say('closed')
    for (const { membershipId, name } of entry.staff) {
      const answer = atWork(facts, membershipId, entry.startsAt, entry.endsAt, timeZone)
      if (answer === 'leave' || answer === 'not-working') say(answer, name)
    }
    const needed = facts.types.find((t) => t.code === entry.typeCode)?.needs.prescriberOnSite
    if (entry.onSite) {
      const answer = atWork(facts, entry.onSite.membershipId, entry.startsAt, entry.endsAt, timeZone)
      if (answer !== 'yes') say('prescriber-away', entry.onSite.name)
    } else if (needed) say('no-prescriber-known')
    const { place } = entry
    const retired =
      place?.kind === 'chair'
        ? facts.chairs.find((c) => c.id === place.id)?.retired
        : place && facts.rooms.find((r) => r.id === place.id)?.retired
    if (retired) say('place-retired')
    return found
  })
}

const WORDS: Readonly<Record<ConflictReason, (name: string | undefined) => string>> = {
  closed: () => 'The clinic is closed then.',
  leave: (name) => `${name} is away.`,
  'not-working': (name) => `${name} does not work then.`,
  'prescriber-away': (name) => `${name}, who was to be in the house, is not.`,
  'no-prescriber-known': () => 'Nobody knows which prescriber is in the house.',
  'place-retired': () => 'The room or chair is no longer used.',
}

export function conflictWords({ reason, name }: DiaryConflict): string {
  return WORDS[reason](name)
}
