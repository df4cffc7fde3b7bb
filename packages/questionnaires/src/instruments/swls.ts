import type { Instrument, InstrumentForm } from '../instrument.ts'

const HOW_TRUE = [
  { value: 1, label: 'Not true at all' },
  { value: 2, label: 'Mostly not true' },
  { value: 3, label: 'More untrue than true' },
  { value: 4, label: 'Half true, half not' },
  { value: 5, label: 'More true than untrue' },
  { value: 6, label: 'Mostly true' },
  { value: 7, label: 'Fully true' },
]

export const swlsForm: InstrumentForm = {
  id: 'swls',
  shortName: 'SWLS',
  version: '5 items, 7 answers',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'Here are five sentences about your life as a whole. Tell us how true each one is for you. Nothing is right or wrong, and you can leave one open.',
  recall: { sentence: 'Please think about your life in general.', period: 'P0D' },
  direction: 'higher-better',
  items: [
    {
      id: 'q1',
      concept: 'ideal match',
      prompt: 'I live much as I would wish to live.',
      values: HOW_TRUE,
      loinc: null,
    },
    {
      id: 'q2',
      concept: 'life circumstances',
      prompt: 'What makes up my life, such as home, work and people, is very good.',
      values: HOW_TRUE,
      loinc: null,
    },
    {
      id: 'q3',
      concept: 'overall satisfaction',
      prompt: 'All in all, my life pleases me.',
      values: HOW_TRUE,
      loinc: null,
    },
    {
      id: 'q4',
      concept: 'key goals attained',
      prompt: 'Up to now I have reached what matters most to me.',
      values: HOW_TRUE,
      loinc: null,
    },
    {
      id: 'q5',
      concept: 'no wish to relive differently',
      prompt: 'Given a second life, I would do nearly all of it the same way.',
      values: HOW_TRUE,
      loinc: null,
    },
  ],
  subscales: [],
  total: {
    id: 'total',
    label: 'total',
    method: 'sum',
    items: ['q1', 'q2', 'q3', 'q4', 'q5'],
    min: 5,
    max: 35,
    missing: {
      rule: 'strict',
      source: 'no published rule found; no score when an answer is missing',
    },
    bands: [
      { min: 5, max: 9, label: 'extremely dissatisfied' },
      { min: 10, max: 14, label: 'dissatisfied' },
      { min: 15, max: 19, label: 'slightly dissatisfied' },
      { min: 20, max: 20, label: 'neutral' },
      { min: 21, max: 25, label: 'slightly satisfied' },
      { min: 26, max: 30, label: 'satisfied' },
      { min: 31, max: 35, label: 'extremely satisfied' },
    ],
  },
  flags: [],
  categories: [],
  safetyTriggers: [],
}

export const swls: Instrument = {
  ...swlsForm,
  name: 'Satisfaction With Life Scale',
  construct: 'life satisfaction',
  administered: 'self',
  schedule: ['baseline', '3, 6, 12 months'],
  cutoffs: [],
  change: {
    score: 'total',
    response: null,
    remission: null,
    mcid: null,
    reliableChange: null,
    note: 'No published size of meaningful change; show the course.',
  },
  loinc: { panel: null, scores: {}, status: 'no term found in LOINC 2.68; use a local code' },
  licence: {
    status: 'public-domain',
    holder: 'Ed Diener',
    terms: 'not copyrighted; free with credit (author site)',
    confidence: 'high',
  },
  source:
    'Diener 1985, Pavot 1993; item structure and cut-offs to be compared with the official form at import',
  citations: [
    'Diener E et al. J Pers Assess 1985;49:71-5',
    'Pavot W, Diener E. Psychol Assess 1993;5:164-72',
  ],
  notes: ['this wording is ours and has not been validated; import the official form where validity matters'],
  confidence: 'high',
}
