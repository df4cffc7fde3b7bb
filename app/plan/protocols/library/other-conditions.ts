import { commonDayRules } from '../common-rules.ts'
import type { Protocol } from '../protocol.ts'
import { infusionRow, memory, oneInfusion, stretch, study, TWICE_A_WEEK } from './built.ts'

const ptsd2wk = infusionRow({
  id: 'ptsd-2wk',
  title: 'Six infusions in two weeks',
  conditionGroup: 'ptsd',
  condition: 'Chronic post-traumatic stress disorder, civilians',
  dose: oneInfusion(study(0.5), study(40)),
  course: [stretch('Three times a week', study(6), { from: 1, aim: 2, to: 4, inTurn: [2, 2, 3] })],
  therapy: null,
  evidence: {
    grade: 'positive',
    studyIds: ['feder-2021-ptsd', 'abdallah-2022-ptsd'],
    text: [
      'One trial of 30 people: 67 of every hundred responded with ketamine and 20 with midazolam; half had lost the response after 27.5 days.',
      'A larger trial in veterans found no benefit.',
    ],
  },
})

const ptsdVet = infusionRow({
  id: 'ptsd-vet',
  title: 'Eight infusions in four weeks',
  conditionGroup: 'ptsd',
  condition: 'Post-traumatic stress disorder, veterans and military',
  dose: oneInfusion(study(0.5), study(40)),
  course: [stretch('Twice a week', study(8), TWICE_A_WEEK)],
  therapy: null,
  evidence: {
    grade: 'null',
    studyIds: ['abdallah-2022-ptsd', 'feder-2021-ptsd'],
    text: [
      'The largest trial, 158 people, with 0.2 or 0.5 mg/kg against salt water: no benefit for post-traumatic stress.',
      'Depression was better with 0.5 mg/kg than with salt water.',
    ],
  },
})

const bdDep = infusionRow({
  id: 'bd-dep',
  title: 'One infusion beside lithium or valproate',
  conditionGroup: 'bipolar',
  condition: 'Bipolar depression, on lithium or valproate',
  dose: oneInfusion(memory(0.5), memory(40)),
  course: [stretch('Once', memory(1))],
  dayOf: [
    ...commonDayRules,
    {
      item: 'Mood stabiliser',
      rule: 'lithium or valproate is taken, and there is no mania',
      origin: 'study',
    },
  ],
  therapy: null,
  evidence: {
    grade: 'positive',
    studyIds: ['diazgranados-2010-bipolar', 'zarate-2012-bipolar'],
    text: [
      'One crossover trial of 18 people, all on a mood stabiliser: 71 of every hundred responded at some point, 6 with salt water. The difference lasted from 40 minutes to day 3.',
      'One person became manic with ketamine, and one with salt water.',
    ],
  },
})

const ocd = infusionRow({
  id: 'ocd',
  title: 'One infusion',
  conditionGroup: 'ocd',
  condition: 'Obsessive-compulsive disorder, without medication',
  dose: oneInfusion(study(0.5), study(40)),
  course: [stretch('Once', study(1))],
  therapy: null,
  evidence: {
    grade: 'mixed',
    studyIds: ['rodriguez-2013-ocd', 'bloch-2012-ocd'],
    text: [
      'One crossover trial of 15 people: 4 of 8 responded within a week with ketamine, none of 7 with salt water.',
      'An open study of 10 people on medication: none responded.',
    ],
  },
})

export const otherConditionProtocols: readonly Protocol[] = [ptsd2wk, ptsdVet, bdDep, ocd]
