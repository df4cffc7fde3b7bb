import type { Instrument, InstrumentForm } from '../instrument.ts'

const DAYS = [
  { value: 0, label: 'None of the days' },
  { value: 1, label: 'Some of the days' },
  { value: 2, label: 'Over half of the days' },
  { value: 3, label: 'All or almost all days' },
]
const STRICT = {
  rule: 'strict',
  source: 'no published rule found; no score when an answer is missing',
} as const

export const gad7Form: InstrumentForm = {
  id: 'gad-7',
  shortName: 'GAD-7',
  version: '7 items, 2 weeks',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'These questions are about worry and tension. There are no right or wrong answers. You can leave a question open and come back to it.',
  recall: { sentence: 'Please think about the past two weeks, up to today.', period: 'P14D' },
  direction: 'higher-worse',
  items: [
    {
      id: 'q1',
      concept: 'nervousness',
      prompt: 'On how many days were you tense, uneasy or jittery?',
      values: DAYS,
      loinc: '69725-0',
    },
    {
      id: 'q2',
      concept: 'uncontrolled worry',
      prompt: 'On how many days did worry go on although you tried to put it aside?',
      values: DAYS,
      loinc: '68509-9',
    },
    {
      id: 'q3',
      concept: 'excess worry',
      prompt: 'On how many days did you worry about many things, more than they called for?',
      values: DAYS,
      loinc: '69733-4',
    },
    {
      id: 'q4',
      concept: 'difficulty relaxing',
      prompt: 'On how many days was it hard to unwind?',
      values: DAYS,
      loinc: '69734-2',
    },
    {
      id: 'q5',
      concept: 'restlessness',
      prompt: 'On how many days did you have to keep moving because you could not settle?',
      values: DAYS,
      loinc: '69735-9',
    },
    {
      id: 'q6',
      concept: 'irritability',
      prompt: 'On how many days did small things get on your nerves?',
      values: DAYS,
      loinc: '69689-8',
    },
    {
      id: 'q7',
      concept: 'fear of something awful',
      prompt: 'On how many days did you fear that something very bad was about to come?',
      values: DAYS,
      loinc: '69736-7',
    },
    {
      id: 'q8',
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
      id: 'gad2',
      label: 'GAD-2',
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
    items: ['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7'],
    min: 0,
    max: 21,
    missing: {
      rule: 'prorate',
      maxMissing: 1,
      rounding: 'half-up-integer',
      source: 'convention by analogy with the PHQ-9; no published rule for the GAD-7',
    },
    bands: [
      { min: 0, max: 4, label: 'minimal' },
      { min: 5, max: 9, label: 'mild' },
      { min: 10, max: 14, label: 'moderate' },
      { min: 15, max: 21, label: 'severe' },
    ],
  },
  flags: [],
  categories: [],
  safetyTriggers: [],
}

export const gad7: Instrument = {
  ...gad7Form,
  name: 'Generalized Anxiety Disorder scale, 7 items',
  construct: 'anxiety symptoms',
  administered: 'self',
  schedule: ['baseline', 'weekly to week 8, then monthly'],
  cutoffs: [
    {
      score: 'total',
      op: 'gte',
      value: 10,
      meaning: 'generalised anxiety disorder',
      sensitivity: 0.89,
      specificity: 0.82,
      source: 'Spitzer 2006',
    },
    {
      score: 'total',
      op: 'gte',
      value: 8,
      meaning: 'any anxiety disorder',
      sensitivity: 0.77,
      specificity: 0.82,
      source: 'Kroenke 2007',
    },
    {
      score: 'gad2',
      op: 'gte',
      value: 3,
      meaning: 'GAD-2 positive',
      sensitivity: 0.86,
      specificity: 0.83,
      source: 'Kroenke 2007',
    },
  ],
  change: {
    score: 'total',
    response: { fallPercent: 50 },
    remission: { below: 5 },
    mcid: [{ points: 4, source: 'Toussaint 2020' }],
    reliableChange: [{ points: 4, source: 'NHS Talking Therapies convention' }],
    note: '',
  },
  loinc: { panel: '69737-5', scores: { total: '70274-6' }, status: 'checked in LOINC 2.68' },
  licence: {
    status: 'public-domain',
    holder: 'Pfizer Inc.',
    terms: 'no permission required',
    confidence: 'high',
  },
  source:
    'Spitzer 2006, Kroenke 2007; item structure and cut-offs to be compared with the official form at import',
  citations: [
    'Spitzer RL et al. Arch Intern Med 2006;166:1092-7',
    'Kroenke K et al. Ann Intern Med 2007;146:317-25',
    'Toussaint A et al. J Affect Disord 2020;265:395-401',
  ],
  notes: [
    'a widely copied version carries a wrong lowest answer label (Zorowitz 2021, Lancet Psychiatry 8:180): check an imported form',
    'LOINC 69689-8 names a window of four weeks, the GAD-7 asks about two; it is the term used in panel 69737-5',
    'this wording is ours and has not been validated; import the official form where validity matters',
  ],
  confidence: 'high',
}
