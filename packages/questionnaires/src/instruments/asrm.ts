import type { Instrument, InstrumentForm } from '../instrument.ts'

export const asrmForm: InstrumentForm = {
  id: 'asrm',
  shortName: 'ASRM',
  version: 'TODO version',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction: 'TODO introduction',
  recall: { sentence: 'TODO past week', period: 'P7D' },
  direction: 'higher-worse',
  items: [
    {
      id: 'q1',
      concept: 'elevated mood',
      prompt: 'TODO elevated mood',
      range: { min: 0, max: 4, step: 1, minLabel: 'TODO lowest', maxLabel: 'TODO highest' },
      loinc: null,
    },
    {
      id: 'q2',
      concept: 'self-confidence',
      prompt: 'TODO self-confidence',
      range: { min: 0, max: 4, step: 1, minLabel: 'TODO lowest', maxLabel: 'TODO highest' },
      loinc: null,
    },
    {
      id: 'q3',
      concept: 'reduced need for sleep',
      prompt: 'TODO reduced need for sleep',
      range: { min: 0, max: 4, step: 1, minLabel: 'TODO lowest', maxLabel: 'TODO highest' },
      loinc: null,
    },
    {
      id: 'q4',
      concept: 'talkativeness',
      prompt: 'TODO talkativeness',
      range: { min: 0, max: 4, step: 1, minLabel: 'TODO lowest', maxLabel: 'TODO highest' },
      loinc: null,
    },
    {
      id: 'q5',
      concept: 'activity',
      prompt: 'TODO activity',
      range: { min: 0, max: 4, step: 1, minLabel: 'TODO lowest', maxLabel: 'TODO highest' },
      loinc: null,
    },
  ],
  subscales: [],
  total: {
    id: 'total',
    label: 'total',
    method: 'sum',
    items: ['q1', 'q2', 'q3', 'q4', 'q5'],
    min: 0,
    max: 20,
    missing: {
      rule: 'strict',
      source: 'no published rule found; project default is no score when an item is missing',
    },
    bands: [
      { min: 0, max: 5, label: 'not suggestive' },
      { min: 6, max: 20, label: 'possible mania or hypomania' },
    ],
  },
  flags: [],
  categories: [],
  safetyTriggers: [
    {
      id: 'asrm-high',
      when: { score: 'total', gte: 6 },
      action: 'TODO hold dosing, clinician review',
      severity: 'warning',
    },
  ],
}

export const asrm: Instrument = {
  ...asrmForm,
  name: 'Altman Self-Rating Mania Scale',
  construct: 'manic symptoms',
  administered: 'self',
  schedule: ['before each session', '+7 d'],
  cutoffs: [
    {
      score: 'total',
      op: 'gte',
      value: 6,
      meaning: 'mania or hypomania',
      sensitivity: 0.855,
      specificity: 0.873,
      source: 'Altman 1997',
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
    holder: 'Edward G. Altman',
    terms: 'free in the STABLE toolkit; permission for products',
    confidence: 'medium',
  },
  source: 'item structure, cut-offs and citations from knowledge: confirm on the official form at import',
  citations: ['Altman EG et al. Biol Psychiatry 1997;42:948-55'],
  notes: [],
  confidence: 'high',
}
