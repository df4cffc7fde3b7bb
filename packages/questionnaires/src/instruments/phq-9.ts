import type { Instrument, InstrumentForm } from '../instrument.ts'

const DAYS = [
  { value: 0, label: 'None of the days' },
  { value: 1, label: 'Some of the days' },
  { value: 2, label: 'Over half of the days' },
  { value: 3, label: 'All or almost all days' },
]
const SYMPTOMS = ['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8', 'q9']
const STRICT = {
  rule: 'strict',
  source: 'no published rule found; no score when an answer is missing',
} as const
/** The screening algorithm counts a symptom from "over half of the days", the ninth from any day. */
const CORE_SYMPTOM = {
  any: [
    { item: 'q1', gte: 2 },
    { item: 'q2', gte: 2 },
  ],
}
const COUNTED_SYMPTOMS = { countItems: SYMPTOMS, gte: 2, overrides: { q9: 1 } }

export const phq9Form: InstrumentForm = {
  id: 'phq-9',
  shortName: 'PHQ-9',
  version: '9 items, 2 weeks',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'These questions are about your mood, sleep and energy. There are no right or wrong answers. You can leave a question open and come back to it.',
  recall: { sentence: 'Please think about the past two weeks, up to today.', period: 'P14D' },
  direction: 'higher-worse',
  items: [
    {
      id: 'q1',
      concept: 'anhedonia',
      prompt: 'On how many days was it hard to enjoy things, or to care about them?',
      values: DAYS,
      loinc: '44250-9',
    },
    {
      id: 'q2',
      concept: 'low mood',
      prompt: 'On how many days were you sad or low, or saw no hope ahead?',
      values: DAYS,
      loinc: '44255-8',
    },
    {
      id: 'q3',
      concept: 'sleep disturbance',
      prompt: 'On how many days did you sleep badly, or much longer than you usually do?',
      values: DAYS,
      loinc: '44259-0',
    },
    {
      id: 'q4',
      concept: 'fatigue',
      prompt: 'On how many days were you worn out, or short of energy?',
      values: DAYS,
      loinc: '44254-1',
    },
    {
      id: 'q5',
      concept: 'appetite change',
      prompt: 'On how many days did you eat far less, or far more, than you usually do?',
      values: DAYS,
      loinc: '44251-7',
    },
    {
      id: 'q6',
      concept: 'worthlessness or guilt',
      prompt: 'On how many days did you think you were worth little, or blame yourself a lot?',
      values: DAYS,
      loinc: '44258-2',
    },
    {
      id: 'q7',
      concept: 'poor concentration',
      prompt:
        'On how many days was it hard to keep your mind on something, such as a talk, a page or a movie?',
      values: DAYS,
      loinc: '44252-5',
    },
    {
      id: 'q8',
      concept: 'psychomotor change',
      prompt:
        'On how many days were you so slowed down, or so unable to keep still, that others could see it?',
      values: DAYS,
      loinc: '44253-3',
    },
    {
      id: 'q9',
      concept: 'thoughts of death or self-harm',
      prompt:
        'On how many days did you think it would be better not to live, or think about harming yourself?',
      values: DAYS,
      loinc: '44260-8',
    },
    {
      id: 'q10',
      concept: 'functional difficulty',
      prompt:
        'Taken together, how much did these things get in the way at work, at home or with other people?',
      values: [
        { value: 0, label: 'Not at all' },
        { value: 1, label: 'Somewhat' },
        { value: 2, label: 'Very much' },
        { value: 3, label: 'Extremely' },
      ],
      scored: false,
      optional: true,
      loinc: '69722-7',
    },
  ],
  subscales: [
    {
      id: 'phq2',
      label: 'PHQ-2',
      method: 'sum',
      items: ['q1', 'q2'],
      min: 0,
      max: 6,
      missing: STRICT,
      bands: [
        { min: 0, max: 2, label: 'negative' },
        { min: 3, max: 6, label: 'positive' },
      ],
    },
  ],
  total: {
    id: 'total',
    label: 'total',
    method: 'sum',
    items: SYMPTOMS,
    min: 0,
    max: 27,
    missing: {
      rule: 'prorate',
      maxMissing: 2,
      rounding: 'half-up-integer',
      source:
        'Kroenke 2010 and the PHQ instruction manual: up to two missing answers take the mean of the others',
    },
    bands: [
      { min: 0, max: 4, label: 'minimal' },
      { min: 5, max: 9, label: 'mild' },
      { min: 10, max: 14, label: 'moderate' },
      { min: 15, max: 19, label: 'moderately severe' },
      { min: 20, max: 27, label: 'severe' },
    ],
  },
  flags: [
    {
      id: 'majorDepressiveSyndrome',
      label: 'screening algorithm: major depressive syndrome',
      when: { all: [CORE_SYMPTOM, { ...COUNTED_SYMPTOMS, atLeast: 5 }] },
    },
    {
      id: 'otherDepressiveSyndrome',
      label: 'screening algorithm: other depressive syndrome',
      when: { all: [CORE_SYMPTOM, { ...COUNTED_SYMPTOMS, atLeast: 2, atMost: 4 }] },
    },
  ],
  categories: [],
  safetyTriggers: [
    {
      id: 'phq9-item9',
      when: { item: 'q9', gte: 1 },
      action: 'A clinician does the suicide risk screen with the person in the same session.',
      severity: 'critical',
    },
    {
      id: 'phq9-severe',
      when: { score: 'total', gte: 20 },
      action: 'A clinician reviews the result.',
      severity: 'warning',
    },
  ],
}

export const phq9: Instrument = {
  ...phq9Form,
  name: 'Patient Health Questionnaire, depression module',
  construct: 'depressive symptoms',
  administered: 'self',
  schedule: [
    'baseline',
    'day of each session (before dosing)',
    'day 1 and day 7 after',
    'weekly to week 8, then monthly',
  ],
  cutoffs: [
    {
      score: 'total',
      op: 'gte',
      value: 10,
      meaning: 'major depression',
      sensitivity: 0.88,
      specificity: 0.88,
      source: 'Kroenke 2001',
    },
    {
      score: 'total',
      op: 'gte',
      value: 10,
      meaning: 'major depression, pooled individual data against semi-structured interviews',
      sensitivity: 0.85,
      specificity: 0.85,
      source: 'Levis 2019, Negeri 2021',
    },
    {
      score: 'phq2',
      op: 'gte',
      value: 3,
      meaning: 'PHQ-2 positive',
      sensitivity: 0.83,
      specificity: 0.92,
      source: 'Kroenke 2003',
    },
  ],
  change: {
    score: 'total',
    response: { fallPercent: 50 },
    remission: { below: 5 },
    mcid: [{ points: 5, source: 'Lowe 2004, Kroenke 2010' }],
    reliableChange: [{ points: 6, source: 'NHS Talking Therapies convention' }],
    note: 'A recall of two weeks makes a score one day after a session hard to read.',
  },
  loinc: { panel: '44249-1', scores: { total: '44261-6', phq2: '55758-7' }, status: 'checked in LOINC 2.68' },
  licence: {
    status: 'public-domain',
    holder: 'Pfizer Inc. (developed by Spitzer, Williams and Kroenke)',
    terms: 'no permission required to reproduce, translate, display or distribute',
    confidence: 'high',
  },
  source:
    'Kroenke 2001 and 2010; item structure and cut-offs to be compared with the official form at import',
  citations: [
    'Kroenke K, Spitzer RL, Williams JBW. J Gen Intern Med 2001;16:606-13',
    'Kroenke K et al. Gen Hosp Psychiatry 2010;32:345-59',
    'Lowe B et al. Med Care 2004;42:1194-201',
  ],
  notes: [
    'item 10 is never summed',
    'item 9 counts in the algorithm from value 1',
    'the item 9 trigger does not depend on the total',
    'this wording is ours and has not been validated; import the official form where validity matters',
  ],
  confidence: 'high',
}
