import {
  alcoholDayRules,
  commonDayRules,
  givenDoseStopRules,
  infusionStopRules,
  intramuscularCeilings,
  noAlcoholToday,
} from '../common-rules.ts'
import type { Protocol } from '../protocol.ts'
import { audKare } from './aud-kare.ts'
import { givenAtOnceRow, infusionRow, memory, oneInfusion, stretch, study, unknown, WEEKLY } from './built.ts'

const alcohol = {
  conditionGroup: 'alcohol',
  dayOf: [...commonDayRules, ...alcoholDayRules],
  stopRules: [...infusionStopRules, noAlcoholToday],
} as const

const audMet = infusionRow({
  ...alcohol,
  id: 'aud-met',
  title: 'One infusion on the quit day, with motivational therapy',
  condition: 'Alcohol use disorder, at least 24 hours without a drink',
  dose: {
    kind: 'infusion-mg-per-kg',
    steps: [
      { title: 'Bolus', mgPerKg: study(0.11), durationMin: study(2) },
      { title: 'Infusion', mgPerKg: study(0.6), durationMin: study(50) },
    ],
    titration: null,
  },
  ceilings: {
    by: 'mg-per-kg',
    softMgPerKg: { value: 1, origin: 'default' },
    hardMgPerKg: { value: 1.5, origin: 'default' },
    rateMgPerKgPerMin: { value: 0.025, origin: 'default' },
    bolusException: { stepTitle: 'Bolus', mgPerKgPerMin: 0.055, origin: 'study' },
  },
  course: [stretch('Once, on the quit day in the second week of therapy', study(1))],
  therapy: {
    name: 'Motivational enhancement therapy',
    sessions: unknown('number of sessions not stated; over 5 weeks'),
    hoursAfterDose: null,
    text: 'Over five weeks, the infusion in the second. What is counted: the change plan and the quit day.',
  },
  evidence: {
    grade: 'positive',
    studyIds: ['dakwar-2020-alcohol', 'yoon-2025-naltrexone-rct', 'terasaki-2022-inpatient'],
    text: [
      'One pilot trial of 40 people, followed for 21 days: drinking and time to relapse favoured ketamine over midazolam.',
      'Small; most could probably tell what they got; fewer than half were reached later.',
    ],
  },
})

const audMddWeekly = infusionRow({
  ...alcohol,
  id: 'aud-mdd-weekly',
  title: 'Four weekly infusions, with or without naltrexone',
  condition: 'Alcohol use disorder together with major depression',
  dose: oneInfusion(study(0.5), memory(40)),
  course: [stretch('Weekly', study(4), WEEKLY)],
  therapy: null,
  evidence: {
    grade: 'null',
    studyIds: ['yoon-2025-naltrexone-rct', 'yoon-2019-naltrexone-open'],
    text: [
      'One trial of 65 people with three arms, with and without injected naltrexone: no difference between the groups, neither in depression nor in abstinence.',
      'All groups improved much, so a difference was hard to see; about 20 people in each.',
    ],
  },
})

const audInpatient = infusionRow({
  ...alcohol,
  id: 'aud-inpatient',
  title: 'One infusion before leaving the hospital',
  condition: 'Severe alcohol use disorder, medical inpatients',
  setting: 'hospital-only',
  dose: oneInfusion(study(0.5), study(40)),
  course: [stretch('Once, before discharge', study(1))],
  therapy: {
    name: 'Linkage to an addiction clinic',
    sessions: unknown('not stated'),
    hoursAfterDose: null,
    text: 'Help to reach the addiction clinic after the stay.',
  },
  evidence: {
    grade: 'null',
    studyIds: ['terasaki-2022-inpatient'],
    text: [
      'One open pilot trial of 44 people in three groups: fewer came back to hospital within 30 days, but the difference may be chance (p = 0.17).',
    ],
  },
})

const audKpt = givenAtOnceRow({
  ...alcohol,
  stopRules: [...givenDoseStopRules, noAlcoholToday],
  id: 'aud-kpt',
  title: 'One injection with existential therapy',
  condition: 'Alcohol dependence',
  route: 'intramuscular',
  dose: { kind: 'bolus-mg-per-kg', mgPerKg: memory(2.5), titration: null },
  ceilings: intramuscularCeilings,
  course: [stretch('Once', memory(1))],
  therapy: {
    name: 'Existential ketamine psychotherapy',
    sessions: unknown('about 10 hours before and 5 hours after, from memory'),
    hoursAfterDose: null,
    text: 'Preparation, a session of 1.5 to 2 hours with a guide, integration.',
  },
  evidence: {
    grade: 'biased',
    studyIds: ['krupitsky-1997-alcohol'],
    text: [
      'A report of 211 people over ten years: 73 of 111 with it and 24 of 100 without it had not drunk after a year.',
      'People chose the treatment themselves and nobody drew lots, so this is no proof that it works.',
      'The dose is far above the soft ceiling: each order needs a reason.',
    ],
  },
})

const audPhase3 = infusionRow({
  ...alcohol,
  id: 'aud-phase3',
  title: 'The trial that repeats the three weekly infusions',
  condition: 'Severe alcohol use disorder',
  dose: oneInfusion(study(0.8), study(40)),
  course: [stretch('Weekly', study(3), WEEKLY)],
  therapy: {
    name: 'Therapy of the trial',
    sessions: study(7),
    hoursAfterDose: null,
    text: 'Seven sessions around three infusions.',
  },
  evidence: {
    grade: 'pending',
    studyIds: ['ongoing-more-kare', 'grabski-2022-kare'],
    text: ['A trial of 280 people against a dose of 0.05 mg/kg. It has no published result yet.'],
  },
  notOrderableBecause:
    'It is a running trial with no result. Its dose and schedule are those of “Three weekly infusions with therapy”.',
})

const awsIcu = infusionRow({
  id: 'aws-icu',
  title: 'Infusion until withdrawal has settled',
  conditionGroup: 'alcohol',
  condition: 'Severe alcohol withdrawal in intensive care',
  setting: 'hospital-only',
  dose: {
    kind: 'rate',
    lowMgPerKgPerH: study(0.15),
    highMgPerKgPerH: study(0.3),
    bolusMgPerKg: study(0.3),
  },
  course: [stretch('Continuous', unknown('until settled, no number of sessions'))],
  therapy: null,
  evidence: {
    grade: 'biased',
    studyIds: ['pizon-2018-aws', 'shah-2018-aws', 'wong-2015-aws'],
    text: [
      'Intensive care units looked back: 63 people before and after a new guideline, fewer intubated and fewer days in intensive care.',
      'Another unit used a median of 0.75 mg/kg an hour in 30 people, with nobody to compare with.',
      'Never an outpatient treatment.',
    ],
  },
})

export const alcoholProtocols: readonly Protocol[] = [
  audKare,
  audMet,
  audMddWeekly,
  audKpt,
  audPhase3,
  audInpatient,
  awsIcu,
]
