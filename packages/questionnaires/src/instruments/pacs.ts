import type { Instrument, InstrumentForm } from '../instrument.ts'

const ANSWERS = [
  { value: 0, label: 'TODO 0 lowest' },
  { value: 1, label: 'TODO 1' },
  { value: 2, label: 'TODO 2' },
  { value: 3, label: 'TODO 3' },
  { value: 4, label: 'TODO 4' },
  { value: 5, label: 'TODO 5' },
  { value: 6, label: 'TODO 6 highest' },
]

export const pacsForm: InstrumentForm = {
  id: 'pacs',
  shortName: 'PACS',
  version: 'TODO version',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction: 'TODO introduction',
  recall: { sentence: 'TODO past week', period: 'P7D' },
  direction: 'higher-worse',
  items: [
    {
      id: 'q1',
      concept: 'frequency of thinking about drinking',
      prompt: 'TODO frequency of thinking about drinking',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'q2',
      concept: 'peak craving strength',
      prompt: 'TODO peak craving strength',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'q3',
      concept: 'time spent thinking about drinking',
      prompt: 'TODO time spent thinking about drinking',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'q4',
      concept: 'difficulty resisting if alcohol were available',
      prompt: 'TODO difficulty resisting if alcohol were available',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'q5',
      concept: 'overall average craving',
      prompt: 'TODO overall average craving',
      values: ANSWERS,
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
    max: 30,
    missing: {
      rule: 'strict',
      source: 'no published rule found; project default is no score when an item is missing',
    },
    bands: [
      { min: 0, max: 14, label: 'below cut-off' },
      { min: 15, max: 20, label: 'clinically significant craving' },
      { min: 21, max: 30, label: 'high craving' },
    ],
  },
  flags: [],
  categories: [],
  safetyTriggers: [],
}

export const pacs: Instrument = {
  ...pacsForm,
  name: 'Penn Alcohol Craving Scale',
  construct: 'alcohol craving',
  administered: 'self',
  schedule: ['weekly', 'day 1 after each session'],
  cutoffs: [
    {
      score: 'total',
      op: 'gte',
      value: 15,
      meaning: 'significant craving (non-treatment heavy drinkers)',
      sensitivity: 0.67,
      specificity: 0.81,
      source: 'Hartwell 2019 PMC6599943',
    },
    {
      score: 'total',
      op: 'gt',
      value: 20,
      meaning: 'stand-in for DSM-5 craving criterion',
      sensitivity: 0.41,
      specificity: 0.95,
      source: 'Hartwell 2019',
    },
  ],
  change: {
    score: 'total',
    response: null,
    remission: null,
    mcid: null,
    reliableChange: null,
    note: 'TODO no agreed MCID; chart change per week',
  },
  loinc: { panel: null, scores: {}, status: 'no term found in LOINC 2.68; use a local code' },
  licence: {
    status: 'free-with-conditions',
    holder: 'Univ. of Pennsylvania (Flannery, Volpicelli, Pettinati)',
    terms: 'PhenX: freely available, no permission required',
    confidence: 'high',
  },
  source:
    'structure and terms: PhenX 511702; cut-offs: PMC6599943; item structure, cut-offs and citations from knowledge: confirm on the official form at import',
  citations: ['Flannery BA et al. Alcohol Clin Exp Res 1999;23:1289-95', 'PhenX protocol 511702'],
  notes: [
    'may be adapted to other substances (PhenX); then drop the bands',
    'some papers report the mean (0-6); store the sum and show both',
  ],
  confidence: 'high',
}
