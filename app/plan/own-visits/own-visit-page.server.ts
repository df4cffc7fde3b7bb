import type { Read } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import { addMs, DAY_MS, HOUR_MS, type Instant, MINUTE_MS, msBetween } from '../../platform/time.ts'
import { LOOK_AHEAD_DAYS } from '../diary/calendar.ts'
import type { DiaryEntry } from '../diary/diary-entry.ts'
import { loadDiary } from '../diary/load-diary.server.ts'
import { asItIs } from '../diary/move-appointment.server.ts'
import { factsForRoute } from '../diary/needs-by-route.ts'
import { spacingOfPlan } from '../diary/plan-spacing.server.ts'
import { routeOfVisit } from '../diary/session-rules.ts'
import { LOOKED_THROUGH, nextFreeStarts } from '../diary/take-visits.server.ts'
import { planById } from '../plan-queries.server.ts'
import { NOTICE_HOURS } from './change-rules.ts'
import { offeredTimes } from './offered-times.ts'

/**
 * Every time to which somebody may move a visit: free with the same people and place, on a quarter of an hour, inside the
 * spacing of their treatment, far enough ahead, and in the four weeks around the present time of the visit.
 */
export async function allowedStarts(
  db: Read,
  clinicId: ClinicId,
  entry: DiaryEntry,
  at: Instant,
): Promise<Instant[]> {
  const soonest = addMs(at, NOTICE_HOURS * HOUR_MS)
  const around = addMs(entry.startsAt, (-LOOK_AHEAD_DAYS / 2) * DAY_MS)
  const route = await routeOfVisit(db, clinicId, entry)
  const facts = factsForRoute(await loadDiary(db, clinicId, at), route)
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
      startsAt: around > soonest ? around : soonest,
      lengthMin: Math.round(msBetween(entry.startsAt, entry.endsAt) / MINUTE_MS),
    },
    LOOKED_THROUGH,
  )
  const keeps = await spacingOf(db, clinicId, entry, facts.clinic.timeZone)
  return starts.filter((start) => start !== entry.startsAt && keeps(start))
}

/** Some of the allowed times, so that a person can choose (`offeredTimes`). */
export async function freeTimesFor(
  db: Read,
  clinicId: ClinicId,
  entry: DiaryEntry,
  at: Instant,
): Promise<Instant[]> {
  const { timeZone } = (await loadDiary(db, clinicId, at)).clinic
  return offeredTimes(await allowedStarts(db, clinicId, entry, at), entry.startsAt, timeZone)
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
