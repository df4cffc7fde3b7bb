import type { Instrument, InstrumentForm } from '../instrument.ts'

export const aldreteForm: InstrumentForm = {
  id: 'aldrete',
  shortName: 'Aldrete',
  version: '1995',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'Rate what you see and measure now. Choose the line that fits best; leave open what you could not check.',
  recall: { sentence: 'Please rate how the person is now.', period: 'PT0S' },
  direction: 'higher-better',
  items: [
    {
      id: 'q1',
      concept: 'activity',
      prompt: 'Which arms and legs can the person move, unasked or when asked?',
      values: [
        { value: 0, label: 'None' },
        { value: 1, label: 'Two' },
        { value: 2, label: 'All four' },
      ],
      loinc: null,
    },
    {
      id: 'q2',
      concept: 'respiration',
      prompt: 'How does the person breathe?',
      values: [
        { value: 0, label: 'No breath of their own' },
        { value: 1, label: 'Short of breath, or breaths are shallow' },
        { value: 2, label: 'Deep breaths, and can cough' },
      ],
      loinc: null,
    },
    {
      id: 'q3',
      concept: 'circulation (BP vs baseline)',
      prompt: 'How far is the blood pressure from its value before the dose?',
      values: [
        { value: 0, label: '50% or more' },
        { value: 1, label: '20 to 49%' },
        { value: 2, label: 'Less than 20%' },
      ],
      loinc: null,
    },
    {
      id: 'q4',
      concept: 'consciousness',
      prompt: 'How awake is the person?',
      values: [
        { value: 0, label: 'Does not respond' },
        { value: 1, label: 'Wakes when spoken to' },
        { value: 2, label: 'Wide awake' },
      ],
      loinc: null,
    },
    {
      id: 'q5',
      concept: 'oxygen saturation',
      prompt: 'What does the oxygen sensor show?',
      values: [
        { value: 0, label: 'Below 90% in spite of oxygen' },
        { value: 1, label: 'Needs oxygen to stay above 90%' },
        { value: 2, label: 'Above 92% on room air' },
      ],
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
    max: 10,
    missing: {
      rule: 'strict',
      source: 'no published rule found; no score when an answer is missing',
    },
    bands: [
      { min: 0, max: 8, label: 'not ready' },
      { min: 9, max: 10, label: 'ready for step-down' },
    ],
  },
  flags: [{ id: 'ready', label: 'total 9 or more', when: { score: 'total', gte: 9 } }],
  categories: [],
  safetyTriggers: [],
}

export const aldrete: Instrument = {
  ...aldreteForm,
  name: 'Modified Aldrete score',
  construct: 'recovery from sedation',
  administered: 'clinician',
  schedule: ['every 15 min from end of effect until 9'],
  cutoffs: [
    {
      score: 'total',
      op: 'gte',
      value: 9,
      meaning: 'phase I discharge',
      sensitivity: null,
      specificity: null,
      source: 'Aldrete 1995',
    },
  ],
  change: {
    score: 'total',
    response: null,
    remission: null,
    mcid: null,
    reliableChange: null,
    note: 'Not a measure of change; each rating is compared with the discharge limit of 9.',
  },
  loinc: { panel: null, scores: {}, status: 'no term found in LOINC 2.68; use a local code' },
  licence: {
    status: 'public-domain',
    holder: 'Aldrete JA',
    terms: 'published scale in general clinical use',
    confidence: 'medium',
  },
  source:
    'Aldrete 1970 and 1995; item structure and cut-offs to be compared with the official form at import',
  citations: ['Aldrete JA, Kroulik D. Anesth Analg 1970;49:924-34', 'Aldrete JA. J Clin Anesth 1995;7:89-91'],
  notes: [
    'a total of 9 implies no component is 0',
    'the lines of the scale leave a gap from 90 to 92 percent on room air: the clinic lays down how it is rated',
    'this wording is ours and has not been validated; import the official form where validity matters',
  ],
  confidence: 'high',
}
