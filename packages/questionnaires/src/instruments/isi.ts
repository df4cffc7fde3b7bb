import type { Instrument, InstrumentForm } from '../instrument.ts'

export const isiForm: InstrumentForm = {
  id: 'isi',
  shortName: 'ISI',
  version: '7 items, past two weeks',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'These questions are about your sleep and how it affects your days. There are no right or wrong answers. You can leave a question open and come back to it.',
  recall: { sentence: 'Please think about the past two weeks.', period: 'P14D' },
  direction: 'higher-worse',
  items: [
    {
      id: 'q1',
      concept: 'falling asleep',
      prompt: 'How much trouble did you have getting to sleep? 1 is a little, 2 is some and 3 is a lot.',
      range: { min: 0, max: 4, step: 1, minLabel: 'None', maxLabel: 'Very much' },
      loinc: null,
    },
    {
      id: 'q2',
      concept: 'staying asleep',
      prompt:
        'How much trouble did you have with lying awake in the night? 1 is a little, 2 is some and 3 is a lot.',
      range: { min: 0, max: 4, step: 1, minLabel: 'None', maxLabel: 'Very much' },
      loinc: null,
    },
    {
      id: 'q3',
      concept: 'waking too early',
      prompt:
        'How much trouble did you have with waking long before you wanted to? 1 is a little, 2 is some and 3 is a lot.',
      range: { min: 0, max: 4, step: 1, minLabel: 'None', maxLabel: 'Very much' },
      loinc: null,
    },
    {
      id: 'q4',
      concept: 'dissatisfaction with sleep',
      prompt:
        'How happy or unhappy are you with the way you sleep? 1 is fairly happy, 2 is in between and 3 is fairly unhappy.',
      range: { min: 0, max: 4, step: 1, minLabel: 'Very happy', maxLabel: 'Very unhappy' },
      loinc: null,
    },
    {
      id: 'q5',
      concept: 'noticeable to others',
      prompt:
        'How clearly can others see that poor sleep makes your life harder? 1 is barely, 2 is somewhat and 3 is clearly.',
      range: { min: 0, max: 4, step: 1, minLabel: 'Not at all', maxLabel: 'Very clearly' },
      loinc: null,
    },
    {
      id: 'q6',
      concept: 'worry about sleep',
      prompt: 'How much does your sleep weigh on your mind? 1 is a little, 2 is somewhat and 3 is a lot.',
      range: { min: 0, max: 4, step: 1, minLabel: 'Not at all', maxLabel: 'Very much' },
      loinc: null,
    },
    {
      id: 'q7',
      concept: 'interference with daily functioning',
      prompt:
        'How much does poor sleep get in the way of your day, such as at work, in mood or in thinking? 1 is a little, 2 is somewhat and 3 is a lot.',
      range: { min: 0, max: 4, step: 1, minLabel: 'Not at all', maxLabel: 'Very much' },
      loinc: null,
    },
  ],
  subscales: [],
  total: {
    id: 'total',
    label: 'total',
    method: 'sum',
    items: ['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7'],
    min: 0,
    max: 28,
    missing: {
      rule: 'strict',
      source: 'no published rule found; project default is no score when an item is missing',
    },
    bands: [
      { min: 0, max: 7, label: 'no insomnia' },
      { min: 8, max: 14, label: 'subthreshold' },
      { min: 15, max: 21, label: 'moderate' },
      { min: 22, max: 28, label: 'severe' },
    ],
  },
  flags: [],
  categories: [],
  safetyTriggers: [],
}

export const isi: Instrument = {
  ...isiForm,
  name: 'Insomnia Severity Index',
  construct: 'insomnia severity',
  administered: 'self',
  schedule: ['baseline', 'monthly'],
  cutoffs: [
    {
      score: 'total',
      op: 'gte',
      value: 10,
      meaning: 'community insomnia',
      sensitivity: 0.861,
      specificity: 0.877,
      source: 'Morin 2011',
    },
    {
      score: 'total',
      op: 'gte',
      value: 11,
      meaning: 'clinical sample',
      sensitivity: 0.972,
      specificity: 1.0,
      source: 'Morin 2011',
    },
    {
      score: 'total',
      op: 'gte',
      value: 15,
      meaning: 'clinical insomnia',
      sensitivity: null,
      specificity: null,
      source: 'Bastien 2001',
    },
  ],
  change: {
    score: 'total',
    response: { fallPoints: 8 },
    remission: { below: 8 },
    mcid: [{ points: 6, source: 'Yang 2009' }],
    reliableChange: null,
    note: 'Morin 2011 found falls of 4.7, 8.4 and 9.9 points for slight, moderate and marked improvement.',
  },
  loinc: { panel: null, scores: {}, status: 'no term found in LOINC 2.68; use a local code' },
  licence: {
    status: 'permission-needed',
    holder: 'Charles M. Morin; distributed by Mapi Research Trust',
    terms: 'free for non-funded academic and individual clinical practice; commercial/IT use needs a licence',
    confidence: 'high',
  },
  source:
    'Bastien 2001, Morin 2011; bands: public pages; item structure and cut-offs to be compared with the official form at import',
  citations: [
    'Bastien CH et al. Sleep Med 2001;2:297-307',
    'Morin CM et al. Sleep 2011;34:601-8',
    'Yang M et al. Curr Med Res Opin 2009;25:2487-94',
  ],
  notes: [
    'item 4 runs from very satisfied 0 to very dissatisfied 4',
    'order of items 5-7 differs between versions (does not affect the total)',
    'some versions ask about the past month: another version',
    'only scoring facts and our own concepts are here; the official form needs permission and is imported by the clinic; this wording is ours and has not been validated',
  ],
  confidence: 'high',
}
