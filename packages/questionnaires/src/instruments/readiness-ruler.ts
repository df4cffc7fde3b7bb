import type { Instrument, InstrumentForm } from '../instrument.ts'

const MISSING = {
  rule: 'strict',
  source: 'no published rule found; project default is no score when an item is missing',
} as const

export const readinessRulerForm: InstrumentForm = {
  id: 'readiness-ruler',
  shortName: 'Rulers',
  version: 'TODO version',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction: 'TODO introduction',
  recall: { sentence: 'TODO now', period: 'P0D' },
  direction: 'higher-better',
  items: [
    {
      id: 'importance',
      concept: 'importance of change',
      prompt: 'TODO importance of change',
      range: { min: 0, max: 10, step: 1, minLabel: 'TODO lowest', maxLabel: 'TODO highest' },
      loinc: null,
    },
    {
      id: 'confidence',
      concept: 'confidence to change',
      prompt: 'TODO confidence to change',
      range: { min: 0, max: 10, step: 1, minLabel: 'TODO lowest', maxLabel: 'TODO highest' },
      loinc: null,
    },
    {
      id: 'readiness',
      concept: 'readiness to change',
      prompt: 'TODO readiness to change',
      range: { min: 0, max: 10, step: 1, minLabel: 'TODO lowest', maxLabel: 'TODO highest' },
      loinc: null,
    },
  ],
  subscales: [
    {
      id: 'importance',
      label: 'importance',
      method: 'single',
      items: ['importance'],
      min: 0,
      max: 10,
      missing: MISSING,
    },
    {
      id: 'confidence',
      label: 'confidence',
      method: 'single',
      items: ['confidence'],
      min: 0,
      max: 10,
      missing: MISSING,
    },
    {
      id: 'readiness',
      label: 'readiness',
      method: 'single',
      items: ['readiness'],
      min: 0,
      max: 10,
      missing: MISSING,
    },
  ],
  total: null,
  flags: [],
  categories: [],
  safetyTriggers: [],
}

export const readinessRuler: Instrument = {
  ...readinessRulerForm,
  name: 'Readiness, importance and confidence rulers',
  construct: 'motivation to change',
  administered: 'self',
  schedule: ['every counselling contact'],
  cutoffs: [],
  change: {
    score: 'importance',
    response: null,
    remission: null,
    mcid: null,
    reliableChange: null,
    note: 'TODO no published size of change',
  },
  loinc: { panel: null, scores: {}, status: 'no term found in LOINC 2.68; use a local code' },
  licence: {
    status: 'public-domain',
    holder: 'Rollnick/Miller motivational interviewing',
    terms: 'generic',
    confidence: 'high',
  },
  source: 'project-own or generic',
  citations: [
    'Rollnick S, Butler CC, Stott N. Patient Educ Couns 1997;31:191-203',
    'Heather N et al. Addict Behav 2008',
  ],
  notes: [],
  confidence: 'high',
}
