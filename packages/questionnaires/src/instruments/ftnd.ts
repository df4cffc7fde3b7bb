import type { Instrument, InstrumentForm } from '../instrument.ts'

const YES_NO = [
  { value: 0, label: 'No' },
  { value: 1, label: 'Yes' },
]
const STRICT = {
  rule: 'strict',
  source: 'no published rule found; project default is no score when an item is missing',
} as const

export const ftndForm: InstrumentForm = {
  id: 'ftnd',
  shortName: 'FTND',
  version: '6 items, cigarettes, at present',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'These questions are about smoking cigarettes. There are no right or wrong answers. If you do not smoke cigarettes, leave them open.',
  recall: { sentence: 'Please think about how you smoke at present.', period: 'P0D' },
  direction: 'higher-worse',
  items: [
    {
      id: 'q1',
      concept: 'time from waking to first cigarette',
      prompt: 'In the morning, how much time goes by before your first smoke?',
      values: [
        { value: 0, label: 'More than an hour' },
        { value: 1, label: '31 to 60 minutes' },
        { value: 2, label: '6 to 30 minutes' },
        { value: 3, label: '5 minutes or less' },
      ],
      loinc: '63636-5',
    },
    {
      id: 'q2',
      concept: 'hard to refrain where forbidden',
      prompt: 'In places that do not allow smoking, is it a struggle to go without?',
      values: YES_NO,
      loinc: '63637-3',
    },
    {
      id: 'q3',
      concept: 'cigarette hardest to give up is the first of the day',
      prompt: 'Which cigarette of the day would you miss the most?',
      values: [
        { value: 0, label: 'Any other' },
        { value: 1, label: 'The first one in the morning' },
      ],
      loinc: '63639-9',
    },
    {
      id: 'q4',
      concept: 'cigarettes per day',
      prompt: 'What is your usual number of cigarettes in a day?',
      values: [
        { value: 0, label: '10 or fewer' },
        { value: 1, label: '11 to 20' },
        { value: 2, label: '21 to 30' },
        { value: 3, label: '31 or more' },
      ],
      loinc: '63640-7',
    },
    {
      id: 'q5',
      concept: 'smokes more in first hours after waking',
      prompt: 'Is your smoking at its peak soon after you get up?',
      values: YES_NO,
      loinc: '63641-5',
    },
    {
      id: 'q6',
      concept: 'smokes even when ill in bed',
      prompt: 'When illness keeps you in bed, do you still smoke?',
      values: YES_NO,
      loinc: '63642-3',
    },
  ],
  subscales: [
    {
      id: 'hsi',
      label: 'Heaviness of Smoking Index',
      method: 'sum',
      items: ['q1', 'q4'],
      min: 0,
      max: 6,
      missing: STRICT,
      bands: [
        { min: 0, max: 1, label: 'low' },
        { min: 2, max: 4, label: 'medium' },
        { min: 5, max: 6, label: 'high' },
      ],
    },
  ],
  total: {
    id: 'total',
    label: 'total',
    method: 'sum',
    items: ['q1', 'q2', 'q3', 'q4', 'q5', 'q6'],
    min: 0,
    max: 10,
    missing: STRICT,
    bands: [
      { min: 0, max: 2, label: 'very low' },
      { min: 3, max: 4, label: 'low' },
      { min: 5, max: 5, label: 'medium' },
      { min: 6, max: 7, label: 'high' },
      { min: 8, max: 10, label: 'very high' },
    ],
  },
  flags: [],
  categories: [],
  safetyTriggers: [],
}

export const ftnd: Instrument = {
  ...ftndForm,
  name: 'Fagerstrom Test for Nicotine Dependence',
  construct: 'physical nicotine dependence (cigarettes)',
  administered: 'self',
  schedule: ['baseline if smoking', '6 months'],
  cutoffs: [
    {
      score: 'total',
      op: 'gte',
      value: 6,
      meaning: 'high nicotine dependence',
      sensitivity: null,
      specificity: null,
      source: 'Fagerstrom 1990; Heatherton 1991',
    },
  ],
  change: {
    score: 'total',
    response: null,
    remission: null,
    mcid: null,
    reliableChange: null,
    note: 'No size of change is published; to follow change, look at cigarettes a day.',
  },
  loinc: {
    panel: '62503-8',
    scores: {},
    status: 'checked in LOINC 2.68; PhenX nicotine dependence protocol panel; no total-score term found',
  },
  licence: {
    status: 'free-with-conditions',
    holder: 'Karl Fagerstrom',
    terms:
      'free for clinical and research use with citation; author asks to be named; commercial use on request',
    confidence: 'medium',
  },
  source:
    'Heatherton 1991; item values: BMJ Open table; LOINC items: 2.68 table; item structure and cut-offs to be compared with the official form at import',
  citations: [
    'Heatherton TF et al. Br J Addict 1991;86:1119-27',
    'Heatherton TF et al. Br J Addict 1989;84:791-9',
    'Fagerstrom KO, Heatherton TF, Kozlowski LT. Ear Nose Throat J 1990;69:763-5',
  ],
  notes: [
    'not for e-cigarette-only users (use PS-ECDI or e-FTCD)',
    'the Heaviness of Smoking Index is Heatherton 1989',
    'this wording is ours and has not been validated; import the official form where validity matters',
  ],
  confidence: 'high',
}
