import type { Instrument, InstrumentForm } from '../instrument.ts'

const IRRITABILITY = [
  { value: 0, label: 'None' },
  { value: 2, label: 'Told by the person only' },
  { value: 4, label: 'Seen now and then, or recent bouts of anger' },
  { value: 6, label: 'Seen through most of the talk, short replies' },
  { value: 8, label: 'So hostile that the talk cannot go on' },
]
const SPEECH = [
  { value: 0, label: 'As usual' },
  { value: 2, label: 'Says that they talk more' },
  { value: 4, label: 'Faster or more than usual at times' },
  { value: 6, label: 'Fast and much all the time, hard to break in' },
  { value: 8, label: 'Does not stop, nobody can break in' },
]
const BELIEFS = [
  { value: 0, label: 'Nothing unusual' },
  { value: 2, label: 'New interests, or plans open to doubt' },
  { value: 4, label: 'Grand projects, or very strong religious themes' },
  { value: 6, label: 'Ideas of greatness, of threat or of hidden signs' },
  { value: 8, label: 'Fixed false beliefs, or hears or sees what is not there' },
]
const CONDUCT = [
  { value: 0, label: 'Calm, works with you' },
  { value: 2, label: 'Biting, on guard or loud at times' },
  { value: 4, label: 'Makes demands, or has threatened others' },
  { value: 6, label: 'Shouts or threatens you, the talk is hard' },
  { value: 8, label: 'Attacks people or breaks things, no talk is possible' },
]

export const ymrsForm: InstrumentForm = {
  id: 'ymrs',
  shortName: 'YMRS',
  version: '11 items, past 48 hours',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'Rate each sign from what you see in the talk and from what the person tells you. For a scale with words at the ends only, use whole steps and the anchors of the official form.',
  recall: {
    sentence: 'Please think about the past 48 hours, and add what you see in the talk.',
    period: 'PT48H',
  },
  direction: 'higher-worse',
  items: [
    {
      id: 'q1',
      concept: 'elevated mood',
      prompt: 'Rate how high the mood is.',
      range: {
        min: 0,
        max: 4,
        step: 1,
        minLabel: 'Not raised',
        maxLabel: 'Elated, laughs or sings without cause',
      },
      loinc: null,
    },
    {
      id: 'q2',
      concept: 'motor activity and energy',
      prompt: 'Rate how much more than usual the person moves, and how much drive there is.',
      range: {
        min: 0,
        max: 4,
        step: 1,
        minLabel: 'As usual',
        maxLabel: 'Driven all the time, cannot be calmed',
      },
      loinc: null,
    },
    {
      id: 'q3',
      concept: 'sexual interest',
      prompt: 'Rate how far interest in sex is raised, in talk or in conduct.',
      range: { min: 0, max: 4, step: 1, minLabel: 'As usual', maxLabel: 'Openly sexual acts toward others' },
      loinc: null,
    },
    {
      id: 'q4',
      concept: 'sleep',
      prompt: 'Rate how much less the person sleeps, or how little sleep they say they need.',
      range: {
        min: 0,
        max: 4,
        step: 1,
        minLabel: 'Sleeps as usual',
        maxLabel: 'Says that no sleep is needed',
      },
      loinc: null,
    },
    {
      id: 'q5',
      concept: 'irritability',
      prompt: 'Rate how touchy or angry the person is.',
      values: IRRITABILITY,
      loinc: null,
    },
    {
      id: 'q6',
      concept: 'speech',
      prompt: 'Rate how fast and how much the person talks.',
      values: SPEECH,
      loinc: null,
    },
    {
      id: 'q7',
      concept: 'thought disorder',
      prompt: 'Rate how far the thoughts jump or lose their thread.',
      range: {
        min: 0,
        max: 4,
        step: 1,
        minLabel: 'Clear and in order',
        maxLabel: 'Cannot be followed at all',
      },
      loinc: null,
    },
    {
      id: 'q8',
      concept: 'thought content',
      prompt: 'Rate how unusual the plans and beliefs are.',
      values: BELIEFS,
      loinc: null,
    },
    {
      id: 'q9',
      concept: 'disruptive or aggressive behaviour',
      prompt: 'Rate how far the person disturbs or attacks others.',
      values: CONDUCT,
      loinc: null,
    },
    {
      id: 'q10',
      concept: 'appearance',
      prompt: 'Rate how far dress and grooming are out of the ordinary.',
      range: {
        min: 0,
        max: 4,
        step: 1,
        minLabel: 'Dressed and groomed as fits',
        maxLabel: 'Wholly neglected, or bizarre dress',
      },
      loinc: null,
    },
    {
      id: 'q11',
      concept: 'insight',
      prompt: 'Rate how little the person sees that they are unwell and need care.',
      range: {
        min: 0,
        max: 4,
        step: 1,
        minLabel: 'Sees it and accepts care',
        maxLabel: 'Sees no change at all',
      },
      loinc: null,
    },
  ],
  subscales: [],
  total: {
    id: 'total',
    label: 'total',
    method: 'sum',
    items: ['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8', 'q9', 'q10', 'q11'],
    min: 0,
    max: 60,
    missing: {
      rule: 'strict',
      source: 'no published rule found; project default is no score when an item is missing',
    },
    bands: [
      { min: 0, max: 12, label: 'remission range' },
      { min: 13, max: 19, label: 'minimal' },
      { min: 20, max: 25, label: 'mild' },
      { min: 26, max: 37, label: 'moderate' },
      { min: 38, max: 60, label: 'severe' },
    ],
  },
  flags: [],
  categories: [],
  safetyTriggers: [
    {
      id: 'ymrs-high',
      when: { score: 'total', gte: 13 },
      action: 'Hold dosing. A psychiatrist sees the person before any further session.',
      severity: 'warning',
    },
  ],
}

export const ymrs: Instrument = {
  ...ymrsForm,
  name: 'Young Mania Rating Scale',
  construct: 'mania severity (clinician)',
  administered: 'clinician',
  schedule: ['baseline if bipolar', 'when ASRM >= 6'],
  cutoffs: [
    {
      score: 'total',
      op: 'gte',
      value: 20,
      meaning: 'trial entry for mania',
      sensitivity: null,
      specificity: null,
      source: 'practice',
    },
  ],
  change: {
    score: 'total',
    response: { fallPercent: 50 },
    remission: { atMost: 12 },
    mcid: [{ points: 6.6, source: 'Lukasiewicz 2013' }],
    reliableChange: null,
    note: 'The difference of 6.6 points comes from one European cohort of people treated for mania (EMBLEM); compare ratings of the same rater where possible.',
  },
  loinc: { panel: null, scores: {}, status: 'no term found in LOINC 2.68; use a local code' },
  licence: {
    status: 'free-with-conditions',
    holder: 'Young RC et al.; Royal College of Psychiatrists',
    terms: 'published scale; permission advised for software',
    confidence: 'medium',
  },
  source:
    'Young 1978, Lukasiewicz 2013; item structure and cut-offs to be compared with the official form at import',
  citations: [
    'Young RC et al. Br J Psychiatry 1978;133:429-35',
    'Lukasiewicz M et al. Int J Methods Psychiatr Res 2013;22:46-58',
  ],
  notes: [
    'items 5,6,8,9 are double weighted (0-8, even anchors; half-steps allowed by some raters: configure)',
    'severity bands vary by source',
    'item 11 is scored against insight: 0 full, 4 none',
    'this wording is ours and has not been validated; import the official form where validity matters',
  ],
  confidence: 'medium',
}
