import { intramuscularCeilings } from '../common-rules.ts'
import type { Protocol } from '../protocol.ts'
import { givenAtOnceRow, stretch, study, unknown } from './built.ts'

const oudKpt = givenAtOnceRow({
  id: 'oud-kpt',
  title: 'Injection with existential therapy, once or three times',
  conditionGroup: 'opioids',
  condition: 'Heroin dependence, after detoxification',
  route: 'intramuscular',
  dose: { kind: 'bolus-mg-per-kg', mgPerKg: study(2), titration: null },
  ceilings: intramuscularCeilings,
  course: [
    stretch('First session', study(1)),
    stretch('Two more, monthly, where that is planned', study(2), { from: 26, aim: 30, to: 35 }),
  ],
  therapy: {
    name: 'Existential ketamine psychotherapy',
    sessions: unknown('about 10 hours before and 5 hours after, from memory'),
    hoursAfterDose: null,
    text: 'Preparation, a session of 1.5 to 2 hours with a guide, integration, and addiction counselling.',
  },
  evidence: {
    grade: 'positive',
    studyIds: ['krupitsky-2002-heroin', 'krupitsky-2007-heroin'],
    text: [
      'One trial of 70 people: 2.0 mg/kg was better than 0.2 mg/kg over two years, though few in either group stayed abstinent for long.',
      'One trial of 59 people who all had a first session: 13 of 26 with three sessions and 6 of 27 with one were abstinent after a year. Depression, anxiety and craving did not differ.',
      'One centre; most could probably tell what they got. The dose is far above the soft ceiling: each order needs a reason.',
    ],
  },
})

const oudBupSl = givenAtOnceRow({
  id: 'oud-bup-sl',
  title: 'Low doses under the tongue while buprenorphine begins',
  conditionGroup: 'opioids',
  condition: 'Opioid use disorder, starting buprenorphine',
  route: 'sublingual',
  dose: {
    kind: 'fixed-mg',
    choicesMg: [16],
    origin: 'study',
    unknownBecause: null,
    firstDayChoicesMg: null,
    administration: 'A dose that does not dissociate, several times while buprenorphine begins.',
  },
  ceilings: { by: 'mg', softMg: study(16), hardMg: { value: 450, origin: 'default' } },
  course: [stretch('Over the first days', unknown('4 to 8 doses'))],
  therapy: null,
  evidence: {
    grade: 'uncontrolled',
    studyIds: ['grande-2024-buprenorphine'],
    text: [
      'A series of 37 people for whom it was prescribed: 16 completed the start of buprenorphine, of 24 who took it.',
      'Nobody to compare with.',
    ],
  },
})

const oudBupIm = givenAtOnceRow({
  id: 'oud-bup-im',
  title: 'One low injection before buprenorphine',
  conditionGroup: 'opioids',
  condition: 'Withdrawal from fentanyl, starting buprenorphine',
  route: 'intramuscular',
  dose: {
    kind: 'fixed-mg',
    choicesMg: [10],
    origin: 'study',
    unknownBecause: null,
    firstDayChoicesMg: null,
    administration: 'Once; buprenorphine 8 mg under the tongue follows after 30 minutes, by its own order.',
  },
  ceilings: { by: 'mg', softMg: study(10), hardMg: study(10) },
  course: [stretch('Once', study(1))],
  therapy: null,
  evidence: {
    grade: 'uncontrolled',
    studyIds: ['engeriser-2026-buprenorphine-im', 'ongoing-oud-im'],
    text: [
      'Fifty people in one 24-hour crisis centre: withdrawal (COWS) fell from 13.6 to 6.2 within 30 minutes, before buprenorphine.',
      'Nobody to compare with, one centre. A crisis centre has staff that a clinic may not have.',
    ],
  },
})

export const opioidProtocols: readonly Protocol[] = [oudKpt, oudBupSl, oudBupIm]
