import { intramuscularCeilings, neverRaisedAfter } from '../common-rules.ts'
import type { Protocol } from '../protocol.ts'
import { givenAtOnceRow, infusionRow, memory, oneInfusion, stretch, study, unknown, WEEKLY } from './built.ts'

const cocMbrp = infusionRow({
  id: 'coc-mbrp',
  title: 'One infusion with mindfulness-based relapse prevention',
  conditionGroup: 'cocaine',
  condition: 'Cocaine dependence',
  dose: oneInfusion(study(0.5), study(40)),
  course: [stretch('Once, on day 2', study(1))],
  therapy: {
    name: 'Mindfulness-based relapse prevention',
    sessions: unknown('daily in the first days, then weekly to week 5'),
    hoursAfterDose: null,
    text: 'Daily in the first days, then weekly to week 5. What is counted: attendance and minutes of practice at home.',
  },
  evidence: {
    grade: 'positive',
    studyIds: ['dakwar-2019-cocaine', 'dakwar-2017-cocaine'],
    text: [
      'One trial of 55 people: 13 of 27 with ketamine and 3 of 28 with midazolam used no cocaine in the last two weeks.',
      'One centre, and it stopped before the 60 people it had planned.',
      'In the study people stayed in hospital for the first five days; a clinic without beds leaves the study here.',
    ],
  },
})

const cocLab = infusionRow({
  id: 'coc-lab',
  title: 'Laboratory infusions, two doses',
  conditionGroup: 'cocaine',
  condition: 'Cocaine dependence in people who did not seek treatment',
  dose: {
    kind: 'infusion-mg-per-kg',
    steps: [
      { title: 'Bolus', mgPerKg: study(0.11), durationMin: study(2) },
      { title: 'Infusion', mgPerKg: study(0.3), durationMin: study(50) },
    ],
    titration: {
      furtherMgPerKg: [0.71],
      rule: 'The other dose of the study, 0.11 and then 0.60 mg/kg.',
      neverAfter: [],
      origin: 'study',
    },
  },
  ceilings: {
    by: 'mg-per-kg',
    softMgPerKg: { value: 1, origin: 'default' },
    hardMgPerKg: { value: 1.5, origin: 'default' },
    rateMgPerKgPerMin: { value: 0.025, origin: 'default' },
    bolusException: { stepTitle: 'Bolus', mgPerKgPerMin: 0.055, origin: 'study' },
  },
  course: [stretch('Each dose once', study(2), { from: 2, aim: 2, to: 14, origin: 'study' })],
  therapy: null,
  evidence: {
    grade: 'thin',
    studyIds: ['dakwar-2014-cocaine', 'dakwar-2017-cocaine'],
    text: [
      'Two laboratory studies of 8 and 20 people: less craving and less cocaine chosen a day later.',
      'In daily life the effect faded within days.',
    ],
  },
  notOrderableBecause: 'It was a laboratory study in people who did not seek treatment, not a treatment.',
})

const canStep = infusionRow({
  id: 'can-step',
  title: 'One infusion, a higher one without response',
  conditionGroup: 'cannabis',
  condition: 'Cannabis dependence',
  dose: {
    kind: 'infusion-mg-per-kg',
    steps: [{ title: 'Infusion', mgPerKg: study(0.71), durationMin: unknown('not confirmed') }],
    titration: {
      furtherMgPerKg: [1.41],
      rule: 'The second infusion, only when the first brought no response.',
      neverAfter: neverRaisedAfter,
      origin: 'study',
    },
  },
  course: [stretch('First infusion', study(1)), stretch('Second infusion, only without response', study(1))],
  therapy: {
    name: 'Motivational enhancement and mindfulness-based relapse prevention',
    sessions: unknown('not stated; over 6 weeks'),
    hoursAfterDose: null,
    text: 'Over six weeks, the infusions within them.',
  },
  evidence: {
    grade: 'uncontrolled',
    studyIds: ['azhari-2021-cannabis'],
    text: ['Eight people who completed it: fewer days of use. Nobody to compare with.'],
  },
})

const bzdTaper = infusionRow({
  id: 'bzd-taper',
  title: 'Six infusions while a benzodiazepine is tapered',
  conditionGroup: 'benzodiazepines',
  condition: 'Long use of a benzodiazepine together with treatment-resistant depression',
  dose: oneInfusion(memory(0.5), study(40)),
  course: [
    stretch('Six in four weeks, with the taper', study(6), { from: 3, aim: 5, to: 8 }, { phaseId: 'taper' }),
  ],
  phases: [
    {
      id: 'evaluation',
      kind: 'evaluate',
      title: 'Evaluation',
      text: 'Which benzodiazepine, how much, how long; seizures before.',
    },
    {
      id: 'preparation',
      kind: 'prepare',
      title: 'Preparation',
      text: 'A written taper. A benzodiazepine is never stopped suddenly.',
    },
    {
      id: 'taper',
      kind: 'taper',
      title: 'Infusions and taper',
      text: 'Six infusions in four weeks while the benzodiazepine is reduced.',
    },
    {
      id: 'end',
      kind: 'stop',
      title: 'End',
      text: 'A last review; the taper goes on by its own plan if it is not finished.',
    },
  ],
  therapy: {
    name: 'Montreal model',
    sessions: unknown('not stated'),
    hoursAfterDose: null,
    text: 'Supportive talks, music, care for the setting.',
  },
  evidence: {
    grade: 'uncontrolled',
    studyIds: ['garel-2023-benzodiazepine'],
    text: [
      '22 people in one clinic: 20 had stopped after four weeks, 14 had not begun again a year later.',
      'Nobody to compare with; the taper was closely accompanied.',
    ],
  },
})

const pending = 'No trial has a result yet: whether it helps anybody is not known.'

const meth = infusionRow({
  id: 'meth',
  title: 'Eight infusions with weekly therapy',
  conditionGroup: 'methamphetamine',
  condition: 'Methamphetamine use disorder',
  dose: oneInfusion(study(0.5), study(45)),
  course: [stretch('Eight in six weeks', study(8), { from: 3, aim: 5, to: 8 })],
  therapy: {
    name: 'Cognitive behavioural therapy',
    sessions: study(12),
    hoursAfterDose: { from: 24, to: 72, origin: 'memory' },
    text: 'Weekly for twelve weeks.',
  },
  evidence: {
    grade: 'pending',
    studyIds: ['ongoing-meth-iv'],
    text: [
      'A trial of 120 people is recruiting. No result yet; no finished randomised trial exists for methamphetamine.',
    ],
  },
  notOrderableBecause: pending,
})

const methIm = givenAtOnceRow({
  id: 'meth-im',
  title: 'Three injections with preparation and integration',
  conditionGroup: 'methamphetamine',
  condition: 'Methamphetamine use disorder',
  route: 'intramuscular',
  dose: {
    kind: 'bolus-mg-per-kg',
    mgPerKg: study(0.5),
    titration: {
      furtherMgPerKg: [0.75],
      rule: 'The higher dose of the study.',
      neverAfter: neverRaisedAfter,
      origin: 'study',
    },
  },
  ceilings: intramuscularCeilings,
  course: [stretch('Weekly', study(3), WEEKLY)],
  therapy: {
    name: 'Ketamine-assisted therapy',
    sessions: study(7),
    hoursAfterDose: { from: 24, to: 72, origin: 'study' },
    text: 'Three sessions to prepare, one 1 to 3 days after each dose, one at the end.',
  },
  evidence: {
    grade: 'pending',
    studyIds: ['ongoing-meth-im-kap'],
    text: ['A feasibility study of 12 people without a comparison is recruiting. No result yet.'],
  },
  notOrderableBecause: pending,
})

const gambling = infusionRow({
  id: 'gambling',
  title: 'Infusions, as in one report',
  conditionGroup: 'gambling',
  condition: 'Gambling disorder',
  dose: oneInfusion(memory(0.5), study(40)),
  course: [stretch('As in the report', unknown('number of infusions not stated'))],
  therapy: null,
  evidence: {
    grade: 'thin',
    studyIds: ['grant-2020-gambling-case'],
    text: ['One person, who got better. One report is no evidence that others will.'],
  },
})

export const otherSubstanceProtocols: readonly Protocol[] = [
  cocMbrp,
  cocLab,
  canStep,
  bzdTaper,
  meth,
  methIm,
  gambling,
]
