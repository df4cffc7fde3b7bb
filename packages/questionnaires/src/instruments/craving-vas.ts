import type { Instrument, InstrumentForm } from '../instrument.ts'

export const cravingVasForm: InstrumentForm = {
  id: 'craving-vas',
  shortName: 'Craving VAS',
  version: 'TODO version',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction: 'TODO introduction',
  recall: { sentence: 'TODO right now', period: 'PT0S' },
  direction: 'higher-worse',
  items: [
    {
      id: 'q1',
      concept: 'strength of urge on a 100-mm line',
      prompt: 'TODO strength of urge on a 100-mm line',
      range: {
        min: 0,
        max: 100,
        step: 1,
        unit: 'mm',
        minLabel: 'TODO lowest',
        maxLabel: 'TODO highest',
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
      source: 'no published rule found; project default is no score when an item is missing',
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
    note: 'TODO no published size of change',
  },
  loinc: { panel: null, scores: {}, status: 'no term found in LOINC 2.68; use a local code' },
  licence: { status: 'public-domain', holder: 'none', terms: 'generic', confidence: 'high' },
  source: 'project-own or generic',
  citations: ['Rosenberg H. Clin Psychol Rev 2009;29:519-34'],
  notes: [],
  confidence: 'high',
}
