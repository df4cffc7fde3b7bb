import type { Instrument, InstrumentForm } from '../instrument.ts'

export const ksetForm: InstrumentForm = {
  id: 'kset',
  shortName: 'KSET',
  version: 'TODO version',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction: 'TODO introduction',
  recall: { sentence: 'TODO screening, baseline, acute, longitudinal forms', period: 'P1M' },
  direction: 'higher-worse',
  items: [],
  subscales: [],
  total: null,
  flags: [],
  categories: [],
  safetyTriggers: [],
}

export const kset: Instrument = {
  ...ksetForm,
  name: 'Ketamine Side Effect Tool (KSET / KSET-R)',
  construct: 'ketamine adverse effects',
  administered: 'clinician',
  schedule: ['screening', 'baseline', 'acute after each session', 'follow-up'],
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
  licence: {
    status: 'permission-needed',
    holder: 'Black Dog Institute / UNSW (Colleen Loo, Brooke Short)',
    terms: 'obtain from authors; KSET-R (2025, PMID 39721099) is shorter and validated',
    confidence: 'medium',
  },
  source:
    'four forms, no total; KSET-R: abstracts; item structure, cut-offs and citations from knowledge: confirm on the official form at import',
  citations: [
    'Short B et al. J Affect Disord 2020;266:615-20',
    'Bayes A et al. J Affect Disord 2022;308:44-6',
    'KSET-R: PMID 39721099',
  ],
  notes: ['four forms, no total score; import as Questionnaire and list symptoms'],
  confidence: 'medium',
}
