import {
  defaultAfterDoseReadingPlan,
  defaultEsketamineReadingPlan,
  defaultInfusionReadingPlan,
} from '@evenkeel/vital-signs'
import type { Ceilings, DayRule, Monitoring, Protocol, ScaleMoment, StopRule } from './protocol.ts'

/**
 * What protocols of one route share until a clinic changes it: ceilings, readings, stopping, leaving. Nearly all of
 * it is a design default, to be set by the medical director.
 */

const byDefault = (value: number) => ({ value, origin: 'default' as const })

// Ceilings

export const infusionCeilings: Ceilings = {
  by: 'mg-per-kg',
  softMgPerKg: byDefault(1),
  hardMgPerKg: byDefault(1.5),
  rateMgPerKgPerMin: byDefault(0.025),
  bolusException: null,
}

export const intramuscularCeilings: Ceilings = {
  by: 'mg-per-kg',
  softMgPerKg: byDefault(1),
  hardMgPerKg: byDefault(2.5),
  rateMgPerKgPerMin: null,
  bolusException: null,
}

/** Only a hard ceiling is proposed for the subcutaneous route; the same figure asks for the reason. */
export const subcutaneousCeilings: Ceilings = {
  by: 'mg-per-kg',
  softMgPerKg: byDefault(1),
  hardMgPerKg: byDefault(1),
  rateMgPerKgPerMin: null,
  bolusException: null,
}

export const esketamineCeilings: Ceilings = {
  by: 'mg',
  softMg: { value: 84, origin: 'source' },
  hardMg: { value: 84, origin: 'source' },
}

export const sublingualCeilings: Ceilings = { by: 'mg', softMg: byDefault(300), hardMg: byDefault(450) }

/** What a dose is never raised after. */
export const neverRaisedAfter: readonly string[] = [
  'systolic pressure of 180 or more',
  'MOAA/S of 2 or less',
  'oxygen saturation below 92 %',
  'a session stopped for distress',
  'vomiting without a plan against it',
]

// Readings and scales

const VALUES = [
  'blood pressure',
  'heart rate',
  'oxygen saturation',
  'breathing rate',
  'wakefulness (MOAA/S)',
] as const

const scales = (peakMin: number, endMin: number): readonly ScaleMoment[] => [
  { scale: 'C-SSRS', atMin: [-15, endMin], origin: 'default' },
  { scale: 'PHQ-9', atMin: [-15], origin: 'default' },
  { scale: 'Dissociation (CADSS or a short form)', atMin: [-15, peakMin, endMin], origin: 'default' },
]

export const infusionMonitoring: Monitoring = {
  readings: defaultInfusionReadingPlan,
  values: VALUES,
  scales: scales(40, 100),
  continuous: ['oxygen saturation', 'heart rate'],
}

export const afterDoseMonitoring: Monitoring = {
  readings: defaultAfterDoseReadingPlan,
  values: VALUES,
  scales: scales(30, 120),
  continuous: ['oxygen saturation'],
}

export const esketamineMonitoring: Monitoring = {
  readings: defaultEsketamineReadingPlan,
  values: VALUES,
  scales: scales(40, 120),
  continuous: ['oxygen saturation'],
}

// Stopping

export const infusionStopRules: readonly StopRule[] = [
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
]

/** What was given at once cannot be stopped; what is still to be given can. */
export const givenDoseStopRules: readonly StopRule[] = [
  {
    when: 'Any red reading',
    act: 'Give nothing further, note the time and the mg given, call the prescriber.',
    origin: 'default',
  },
  {
    when: 'Chest pain, severe headache, a sign of stroke, a seizure, trouble breathing',
    act: 'Give nothing further and call 911.',
    origin: 'default',
  },
  {
    when: 'The person does not want more, panics, or is not safe to leave still',
    act: 'Give nothing further and stay with them. Nothing has to be explained.',
    origin: 'default',
  },
]

export const noAlcoholToday: StopRule = {
  when: 'Alcohol on the breath, or a drink in the last 24 hours',
  act: 'No infusion today. The visit is moved, not lost.',
  origin: 'study',
}

export const defaultNonResponse: Protocol['nonResponse'] = {
  reviewAfterSessions: byDefault(4),
  text: 'Review after 4 to 6 sessions, or after the last one of a shorter course. Without a benefit the default is to stop, not to give more.',
  origin: 'default',
}

// The day itself

export const commonDayRules: readonly DayRule[] = [
  { item: 'Food', rule: '6 hours without a light meal, 8 hours without a fatty one', origin: 'memory' },
  { item: 'Clear fluids', rule: 'none in the 2 hours before', origin: 'source' },
  {
    item: 'Way home',
    rule: 'a responsible adult; no driving until the next day after a night’s sleep',
    origin: 'source',
  },
  { item: 'Pregnancy test', rule: 'within 7 days and on the day of the first dose', origin: 'study' },
  { item: 'Mood and safety', rule: 'PHQ-9 and C-SSRS at each visit', origin: 'default' },
]

export const alcoholDayRules: readonly DayRule[] = [
  {
    item: 'Alcohol',
    rule: 'at least 24 hours since the last drink, breath alcohol 0.00, CIWA-Ar looked at',
    origin: 'study',
  },
]

export const esketamineDayRules: readonly DayRule[] = [
  { item: 'Food and fluids', rule: 'no food for 2 hours, no liquid for 30 minutes before', origin: 'memory' },
  { item: 'Nasal sprays', rule: 'no steroid or decongestant within 1 hour', origin: 'memory' },
  ...commonDayRules.slice(2),
]

// Leaving

const LEAVING = [
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
] as const

export const infusionDischarge: Protocol['discharge'] = {
  minMinutesAfterEnd: 60,
  countedFrom: 'end of the infusion',
  conditions: LEAVING,
  origin: 'default',
}

export const afterDoseDischarge: Protocol['discharge'] = {
  minMinutesAfterEnd: 120,
  countedFrom: 'the dose',
  conditions: LEAVING,
  origin: 'default',
}

export const esketamineDischarge: Protocol['discharge'] = {
  minMinutesAfterEnd: 120,
  countedFrom: 'the first device',
  conditions: [...LEAVING, 'Sedation, dissociation and any trouble breathing are over'],
  origin: 'source',
}

/** Figures that a clinic sets for every mg/kg order. */
export const defaultWeightRule: Protocol['weight'] = {
  maxAgeDays: 30,
  changeToAcknowledgePercent: 10,
  origin: 'default',
}

/** The visit of an infusion: 40 minutes to arrive, the infusion, an hour to recover, 40 minutes to leave. */
export function infusionVisit(infusionMin: number): Protocol['visit'] {
  return {
    parts: [
      { title: 'Arrival, questions and first readings', minutes: 40 },
      { title: 'Infusion', minutes: infusionMin },
      { title: 'Recovery with readings every 15 minutes', minutes: 60 },
      { title: 'Checks before leaving', minutes: 40 },
    ],
    origin: 'default',
  }
}

/** The visit of a dose given at once or self-given in the clinic: two hours of watching after it. */
export const afterDoseVisit: Protocol['visit'] = {
  parts: [
    { title: 'Arrival, questions and first readings', minutes: 40 },
    { title: 'Dose and two hours of watching', minutes: 120 },
    { title: 'Checks before leaving', minutes: 20 },
  ],
  origin: 'default',
}
