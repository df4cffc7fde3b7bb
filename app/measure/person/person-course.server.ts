import { assessmentsOfPerson, decisionOf, responsesOfPerson } from '../../assess/index.server.ts'
import { checkInsOfPerson } from '../../follow-up/index.server.ts'
import { currentCheckIns, daysKept } from '../../follow-up/index.ts'
import { plansOfPerson } from '../../plan/index.server.ts'
import { protocolById } from '../../plan/index.ts'
import type { ReadNeeds } from '../../platform/command.server.ts'
import type { PersonId } from '../../platform/ids.ts'
import { daysBetween, localDateOf } from '../../platform/time.ts'
import { firstDoseAt, sessionsOfPerson } from '../../treat/index.server.ts'
import { exposureOf } from './exposure.ts'
import { DRAWN_INSTRUMENTS, dayZeroOf, scoreLines } from './score-lines.ts'

/** Scores, sessions, check-ins and exposure of one person, as the team's page and their own show them. */
export async function personCourse(
  { db, at, actor }: Pick<ReadNeeds, 'db' | 'at' | 'actor'>,
  personId: PersonId,
  timeZone: string,
) {
  const { clinicId } = actor
  const today = localDateOf(at, timeZone)
  // A form that was set aside is no result of a treatment, whatever was answered of it.
  const responses = (await responsesOfPerson(db, clinicId, personId, DRAWN_INSTRUMENTS)).filter(
    ({ source }) => source !== 'form-set-aside',
  )
  const checkIns = await checkInsOfPerson(db, clinicId, personId)
  const sessions = await sessionsOfPerson(db, clinicId, personId)
  const dayZero = dayZeroOf(await firstDoseAt(db, clinicId, personId), responses, checkIns, today, timeZone)
  const current = currentCheckIns(checkIns)
  return {
    today,
    dayZero,
    sessions,
    checkIns: current,
    lines: scoreLines(responses, checkIns, dayZero.date, timeZone),
    sessionMarks: sessions.flatMap((session) =>
      session.doseStartedAt
        ? [
            {
              day: daysBetween(dayZero.date, localDateOf(session.doseStartedAt, timeZone)),
              label: String(session.sessionNumber),
            },
          ]
        : [],
    ),
    exposure: exposureOf(sessions, today, timeZone),
    kept: daysKept(current, today),
  }
}

/** What led to treatment: assessments with their decision, and plans. */
export async function personWay({ db, actor }: Pick<ReadNeeds, 'db' | 'actor'>, personId: PersonId) {
  const assessments = []
  for (const assessment of await assessmentsOfPerson(db, actor.clinicId, personId)) {
    const decision = await decisionOf(db, actor.clinicId, assessment.id)
    assessments.push({
      id: assessment.id,
      openedAt: assessment.openedAt,
      intakeCompletedAt: assessment.intakeCompletedAt,
      decision: decision?.decision,
      decidedAt: decision?.decidedAt,
      stale: decision?.stale ?? false,
    })
  }
  const plans = (await plansOfPerson(db, actor.clinicId, personId)).map((plan) => ({
    id: plan.id,
    createdAt: plan.createdAt,
    title: protocolById(plan.protocolId, plan.protocolVersion)?.title ?? plan.protocolId,
    version: plan.protocolVersion,
  }))
  return { assessments, plans }
}
