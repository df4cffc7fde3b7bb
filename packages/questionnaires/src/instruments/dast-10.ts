import type { Instrument, InstrumentForm } from '../instrument.ts'

const ANSWERS = [
  { value: 0, label: 'TODO no' },
  { value: 1, label: 'TODO yes' },
]

export const dast10Form: InstrumentForm = {
  id: 'dast-10',
  shortName: 'DAST-10',
  version: 'TODO version',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction: 'TODO introduction',
  recall: { sentence: 'TODO past 12 months', period: 'P12M' },
  direction: 'higher-worse',
  items: [
    {
      id: 'q1',
      concept: 'non-medical drug use',
      prompt: 'TODO non-medical drug use',
      values: ANSWERS,
      loinc: '68525-5',
    },
    {
      id: 'q2',
      concept: 'more than one drug at a time',
      prompt: 'TODO more than one drug at a time',
      values: ANSWERS,
      loinc: '68526-3',
    },
    {
      id: 'q3',
      concept: 'able to stop when wanted',
      prompt: 'TODO able to stop when wanted',
      values: ANSWERS,
      reverse: true,
      loinc: '68527-1',
    },
    {
      id: 'q4',
      concept: 'blackouts or flashbacks',
      prompt: 'TODO blackouts or flashbacks',
      values: ANSWERS,
      loinc: '68528-9',
    },
    {
      id: 'q5',
      concept: 'guilt about use',
      prompt: 'TODO guilt about use',
      values: ANSWERS,
      loinc: '68529-7',
    },
    {
      id: 'q6',
      concept: 'family complaints',
      prompt: 'TODO family complaints',
      values: ANSWERS,
      loinc: '68530-5',
    },
    {
      id: 'q7',
      concept: 'family neglected',
      prompt: 'TODO family neglected',
      values: ANSWERS,
      loinc: '68531-3',
    },
    {
      id: 'q8',
      concept: 'illegal acts to obtain drugs',
      prompt: 'TODO illegal acts to obtain drugs',
      values: ANSWERS,
      loinc: '68532-1',
    },
    {
      id: 'q9',
      concept: 'withdrawal when stopping',
      prompt: 'TODO withdrawal when stopping',
      values: ANSWERS,
      loinc: '68533-9',
    },
    {
      id: 'q10',
      concept: 'medical problems from use',
      prompt: 'TODO medical problems from use',
      values: ANSWERS,
      loinc: '68534-7',
    },
  ],
  subscales: [],
  total: {
    id: 'total',
    label: 'total',
    method: 'sum',
    items: ['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8', 'q9', 'q10'],
    min: 0,
    max: 10,
    missing: {
      rule: 'strict',
      source: 'no published rule found; project default is no score when an item is missing',
    },
    bands: [
      { min: 0, max: 0, label: 'no problems reported' },
      { min: 1, max: 2, label: 'low' },
      { min: 3, max: 5, label: 'moderate' },
      { min: 6, max: 8, label: 'substantial' },
      { min: 9, max: 10, label: 'severe' },
    ],
  },
  flags: [],
  categories: [],
  safetyTriggers: [],
}

export const dast10: Instrument = {
  ...dast10Form,
  name: 'Drug Abuse Screening Test, 10 items',
  construct: 'problems from drugs other than alcohol and tobacco',
  administered: 'self',
  schedule: ['baseline', '6 months', '12 months'],
  cutoffs: [
    {
      score: 'total',
      op: 'gte',
      value: 3,
      meaning: 'possible abuse or dependence',
      sensitivity: null,
      specificity: null,
      source: 'Skinner; LOINC 82667-7 description; NIDA CDE',
      note: 'sensitivity/specificity vary by sample (Yudko 2007 review: about 0.7-0.95 / 0.7-0.9)',
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
    panel: '82666-9',
    scores: { total: '82667-7' },
    status:
      'checked in LOINC 2.68; item codes are the DAST terms of the 2.68 component table; panel membership not checked',
  },
  licence: {
    status: 'free-with-conditions',
    holder: 'Harvey A. Skinner / Centre for Addiction and Mental Health, Toronto',
    terms:
      'non-commercial clinical, research, training reproduction with credit; commercial use needs permission',
    confidence: 'high',
  },
  source:
    'cut-off 3: loinc.org 82667-7; bands: NIDA CDE 3254089; licence quote: CamCOPS docs; item structure, cut-offs and citations from knowledge: confirm on the official form at import',
  citations: [
    'Skinner HA. Addict Behav 1982;7:363-71',
    'Cocco KM, Carey KB. Psychol Assess 1998;10:408-14',
    'Yudko E et al. J Subst Abuse Treat 2007;32:189-98',
  ],
  notes: [
    'item 3 is the only reversed item (yes=0, no=1)',
    'enter yes=1/no=0; the engine applies the reversal',
  ],
  confidence: 'high',
}
