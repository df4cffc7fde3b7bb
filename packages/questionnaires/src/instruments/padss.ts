import type { Instrument, InstrumentForm } from '../instrument.ts'

const ANSWERS = [
  { value: 0, label: 'TODO severe' },
  { value: 1, label: 'TODO moderate' },
  { value: 2, label: 'TODO minimal' },
]

export const padssForm: InstrumentForm = {
  id: 'padss',
  shortName: 'PADSS',
  version: 'TODO version',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction: 'TODO introduction',
  recall: { sentence: 'TODO now', period: 'PT0S' },
  direction: 'higher-better',
  items: [
    {
      id: 'q1',
      concept: 'vital signs vs baseline',
      prompt: 'TODO vital signs vs baseline',
      values: [
        { value: 0, label: 'TODO over 40% change' },
        { value: 1, label: 'TODO 20-40% change' },
        { value: 2, label: 'TODO within 20%' },
      ],
      loinc: null,
    },
    {
      id: 'q2',
      concept: 'ambulation',
      prompt: 'TODO ambulation',
      values: [
        { value: 0, label: 'TODO unable' },
        { value: 1, label: 'TODO with assistance' },
        { value: 2, label: 'TODO steady gait' },
      ],
      loinc: null,
    },
    {
      id: 'q3',
      concept: 'nausea and vomiting',
      prompt: 'TODO nausea and vomiting',
      values: [
        { value: 0, label: 'TODO severe, repeated treatment' },
        { value: 1, label: 'TODO moderate' },
        { value: 2, label: 'TODO minimal' },
      ],
      loinc: null,
    },
    { id: 'q4', concept: 'pain', prompt: 'TODO pain', values: ANSWERS, loinc: null },
    { id: 'q5', concept: 'bleeding', prompt: 'TODO bleeding', values: ANSWERS, loinc: null },
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
      { min: 9, max: 10, label: 'fit for discharge with escort' },
    ],
  },
  flags: [],
  categories: [],
  safetyTriggers: [],
}

export const padss: Instrument = {
  ...padssForm,
  name: 'Post-Anaesthetic Discharge Scoring System',
  construct: 'readiness for discharge home',
  administered: 'clinician',
  schedule: ['pre-discharge'],
  cutoffs: [
    {
      score: 'total',
      op: 'gte',
      value: 9,
      meaning: 'home with a responsible adult',
      sensitivity: null,
      specificity: null,
      source: 'Chung 1995',
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
    holder: 'Frances Chung',
    terms: 'published scale; cite',
    confidence: 'medium',
  },
  source: 'item structure, cut-offs and citations from knowledge: confirm on the official form at import',
  citations: ['Chung F, Chan VW, Ong D. J Clin Anesth 1995;7:500-6'],
  notes: [
    'bleeding is 2 by default for ketamine sessions (no procedure) but must be recorded',
    'discharge also needs: minimum observation time, RASS 0 / MOAA/S 5, CADSS 4 or less, C-SSRS not high, blood pressure back near baseline, escort, no driving until next day',
  ],
  confidence: 'high',
}
