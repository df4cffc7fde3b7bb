import type { Instrument, InstrumentForm } from '../instrument.ts'

const YES_NO = [
  { value: 0, label: 'No' },
  { value: 1, label: 'Yes' },
]

export const aceForm: InstrumentForm = {
  id: 'ace',
  shortName: 'ACE',
  version: '10 items, before age 18',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'These questions are about hard things that can happen to a child, and some may bring up strong feelings. You may skip any question, or stop at any time. You can talk to somebody from the team before, during or after.',
  recall: { sentence: 'Please think about your life before you turned 18.', period: 'P18Y' },
  direction: 'higher-worse',
  items: [
    {
      id: 'q1',
      concept: 'emotional abuse',
      prompt: 'Did a grown-up at home often speak to you in a cruel way, or scare you with threats of harm?',
      values: YES_NO,
      loinc: '82814-5',
    },
    {
      id: 'q2',
      concept: 'physical abuse',
      prompt: 'Did a grown-up at home often use force on you, or even once hurt you so much that it showed?',
      values: YES_NO,
      loinc: '82815-2',
    },
    {
      id: 'q3',
      concept: 'sexual abuse',
      prompt:
        'Did a grown-up ever do or try something sexual with you? A person five or more years older counts too.',
      values: YES_NO,
      loinc: '82816-0',
    },
    {
      id: 'q4',
      concept: 'emotional neglect',
      prompt: 'As a child, were you often without love or support from your family?',
      values: YES_NO,
      loinc: '82817-8',
    },
    {
      id: 'q5',
      concept: 'physical neglect',
      prompt: 'Were your basic needs often not met, such as food, safety, clothes or a doctor?',
      values: YES_NO,
      loinc: '82818-6',
    },
    {
      id: 'q6',
      concept: 'parental separation',
      prompt: 'Did your parents ever split up?',
      values: YES_NO,
      loinc: '82819-4',
    },
    {
      id: 'q7',
      concept: 'mother or stepmother treated violently',
      prompt: 'Was your mother or stepmother beaten, hurt or threatened at home?',
      values: YES_NO,
      loinc: null,
    },
    {
      id: 'q8',
      concept: 'household substance misuse',
      prompt: 'Did drinking or drugs cause problems for someone in your home?',
      values: YES_NO,
      loinc: null,
    },
    {
      id: 'q9',
      concept: 'household mental illness',
      prompt: 'Did someone in your home suffer from an illness of the mind, or try to end their life?',
      values: YES_NO,
      loinc: null,
    },
    {
      id: 'q10',
      concept: 'household member imprisoned',
      prompt: 'Was someone from your home ever locked up in jail or prison?',
      values: YES_NO,
      loinc: null,
    },
  ],
  subscales: [],
  total: {
    id: 'total',
    label: 'total',
    method: 'sum',
    items: ['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8', 'q9', 'q10'],
    min: 0,
    max: 10,
    missing: {
      rule: 'strict',
      source: 'no published rule found; project default is no score when an item is missing',
    },
    bands: [
      { min: 0, max: 0, label: 'none' },
      { min: 1, max: 3, label: 'intermediate' },
      { min: 4, max: 10, label: 'high' },
    ],
  },
  flags: [],
  categories: [],
  safetyTriggers: [],
}

export const ace: Instrument = {
  ...aceForm,
  name: 'Adverse Childhood Experiences score, 10 items',
  construct: 'childhood adversity before 18',
  administered: 'self',
  schedule: ['once, after rapport, with support offered'],
  cutoffs: [
    {
      score: 'total',
      op: 'gte',
      value: 4,
      meaning: 'graded risk of substance use disorder, depression, suicide attempt',
      sensitivity: null,
      specificity: null,
      source: 'Felitti 1998',
    },
  ],
  change: {
    score: 'total',
    response: null,
    remission: null,
    mcid: null,
    reliableChange: null,
    note: 'It counts events of childhood and is asked once; no change is expected.',
  },
  loinc: {
    panel: '82813-7',
    scores: {},
    status:
      'checked in LOINC 2.68; item terms verified for six items; BRFSS module 82152-0 has its own terms',
  },
  licence: {
    status: 'public-domain',
    holder: 'CDC / Kaiser Permanente (Felitti, Anda)',
    terms: 'free to use',
    confidence: 'high',
  },
  source:
    'Felitti 1998, Dube 2003; LOINC: 2.68 table; item structure and cut-offs to be compared with the official form at import',
  citations: ['Felitti VJ et al. Am J Prev Med 1998;14:245-58', 'Dube SR et al. Pediatrics 2003;111:564-72'],
  notes: [
    'a partly answered form is a lower bound: store answered count, no band',
    'may be declined; never required',
    'Felitti 1998 counted 7 categories; neglect and parental separation were added later (Dube 2003), so risks at 4 or more are not the same set',
    'this wording is ours and has not been validated; import the official form where validity matters',
  ],
  confidence: 'high',
}
