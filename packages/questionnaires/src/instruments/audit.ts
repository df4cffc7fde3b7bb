import type { Condition, Instrument, InstrumentForm } from '../instrument.ts'

const HOW_OFTEN = [
  { value: 0, label: 'Never' },
  { value: 1, label: 'Less than once a month' },
  { value: 2, label: 'About once a month' },
  { value: 3, label: 'About once a week' },
  { value: 4, label: 'Every day or almost every day' },
]
const EVER = [
  { value: 0, label: 'No' },
  { value: 2, label: 'Yes, but longer than a year ago' },
  { value: 4, label: 'Yes, within the past year' },
]
const STRICT = {
  rule: 'strict',
  source: 'no published rule found; no score when an answer is missing',
} as const
const DOES_NOT_DRINK: Condition = { item: 'q1', eq: 0 }
/** Skip-out of the WHO manual: nobody is asked about harm who does not drink, or drinks little and never much. */
const DRINKS_LITTLE: Condition = {
  any: [
    DOES_NOT_DRINK,
    {
      all: [
        { item: 'q2', eq: 0 },
        { item: 'q3', eq: 0 },
      ],
    },
  ],
}

export const auditForm: InstrumentForm = {
  id: 'audit',
  shortName: 'AUDIT',
  version: '10 items, WHO 2001',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'These questions are about alcohol. Your answers help to plan your care. You can leave a question open and come back to it. One drink here means 14 grams of pure alcohol: 12 oz of beer (5%), 5 oz of wine (12%) or 1.5 oz of liquor (40%).',
  recall: {
    sentence: 'Please think about the past year. The last two questions are about your whole life.',
    period: 'P1Y',
  },
  direction: 'higher-worse',
  items: [
    {
      id: 'q1',
      concept: 'frequency of drinking',
      prompt: 'How often do you drink alcohol?',
      values: [
        { value: 0, label: 'Never' },
        { value: 1, label: 'Once a month or less' },
        { value: 2, label: '2 to 4 times a month' },
        { value: 3, label: '2 or 3 times a week' },
        { value: 4, label: '4 times a week or more' },
      ],
      loinc: '68518-0',
    },
    {
      id: 'q2',
      concept: 'drinks on a typical drinking day',
      prompt: 'When you do drink, what is your usual number of drinks for the day?',
      values: [
        { value: 0, label: '1 or 2' },
        { value: 1, label: '3 or 4' },
        { value: 2, label: '5 or 6' },
        { value: 3, label: '7 to 9' },
        { value: 4, label: '10 or more' },
      ],
      skipIf: DOES_NOT_DRINK,
      loinc: '68519-8',
    },
    {
      id: 'q3',
      concept: 'frequency of six or more drinks',
      prompt: 'How often did one sitting come to 6 drinks or more?',
      values: HOW_OFTEN,
      skipIf: DOES_NOT_DRINK,
      loinc: '68520-6',
    },
    {
      id: 'q4',
      concept: 'unable to stop once started',
      prompt: 'How often did you begin to drink and then could not stop?',
      values: HOW_OFTEN,
      skipIf: DRINKS_LITTLE,
      loinc: '97734-8',
    },
    {
      id: 'q5',
      concept: 'failed expectations because of drinking',
      prompt:
        'How often did drinking keep you from things that people count on you for, at work, at school or at home?',
      values: HOW_OFTEN,
      skipIf: DRINKS_LITTLE,
      loinc: '97735-5',
    },
    {
      id: 'q6',
      concept: 'morning drink to get going',
      prompt: 'How often did you drink in the morning to get going, the day after you drank a lot?',
      values: HOW_OFTEN,
      skipIf: DRINKS_LITTLE,
      loinc: '97736-3',
    },
    {
      id: 'q7',
      concept: 'guilt or remorse',
      prompt: 'How often did you blame yourself, or feel sorry, because you drank?',
      values: HOW_OFTEN,
      skipIf: DRINKS_LITTLE,
      loinc: '97737-1',
    },
    {
      id: 'q8',
      concept: 'memory gap for night before',
      prompt: 'How often did drinking leave you with a blank where part of the evening should be?',
      values: HOW_OFTEN,
      skipIf: DRINKS_LITTLE,
      loinc: '97738-9',
    },
    {
      id: 'q9',
      concept: 'injury to self or other from drinking',
      prompt: 'Did anyone ever get hurt because you drank? Please count yourself too.',
      values: EVER,
      loinc: '97739-7',
    },
    {
      id: 'q10',
      concept: 'others concerned about drinking',
      prompt:
        'Did people close to you, or a nurse or doctor, ever worry that you drink too much? It counts too if they asked you to drink less.',
      values: EVER,
      loinc: '97740-5',
    },
  ],
  subscales: [
    {
      id: 'consumption',
      label: 'consumption',
      method: 'sum',
      items: ['q1', 'q2', 'q3'],
      min: 0,
      max: 12,
      missing: STRICT,
    },
    {
      id: 'dependence',
      label: 'dependence',
      method: 'sum',
      items: ['q4', 'q5', 'q6'],
      min: 0,
      max: 12,
      missing: STRICT,
    },
    {
      id: 'harm',
      label: 'harm',
      method: 'sum',
      items: ['q7', 'q8', 'q9', 'q10'],
      min: 0,
      max: 16,
      missing: STRICT,
    },
  ],
  total: {
    id: 'total',
    label: 'total',
    method: 'sum',
    items: ['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8', 'q9', 'q10'],
    min: 0,
    max: 40,
    missing: {
      rule: 'strict',
      source: 'the WHO manual has skip-outs (skipped items count 0) and no prorating',
    },
    bands: [
      { min: 0, max: 7, label: 'zone I: low risk' },
      { min: 8, max: 15, label: 'zone II: hazardous' },
      { min: 16, max: 19, label: 'zone III: harmful' },
      { min: 20, max: 40, label: 'zone IV: possible dependence' },
    ],
  },
  flags: [
    {
      id: 'dependenceSign',
      label: 'dependence subscale at or above 4',
      when: { score: 'dependence', gte: 4 },
    },
  ],
  categories: [],
  safetyTriggers: [],
}

export const audit: Instrument = {
  ...auditForm,
  name: 'Alcohol Use Disorders Identification Test',
  construct: 'hazardous and harmful alcohol use',
  administered: 'self',
  schedule: ['baseline', '6 months', '12 months'],
  cutoffs: [
    {
      score: 'total',
      op: 'gte',
      value: 8,
      meaning: 'hazardous or harmful drinking',
      sensitivity: 0.92,
      specificity: 0.94,
      source: 'Saunders 1993',
    },
    {
      score: 'total',
      op: 'gte',
      value: 7,
      meaning: 'other cut-off for women and for adults over 65',
      sensitivity: null,
      specificity: null,
      source: 'WHO AUDIT manual 2001',
    },
    {
      score: 'total',
      op: 'gte',
      value: 16,
      meaning: 'brief counselling and continued monitoring',
      sensitivity: null,
      specificity: null,
      source: 'WHO AUDIT manual 2001',
    },
    {
      score: 'total',
      op: 'gte',
      value: 20,
      meaning: 'assessment for dependence',
      sensitivity: null,
      specificity: null,
      source: 'WHO AUDIT manual 2001',
    },
    {
      score: 'dependence',
      op: 'gte',
      value: 4,
      meaning: 'emerging alcohol dependence (items 4 to 6)',
      sensitivity: null,
      specificity: null,
      source: 'WHO AUDIT manual 2001 and common practice',
    },
  ],
  change: {
    score: 'total',
    response: null,
    remission: null,
    mcid: null,
    reliableChange: null,
    note: 'A recall of one year hides early change; use the drinking calendar for outcome.',
  },
  loinc: { panel: '72110-0', scores: { total: '75624-7' }, status: 'checked in LOINC 2.80' },
  licence: {
    status: 'free-with-conditions',
    holder: 'World Health Organization',
    terms:
      'may be reproduced and used free of charge, not for sale or commercial purposes (2001 manual); credit WHO. Only the scoring is used here, the wording is ours',
    confidence: 'high',
  },
  source:
    'Babor 2001 (WHO manual); item structure and cut-offs to be compared with the official form at import',
  citations: [
    'Saunders JB et al. Addiction 1993;88:791-804',
    'Babor TF et al. AUDIT: Guidelines for use in primary care, 2nd ed. WHO/MSD/MSB/01.6a, 2001',
    'Reinert DF, Allen JP. Alcohol Clin Exp Res 2007;31:185-99',
  ],
  notes: [
    'answer 0 to question 1 leads to question 9; answers 0 to both 2 and 3 lead to question 9',
    'WHO assumes a drink of 10 g (Babor 2001); this edition is read in the United States and states the US drink of 14 g (NIAAA), as BAM-R and the calendar do. The counts stay those of WHO, so 6 drinks are 84 g and not 60 g and the same drinking can score a little lower: read results and cut-offs with that; the USAUDIT is another instrument',
    'this wording is ours and has not been validated; import the official form where validity matters',
  ],
  confidence: 'high',
}
