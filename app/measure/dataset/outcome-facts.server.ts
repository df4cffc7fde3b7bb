import { calendarDaysOfClinic, responsesOfPeople } from '../../assess/index.server.ts'
import { checkInsOfClinic } from '../../follow-up/index.server.ts'
import { planMakers } from '../../plan/index.server.ts'
import type { Read } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import { localDateOf } from '../../platform/time.ts'
import { dosedSessionsOfClinic, dosesOfClinic } from '../../treat/index.server.ts'
import { followedScores } from './followed-scores.ts'
import type { OutcomeFacts } from './outcome-course.ts'
import { type DoseFact, followedValue, type ResultFact, type SessionFact } from './result-rows.ts'

/**
 * What the slices know of everybody, in the clinic's days, for `outcomeCourses`. Everything of the clinic at once: pages
 * read the stored courses instead, which the same facts lead to in the database.
 */
export async function outcomeFacts(db: Read, clinicId: ClinicId, timeZone: string): Promise<OutcomeFacts> {
  const makers = await planMakers(db, clinicId)
  return {
    doses: (await dosesOfClinic(db, clinicId)).map(({ personId, planId, at }) => ({
      personId,
      day: localDateOf(at, timeZone),
      plannedBy: makers.get(planId) ?? null,
    })),
    checkIns: await checkInsOfClinic(db, clinicId),
    calendarDays: await calendarDaysOfClinic(db, clinicId),
  }
}

/** What `resultPairs` and `sessionRows` are made of, of everybody with a dose. */
export async function resultFacts(
  db: Read,
  clinicId: ClinicId,
  timeZone: string,
): Promise<{
  readonly doses: readonly DoseFact[]
  readonly results: readonly ResultFact[]
  readonly sessions: readonly SessionFact[]
}> {
  const doses = (await dosesOfClinic(db, clinicId)).map(({ personId, at }) => ({
    personId,
    at,
    day: localDateOf(at, timeZone),
  }))
  const scoreOf = new Map(followedScores.map((score) => [score.instrumentId, score]))
  const responses = await responsesOfPeople(
    db,
    clinicId,
    [...new Set(doses.map(({ personId }) => personId))],
    [...scoreOf.keys()],
  )
  return {
    doses,
    results: responses
      .filter(({ source }) => source !== 'form-set-aside')
      .map((response) => ({
        personId: response.personId,
        instrumentId: response.instrumentId,
        completedAt: response.completedAt,
        day: localDateOf(response.completedAt, timeZone),
        value: followedValue(response.scores, scoreOf.get(response.instrumentId)!),
        line: `${response.version} ${response.edition} ${response.recallPeriod} ${response.scoringVersion}`,
      })),
    sessions: (await dosedSessionsOfClinic(db, clinicId)).map((session) => ({
      ...session,
      day: localDateOf(session.doseStartedAt, timeZone),
    })),
  }
}
