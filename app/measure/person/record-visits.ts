import { type Instant, type LocalDate, localDateOf } from '../../platform/time.ts'
import { auditInWords } from './audit-words.ts'

type Entry = {
  readonly seq: number
  readonly at: Instant
  readonly actor_kind: string
  readonly actor_id: string
  readonly roles: readonly string[]
  readonly action: string
  readonly power: string
  readonly object: string | null
}

/** One kind of reading or writing by one actor on one day. */
export type RecordVisit = {
  readonly seq: number
  readonly lastAt: Instant
  readonly actorKind: string
  readonly actorId: string
  readonly words: string
  readonly times: number
}

/**
 * Who opened or changed a record, the newest first: the same actor doing the same on the same day is one line with how
 * often. The person's own visits to their portal are left out; they are not what this list is asked for.
 *
 * @param entries of the audit about one person, newest first
 */
export function recordVisits(entries: readonly Entry[], timeZone: string, most: number): RecordVisit[] {
  const visits = new Map<string, RecordVisit & { day: LocalDate }>()
  for (const entry of entries) {
    if (entry.actor_kind === 'member' && entry.roles.every((role) => role === 'patient')) continue
    const day = localDateOf(entry.at, timeZone)
    const words = auditInWords(entry)
    const key = [entry.actor_kind, entry.actor_id, words, day].join(' ')
    const seen = visits.get(key)
    visits.set(
      key,
      seen
        ? { ...seen, times: seen.times + 1 }
        : {
            seq: entry.seq,
            lastAt: entry.at,
            actorKind: entry.actor_kind,
            actorId: entry.actor_id,
            words,
            times: 1,
            day,
          },
    )
  }
  return [...visits.values()].slice(0, most)
}
