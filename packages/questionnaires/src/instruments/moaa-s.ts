import type { Instrument, InstrumentForm } from '../instrument.ts'

export const moaaSForm: InstrumentForm = {
  id: 'moaa-s',
  shortName: 'MOAA/S',
  version: '1 item, 0 to 5, right now',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'Say the name in a normal voice first. Go on to a louder voice, a gentle shake and then a squeeze of the shoulder muscle only if there is no response. Rate the mildest of these that works.',
  recall: { sentence: 'Please rate how it is right now.', period: 'PT0S' },
  direction: 'higher-better',
  items: [
    {
      id: 'q1',
      concept: 'responsiveness',
      prompt: 'Rate how the person responds to voice and touch.',
      values: [
        { value: 0, label: 'No response, even to a painful squeeze' },
        { value: 1, label: 'Responds to a painful squeeze only' },
        { value: 2, label: 'Responds to a gentle shake only' },
        { value: 3, label: 'Responds only when the name is loud or said again' },
        { value: 4, label: 'Slow to respond to the name in a normal voice' },
        { value: 5, label: 'Responds at once to the name in a normal voice' },
      ],
      loinc: null,
    },
  ],
  subscales: [],
  total: {
    id: 'total',
    label: 'total',
    method: 'single',
    items: ['q1'],
    min: 0,
    max: 5,
    missing: {
      rule: 'strict',
      source: 'no published rule found; project default is no score when an item is missing',
    },
    bands: [
      { min: 0, max: 0, label: 'unresponsive' },
      { min: 1, max: 1, label: 'deep' },
      { min: 2, max: 3, label: 'moderate' },
      { min: 4, max: 4, label: 'mild' },
      { min: 5, max: 5, label: 'awake' },
    ],
  },
  flags: [],
  categories: [],
  safetyTriggers: [
    {
      id: 'moaas-deep',
      when: { item: 'q1', lte: 1 },
      action: 'Open the airway, give oxygen and call for help at once.',
      severity: 'critical',
    },
    {
      id: 'moaas-moderate',
      when: { item: 'q1', lte: 3 },
      action: 'Give no further dose and watch the person all the time. Tell the clinician in charge.',
      severity: 'warning',
    },
  ],
}

export const moaaS: Instrument = {
  ...moaaSForm,
  name: "Modified Observer's Assessment of Alertness/Sedation",
  construct: 'sedation',
  administered: 'observer',
  schedule: ['every 15 min from dose until 5 twice in a row'],
  cutoffs: [
    {
      score: 'total',
      op: 'lte',
      value: 3,
      meaning: 'moderate or greater sedation',
      sensitivity: null,
      specificity: null,
      source: 'esketamine phase 3 definition',
    },
  ],
  change: {
    score: 'total',
    response: null,
    remission: null,
    mcid: null,
    reliableChange: null,
    note: 'No size of change is published; look at the course of the session.',
  },
  loinc: { panel: null, scores: {}, status: 'no term found in LOINC 2.68; use a local code' },
  licence: {
    status: 'public-domain',
    holder: 'Chernik DA et al. 1990',
    terms: 'published scale in general clinical use',
    confidence: 'medium',
  },
  source:
    'Chernik 1990; <=3 moderate: J&J medical information; item structure and cut-offs to be compared with the official form at import',
  citations: [
    'Chernik DA et al. J Clin Psychopharmacol 1990;10:244-51',
    'Spravato prescribing information; J&J medical information 2024',
  ],
  notes: [
    'the squeeze is of the trapezius muscle',
    'this wording is ours and has not been validated; import the official form where validity matters',
  ],
  confidence: 'high',
}
