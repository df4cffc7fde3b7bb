import type { Instrument, InstrumentForm } from '../instrument.ts'

const HOW_MUCH_OF_IT = [
  { value: 0, label: 'None of it' },
  { value: 1, label: 'A small part of it' },
  { value: 2, label: 'Under half of it' },
  { value: 3, label: 'Over half of it' },
  { value: 4, label: 'Almost all of it' },
  { value: 5, label: 'All of it' },
]
const STRICT = {
  rule: 'strict',
  source: 'no published rule found; no score when an answer is missing',
} as const

export const who5Form: InstrumentForm = {
  id: 'who-5',
  shortName: 'WHO-5',
  version: '5 items, 2 weeks',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'These questions are about how well you have been. There are no right or wrong answers. You can leave a question open and come back to it.',
  recall: { sentence: 'Please think about the past two weeks, up to today.', period: 'P14D' },
  direction: 'higher-better',
  items: [
    {
      id: 'q1',
      concept: 'positive mood',
      prompt: 'How much of the time were you in a good mood?',
      values: HOW_MUCH_OF_IT,
      loinc: null,
    },
    {
      id: 'q2',
      concept: 'calmness',
      prompt: 'How much of the time were you at peace within?',
      values: HOW_MUCH_OF_IT,
      loinc: null,
    },
    {
      id: 'q3',
      concept: 'vigour',
      prompt: 'How much of the time were you full of drive?',
      values: HOW_MUCH_OF_IT,
      loinc: null,
    },
    {
      id: 'q4',
      concept: 'restedness',
      prompt: 'How much of the time did you start the day well slept?',
      values: HOW_MUCH_OF_IT,
      loinc: null,
    },
    {
      id: 'q5',
      concept: 'engagement',
      prompt: 'How much of the time did you do things that you care about?',
      values: HOW_MUCH_OF_IT,
      loinc: null,
    },
  ],
  subscales: [
    {
      id: 'raw',
      label: 'raw',
      method: 'sum',
      items: ['q1', 'q2', 'q3', 'q4', 'q5'],
      min: 0,
      max: 25,
      missing: STRICT,
      bands: [
        { min: 0, max: 12, label: 'low well-being' },
        { min: 13, max: 25, label: 'not low' },
      ],
    },
  ],
  total: {
    id: 'total',
    label: 'total',
    method: 'sum',
    items: ['q1', 'q2', 'q3', 'q4', 'q5'],
    min: 0,
    max: 100,
    missing: STRICT,
    bands: [
      { min: 0, max: 28, label: 'likely depression, assess' },
      { min: 29, max: 50, label: 'low well-being, screen' },
      { min: 51, max: 100, label: 'adequate' },
    ],
    multiply: 4,
  },
  flags: [
    {
      id: 'assessDepression',
      label: 'raw below 13 or any item 0-1',
      when: {
        any: [
          { score: 'raw', lte: 12 },
          { countItems: ['q1', 'q2', 'q3', 'q4', 'q5'], lte: 1, atLeast: 1 },
        ],
      },
    },
  ],
  categories: [],
  safetyTriggers: [],
}

export const who5: Instrument = {
  ...who5Form,
  name: 'WHO-5 Well-Being Index',
  construct: 'subjective well-being',
  administered: 'self',
  schedule: ['baseline', 'weekly', 'monthly'],
  cutoffs: [
    {
      score: 'total',
      op: 'lte',
      value: 50,
      meaning: 'screen for depression',
      sensitivity: 0.86,
      specificity: 0.81,
      source: 'Topp 2015 review',
    },
    {
      score: 'raw',
      op: 'lt',
      value: 13,
      meaning: 'poor well-being, or any item 0-1: test for depression',
      sensitivity: null,
      specificity: null,
      source: 'WHO manual',
    },
    {
      score: 'total',
      op: 'lte',
      value: 28,
      meaning: 'depression likely',
      sensitivity: null,
      specificity: null,
      source: 'Topp 2015; Lowe 2004',
    },
  ],
  change: {
    score: 'total',
    response: null,
    remission: null,
    mcid: [{ points: 10, source: 'Topp 2015' }],
    reliableChange: null,
    note: 'A change of ten points on the scale from 0 to 100 is taken as meaningful.',
  },
  loinc: { panel: null, scores: {}, status: 'no term found in LOINC 2.68; use a local code' },
  licence: {
    status: 'free-with-conditions',
    holder: 'World Health Organization (2024 edition); earlier Psychiatric Center North Zealand',
    terms:
      'WHO edition CC BY-NC-SA 3.0 IGO; free without permission earlier; non-commercial clause to be checked for paid clinics',
    confidence: 'medium',
  },
  source:
    'Topp 2015; scoring and cut-offs seen on public scoring pages, licence of the WHO edition of 2024 from knowledge; item structure and cut-offs to be compared with the official form at import',
  citations: [
    'Topp CW et al. Psychother Psychosom 2015;84:167-76',
    'Lowe B et al. J Affect Disord 2004;78:131-40',
    'WHO. WHO-5 Well-Being Index, 2024',
  ],
  notes: [
    'public calculators that subtract 5 from the raw score are wrong',
    'no LOINC term found; codes seen in AI-written repositories (65625-0) are not WHO-5',
    'this wording is ours and has not been validated; import the official form where validity matters',
  ],
  confidence: 'high',
}
