import type { Protocol } from '../protocol.ts'
import { esketamineRow, memory, stretch, TWICE_A_WEEK, WEEKLY } from './built.ts'

const DEVICES =
  'The person sprays it themselves in the clinic: two devices for 56 mg, three for 84 mg, 5 minutes between them. A prescriber is on site.'

const eskTrd = esketamineRow({
  id: 'esk-trd',
  title: 'Esketamine spray',
  conditionGroup: 'depression',
  condition: 'Treatment-resistant depression',
  dose: {
    kind: 'fixed-mg',
    choicesMg: [56, 84],
    origin: 'source',
    unknownBecause: null,
    firstDayChoicesMg: [56],
    administration: DEVICES,
  },
  course: [
    stretch('Weeks 1 to 4, twice a week', { value: 8, origin: 'source' }, TWICE_A_WEEK),
    stretch('Weeks 5 to 8, weekly', { value: 4, origin: 'source' }, WEEKLY),
    stretch(
      'From week 9, weekly or every 2 weeks',
      { value: 4, origin: 'default' },
      { from: 6, aim: 14, to: 17 },
      { phaseId: 'maintenance', openEnded: true },
    ),
  ],
  therapy: null,
  evidence: {
    grade: 'approved',
    studyIds: ['popova-2019-transform2', 'daly-2019-sustain1', 'reif-2023-escape-trd', 'zaki-2025-sustain3'],
    text: [
      'Approved with an oral antidepressant, and alone since January 2025 (that date is from memory). Not for addiction.',
      'One trial of 227 people: 69 of every hundred responded with the spray and 52 with placebo, both with a new antidepressant. Two sister trials missed their main outcome.',
      'It is given only in a certified place under the REMS programme, with at least two hours of watching.',
    ],
  },
})

const eskMdsi = esketamineRow({
  id: 'esk-mdsi',
  title: 'Esketamine spray, four weeks',
  conditionGroup: 'depression',
  condition: 'Major depression with acute thoughts of suicide, with an oral antidepressant',
  dose: {
    kind: 'fixed-mg',
    choicesMg: [56, 84],
    origin: 'memory',
    unknownBecause: null,
    firstDayChoicesMg: null,
    administration: `84 mg; 56 mg where 84 mg is not tolerated. ${DEVICES}`,
  },
  course: [stretch('Twice a week for four weeks', memory(8), TWICE_A_WEEK)],
  therapy: null,
  evidence: {
    grade: 'approved',
    studyIds: [],
    text: [
      'Approved together with an oral antidepressant (from memory). It was not shown to prevent suicide.',
      'Imminent danger is not treated by dosing as an outpatient alone: the urgent pathway comes first.',
    ],
  },
})

export const esketamineProtocols: readonly Protocol[] = [eskTrd, eskMdsi]
