import {
  type Instrument,
  instrumentById,
  missingItems,
  type ScoringContext,
  type ScoringOutcome,
  score,
} from '@evenkeel/questionnaires'
import { accountNames, personById } from '../identity/index.server.ts'
import { ageYears } from '../identity/index.ts'
import { mayDo } from '../platform/access.ts'
import { runQuery } from '../platform/command.server.ts'
import { parseId } from '../platform/ids.ts'
import { notFound, type PageArgs } from '../platform/page.server.ts'
import { dayInWords, type Instant, localDateOf, momentInWords, timeInWords } from '../platform/time.ts'
import { makeIntakeLink, planIntake, readAssessment, readClinicalPart, recordFact } from './assess-access.ts'
import { assessmentById, factsOfPerson, intakeAnswers, responsesOfPerson } from './assess-queries.server.ts'
import { FACT_WORDS, factInWords, SOURCE_WORDS, triggerInWords } from './assess-words.ts'
import { assessmentState } from './assessment.ts'
import { decisionOf } from './eligibility/decision-of.server.ts'
import { changeRows } from './eligibility/decision-page.server.ts'
import { evaluateEligibility, type Truth } from './eligibility/eligibility.ts'
import { rulesOfClinic } from './eligibility/rule-setting-queries.server.ts'
import { currentFacts, type Fact } from './fact.ts'
import { TRACKS } from './forms/condition-track.ts'
import { intakeStart } from './forms/form-plan-queries.server.ts'
import { intakeOfAssessment, intakePlanOf } from './forms/plan-intake.server.ts'
import { scoringContext } from './forms/scoring-context.ts'
import type { InstrumentResponse } from './instrument-response.ts'
import { answersNow, latestAnswers, type StoredAnswer } from './intake-answers.ts'
import { type Intake, instrumentAnswers } from './intake-form.ts'
import { askedQuestions, intakeProgress } from './intake-progress.ts'
import type { IntakeAnswers } from './intake-question.ts'
import { openConcerns } from './open-concerns.server.ts'
import { answerInWords } from './question-view.ts'
import { addressOf } from './results/result-line.ts'
import { workUpRows } from './work-up/work-up-words.ts'
import { workUpOfPerson } from './work-up/work-ups-of.server.ts'

/** Everything the page of one assessment shows; the clinical part only to those who may read it. */
export async function loadAssessment({ services, actor, clinic, params, url }: PageArgs) {
  const id = parseId<'assessment'>(params.id) ?? notFound()
  const when = (at: Instant) => momentInWords(at, clinic.timeZone)
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const assessment = await assessmentById(db, clinic.id, id)
    const person = assessment && (await personById(db, clinic.id, assessment.personId))
    if (!assessment || !person) notFound()
    audit.read(readAssessment.id, { personId: person.id, object: 'assessment', objectId: id })
    const stored = await intakeAnswers(db, clinic.id, [id])
    const intake = await intakeOfAssessment(db, clinic.id, id)
    const plan = await intakePlanOf(db, clinic.id, id)
    const start = await intakeStart(db, clinic.id, id)
    const answers = answersNow(stored)
    const decision = await decisionOf(db, clinic.id, id)
    const facts = await factsOfPerson(db, clinic.id, person.id)
    const rules = await rulesOfClinic(db, clinic.id)
    const results = evaluateEligibility(rules, facts, at, clinic.timeZone)
    const responses = (await responsesOfPerson(db, clinic.id, person.id)).filter((one) => one.objectId === id)
    const names = await accountNames(db, [
      ...(decision ? [decision.decidedBy, ...decision.changes.flatMap(({ by }) => by ?? [])] : []),
      ...facts.map((one) => one.recordedBy).filter((by) => by !== 'patient'),
    ])
    const today = localDateOf(at, clinic.timeZone)
    const clinical = mayDo(actor, readClinicalPart)
    return {
      id: id as string,
      keys: { facts: services.ids.next() as string },
      now: `${today}T${timeInWords(at, clinic.timeZone)}`,
      person: {
        id: person.id as string,
        name: person.displayName,
        age: ageYears(person.birthDate, today),
        sex: person.sex,
      },
      openedOn: dayInWords(assessment.openedAt, clinic.timeZone),
      intakeFinished: assessment.intakeCompletedAt && when(assessment.intakeCompletedAt),
      timeZone: clinic.timeZone,
      track: {
        id: plan?.track,
        title: TRACKS.find(({ id: track }) => track === plan?.track)?.title,
        forms: intake.instruments.map(({ shortName }) => shortName),
      },
      started: start && {
        when: when(start.startedAt),
        timeZone: start.timeZone,
        proxy: start.respondent.kind === 'proxy' ? start.respondent.proxy : undefined,
      },
      progress: intakeProgress(intake, answers),
      state: assessmentState({
        decided: decision !== undefined,
        intakeCompleted: assessment.intakeCompletedAt !== undefined,
        answers: Object.keys(answers).length,
      }),
      may: {
        makeLink: mayDo(actor, makeIntakeLink) && !assessment.intakeCompletedAt,
        planIntake: mayDo(actor, planIntake) && stored.length === 0,
        recordFact: mayDo(actor, recordFact),
      },
      done: url.searchParams.get('done'),
      publicUrl: services.config.publicUrl,
      decision: decision && {
        eligible: decision.decision === 'eligible',
        by: names.get(decision.decidedBy) ?? 'unknown',
        when: when(decision.decidedAt),
        stale: decision.stale,
      },
      clinical: clinical
        ? {
            concerns: (await openConcerns(db, clinic.id, at, person.id)).map((concern) => ({
              id: concern.id as string,
              title: triggerInWords(concern.trigger).title,
              overdue: concern.overdue,
            })),
            scores: intake.instruments.map(({ id: instrumentId }) => {
              const response = responses.find((one) => one.instrumentId === instrumentId)
              const given = response?.answers ?? instrumentAnswers(instrumentId, answers)
              return scoreRow(instrumentId, given, scoringContext(person.sex, plan?.track), response)
            }),
            sections: answerSections(intake, answers, stored, when),
            facts: [...currentFacts(facts).values()]
              .map(({ fact, disputed }) => factRow(fact, disputed, names, when, facts))
              .sort((a, b) => a.title.localeCompare(b.title, 'en')),
            changes: changeRows(decision?.changes ?? [], names, clinic.timeZone),
            workUp: workUpRows(
              (await workUpOfPerson(db, clinic.id, person.id, at))?.results ?? [],
              clinic.timeZone,
              () => 'a colleague',
            ),
            rules: results.map(({ ruleId, ruleClass, truth }, i) => ({
              id: ruleId,
              title: rules[i]!.title,
              decides: ruleClass !== 'hold-today',
              truth: truth as Truth,
            })),
          }
        : undefined,
    }
  })
}

/** One instrument's result: a total only when the engine gives one, and always what is missing. */
function scoreRow(
  instrumentId: string,
  answers: IntakeAnswers,
  context: ScoringContext,
  stored: InstrumentResponse | undefined,
) {
  const instrument = instrumentById(instrumentId)!
  const outcome = stored?.scores ?? score(instrumentId, answers, context)
  const total = outcome.valid && 'scores' in outcome ? outcome.scores.total : undefined
  const range = instrument.total && 'max' in instrument.total ? instrument.total : undefined
  const given = Object.values(answers).filter((value) => value !== null).length
  return {
    id: instrumentId,
    name: instrument.shortName,
    construct: instrument.construct,
    value: total?.value ?? undefined,
    max: range?.max,
    band: total?.band ?? undefined,
    parts: instrument.total === null ? partsInWords(instrument, outcome) : undefined,
    prorated: total?.status === 'prorated',
    bounds: total?.value === null ? total.bounds : undefined,
    missing: missingItems(instrumentId, answers, context).length,
    begun: given > 0,
    final: stored !== undefined,
    edition: stored
      ? `${stored.edition}, scoring ${stored.scoringVersion}`
      : `${instrument.edition}, scoring ${instrument.scoringVersion}`,
    href: stored && addressOf(stored),
  }
}

/** The scores of an instrument that has no total, each with its range; one that is not known says so. */
function partsInWords(instrument: Instrument, outcome: ScoringOutcome): string {
  if (!outcome.valid || !('scores' in outcome)) return 'unknown'
  const { scores } = outcome
  return instrument.subscales
    .map(({ id, label, max }) => {
      const value = scores[id]?.value
      return `${label} ${value ?? 'unknown'}${value === undefined || value === null || max === undefined ? '' : ` of ${max}`}`
    })
    .join('; ')
}

function answerSections(
  intake: Intake,
  answers: IntakeAnswers,
  stored: readonly StoredAnswer[],
  when: (at: Instant) => string,
) {
  const latest = latestAnswers(stored)
  const asked = intake.sections.map((section) => {
    const rows = section.screens.flatMap((screen) =>
      askedQuestions(screen, answers).map((question) => {
        const answer = latest.get(question.id)
        return {
          id: question.id,
          label: question.label,
          answer: answerInWords(question, answers[question.id]),
          when: answer && when(answer.answeredAt),
          changed: (answer?.revision ?? 1) > 1,
        }
      }),
    )
    return {
      id: section.id,
      title: section.title,
      answered: rows.filter((row) => row.answer !== undefined && row.answer !== 'skipped').length,
      rows,
    }
  })
  // What an earlier edition of the history asked stays readable, under the name the question had.
  const earlier = [...latest.values()].filter(({ question }) => intake.question(question) === undefined)
  if (earlier.length === 0) return asked
  return [
    ...asked,
    {
      id: 'earlier',
      title: 'Asked by an earlier edition',
      answered: earlier.filter(({ value }) => value !== null).length,
      rows: earlier.map((answer) => ({
        id: answer.question,
        label: answer.question,
        answer: answer.value === null ? 'skipped' : JSON.stringify(answer.value),
        when: when(answer.answeredAt),
        changed: answer.revision > 1,
      })),
    },
  ]
}

function factRow(
  fact: Fact,
  disputed: boolean,
  names: ReadonlyMap<string, string>,
  when: (at: Instant) => string,
  all: readonly Fact[],
) {
  return {
    kind: fact.kind,
    title: FACT_WORDS[fact.kind].title,
    value: factInWords(fact.kind, fact.value),
    disputed,
    source: SOURCE_WORDS[fact.source],
    observed: when(fact.observedAt),
    by: names.get(fact.recordedBy) ?? (fact.source === 'self-report' ? '' : 'unknown'),
    earlier: all.filter((one) => one.kind === fact.kind).length - 1,
  }
}

export type AssessmentView = Awaited<ReturnType<typeof loadAssessment>>
export type ClinicalView = NonNullable<AssessmentView['clinical']>
