import type { Read } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import { addMs, DAY_MS, type Instant } from '../../platform/time.ts'
import { conflictsOf, type DiaryConflict } from './conflicts.ts'
import { entriesBetween } from './entry-queries.server.ts'
import { loadDiary } from './load-diary.server.ts'

/** Visits ahead that can no longer be as they are, by time. */
export async function diaryConflicts(
  db: Read,
  clinicId: ClinicId,
  from: Instant,
  days = 120,
): Promise<DiaryConflict[]> {
  const facts = await loadDiary(db, clinicId, from)
  return conflictsOf(facts, await entriesBetween(db, clinicId, from, addMs(from, days * DAY_MS)))
}
