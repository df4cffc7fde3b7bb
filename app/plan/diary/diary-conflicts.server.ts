import { people } from '../../identity/index.server.ts'
import type { Read } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import { addMs, DAY_MS, type Instant, localDateOf, momentInWords } from '../../platform/time.ts'
import { conflictsOf, conflictWords, type DiaryConflict } from './conflicts.ts'
import { entriesBetween } from './entry-queries.server.ts'
import { loadDiary } from './load-diary.server.ts'

/** Visits ahead that can no longer be as they are, by time. */
async function diaryConflicts(
  db: Read,
  clinicId: ClinicId,
  from: Instant,
  days = 120,
): Promise<DiaryConflict[]> {
  const facts = await loadDiary(db, clinicId, from)
  return conflictsOf(facts, await entriesBetween(db, clinicId, from, addMs(from, days * DAY_MS)))
}

/** Such a visit as a line of a list. */
export type ConflictRow = {
  readonly id: string
  readonly when: string
  readonly who: string
  readonly what: string
  readonly why: string
  /** Where it is moved or cancelled. */
  readonly href: string
  readonly dayHref: string
}

/** Visits ahead that no longer fit, in words. Whoever shows them audits that they were read. */
export async function conflictRows(
  db: Read,
  clinicId: ClinicId,
  timeZone: string,
  at: Instant,
): Promise<ConflictRow[]> {
  const conflicts = await diaryConflicts(db, clinicId, at)
  if (conflicts.length === 0) return []
  const names = new Map((await people(db, clinicId)).map((p) => [p.id, p.displayName]))
  return conflicts.map((conflict) => {
    const { entry } = conflict
    return {
      id: `${entry.id} ${conflict.reason} ${conflict.name ?? ''}`,
      when: momentInWords(entry.startsAt, timeZone),
      who: names.get(entry.personId) ?? 'unknown',
      what: entry.sessionNumber ? `${entry.typeName}, session ${entry.sessionNumber}` : entry.typeName,
      why: conflictWords(conflict),
      href: `/work/appointments/${entry.id}`,
      dayHref: `/work/schedule?day=${localDateOf(entry.startsAt, timeZone)}`,
    }
  })
}
