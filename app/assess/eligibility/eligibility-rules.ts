import type { FactKind } from '../fact.ts'
import type { EligibilityRule, Requirement, RuleClass, SourceTag } from './eligibility.ts'

/**
 * The clinic's eligibility rules. No regulator sets these limits for racemic ketamine: each rule carries its
 * source and how sure it is, and every one marked D is a default that a medical director must confirm.
 * Changing a limit raises the rule's version.
 */

/** Told or recorded within a year; staff ask again at every assessment. */
const YEAR = { days: 365 }
const HALF_YEAR = { days: 183 }
const MONTH = { days: 30 }
const WEEK = { days: 7 }
const TODAY = { hours: 12 }
const TWO_HOURS = { hours: 2 }

function no(fact: FactKind, maxAge: { days: number } | { hours: number } = YEAR): Requirement {
  return { fact, is: ['no'], maxAge }
}

const PREGNANCY_EXCLUDED: Requirement = {
  any: [
    { fact: 'sex', is: ['male'], maxAge: null },
    { fact: 'pregnancy-test', is: ['negative'], maxAge: WEEK },
  ],
}

function rule(
  ruleClass: RuleClass,
  id: string,
  tag: SourceTag,
  words: { title: string; threshold: string; settle: string; source: string },
  requires: Requirement,
): EligibilityRule {
  return { id, version: 1, ruleClass, tag, ...words, requires }
}

export const ELIGIBILITY_RULES: readonly EligibilityRule[] = [
  rule(
    'absolute',
    'adult',
    'S',
    {
      title: 'Eighteen years or older',
      threshold: '18 years on the day',
      settle: 'Record the birth date.',
      source: 'not approved under 18',
    },
    { derived: 'age-years', atLeast: 18, maxAge: null },
  ),
  rule(
    'absolute',
    'no-ketamine-reaction',
    'S',
    {
      title: 'No hypersensitivity to ketamine or esketamine',
      threshold: 'any',
      settle: 'Ask about earlier ketamine, also in anaesthesia, and record the answer.',
      source: 'ketamine and esketamine labels',
    },
    no('ketamine-reaction'),
  ),
  rule(
    'absolute',
    'no-aneurysm',
    'S',
    {
      title: 'No aneurysm and no malformation of vessels',
      threshold: 'aorta, brain or limbs; any',
      settle: 'Ask, and look in outside records; imaging if there is doubt.',
      source: 'esketamine label',
    },
    no('aneurysm-or-vessel-malformation'),
  ),
  rule(
    'absolute',
    'no-brain-haemorrhage',
    'S',
    {
      title: 'No bleeding in the brain, ever',
      threshold: 'any',
      settle: 'Ask, and look in outside records.',
      source: 'esketamine label',
    },
    no('brain-haemorrhage'),
  ),
  rule(
    'absolute',
    'no-pressure-hazard',
    'M',
    {
      title: 'No condition in which a rise of blood pressure is a serious hazard',
      threshold: 'unstable angina, aortic dissection and the like',
      settle: 'Take a cardiac history; examine.',
      source: 'ketamine label',
    },
    no('pressure-rise-hazard'),
  ),
  rule(
    'absolute',
    'no-psychosis',
    'S',
    {
      title: 'No psychosis, past or present',
      threshold: 'schizophrenia spectrum, psychotic features; any',
      settle: 'Take a psychiatric history and confirm it as staff.',
      source: 'excluded in most trials; label: only if benefit outweighs the risk',
    },
    no('psychosis'),
  ),
  rule(
    'absolute',
    'no-mania',
    'M/D',
    {
      title: 'No mania or mixed state now',
      threshold: 'a rating of YMRS over 12 holds',
      settle: 'Examine the mental state today and record it.',
      source: 'design default',
    },
    no('mania-now', MONTH),
  ),
  rule(
    'absolute',
    'no-dissociative-disorder',
    'S',
    {
      title: 'No dissociative disorder, dementia or delirium',
      threshold: 'any',
      settle: 'Take a psychiatric history; test cognition if there is doubt.',
      source: 'excluded in trials',
    },
    no('dissociative-disorder-dementia-delirium'),
  ),
  rule(
    'absolute',
    'not-pregnant',
    'S',
    {
      title: 'Not pregnant',
      threshold: 'negative test within 7 days, unless recorded male',
      settle: 'Do a pregnancy test and record it.',
      source: 'test before the course and the first dose: MORE-KARE',
    },
    PREGNANCY_EXCLUDED,
  ),
  rule(
    'absolute',
    'not-breastfeeding',
    'S',
    {
      title: 'Not breastfeeding',
      threshold: 'within 30 days, unless recorded male',
      settle: 'Ask and record the answer.',
      source: 'excluded together with pregnancy',
    },
    { any: [{ fact: 'sex', is: ['male'], maxAge: null }, no('breastfeeding', MONTH)] },
  ),
  rule(
    'absolute',
    'no-ketamine-use-disorder',
    'S',
    {
      title: 'No ketamine use disorder',
      threshold: 'no disorder, and outside use on at most 5 days a week',
      settle: 'Ask about ketamine and PCP outside treatment; test urine.',
      source: 'trial exclusions',
    },
    {
      all: [no('ketamine-use-disorder'), { fact: 'ketamine-days-per-week', atMost: 5, maxAge: { days: 90 } }],
    },
  ),
  rule(
    'absolute',
    'bladder-clear',
    'S/D',
    {
      title: 'No bladder complaints that have not been worked up',
      threshold: 'cystitis, blood in urine, pelvic pain; within 90 days',
      settle: 'Ask; urinalysis and a symptom score if yes.',
      source: 'bladder injury with repeated ketamine; design default for the baseline',
    },
    no('bladder-symptoms', { days: 90 }),
  ),
  rule(
    'absolute',
    'liver-enzymes',
    'S',
    {
      title: 'Liver enzymes at most three times the upper limit',
      threshold: 'ALT and AST ≤ 3 × ULN within 90 days',
      settle: 'Order or enter ALT and AST.',
      source: 'trial exclusions',
    },
    {
      all: [
        { fact: 'alt-times-uln', atMost: 3, maxAge: { days: 90 } },
        { fact: 'ast-times-uln', atMost: 3, maxAge: { days: 90 } },
      ],
    },
  ),
  rule(
    'absolute',
    'no-severe-liver-disease',
    'S',
    {
      title: 'No cirrhosis or severe liver disease',
      threshold: 'cirrhosis, Child-Pugh C',
      settle: 'Ask; examine; look in outside records.',
      source: 'trial exclusions; labels do not recommend it',
    },
    no('severe-liver-disease'),
  ),
  rule(
    'absolute',
    'suicide-risk',
    'S/D',
    {
      title: 'No imminent suicide risk',
      threshold: 'screen level at most 3 within 7 days; 4 and 5 go the urgent way',
      settle: 'Do the suicide risk screen with the person and record its level.',
      source: 'C-SSRS 4–5: not for outpatient dosing alone',
    },
    { fact: 'suicide-risk-level', atMost: 3, maxAge: WEEK },
  ),
  rule(
    'absolute',
    'consent-capacity',
    'S',
    {
      title: 'Able to consent',
      threshold: 'judged by staff within 30 days',
      settle: 'Judge capacity in conversation and record it.',
      source: 'no dosing without capacity to consent',
    },
    { fact: 'consent-capacity', is: ['yes'], maxAge: MONTH },
  ),
  rule(
    'relative',
    'no-recent-infarct-stroke-injury',
    'S',
    {
      title: 'No heart attack, stroke or head injury within six months',
      threshold: '6 months, asked within 30 days',
      settle: 'Ask for dates; look in outside records.',
      source: 'exclusion of a trial in emergency departments',
    },
    no('recent-infarct-stroke-head-injury', MONTH),
  ),
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
      threshold: 'within 183 days',
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
      settle: 'Ask; STOP-BANG screen; examine the airway.',
      source: 'British Columbia draft standard',
    },
    no('sleep-apnoea-or-lung-disease'),
  ),
  rule(
    'relative',
    'body-mass',
    'S/D',
    {
      title: 'Body mass index from 17 to 40',
      threshold: '17–40 kg/m², weight and height within 30 days',
      settle: 'Measure weight and height here.',
      source: 'extremes of BMI are an airway risk; the limits are a design default',
    },
    { derived: 'bmi-kg-per-m2', atLeast: 17, atMost: 40, maxAge: MONTH },
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
  rule(
    'hold-today',
    'blood-pressure',
    'S',
    {
      title: 'Blood pressure not above 140/90',
      threshold: '≤ 140 and ≤ 90 mmHg, within 2 hours',
      settle: 'Measure blood pressure.',
      source: 'esketamine label: consider delay above 140/90',
    },
    {
      all: [
        { fact: 'blood-pressure', member: 'systolicMmHg', atMost: 140, maxAge: TWO_HOURS },
        { fact: 'blood-pressure', member: 'diastolicMmHg', atMost: 90, maxAge: TWO_HOURS },
      ],
    },
  ),
  rule(
    'hold-today',
    'heart-rate',
    'D',
    {
      title: 'Heart rate from 50 to 110',
      threshold: '50–110 per minute, within 2 hours',
      settle: 'Measure the heart rate.',
      source: 'design default; a trial excluded above 130',
    },
    { fact: 'heart-rate-per-min', atLeast: 50, atMost: 110, maxAge: TWO_HOURS },
  ),
  rule(
    'hold-today',
    'no-breath-alcohol',
    'S/D',
    {
      title: 'No alcohol in the breath',
      threshold: '0.00 g/dL within 2 hours',
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
      title: 'Not intoxicated, and no stimulant within 24 hours',
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
      title: 'Alcohol withdrawal rating below 10',
      threshold: 'CIWA-Ar < 10 today',
      settle: 'Rate withdrawal (CIWA-Ar).',
      source: 'design default; a trial excluded above 20',
    },
    { fact: 'ciwa-ar', below: 10, maxAge: TODAY },
  ),
]
