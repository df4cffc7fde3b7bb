import type { Instrument, InstrumentForm } from '../instrument.ts'

export const cravingNrsForm: InstrumentForm = {
  id: 'craving-nrs',
  shortName: 'Craving',
  version: '0 to 10, strongest in 24 hours',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'An urge to use can come and go. Any number is fine. It helps you and your team to see how it changes.',
  recall: { sentence: 'Please think about the past 24 hours.', period: 'PT24H' },
  direction: 'higher-worse',
  items: [
    {
      id: 'q1',
      concept: 'strength of urge to use the primary substance',
      prompt: 'How strong was your strongest urge to use?',
      range: {
        min: 0,
        max: 10,
        step: 1,
        minLabel: 'No urge at all',
        maxLabel: 'The strongest urge I can think of',
      },
      loinc: null,
    },
  ],
  subscales: [],
  total: {
    id: 'total',
    label: 'total',
    method: 'single',
    items: ['q1'],
    min: 0,
    max: 10,
    missing: { rule: 'strict', source: 'one item: no answer, no score' },
    bands: [
      { min: 0, max: 0, label: 'none' },
      { min: 1, max: 3, label: 'mild' },
      { min: 4, max: 6, label: 'moderate' },
      { min: 7, max: 10, label: 'severe' },
    ],
  },
  flags: [],
  categories: [],
  safetyTriggers: [
    {
      id: 'craving-severe',
      when: { item: 'q1', gte: 7 },
      action: 'Offer a call or the coping plan on the same day.',
      severity: 'info',
    },
  ],
}

export const cravingNrs: Instrument = {
  ...cravingNrsForm,
  name: 'Single rating of craving, 0 to 10',
  construct: 'recent craving',
  administered: 'self',
  schedule: ['daily diary', 'before, +24 h and +7 d after each ketamine session'],
  cutoffs: [
    {
      score: 'total',
      op: 'gte',
      value: 7,
      meaning: 'contact on the same day',
      sensitivity: null,
      specificity: null,
      source: 'convention of the programme',
    },
  ],
  change: {
    score: 'total',
    response: null,
    remission: null,
    mcid: null,
    reliableChange: null,
    note: 'No published size of meaningful change; show the course.',
  },
  loinc: { panel: null, scores: {}, status: 'no term found in LOINC 2.68; use a local code' },
  licence: {
    status: 'public-domain',
    holder: 'none',
    terms: 'a generic number rating; wording is ours',
    confidence: 'high',
  },
  source: 'generic single-item rating (Rosenberg 2009); bands are a convention, not norms',
  citations: ['Rosenberg H. Clin Psychol Rev 2009;29:519-34'],
  notes: [
    'the window is fixed to the strongest urge of the past 24 hours; a rating of this moment would be another version',
    'bands are a convention, not published norms',
  ],
  confidence: 'high',
}
