import type { Instrument, InstrumentForm } from '../instrument.ts'

const STRICT = {
  rule: 'strict',
  source: 'no published rule found; project default is no score when an item is missing',
} as const

export const cgiForm: InstrumentForm = {
  id: 'cgi',
  shortName: 'CGI',
  version: 'severity and improvement, 7 steps each',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'Rate from all you know: what the person tells you, what you see and what others report. At baseline, leave the rating of change open.',
  recall: { sentence: 'Please think about the past 7 days.', period: 'P7D' },
  direction: 'higher-worse',
  items: [
    {
      id: 'severity',
      concept: 'illness severity',
      prompt:
        'Rate how ill the person is on the whole. Think of all those you have treated for the same condition.',
      values: [
        { value: 1, label: 'No sign of illness' },
        { value: 2, label: 'On the border of illness' },
        { value: 3, label: 'Mild' },
        { value: 4, label: 'Moderate' },
        { value: 5, label: 'Marked' },
        { value: 6, label: 'Severe' },
        { value: 7, label: 'As severe as it can be' },
      ],
      loinc: null,
    },
    {
      id: 'improvement',
      concept: 'change from baseline',
      prompt: 'Rate how much the person has changed since baseline, from any cause.',
      values: [
        { value: 1, label: 'Very much better' },
        { value: 2, label: 'Much better' },
        { value: 3, label: 'A little better' },
        { value: 4, label: 'The same' },
        { value: 5, label: 'A little worse' },
        { value: 6, label: 'Much worse' },
        { value: 7, label: 'Very much worse' },
      ],
      optional: true,
      loinc: null,
    },
  ],
  subscales: [
    {
      id: 'severity',
      label: 'severity',
      method: 'single',
      items: ['severity'],
      min: 1,
      max: 7,
      missing: STRICT,
    },
    {
      id: 'improvement',
      label: 'improvement',
      method: 'single',
      items: ['improvement'],
      min: 1,
      max: 7,
      missing: STRICT,
    },
  ],
  total: null,
  flags: [{ id: 'responder', label: 'improvement 1 or 2', when: { item: 'improvement', lte: 2 } }],
  categories: [],
  safetyTriggers: [],
}

export const cgi: Instrument = {
  ...cgiForm,
  name: 'Clinical Global Impression, severity and improvement',
  construct: 'global severity and change',
  administered: 'clinician',
  schedule: ['baseline (severity)', 'each physician visit'],
  cutoffs: [],
  change: {
    score: 'severity',
    response: null,
    remission: null,
    mcid: null,
    reliableChange: null,
    note: 'The rating of change compares with baseline and not with the last visit; 1 or 2 counts as a response.',
  },
  loinc: { panel: null, scores: {}, status: 'no term found in LOINC 2.68; use a local code' },
  licence: {
    status: 'public-domain',
    holder: 'NIMH (Guy 1976)',
    terms: 'US government publication',
    confidence: 'high',
  },
  source:
    'Guy 1976, Busner 2007; item structure and cut-offs to be compared with the official form at import',
  citations: [
    'Guy W. ECDEU Assessment Manual, 1976',
    'Busner J, Targum SD. Psychiatry (Edgmont) 2007;4:28-37',
  ],
  notes: [
    'the efficacy index, third part of Guy 1976, is left out',
    'severity is rated first at every visit; improvement compares with the baseline before treatment',
    'this wording is ours and has not been validated; import the official form where validity matters',
  ],
  confidence: 'high',
}
