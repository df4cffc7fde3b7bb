import { personById } from '../identity/index.server.ts'
import { ownPersonId } from '../platform/actor.ts'
import type { Command } from '../platform/command.server.ts'
import { done, refused } from '../platform/outcome.ts'
import { holdAlone } from './answering-queries.server.ts'
import { answerIntake } from './assess-access.ts'
import { assessmentsOfPerson, insertIntakeCompletion, intakeAnswers } from './assess-queries.server.ts'
import type { AssessmentId } from './assessment.ts'
import { intakeStart } from './forms/form-plan-queries.server.ts'
import { intakeOfAssessment, intakePlanOf } from './forms/plan-intake.server.ts'
import { scoringContext } from './forms/scoring-context.ts'
import { answersNow } from './intake-answers.ts'
import { instrumentAnswers } from './intake-form.ts'
import { nextOpenScreen } from './intake-progress.ts'
import { recordResponse } from './record-response.server.ts'

/**
 * The person says that the intake is finished. Every question must have been reached; skipped ones stay open in
 * the record and in the scores. Each instrument with at least one answer becomes a stored response.
 */
export const completeIntake: Command<
  { readonly timeZone: string },
  { assessmentId: AssessmentId },
  'no-assessment' | 'questions-not-reached'
> = {
  action: answerIntake,
  async run(needs, { timeZone }) {
    const { db, at, ids, actor, audit, tell } = needs
    const personId = ownPersonId(actor)
    const assessment = personId && (await assessmentsOfPerson(db, actor.clinicId, personId))[0]
    if (!personId || !assessment) return refused('no-assessment')
    await holdAlone(db, actor.clinicId, `assessment ${assessment.id}`)
    const answers = answersNow(await intakeAnswers(db, actor.clinicId, [assessment.id]))
    const intake = await intakeOfAssessment(db, actor.clinicId, assessment.id)
    if (!assessment.intakeCompletedAt && nextOpenScreen(intake, answers))
      return refused('questions-not-reached')
    const completed = await insertIntakeCompletion(db, actor.clinicId, {
      assessmentId: assessment.id,
      at,
      by: actor.kind === 'member' ? actor.accountId : actor.kind,
      timeZone,
    })
    if (!completed) return done({ assessmentId: assessment.id })
    const person = await personById(db, actor.clinicId, personId)
    const plan = await intakePlanOf(db, actor.clinicId, assessment.id)
    const context = scoringContext(person?.sex, plan?.track)
    const start = await intakeStart(db, actor.clinicId, assessment.id)
    for (const instrument of intake.instruments) {
      const given = instrumentAnswers(instrument.id, answers)
      if (Object.values(given).every((value) => value === null)) continue
      await recordResponse(needs, {
        id: ids.next(),
        personId,
        source: 'intake',
        objectId: assessment.id,
        instrumentId: instrument.id,
        instrument,
        startedAt: start?.startedAt,
        timeZone,
        respondent: start?.respondent.kind ?? 'self',
        proxy: start?.respondent.kind === 'proxy' ? start.respondent.proxy : undefined,
        answers: given,
        context,
      })
    }
    audit.write('assess.complete-intake', { personId, object: 'assessment', objectId: assessment.id })
    tell('intake.completed', { assessmentId: assessment.id, personId })
    return done({ assessmentId: assessment.id })
  },
}
