import type { EligibilityRule } from './eligibility.ts'
import { HALF_YEAR, MONTH, no, QUARTER, recordedMaleUnless, rule, yes } from './rule-builder.ts'

/** kg/m²: less than this a body gains between two weighings without being another airway. A design default. */
const BODY_MASS_STEP = 1

/** A prescriber may override these, each by name and reason. */
export const RELATIVE_RULES: readonly EligibilityRule[] = [
  rule(
    'relative',
    'heart-disease-controlled',
    'S',
    {
      title: 'No heart disease that is poorly controlled',
      threshold: 'any',
      settle: 'Take a cardiac history; ask the cardiologist.',
      source: 'ASRA, AAPM and ASA 2018',
    },
    no('heart-disease-not-controlled'),
  ),
  rule(
    'relative',
    'ecg-read',
    'S/M',
    {
      title: 'ECG without a finding that needs a cardiologist',
      threshold: 'read as no concern',
      settle: 'Record an ECG and its reading.',
      source: 'British Columbia draft standard, or if there is cardiac risk',
    },
    { fact: 'ecg', is: ['no-concern'], maxAge: HALF_YEAR },
  ),
  rule(
    'relative',
    'head-and-eye-pressure',
    'S',
    {
      title: 'No raised pressure in head or eye',
      threshold: 'includes acute narrow-angle glaucoma',
      settle: 'Ask; eye pressure if there is doubt.',
      source: 'ASRA, AAPM and ASA 2018, grade C',
    },
    no('raised-head-or-eye-pressure'),
  ),
  rule(
    'relative',
    'no-psychosis-in-family',
    'S',
    {
      title: 'No psychosis among parents, siblings or children',
      threshold: 'any',
      settle: 'Ask about the family.',
      source: 'screen recommended with the person’s own history',
    },
    no('psychosis-in-family'),
  ),
  rule(
    'relative',
    'bipolar-with-stabiliser',
    'M/D',
    {
      title: 'No bipolar disorder, or a mood stabiliser is taken',
      threshold: 'bipolar disorder only with a mood stabiliser',
      settle: 'Take a psychiatric history; read the medicines.',
      source: 'from memory; design default',
    },
    { any: [no('bipolar-disorder'), yes('mood-stabiliser', MONTH)] },
  ),
  rule(
    'relative',
    'contraception',
    'S',
    {
      title: 'Contraception until six weeks after the last dose',
      threshold: 'agreed, or pregnancy is not possible, unless recorded male',
      settle: 'Speak about contraception and record what was agreed.',
      source: 'MORE-KARE',
    },
    {
      any: [
        recordedMaleUnless('pregnancy-possible', 'yes'),
        no('pregnancy-possible'),
        yes('contraception-agreed', QUARTER),
      ],
    },
    { version: 2 },
  ),
  rule(
    'relative',
    'kidney-porphyria-thyroid',
    'S',
    {
      title: 'No renal failure, porphyria or thyrotoxicosis',
      threshold: 'any',
      settle: 'Ask; renal function and TSH if indicated.',
      source: 'exclusions of a trial in emergency departments',
    },
    no('kidney-failure-porphyria-thyrotoxicosis'),
  ),
  rule(
    'relative',
    'airway',
    'S',
    {
      title: 'No severe sleep apnoea or obstructive lung disease',
      threshold: 'any',
      settle: 'Ask; examine the airway.',
      source: 'British Columbia draft standard',
    },
    no('sleep-apnoea-or-lung-disease'),
  ),
  rule(
    'relative',
    'stop-bang',
    'S/M',
    {
      title: 'Sleep apnoea screen not high',
      threshold: 'STOP-BANG at most {points} of 8',
      settle: 'Do the STOP-BANG screen.',
      source: 'British Columbia draft standard for the screen; 5 and more is high, from memory',
    },
    { fact: 'stop-bang', atMost: 4, maxAge: { days: 365 } },
    {
      limits: [
        {
          name: 'points',
          label: 'Highest STOP-BANG',
          unit: 'of 8',
          of: 'stop-bang',
          edge: 'atMost',
          least: 2,
          most: 4,
        },
      ],
    },
  ),
  rule(
    'relative',
    'body-mass',
    'S/D',
    {
      title: 'Body mass index from {least} to {most}',
      threshold: '{least}–{most} kg/m² from weight and height',
      settle: 'Measure weight and height here.',
      source: 'extremes of BMI are an airway risk; the limits are a design default',
    },
    { derived: 'bmi-kg-per-m2', atLeast: 17, atMost: 40, maxAge: MONTH },
    {
      limits: [
        {
          name: 'least',
          label: 'Lowest body mass index',
          unit: 'kg/m²',
          of: 'bmi-kg-per-m2',
          edge: 'atLeast',
          least: 15,
          most: 20,
          step: BODY_MASS_STEP,
        },
        {
          name: 'most',
          label: 'Highest body mass index',
          unit: 'kg/m²',
          of: 'bmi-kg-per-m2',
          edge: 'atMost',
          least: 30,
          most: 50,
          step: BODY_MASS_STEP,
        },
      ],
    },
  ),
  rule(
    'relative',
    'withdrawal-history',
    'S/D',
    {
      title: 'No seizure or delirium in an earlier alcohol withdrawal',
      threshold: 'any; if yes, withdrawal belongs in hospital',
      settle: 'Ask about earlier withdrawals.',
      source: 'trial exclusions; design default',
    },
    no('withdrawal-seizure-or-delirium'),
  ),
]
