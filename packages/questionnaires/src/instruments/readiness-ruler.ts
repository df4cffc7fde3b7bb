import type { Instrument, InstrumentForm } from '../instrument.ts'

const STRICT = {
  rule: 'strict',
  source: 'no published rule found; project default is no score when an item is missing',
} as const

export const readinessRulerForm: InstrumentForm = {
  id: 'readiness-ruler',
  shortName: 'Rulers',
  version: '3 rulers, 0 to 10, right now',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'These three scales are about change in the use of your main substance. Any number is fine, and it may differ from day to day.',
  recall: { sentence: 'Please think about right now.', period: 'P0D' },
  direction: 'higher-better',
  items: [
    {
      id: 'importance',
      concept: 'importance of change',
      prompt: 'How much does it matter to you to change your use?',
      range: { min: 0, max: 10, step: 1, minLabel: 'Not at all', maxLabel: 'More than anything' },
      loinc: null,
    },
    {
      id: 'confidence',
      concept: 'confidence to change',
      prompt: 'If you chose to change, how sure are you that you could do it?',
      range: { min: 0, max: 10, step: 1, minLabel: 'Not sure at all', maxLabel: 'Fully sure' },
      loinc: null,
    },
    {
      id: 'readiness',
      concept: 'readiness to change',
      prompt: 'How ready are you to change your use?',
      range: { min: 0, max: 10, step: 1, minLabel: 'Not ready at all', maxLabel: 'Fully ready' },
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
      missing: STRICT,
    },
    {
      id: 'confidence',
      label: 'confidence',
      method: 'single',
      items: ['confidence'],
      min: 0,
      max: 10,
      missing: STRICT,
    },
    {
      id: 'readiness',
      label: 'readiness',
      method: 'single',
      items: ['readiness'],
      min: 0,
      max: 10,
      missing: STRICT,
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
    note: 'No published size of meaningful change; show the course.',
  },
  loinc: { panel: null, scores: {}, status: 'no term found in LOINC 2.68; use a local code' },
  licence: {
    status: 'public-domain',
    holder: 'Rollnick/Miller motivational interviewing',
    terms: 'generic',
    confidence: 'high',
  },
  source: 'Rollnick 1997, Heather 2008; generic number ratings',
  citations: [
    'Rollnick S, Butler CC, Stott N. Patient Educ Couns 1997;31:191-203',
    'Heather N, Smailes D, Cassidy P. Drug Alcohol Depend 2008;98:235-40',
  ],
  notes: [
    'published rulers run from 0 or from 1 to 10, or in worded steps (Heather 2008); these run from 0',
    'this wording is ours and has not been validated; import the official form where validity matters',
  ],
  confidence: 'high',
}
