import type { Instrument, InstrumentForm } from '../instrument.ts'

const YES_NO = [
  { value: 0, label: 'No' },
  { value: 1, label: 'Yes' },
]

export const mdqForm: InstrumentForm = {
  id: 'mdq',
  shortName: 'MDQ',
  version: '13 signs and 4 more items, lifetime',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'These questions are about times when you were far more up, or far more on edge, than you usually are. Nothing is right or wrong, and you can leave a question open.',
  recall: { sentence: 'Please think about your whole life, up to today.', period: 'P100Y' },
  direction: 'higher-worse',
  items: [
    {
      id: 'q1',
      concept: 'hyper or getting in trouble',
      prompt:
        'Was your mood ever so far up that people were puzzled by you, or that it brought you problems?',
      values: YES_NO,
      loinc: null,
    },
    {
      id: 'q2',
      concept: 'irritable, fights',
      prompt: 'Did small things ever anger you so much that it came to loud words or blows?',
      values: YES_NO,
      loinc: null,
    },
    {
      id: 'q3',
      concept: 'more self-confident',
      prompt: 'Did you ever trust in yourself far more than you usually do?',
      values: YES_NO,
      loinc: null,
    },
    {
      id: 'q4',
      concept: 'less sleep without missing it',
      prompt: 'Did you ever feel fresh after far fewer hours of sleep than you usually need?',
      values: YES_NO,
      loinc: null,
    },
    {
      id: 'q5',
      concept: 'more talkative',
      prompt: 'Were you ever so full of words that others could hardly get one in?',
      values: YES_NO,
      loinc: null,
    },
    {
      id: 'q6',
      concept: 'racing thoughts',
      prompt: 'Did one idea ever chase the next so fast that you could not keep up?',
      values: YES_NO,
      loinc: null,
    },
    {
      id: 'q7',
      concept: 'distractible',
      prompt: 'Did each small thing ever pull you away from what you were doing?',
      values: YES_NO,
      loinc: null,
    },
    {
      id: 'q8',
      concept: 'more energy',
      prompt: 'Did you ever have far more drive than is usual for you?',
      values: YES_NO,
      loinc: null,
    },
    {
      id: 'q9',
      concept: 'more active',
      prompt: 'Did you ever take on far more, or get far more done, than is usual for you?',
      values: YES_NO,
      loinc: null,
    },
    {
      id: 'q10',
      concept: 'more social',
      prompt: 'Did you ever meet, call or write to far more people than is usual for you?',
      values: YES_NO,
      loinc: null,
    },
    {
      id: 'q11',
      concept: 'more interested in sex',
      prompt: 'Did you ever think about sex, or want it, far more than is usual for you?',
      values: YES_NO,
      loinc: null,
    },
    {
      id: 'q12',
      concept: 'unusual or risky behaviour',
      prompt: 'Did you ever take risks, or act in ways, that were not like you?',
      values: YES_NO,
      loinc: null,
    },
    {
      id: 'q13',
      concept: 'spending trouble',
      prompt: 'Did you ever spend money in a way that left you or your family short?',
      values: YES_NO,
      loinc: null,
    },
    {
      id: 'q14',
      concept: 'several at the same time',
      prompt: 'Did two or more of these ever fall in the same few days or weeks?',
      values: YES_NO,
      skipIf: {
        countItems: ['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8', 'q9', 'q10', 'q11', 'q12', 'q13'],
        gte: 1,
        atMost: 1,
      },
      loinc: null,
    },
    {
      id: 'q15',
      concept: 'resulting problem',
      prompt: 'How much trouble did these things bring you, such as with work, people, money or the law?',
      values: [
        { value: 0, label: 'None' },
        { value: 1, label: 'A little' },
        { value: 2, label: 'A fair amount' },
        { value: 3, label: 'A great deal' },
      ],
      skipIf: {
        countItems: ['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8', 'q9', 'q10', 'q11', 'q12', 'q13'],
        gte: 1,
        atMost: 0,
      },
      loinc: null,
    },
    {
      id: 'q16',
      concept: 'relatives with bipolar',
      prompt:
        'Does someone in your close family have bipolar disorder? Count a parent, a child, a brother or a sister. Count an aunt or an uncle too, and your grandparents.',
      values: YES_NO,
      scored: false,
      optional: true,
      loinc: null,
    },
    {
      id: 'q17',
      concept: 'told of bipolar by a professional',
      prompt: 'Did a doctor or nurse ever tell you that you have bipolar disorder?',
      values: YES_NO,
      scored: false,
      optional: true,
      loinc: null,
    },
  ],
  subscales: [],
  total: {
    id: 'total',
    label: 'total',
    method: 'sum',
    items: ['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8', 'q9', 'q10', 'q11', 'q12', 'q13'],
    min: 0,
    max: 13,
    missing: {
      rule: 'strict',
      source: 'no published rule found; no score when an answer is missing',
    },
  },
  flags: [
    {
      id: 'positiveScreen',
      label: '7 or more symptoms, together, with moderate or serious problem',
      when: {
        all: [
          {
            countItems: ['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8', 'q9', 'q10', 'q11', 'q12', 'q13'],
            gte: 1,
            atLeast: 7,
          },
          { item: 'q14', eq: 1 },
          { item: 'q15', gte: 2 },
        ],
      },
    },
  ],
  categories: [],
  safetyTriggers: [
    {
      id: 'mdq-positive',
      when: { flag: 'positiveScreen' },
      action: 'A psychiatrist reviews the result before ketamine is given, because mood may switch.',
      severity: 'warning',
    },
  ],
}

export const mdq: Instrument = {
  ...mdqForm,
  name: 'Mood Disorder Questionnaire',
  construct: 'lifetime bipolar spectrum screen',
  administered: 'self',
  schedule: ['baseline once'],
  cutoffs: [
    {
      score: 'total',
      op: 'gte',
      value: 7,
      meaning: 'with co-occurrence and moderate/serious problem',
      sensitivity: 0.73,
      specificity: 0.9,
      source: 'Hirschfeld 2000 (psychiatric clinic)',
    },
  ],
  change: {
    score: 'total',
    response: null,
    remission: null,
    mcid: null,
    reliableChange: null,
    note: 'A lifetime screen is not used to follow change.',
  },
  loinc: {
    panel: '85102-2',
    scores: {},
    status: 'checked in LOINC 2.68; component verified; total not found',
  },
  licence: {
    status: 'free-with-conditions',
    holder: 'Robert M.A. Hirschfeld / UTMB',
    terms: 'free for clinical use; permission for reproduction in products',
    confidence: 'medium',
  },
  source: 'Hirschfeld 2000; item structure and cut-offs to be compared with the official form at import',
  citations: ['Hirschfeld RMA et al. Am J Psychiatry 2000;157:1873-5'],
  notes: [
    'item 14 (several at the same time) is not asked when fewer than two answers are yes, and then counts as no',
    'some services use 7 or more signs alone, which is more sensitive and less specific',
    'this wording is ours and has not been validated; import the official form where validity matters',
  ],
  confidence: 'high',
}
