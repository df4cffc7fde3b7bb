import type { Instrument, InstrumentForm } from '../instrument.ts'

const ANSWERS = [
  { value: 1, label: 'TODO level 1 (best)' },
  { value: 2, label: 'TODO level 2' },
  { value: 3, label: 'TODO level 3' },
  { value: 4, label: 'TODO level 4' },
  { value: 5, label: 'TODO level 5 (worst)' },
]

export const eq5d5lForm: InstrumentForm = {
  id: 'eq-5d-5l',
  shortName: 'EQ-5D-5L',
  version: 'TODO version',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction: 'TODO introduction',
  recall: { sentence: 'TODO today', period: 'P1D' },
  direction: 'levels higher-worse; index and VAS higher-better',
  items: [
    { id: 'mo', concept: 'mobility', prompt: 'TODO mobility', values: ANSWERS, loinc: null },
    {
      id: 'sc',
      concept: 'self-care',
      prompt: 'TODO self-care',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'ua',
      concept: 'usual activities',
      prompt: 'TODO usual activities',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'pd',
      concept: 'pain or discomfort',
      prompt: 'TODO pain or discomfort',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'ad',
      concept: 'anxiety or depression',
      prompt: 'TODO anxiety or depression',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'vas',
      concept: 'overall health today',
      prompt: 'TODO overall health today',
      range: { min: 0, max: 100, step: 1, minLabel: 'TODO lowest', maxLabel: 'TODO highest' },
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
        source: 'no published rule found; project default is no score when an item is missing',
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
    mcid: [{ points: 7, source: 'about 7 to 8 points (from knowledge)' }],
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
    'licence quote: CamCOPS docs; SNOMED codes: MII PROMs IG 2026; digits not additive: euroqol.org FAQ; item structure, cut-offs and citations from knowledge: confirm on the official form at import',
  citations: ['Herdman M et al. Qual Life Res 2011;20:1727-36', 'EuroQol user guide v4.0, 2025'],
  notes: [
    'digits must not be added (EuroQol FAQ); index = lookup in a country value set imported by the clinic',
    'profile 11111 is full health',
    'other codes: {"snomed": {"index": "736534008", "vas": "736535009"}, "source": "MII PROMs FHIR IG 2026"}',
  ],
  confidence: 'high',
}
