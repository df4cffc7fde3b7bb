import type { Instrument, InstrumentForm } from '../instrument.ts'

export const rassForm: InstrumentForm = {
  id: 'rass',
  shortName: 'RASS',
  version: '10 levels, -5 to +4',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'Look first, then speak, then touch, and choose the level that fits what you see. The target is 0.',
  recall: { sentence: 'Please rate how the person is now.', period: 'PT0S' },
  direction: '0 is target',
  items: [
    {
      id: 'q1',
      concept: 'level',
      prompt: 'What level of alertness or unrest do you see?',
      values: [
        { value: -5, label: 'No response to voice or touch' },
        { value: -4, label: 'No response to voice, some to touch' },
        { value: -3, label: 'Some response to voice, but no eye contact' },
        { value: -2, label: 'Wakes to voice, eye contact under 10 seconds' },
        { value: -1, label: 'Drowsy, but eye contact for 10 seconds or more' },
        { value: 0, label: 'Awake and calm' },
        { value: 1, label: 'Uneasy, but gentle' },
        { value: 2, label: 'Keeps moving without aim' },
        { value: 3, label: 'Pulls at lines, or threatens' },
        { value: 4, label: 'Attacks, or is a danger to others' },
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
    min: -5,
    max: 4,
    missing: {
      rule: 'strict',
      source: 'no published rule found; no score when an answer is missing',
    },
    bands: [
      { min: -5, max: -4, label: 'deep or unarousable' },
      { min: -3, max: -3, label: 'moderate sedation' },
      { min: -2, max: -1, label: 'light sedation or drowsy' },
      { min: 0, max: 0, label: 'alert and calm' },
      { min: 1, max: 1, label: 'restless' },
      { min: 2, max: 4, label: 'agitated' },
    ],
  },
  flags: [],
  categories: [],
  safetyTriggers: [
    {
      id: 'rass-deep',
      when: { item: 'q1', lte: -4 },
      action: 'Open the airway, give oxygen and call for help at once.',
      severity: 'critical',
    },
    {
      id: 'rass-agitated',
      when: { item: 'q1', gte: 2 },
      action:
        'Calm the situation and keep the person and others safe. Consider rescue medication with the physician.',
      severity: 'critical',
    },
  ],
}

export const rass: Instrument = {
  ...rassForm,
  name: 'Richmond Agitation-Sedation Scale',
  construct: 'agitation and sedation',
  administered: 'observer',
  schedule: ['every 15 min after dose (with or instead of MOAA/S)'],
  cutoffs: [],
  change: {
    score: 'total',
    response: null,
    remission: null,
    mcid: null,
    reliableChange: null,
    note: 'Not a measure of change; each rating is compared with the target of 0.',
  },
  loinc: { panel: null, scores: {}, status: 'no term found in LOINC 2.68; use a local code' },
  licence: {
    status: 'free-with-conditions',
    holder: 'Sessler CN et al.; ATS 2002',
    terms: 'widely used with citation',
    confidence: 'medium',
  },
  source:
    'Sessler 2002; levels seen in an openEHR archetype; item structure and cut-offs to be compared with the official form at import',
  citations: ['Sessler CN et al. Am J Respir Crit Care Med 2002;166:1338-44'],
  notes: [
    'a level of -3 sets off no alarm here, while MOAA/S 3 or less is a warning sign: read the two side by side',
    'this wording is ours and has not been validated; import the official form where validity matters',
  ],
  confidence: 'high',
}
