import type { Instrument, InstrumentForm } from '../instrument.ts'

export const asrmForm: InstrumentForm = {
  id: 'asrm',
  shortName: 'ASRM',
  version: '5 items, past week',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'These questions are about being more up than you usually are. Choose 0 if all was as usual. Nothing is right or wrong, and you can leave a question open.',
  recall: { sentence: 'Please think about the past week.', period: 'P7D' },
  direction: 'higher-worse',
  items: [
    {
      id: 'q1',
      concept: 'elevated mood',
      prompt:
        'How often was your mood higher than is usual for you? 1 is now and then, 2 is often and 3 is most of the time.',
      range: { min: 0, max: 4, step: 1, minLabel: 'No more than usual', maxLabel: 'All of the time' },
      loinc: null,
    },
    {
      id: 'q2',
      concept: 'self-confidence',
      prompt:
        'How often were you more sure of yourself than is usual for you? 1 is now and then, 2 is often and 3 is most of the time.',
      range: { min: 0, max: 4, step: 1, minLabel: 'No more than usual', maxLabel: 'All of the time' },
      loinc: null,
    },
    {
      id: 'q3',
      concept: 'reduced need for sleep',
      prompt:
        'How often did you need less sleep than is usual for you? 1 is now and then, 2 is often and 3 is most nights.',
      range: {
        min: 0,
        max: 4,
        step: 1,
        minLabel: 'No less than usual',
        maxLabel: 'No sleep at all, and still not tired',
      },
      loinc: null,
    },
    {
      id: 'q4',
      concept: 'talkativeness',
      prompt:
        'How often did you talk more than is usual for you? 1 is now and then, 2 is often and 3 is most of the time.',
      range: { min: 0, max: 4, step: 1, minLabel: 'No more than usual', maxLabel: 'Without a break' },
      loinc: null,
    },
    {
      id: 'q5',
      concept: 'activity',
      prompt:
        'How often did you do more than is usual for you, such as at work, at home or with people? 1 is now and then, 2 is often and 3 is most of the time.',
      range: {
        min: 0,
        max: 4,
        step: 1,
        minLabel: 'No more than usual',
        maxLabel: 'On the go without a break',
      },
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
    max: 20,
    missing: {
      rule: 'strict',
      source: 'no published rule found; no score when an answer is missing',
    },
    bands: [
      { min: 0, max: 5, label: 'not suggestive' },
      { min: 6, max: 20, label: 'possible mania or hypomania' },
    ],
  },
  flags: [],
  categories: [],
  safetyTriggers: [
    {
      id: 'asrm-high',
      when: { score: 'total', gte: 6 },
      action: 'Hold dosing. A clinician reviews the result with the person before the next session.',
      severity: 'warning',
    },
  ],
}

export const asrm: Instrument = {
  ...asrmForm,
  name: 'Altman Self-Rating Mania Scale',
  construct: 'manic symptoms',
  administered: 'self',
  schedule: ['before each session', '+7 d'],
  cutoffs: [
    {
      score: 'total',
      op: 'gte',
      value: 6,
      meaning: 'mania or hypomania',
      sensitivity: 0.855,
      specificity: 0.873,
      source: 'Altman 1997',
    },
  ],
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
    status: 'free-with-conditions',
    holder: 'Edward G. Altman',
    terms: 'free in the STABLE toolkit; permission for products',
    confidence: 'medium',
  },
  source: 'Altman 1997; item structure and cut-offs to be compared with the official form at import',
  citations: ['Altman EG et al. Biol Psychiatry 1997;42:948-55'],
  notes: [
    'the official form has a sentence for each of the five values; ours names the two ends',
    'this wording is ours and has not been validated; import the official form where validity matters',
  ],
  confidence: 'high',
}
