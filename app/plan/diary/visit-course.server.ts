import { clinicById } from '../../identity/index.server.ts'
import type { Read } from '../../platform/database.server.ts'
import type { ClinicId, Id, PersonId } from '../../platform/ids.ts'
import { type Instant, localDateOf } from '../../platform/time.ts'
import { givenDoses } from '../orders/given-dose-queries.server.ts'
import type { AppointmentId, PlanId } from '../plan.ts'
import { begunVisits } from './begun-visit-queries.server.ts'
import type { VisitCourse } from './visit-course.ts'

type Visit = {
  readonly id: AppointmentId
  readonly personId: PersonId
  readonly planId: PlanId | undefined
  readonly sessionNumber: number | undefined
  readonly startsAt: Instant
}

export type BedsideCourse = {
  readonly course: VisitCourse
  /** The session at the bedside; undefined when none was opened. */
  readonly sessionId: Id<'dosing-session'> | undefined
  /** The person may be in the room: a session was opened and has not ended, as far as the bedside has told. */
  readonly underWay: boolean
}

/**
 * How far visits of one person have come at the bedside. A dose is the visit's when it was given in its session, or, where
 * that is not known, by the visit's plan on the visit's day, since no dose is started on another day.
 */
export async function visitCourses(
  db: Read,
  clinicId: ClinicId,
  visits: readonly Visit[],
): Promise<ReadonlyMap<AppointmentId, BedsideCourse>> {
  const sessions = visits.filter((visit) => visit.sessionNumber !== undefined)
  const [first] = sessions
  if (!first) return new Map()
  const timeZone = (await clinicById(db, clinicId))?.timeZone ?? 'UTC'
  const doses = await givenDoses(db, clinicId, first.personId)
  const begun = await begunVisits(
    db,
    clinicId,
    sessions.map(({ id }) => id),
  )
  return new Map(
    sessions.map(({ id, planId, startsAt }) => {
      const opened = begun.get(id)
      const day = localDateOf(startsAt, timeZone)
      const dose = doses.find((each) =>
        opened
          ? each.sessionId === opened.sessionId
          : each.planId === planId && localDateOf(each.dosedAt, timeZone) === day,
      )
      const course: VisitCourse = dose
        ? 'dosed'
        : opened?.ended
          ? 'ended-without-dose'
          : opened
            ? 'open'
            : 'not-begun'
      // How a dose was borne is told when its person has left.
      const underWay = dose ? dose.facts === undefined : course === 'open'
      return [id, { course, sessionId: opened?.sessionId, underWay }]
    }),
  )
}

/** How far one visit has come; one that is no session of a plan has none at the bedside. */
export async function courseOf(db: Read, clinicId: ClinicId, visit: Visit): Promise<BedsideCourse> {
  const known = (await visitCourses(db, clinicId, [visit])).get(visit.id)
  return known ?? { course: 'not-begun', sessionId: undefined, underWay: false }
}
