import type { Instrument, InstrumentForm } from '../instrument.ts'

export const udsForm: InstrumentForm = {
  id: 'uds',
  shortName: 'UDS',
  version: 'TODO version',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction: 'TODO introduction',
  recall: { sentence: 'TODO detection window per analyte', period: 'P3D' },
  direction: 'higher-worse',
  items: [
    {
      id: 'results',
      concept:
        'one entry per scheduled specimen and analyte: negative | positive | expected-positive | missing | invalid',
      prompt:
        'TODO one entry per scheduled specimen and analyte: negative | positive | expected-positive | missing | invalid',
      type: 'lab-series',
      loinc: null,
    },
  ],
  subscales: [],
  total: { id: 'uds', label: 'series metrics', method: 'algorithm', algorithm: 'uds-series' },
  flags: [],
  categories: [],
  safetyTriggers: [
    {
      id: 'uds-opioid-or-sedative-presession',
      when: { analyte: ['opiates', 'fentanyl', 'benzodiazepines'], result: 'positive' },
      action: 'TODO review before ketamine dosing (sedation, respiratory risk)',
      severity: 'warning',
    },
  ],
}

export const uds: Instrument = {
  ...udsForm,
  name: 'Urine drug screen series',
  construct: 'recent drug exposure (biological)',
  administered: 'lab',
  schedule: ['baseline', 'before each session (point of care)', 'random during treatment'],
  cutoffs: [],
  change: {
    score: 'uds',
    response: null,
    remission: null,
    mcid: null,
    reliableChange: null,
    note: 'TODO no published size of change',
  },
  loinc: {
    panel: '72479-9',
    scores: {},
    status:
      'component checked in LOINC 2.68; system/method axes not checked: 72479-9, 24349-3, 69739-1 are drugs-of-abuse panels; choose by specimen and method',
  },
  licence: { status: 'not-applicable', holder: '', terms: 'facts', confidence: 'high' },
  source:
    'LOINC analyte codes: hddaccess.com and 2.68 table; item structure, cut-offs and citations from knowledge: confirm on the official form at import',
  citations: [
    'HHS Mandatory Guidelines for Federal Workplace Drug Testing (urine), 2023 revision and 2025 panel update adding fentanyl',
    'ASAM Appropriate Use of Drug Testing 2017',
    'Ling W et al. TES, NIDA Res Monogr 1997',
  ],
  notes: [
    'presumptive results need confirmation before any sanction',
    'cut-off numbers are HHS workplace values; clinical labs set their own',
  ],
  confidence: 'medium',
}
