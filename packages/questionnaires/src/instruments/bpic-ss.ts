import type { Instrument, InstrumentForm } from '../instrument.ts'

export const bpicSsForm: InstrumentForm = {
  id: 'bpic-ss',
  shortName: 'BPIC-SS',
  version: '8 items, 7 days',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'These questions are about your bladder. Ketamine can irritate it, so we ask from time to time. Nothing is right or wrong, and you can leave a question open.',
  recall: { sentence: 'Please think about the past 7 days.', period: 'P7D' },
  direction: 'higher-worse',
  items: [
    {
      id: 'q1',
      concept: 'need to urinate driven by pain',
      prompt:
        'How often did pain send you to the bathroom? 1 is seldom, 2 is at times and 3 is most of the time.',
      range: { min: 0, max: 4, step: 1, minLabel: 'Never', maxLabel: 'All the time' },
      loinc: null,
    },
    {
      id: 'q2',
      concept: 'need to urinate again at once',
      prompt:
        'How often did you need to go again when you had only just been? 1 is seldom, 2 is at times and 3 is most of the time.',
      range: { min: 0, max: 4, step: 1, minLabel: 'Never', maxLabel: 'All the time' },
      loinc: null,
    },
    {
      id: 'q3',
      concept: 'urinating to hold off pain',
      prompt:
        'How often did you go early, so that pain would not build up? 1 is seldom, 2 is at times and 3 is most of the time.',
      range: { min: 0, max: 4, step: 1, minLabel: 'Never', maxLabel: 'All the time' },
      loinc: null,
    },
    {
      id: 'q4',
      concept: 'bladder pressure',
      prompt:
        'How often was there pressure in your bladder? 1 is seldom, 2 is at times and 3 is most of the time.',
      range: { min: 0, max: 4, step: 1, minLabel: 'Never', maxLabel: 'All the time' },
      loinc: null,
    },
    {
      id: 'q5',
      concept: 'bladder pain',
      prompt: 'How often did your bladder hurt? 1 is seldom, 2 is at times and 3 is most of the time.',
      range: { min: 0, max: 4, step: 1, minLabel: 'Never', maxLabel: 'All the time' },
      loinc: null,
    },
    {
      id: 'q6',
      concept: 'burden of frequent urination by day',
      prompt:
        'How much of a burden was it to go so often by day? 1 is a little, 2 is somewhat and 3 is a lot.',
      range: { min: 0, max: 4, step: 1, minLabel: 'Not at all', maxLabel: 'Very much' },
      loinc: null,
    },
    {
      id: 'q7',
      concept: 'burden of urination at night',
      prompt:
        'How much of a burden was it to get up and go at night? 1 is a little, 2 is somewhat and 3 is a lot.',
      range: { min: 0, max: 4, step: 1, minLabel: 'Not at all', maxLabel: 'Very much' },
      loinc: null,
    },
    {
      id: 'q8',
      concept: 'worst bladder pain',
      prompt: 'How bad was the pain in your bladder at its worst?',
      range: { min: 0, max: 10, step: 1, minLabel: 'No pain', maxLabel: 'The worst pain I can think of' },
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
    max: 38,
    missing: {
      rule: 'strict',
      source: 'no published rule found; no score when an answer is missing',
    },
    bands: [
      { min: 0, max: 18, label: 'below cut-off' },
      { min: 19, max: 38, label: 'moderate to severe bladder pain syndrome likely' },
    ],
  },
  flags: [],
  categories: [],
  safetyTriggers: [
    {
      id: 'bpicss-high',
      when: { score: 'total', gte: 19 },
      action:
        'Arrange a urine test and a referral to a urologist. Hold ketamine until a clinician has reviewed the result.',
      severity: 'warning',
    },
  ],
}

export const bpicSs: Instrument = {
  ...bpicSsForm,
  name: 'Bladder Pain/Interstitial Cystitis Symptom Score',
  construct: 'bladder pain, urgency, frequency',
  administered: 'self',
  schedule: ['baseline', 'every 4-6 sessions and quarterly in maintenance'],
  cutoffs: [
    {
      score: 'total',
      op: 'gte',
      value: 19,
      meaning: 'moderate-severe bladder pain syndrome',
      sensitivity: 0.72,
      specificity: 0.86,
      source: 'Humphrey 2012',
    },
  ],
  change: {
    score: 'total',
    response: null,
    remission: null,
    mcid: null,
    reliableChange: null,
    note: 'No published size of meaningful change was found; show the course.',
  },
  loinc: { panel: null, scores: {}, status: 'no term found in LOINC 2.68; use a local code' },
  licence: {
    status: 'permission-needed',
    holder: 'Pfizer / Humphrey L et al. (CDISC QRS BPIC01)',
    terms: 'ask the copyright holder; CDISC lists a QRS supplement',
    confidence: 'low',
  },
  source:
    'Humphrey 2012 (abstract); CDISC code BPIC01; cut-off and weights from knowledge; item structure and cut-offs to be compared with the official form at import',
  citations: ['Humphrey L et al. Eur Urol 2012;61:271-9'],
  notes: [
    'eight items and 0-38 with cut-off 19 are published; the split 7x(0-4)+1x(0-10) is from knowledge: verify on the form',
    'concepts and order of items 1 to 7 are from knowledge: verify on the form',
    'only scoring facts and our own concepts are here; the official form needs permission and is imported by the clinic; this wording is ours and has not been validated',
  ],
  confidence: 'low',
}
