import type { Instrument, InstrumentForm } from '../instrument.ts'

export const cravingVasForm: InstrumentForm = {
  id: 'craving-vas',
  shortName: 'Craving VAS',
  version: '100-mm line, right now',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction: 'An urge to use can come and go. Mark the place on the line that fits. Any place is fine.',
  recall: { sentence: 'Please think about this moment.', period: 'PT0S' },
  direction: 'higher-worse',
  items: [
    {
      id: 'q1',
      concept: 'strength of urge on a 100-mm line',
      prompt: 'How strong is your urge to use your main substance?',
      range: {
        min: 0,
        max: 100,
        step: 1,
        unit: 'mm',
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
    max: 100,
    missing: {
      rule: 'strict',
      source: 'no published rule found; no score when an answer is missing',
    },
  },
  flags: [],
  categories: [],
  safetyTriggers: [],
}

export const cravingVas: Instrument = {
  ...cravingVasForm,
  name: 'Craving visual analogue 0-100',
  construct: 'momentary craving',
  administered: 'self',
  schedule: ['cue sessions, laboratory-style monitoring'],
  cutoffs: [],
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
    terms: 'a generic rating on a line; wording is ours',
    confidence: 'high',
  },
  source: 'generic single-item rating (Rosenberg 2009)',
  citations: ['Rosenberg H. Clin Psychol Rev 2009;29:519-34'],
  notes: [
    'a rating of this moment: never on one chart line with the 0 to 10 rating of the past 24 hours',
    'this wording is ours and has not been validated; there is no official form to import',
  ],
  confidence: 'high',
}
