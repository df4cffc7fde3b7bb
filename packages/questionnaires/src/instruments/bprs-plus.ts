import type { Instrument, InstrumentForm } from '../instrument.ts'

const ANSWERS = [
  { value: 0, label: 'TODO not present' },
  { value: 1, label: 'TODO very mild' },
  { value: 2, label: 'TODO mild' },
  { value: 3, label: 'TODO moderate' },
  { value: 4, label: 'TODO moderately severe' },
  { value: 5, label: 'TODO severe' },
  { value: 6, label: 'TODO extremely severe' },
]

export const bprsPlusForm: InstrumentForm = {
  id: 'bprs-plus',
  shortName: 'BPRS+',
  version: 'TODO version',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction: 'TODO introduction',
  recall: { sentence: 'TODO now', period: 'PT0S' },
  direction: 'higher-worse',
  items: [
    {
      id: 'q1',
      concept: 'conceptual disorganisation',
      prompt: 'TODO conceptual disorganisation',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'q2',
      concept: 'suspiciousness',
      prompt: 'TODO suspiciousness',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'q3',
      concept: 'hallucinatory behaviour',
      prompt: 'TODO hallucinatory behaviour',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'q4',
      concept: 'unusual thought content',
      prompt: 'TODO unusual thought content',
      values: ANSWERS,
      loinc: null,
    },
  ],
  subscales: [],
  total: {
    id: 'total',
    label: 'total',
    method: 'sum',
    items: ['q1', 'q2', 'q3', 'q4'],
    min: 0,
    max: 24,
    missing: {
      rule: 'strict',
      source: 'no published rule found; project default is no score when an item is missing',
    },
  },
  flags: [
    {
      id: 'anyModerate',
      label: 'any item 3 or more (moderate)',
      when: { countItems: ['q1', 'q2', 'q3', 'q4'], gte: 3, atLeast: 1 },
    },
  ],
  categories: [],
  safetyTriggers: [
    {
      id: 'bprs-psychosis',
      when: { countItems: ['q1', 'q2', 'q3', 'q4'], gte: 3, atLeast: 1 },
      action: 'TODO physician review, no discharge until resolved',
      severity: 'critical',
    },
  ],
}

export const bprsPlus: Instrument = {
  ...bprsPlusForm,
  name: 'BPRS positive symptom subscale, 4 items',
  construct: 'treatment-emergent psychosis',
  administered: 'clinician',
  schedule: ['pre-dose', '+40 min', 'pre-discharge'],
  cutoffs: [
    {
      score: 'total',
      op: 'gte',
      value: 3,
      meaning:
        'clinically notable treatment-emergent symptoms (programme convention; trials report mean changes under 2)',
      sensitivity: null,
      specificity: null,
      source: 'convention',
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
    status: 'public-domain',
    holder: 'Overall JE, Gorham DR (US VA/NIMH work)',
    terms: 'BPRS in public domain',
    confidence: 'high',
  },
  source:
    '0-6 per item, 0-24: NCT04226963; licence: CamCOPS docs; item structure, cut-offs and citations from knowledge: confirm on the official form at import',
  citations: ['Overall JE, Gorham DR. Psychol Rep 1962;10:799-812', 'NCT04226963 (0-6 per item, 0-24)'],
  notes: ['some studies score 1-7 (4-28): subtract 4 to convert'],
  confidence: 'high',
}
