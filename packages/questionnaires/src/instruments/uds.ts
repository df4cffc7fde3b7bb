import type { Instrument, InstrumentForm } from '../instrument.ts'

export const udsForm: InstrumentForm = {
  id: 'uds',
  shortName: 'UDS',
  version: 'Series of urine tests',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'Enter one line for each planned sample and each substance. A sample that was not given stays in the list as missing; it never counts as negative. Enter a test as expected positive when a drug given here explains the result.',
  recall: { sentence: 'Please think about the past days that each test can look back on.', period: 'P3D' },
  direction: 'higher-worse',
  items: [
    {
      id: 'results',
      concept:
        'one entry per scheduled specimen and analyte: negative | positive | expected-positive | missing | invalid',
      prompt: 'What did each test show?',
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
      action:
        'A physician reviews the result before ketamine is given, because of sedation and slow breathing.',
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
    note: 'No size of change is published for single tests; show the share of negative samples over time.',
  },
  loinc: {
    panel: '72479-9',
    scores: {},
    status:
      'component checked in LOINC 2.68; system/method axes not checked: 72479-9, 24349-3, 69739-1 are drugs-of-abuse panels; choose by specimen and method',
  },
  licence: { status: 'not-applicable', holder: 'none', terms: 'facts', confidence: 'high' },
  source:
    'HHS 2023 and 2025, ASAM 2017, Ling 1997 (LOINC analyte codes: table 2.68 and hddaccess.com); cut-offs to be compared with the laboratory in use',
  citations: [
    'HHS Mandatory Guidelines for Federal Workplace Drug Testing (urine), 2023 revision and 2025 panel update adding fentanyl',
    'ASAM Appropriate Use of Drug Testing 2017',
    'Ling W et al. TES, NIDA Res Monogr 1997',
  ],
  notes: [
    'presumptive results need confirmation before a decision rests on them',
    'cut-off numbers are HHS workplace values; clinical labs set their own',
  ],
  confidence: 'medium',
}
