import type { Instrument, InstrumentForm } from '../instrument.ts'

const ANSWERS = [
  { value: 0, label: 'TODO criterion absent' },
  { value: 1, label: 'TODO criterion present' },
]
const MISSING = {
  rule: 'strict',
  source: 'no published rule found; project default is no score when an item is missing',
} as const

export const dsm5SudForm: InstrumentForm = {
  id: 'dsm5-sud',
  shortName: 'DSM-5 SUD',
  version: 'DSM-5 / DSM-5-TR',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction: 'TODO introduction',
  recall: { sentence: 'TODO within a 12-month period', period: 'P12M' },
  direction: 'higher-worse',
  items: [
    {
      id: 'c1',
      concept: 'used more or for longer than meant',
      prompt: 'TODO used more or for longer than meant',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'c2',
      concept: 'persistent wish or failed efforts to cut down',
      prompt: 'TODO persistent wish or failed efforts to cut down',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'c3',
      concept: 'much time getting, using, recovering',
      prompt: 'TODO much time getting, using, recovering',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'c4',
      concept: 'craving or strong urge',
      prompt: 'TODO craving or strong urge',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'c5',
      concept: 'failure in major roles at work, school, home',
      prompt: 'TODO failure in major roles at work, school, home',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'c6',
      concept: 'continued despite social or relationship problems',
      prompt: 'TODO continued despite social or relationship problems',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'c7',
      concept: 'important activities given up or reduced',
      prompt: 'TODO important activities given up or reduced',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'c8',
      concept: 'repeated use in physically hazardous situations',
      prompt: 'TODO repeated use in physically hazardous situations',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'c9',
      concept: 'continued despite known physical or mental harm',
      prompt: 'TODO continued despite known physical or mental harm',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'c10',
      concept: 'tolerance',
      prompt: 'TODO tolerance',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'c11',
      concept: 'withdrawal, or use to relieve withdrawal',
      prompt: 'TODO withdrawal, or use to relieve withdrawal',
      values: ANSWERS,
      loinc: null,
    },
  ],
  subscales: [
    {
      id: 'impairedControl',
      label: 'impairedControl',
      method: 'sum',
      items: ['c1', 'c2', 'c3', 'c4'],
      min: 0,
      max: 4,
      missing: MISSING,
    },
    {
      id: 'social',
      label: 'social',
      method: 'sum',
      items: ['c5', 'c6', 'c7'],
      min: 0,
      max: 3,
      missing: MISSING,
    },
    {
      id: 'riskyUse',
      label: 'riskyUse',
      method: 'sum',
      items: ['c8', 'c9'],
      min: 0,
      max: 2,
      missing: MISSING,
    },
    {
      id: 'pharmacological',
      label: 'pharmacological',
      method: 'sum',
      items: ['c10', 'c11'],
      min: 0,
      max: 2,
      missing: MISSING,
      excludeIf: [
        { items: ['c10', 'c11'], when: { context: 'takenAsPrescribed', eq: true } },
        {
          items: ['c11'],
          when: {
            context: 'substanceClass',
            in: ['phencyclidine-ketamine', 'other-hallucinogen', 'inhalant'],
          },
        },
      ],
    },
  ],
  total: {
    id: 'total',
    label: 'total',
    method: 'sum',
    items: ['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8', 'c9', 'c10', 'c11'],
    min: 0,
    max: 11,
    missing: { rule: 'strict', source: 'clinical diagnosis: every criterion must be rated' },
    bands: [
      { min: 0, max: 1, label: 'no disorder' },
      { min: 2, max: 3, label: 'mild' },
      { min: 4, max: 5, label: 'moderate' },
      { min: 6, max: 11, label: 'severe' },
    ],
    excludeIf: [
      { items: ['c10', 'c11'], when: { context: 'takenAsPrescribed', eq: true } },
      {
        items: ['c11'],
        when: {
          context: 'substanceClass',
          in: ['phencyclidine-ketamine', 'other-hallucinogen', 'inhalant'],
        },
      },
    ],
  },
  flags: [
    {
      id: 'disorderPresent',
      label: 'two or more criteria',
      when: { score: 'total', gte: 2 },
    },
    {
      id: 'cravingOnly',
      label: 'craving is the only criterion met (allowed during remission)',
      when: {
        all: [
          { item: 'c4', eq: 1 },
          {
            countItems: ['c1', 'c2', 'c3', 'c5', 'c6', 'c7', 'c8', 'c9', 'c10', 'c11'],
            gte: 1,
            atMost: 0,
          },
        ],
      },
    },
  ],
  categories: [],
  safetyTriggers: [],
}

export const dsm5Sud: Instrument = {
  ...dsm5SudForm,
  name: 'DSM-5(-TR) substance use disorder criteria count',
  construct: 'substance use disorder diagnosis and severity (one run per substance class)',
  administered: 'clinician',
  schedule: ['baseline (each substance with any past-year use)', 'end of treatment', '6 and 12 months'],
  cutoffs: [
    {
      score: 'total',
      op: 'gte',
      value: 2,
      meaning: 'substance use disorder present',
      sensitivity: null,
      specificity: null,
      source: 'DSM-5',
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
  loinc: { panel: null, scores: {}, status: 'no term found in LOINC 2.68; use a local code' },
  licence: {
    status: 'permission-needed',
    holder: 'American Psychiatric Association',
    terms:
      'criteria wording is APA copyright; counting rule and severity thresholds are facts; write own interview prompts or license the text',
    confidence: 'high',
  },
  source: 'item structure, cut-offs and citations from knowledge: confirm on the official form at import',
  citations: [
    'American Psychiatric Association. DSM-5. 2013 (DSM-5-TR 2022), Substance-Related and Addictive Disorders',
    'Hasin DS et al. Am J Psychiatry 2013;170:834-51',
  ],
  notes: [
    'context.takenAsPrescribed=true: tolerance and withdrawal are not counted for opioids, sedatives/hypnotics/anxiolytics, stimulants (and cannabis where medically supervised) taken as directed',
    'DSM-5 defines no withdrawal criterion for phencyclidine-type (this class includes ketamine), other hallucinogens or inhalants: only 10 criteria apply; severity thresholds stay the same',
    'run it for ketamine itself at follow-up (iatrogenic use disorder monitoring)',
    'gambling disorder uses a different 9-criterion set (4-5 mild, 6-7 moderate, 8-9 severe) and is not this instrument',
  ],
  confidence: 'high',
}
