import type { Instrument, InstrumentForm } from '../instrument.ts'

const HOW_OFTEN = [
  { value: 0, label: 'Never' },
  { value: 1, label: 'Once or twice' },
  { value: 2, label: '3 or 4 times' },
  { value: 3, label: 'About once a day' },
  { value: 4, label: '2 or 3 times a day' },
  { value: 5, label: '4 to 6 times a day' },
  { value: 6, label: 'More than 6 times a day' },
]
const STRONGEST = [
  { value: 0, label: 'None' },
  { value: 1, label: 'Faint' },
  { value: 2, label: 'Light' },
  { value: 3, label: 'Medium' },
  { value: 4, label: 'Strong' },
  { value: 5, label: 'Very strong' },
  { value: 6, label: 'Too strong to hold back' },
]
const HOW_LONG = [
  { value: 0, label: 'Not at all' },
  { value: 1, label: 'Up to 20 minutes' },
  { value: 2, label: 'Up to 45 minutes' },
  { value: 3, label: 'Up to 90 minutes' },
  { value: 4, label: 'Up to 3 hours' },
  { value: 5, label: 'Up to 6 hours' },
  { value: 6, label: 'More than 6 hours' },
]
const HOW_HARD = [
  { value: 0, label: 'Not hard at all' },
  { value: 1, label: 'Barely hard' },
  { value: 2, label: 'A little hard' },
  { value: 3, label: 'Medium' },
  { value: 4, label: 'Hard' },
  { value: 5, label: 'Very hard' },
  { value: 6, label: 'More than I could do' },
]
const ON_AVERAGE = [
  { value: 0, label: 'None' },
  { value: 1, label: 'Very weak' },
  { value: 2, label: 'Weak' },
  { value: 3, label: 'Medium' },
  { value: 4, label: 'Strong' },
  { value: 5, label: 'Very strong' },
  { value: 6, label: 'The strongest I can think of' },
]

export const pacsForm: InstrumentForm = {
  id: 'pacs',
  shortName: 'PACS',
  version: '5 items, past week',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'These questions are about the wish to drink alcohol. Such wishes come and go, and no answer is right or wrong. You can leave a question open.',
  recall: { sentence: 'Please think about the past week, up to today.', period: 'P7D' },
  direction: 'higher-worse',
  items: [
    {
      id: 'q1',
      concept: 'frequency of thinking about drinking',
      prompt: 'How often did drinking come to your mind?',
      values: HOW_OFTEN,
      loinc: null,
    },
    {
      id: 'q2',
      concept: 'peak craving strength',
      prompt: 'How strong did your wish to drink get at its peak?',
      values: STRONGEST,
      loinc: null,
    },
    {
      id: 'q3',
      concept: 'time spent thinking about drinking',
      prompt: 'How long was drinking on your mind, all in all?',
      values: HOW_LONG,
      loinc: null,
    },
    {
      id: 'q4',
      concept: 'difficulty resisting if alcohol were available',
      prompt: 'How hard would it have been for you to leave a drink within reach alone?',
      values: HOW_HARD,
      loinc: null,
    },
    {
      id: 'q5',
      concept: 'overall average craving',
      prompt: 'How strong was your wish to drink on average?',
      values: ON_AVERAGE,
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
      source: 'no published rule found; no score when an answer is missing',
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
      source: 'Hartwell 2019',
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
    note: 'No agreed size of meaningful change; follow the course from week to week.',
  },
  loinc: { panel: null, scores: {}, status: 'no term found in LOINC 2.68; use a local code' },
  licence: {
    status: 'free-with-conditions',
    holder: 'Univ. of Pennsylvania (Flannery, Volpicelli, Pettinati)',
    terms: 'PhenX: freely available, no permission required',
    confidence: 'high',
  },
  source:
    'Flannery 1999; structure and terms seen in PhenX 511702, cut-offs in Hartwell 2019; item structure and cut-offs to be compared with the official form at import',
  citations: [
    'Flannery BA et al. Alcohol Clin Exp Res 1999;23:1289-95',
    'Hartwell EE et al. Addict Behav Rep 2019;10:100198',
    'PhenX protocol 511702',
  ],
  notes: [
    'may be adapted to other substances (PhenX); then drop the bands',
    'some papers report the mean (0-6); store the sum and show both',
    'this wording is ours and has not been validated; import the official form where validity matters',
  ],
  confidence: 'high',
}
