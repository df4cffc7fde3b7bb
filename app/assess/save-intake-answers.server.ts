import { responseStamp } from '@evenkeel/questionnaires'
import { personById, recordPersonBasics } from '../identity/index.server.ts'
import type { Sex } from '../identity/index.ts'
import { ownPersonId } from '../platform/actor.ts'
import type { Command, Needs } from '../platform/command.server.ts'
import type { PersonId } from '../platform/ids.ts'
import { done, refused } from '../platform/outcome.ts'
import { addMs, type LocalDate } from '../platform/time.ts'
import { holdAlone } from './answering-queries.server.ts'
import { answerIntake } from './assess-access.ts'
import {
  assessmentById,
  assessmentsOfPerson,
  insertIntakeAnswers,
  intakeAnswers,
} from './assess-queries.server.ts'
import type { AssessmentId } from './assessment.ts'
import type { Fact } from './fact.ts'
import type { Respondent } from './forms/form-plan.ts'
import { insertIntakeStart } from './forms/form-plan-queries.server.ts'
import { intakeOfAssessment } from './forms/plan-intake.server.ts'
import { factValueOf } from './intake-answer-form.ts'
import { answersNow, latestAnswers, type StoredAnswer, saysSomethingNew } from './intake-answers.ts'
import { INTAKE_EDITION, type Intake, instrumentAnswers } from './intake-form.ts'
import type { IntakeAnswers, IntakeQuestion } from './intake-question.ts'
import { raiseIfCritical } from './raise-on-answer.server.ts'
import { storeFacts } from './record-fact.server.ts'

/** Notes when the person begins, where, and who answers; the first time counts. */
export const beginIntake: Command<
  { readonly respondent: Respondent; readonly timeZone: string },
  { readonly begunNow: boolean },
  'no-assessment' | 'intake-finished'
> = {
  action: answerIntake,
  async run({ db, at, actor, audit }, { respondent, timeZone }) {
    const personId = ownPersonId(actor)
    const assessment = personId && (await assessmentsOfPerson(db, actor.clinicId, personId))[0]
    if (!personId || !assessment) return refused('no-assessment')
    if (assessment.intakeCompletedAt) return refused('intake-finished')
    const begunNow = await insertIntakeStart(db, actor.clinicId, {
      assessmentId: assessment.id,
      startedAt: at,
      timeZone,
      respondent,
    })
    if (begunNow) {
      audit.write('assess.begin-intake', { personId, object: 'assessment', objectId: assessment.id })
    }
    return done({ begunNow })
  },
}

export type SaveIntakeAnswers = {
  readonly answers: readonly {
    readonly question: IntakeQuestion
    /** Checked at the edge by `parseAnswer`; null skips a question that has no answer yet. */
    readonly value: unknown
    /** With null: what was answered is taken back and is open again. The earlier answer is kept. */
    readonly takeBack?: boolean
    /** How long ago it was given, in ms, when it waited for a connection: what was answered since then stands. */
    readonly ageMs?: number
  }[]
  /** Where the person answers, as an IANA name. */
  readonly timeZone: string
}

/**
 * Stores answers of the person's own intake at once. An answer that says the same as the stored one changes
 * nothing, a different one becomes the next revision. An answer that fires a critical trigger raises a safety
 * concern in the same transaction, whatever is still open and whatever is answered later. A question that this
 * intake does not ask (another plan, an older page) is left out.
 */
export const saveIntakeAnswers: Command<
  SaveIntakeAnswers,
  {
    readonly assessmentId: AssessmentId
    readonly answers: IntakeAnswers
    readonly intake: Intake
    readonly concernRaised: boolean
    /** Questions whose answer waited so long that a later one stands. */
    readonly older: readonly string[]
  },
  'no-assessment' | 'intake-finished'
> = {
  action: answerIntake,
  async run(needs, { answers: given, timeZone }) {
    const { db, at, actor, audit } = needs
    const personId = ownPersonId(actor)
    const assessment = personId && (await assessmentsOfPerson(db, actor.clinicId, personId))[0]
    if (!personId || !assessment) return refused('no-assessment')
    if (assessment.intakeCompletedAt) return refused('intake-finished')
    // The end of an intake waits for answers under way, and answers that come after it are refused.
    await holdAlone(db, actor.clinicId, `assessment ${assessment.id}`)
    const now = await assessmentById(db, actor.clinicId, assessment.id)
    if (now?.intakeCompletedAt) return refused('intake-finished')
    const intake = await intakeOfAssessment(db, actor.clinicId, assessment.id)

    const earlier = await intakeAnswers(db, actor.clinicId, [assessment.id])
    const before = answersNow(earlier)
    const standing = new Map<string, StoredAnswer>(latestAnswers(earlier))
    const saved: (StoredAnswer & { readonly asked: IntakeQuestion })[] = []
    const older: string[] = []
    for (const one of given) {
      const asked = intake.question(one.question.id)
      if (!asked) continue
      const next = nextRevision(needs, intake, standing.get(asked.id), { ...one, question: asked }, timeZone)
      if (next === 'older') older.push(asked.id)
      else if (next) {
        standing.set(asked.id, next)
        saved.push({ ...next, asked })
      }
    }
    if (!(await insertIntakeAnswers(db, actor.clinicId, assessment.id, saved))) {
      throw new Error('an intake answer could not be stored although nobody else was writing')
    }
    const answers = answersNow(await intakeAnswers(db, actor.clinicId, [assessment.id]))
    await storeAsFacts(needs, personId, saved)
    let concernRaised = false
    for (const { id: instrumentId } of intake.instruments) {
      const raised = await raiseIfCritical(needs, {
        personId,
        source: 'intake',
        objectId: assessment.id,
        instrumentId,
        saved: saved.flatMap(({ asked, revision }) =>
          asked.kind === 'item' && asked.instrumentId === instrumentId
            ? [{ itemId: asked.item.id, revision }]
            : [],
        ),
        before: instrumentAnswers(instrumentId, before),
        answers: instrumentAnswers(instrumentId, answers),
      })
      if (raised) concernRaised = true
    }
    if (saved.some((answer) => answer.question === 'about.birth-date' || answer.question === 'about.sex')) {
      await recordBasics(needs, personId, answers)
    }
    if (saved.length > 0) {
      // Whoever came by an older page never saw the first screen: the first answer is the beginning.
      await insertIntakeStart(db, actor.clinicId, {
        assessmentId: assessment.id,
        startedAt: at,
        timeZone,
        respondent: { kind: 'self' },
      })
      audit.write('assess.answer-intake', {
        personId,
        object: 'assessment',
        objectId: assessment.id,
        detail: { answers: saved.length },
      })
    }
    return done({ assessmentId: assessment.id, answers, intake, concernRaised, older })
  },
}

/**
 * @returns the new revision, undefined when it would say nothing new, or "older" when something was answered after it
 * was given
 */
function nextRevision(
  { at, actor }: Needs,
  intake: Intake,
  before: StoredAnswer | undefined,
  { question, value, takeBack, ageMs }: SaveIntakeAnswers['answers'][number],
  timeZone: string,
): StoredAnswer | 'older' | undefined {
  if (!before && takeBack) return undefined
  if (before && !saysSomethingNew(before.value, value, takeBack)) return undefined
  if (before && ageMs && before.answeredAt > addMs(at, -ageMs)) return 'older'
  return {
    question: question.id,
    revision: (before?.revision ?? 0) + 1,
    value,
    answeredAt: at,
    answeredBy: actor.kind === 'member' ? actor.accountId : actor.kind,
    timeZone,
    edition: editionOf(intake, question),
  }
}

function editionOf(intake: Intake, question: IntakeQuestion): string {
  const instrument =
    question.kind === 'item' ? intake.instruments.find(({ id }) => id === question.instrumentId) : undefined
  if (!instrument) return INTAKE_EDITION
  const stamp = responseStamp(instrument)
  return `${stamp.instrumentId} ${stamp.edition} ${stamp.formHash}`
}

async function storeAsFacts(
  needs: Needs,
  personId: PersonId,
  saved: readonly { readonly asked: IntakeQuestion; readonly value: unknown }[],
) {
  const facts = saved.flatMap(({ asked, value }) => {
    const factValue = factValueOf(asked, value)
    if (factValue === undefined || !asked.fact) return []
    return [
      {
        id: needs.ids.next<'fact'>(),
        personId,
        kind: asked.fact,
        value: factValue as Fact['value'],
        observedAt: needs.at,
        source: 'self-report' as const,
      },
    ]
  })
  await storeFacts(needs, facts)
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
