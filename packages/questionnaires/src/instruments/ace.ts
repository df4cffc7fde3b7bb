import type { Instrument, InstrumentForm } from '../instrument.ts'

const ANSWERS = [
  { value: 0, label: 'TODO no' },
  { value: 1, label: 'TODO yes' },
]

export const aceForm: InstrumentForm = {
  id: 'ace',
  shortName: 'ACE',
  version: 'TODO version',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction: 'TODO introduction',
  recall: { sentence: 'TODO before age 18', period: 'P18Y' },
  direction: 'higher-worse',
  items: [
    {
      id: 'q1',
      concept: 'emotional abuse',
      prompt: 'TODO emotional abuse',
      values: ANSWERS,
      loinc: '82814-5',
    },
    {
      id: 'q2',
      concept: 'physical abuse',
      prompt: 'TODO physical abuse',
      values: ANSWERS,
      loinc: '82815-2',
    },
    {
      id: 'q3',
      concept: 'sexual abuse',
      prompt: 'TODO sexual abuse',
      values: ANSWERS,
      loinc: '82816-0',
    },
    {
      id: 'q4',
      concept: 'emotional neglect',
      prompt: 'TODO emotional neglect',
      values: ANSWERS,
      loinc: '82817-8',
    },
    {
      id: 'q5',
      concept: 'physical neglect',
      prompt: 'TODO physical neglect',
      values: ANSWERS,
      loinc: '82818-6',
    },
    {
      id: 'q6',
      concept: 'parental separation',
      prompt: 'TODO parental separation',
      values: ANSWERS,
      loinc: '82819-4',
    },
    {
      id: 'q7',
      concept: 'mother or partner treated violently',
      prompt: 'TODO mother or partner treated violently',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'q8',
      concept: 'household substance misuse',
      prompt: 'TODO household substance misuse',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'q9',
      concept: 'household mental illness',
      prompt: 'TODO household mental illness',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'q10',
      concept: 'household member imprisoned',
      prompt: 'TODO household member imprisoned',
      values: ANSWERS,
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
    note: 'TODO no published size of change',
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
    'LOINC: 2.68 table; item structure, cut-offs and citations from knowledge: confirm on the official form at import',
  citations: ['Felitti VJ et al. Am J Prev Med 1998;14:245-58', 'Dube SR et al. Pediatrics 2003;111:564-72'],
  notes: [
    'a partly answered form is a lower bound: store answered count, no band',
    'may be declined; never required',
  ],
  confidence: 'high',
}
