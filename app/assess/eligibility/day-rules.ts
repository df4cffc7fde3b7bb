import type { EligibilityRule, RuleLimit } from './eligibility.ts'
import { no, rule, TODAY, TWO_HOURS, WEEK, yes } from './rule-builder.ts'

/** An upper limit of blood pressure. */
function pressureLimits(
  systolic: { least: number; most: number },
  diastolic: { least: number; most: number },
): readonly RuleLimit[] {
  const of = 'blood-pressure' as const
  return [
    {
      name: 'systolic',
      label: 'Highest systolic pressure',
      unit: 'mmHg',
      of,
      member: 'systolicMmHg',
      edge: 'atMost',
      ...systolic,
    },
    {
      name: 'diastolic',
      label: 'Highest diastolic pressure',
      unit: 'mmHg',
      of,
      member: 'diastolicMmHg',
      edge: 'atMost',
      ...diastolic,
    },
  ]
}

/** Each holds a dose on its day and is looked at again every time. */
export const DAY_RULES: readonly EligibilityRule[] = [
  rule(
    'hold-today',
    'blood-pressure',
    'S',
    {
      title: 'Blood pressure not above {systolic}/{diastolic}',
      threshold: '≤ {systolic} and ≤ {diastolic} mmHg',
      settle: 'Measure blood pressure.',
      source: 'esketamine label: consider delay above 140/90',
    },
    {
      all: [
        { fact: 'blood-pressure', member: 'systolicMmHg', atMost: 140, maxAge: TWO_HOURS },
        { fact: 'blood-pressure', member: 'diastolicMmHg', atMost: 90, maxAge: TWO_HOURS },
      ],
    },
    { limits: pressureLimits({ least: 120, most: 170 }, { least: 75, most: 100 }) },
  ),
  rule(
    'hold-today',
    'blood-pressure-trials',
    'S',
    {
      title: 'Blood pressure within what trials allowed',
      threshold: '≤ {systolic} and ≤ {diastolic} mmHg, however the limit above is set',
      settle: 'Measure blood pressure.',
      source: 'excluded above 170 or 100 (Yoon), above 180 in trials in emergency departments and of opioids',
    },
    {
      all: [
        { fact: 'blood-pressure', member: 'systolicMmHg', atMost: 170, maxAge: TWO_HOURS },
        { fact: 'blood-pressure', member: 'diastolicMmHg', atMost: 100, maxAge: TWO_HOURS },
      ],
    },
    { limits: pressureLimits({ least: 140, most: 180 }, { least: 90, most: 100 }) },
  ),
  rule(
    'hold-today',
    'heart-rate',
    'S/D',
    {
      title: 'Heart rate from {least} to {most}',
      threshold: '{least}–{most} per minute',
      settle: 'Measure the heart rate.',
      source: 'design default; a trial in emergency departments excluded above 130',
    },
    { fact: 'heart-rate-per-min', atLeast: 50, atMost: 110, maxAge: TWO_HOURS },
    {
      limits: [
        {
          name: 'least',
          label: 'Lowest heart rate',
          unit: 'per minute',
          of: 'heart-rate-per-min',
          edge: 'atLeast',
          least: 45,
          most: 60,
        },
        {
          name: 'most',
          label: 'Highest heart rate',
          unit: 'per minute',
          of: 'heart-rate-per-min',
          edge: 'atMost',
          least: 90,
          most: 130,
        },
      ],
    },
  ),
  rule(
    'hold-today',
    'no-breath-alcohol',
    'S/D',
    {
      title: 'No alcohol in the breath',
      threshold: '0.00 g/dL',
      settle: 'Do a breath test.',
      source: 'MORE-KARE',
    },
    { fact: 'breath-alcohol', atMost: 0, maxAge: TWO_HOURS },
  ),
  rule(
    'hold-today',
    'not-intoxicated',
    'S/D',
    {
      title: 'Not intoxicated or sedated, and no stimulant within 24 hours',
      threshold: 'judged and asked today',
      settle: 'Look, ask, and record.',
      source: 'trial exclusions; design default',
    },
    { all: [no('intoxicated-now', TODAY), no('stimulant-last-24-h', TODAY)] },
  ),
  rule(
    'hold-today',
    'alcohol-withdrawal',
    'D',
    {
      title: 'Alcohol withdrawal rating below {points}',
      threshold: 'CIWA-Ar < {points}',
      settle: 'Rate withdrawal (CIWA-Ar).',
      source: 'design default; a trial excluded above 20',
    },
    { fact: 'ciwa-ar', below: 10, maxAge: TODAY },
    {
      limits: [
        {
          name: 'points',
          label: 'CIWA-Ar from which a dose is held',
          unit: 'points',
          of: 'ciwa-ar',
          edge: 'below',
          least: 5,
          most: 20,
        },
      ],
    },
  ),
  rule(
    'hold-today',
    'mania-rating',
    'D',
    {
      title: 'With bipolar disorder, a mania rating of at most {points}',
      threshold: 'no bipolar disorder, or YMRS ≤ {points}',
      settle: 'Ask about bipolar disorder; if yes, rate mania (YMRS).',
      source: 'design default',
    },
    { any: [no('bipolar-disorder'), { fact: 'ymrs', atMost: 12, maxAge: WEEK }] },
    {
      limits: [
        {
          name: 'points',
          label: 'Highest YMRS',
          unit: 'points',
          of: 'ymrs',
          edge: 'atMost',
          least: 4,
          most: 12,
        },
      ],
    },
  ),
  rule(
    'hold-today',
    'escort',
    'S',
    {
      title: 'Somebody comes to take the person home',
      threshold: 'named, with a telephone number',
      settle: 'Ask who comes, and write down name and telephone in the checklist.',
      source: 'no dose without an escort',
    },
    yes('escort-named', TODAY),
  ),
]
