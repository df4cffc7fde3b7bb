import type { Instrument, InstrumentForm } from '../instrument.ts'

export const rassForm: InstrumentForm = {
  id: 'rass',
  shortName: 'RASS',
  version: 'TODO version',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction: 'TODO introduction',
  recall: { sentence: 'TODO now', period: 'PT0S' },
  direction: '0 is target',
  items: [
    {
      id: 'q1',
      concept: 'level',
      prompt: 'TODO level',
      values: [
        { value: -5, label: 'TODO unarousable' },
        { value: -4, label: 'TODO deep sedation' },
        { value: -3, label: 'TODO moderate sedation' },
        { value: -2, label: 'TODO light sedation' },
        { value: -1, label: 'TODO drowsy' },
        { value: 0, label: 'TODO alert and calm' },
        { value: 1, label: 'TODO restless' },
        { value: 2, label: 'TODO agitated' },
        { value: 3, label: 'TODO very agitated' },
        { value: 4, label: 'TODO combative' },
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
    min: -5,
    max: 4,
    missing: {
      rule: 'strict',
      source: 'no published rule found; project default is no score when an item is missing',
    },
    bands: [
      { min: -5, max: -4, label: 'deep or unarousable' },
      { min: -3, max: -3, label: 'moderate sedation' },
      { min: -2, max: -1, label: 'light sedation or drowsy' },
      { min: 0, max: 0, label: 'alert and calm' },
      { min: 1, max: 1, label: 'restless' },
      { min: 2, max: 4, label: 'agitated' },
    ],
  },
  flags: [],
  categories: [],
  safetyTriggers: [
    {
      id: 'rass-deep',
      when: { item: 'q1', lte: -4 },
      action: 'TODO airway, oxygen, call for help',
      severity: 'critical',
    },
    {
      id: 'rass-agitated',
      when: { item: 'q1', gte: 2 },
      action: 'TODO de-escalation, consider rescue medication',
      severity: 'critical',
    },
  ],
}

export const rass: Instrument = {
  ...rassForm,
  name: 'Richmond Agitation-Sedation Scale',
  construct: 'agitation and sedation',
  administered: 'observer',
  schedule: ['every 15 min after dose (with or instead of MOAA/S)'],
  cutoffs: [],
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
    holder: 'Sessler CN et al.; ATS 2002',
    terms: 'widely used with citation',
    confidence: 'medium',
  },
  source:
    'levels: Wikipedia/openEHR archetype; item structure, cut-offs and citations from knowledge: confirm on the official form at import',
  citations: ['Sessler CN et al. Am J Respir Crit Care Med 2002;166:1338-44'],
  notes: [],
  confidence: 'high',
}
