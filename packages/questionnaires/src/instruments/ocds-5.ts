import type { Instrument, InstrumentForm } from '../instrument.ts'

const ANSWERS = [
  { value: 0, label: 'TODO none or lowest' },
  { value: 1, label: 'TODO mild' },
  { value: 2, label: 'TODO moderate' },
  { value: 3, label: 'TODO severe' },
  { value: 4, label: 'TODO extreme' },
]

export const ocds5Form: InstrumentForm = {
  id: 'ocds-5',
  shortName: 'OCDS-5',
  version: 'TODO version',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction: 'TODO introduction',
  recall: { sentence: 'TODO past 7 days', period: 'P7D' },
  direction: 'higher-worse',
  items: [
    {
      id: 'o1',
      concept: 'time occupied by drinking thoughts when not drinking',
      prompt: 'TODO time occupied by drinking thoughts when not drinking',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'o2',
      concept: 'frequency of those thoughts',
      prompt: 'TODO frequency of those thoughts',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'o4',
      concept: 'distress from thoughts',
      prompt: 'TODO distress from thoughts',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'o5',
      concept: 'effort to resist thoughts',
      prompt: 'TODO effort to resist thoughts',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'o13',
      concept: 'strength of drive to drink',
      prompt: 'TODO strength of drive to drink',
      values: ANSWERS,
      loinc: null,
    },
  ],
  subscales: [],
  total: {
    id: 'total',
    label: 'total',
    method: 'sum',
    items: ['o1', 'o2', 'o4', 'o5', 'o13'],
    min: 0,
    max: 20,
    missing: {
      rule: 'strict',
      source: 'no published rule found; project default is no score when an item is missing',
    },
    bands: [
      { min: 0, max: 11, label: 'below threshold' },
      { min: 12, max: 20, label: 'marked craving' },
    ],
  },
  flags: [],
  categories: [],
  safetyTriggers: [],
}

export const ocds5: Instrument = {
  ...ocds5Form,
  name: 'Obsessive Compulsive Drinking Scale, 5 items (as in MATE module Q1)',
  construct: 'craving',
  administered: 'self',
  schedule: ['weekly (works for any substance)'],
  cutoffs: [
    {
      score: 'total',
      op: 'gte',
      value: 12,
      meaning: 'marked craving (MATE severity threshold)',
      sensitivity: null,
      specificity: null,
      source: 'MATE manual, from knowledge',
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
    holder: 'Anton RF / de Wildt et al.; MATE: Stichting MATE',
    terms: 'free for care and research; ask before commercial redistribution',
    confidence: 'low',
  },
  source: 'item structure, cut-offs and citations from knowledge: confirm on the official form at import',
  citations: [
    'de Wildt WA et al. Alcohol Clin Exp Res 2005;29:509-16',
    'Schippers GM, Broekman TG, Buchholz A. MATE manual 2.1',
  ],
  notes: ['item ids o1,o2,o4,o5,o13 are the item numbers of the 14-item OCDS'],
  confidence: 'medium',
}
