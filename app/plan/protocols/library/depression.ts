import { neverRaisedAfter, subcutaneousCeilings, sublingualCeilings } from '../common-rules.ts'
import type { Protocol } from '../protocol.ts'
import {
  givenAtOnceRow,
  infusionRow,
  memory,
  oneInfusion,
  stretch,
  study,
  TWICE_A_WEEK,
  unknown,
  WEEKLY,
} from './built.ts'

const trdAcute = infusionRow({
  id: 'trd-acute',
  title: 'Six infusions in three weeks',
  conditionGroup: 'depression',
  condition: 'Treatment-resistant depression without psychosis',
  dose: oneInfusion(study(0.5), study(40)),
  course: [stretch('Twice a week', study(6), TWICE_A_WEEK)],
  therapy: null,
  evidence: {
    grade: 'mixed',
    studyIds: ['anand-2023-elektd', 'jelovac-2025-karmadep2', 'singh-2016-frequency', 'murrough-2013-trd'],
    text: [
      'One open trial of 403 people: 55 of every hundred responded with ketamine, 41 with electroconvulsive therapy. Nobody got a placebo.',
      'One blinded trial of 65 inpatients against midazolam found no clear difference (KARMA-Dep 2).',
      'Three times a week was no better than twice.',
    ],
  },
})

const trdMaint = infusionRow({
  id: 'trd-maint',
  title: 'Keeping up a response, then less often',
  conditionGroup: 'depression',
  condition: 'Treatment-resistant depression that responded to a first course',
  dose: oneInfusion(study(0.5), study(40)),
  course: [
    stretch('Weekly', study(4), WEEKLY, { phaseId: 'maintenance' }),
    stretch(
      'Every 2 to 4 weeks by response',
      { value: 4, origin: 'default' },
      { from: 13, aim: 21, to: 30, origin: 'memory' },
      { phaseId: 'maintenance', openEnded: true },
    ),
  ],
  therapy: null,
  evidence: {
    grade: 'thin',
    studyIds: ['phillips-2019-repeat'],
    text: [
      'One study of 41 people ended with weekly infusions for those who had responded: they kept their benefit and gained no more. That part had nobody to compare with.',
      'Weekly or more often for over six months needs a second opinion (a default of ours).',
    ],
  },
})

const trdSc = givenAtOnceRow({
  id: 'trd-sc',
  title: 'Injections under the skin, raised by response',
  conditionGroup: 'depression',
  condition: 'Treatment-resistant depression',
  route: 'subcutaneous',
  dose: {
    kind: 'bolus-mg-per-kg',
    mgPerKg: study(0.5),
    titration: {
      furtherMgPerKg: [0.6, 0.75, 0.9],
      rule: 'One step up only when less than half better and the last dose was tolerated.',
      neverAfter: neverRaisedAfter,
      origin: 'study',
    },
  },
  ceilings: subcutaneousCeilings,
  course: [stretch('Twice a week', study(8), TWICE_A_WEEK)],
  therapy: null,
  evidence: {
    grade: 'mixed',
    studyIds: ['loo-2023-kads'],
    text: [
      'One trial of 174 people in two parts. With the dose fixed at 0.5 mg/kg ketamine was no better than midazolam.',
      'With the dose raised by response more people were well after four weeks. The figures are from memory, not looked up.',
    ],
  },
})

const inRacemic = givenAtOnceRow({
  id: 'in-racemic',
  title: 'Compounded racemic spray',
  conditionGroup: 'depression',
  condition: 'Major depression',
  route: 'nasal-racemic',
  dose: {
    kind: 'fixed-mg',
    choicesMg: [50],
    origin: 'memory',
    unknownBecause: null,
    firstDayChoicesMg: null,
    administration: 'One session was studied once.',
  },
  ceilings: { by: 'mg', softMg: unknown('no figure is proposed'), hardMg: unknown('no figure is proposed') },
  course: [stretch('Once', memory(1))],
  therapy: null,
  evidence: {
    grade: 'thin',
    studyIds: [],
    text: [
      'One small trial of a single dose.',
      'The FDA warned of compounded ketamine nasal spray in February 2022.',
    ],
  },
  notOrderableBecause: 'The FDA warned of compounded ketamine nasal spray in February 2022.',
})

const slKap = givenAtOnceRow({
  id: 'sl-kap',
  title: 'Tablets under the tongue with therapy',
  conditionGroup: 'mixed',
  condition: 'Depression and anxiety, mixed diagnoses',
  route: 'sublingual',
  dose: {
    kind: 'fixed-mg',
    choicesMg: [],
    origin: 'memory',
    unknownBecause: 'no study fixes one; 100 to 300 mg are common, from memory',
    firstDayChoicesMg: null,
    administration: 'Held in the mouth for 10 to 15 minutes, in the clinic and watched.',
  },
  ceilings: sublingualCeilings,
  course: [stretch('Weekly', unknown('4 to 6'), WEEKLY)],
  therapy: {
    name: 'Ketamine-assisted psychotherapy',
    sessions: unknown('not stated'),
    hoursAfterDose: null,
    text: 'Preparation, a session with a therapist, integration.',
  },
  evidence: {
    grade: 'uncontrolled',
    studyIds: ['hull-2022-home-sl', 'dore-2019-kap'],
    text: [
      'Reports of 1,247 people treated at home by a company, and of 235 people of three practices. Nobody to compare with.',
      'The FDA warned in October 2023 of compounded ketamine taken at home without anybody watching.',
    ],
  },
})

const oral = givenAtOnceRow({
  id: 'oral',
  title: 'Swallowed',
  conditionGroup: 'depression',
  condition: 'Depression',
  route: 'oral',
  dose: {
    kind: 'fixed-mg',
    choicesMg: [],
    origin: 'source',
    unknownBecause: 'reports range from 25 to 300 mg, or 0.25 to 7 mg/kg',
    firstDayChoicesMg: null,
    administration: 'No common schedule exists.',
  },
  ceilings: { by: 'mg', softMg: unknown('no figure is proposed'), hardMg: unknown('no figure is proposed') },
  course: [stretch('Varied', unknown('varied'))],
  therapy: null,
  evidence: {
    grade: 'thin',
    studyIds: [],
    text: [
      'A review of 2019 (Andrade) found little. Only 20 to 25 of every hundred mg that are swallowed reach the blood.',
    ],
  },
})

export const depressionProtocols: readonly Protocol[] = [trdAcute, trdMaint, trdSc, inRacemic, slKap, oral]
