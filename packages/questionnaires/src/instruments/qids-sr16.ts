import type { Instrument, InstrumentForm } from '../instrument.ts'

const NIGHTS = [
  { value: 0, label: 'No nights' },
  { value: 1, label: 'Some nights' },
  { value: 2, label: 'Most nights' },
  { value: 3, label: 'Almost all nights, and for long' },
]
const HOURS_OF_SLEEP = [
  { value: 0, label: '8 hours or less' },
  { value: 1, label: 'Over 8, up to 10 hours' },
  { value: 2, label: 'Over 10, up to 12 hours' },
  { value: 3, label: 'More than 12 hours' },
]
const PART_OF_WEEK = [
  { value: 0, label: 'None of it' },
  { value: 1, label: 'A small part' },
  { value: 2, label: 'A large part' },
  { value: 3, label: 'All or almost all of it' },
]
const AMOUNT = [
  { value: 0, label: 'Not at all' },
  { value: 1, label: 'A little' },
  { value: 2, label: 'A lot' },
  { value: 3, label: 'As much as can be' },
]
const LESS_FOOD = [
  { value: 0, label: 'No less' },
  { value: 1, label: 'A little less' },
  { value: 2, label: 'Much less' },
  { value: 3, label: 'I hardly ate' },
]
const MORE_FOOD = [
  { value: 0, label: 'No more' },
  { value: 1, label: 'A little more' },
  { value: 2, label: 'Much more' },
  { value: 3, label: 'I could hardly stop' },
]
const WEIGHT = [
  { value: 0, label: 'None' },
  { value: 1, label: 'Perhaps a little, under 2 pounds (0.9 kg)' },
  { value: 2, label: 'At least 2 but under 5 pounds (0.9 to 2.2 kg)' },
  { value: 3, label: '5 pounds (2.3 kg) or more' },
]
const THOUGHTS_OF_DEATH = [
  { value: 0, label: 'No' },
  { value: 1, label: 'No, but I asked myself what I live for' },
  { value: 2, label: 'Yes, at most once or twice in a day' },
  { value: 3, label: 'Yes, 3 times or more in at least one day, or I made a plan or tried' },
]

export const qidsSr16Form: InstrumentForm = {
  id: 'qids-sr16',
  shortName: 'QIDS-SR16',
  version: '16 items, self-report, past 7 days',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'These questions are about sleep, food, mood and energy. There are no right or wrong answers. One question is about death: you may leave it open and talk to one of us instead.',
  recall: { sentence: 'Please think about the past seven days.', period: 'P7D' },
  direction: 'higher-worse',
  items: [
    {
      id: 'q1',
      concept: 'sleep onset insomnia',
      prompt: 'On how many nights did it take you long to fall asleep?',
      values: NIGHTS,
      loinc: null,
    },
    {
      id: 'q2',
      concept: 'mid-night waking',
      prompt: 'On how many nights did you wake up and then lie awake?',
      values: NIGHTS,
      loinc: null,
    },
    {
      id: 'q3',
      concept: 'early waking',
      prompt: 'On how many nights did sleep end well before you had to get up?',
      values: NIGHTS,
      loinc: null,
    },
    {
      id: 'q4',
      concept: 'sleeping too much',
      prompt: 'On most days, how long did you sleep in 24 hours? Count naps too.',
      values: HOURS_OF_SLEEP,
      loinc: null,
    },
    {
      id: 'q5',
      concept: 'sadness',
      prompt: 'How much of the week were you sad?',
      values: PART_OF_WEEK,
      loinc: null,
    },
    {
      id: 'q6',
      concept: 'appetite decrease',
      prompt: 'How much less did you eat, or want to eat? If it was more, please go on to the next question.',
      values: LESS_FOOD,
      loinc: null,
    },
    {
      id: 'q7',
      concept: 'appetite increase',
      prompt: 'How much more did you eat, or want to eat? If it was less, please leave this open.',
      values: MORE_FOOD,
      loinc: null,
    },
    {
      id: 'q8',
      concept: 'weight loss',
      prompt:
        'How much weight did you lose in the past two weeks? If you gained, please go on to the next question.',
      values: WEIGHT,
      loinc: null,
    },
    {
      id: 'q9',
      concept: 'weight gain',
      prompt: 'How much weight did you gain in the past two weeks? If you lost, please leave this open.',
      values: WEIGHT,
      loinc: null,
    },
    {
      id: 'q10',
      concept: 'concentration and decisions',
      prompt: 'How much trouble was it to think, or to make up your mind?',
      values: AMOUNT,
      loinc: null,
    },
    {
      id: 'q11',
      concept: 'self-criticism',
      prompt: 'How much did you judge yourself in a harsh way?',
      values: AMOUNT,
      loinc: null,
    },
    {
      id: 'q12',
      concept: 'death or suicide thoughts',
      prompt: 'Did you think about death, or about ending your life?',
      values: THOUGHTS_OF_DEATH,
      loinc: null,
    },
    {
      id: 'q13',
      concept: 'loss of interest',
      prompt: 'How much did you lose interest in people or things?',
      values: AMOUNT,
      loinc: null,
    },
    {
      id: 'q14',
      concept: 'energy',
      prompt: 'How much were you short of energy?',
      values: AMOUNT,
      loinc: null,
    },
    {
      id: 'q15',
      concept: 'slowing',
      prompt: 'How much were you slowed down when you thought, spoke or moved?',
      values: AMOUNT,
      loinc: null,
    },
    {
      id: 'q16',
      concept: 'restlessness',
      prompt: 'How much were you unable to sit still?',
      values: AMOUNT,
      loinc: null,
    },
  ],
  subscales: [],
  total: {
    id: 'total',
    label: 'total',
    method: 'sumOfGroups',
    items: [
      'q1',
      'q2',
      'q3',
      'q4',
      'q5',
      'q6',
      'q7',
      'q8',
      'q9',
      'q10',
      'q11',
      'q12',
      'q13',
      'q14',
      'q15',
      'q16',
    ],
    min: 0,
    max: 27,
    missing: {
      rule: 'strict',
      source: 'no published prorating; each domain must be answerable; items 6/7 and 8/9 are either-or',
    },
    bands: [
      { min: 0, max: 5, label: 'none' },
      { min: 6, max: 10, label: 'mild' },
      { min: 11, max: 15, label: 'moderate' },
      { min: 16, max: 20, label: 'severe' },
      { min: 21, max: 27, label: 'very severe' },
    ],
    groups: [
      { id: 'sleep', op: 'max', items: ['q1', 'q2', 'q3', 'q4'] },
      { id: 'mood', op: 'single', items: ['q5'] },
      {
        id: 'appetiteWeight',
        op: 'max',
        items: ['q6', 'q7', 'q8', 'q9'],
        eitherOr: [
          ['q6', 'q7'],
          ['q8', 'q9'],
        ],
      },
      { id: 'concentration', op: 'single', items: ['q10'] },
      { id: 'selfView', op: 'single', items: ['q11'] },
      { id: 'suicidal', op: 'single', items: ['q12'] },
      { id: 'interest', op: 'single', items: ['q13'] },
      { id: 'energy', op: 'single', items: ['q14'] },
      { id: 'psychomotor', op: 'max', items: ['q15', 'q16'] },
    ],
  },
  flags: [],
  categories: [],
  safetyTriggers: [
    {
      id: 'qids-item12',
      when: { item: 'q12', gte: 1 },
      action: 'A clinician does the C-SSRS screener with the person in the same session.',
      severity: 'critical',
    },
  ],
}

export const qidsSr16: Instrument = {
  ...qidsSr16Form,
  name: 'Quick Inventory of Depressive Symptomatology, self-report 16',
  construct: 'depressive symptoms (nine DSM domains)',
  administered: 'self',
  schedule: ['baseline', '+24 h', '+7 d, weekly'],
  cutoffs: [
    {
      score: 'total',
      op: 'gte',
      value: 6,
      meaning: 'mild depression or more',
      sensitivity: null,
      specificity: null,
      source: 'Rush 2003',
    },
    {
      score: 'total',
      op: 'lte',
      value: 5,
      meaning: 'remission',
      sensitivity: null,
      specificity: null,
      source: 'Rush 2003/STAR*D',
    },
  ],
  change: {
    score: 'total',
    response: { fallPercent: 50 },
    remission: { atMost: 5 },
    mcid: null,
    reliableChange: null,
    note: 'A fall of 28.5 % is reported as the least that matters (Masson & Tejani 2013).',
  },
  loinc: { panel: null, scores: {}, status: 'no term found in LOINC 2.68; use a local code' },
  licence: {
    status: 'permission-needed',
    holder: 'A. John Rush (UT Southwestern); distributed via Mapi/ePROVIDE and ids-qids.org',
    terms:
      'free to individual clinicians and non-commercial users; commercial or software use needs a licence',
    confidence: 'medium',
  },
  source:
    'Rush 2003, Trivedi 2004 (bands as in the ids-qids.org table); item structure and cut-offs to be compared with the official form at import',
  citations: [
    'Rush AJ et al. Biol Psychiatry 2003;54:573-83',
    'Trivedi MH et al. Psychol Med 2004;34:73-82',
    'ids-qids.org',
    'Masson SC, Tejani AM. J Clin Epidemiol 2013;66:805-7',
  ],
  notes: [
    'total = max(1-4)+5+max(6-9)+10+11+12+13+14+max(15,16)',
    'the person answers 6 or 7 and 8 or 9; the blank twin is not missing',
    'items 8 and 9 (weight) look back two weeks on the form, all others seven days',
    '9 domains x 3 = 27',
    'item 4: 3 stands for more than 12 hours in 24; items 8 and 9: 2 for 2 pounds, 3 for 5 pounds; item 12: thoughts many times within one day belong to 3, even when other days are free of them',
    'only scoring facts and our own concepts are here; the official form needs permission and is imported by the clinic; this wording is ours and has not been validated',
  ],
  confidence: 'high',
}
