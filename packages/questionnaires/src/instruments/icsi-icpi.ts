import type { Instrument, InstrumentForm } from '../instrument.ts'

const MISSING = {
  rule: 'strict',
  source: 'no published rule found; project default is no score when an item is missing',
} as const

export const icsiIcpiForm: InstrumentForm = {
  id: 'icsi-icpi',
  shortName: 'ICSI/ICPI',
  version: 'TODO version',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction: 'TODO introduction',
  recall: { sentence: 'TODO past month', period: 'P1M' },
  direction: 'higher-worse',
  items: [
    {
      id: 's1',
      concept: 'strong urge without warning',
      prompt: 'TODO strong urge without warning',
      range: { min: 0, max: 5, step: 1, minLabel: 'TODO lowest', maxLabel: 'TODO highest' },
      loinc: null,
    },
    {
      id: 's2',
      concept: 'urinating again within 2 hours',
      prompt: 'TODO urinating again within 2 hours',
      range: { min: 0, max: 5, step: 1, minLabel: 'TODO lowest', maxLabel: 'TODO highest' },
      loinc: null,
    },
    {
      id: 's3',
      concept: 'night-time urination',
      prompt: 'TODO night-time urination',
      range: { min: 0, max: 5, step: 1, minLabel: 'TODO lowest', maxLabel: 'TODO highest' },
      loinc: null,
    },
    {
      id: 's4',
      concept: 'pain or burning in bladder',
      prompt: 'TODO pain or burning in bladder',
      range: { min: 0, max: 5, step: 1, minLabel: 'TODO lowest', maxLabel: 'TODO highest' },
      loinc: null,
    },
    {
      id: 'p1',
      concept: 'bother: daytime frequency',
      prompt: 'TODO bother: daytime frequency',
      range: { min: 0, max: 4, step: 1, minLabel: 'TODO lowest', maxLabel: 'TODO highest' },
      loinc: null,
    },
    {
      id: 'p2',
      concept: 'bother: night-time urination',
      prompt: 'TODO bother: night-time urination',
      range: { min: 0, max: 4, step: 1, minLabel: 'TODO lowest', maxLabel: 'TODO highest' },
      loinc: null,
    },
    {
      id: 'p3',
      concept: 'bother: urge',
      prompt: 'TODO bother: urge',
      range: { min: 0, max: 4, step: 1, minLabel: 'TODO lowest', maxLabel: 'TODO highest' },
      loinc: null,
    },
    {
      id: 'p4',
      concept: 'bother: pain',
      prompt: 'TODO bother: pain',
      range: { min: 0, max: 4, step: 1, minLabel: 'TODO lowest', maxLabel: 'TODO highest' },
      loinc: null,
    },
  ],
  subscales: [
    {
      id: 'icsi',
      label: 'symptom index',
      method: 'sum',
      items: ['s1', 's2', 's3', 's4'],
      min: 0,
      max: 20,
      missing: MISSING,
    },
    {
      id: 'icpi',
      label: 'problem index',
      method: 'sum',
      items: ['p1', 'p2', 'p3', 'p4'],
      min: 0,
      max: 16,
      missing: MISSING,
    },
  ],
  total: {
    id: 'total',
    label: 'total',
    method: 'sum',
    items: ['s1', 's2', 's3', 's4', 'p1', 'p2', 'p3', 'p4'],
    min: 0,
    max: 36,
    missing: MISSING,
  },
  flags: [],
  categories: [],
  safetyTriggers: [],
}

export const icsiIcpi: Instrument = {
  ...icsiIcpiForm,
  name: "O'Leary-Sant Interstitial Cystitis Symptom and Problem Indices",
  construct: 'bladder symptoms and bother',
  administered: 'self',
  schedule: ['fallback if BPIC-SS licence is not held'],
  cutoffs: [
    {
      score: 'icsi',
      op: 'gte',
      value: 6,
      meaning: 'screen positive with icpi >= 6 (some studies 5/7)',
      sensitivity: null,
      specificity: null,
      source: "O'Leary 1997 and later; from knowledge",
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
    holder: "O'Leary MP, Sant GR",
    terms: 'published; free clinical use with citation',
    confidence: 'medium',
  },
  source:
    'maxima 20 and 16: alpfmedical page; item structure, cut-offs and citations from knowledge: confirm on the official form at import',
  citations: ["O'Leary MP et al. Urology 1997;49(5A Suppl):58-63"],
  notes: [
    '2025 consensus (PMID 40621808) suggests GUPI or PUF for practice; none is validated for ketamine cystitis specifically',
  ],
  confidence: 'medium',
}
