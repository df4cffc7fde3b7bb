import type { Instrument, InstrumentForm } from '../instrument.ts'

const HOW_MUCH = [
  { value: 0, label: 'A lot' },
  { value: 1, label: 'Some' },
  { value: 2, label: 'Little or none' },
]

export const padssForm: InstrumentForm = {
  id: 'padss',
  shortName: 'PADSS',
  version: 'modified, 5 items without intake and output',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'Rate what you see and measure now, before the person goes home. Choose the line that fits best; leave open what you could not check.',
  recall: { sentence: 'Please rate how the person is now.', period: 'PT0S' },
  direction: 'higher-better',
  items: [
    {
      id: 'q1',
      concept: 'vital signs vs baseline',
      prompt: 'How far are blood pressure and pulse from their values before the dose?',
      values: [
        { value: 0, label: 'More than 40%' },
        { value: 1, label: '20 to 40%' },
        { value: 2, label: 'Less than 20%' },
      ],
      loinc: null,
    },
    {
      id: 'q2',
      concept: 'ambulation',
      prompt: 'How does the person walk?',
      values: [
        { value: 0, label: 'Cannot walk, or is dizzy' },
        { value: 1, label: 'Walks with help' },
        { value: 2, label: 'Walks steadily and is not dizzy' },
      ],
      loinc: null,
    },
    {
      id: 'q3',
      concept: 'nausea and vomiting',
      prompt: 'How much nausea or vomiting is there?',
      values: [
        { value: 0, label: 'A lot, in spite of repeated treatment' },
        { value: 1, label: 'Some, and treatment helps' },
        { value: 2, label: 'Little or none' },
      ],
      loinc: null,
    },
    {
      id: 'q4',
      concept: 'pain',
      prompt: 'How much pain does the person have?',
      values: HOW_MUCH,
      loinc: null,
    },
    {
      id: 'q5',
      concept: 'bleeding',
      prompt: 'How much does the person bleed?',
      values: HOW_MUCH,
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
      { min: 9, max: 10, label: 'fit for discharge with escort' },
    ],
  },
  flags: [],
  categories: [],
  safetyTriggers: [],
}

export const padss: Instrument = {
  ...padssForm,
  name: 'Post-Anaesthetic Discharge Scoring System',
  construct: 'readiness for discharge home',
  administered: 'clinician',
  schedule: ['pre-discharge'],
  cutoffs: [
    {
      score: 'total',
      op: 'gte',
      value: 9,
      meaning: 'home with a responsible adult',
      sensitivity: null,
      specificity: null,
      source: 'Chung 1995',
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
    status: 'free-with-conditions',
    holder: 'Frances Chung',
    terms: 'published scale; cite',
    confidence: 'medium',
  },
  source:
    'Chung 1995 (modified PADSS); item structure and cut-offs to be compared with the official form at import',
  citations: [
    'Chung F, Chan VW, Ong D. J Clin Anesth 1995;7:500-6',
    'Chung F. Can J Anaesth 1995;42:1056-8 (modified PADSS)',
  ],
  notes: [
    'bleeding is 2 by default for ketamine sessions (no procedure) but must be recorded',
    'discharge also needs: minimum observation time, RASS 0 / MOAA/S 5, CADSS 4 or less, C-SSRS not high, blood pressure back near baseline, escort, no driving until next day',
    'this is the modified PADSS: the first form rated pain with nausea and had an item on intake and output',
    'this wording is ours and has not been validated; import the official form where validity matters',
  ],
  confidence: 'high',
}
