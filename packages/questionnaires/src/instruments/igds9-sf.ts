import type { Instrument, InstrumentForm } from '../instrument.ts'

const HOW_OFTEN = [
  { value: 1, label: 'Never' },
  { value: 2, label: 'Seldom' },
  { value: 3, label: 'At times' },
  { value: 4, label: 'Often' },
  { value: 5, label: 'Very often' },
]
const STRICT = {
  rule: 'strict',
  source: 'no published rule found; project default is no score when an item is missing',
} as const

export const igds9SfForm: InstrumentForm = {
  id: 'igds9-sf',
  shortName: 'IGDS9-SF',
  version: '9 items, past 12 months',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'These questions are about playing video games on any device, online or not. There are no right or wrong answers. You can leave a question open and come back to it.',
  recall: { sentence: 'Please think about the past 12 months.', period: 'P12M' },
  direction: 'higher-worse',
  items: [
    {
      id: 'q1',
      concept: 'preoccupation',
      prompt: 'How often was a game on your mind while you did other things?',
      values: HOW_OFTEN,
      loinc: null,
    },
    {
      id: 'q2',
      concept: 'withdrawal irritability',
      prompt: 'How often were you angry, tense or sad when you tried to play less or to stop?',
      values: HOW_OFTEN,
      loinc: null,
    },
    {
      id: 'q3',
      concept: 'tolerance',
      prompt: 'How often did you have to play longer than before to enjoy it as much?',
      values: HOW_OFTEN,
      loinc: null,
    },
    {
      id: 'q4',
      concept: 'loss of control',
      prompt: 'How often did you try to play less and find that you could not?',
      values: HOW_OFTEN,
      loinc: null,
    },
    {
      id: 'q5',
      concept: 'loss of other interests',
      prompt: 'How often did you let go of hobbies or other fun so that you could play?',
      values: HOW_OFTEN,
      loinc: null,
    },
    {
      id: 'q6',
      concept: 'continued despite problems',
      prompt: 'How often did you play on, although it led to trouble with people near you?',
      values: HOW_OFTEN,
      loinc: null,
    },
    {
      id: 'q7',
      concept: 'deception',
      prompt: 'How often did you tell others that you played less than you really did?',
      values: HOW_OFTEN,
      loinc: null,
    },
    {
      id: 'q8',
      concept: 'escape of negative mood',
      prompt: 'How often did you play to push away a bad mood, such as guilt or worry?',
      values: HOW_OFTEN,
      loinc: null,
    },
    {
      id: 'q9',
      concept: 'jeopardised relationship, job or study',
      prompt: 'How often did playing put a job, your studies or a close bond at risk?',
      values: HOW_OFTEN,
      loinc: null,
    },
  ],
  subscales: [
    {
      id: 'criteria',
      label: 'criteria endorsed (very often)',
      method: 'count',
      items: ['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8', 'q9'],
      min: 0,
      max: 9,
      missing: STRICT,
      countIf: { gte: 5 },
    },
  ],
  total: {
    id: 'total',
    label: 'total',
    method: 'sum',
    items: ['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8', 'q9'],
    min: 9,
    max: 45,
    missing: STRICT,
    bands: [
      { min: 9, max: 31, label: 'below clinical cut-off' },
      { min: 32, max: 45, label: 'above clinical cut-off (Qin 2020)' },
    ],
  },
  flags: [
    {
      id: 'disordered',
      label: 'five or more criteria rated very often',
      when: {
        countItems: ['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8', 'q9'],
        gte: 5,
        atLeast: 5,
      },
    },
  ],
  categories: [],
  safetyTriggers: [],
}

export const igds9Sf: Instrument = {
  ...igds9SfForm,
  name: 'Internet Gaming Disorder Scale - Short Form',
  construct: 'internet gaming disorder (DSM-5 criteria)',
  administered: 'self',
  schedule: ['baseline if gaming is a target'],
  cutoffs: [
    {
      score: 'criteria',
      op: 'gte',
      value: 5,
      meaning: 'disordered gaming, author rule',
      sensitivity: null,
      specificity: null,
      source: 'Pontes & Griffiths 2015',
    },
    {
      score: 'total',
      op: 'gte',
      value: 36,
      meaning: 'original suggestion for research',
      sensitivity: null,
      specificity: null,
      source: 'Pontes 2015',
    },
    {
      score: 'total',
      op: 'gte',
      value: 32,
      meaning: 'clinical Chinese sample',
      sensitivity: 0.98,
      specificity: 0.919,
      source: 'Qin 2020',
    },
    {
      score: 'total',
      op: 'gte',
      value: 21,
      meaning: 'community screen (several language versions)',
      sensitivity: null,
      specificity: null,
      source: 'Monacis 2016 and others',
    },
  ],
  change: {
    score: 'total',
    response: null,
    remission: null,
    mcid: null,
    reliableChange: null,
    note: 'No size of change is published, and a recall of one year hides early change.',
  },
  loinc: { panel: null, scores: {}, status: 'no term found in LOINC 2.68; use a local code' },
  licence: {
    status: 'free-with-conditions',
    holder: 'Halley M. Pontes & Mark D. Griffiths',
    terms: 'free for research/clinical use with citation',
    confidence: 'medium',
  },
  source:
    'Pontes and Griffiths 2015; cut-off 32: Qin 2020; item structure and cut-offs to be compared with the official form at import',
  citations: [
    'Pontes HM, Griffiths MD. Comput Human Behav 2015;45:137-43',
    'Qin L et al. Front Psychiatry 2020;11:470',
    'Monacis L et al. J Behav Addict 2016;5:683-90',
    'Poon LYJ et al. J Med Internet Res 2021;23:e26821',
  ],
  notes: [
    'several cut-offs are published: 5 criteria and 36 by the authors, 32 in a clinical sample, 21 in community samples; name the one that was used',
    'this wording is ours and has not been validated; import the official form where validity matters',
  ],
  confidence: 'high',
}
