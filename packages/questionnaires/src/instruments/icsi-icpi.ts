import type { Instrument, InstrumentForm } from '../instrument.ts'

const STRICT = {
  rule: 'strict',
  source: 'no published rule found; no score when an answer is missing',
} as const

export const icsiIcpiForm: InstrumentForm = {
  id: 'icsi-icpi',
  shortName: 'ICSI/ICPI',
  version: '4 symptom and 4 problem items, past month',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'These questions are about your bladder. We ask so that trouble is seen early and can be treated. There are no right or wrong answers, and you can leave a question open.',
  recall: { sentence: 'Please think about the past month, up to today.', period: 'P1M' },
  direction: 'higher-worse',
  items: [
    {
      id: 's1',
      concept: 'strong urge without warning',
      prompt:
        'How often did you have to urinate at once, before you saw it coming? 1 is seldom, 2 is less than half of the time, 3 is about half and 4 is more than half.',
      range: { min: 0, max: 5, step: 1, minLabel: 'Never', maxLabel: 'Almost each time' },
      loinc: null,
    },
    {
      id: 's2',
      concept: 'urinating again within 2 hours',
      prompt:
        'How often did you need to urinate again before two hours were over? 1 is seldom, 2 is less than half of the time, 3 is about half and 4 is more than half.',
      range: { min: 0, max: 5, step: 1, minLabel: 'Never', maxLabel: 'Almost each time' },
      loinc: null,
    },
    {
      id: 's3',
      concept: 'night-time urination',
      prompt: 'How many times did you get up to urinate in a usual night?',
      range: { min: 0, max: 5, step: 1, minLabel: 'Not once', maxLabel: '5 times or more' },
      loinc: null,
    },
    {
      id: 's4',
      concept: 'pain or burning in bladder',
      prompt:
        'How often did your bladder hurt or sting? 1 is hardly ever, 2 is now and then, 3 is often and 4 is most of the time.',
      range: { min: 0, max: 5, step: 1, minLabel: 'Never', maxLabel: 'Almost all the time' },
      loinc: null,
    },
    {
      id: 'p1',
      concept: 'bother: daytime frequency',
      prompt:
        'How much did it trouble you to urinate so often by day? 1 is a little, 2 is somewhat and 3 is a lot.',
      range: { min: 0, max: 4, step: 1, minLabel: 'Not at all', maxLabel: 'Very much' },
      loinc: null,
    },
    {
      id: 'p2',
      concept: 'bother: night-time urination',
      prompt:
        'How much did it trouble you to get up at night to urinate? 1 is a little, 2 is somewhat and 3 is a lot.',
      range: { min: 0, max: 4, step: 1, minLabel: 'Not at all', maxLabel: 'Very much' },
      loinc: null,
    },
    {
      id: 'p3',
      concept: 'bother: urge',
      prompt:
        'How much did it trouble you that you had to go at once? 1 is a little, 2 is somewhat and 3 is a lot.',
      range: { min: 0, max: 4, step: 1, minLabel: 'Not at all', maxLabel: 'Very much' },
      loinc: null,
    },
    {
      id: 'p4',
      concept: 'bother: pain',
      prompt:
        'How much did a sore, stinging or tight bladder trouble you? 1 is a little, 2 is somewhat and 3 is a lot.',
      range: { min: 0, max: 4, step: 1, minLabel: 'Not at all', maxLabel: 'Very much' },
      loinc: null,
    },
  ],
  subscales: [
    {
      id: 'icsi',
      label: 'symptom index',
      method: 'sum',
      items: ['s1', 's2', 's3', 's4'],
      min: 0,
      max: 20,
      missing: STRICT,
    },
    {
      id: 'icpi',
      label: 'problem index',
      method: 'sum',
      items: ['p1', 'p2', 'p3', 'p4'],
      min: 0,
      max: 16,
      missing: STRICT,
    },
  ],
  total: {
    id: 'total',
    label: 'total',
    method: 'sum',
    items: ['s1', 's2', 's3', 's4', 'p1', 'p2', 'p3', 'p4'],
    min: 0,
    max: 36,
    missing: STRICT,
  },
  flags: [],
  categories: [],
  safetyTriggers: [],
}

export const icsiIcpi: Instrument = {
  ...icsiIcpiForm,
  name: "O'Leary-Sant Interstitial Cystitis Symptom and Problem Indices",
  construct: 'bladder symptoms and bother',
  administered: 'self',
  schedule: ['fallback if BPIC-SS licence is not held'],
  cutoffs: [
    {
      score: 'icsi',
      op: 'gte',
      value: 6,
      meaning: 'screen positive with icpi >= 6 (some studies 5/7)',
      sensitivity: null,
      specificity: null,
      source: "O'Leary 1997 and later; from knowledge",
    },
  ],
  change: {
    score: 'total',
    response: null,
    remission: null,
    mcid: null,
    reliableChange: null,
    note: 'No agreed size of meaningful change; follow the two indices side by side.',
  },
  loinc: { panel: null, scores: {}, status: 'no term found in LOINC 2.68; use a local code' },
  licence: {
    status: 'free-with-conditions',
    holder: "O'Leary MP, Sant GR",
    terms: 'published; free clinical use with citation',
    confidence: 'medium',
  },
  source:
    "O'Leary 1997; maxima 20 and 16 seen in a clinical page; item structure and cut-offs to be compared with the official form at import",
  citations: [
    "O'Leary MP et al. Urology 1997;49(5A Suppl):58-63",
    'Lubeck DP et al. Urology 2001;57(6 Suppl 1):62-6',
  ],
  notes: [
    '2025 consensus (PMID 40621808) suggests GUPI or PUF for practice; none is validated for ketamine cystitis specifically',
    'each of the values 1 to 4 has words of its own in the official form; compare item s4 with care, its list of values is not the same in all prints',
    'this wording is ours and has not been validated; import the official form where validity matters',
  ],
  confidence: 'medium',
}
