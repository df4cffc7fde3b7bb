import type { Read } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import { addMs, HOUR_MS, type Instant, localDateOf, MINUTE_MS, msBetween } from '../../platform/time.ts'
import type { DiaryEntry } from '../diary/diary-entry.ts'
import { loadDiary } from '../diary/load-diary.server.ts'
import { asItIs } from '../diary/move-appointment.server.ts'
import { spacingOfPlan } from '../diary/plan-spacing.server.ts'
import { nextFreeStarts } from '../diary/take-visits.server.ts'
import { planById } from '../plan-queries.server.ts'
import { NOTICE_HOURS } from './change-rules.ts'

const MOST_OFFERED = 12
const MOST_A_DAY = 3
/** Quarters of an hour looked through. */
const LOOKED_THROUGH = 600

/**
 * Times to which somebody may move a visit: free with the same people and place, inside the spacing of their treatment,
 * far enough ahead; a few a day, so that a person can choose.
 */
export async function freeTimesFor(
  db: Read,
  clinicId: ClinicId,
  entry: DiaryEntry,
  at: Instant,
): Promise<Instant[]> {
  const from = addMs(at, NOTICE_HOURS * HOUR_MS)
  const facts = await loadDiary(db, clinicId, at)
  const { timeZone } = facts.clinic
  const type = facts.types.find((t) => t.code === entry.typeCode)
  if (!type) return []
  const starts = await nextFreeStarts(
    db,
    facts,
    {
      ...asItIs(entry),
      id: entry.id,
      personId: entry.personId,
      type,
      startsAt: from,
      lengthMin: Math.round(msBetween(entry.startsAt, entry.endsAt) / MINUTE_MS),
    },
    LOOKED_THROUGH,
  )
  const keeps = await spacingOf(db, clinicId, entry, timeZone)
  const perDay = new Map<string, number>()
  const offered: Instant[] = []
  for (const start of starts) {
    const day = localDateOf(start, timeZone)
    const count = perDay.get(day) ?? 0
    // Not each quarter of one morning: an hour apart.
    const near = offered.at(-1)
    if (start === entry.startsAt || count >= MOST_A_DAY || !keeps(start)) continue
    if (near && msBetween(near, start) < HOUR_MS) continue
    perDay.set(day, count + 1)
    offered.push(start)
    if (offered.length === MOST_OFFERED) break
  }
  return offered
}

/** Whether a start keeps the days to the other sessions and to doses given; true for a visit that is no session of a plan. */
export async function spacingOf(
  db: Read,
  clinicId: ClinicId,
  entry: Pick<DiaryEntry, 'id' | 'planId' | 'sessionNumber'>,
  timeZone: string,
): Promise<(start: Instant) => boolean> {
  const { planId, sessionNumber } = entry
  const plan = planId && sessionNumber !== undefined ? await planById(db, clinicId, planId) : undefined
  if (!plan || sessionNumber === undefined) return () => true
  const judge = await spacingOfPlan(db, clinicId, plan, timeZone)
  return (startsAt) => judge([{ sessionNumber, startsAt }]) === undefined
}
