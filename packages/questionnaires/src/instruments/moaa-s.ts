import type { Instrument, InstrumentForm } from '../instrument.ts'

export const moaaSForm: InstrumentForm = {
  id: 'moaa-s',
  shortName: 'MOAA/S',
  version: 'TODO version',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction: 'TODO introduction',
  recall: { sentence: 'TODO now', period: 'PT0S' },
  direction: 'higher-better',
  items: [
    {
      id: 'q1',
      concept: 'responsiveness',
      prompt: 'TODO responsiveness',
      values: [
        { value: 0, label: 'TODO no response to painful squeeze' },
        { value: 1, label: 'TODO responds only to painful squeeze' },
        { value: 2, label: 'TODO responds only to mild prodding or shaking' },
        { value: 3, label: 'TODO responds only when name is loud or repeated' },
        { value: 4, label: 'TODO lethargic response to normal voice' },
        { value: 5, label: 'TODO ready response to normal voice' },
      ],
      loinc: null,
    },
  ],
  subscales: [],
  total: {
    id: 'total',
    label: 'total',
    method: 'single',
    items: ['q1'],
    min: 0,
    max: 5,
    missing: {
      rule: 'strict',
      source: 'no published rule found; project default is no score when an item is missing',
    },
    bands: [
      { min: 0, max: 0, label: 'unresponsive' },
      { min: 1, max: 1, label: 'deep' },
      { min: 2, max: 3, label: 'moderate' },
      { min: 4, max: 4, label: 'mild' },
      { min: 5, max: 5, label: 'awake' },
    ],
  },
  flags: [],
  categories: [],
  safetyTriggers: [
    {
      id: 'moaas-deep',
      when: { item: 'q1', lte: 1 },
      action: 'TODO airway, oxygen, call for help',
      severity: 'critical',
    },
    {
      id: 'moaas-moderate',
      when: { item: 'q1', lte: 3 },
      action: 'TODO continuous monitoring, stop further dosing',
      severity: 'warning',
    },
  ],
}

export const moaaS: Instrument = {
  ...moaaSForm,
  name: "Modified Observer's Assessment of Alertness/Sedation",
  construct: 'sedation',
  administered: 'observer',
  schedule: ['every 15 min from dose until 5 twice in a row'],
  cutoffs: [
    {
      score: 'total',
      op: 'lte',
      value: 3,
      meaning: 'moderate or greater sedation',
      sensitivity: null,
      specificity: null,
      source: 'esketamine phase 3 definition',
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
    holder: 'Chernik DA et al. 1990',
    terms: 'published scale in general clinical use',
    confidence: 'medium',
  },
  source:
    '<=3 moderate: J&J medical information; item structure, cut-offs and citations from knowledge: confirm on the official form at import',
  citations: [
    'Chernik DA et al. J Clin Psychopharmacol 1990;10:244-51',
    'Spravato prescribing information; J&J medical information 2024',
  ],
  notes: [],
  confidence: 'high',
}
