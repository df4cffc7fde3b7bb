import {
  assessmentsOfPerson,
  completeIntake,
  decideEligibility,
  type IntakeQuestion,
  intakeOfAssessment,
  recordFacts,
  rulesShownNow,
  saveIntakeAnswers,
} from '../app/assess/index.server.ts'
import type { AssessmentId, FactKind } from '../app/assess/index.ts'
import type { Member } from '../app/platform/actor.ts'
import { runQuery } from '../app/platform/command.server.ts'
import { addDays, type Instant, localDateOf } from '../app/platform/time.ts'
import { answerConcerns } from './answering-concerns.ts'
import { formsOfTheVisit } from './filling-forms.ts'
import { answerToItem } from './form-answers.ts'
import type { InventedPerson } from './invented-person.ts'
import { tellMedicines, writeWorkUp } from './medicines-and-work-up.ts'
import { act, type Life, minutesAfter, type World } from './world.ts'

/** What people in the story write in their own words. */
const TOLD: Readonly<Record<string, string>> = {
  'substances.alcohol.without': 'Five weeks in spring. Walking in the morning helped.',
  'substances.nicotine.without': 'Two days.',
  'life.supports': 'My sister. The choir on Thursdays.',
  'life.days': 'Part-time work, the garden',
  'life.care': 'My family doctor, for blood pressure.',
  'life.ketamine-before': 'No.',
  'life.goals': 'Evenings that I remember. Driving my niece to school again.',
}

/** What the intake calls what somebody comes for. */
const USED: Readonly<Record<InventedPerson['comesFor'], string>> = {
  alcohol: 'alcohol',
  opioids: 'opioid',
  cocaine: 'cocaine',
  methamphetamine: 'amphetamine',
  cannabis: 'cannabis',
}

/** What this person would answer; undefined when they would leave it open. */
function answerTo(world: World, { person, random }: Life, question: IntakeQuestion): unknown {
  switch (question.kind) {
    case 'yes-no':
      return person.course === 'not-eligible' && question.fact === 'aneurysm-or-vessel-malformation'
        ? 'yes'
        : 'no'
    case 'date':
      return question.fact === 'birth-date'
        ? person.birthDate
        : addDays(localDateOf(world.table.now(), world.zone), -random.integer(4, 12))
    case 'weight':
      return { kg: person.weightKg, typed: `${person.weightKg} kg` }
    case 'height':
      return { cm: person.heightCm, typed: `${person.heightCm} cm` }
    case 'number':
      return question.least
    case 'text':
      return question.id === 'substances.main' ? person.comesFor : (TOLD[question.id] ?? 'none')
    case 'choices':
      return question.id === 'substances.used'
        ? random.chance(0.4)
          ? [USED[person.comesFor], 'nicotine']
          : [USED[person.comesFor]]
        : ['none']
    case 'choice':
      return question.fact === 'sex'
        ? person.sex
        : question.choices[random.integer(0, question.choices.length - 1)]!.value
    case 'item':
      return answerToItem(person.severity, random, question.instrumentId, question.item)
  }
}

/** The person answers the intake, part by part; most of it in one evening. */
export function answerIntake(
  world: World,
  life: Life,
  at: Instant,
  then: (assessmentId: AssessmentId) => void,
) {
  world.table.at(at, async () => {
    const { sections } = await runQuery(world.services, world.system, async ({ db }) => {
      const [assessment] = await assessmentsOfPerson(db, world.system.clinicId, life.personId)
      if (!assessment) throw new Error('nobody opened an assessment')
      return intakeOfAssessment(db, world.system.clinicId, assessment.id)
    })
    const answers: Record<string, unknown> = {}
    let minute = 0
    // In one sitting, or part by part.
    const parts = life.brief ? [{ id: 'all', screens: sections.flatMap(({ screens }) => screens) }] : sections
    for (const { id, screens } of parts) {
      if (life.person.course === 'intake-unfinished' && id === 'gad-7') return
      world.table.at(minutesAfter(at, minute), async () => {
        const given = []
        for (const question of screens.flatMap((screen) => screen.questions)) {
          if (question.askedIf && !question.askedIf(answers)) continue
          const value = answerTo(world, life, question)
          answers[question.id] = value
          given.push({ question, value })
        }
        await act(world, life.patient!, saveIntakeAnswers, { answers: given, timeZone: world.zone })
      })
      minute += 3
    }
    world.table.at(minutesAfter(at, minute), async () => {
      const { assessmentId } = await act(world, life.patient!, completeIntake, { timeZone: world.zone })
      then(assessmentId)
    })
  })
  // Whoever is named answers a concern within the hour, if the answers raised one.
  world.table.at(minutesAfter(at, 45), () => answerConcerns(world, life))
}

/** What staff measure and ask at the visit; a person who is not eligible has what makes them so. */
function factsOf({ person, random }: Life): readonly (readonly [FactKind, unknown])[] {
  const history: FactKind[] = [
    'ketamine-reaction',
    'brain-haemorrhage',
    'pressure-rise-hazard',
    'psychosis',
    'psychosis-in-family',
    'mania-now',
    'bipolar-disorder',
    'moderate-liver-disease',
    'dissociative-disorder-dementia-delirium',
    'severe-liver-disease',
    'kidney-failure-porphyria-thyrotoxicosis',
    'ketamine-use-disorder',
    'bladder-symptoms',
    'withdrawal-seizure-or-delirium',
    'recent-infarct-stroke-head-injury',
    'heart-disease-not-controlled',
    'raised-head-or-eye-pressure',
    'sleep-apnoea-or-lung-disease',
    'intoxicated-now',
    'stimulant-last-24-h',
  ]
  return [
    ...history.map((kind) => [kind, 'no'] as const),
    ['aneurysm-or-vessel-malformation', person.course === 'not-eligible' ? 'yes' : 'no'],
    ['consent-capacity', 'yes'],
    ['active-substance-problem', 'yes'],
    ['stop-bang', 2],
    ['weight-kg', person.weightKg],
    ['height-cm', person.heightCm],
    [
      'blood-pressure',
      { systolicMmHg: person.restingSystolicMmHg, diastolicMmHg: person.restingDiastolicMmHg },
    ],
    ['heart-rate-per-min', person.restingHeartRatePerMin],
    ['spo2-percent', random.integer(96, 99)],
    ['ecg', 'no-concern'],
    ['alt-times-uln', Math.round((0.6 + random.next()) * 10) / 10],
    ['ast-times-uln', Math.round((0.6 + random.next()) * 10) / 10],
    ['breath-alcohol', 0],
    ['ciwa-ar', random.integer(0, 4)],
    ['suicide-risk-level', 0],
    ['ketamine-days-per-week', 0],
    ...(person.sex === 'female'
      ? ([
          ['pregnancy-test', 'negative'],
          ['breastfeeding', 'no'],
          ['contraception-agreed', 'yes'],
        ] as const)
      : []),
  ]
}

/**
 * What a nurse asks and rates on every day of a dose, beside the checklist and the reading: what holds a dose on the
 * day, and what of the decision would otherwise grow too old over the weeks of a series.
 */
export function factsOfTheDay({ person, random }: Life): readonly (readonly [FactKind, unknown])[] {
  return [
    ['intoxicated-now', 'no'],
    ['stimulant-last-24-h', 'no'],
    ['ciwa-ar', random.integer(0, 3)],
    ['suicide-risk-level', 0],
    ['mania-now', 'no'],
    ['consent-capacity', 'yes'],
    ...(person.sex === 'female'
      ? ([
          ['pregnancy-test', 'negative'],
          ['breastfeeding', 'no'],
        ] as const)
      : []),
  ]
}

/** Staff record facts as measured now. */
export async function measure(
  world: World,
  life: Life,
  facts: readonly (readonly [FactKind, unknown])[],
  nurse: Member = world.staff.nurses[0]!,
) {
  await act(
    world,
    nurse,
    recordFacts,
    facts.map(([kind, value]) => ({
      id: world.services.ids.next<'fact'>(),
      personId: life.personId,
      kind,
      value,
      observedAt: world.table.now(),
      source: 'measured-here' as const,
    })),
  )
}

/** The visit: measurements, the conversation, and the prescriber's signed decision within two hours. */
export function assessInPerson(
  world: World,
  life: Life,
  at: Instant,
  then: (assessmentId: AssessmentId) => void,
) {
  world.table.at(at, () => measure(world, life, factsOf(life)))
  if (!life.brief) formsOfTheVisit(world, life, at)
  tellMedicines(world, life, at)
  writeWorkUp(world, life, at)
  world.table.at(minutesAfter(at, 50), async () => {
    const { prescriber } = life
    const [assessment] = await runQuery(world.services, prescriber, ({ db }) =>
      assessmentsOfPerson(db, world.system.clinicId, life.personId),
    )
    if (!assessment) throw new Error('nobody opened an assessment')
    const eligible = life.person.course !== 'not-eligible'
    const shown = await runQuery(world.services, prescriber, ({ db, at: now }) =>
      rulesShownNow(db, world.system.clinicId, life.personId, now),
    )
    await act(world, prescriber, decideEligibility, {
      assessmentId: assessment.id,
      key: world.services.ids.next(),
      decision: eligible ? 'eligible' : 'not-eligible',
      reasons: eligible
        ? 'Examined today. Stopped drinking, no contraindication found; wants it, understands what is not known.'
        : 'A known aneurysm: the rise in blood pressure is not safe. Offered other medicines and the therapy group.',
      overrides: [],
      shown,
      stepUp: { accountId: prescriber.accountId, at: world.table.now() },
    })
    if (eligible) then(assessment.id)
  })
}
