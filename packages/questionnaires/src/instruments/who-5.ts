import type { Instrument, InstrumentForm } from '../instrument.ts'

const ANSWERS = [
  { value: 0, label: 'TODO never' },
  { value: 1, label: 'TODO a little' },
  { value: 2, label: 'TODO under half of the time' },
  { value: 3, label: 'TODO over half of the time' },
  { value: 4, label: 'TODO mostly' },
  { value: 5, label: 'TODO always' },
]
const MISSING = {
  rule: 'strict',
  source: 'no published rule found; project default is no score when an item is missing',
} as const

export const who5Form: InstrumentForm = {
  id: 'who-5',
  shortName: 'WHO-5',
  version: 'TODO version',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction: 'TODO introduction',
  recall: { sentence: 'TODO past 2 weeks', period: 'P14D' },
  direction: 'higher-better',
  items: [
    {
      id: 'q1',
      concept: 'positive mood',
      prompt: 'TODO positive mood',
      values: ANSWERS,
      loinc: null,
    },
    { id: 'q2', concept: 'calmness', prompt: 'TODO calmness', values: ANSWERS, loinc: null },
    { id: 'q3', concept: 'vigour', prompt: 'TODO vigour', values: ANSWERS, loinc: null },
    {
      id: 'q4',
      concept: 'restedness',
      prompt: 'TODO restedness',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'q5',
      concept: 'engagement',
      prompt: 'TODO engagement',
      values: ANSWERS,
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
      missing: MISSING,
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
    missing: MISSING,
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
    note: 'Ten percentage points.',
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
    'scoring, 13/50/28, 10-point change: valant, smaat, INSPQ pages; 2024 WHO licence from knowledge; item structure, cut-offs and citations from knowledge: confirm on the official form at import',
  citations: ['Topp CW et al. Psychother Psychosom 2015;84:167-76', 'WHO. WHO-5 Well-Being Index, 2024'],
  notes: [
    'public calculators that subtract 5 from the raw score are wrong',
    'no LOINC term found; codes seen in AI-written repositories (65625-0) are not WHO-5',
  ],
  confidence: 'high',
}
