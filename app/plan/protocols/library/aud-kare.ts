import {
  alcoholDayRules,
  commonDayRules,
  defaultNonResponse,
  defaultWeightRule,
  infusionCeilings,
  infusionDischarge,
  infusionMonitoring,
  infusionStopRules,
  infusionVisit,
  noAlcoholToday,
} from '../common-rules.ts'
import type { Protocol } from '../protocol.ts'

/**
 * Three weekly infusions with relapse-prevention therapy, after the KARE trial (Grabski 2022): 0.8 mg/kg over
 * 40 minutes, severe alcohol use disorder, shortly after stopping. Everything marked `default` is ours and waits
 * for the medical director.
 */
export const audKare: Protocol = {
  schemaVersion: 2,
  id: 'aud-kare',
  version: '1',
  title: 'Three weekly infusions with therapy',
  conditionGroup: 'alcohol',
  condition: 'Severe alcohol use disorder, shortly after stopping',
  setting: 'outpatient',
  route: 'intravenous',
  dose: {
    kind: 'infusion-mg-per-kg',
    steps: [
      {
        title: 'Infusion',
        mgPerKg: { value: 0.8, origin: 'study' },
        durationMin: { value: 40, origin: 'study' },
      },
    ],
    titration: null,
  },
  course: [
    {
      phaseId: 'infusions',
      title: 'Weekly',
      sessions: { value: 3, origin: 'study' },
      spacing: { earliestDays: 6, targetDays: 7, latestDays: 10, origin: 'default' },
      targetsInTurn: [],
      openEnded: false,
    },
  ],
  phases: [
    {
      id: 'preparation',
      kind: 'prepare',
      title: 'Preparation',
      text: 'A first therapy session: what the person wants to change, what may happen in a session, who brings them home.',
    },
    {
      id: 'infusions',
      kind: 'induct',
      title: 'Three infusions, one a week',
      text: 'Each with a nurse in the room, and a therapy session on the days between.',
    },
    {
      id: 'therapy',
      kind: 'integrate',
      title: 'Therapy to the end',
      text: 'The remaining therapy sessions, so that seven are held in all.',
    },
    {
      id: 'follow-up',
      kind: 'stop',
      title: 'Follow-up',
      text: 'Check-ins and questionnaires for six months, the time over which the study counted.',
    },
  ],
  visit: infusionVisit(40),
  ceilings: infusionCeilings,
  weight: defaultWeightRule,
  orderValidDays: 42,
  dayOf: [...commonDayRules, ...alcoholDayRules],
  monitoring: infusionMonitoring,
  nonResponse: defaultNonResponse,
  discharge: infusionDischarge,
  stopRules: [...infusionStopRules, noAlcoholToday],
  therapy: {
    name: 'Mindfulness-based relapse prevention',
    sessions: { value: 7, origin: 'study' },
    hoursAfterDose: null,
    text: 'Seven sessions around the three infusions. That infusion and therapy work better together than apart was not shown.',
  },
  evidence: {
    grade: 'mixed',
    studyIds: [
      'grabski-2022-kare',
      'ongoing-more-kare',
      'yoon-2025-naltrexone-rct',
      'terasaki-2022-inpatient',
    ],
    text: [
      'One trial of 96 people with two main outcomes. They point in different directions.',
      'Days without alcohol over six months: 10 more in every hundred with ketamine than with salt water (95 % interval 1 to 19).',
      'Return to drinking at six months, the other main outcome: no clear difference.',
      'A larger trial of the same schedule is running and has no result yet. Two smaller trials of a lower dose in people with alcohol problems found no benefit.',
    ],
  },
  requiredDocumentIds: ['treatment', 'data-notice'],
  notOrderableBecause: null,
}
