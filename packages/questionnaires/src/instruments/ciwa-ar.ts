import type { Instrument, InstrumentForm } from '../instrument.ts'

export const ciwaArForm: InstrumentForm = {
  id: 'ciwa-ar',
  shortName: 'CIWA-Ar',
  version: '10 items, rated at the bedside',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'Rate what you see and what the person tells you now. Any whole number between the two ends may be used. Do not use this form when the person cannot answer you.',
  recall: { sentence: 'Rate how the person is now.', period: 'PT0S' },
  direction: 'higher-worse',
  items: [
    {
      id: 'q1',
      concept: 'nausea and vomiting',
      prompt:
        'Ask how sick to the stomach the person feels, and watch. At 1 they feel slightly sick; at 4 it comes in waves and they retch.',
      range: {
        min: 0,
        max: 7,
        step: 1,
        minLabel: 'Not sick at all',
        maxLabel: 'Sick all the time, with much retching and vomiting',
      },
      loinc: null,
    },
    {
      id: 'q2',
      concept: 'tremor',
      prompt:
        'Ask the person to hold out both arms with the fingers apart. At 1 you feel a tremor but do not see it; at 4 it is moderate.',
      range: {
        min: 0,
        max: 7,
        step: 1,
        minLabel: 'No tremor',
        maxLabel: 'Strong tremor even when the arms rest',
      },
      loinc: null,
    },
    {
      id: 'q3',
      concept: 'sweating',
      prompt: 'Look for sweat. At 1 the palms are just damp; at 4 drops stand on the forehead.',
      range: { min: 0, max: 7, step: 1, minLabel: 'No sweat to be seen', maxLabel: 'Soaked in sweat' },
      loinc: null,
    },
    {
      id: 'q4',
      concept: 'anxiety',
      prompt:
        'Ask how uneasy the person is, and watch. At 1 they are slightly uneasy; at 4 they are clearly anxious, or so guarded that you can tell.',
      range: { min: 0, max: 7, step: 1, minLabel: 'At ease', maxLabel: 'In panic' },
      loinc: null,
    },
    {
      id: 'q5',
      concept: 'agitation',
      prompt:
        'Watch how much the person moves. At 1 it is a little more than usual; at 4 they fidget and cannot settle.',
      range: {
        min: 0,
        max: 7,
        step: 1,
        minLabel: 'Moves as usual',
        maxLabel: 'Paces or throws themselves about without rest',
      },
      loinc: null,
    },
    {
      id: 'q6',
      concept: 'tactile disturbances',
      prompt:
        'Ask about itching, pins and needles, burning, numbness or crawling on the skin. Rate the strength from 1 to 3; from 4 the person feels touch that is not there.',
      range: {
        min: 0,
        max: 7,
        step: 1,
        minLabel: 'No odd feelings on the skin',
        maxLabel: 'Feels touch that is not there all the time',
      },
      loinc: null,
    },
    {
      id: 'q7',
      concept: 'auditory disturbances',
      prompt:
        'Ask whether sounds are harsh or frightening. Rate the strength from 1 to 3; from 4 the person hears what is not there.',
      range: {
        min: 0,
        max: 7,
        step: 1,
        minLabel: 'Sounds are as usual',
        maxLabel: 'Hears what is not there all the time',
      },
      loinc: null,
    },
    {
      id: 'q8',
      concept: 'visual disturbances',
      prompt:
        'Ask whether light is too bright or colors look wrong. Rate the strength from 1 to 3; from 4 the person sees what is not there.',
      range: {
        min: 0,
        max: 7,
        step: 1,
        minLabel: 'Light and colors are as usual',
        maxLabel: 'Sees what is not there all the time',
      },
      loinc: null,
    },
    {
      id: 'q9',
      concept: 'headache',
      prompt: 'Ask how strong an ache, pressure or tight band is in the head. Leave out dizziness.',
      range: {
        min: 0,
        max: 7,
        step: 1,
        minLabel: 'No ache in the head',
        maxLabel: 'The strongest ache there can be',
      },
      loinc: null,
    },
    {
      id: 'q10',
      concept: 'orientation and clouding',
      prompt:
        'Ask for the date, the place and who is here, and for a row of simple sums. Rate 1 when the sums or the date are shaky, 2 when the date is up to two days out, and 3 when it is further out.',
      range: {
        min: 0,
        max: 4,
        step: 1,
        minLabel: 'Knows the date, the place and the people, and can add up',
        maxLabel: 'Does not know the place or the people',
      },
      loinc: null,
    },
  ],
  subscales: [],
  total: {
    id: 'total',
    label: 'total',
    method: 'sum',
    items: ['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8', 'q9', 'q10'],
    min: 0,
    max: 67,
    missing: { rule: 'strict', source: 'bedside rating: all ten needed' },
    bands: [
      { min: 0, max: 9, label: 'mild (ASAM 2020)' },
      { min: 10, max: 18, label: 'moderate' },
      { min: 19, max: 67, label: 'severe' },
    ],
  },
  flags: [],
  categories: [],
  safetyTriggers: [
    {
      id: 'ciwa-severe',
      when: { score: 'total', gte: 19 },
      action: 'Start the emergency transfer pathway now. Do not give ketamine.',
      severity: 'critical',
    },
    {
      id: 'ciwa-moderate',
      when: { score: 'total', gte: 10 },
      action: 'Do not give ketamine. Start the withdrawal protocol of the clinic.',
      severity: 'warning',
    },
    {
      id: 'ciwa-hallucination',
      when: {
        any: [
          { item: 'q6', gte: 4 },
          { item: 'q7', gte: 4 },
          { item: 'q8', gte: 4 },
        ],
      },
      action: 'A doctor sees the person now: they may be having hallucinations.',
      severity: 'critical',
    },
  ],
}

export const ciwaAr: Instrument = {
  ...ciwaArForm,
  name: 'Clinical Institute Withdrawal Assessment for Alcohol, revised',
  construct: 'alcohol withdrawal severity',
  administered: 'clinician',
  schedule: ['intake if drinking in last 72 h', 'before dosing if recent stop', 'every 4-8 h in withdrawal'],
  cutoffs: [
    {
      score: 'total',
      op: 'gte',
      value: 8,
      meaning: 'start symptom-triggered medication in many protocols',
      sensitivity: null,
      specificity: null,
      source: 'Sullivan 1989; practice',
    },
    {
      score: 'total',
      op: 'gte',
      value: 10,
      meaning: 'moderate withdrawal',
      sensitivity: null,
      specificity: null,
      source: 'ASAM 2020',
    },
    {
      score: 'total',
      op: 'gte',
      value: 19,
      meaning: 'severe, complicated withdrawal risk',
      sensitivity: null,
      specificity: null,
      source: 'ASAM 2020',
    },
  ],
  change: {
    score: 'total',
    response: null,
    remission: null,
    mcid: null,
    reliableChange: null,
    note: 'No published size of meaningful change; repeat the rating and show the course.',
  },
  loinc: { panel: null, scores: {}, status: 'no term found in LOINC 2.68; use a local code' },
  licence: {
    status: 'public-domain',
    holder: 'Sullivan JT et al. (Addiction Research Foundation)',
    terms: 'authors state the scale is not copyrighted and may be used freely (1989)',
    confidence: 'high',
  },
  source:
    'Sullivan 1989; range and licence: CamCOPS; bands: ASAM 2020; older bands: CamCOPS; item structure and cut-offs to be compared with the official form at import',
  citations: [
    'Sullivan JT et al. Br J Addict 1989;84:1353-7',
    'ASAM Clinical Practice Guideline on Alcohol Withdrawal Management 2020',
  ],
  notes: [
    'published anchors sit at 0,1,4,7 for items 1-5; any integer may be used',
    'items 6-9 have eight anchored grades',
    'older bands: under 8 minimal, 8-15 moderate, over 15 severe; make the band set configurable',
    'not for people who cannot answer',
    'this wording is ours and has not been validated; import the official form where validity matters',
  ],
  confidence: 'high',
}
