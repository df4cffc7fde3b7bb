import { firedTriggers, instrumentById, responseStamp } from '@evenkeel/questionnaires'
import { personById, recordPersonBasics } from '../identity/index.server.ts'
import type { Sex } from '../identity/index.ts'
import { ownPersonId } from '../platform/actor.ts'
import type { Command, Needs } from '../platform/command.server.ts'
import type { PersonId } from '../platform/ids.ts'
import { done, refused } from '../platform/outcome.ts'
import type { LocalDate } from '../platform/time.ts'
import { answerIntake } from './assess-access.ts'
import { assessmentsOfPerson, insertIntakeAnswer, intakeAnswers } from './assess-queries.server.ts'
import type { Assessment, AssessmentId } from './assessment.ts'
import { listConcerns } from './concern-queries.server.ts'
import type { Fact } from './fact.ts'
import { factValueOf } from './intake-answer-form.ts'
import { answersNow, latestAnswers, type StoredAnswer } from './intake-answers.ts'
import { INTAKE_EDITION, instrumentAnswers, questionById } from './intake-form.ts'
import type { IntakeAnswers, IntakeQuestion } from './intake-question.ts'
import { raiseConcern } from './raise-concern.server.ts'
import { storeFact } from './record-fact.server.ts'

export type SaveIntakeAnswers = {
  /** Checked at the edge by `parseAnswer`; null skips a question that has no answer yet. */
  readonly answers: readonly { readonly question: IntakeQuestion; readonly value: unknown }[]
  /** Where the person answers, as an IANA name. */
  readonly timeZone: string
}

/**
 * Stores answers of the person's own intake at once. An answer that says the same as the stored one changes
 * nothing, a different one becomes the next revision. An answer that fires a critical trigger raises a safety
 * concern in the same transaction, whatever is still open and whatever is answered later.
 */
export const saveIntakeAnswers: Command<
  SaveIntakeAnswers,
  { readonly assessmentId: AssessmentId; readonly answers: IntakeAnswers; readonly concernRaised: boolean },
  'no-assessment' | 'intake-finished'
> = {
  action: answerIntake,
  async run(needs, { answers: given, timeZone }) {
    const { db, actor, audit } = needs
    const personId = ownPersonId(actor)
    const assessment = personId && (await openIntakeOf(needs, personId))
    if (!personId || !assessment) return refused('no-assessment')
    if (assessment.intakeCompletedAt) return refused('intake-finished')

    const saved: (StoredAnswer & { question: string })[] = []
    for (const { question, value } of given) {
      const stored = await storeAnswer(needs, assessment.id, question, value, timeZone)
      if (stored) saved.push(stored)
    }
    const answers = answersNow(await intakeAnswers(db, actor.clinicId, [assessment.id]))
    let concernRaised = false
    for (const answer of saved) {
      const question = questionById(answer.question)!
      await storeAsFact(needs, personId, question, answer.value)
      if (await raiseIfCritical(needs, { personId, assessment, question, answer, answers }))
        concernRaised = true
    }
    if (saved.some((answer) => answer.question === 'about.birth-date' || answer.question === 'about.sex')) {
      await recordBasics(needs, personId, answers)
    }
    if (saved.length > 0) {
      audit.write('assess.answer-intake', {
        personId,
        object: 'assessment',
        objectId: assessment.id,
        detail: { answers: saved.length },
      })
    }
    return done({ assessmentId: assessment.id, answers, concernRaised })
  },
}

/** The newest assessment of a person. */
async function openIntakeOf({ db, actor }: Needs, personId: PersonId): Promise<Assessment | undefined> {
  return (await assessmentsOfPerson(db, actor.clinicId, personId))[0]
}

/** @returns the new revision, or undefined when it would say nothing new */
async function storeAnswer(
  { db, at, actor }: Needs,
  assessmentId: AssessmentId,
  question: IntakeQuestion,
  value: unknown,
  timeZone: string,
): Promise<StoredAnswer | undefined> {
  // Another tab may take the revision between reading and writing: look again. Bounded, since each look sees more.
  for (let tries = 0; tries < 5; tries++) {
    const before = latestAnswers(await intakeAnswers(db, actor.clinicId, [assessmentId])).get(question.id)
    if (before && (value === null || JSON.stringify(before.value) === JSON.stringify(value))) return undefined
    const answer: StoredAnswer = {
      question: question.id,
      revision: (before?.revision ?? 0) + 1,
      value,
      answeredAt: at,
      answeredBy: actor.kind === 'member' ? actor.accountId : actor.kind,
      timeZone,
      edition: editionOf(question),
    }
    if (await insertIntakeAnswer(db, actor.clinicId, assessmentId, answer)) return answer
  }
  throw new Error('an intake answer could not be stored: too many writers at once')
}

function editionOf(question: IntakeQuestion): string {
  const instrument = question.kind === 'item' ? instrumentById(question.instrumentId) : undefined
  if (!instrument) return INTAKE_EDITION
  const stamp = responseStamp(instrument)
  return `${stamp.instrumentId} ${stamp.edition} ${stamp.formHash}`
}

async function storeAsFact(needs: Needs, personId: PersonId, question: IntakeQuestion, value: unknown) {
  const factValue = factValueOf(question, value)
  if (factValue === undefined || !question.fact) return
  await storeFact(needs, {
    id: needs.ids.next(),
    personId,
    kind: question.fact,
    value: factValue as Fact['value'],
    observedAt: needs.at,
    source: 'self-report',
  })
}

/**
 * Raises a concern for each critical trigger that fires with this answer and would not without it. One that is
 * still open for this intake and trigger is not raised twice; a closed one is, since the answer is new.
 */
async function raiseIfCritical(
  needs: Needs,
  {
    personId,
    assessment,
    question,
    answer,
    answers,
  }: {
    personId: PersonId
    assessment: Assessment
    question: IntakeQuestion
    answer: StoredAnswer
    answers: IntakeAnswers
  },
): Promise<boolean> {
  if (question.kind !== 'item') return false
  const now = instrumentAnswers(question.instrumentId, answers)
  const without = { ...now, [question.itemId]: null }
  const before = new Set(firedTriggers(question.instrumentId, without).map((trigger) => trigger.id))
  let fired = false
  for (const trigger of firedTriggers(question.instrumentId, now)) {
    if (trigger.severity !== 'critical' || before.has(trigger.id)) continue
    fired = true
    const open = await listConcerns(needs.db, needs.actor.clinicId, { notClosed: true, personId })
    if (open.some((c) => c.objectId === assessment.id && c.trigger === trigger.id)) continue
    await raiseConcern(needs, {
      personId,
      source: 'intake',
      objectId: assessment.id,
      trigger: trigger.id,
      severity: trigger.severity,
      occasion: `${question.id} ${answer.revision}`,
    })
  }
  return fired
}

async function recordBasics(needs: Needs, personId: PersonId, answers: IntakeAnswers) {
  const person = await personById(needs.db, needs.actor.clinicId, personId)
  if (!person) return
  const birthDate = answers['about.birth-date'] as LocalDate | null | undefined
  const sex = answers['about.sex'] as Sex | null | undefined
  await recordPersonBasics(needs, personId, {
    birthDate: birthDate ?? person.birthDate,
    sex: sex ?? person.sex,
  })
}
