import type { Instrument, InstrumentForm } from '../instrument.ts'

const STRICT = {
  rule: 'strict',
  source: 'no published rule found; no score when an answer is missing',
} as const

export const ceqForm: InstrumentForm = {
  id: 'ceq',
  shortName: 'CEQ',
  version: '6 items, thinking and feeling',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'Tell us what you expect of your treatment. First we ask what you think, then what you feel: the two may differ. Nothing is right or wrong, and you can leave a question open.',
  recall: { sentence: 'Please answer as you see it right now.', period: 'P0D' },
  direction: 'descriptive',
  items: [
    {
      id: 'q1',
      concept: 'logical',
      prompt: 'How much sense does this treatment make to you?',
      range: { min: 1, max: 9, step: 1, minLabel: 'No sense', maxLabel: 'Full sense' },
      loinc: null,
    },
    {
      id: 'q2',
      concept: 'useful',
      prompt: 'How much good do you think it will do you?',
      range: { min: 1, max: 9, step: 1, minLabel: 'No good', maxLabel: 'Very much good' },
      loinc: null,
    },
    {
      id: 'q3',
      concept: 'would recommend',
      prompt: 'How ready would you be to tell a friend in your place to try it?',
      range: { min: 1, max: 9, step: 1, minLabel: 'Not ready at all', maxLabel: 'Fully ready' },
      loinc: null,
    },
    {
      id: 'q4',
      concept: 'percent improvement thought',
      prompt: 'By how many percent do you think you will be better at the end of treatment?',
      range: {
        min: 0,
        max: 100,
        step: 10,
        unit: '%',
        minLabel: 'No better',
        maxLabel: 'Fully well',
      },
      loinc: null,
    },
    {
      id: 'q5',
      concept: 'improvement felt',
      prompt: 'Now go by your feelings. How strongly do you feel that it will help you?',
      range: { min: 1, max: 9, step: 1, minLabel: 'Not at all', maxLabel: 'Very strongly' },
      loinc: null,
    },
    {
      id: 'q6',
      concept: 'percent improvement felt',
      prompt: 'By how many percent do you feel you will be better at the end of treatment?',
      range: {
        min: 0,
        max: 100,
        step: 10,
        unit: '%',
        minLabel: 'No better',
        maxLabel: 'Fully well',
      },
      loinc: null,
    },
  ],
  subscales: [
    {
      id: 'credibility',
      label: 'credibility',
      method: 'sum',
      items: ['q1', 'q2', 'q3'],
      min: 3,
      max: 27,
      missing: STRICT,
    },
    {
      id: 'expectancy',
      label: 'expectancy',
      method: 'weighted',
      items: ['q4', 'q5', 'q6'],
      min: 3,
      max: 27,
      missing: STRICT,
      precision: 1,
      terms: [
        { item: 'q4', multiply: 0.08, add: 1 },
        { item: 'q5', multiply: 1, add: 0 },
        { item: 'q6', multiply: 0.08, add: 1 },
      ],
    },
  ],
  total: null,
  flags: [],
  categories: [],
  safetyTriggers: [],
}

export const ceq: Instrument = {
  ...ceqForm,
  name: 'Credibility/Expectancy Questionnaire',
  construct: 'treatment expectancy',
  administered: 'self',
  schedule: ['after rationale, before session 1', 'after last session with blinding guess'],
  cutoffs: [],
  change: {
    score: 'credibility',
    response: null,
    remission: null,
    mcid: null,
    reliableChange: null,
    note: 'This shows what a person expects and is no outcome, so no size of change applies.',
  },
  loinc: { panel: null, scores: {}, status: 'no term found in LOINC 2.68; use a local code' },
  licence: {
    status: 'free-with-conditions',
    holder: 'Devilly GJ, Borkovec TD',
    terms: 'free for research with citation; permission for products',
    confidence: 'medium',
  },
  source: 'Devilly 2000; item structure and cut-offs to be compared with the official form at import',
  citations: ['Devilly GJ, Borkovec TD. J Behav Ther Exp Psychiatry 2000;31:73-86'],
  notes: [
    'authors standardise items (z) in a sample; for a single person the percent items are rescaled linearly to 1-9 (1 + 0.08 x percent): a convention',
    'this wording is ours and has not been validated; import the official form where validity matters',
  ],
  confidence: 'medium',
}
