import type { Instrument, InstrumentForm } from '../instrument.ts'

const HARD = [
  { value: 1, label: 'Not hard' },
  { value: 2, label: 'A little hard' },
  { value: 3, label: 'Fairly hard' },
  { value: 4, label: 'Very hard' },
  { value: 5, label: 'I cannot do it' },
]
const AMOUNT = [
  { value: 1, label: 'Not at all' },
  { value: 2, label: 'A little' },
  { value: 3, label: 'Fairly' },
  { value: 4, label: 'Very' },
  { value: 5, label: 'As much as can be' },
]

export const eq5d5lForm: InstrumentForm = {
  id: 'eq-5d-5l',
  shortName: 'EQ-5D-5L',
  version: '5 questions in 5 levels and a scale, today',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'These questions are about your health today. Pick what fits best. There are no right or wrong answers, and you can leave a question open.',
  recall: { sentence: 'Please think about today.', period: 'P1D' },
  direction: 'levels higher-worse; index and VAS higher-better',
  items: [
    {
      id: 'mo',
      concept: 'mobility',
      prompt: 'How hard is it for you to get around on foot?',
      values: HARD,
      loinc: null,
    },
    {
      id: 'sc',
      concept: 'self-care',
      prompt: 'How hard is it for you to look after your body, such as to bathe or put on clothes?',
      values: HARD,
      loinc: null,
    },
    {
      id: 'ua',
      concept: 'usual activities',
      prompt: 'How hard is it for you to do what fills your days, such as work, home or free time?',
      values: HARD,
      loinc: null,
    },
    {
      id: 'pd',
      concept: 'pain or discomfort',
      prompt: 'How sore is your body, or how unwell does it feel?',
      values: AMOUNT,
      loinc: null,
    },
    {
      id: 'ad',
      concept: 'anxiety or depression',
      prompt: 'How worried or low are you?',
      values: AMOUNT,
      loinc: null,
    },
    {
      id: 'vas',
      concept: 'overall health today',
      prompt: 'How good is your health, all in all?',
      range: { min: 0, max: 100, step: 1, minLabel: 'As bad as can be', maxLabel: 'As good as can be' },
      loinc: null,
    },
  ],
  subscales: [
    {
      id: 'vas',
      label: 'vas',
      method: 'single',
      items: ['vas'],
      min: 0,
      max: 100,
      missing: {
        rule: 'strict',
        source: 'no published rule found; no score when an answer is missing',
      },
    },
  ],
  total: {
    id: 'profile',
    label: 'five-digit health state',
    method: 'concat',
    items: ['mo', 'sc', 'ua', 'pd', 'ad'],
    missing: { rule: 'strict', source: 'user guide: incomplete profile has no index' },
  },
  flags: [],
  categories: [],
  safetyTriggers: [],
}

export const eq5d5l: Instrument = {
  ...eq5d5lForm,
  name: 'EQ-5D-5L with EQ VAS',
  construct: 'health-related quality of life, utility',
  administered: 'self',
  schedule: ['baseline', '3, 6, 12 months'],
  cutoffs: [],
  change: {
    score: 'vas',
    response: null,
    remission: null,
    mcid: [{ points: 7, source: 'about 7 to 8 points; no single publication, to be confirmed' }],
    reliableChange: null,
    note: 'The index needs a value set; a change of 0.03 to 0.07 by value set is the least that matters.',
  },
  loinc: { panel: null, scores: {}, status: 'no term found in LOINC 2.68; use a local code' },
  licence: {
    status: 'registration',
    holder: 'EuroQol Research Foundation',
    terms:
      'no use in any form without registration; digital versions must be obtained from EuroQol; commercial fee. Do not ship the form or value sets; the clinic imports its licensed Questionnaire and value set',
    confidence: 'high',
  },
  source:
    'Herdman 2011, EuroQol user guide 2025 (digits are not added: EuroQol FAQ; SNOMED codes: MII PROMs 2026); item structure and cut-offs to be compared with the official form at import',
  citations: ['Herdman M et al. Qual Life Res 2011;20:1727-36', 'EuroQol user guide v4.0, 2025'],
  notes: [
    'digits must not be added (EuroQol FAQ); index = lookup in a country value set imported by the clinic',
    'profile 11111 is full health',
    'SNOMED CT codes: index 736534008, VAS 736535009 (MII PROMs FHIR IG 2026)',
    'only scoring facts and our own concepts are here; the official form needs permission and is imported by the clinic; this wording is ours and has not been validated',
  ],
  confidence: 'high',
}
