import type { Instrument, InstrumentForm } from '../instrument.ts'

const MISSING = {
  rule: 'strict',
  source: 'no published rule found; project default is no score when an item is missing',
} as const

export const cgiForm: InstrumentForm = {
  id: 'cgi',
  shortName: 'CGI',
  version: 'TODO version',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction: 'TODO introduction',
  recall: { sentence: 'TODO past 7 days', period: 'P7D' },
  direction: 'higher-worse',
  items: [
    {
      id: 'severity',
      concept: 'illness severity',
      prompt: 'TODO illness severity',
      values: [
        { value: 1, label: 'TODO normal' },
        { value: 2, label: 'TODO borderline' },
        { value: 3, label: 'TODO mildly ill' },
        { value: 4, label: 'TODO moderately ill' },
        { value: 5, label: 'TODO markedly ill' },
        { value: 6, label: 'TODO severely ill' },
        { value: 7, label: 'TODO among most extremely ill' },
      ],
      loinc: null,
    },
    {
      id: 'improvement',
      concept: 'change from baseline',
      prompt: 'TODO change from baseline',
      values: [
        { value: 1, label: 'TODO very much improved' },
        { value: 2, label: 'TODO much improved' },
        { value: 3, label: 'TODO minimally improved' },
        { value: 4, label: 'TODO no change' },
        { value: 5, label: 'TODO minimally worse' },
        { value: 6, label: 'TODO much worse' },
        { value: 7, label: 'TODO very much worse' },
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
      missing: MISSING,
    },
    {
      id: 'improvement',
      label: 'improvement',
      method: 'single',
      items: ['improvement'],
      min: 1,
      max: 7,
      missing: MISSING,
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
    note: 'TODO no published size of change',
  },
  loinc: { panel: null, scores: {}, status: 'no term found in LOINC 2.68; use a local code' },
  licence: {
    status: 'public-domain',
    holder: 'NIMH (Guy 1976)',
    terms: 'US government publication',
    confidence: 'high',
  },
  source: 'item structure, cut-offs and citations from knowledge: confirm on the official form at import',
  citations: [
    'Guy W. ECDEU Assessment Manual, 1976',
    'Busner J, Targum SD. Psychiatry (Edgmont) 2007;4:28-37',
  ],
  notes: [],
  confidence: 'high',
}
