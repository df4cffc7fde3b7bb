import type { Instrument, InstrumentForm } from '../instrument.ts'

const HOW_OFTEN = [
  { value: 0, label: 'Not once' },
  { value: 1, label: 'Now and then' },
  { value: 2, label: 'More often than not' },
  { value: 3, label: 'Nearly every time' },
]

export const pgsiForm: InstrumentForm = {
  id: 'pgsi',
  shortName: 'PGSI',
  version: '9 items, past 12 months',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'These questions are about gambling: games and bets for money. Your answers help to plan your care. Nothing is right or wrong, and you can leave a question open.',
  recall: { sentence: 'Please think about the past twelve months.', period: 'P12M' },
  direction: 'higher-worse',
  items: [
    {
      id: 'q1',
      concept: 'stakes beyond means',
      prompt: 'How often did you put more money into gambling than you could spare?',
      values: HOW_OFTEN,
      loinc: null,
    },
    {
      id: 'q2',
      concept: 'tolerance',
      prompt: 'How often did it take bigger bets for gambling to give you the same thrill?',
      values: HOW_OFTEN,
      loinc: null,
    },
    {
      id: 'q3',
      concept: 'chasing',
      prompt: 'After a gambling loss, how often did you come back on a later day to make up for it?',
      values: HOW_OFTEN,
      loinc: null,
    },
    {
      id: 'q4',
      concept: 'borrowing or selling',
      prompt: 'How often did you get money for gambling by a loan, or by selling your things?',
      values: HOW_OFTEN,
      loinc: null,
    },
    {
      id: 'q5',
      concept: 'self-perceived problem',
      prompt: 'How often did you wonder if your gambling was out of hand?',
      values: HOW_OFTEN,
      loinc: null,
    },
    {
      id: 'q6',
      concept: 'health effects',
      prompt: 'How often did gambling harm your health, such as your sleep or your nerves?',
      values: HOW_OFTEN,
      loinc: null,
    },
    {
      id: 'q7',
      concept: 'criticism',
      prompt: 'How often did others find fault with your gambling, rightly or not?',
      values: HOW_OFTEN,
      loinc: null,
    },
    {
      id: 'q8',
      concept: 'household finances',
      prompt: 'How often did gambling leave you, or those you live with, short of money?',
      values: HOW_OFTEN,
      loinc: null,
    },
    {
      id: 'q9',
      concept: 'guilt',
      prompt: 'How often did you blame yourself for how you gamble, or for what came of it?',
      values: HOW_OFTEN,
      loinc: null,
    },
  ],
  subscales: [],
  total: {
    id: 'total',
    label: 'total',
    method: 'sum',
    items: ['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8', 'q9'],
    min: 0,
    max: 27,
    missing: {
      rule: 'strict',
      source: 'no published rule found; no score when an answer is missing',
    },
    bands: [
      { min: 0, max: 0, label: 'non-problem' },
      { min: 1, max: 2, label: 'low risk' },
      { min: 3, max: 7, label: 'moderate risk' },
      { min: 8, max: 27, label: 'problem gambling' },
    ],
  },
  flags: [],
  categories: [],
  safetyTriggers: [],
}

export const pgsi: Instrument = {
  ...pgsiForm,
  name: 'Problem Gambling Severity Index',
  construct: 'problem gambling',
  administered: 'self',
  schedule: ['baseline if gambling', 'monthly in gambling track'],
  cutoffs: [
    {
      score: 'total',
      op: 'gte',
      value: 8,
      meaning: 'problem gambling',
      sensitivity: null,
      specificity: null,
      source: 'Ferris & Wynne 2001',
    },
    {
      score: 'total',
      op: 'gte',
      value: 5,
      meaning: 'moderate risk lower bound in the Currie 2013 rescaling (low 1-4, moderate 5-7)',
      sensitivity: null,
      specificity: null,
      source: 'Currie 2013',
    },
  ],
  change: {
    score: 'total',
    response: null,
    remission: null,
    mcid: null,
    reliableChange: null,
    note: 'No published size of meaningful change; a recall of one year hides early change.',
  },
  loinc: { panel: null, scores: {}, status: 'no term found in LOINC 2.68; use a local code' },
  licence: {
    status: 'free-with-conditions',
    holder: 'Canadian Consortium for Gambling Research / CCSA (GREO distributes)',
    terms: 'free use with credit; wording must not be changed',
    confidence: 'medium',
  },
  source:
    'Ferris 2001, Currie 2013; item structure and cut-offs to be compared with the official form at import',
  citations: [
    'Ferris J, Wynne H. Canadian Problem Gambling Index final report. CCSA 2001',
    'Currie SR, Hodgins DC, Casey DM. J Gambl Stud 2013;29:311-27',
  ],
  notes: [
    'Australian wording (never 0, rarely 1, sometimes 1, often 2, always 3) is a different scoring of the same items',
    'short form (3 items) exists',
    'this wording is ours and has not been validated; import the official form where validity matters',
  ],
  confidence: 'high',
}
