import type { EligibilityRule } from './eligibility.ts'
import { MONTH, no, QUARTER, recordedMaleUnless, rule, WEEK, yes } from './rule-builder.ts'

/** Nobody is eligible without these. Where `never` stands, nobody overrides them; the others need two prescribers. */
export const ABSOLUTE_RULES: readonly EligibilityRule[] = [
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
    { never: true },
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
    { never: true },
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
    'no-recent-infarct-stroke-injury',
    'S',
    {
      title: 'No heart attack, stroke or head injury within six months',
      threshold: '6 months',
      settle: 'Ask for dates; look in outside records.',
      source: 'exclusion of a trial in emergency departments; what is older is weighed under heart disease',
    },
    no('recent-infarct-stroke-head-injury', MONTH),
    { version: 2 },
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
      threshold: 'any, judged by staff',
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
      threshold: 'a negative test, unless recorded male; a positive test counts for anybody',
      settle:
        'Do a pregnancy test and record it. After a positive test of somebody recorded male repeat it, and correct what was recorded wrongly.',
      source: 'test before the course and the first dose: MORE-KARE',
    },
    {
      any: [
        recordedMaleUnless('pregnancy-test', 'positive'),
        { fact: 'pregnancy-test', is: ['negative'], maxAge: WEEK },
      ],
    },
    { never: true, version: 2 },
  ),
  rule(
    'absolute',
    'not-breastfeeding',
    'S',
    {
      title: 'Not breastfeeding',
      threshold: 'any, unless recorded male; a “yes” counts for anybody',
      settle: 'Ask and record the answer; correct what was recorded wrongly.',
      source: 'excluded together with pregnancy',
    },
    { any: [recordedMaleUnless('breastfeeding', 'yes'), no('breastfeeding', MONTH)] },
    { version: 2 },
  ),
  rule(
    'absolute',
    'no-ketamine-use-disorder',
    'S',
    {
      title: 'No ketamine use disorder',
      threshold: 'no disorder, and outside use on at most {days} days a week',
      settle: 'Ask about ketamine and PCP outside treatment; test urine.',
      source: 'an opioid trial excluded use on more than 5 days a week, a trial in emergency departments any',
    },
    { all: [no('ketamine-use-disorder'), { fact: 'ketamine-days-per-week', atMost: 5, maxAge: QUARTER }] },
    {
      limits: [
        {
          name: 'days',
          label: 'Most days of outside use in a week',
          unit: 'days',
          of: 'ketamine-days-per-week',
          edge: 'atMost',
          least: 0,
          most: 5,
        },
      ],
    },
  ),
  rule(
    'absolute',
    'bladder-clear',
    'S/D',
    {
      title: 'No bladder complaints that have not been worked up',
      threshold: 'cystitis, blood in urine, pelvic pain',
      settle: 'Ask; if yes, urinalysis and a symptom score (IPSS or O’Leary-Sant), then record the work-up.',
      source: 'bladder injury with repeated ketamine; design default for the baseline',
    },
    { any: [no('bladder-symptoms', QUARTER), yes('bladder-worked-up', QUARTER)] },
    { version: 2 },
  ),
  rule(
    'absolute',
    'liver-enzymes',
    'S',
    {
      title: 'Liver enzymes at most {alt} times the upper limit',
      threshold: 'ALT ≤ {alt} and AST ≤ {ast} × ULN',
      settle: 'Order or enter ALT and AST.',
      source: 'trial exclusions',
    },
    {
      all: [
        { fact: 'alt-times-uln', atMost: 3, maxAge: QUARTER },
        { fact: 'ast-times-uln', atMost: 3, maxAge: QUARTER },
      ],
    },
    {
      limits: [
        {
          name: 'alt',
          label: 'Highest ALT',
          unit: '× upper limit',
          of: 'alt-times-uln',
          edge: 'atMost',
          least: 1,
          most: 3,
        },
        {
          name: 'ast',
          label: 'Highest AST',
          unit: '× upper limit',
          of: 'ast-times-uln',
          edge: 'atMost',
          least: 1,
          most: 3,
        },
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
      threshold: 'screen level at most {level}; what is above goes the urgent way',
      settle: 'Do the suicide risk screen with the person and record its level.',
      source: 'C-SSRS 4–5: not for outpatient dosing alone',
    },
    { fact: 'suicide-risk-level', atMost: 3, maxAge: WEEK },
    {
      limits: [
        {
          name: 'level',
          label: 'Highest level of the screen',
          unit: 'of 5',
          of: 'suicide-risk-level',
          edge: 'atMost',
          least: 0,
          most: 3,
        },
      ],
    },
  ),
  rule(
    'absolute',
    'consent-capacity',
    'S',
    {
      title: 'Able to consent',
      threshold: 'judged by staff',
      settle: 'Judge capacity in conversation and record it.',
      source: 'no dosing without capacity to consent',
    },
    yes('consent-capacity', MONTH),
    { never: true },
  ),
]
