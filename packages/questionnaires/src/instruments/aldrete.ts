import type { Instrument, InstrumentForm } from '../instrument.ts'

export const aldreteForm: InstrumentForm = {
  id: 'aldrete',
  shortName: 'Aldrete',
  version: '1995',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction: 'TODO introduction',
  recall: { sentence: 'TODO now', period: 'PT0S' },
  direction: 'higher-better',
  items: [
    {
      id: 'q1',
      concept: 'activity',
      prompt: 'TODO activity',
      values: [
        { value: 0, label: 'TODO no limbs move' },
        { value: 1, label: 'TODO two limbs' },
        { value: 2, label: 'TODO four limbs' },
      ],
      loinc: null,
    },
    {
      id: 'q2',
      concept: 'respiration',
      prompt: 'TODO respiration',
      values: [
        { value: 0, label: 'TODO apnoeic' },
        { value: 1, label: 'TODO dyspnoea or shallow' },
        { value: 2, label: 'TODO breathes deeply, coughs' },
      ],
      loinc: null,
    },
    {
      id: 'q3',
      concept: 'circulation (BP vs baseline)',
      prompt: 'TODO circulation (BP vs baseline)',
      values: [
        { value: 0, label: 'TODO differs 50% or more' },
        { value: 1, label: 'TODO differs 20-49%' },
        { value: 2, label: 'TODO within 20%' },
      ],
      loinc: null,
    },
    {
      id: 'q4',
      concept: 'consciousness',
      prompt: 'TODO consciousness',
      values: [
        { value: 0, label: 'TODO unresponsive' },
        { value: 1, label: 'TODO arousable' },
        { value: 2, label: 'TODO fully awake' },
      ],
      loinc: null,
    },
    {
      id: 'q5',
      concept: 'oxygen saturation',
      prompt: 'TODO oxygen saturation',
      values: [
        { value: 0, label: 'TODO below 90% with oxygen' },
        { value: 1, label: 'TODO needs oxygen to stay above 90%' },
        { value: 2, label: 'TODO above 92% on room air' },
      ],
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
    max: 10,
    missing: {
      rule: 'strict',
      source: 'no published rule found; project default is no score when an item is missing',
    },
    bands: [
      { min: 0, max: 8, label: 'not ready' },
      { min: 9, max: 10, label: 'ready for step-down' },
    ],
  },
  flags: [{ id: 'ready', label: 'total 9 or more', when: { score: 'total', gte: 9 } }],
  categories: [],
  safetyTriggers: [],
}

export const aldrete: Instrument = {
  ...aldreteForm,
  name: 'Modified Aldrete score',
  construct: 'recovery from sedation',
  administered: 'clinician',
  schedule: ['every 15 min from end of effect until 9'],
  cutoffs: [
    {
      score: 'total',
      op: 'gte',
      value: 9,
      meaning: 'phase I discharge',
      sensitivity: null,
      specificity: null,
      source: 'Aldrete 1995',
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
    holder: 'Aldrete JA',
    terms: 'published scale in general clinical use',
    confidence: 'medium',
  },
  source: 'item structure, cut-offs and citations from knowledge: confirm on the official form at import',
  citations: ['Aldrete JA, Kroulik D. Anesth Analg 1970;49:924-34', 'Aldrete JA. J Clin Anesth 1995;7:89-91'],
  notes: ['a total of 9 implies no component is 0'],
  confidence: 'high',
}
