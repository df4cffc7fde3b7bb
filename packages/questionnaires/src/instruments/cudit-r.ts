import type { Instrument, InstrumentForm } from '../instrument.ts'

const HOW_OFTEN = [
  { value: 0, label: 'Never' },
  { value: 1, label: 'Less than once a month' },
  { value: 2, label: 'About once a month' },
  { value: 3, label: 'About once a week' },
  { value: 4, label: 'Every day or almost every day' },
]

export const cuditRForm: InstrumentForm = {
  id: 'cudit-r',
  shortName: 'CUDIT-R',
  version: '8 items, past 6 months',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'These questions are about cannabis. Your answers help to plan your care. Nothing is right or wrong, and you can leave a question open.',
  recall: { sentence: 'Please think about the past six months.', period: 'P6M' },
  direction: 'higher-worse',
  items: [
    {
      id: 'q1',
      concept: 'frequency of use',
      prompt: 'How many days with cannabis do you have, as a rule?',
      values: [
        { value: 0, label: 'None' },
        { value: 1, label: 'One a month or fewer' },
        { value: 2, label: '2 to 4 a month' },
        { value: 3, label: '2 or 3 a week' },
        { value: 4, label: '4 or more a week' },
      ],
      loinc: null,
    },
    {
      id: 'q2',
      concept: 'hours intoxicated on a typical using day',
      prompt: 'On a day with cannabis, how long are you high, as a rule?',
      values: [
        { value: 0, label: 'Less than 1 hour' },
        { value: 1, label: '1 or 2 hours' },
        { value: 2, label: '3 or 4 hours' },
        { value: 3, label: '5 or 6 hours' },
        { value: 4, label: '7 hours or more' },
      ],
      loinc: null,
    },
    {
      id: 'q3',
      concept: 'unable to stop',
      prompt: 'How often did you go on using when you meant to stop?',
      values: HOW_OFTEN,
      loinc: null,
    },
    {
      id: 'q4',
      concept: 'duties not met because of use',
      prompt:
        'How often did cannabis keep you from things that people count on you for, at work, at school or at home?',
      values: HOW_OFTEN,
      loinc: null,
    },
    {
      id: 'q5',
      concept: 'much time obtaining, using, recovering',
      prompt: 'How often did a large part of your day go into cannabis: to get it, use it or get over it?',
      values: HOW_OFTEN,
      loinc: null,
    },
    {
      id: 'q6',
      concept: 'memory or concentration problem',
      prompt: 'How often was it hard to keep things in mind, or to keep your mind on them, after cannabis?',
      values: HOW_OFTEN,
      loinc: null,
    },
    {
      id: 'q7',
      concept: 'use in hazardous situations',
      prompt:
        'How often did you take a risk after cannabis, such as to drive, work with tools or watch a child?',
      values: HOW_OFTEN,
      loinc: null,
    },
    {
      id: 'q8',
      concept: 'considered cutting down',
      prompt: 'Did you ever think you should use less cannabis, or none?',
      values: [
        { value: 0, label: 'No' },
        { value: 2, label: 'Yes, but longer than 6 months ago' },
        { value: 4, label: 'Yes, within the past 6 months' },
      ],
      loinc: null,
    },
  ],
  subscales: [],
  total: {
    id: 'total',
    label: 'total',
    method: 'sum',
    items: ['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8'],
    min: 0,
    max: 32,
    missing: {
      rule: 'strict',
      source: 'no published rule found; no score when an answer is missing',
    },
    bands: [
      { min: 0, max: 7, label: 'below hazardous' },
      { min: 8, max: 11, label: 'hazardous use' },
      { min: 12, max: 32, label: 'possible cannabis use disorder' },
    ],
  },
  flags: [],
  categories: [],
  safetyTriggers: [],
}

export const cuditR: Instrument = {
  ...cuditRForm,
  name: 'Cannabis Use Disorders Identification Test - Revised',
  construct: 'cannabis use disorder screen',
  administered: 'self',
  schedule: ['baseline if cannabis used', '3-monthly'],
  cutoffs: [
    {
      score: 'total',
      op: 'gte',
      value: 8,
      meaning: 'hazardous use',
      sensitivity: null,
      specificity: null,
      source: 'Adamson 2010 form',
    },
    {
      score: 'total',
      op: 'gte',
      value: 12,
      meaning: 'possible disorder, further assessment',
      sensitivity: null,
      specificity: null,
      source: 'Adamson 2010 form',
    },
    {
      score: 'total',
      op: 'gte',
      value: 13,
      meaning: 'DSM-IV dependence, best trade-off in the validation sample',
      sensitivity: 0.91,
      specificity: 0.9,
      source: 'Adamson 2010',
    },
  ],
  change: {
    score: 'total',
    response: null,
    remission: null,
    mcid: null,
    reliableChange: null,
    note: 'No published size of meaningful change; a recall of six months hides early change.',
  },
  loinc: { panel: null, scores: {}, status: 'no term found in LOINC 2.68; use a local code' },
  licence: {
    status: 'free-with-conditions',
    holder: 'Adamson SJ et al. (authors)',
    terms: 'free to use with citation in clinical/research settings; confirm for commercial software',
    confidence: 'medium',
  },
  source: 'Adamson 2010; item structure and cut-offs to be compared with the official form at import',
  citations: ['Adamson SJ et al. Drug Alcohol Depend 2010;110:137-43'],
  notes: [
    'given only to people who used cannabis in the past 6 months',
    'this wording is ours and has not been validated; import the official form where validity matters',
  ],
  confidence: 'high',
}
