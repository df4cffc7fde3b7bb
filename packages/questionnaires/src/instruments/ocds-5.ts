import type { Instrument, InstrumentForm } from '../instrument.ts'

const HOURS = [
  { value: 0, label: 'No time' },
  { value: 1, label: 'Under an hour each day' },
  { value: 2, label: '1 to 3 hours each day' },
  { value: 3, label: '4 to 8 hours each day' },
  { value: 4, label: 'Over 8 hours each day' },
]
const TIMES = [
  { value: 0, label: 'Never' },
  { value: 1, label: 'Up to 8 times' },
  { value: 2, label: 'Over 8 times, in a few hours of the day' },
  { value: 3, label: 'Over 8 times, in most hours of the day' },
  { value: 4, label: 'Almost without a break' },
]
const UPSET = [
  { value: 0, label: 'Not at all' },
  { value: 1, label: 'A little' },
  { value: 2, label: 'A fair amount' },
  { value: 3, label: 'Very much' },
  { value: 4, label: 'More than I could bear' },
]
const EFFORT = [
  { value: 0, label: 'Always tried, or had no need to' },
  { value: 1, label: 'Tried most of the time' },
  { value: 2, label: 'Tried some of the time' },
  { value: 3, label: 'Hardly tried' },
  { value: 4, label: 'Did not try and did not want to' },
]
const PULL = [
  { value: 0, label: 'No pull' },
  { value: 1, label: 'Some pull' },
  { value: 2, label: 'A strong pull' },
  { value: 3, label: 'A very strong pull' },
  { value: 4, label: 'So strong that I had no say' },
]

export const ocds5Form: InstrumentForm = {
  id: 'ocds-5',
  shortName: 'OCDS-5',
  version: '5 items, past 7 days',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'These questions are about thoughts of your main substance and the pull to use it. You can name it with your team. Nothing is right or wrong, and you can leave a question open.',
  recall: { sentence: 'Please think about the past seven days.', period: 'P7D' },
  direction: 'higher-worse',
  items: [
    {
      id: 'o1',
      concept: 'time occupied by thoughts of use when not using',
      prompt: 'At times without use, how long was your main substance on your mind?',
      values: HOURS,
      loinc: null,
    },
    {
      id: 'o2',
      concept: 'frequency of those thoughts',
      prompt: 'How many times a day did it come to your mind?',
      values: TIMES,
      loinc: null,
    },
    {
      id: 'o4',
      concept: 'distress from thoughts',
      prompt: 'How much did these thoughts upset you?',
      values: UPSET,
      loinc: null,
    },
    {
      id: 'o5',
      concept: 'effort to resist thoughts',
      prompt: 'How hard did you try to push these thoughts away?',
      values: EFFORT,
      loinc: null,
    },
    {
      id: 'o13',
      concept: 'strength of drive to use',
      prompt: 'How strong was the pull to use?',
      values: PULL,
      loinc: null,
    },
  ],
  subscales: [],
  total: {
    id: 'total',
    label: 'total',
    method: 'sum',
    items: ['o1', 'o2', 'o4', 'o5', 'o13'],
    min: 0,
    max: 20,
    missing: {
      rule: 'strict',
      source: 'no published rule found; no score when an answer is missing',
    },
    bands: [
      { min: 0, max: 11, label: 'below threshold' },
      { min: 12, max: 20, label: 'marked craving' },
    ],
  },
  flags: [],
  categories: [],
  safetyTriggers: [],
}

export const ocds5: Instrument = {
  ...ocds5Form,
  name: 'Obsessive Compulsive Drinking Scale, 5 items (as in MATE module Q1)',
  construct: 'craving',
  administered: 'self',
  schedule: ['weekly (works for any substance)'],
  cutoffs: [
    {
      score: 'total',
      op: 'gte',
      value: 12,
      meaning: 'marked craving (MATE severity threshold)',
      sensitivity: null,
      specificity: null,
      source: 'MATE manual 2.1; to be compared at import',
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
    holder: 'Anton RF / de Wildt et al.; MATE: Stichting MATE',
    terms: 'free for care and research; ask before commercial redistribution',
    confidence: 'low',
  },
  source:
    'de Wildt 2005, Schippers (MATE manual 2.1); item structure and cut-offs to be compared with the official form at import',
  citations: [
    'de Wildt WA et al. Alcohol Clin Exp Res 2005;29:509-16',
    'Schippers GM, Broekman TG, Buchholz A. MATE manual 2.1',
  ],
  notes: [
    'item ids o1,o2,o4,o5,o13 are the item numbers of the 14-item OCDS',
    'asked about the main substance as in MATE, with drinking in the items of the alcohol form',
    'this wording is ours and has not been validated; import the official form where validity matters',
  ],
  confidence: 'medium',
}
