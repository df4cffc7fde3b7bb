import type { Instrument, InstrumentForm } from '../instrument.ts'

export const bpicSsForm: InstrumentForm = {
  id: 'bpic-ss',
  shortName: 'BPIC-SS',
  version: 'TODO version',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction: 'TODO introduction',
  recall: { sentence: 'TODO past 7 days', period: 'P7D' },
  direction: 'higher-worse',
  items: [
    {
      id: 'q1',
      concept: 'bladder symptom item 1 (pain, urge, frequency group)',
      prompt: 'TODO bladder symptom item 1 (pain, urge, frequency group)',
      range: { min: 0, max: 4, step: 1, minLabel: 'TODO lowest', maxLabel: 'TODO highest' },
      loinc: null,
    },
    {
      id: 'q2',
      concept: 'bladder symptom item 2 (pain, urge, frequency group)',
      prompt: 'TODO bladder symptom item 2 (pain, urge, frequency group)',
      range: { min: 0, max: 4, step: 1, minLabel: 'TODO lowest', maxLabel: 'TODO highest' },
      loinc: null,
    },
    {
      id: 'q3',
      concept: 'bladder symptom item 3 (pain, urge, frequency group)',
      prompt: 'TODO bladder symptom item 3 (pain, urge, frequency group)',
      range: { min: 0, max: 4, step: 1, minLabel: 'TODO lowest', maxLabel: 'TODO highest' },
      loinc: null,
    },
    {
      id: 'q4',
      concept: 'bladder symptom item 4 (pain, urge, frequency group)',
      prompt: 'TODO bladder symptom item 4 (pain, urge, frequency group)',
      range: { min: 0, max: 4, step: 1, minLabel: 'TODO lowest', maxLabel: 'TODO highest' },
      loinc: null,
    },
    {
      id: 'q5',
      concept: 'bladder symptom item 5 (pain, urge, frequency group)',
      prompt: 'TODO bladder symptom item 5 (pain, urge, frequency group)',
      range: { min: 0, max: 4, step: 1, minLabel: 'TODO lowest', maxLabel: 'TODO highest' },
      loinc: null,
    },
    {
      id: 'q6',
      concept: 'bladder symptom item 6 (pain, urge, frequency group)',
      prompt: 'TODO bladder symptom item 6 (pain, urge, frequency group)',
      range: { min: 0, max: 4, step: 1, minLabel: 'TODO lowest', maxLabel: 'TODO highest' },
      loinc: null,
    },
    {
      id: 'q7',
      concept: 'bladder symptom item 7 (pain, urge, frequency group)',
      prompt: 'TODO bladder symptom item 7 (pain, urge, frequency group)',
      range: { min: 0, max: 4, step: 1, minLabel: 'TODO lowest', maxLabel: 'TODO highest' },
      loinc: null,
    },
    {
      id: 'q8',
      concept: 'worst bladder pain 0-10',
      prompt: 'TODO worst bladder pain 0-10',
      range: { min: 0, max: 10, step: 1, minLabel: 'TODO lowest', maxLabel: 'TODO highest' },
      loinc: null,
    },
  ],
  subscales: [],
  total: {
    id: 'total',
    label: 'total',
    method: 'sum',
    items: ['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8'],
    min: 0,
    max: 38,
    missing: {
      rule: 'strict',
      source: 'no published rule found; project default is no score when an item is missing',
    },
    bands: [
      { min: 0, max: 18, label: 'below cut-off' },
      { min: 19, max: 38, label: 'moderate to severe bladder pain syndrome likely' },
    ],
  },
  flags: [],
  categories: [],
  safetyTriggers: [
    {
      id: 'bpicss-high',
      when: { score: 'total', gte: 19 },
      action: 'TODO urinalysis, urology referral, hold ketamine',
      severity: 'warning',
    },
  ],
}

export const bpicSs: Instrument = {
  ...bpicSsForm,
  name: 'Bladder Pain/Interstitial Cystitis Symptom Score',
  construct: 'bladder pain, urgency, frequency',
  administered: 'self',
  schedule: ['baseline', 'every 4-6 sessions and quarterly in maintenance'],
  cutoffs: [
    {
      score: 'total',
      op: 'gte',
      value: 19,
      meaning: 'moderate-severe bladder pain syndrome',
      sensitivity: 0.72,
      specificity: 0.86,
      source: 'Humphrey 2012',
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
    status: 'permission-needed',
    holder: 'Pfizer / Humphrey L et al. (CDISC QRS BPIC01)',
    terms: 'ask the copyright holder; CDISC lists a QRS supplement',
    confidence: 'low',
  },
  source:
    'development and name: abstract; CDISC code BPIC01; cut-off and weights from knowledge; item structure, cut-offs and citations from knowledge: confirm on the official form at import',
  citations: ['Humphrey L et al. Eur Urol 2012;61:271-9'],
  notes: [
    'eight items and 0-38 with cut-off 19 are published; the split 7x(0-4)+1x(0-10) is from knowledge: verify on the form',
  ],
  confidence: 'low',
}
