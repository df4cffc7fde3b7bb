import type { Instrument, InstrumentForm } from '../instrument.ts'

const ANSWERS = [
  { value: 0, label: 'TODO not at all' },
  { value: 1, label: 'TODO slight' },
  { value: 2, label: 'TODO moderate' },
  { value: 3, label: 'TODO considerable' },
  { value: 4, label: 'TODO extreme' },
]

export const cadss6Form: InstrumentForm = {
  id: 'cadss-6',
  shortName: 'CADSS-6',
  version: 'TODO version',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction: 'TODO introduction',
  recall: { sentence: 'TODO right now', period: 'PT0S' },
  direction: 'higher-worse',
  items: [
    {
      id: 'q1',
      concept: 'time in slow motion',
      prompt: 'TODO time in slow motion',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'q2',
      concept: 'surroundings unreal or dreamlike',
      prompt: 'TODO surroundings unreal or dreamlike',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'q6',
      concept: 'disconnected from body',
      prompt: 'TODO disconnected from body',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'q7',
      concept: 'body feels changed',
      prompt: 'TODO body feels changed',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'q15',
      concept: 'spacing out',
      prompt: 'TODO spacing out',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'q22',
      concept: 'memory gaps',
      prompt: 'TODO memory gaps',
      values: ANSWERS,
      loinc: null,
    },
  ],
  subscales: [],
  total: {
    id: 'total',
    label: 'total',
    method: 'sum',
    items: ['q1', 'q2', 'q6', 'q7', 'q15', 'q22'],
    min: 0,
    max: 24,
    missing: {
      rule: 'strict',
      source: 'no published rule found; project default is no score when an item is missing',
    },
  },
  flags: [],
  categories: [],
  safetyTriggers: [],
}

export const cadss6: Instrument = {
  ...cadss6Form,
  name: 'CADSS 6-item short form for ketamine',
  construct: 'acute dissociation',
  administered: 'clinician',
  schedule: ['+40 min', 'pre-discharge'],
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
    status: 'permission-needed',
    holder: 'J. Douglas Bremner; short form Rodrigues NB et al.',
    terms: 'as CADSS',
    confidence: 'medium',
  },
  source:
    'items 1,2,6,7,15,22 and correlations: PMID 33418362; item structure, cut-offs and citations from knowledge: confirm on the official form at import',
  citations: ['Rodrigues NB et al. J Affect Disord 2021;282:160-4 (PMID 33418362)'],
  notes: [
    'items keep the numbers of the 23-item form',
    'Spearman 0.91-0.95 with the full total; no cut-off published; validated retrospectively only',
  ],
  confidence: 'high',
}
