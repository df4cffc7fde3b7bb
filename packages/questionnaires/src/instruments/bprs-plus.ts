import type { Instrument, InstrumentForm } from '../instrument.ts'

const SIGN = [
  { value: 0, label: 'Not seen' },
  { value: 1, label: 'Hardly there' },
  { value: 2, label: 'Slight' },
  { value: 3, label: 'Clear' },
  { value: 4, label: 'Marked' },
  { value: 5, label: 'Grave' },
  { value: 6, label: 'Extreme' },
]

export const bprsPlusForm: InstrumentForm = {
  id: 'bprs-plus',
  shortName: 'BPRS+',
  version: '4 items, 0 to 6, now',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'Rate what you see and hear, and what the person tells you. Ask in a kind way, and do not argue about what they believe.',
  recall: { sentence: 'Please rate the person as you find them now.', period: 'PT0S' },
  direction: 'higher-worse',
  items: [
    {
      id: 'q1',
      concept: 'conceptual disorganisation',
      prompt: "Rate how little the person's ideas hang together when they speak.",
      values: SIGN,
      loinc: null,
    },
    {
      id: 'q2',
      concept: 'suspiciousness',
      prompt: 'Rate how far the person mistrusts others, or fears that they mean harm.',
      values: SIGN,
      loinc: null,
    },
    {
      id: 'q3',
      concept: 'hallucinatory behaviour',
      prompt: 'Rate how far the person hears, sees or feels things that nobody else does.',
      values: SIGN,
      loinc: null,
    },
    {
      id: 'q4',
      concept: 'unusual thought content',
      prompt: 'Rate how strange the ideas are that the person holds to be true.',
      values: SIGN,
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
      source: 'no published rule found; no score when an answer is missing',
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
      action: 'A physician sees the person at once. The person stays until this has passed.',
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
    note: 'No published size of meaningful change; compare each rating with the one before the dose.',
  },
  loinc: { panel: null, scores: {}, status: 'no term found in LOINC 2.68; use a local code' },
  licence: {
    status: 'public-domain',
    holder: 'Overall JE, Gorham DR (US VA/NIMH work)',
    terms: 'BPRS in public domain',
    confidence: 'high',
  },
  source:
    'Overall 1962 (0 to 6 per item and 0 to 24 in all as in NCT04226963); item structure and cut-offs to be compared with the official form at import',
  citations: ['Overall JE, Gorham DR. Psychol Rep 1962;10:799-812', 'NCT04226963 (0-6 per item, 0-24)'],
  notes: [
    'some studies score 1-7 (4-28): subtract 4 to convert',
    'this wording is ours and has not been validated; import the official form where validity matters',
  ],
  confidence: 'high',
}
