import type { Instrument, InstrumentForm } from '../instrument.ts'

const ANSWERS = [
  { value: 0, label: 'TODO no' },
  { value: 1, label: 'TODO yes' },
]
const MISSING = {
  rule: 'strict',
  source: 'no published rule found; project default is no score when an item is missing',
} as const

export const ftndForm: InstrumentForm = {
  id: 'ftnd',
  shortName: 'FTND',
  version: 'TODO version',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction: 'TODO introduction',
  recall: { sentence: 'TODO current', period: 'P0D' },
  direction: 'higher-worse',
  items: [
    {
      id: 'q1',
      concept: 'time from waking to first cigarette',
      prompt: 'TODO time from waking to first cigarette',
      values: [
        { value: 0, label: 'TODO after 60 min' },
        { value: 1, label: 'TODO 31-60 min' },
        { value: 2, label: 'TODO 6-30 min' },
        { value: 3, label: 'TODO within 5 min' },
      ],
      loinc: '63636-5',
    },
    {
      id: 'q2',
      concept: 'hard to refrain where forbidden',
      prompt: 'TODO hard to refrain where forbidden',
      values: ANSWERS,
      loinc: '63637-3',
    },
    {
      id: 'q3',
      concept: 'cigarette hardest to give up is the first of the day',
      prompt: 'TODO cigarette hardest to give up is the first of the day',
      values: [
        { value: 0, label: 'TODO any other' },
        { value: 1, label: 'TODO first in the morning' },
      ],
      loinc: '63639-9',
    },
    {
      id: 'q4',
      concept: 'cigarettes per day',
      prompt: 'TODO cigarettes per day',
      values: [
        { value: 0, label: 'TODO 10 or fewer' },
        { value: 1, label: 'TODO 11-20' },
        { value: 2, label: 'TODO 21-30' },
        { value: 3, label: 'TODO 31 or more' },
      ],
      loinc: '63640-7',
    },
    {
      id: 'q5',
      concept: 'smokes more in first hours after waking',
      prompt: 'TODO smokes more in first hours after waking',
      values: ANSWERS,
      loinc: '63641-5',
    },
    {
      id: 'q6',
      concept: 'smokes even when ill in bed',
      prompt: 'TODO smokes even when ill in bed',
      values: ANSWERS,
      loinc: '63642-3',
    },
  ],
  subscales: [
    {
      id: 'hsi',
      label: 'Heaviness of Smoking Index',
      method: 'sum',
      items: ['q1', 'q4'],
      min: 0,
      max: 6,
      missing: MISSING,
      bands: [
        { min: 0, max: 1, label: 'low' },
        { min: 2, max: 4, label: 'medium' },
        { min: 5, max: 6, label: 'high' },
      ],
    },
  ],
  total: {
    id: 'total',
    label: 'total',
    method: 'sum',
    items: ['q1', 'q2', 'q3', 'q4', 'q5', 'q6'],
    min: 0,
    max: 10,
    missing: MISSING,
    bands: [
      { min: 0, max: 2, label: 'very low' },
      { min: 3, max: 4, label: 'low' },
      { min: 5, max: 5, label: 'medium' },
      { min: 6, max: 7, label: 'high' },
      { min: 8, max: 10, label: 'very high' },
    ],
  },
  flags: [],
  categories: [],
  safetyTriggers: [],
}

export const ftnd: Instrument = {
  ...ftndForm,
  name: 'Fagerstrom Test for Nicotine Dependence',
  construct: 'physical nicotine dependence (cigarettes)',
  administered: 'self',
  schedule: ['baseline if smoking', '6 months'],
  cutoffs: [
    {
      score: 'total',
      op: 'gte',
      value: 6,
      meaning: 'high nicotine dependence',
      sensitivity: null,
      specificity: null,
      source: 'Fagerstrom 1990; Heatherton 1991',
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
  loinc: {
    panel: '62503-8',
    scores: {},
    status: 'checked in LOINC 2.68; PhenX nicotine dependence protocol panel; no total-score term found',
  },
  licence: {
    status: 'free-with-conditions',
    holder: 'Karl Fagerstrom',
    terms:
      'free for clinical and research use with citation; author asks to be named; commercial use on request',
    confidence: 'medium',
  },
  source:
    'item values: BMJ Open table; LOINC items: 2.68 table; item structure, cut-offs and citations from knowledge: confirm on the official form at import',
  citations: ['Heatherton TF et al. Br J Addict 1991;86:1119-27'],
  notes: ['not for e-cigarette-only users (use PS-ECDI or e-FTCD)'],
  confidence: 'high',
}
