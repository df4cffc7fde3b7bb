import type { Instrument, InstrumentForm } from '../instrument.ts'

const ANSWERS = [
  { value: 0, label: 'TODO never' },
  { value: 1, label: 'TODO sometimes' },
  { value: 2, label: 'TODO most of the time' },
  { value: 3, label: 'TODO almost always' },
]

export const pgsiForm: InstrumentForm = {
  id: 'pgsi',
  shortName: 'PGSI',
  version: 'TODO version',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction: 'TODO introduction',
  recall: { sentence: 'TODO past 12 months', period: 'P12M' },
  direction: 'higher-worse',
  items: [
    {
      id: 'q1',
      concept: 'stakes beyond means',
      prompt: 'TODO stakes beyond means',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'q2',
      concept: 'tolerance',
      prompt: 'TODO tolerance',
      values: ANSWERS,
      loinc: null,
    },
    { id: 'q3', concept: 'chasing', prompt: 'TODO chasing', values: ANSWERS, loinc: null },
    {
      id: 'q4',
      concept: 'borrowing or selling',
      prompt: 'TODO borrowing or selling',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'q5',
      concept: 'self-perceived problem',
      prompt: 'TODO self-perceived problem',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'q6',
      concept: 'health effects',
      prompt: 'TODO health effects',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'q7',
      concept: 'criticism',
      prompt: 'TODO criticism',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'q8',
      concept: 'household finances',
      prompt: 'TODO household finances',
      values: ANSWERS,
      loinc: null,
    },
    { id: 'q9', concept: 'guilt', prompt: 'TODO guilt', values: ANSWERS, loinc: null },
  ],
  subscales: [],
  total: {
    id: 'total',
    label: 'total',
    method: 'sum',
    items: ['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8', 'q9'],
    min: 0,
    max: 27,
    missing: {
      rule: 'strict',
      source: 'no published rule found; project default is no score when an item is missing',
    },
    bands: [
      { min: 0, max: 0, label: 'non-problem' },
      { min: 1, max: 2, label: 'low risk' },
      { min: 3, max: 7, label: 'moderate risk' },
      { min: 8, max: 27, label: 'problem gambling' },
    ],
  },
  flags: [],
  categories: [],
  safetyTriggers: [],
}

export const pgsi: Instrument = {
  ...pgsiForm,
  name: 'Problem Gambling Severity Index',
  construct: 'problem gambling',
  administered: 'self',
  schedule: ['baseline if gambling', 'monthly in gambling track'],
  cutoffs: [
    {
      score: 'total',
      op: 'gte',
      value: 8,
      meaning: 'problem gambling',
      sensitivity: null,
      specificity: null,
      source: 'Ferris & Wynne 2001',
    },
    {
      score: 'total',
      op: 'gte',
      value: 5,
      meaning: 'moderate risk lower bound in the Currie 2013 rescaling (low 1-4, moderate 5-7)',
      sensitivity: null,
      specificity: null,
      source: 'Currie 2013',
    },
  ],
  change: {
    score: 'total',
    response: null,
    remission: null,
    mcid: null,
    reliableChange: null,
    note: 'TODO no published size of change',
  },
  loinc: { panel: null, scores: {}, status: 'no term found in LOINC 2.68; use a local code' },
  licence: {
    status: 'free-with-conditions',
    holder: 'Canadian Consortium for Gambling Research / CCSA (GREO distributes)',
    terms: 'free use with credit; wording must not be changed',
    confidence: 'medium',
  },
  source:
    'bands and Australian wording: public pages; item structure, cut-offs and citations from knowledge: confirm on the official form at import',
  citations: [
    'Ferris J, Wynne H. Canadian Problem Gambling Index final report. CCSA 2001',
    'Currie SR et al. Int Gambl Stud 2013;13:311-27',
  ],
  notes: [
    'Australian wording (never 0, rarely 1, sometimes 1, often 2, always 3) is a different scoring of the same items',
    'short form (3 items) exists',
  ],
  confidence: 'high',
}
