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
const HINDRANCE = [
  { value: 0, label: 'Not at all' },
  { value: 1, label: 'A little' },
  { value: 2, label: 'Clearly, but I coped' },
  { value: 3, label: 'A great deal' },
  { value: 4, label: 'So much that I could do nothing else' },
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
const SUCCESS = [
  { value: 0, label: 'Always, or had no such thoughts' },
  { value: 1, label: 'Most of the time' },
  { value: 2, label: 'Some of the time' },
  { value: 3, label: 'Seldom' },
  { value: 4, label: 'Never' },
]
const DRINKS = [
  { value: 0, label: 'None' },
  { value: 1, label: 'Less than 1' },
  { value: 2, label: '1 or 2' },
  { value: 3, label: '3 to 7' },
  { value: 4, label: '8 or more' },
]
const DAYS = [
  { value: 0, label: 'None' },
  { value: 1, label: 'At most 1' },
  { value: 2, label: '2 or 3' },
  { value: 3, label: '4 or 5' },
  { value: 4, label: '6 or 7' },
]
const PULL = [
  { value: 0, label: 'No pull' },
  { value: 1, label: 'Some pull' },
  { value: 2, label: 'A strong pull' },
  { value: 3, label: 'A very strong pull' },
  { value: 4, label: 'So strong that I had no say' },
]
const IN_CHARGE = [
  { value: 0, label: 'Fully' },
  { value: 1, label: 'Mostly' },
  { value: 2, label: 'In part' },
  { value: 3, label: 'Hardly' },
  { value: 4, label: 'Not at all' },
]
const STRICT = {
  rule: 'strict',
  source: 'no published rule found; no score when an answer is missing',
} as const

export const ocdsForm: InstrumentForm = {
  id: 'ocds',
  shortName: 'OCDS',
  version: '14 items, past 7 days',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'These questions are about thoughts of alcohol and about drinking. Your answers help you and your team to see how it changes. Nothing is right or wrong, and you can leave a question open.',
  recall: { sentence: 'Please think about the past seven days.', period: 'P7D' },
  direction: 'higher-worse',
  items: [
    {
      id: 'q1',
      concept: 'time occupied by drinking thoughts when not drinking',
      prompt: 'At times without a drink, how long was alcohol on your mind?',
      values: HOURS,
      loinc: null,
    },
    {
      id: 'q2',
      concept: 'frequency of those thoughts',
      prompt: 'How many times a day did alcohol come to your mind?',
      values: TIMES,
      loinc: null,
    },
    {
      id: 'q3',
      concept: 'interference of thoughts with functioning',
      prompt: 'How much did these thoughts get in the way of your work, or of your time with others?',
      values: HINDRANCE,
      loinc: null,
    },
    {
      id: 'q4',
      concept: 'distress from thoughts',
      prompt: 'How much did these thoughts upset you?',
      values: UPSET,
      loinc: null,
    },
    {
      id: 'q5',
      concept: 'effort to resist thoughts',
      prompt: 'How hard did you try to push these thoughts away?',
      values: EFFORT,
      loinc: null,
    },
    {
      id: 'q6',
      concept: 'success in stopping thoughts',
      prompt: 'When you tried, could you stop these thoughts?',
      values: SUCCESS,
      loinc: null,
    },
    {
      id: 'q7',
      concept: 'drinks per day',
      prompt: 'How many drinks came to one day, as a rule?',
      values: DRINKS,
      loinc: null,
    },
    {
      id: 'q8',
      concept: 'drinking days per week',
      prompt: 'On how many days did you drink?',
      values: DAYS,
      loinc: null,
    },
    {
      id: 'q9',
      concept: 'interference of drinking with work',
      prompt: 'How much did drinking get in the way of your work or your duties?',
      values: HINDRANCE,
      loinc: null,
    },
    {
      id: 'q10',
      concept: 'interference of drinking with social life',
      prompt: 'How much did drinking get in the way of your time with others?',
      values: HINDRANCE,
      loinc: null,
    },
    {
      id: 'q11',
      concept: 'anxiety if prevented from drinking',
      prompt: 'If something kept you from a drink, how much would it make you tense?',
      values: UPSET,
      loinc: null,
    },
    {
      id: 'q12',
      concept: 'effort to resist drinking',
      prompt: 'How hard did you try not to drink?',
      values: EFFORT,
      loinc: null,
    },
    {
      id: 'q13',
      concept: 'strength of drive to drink',
      prompt: 'How strong was the pull to drink?',
      values: PULL,
      loinc: null,
    },
    {
      id: 'q14',
      concept: 'control over drinking',
      prompt: 'How far were you in charge of your drinking?',
      values: IN_CHARGE,
      loinc: null,
    },
  ],
  subscales: [
    {
      id: 'obsessive',
      label: 'obsessive',
      method: 'sumOfGroups',
      items: ['q1', 'q2', 'q3', 'q4', 'q5', 'q6'],
      min: 0,
      max: 20,
      missing: STRICT,
      groups: [
        { op: 'max', items: ['q1', 'q2'] },
        { op: 'single', items: ['q3'] },
        { op: 'single', items: ['q4'] },
        { op: 'single', items: ['q5'] },
        { op: 'single', items: ['q6'] },
      ],
    },
    {
      id: 'compulsive',
      label: 'compulsive',
      method: 'sumOfGroups',
      items: ['q7', 'q8', 'q9', 'q10', 'q11', 'q12', 'q13', 'q14'],
      min: 0,
      max: 20,
      missing: STRICT,
      groups: [
        { op: 'max', items: ['q7', 'q8'] },
        { op: 'max', items: ['q9', 'q10'] },
        { op: 'single', items: ['q11'] },
        { op: 'single', items: ['q12'] },
        { op: 'max', items: ['q13', 'q14'] },
      ],
    },
    {
      id: 'simpleSum',
      label: 'plain sum of 14 items (alternative scoring)',
      method: 'sum',
      items: ['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8', 'q9', 'q10', 'q11', 'q12', 'q13', 'q14'],
      min: 0,
      max: 56,
      missing: STRICT,
    },
  ],
  total: {
    id: 'total',
    label: 'total',
    method: 'sumOfGroups',
    items: ['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8', 'q9', 'q10', 'q11', 'q12', 'q13', 'q14'],
    min: 0,
    max: 40,
    missing: STRICT,
    groups: [
      { op: 'max', items: ['q1', 'q2'] },
      { op: 'single', items: ['q3'] },
      { op: 'single', items: ['q4'] },
      { op: 'single', items: ['q5'] },
      { op: 'single', items: ['q6'] },
      { op: 'max', items: ['q7', 'q8'] },
      { op: 'max', items: ['q9', 'q10'] },
      { op: 'single', items: ['q11'] },
      { op: 'single', items: ['q12'] },
      { op: 'max', items: ['q13', 'q14'] },
    ],
  },
  flags: [],
  categories: [],
  safetyTriggers: [],
}

export const ocds: Instrument = {
  ...ocdsForm,
  name: 'Obsessive Compulsive Drinking Scale, 14 items',
  construct: 'alcohol craving: obsessive thoughts and compulsive drinking',
  administered: 'self',
  schedule: ['baseline', 'monthly'],
  cutoffs: [
    {
      score: 'total',
      op: 'gt',
      value: 10,
      meaning: 'possible risk of return to drinking after treatment, weak evidence',
      sensitivity: null,
      specificity: null,
      source: 'no agreed cut-off',
      note: 'do not use as a diagnosis',
    },
  ],
  change: {
    score: 'total',
    response: null,
    remission: null,
    mcid: null,
    reliableChange: null,
    note: 'No published size of meaningful change; show the course, and never mix the totals of 40 and of 56 points.',
  },
  loinc: { panel: null, scores: {}, status: 'no term found in LOINC 2.68; use a local code' },
  licence: {
    status: 'free-with-conditions',
    holder: 'Raymond F. Anton, Medical University of South Carolina',
    terms: 'author copyright; free for research/clinical use on request',
    confidence: 'medium',
  },
  source:
    'Anton 1995 and 1996 (abstracts; the rule of pairs is still to be confirmed); item structure and cut-offs to be compared with the official form at import',
  citations: [
    'Anton RF, Moak DH, Latham P. Alcohol Clin Exp Res 1995;19:92-9',
    'Anton RF et al. Arch Gen Psychiatry 1996;53:225-31',
  ],
  notes: [
    'original scoring takes the higher of item pairs 1/2, 7/8, 9/10, 13/14 (total 0-40); many papers use the plain sum 0-56: always store which',
    'no meaningful score when abstinent and items 7-8 reflect an older period',
    'recall is one week here, as in the weekly trial form; papers also name one to two weeks',
    'this wording is ours and has not been validated; import the official form where validity matters',
  ],
  confidence: 'medium',
}
