import type { Instrument, InstrumentForm } from '../instrument.ts'

export const ksetForm: InstrumentForm = {
  id: 'kset',
  shortName: 'KSET',
  version: 'four forms of the authors, without items here',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction: 'Use the form that the clinic has brought in from its authors. No questions are shown here.',
  recall: { sentence: 'Please follow the time window named on the form in use.', period: 'P1M' },
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
    note: 'It has no total score; follow each symptom by itself.',
  },
  loinc: { panel: null, scores: {}, status: 'no term found in LOINC 2.68; use a local code' },
  licence: {
    status: 'permission-needed',
    holder: 'Black Dog Institute / UNSW (Colleen Loo, Brooke Short)',
    terms: 'obtain from authors; KSET-R (2025, PMID 39721099) is shorter and validated',
    confidence: 'medium',
  },
  source:
    'Short 2020, Bayes 2022; four forms, no total; KSET-R: abstracts; item structure to be compared with the official form at import',
  citations: [
    'Short B et al. J Affect Disord 2020;266:615-20',
    'Bayes A et al. J Affect Disord 2022;308:44-6',
    'KSET-R: PMID 39721099',
  ],
  notes: [
    'four forms, no total score: screening, baseline, acute, longitudinal; import as Questionnaire and list symptoms',
    'the recall window differs by form; the period here is a placeholder',
  ],
  confidence: 'medium',
}
