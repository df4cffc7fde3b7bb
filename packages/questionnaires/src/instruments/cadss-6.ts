import type { Instrument, InstrumentForm } from '../instrument.ts'

const STRENGTH = [
  { value: 0, label: 'Not at all' },
  { value: 1, label: 'A little' },
  { value: 2, label: 'Clearly' },
  { value: 3, label: 'Strongly' },
  { value: 4, label: 'Overwhelmingly' },
]

export const cadss6Form: InstrumentForm = {
  id: 'cadss-6',
  shortName: 'CADSS-6',
  version: '6 of the 23 items, right now',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'Ask about each point in calm words of your own, and rate what the person tells you. These effects are expected and pass. Do not press for an answer.',
  recall: { sentence: 'Rate how the person is right now.', period: 'PT0S' },
  direction: 'higher-worse',
  items: [
    {
      id: 'q1',
      concept: 'time in slow motion',
      prompt: 'Rate how much time has slowed down for the person.',
      values: STRENGTH,
      loinc: null,
    },
    {
      id: 'q2',
      concept: 'surroundings unreal or dreamlike',
      prompt: 'Rate how far the room seems not real, or like a dream, to the person.',
      values: STRENGTH,
      loinc: null,
    },
    {
      id: 'q6',
      concept: 'disconnected from body',
      prompt: 'Rate how cut off the person is from their own body.',
      values: STRENGTH,
      loinc: null,
    },
    {
      id: 'q7',
      concept: 'body feels changed',
      prompt: 'Rate how different the body is for the person, such as in size, shape or weight.',
      values: STRENGTH,
      loinc: null,
    },
    {
      id: 'q15',
      concept: 'spacing out',
      prompt: 'Rate how often the person drifts off and loses the thread.',
      values: STRENGTH,
      loinc: null,
    },
    {
      id: 'q22',
      concept: 'memory gaps',
      prompt: 'Rate how much is missing when the person recalls the session so far.',
      values: STRENGTH,
      loinc: null,
    },
  ],
  subscales: [],
  total: {
    id: 'total',
    label: 'total',
    method: 'sum',
    items: ['q1', 'q2', 'q6', 'q7', 'q15', 'q22'],
    min: 0,
    max: 24,
    missing: {
      rule: 'strict',
      source: 'no published rule found; no score when an answer is missing',
    },
  },
  flags: [],
  categories: [],
  safetyTriggers: [],
}

export const cadss6: Instrument = {
  ...cadss6Form,
  name: 'CADSS 6-item short form for ketamine',
  construct: 'acute dissociation',
  administered: 'clinician',
  schedule: ['+40 min', 'pre-discharge'],
  cutoffs: [],
  change: {
    score: 'total',
    response: null,
    remission: null,
    mcid: null,
    reliableChange: null,
    note: 'No published size of meaningful change; show the course within the session.',
  },
  loinc: { panel: null, scores: {}, status: 'no term found in LOINC 2.68; use a local code' },
  licence: {
    status: 'permission-needed',
    holder: 'J. Douglas Bremner; short form Rodrigues NB et al.',
    terms: 'as CADSS',
    confidence: 'medium',
  },
  source:
    'Rodrigues 2021 (PMID 33418362): items 1, 2, 6, 7, 15, 22 and correlations; item structure and cut-offs to be compared with the official form at import',
  citations: ['Rodrigues NB et al. J Affect Disord 2021;282:160-4 (PMID 33418362)'],
  notes: [
    'items keep the numbers of the 23-item form',
    'Spearman 0.91-0.95 with the full total; no cut-off published; validated retrospectively only',
    'only scoring facts and our own concepts are here; the official form needs permission and is imported by the clinic; this wording is ours and has not been validated',
  ],
  confidence: 'high',
}
