import { defaultInfusionReadingPlan } from '@evenkeel/vital-signs'
import type { Protocol } from '../protocol.ts'

/**
 * Three weekly infusions with relapse-prevention therapy, after the KARE trial (Grabski 2022): 0.8 mg/kg over
 * 40 minutes, severe alcohol use disorder, shortly after stopping. Everything marked `default` is ours and waits
 * for the medical director.
 */
export const audKare: Protocol = {
  id: 'aud-kare',
  version: '1',
  title: 'Three weekly infusions with therapy',
  condition: 'Severe alcohol use disorder, shortly after stopping',
  studyId: 'grabski-2022-kare',
  otherStudyIds: ['ongoing-more-kare', 'yoon-2025-naltrexone-rct', 'terasaki-2022-inpatient'],
  route: 'intravenous',
  dose: { mgPerKg: 0.8, durationMin: 40, origin: 'study' },
  sessions: 3,
  spacing: { earliestDays: 6, targetDays: 7, latestDays: 10, origin: 'default' },
  phases: [
    {
      id: 'preparation',
      title: 'Preparation',
      text: 'A first therapy session: what the person wants to change, what may happen in a session, who brings them home.',
    },
    {
      id: 'infusions',
      title: 'Three infusions, one a week',
      text: 'Each with a nurse in the room, and a therapy session on the days between.',
    },
    {
      id: 'therapy',
      title: 'Therapy to the end',
      text: 'The remaining therapy sessions, so that seven are held in all.',
    },
    {
      id: 'follow-up',
      title: 'Follow-up',
      text: 'Check-ins and questionnaires for six months, the time over which the study counted.',
    },
  ],
  visit: {
    parts: [
      { title: 'Arrival, questions and first readings', minutes: 40 },
      { title: 'Infusion', minutes: 40 },
      { title: 'Recovery with readings every 15 minutes', minutes: 60 },
      { title: 'Checks before leaving', minutes: 40 },
    ],
    origin: 'default',
  },
  ceilings: { softMgPerKg: 1.0, hardMgPerKg: 1.5, rateMgPerKgPerMin: 0.025, origin: 'default' },
  weight: { maxAgeDays: 30, changeToAcknowledgePercent: 10, origin: 'default' },
  orderValidDays: 42,
  monitoring: defaultInfusionReadingPlan,
  discharge: {
    minMinutesAfterEnd: 60,
    conditions: [
      'Awake and answering at once to their name',
      'Oriented to person, place, time and situation',
      'Blood pressure within 20 % of the first reading and below 160/100 mmHg',
      'Oxygen saturation 94 % or more in room air, or as at the first reading',
      'No dissociation left',
      'Steady on their feet: stands up from the chair and walks ten steps',
      'Nausea under control',
      'No new thoughts of suicide',
      'The adult who brings them home is named and present',
      'Written instructions handed over, with the crisis number',
    ],
    origin: 'default',
  },
  stopRules: [
    {
      when: 'Any red reading',
      act: 'Stop the pump, note the time and the mg given, call the prescriber.',
      origin: 'default',
    },
    {
      when: 'Chest pain, severe headache, a sign of stroke, a seizure, trouble breathing',
      act: 'Stop the pump and call 911.',
      origin: 'default',
    },
    {
      when: 'The person asks to stop, panics, or is not safe to leave still',
      act: 'Stop the pump. Nothing has to be explained.',
      origin: 'default',
    },
    {
      when: 'Alcohol on the breath, or a drink in the last 24 hours',
      act: 'No infusion today. The visit is moved, not lost.',
      origin: 'study',
    },
  ],
  therapy: {
    name: 'Mindfulness-based relapse prevention',
    sessions: 7,
    text: 'Seven sessions around the three infusions. That infusion and therapy work better together than apart was not shown.',
  },
  evidence: {
    grade: 'mixed',
    text: [
      'One trial of 96 people with two main outcomes. They point in different directions.',
      'Days without alcohol over six months: 10 more in every hundred with ketamine than with salt water (95 % interval 1 to 19).',
      'Return to drinking at six months, the other main outcome: no clear difference.',
      'A larger trial of the same schedule is running and has no result yet. Two smaller trials of a lower dose in people with alcohol problems found no benefit.',
    ],
  },
  requiredDocumentIds: ['treatment', 'data-notice'],
}
