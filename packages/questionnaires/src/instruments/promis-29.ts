import type { Instrument, InstrumentForm } from '../instrument.ts'

const STRICT = {
  rule: 'strict',
  source:
    'PROMIS manual: 4-item short forms need all items for raw-sum scoring; HealthMeasures Scoring Service can score partial response patterns',
} as const

/** Each answer runs from 1 to 5. Low is good for symptoms, high is good for function and social roles. */
const STEPS = { min: 1, max: 5, step: 1 } as const
const ABILITY = { ...STEPS, minLabel: 'I cannot do it', maxLabel: 'With ease' }
const HOW_OFTEN = { ...STEPS, minLabel: 'Never', maxLabel: 'Always' }
const HOW_SELDOM = { ...STEPS, minLabel: 'Always', maxLabel: 'Never' }
const HOW_MUCH = { ...STEPS, minLabel: 'Not at all', maxLabel: 'Very much' }
const HOW_BADLY = { ...STEPS, minLabel: 'Very well', maxLabel: 'Very badly' }
const HOW_UNRESTED = { ...STEPS, minLabel: 'Very rested', maxLabel: 'Not rested at all' }

export const promis29Form: InstrumentForm = {
  id: 'promis-29',
  shortName: 'PROMIS-29',
  version: '2.1',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'These questions are about your health in daily life. There are no right or wrong answers. You can leave a question open and come back to it.',
  recall: {
    sentence:
      'Please think about the past 7 days. The questions on what you can do, and on doing things with others, have no time window.',
    period: 'P7D',
  },
  direction: 'per domain',
  items: [
    {
      id: 'physicalFunction1',
      concept: 'physical function: heavy housework or garden work',
      prompt:
        'How well can you do heavy work at home, such as mopping a floor or raking leaves? 2 is very hard, 3 is somewhat hard and 4 is a little hard.',
      range: ABILITY,
      loinc: null,
    },
    {
      id: 'physicalFunction2',
      concept: 'physical function: stairs',
      prompt:
        'How well can you take a flight of stairs, up and back down, without slowing? 2 is very hard, 3 is somewhat hard and 4 is a little hard.',
      range: ABILITY,
      loinc: null,
    },
    {
      id: 'physicalFunction3',
      concept: 'physical function: walking for 15 minutes',
      prompt:
        'How well can you go on foot for a quarter of an hour? 2 is very hard, 3 is somewhat hard and 4 is a little hard.',
      range: ABILITY,
      loinc: null,
    },
    {
      id: 'physicalFunction4',
      concept: 'physical function: shopping and errands',
      prompt:
        'How well can you get out to stores or do small jobs in town? 2 is very hard, 3 is somewhat hard and 4 is a little hard.',
      range: ABILITY,
      loinc: null,
    },
    {
      id: 'anxiety1',
      concept: 'anxiety: fear',
      prompt: 'How often were you afraid? 2 is seldom, 3 is at times and 4 is often.',
      range: HOW_OFTEN,
      loinc: null,
    },
    {
      id: 'anxiety2',
      concept: 'anxiety: no room for other thoughts',
      prompt:
        'How often did fear or worry crowd out all other thoughts? 2 is seldom, 3 is at times and 4 is often.',
      range: HOW_OFTEN,
      loinc: null,
    },
    {
      id: 'anxiety3',
      concept: 'anxiety: worry too great to bear',
      prompt:
        'How often was your worry more than you could cope with? 2 is seldom, 3 is at times and 4 is often.',
      range: HOW_OFTEN,
      loinc: null,
    },
    {
      id: 'anxiety4',
      concept: 'anxiety: unease',
      prompt:
        'How often did you sense that something was not right, and could not settle? 2 is seldom, 3 is at times and 4 is often.',
      range: HOW_OFTEN,
      loinc: null,
    },
    {
      id: 'depression1',
      concept: 'depression: worthlessness',
      prompt:
        'How often did you think you were of no use or value? 2 is seldom, 3 is at times and 4 is often.',
      range: HOW_OFTEN,
      loinc: null,
    },
    {
      id: 'depression2',
      concept: 'depression: helplessness',
      prompt:
        'How often did you think there was nothing you could do to change things? 2 is seldom, 3 is at times and 4 is often.',
      range: HOW_OFTEN,
      loinc: null,
    },
    {
      id: 'depression3',
      concept: 'depression: low mood',
      prompt: 'How often were you low or sad? 2 is seldom, 3 is at times and 4 is often.',
      range: HOW_OFTEN,
      loinc: null,
    },
    {
      id: 'depression4',
      concept: 'depression: hopelessness',
      prompt: 'How often did you see nothing good ahead? 2 is seldom, 3 is at times and 4 is often.',
      range: HOW_OFTEN,
      loinc: null,
    },
    {
      id: 'fatigue1',
      concept: 'fatigue: present',
      prompt: 'How much did you notice that you were tired? 2 is a little, 3 is somewhat and 4 is a lot.',
      range: HOW_MUCH,
      loinc: null,
    },
    {
      id: 'fatigue2',
      concept: 'fatigue: trouble getting started',
      prompt:
        'How much did tiredness keep you from getting going? 2 is a little, 3 is somewhat and 4 is a lot.',
      range: HOW_MUCH,
      loinc: null,
    },
    {
      id: 'fatigue3',
      concept: 'fatigue: run down, on average',
      prompt:
        'Taking all days together, how drained of strength were you? 2 is a little, 3 is somewhat and 4 is a lot.',
      range: HOW_MUCH,
      loinc: null,
    },
    {
      id: 'fatigue4',
      concept: 'fatigue: tired, on average',
      prompt: 'Taking all days together, how tired were you? 2 is a little, 3 is somewhat and 4 is a lot.',
      range: HOW_MUCH,
      loinc: null,
    },
    {
      id: 'sleepDisturbance1',
      concept: 'sleep disturbance: quality of sleep',
      prompt: 'How well or badly did you sleep? 2 is well, 3 is fair and 4 is badly.',
      range: HOW_BADLY,
      loinc: null,
    },
    {
      id: 'sleepDisturbance2',
      concept: 'sleep disturbance: refreshing sleep, most rested = 1',
      prompt:
        'How rested were you after a night of sleep? 2 is mostly rested, 3 is somewhat and 4 is a little.',
      range: HOW_UNRESTED,
      loinc: null,
    },
    {
      id: 'sleepDisturbance3',
      concept: 'sleep disturbance: sleep as a problem',
      prompt: 'How much trouble did your sleep give you? 2 is a little, 3 is somewhat and 4 is a lot.',
      range: HOW_MUCH,
      loinc: null,
    },
    {
      id: 'sleepDisturbance4',
      concept: 'sleep disturbance: falling asleep',
      prompt: 'How hard was it to get to sleep at night? 2 is a little, 3 is somewhat and 4 is a lot.',
      range: HOW_MUCH,
      loinc: null,
    },
    {
      id: 'socialRoles1',
      concept: 'ability to take part in social roles: leisure with others',
      prompt:
        'How often is it hard to join others in sports, games or other fun? 2 is often, 3 is at times and 4 is seldom.',
      range: HOW_SELDOM,
      loinc: null,
    },
    {
      id: 'socialRoles2',
      concept: 'ability to take part in social roles: family',
      prompt:
        'How often is it hard to do things with your family that matter to you? 2 is often, 3 is at times and 4 is seldom.',
      range: HOW_SELDOM,
      loinc: null,
    },
    {
      id: 'socialRoles3',
      concept: 'ability to take part in social roles: work',
      prompt:
        'How often is it hard to get your work done, at a job or at home? 2 is often, 3 is at times and 4 is seldom.',
      range: HOW_SELDOM,
      loinc: null,
    },
    {
      id: 'socialRoles4',
      concept: 'ability to take part in social roles: friends',
      prompt:
        'How often is it hard to do the things you like with friends? 2 is often, 3 is at times and 4 is seldom.',
      range: HOW_SELDOM,
      loinc: null,
    },
    {
      id: 'painInterference1',
      concept: 'pain interference: daily life',
      prompt:
        'How much did pain hold you back in an ordinary day? 2 is a little, 3 is somewhat and 4 is a lot.',
      range: HOW_MUCH,
      loinc: null,
    },
    {
      id: 'painInterference2',
      concept: 'pain interference: work around the home',
      prompt:
        'How much did pain slow your work in or around your home? 2 is a little, 3 is somewhat and 4 is a lot.',
      range: HOW_MUCH,
      loinc: null,
    },
    {
      id: 'painInterference3',
      concept: 'pain interference: social life',
      prompt:
        'How much did pain keep you from meeting or joining other people? 2 is a little, 3 is somewhat and 4 is a lot.',
      range: HOW_MUCH,
      loinc: null,
    },
    {
      id: 'painInterference4',
      concept: 'pain interference: chores',
      prompt:
        'How much did pain make sweeping, cooking or washing harder? 2 is a little, 3 is somewhat and 4 is a lot.',
      range: HOW_MUCH,
      loinc: null,
    },
    {
      id: 'painIntensity',
      concept: 'average pain',
      prompt: 'How strong was your pain, taking all days together?',
      range: { min: 0, max: 10, step: 1, minLabel: 'No pain', maxLabel: 'The worst pain I can think of' },
      loinc: null,
    },
  ],
  subscales: [
    {
      id: 'physicalFunction',
      label: 'physical function raw (higher-better)',
      method: 'sum',
      items: ['physicalFunction1', 'physicalFunction2', 'physicalFunction3', 'physicalFunction4'],
      min: 4,
      max: 20,
      missing: STRICT,
    },
    {
      id: 'anxiety',
      label: 'anxiety raw (higher-worse)',
      method: 'sum',
      items: ['anxiety1', 'anxiety2', 'anxiety3', 'anxiety4'],
      min: 4,
      max: 20,
      missing: STRICT,
    },
    {
      id: 'depression',
      label: 'depression raw (higher-worse)',
      method: 'sum',
      items: ['depression1', 'depression2', 'depression3', 'depression4'],
      min: 4,
      max: 20,
      missing: STRICT,
    },
    {
      id: 'fatigue',
      label: 'fatigue raw (higher-worse)',
      method: 'sum',
      items: ['fatigue1', 'fatigue2', 'fatigue3', 'fatigue4'],
      min: 4,
      max: 20,
      missing: STRICT,
    },
    {
      id: 'sleepDisturbance',
      label: 'sleep disturbance raw (higher-worse)',
      method: 'sum',
      items: ['sleepDisturbance1', 'sleepDisturbance2', 'sleepDisturbance3', 'sleepDisturbance4'],
      min: 4,
      max: 20,
      missing: STRICT,
    },
    {
      id: 'socialRoles',
      label: 'ability to take part in social roles raw (higher-better)',
      method: 'sum',
      items: ['socialRoles1', 'socialRoles2', 'socialRoles3', 'socialRoles4'],
      min: 4,
      max: 20,
      missing: STRICT,
    },
    {
      id: 'painInterference',
      label: 'pain interference raw (higher-worse)',
      method: 'sum',
      items: ['painInterference1', 'painInterference2', 'painInterference3', 'painInterference4'],
      min: 4,
      max: 20,
      missing: STRICT,
    },
    {
      id: 'pain',
      label: 'pain',
      method: 'single',
      items: ['painIntensity'],
      min: 0,
      max: 10,
      missing: {
        rule: 'strict',
        source: 'no published rule found; project default is no score when an item is missing',
      },
    },
  ],
  total: null,
  flags: [],
  categories: [],
  safetyTriggers: [],
}

export const promis29: Instrument = {
  ...promis29Form,
  name: 'PROMIS-29 Profile v2.1',
  construct: 'health profile in seven domains plus pain intensity',
  administered: 'self',
  schedule: ['baseline', '3, 6, 12 months'],
  cutoffs: [
    {
      score: 'T(symptom)',
      op: 'gte',
      value: 55,
      meaning: 'mild; 60 moderate; 70 severe',
      sensitivity: null,
      specificity: null,
      source: 'PROMIS cut-points',
    },
    {
      score: 'T(function)',
      op: 'lte',
      value: 45,
      meaning: 'mild; 40 moderate; 30 severe',
      sensitivity: null,
      specificity: null,
      source: 'PROMIS cut-points',
    },
  ],
  change: {
    score: 'physicalFunction',
    response: null,
    remission: null,
    mcid: null,
    reliableChange: null,
    note: 'Change is read on the T scores: 2 to 6 points by domain have been published and 3 points is a common choice. It needs the T table, for raw sums have no published size of change.',
  },
  loinc: {
    panel: '62337-1',
    scores: {},
    status:
      'component checked in LOINC 2.68; 62337-1 names the 29 profile (v1); domain score terms come in pairs, axes not checked: physical 71959-1/71960-9, anxiety 71967-4/71968-2, depression 71965-8/71966-6, fatigue 71963-3/71964-1, sleep 71955-9/71956-7, social 71957-5/71958-3, pain interference 71961-7/71962-5; a v2.1-specific panel may exist later',
  },
  licence: {
    status: 'free-with-conditions',
    holder: 'PROMIS Health Organization / HealthMeasures (Northwestern)',
    terms:
      'free for individual clinical and research use without licence; commercial use and integration into software/EHR needs permission; translations by licence. Do not ship item text or T tables without checking',
    confidence: 'high',
  },
  source:
    'Cella 2010, Hays 2018; 7 domains x 4 + pain 0-10, v2.1: HealthMeasures guide; LOINC: 2.68 table; item structure and cut-offs to be compared with the official form at import',
  citations: [
    'Cella D et al. J Clin Epidemiol 2010;63:1179-94',
    'Hays RD et al. Qual Life Res 2018;27:1885-91',
    'HealthMeasures PROMIS Adult Profile scoring manual',
  ],
  notes: [
    'item values are as printed: function and social items already run 5=best; sleep items mix directions on the form and are printed with the scored values, so the engine does not reverse',
    'sleep items 1 and 2 run from the best (1) to the worst (5), so their end labels do too',
    'conversion is a lookup the clinic loads; without it report raw only',
    'no time window for physical function and for ability to take part in social roles (HealthMeasures guide to the social roles bank); the guide to the profiles names physical function alone: compare with the official form',
    'this wording is ours and has not been validated; import the official form where validity matters',
  ],
  confidence: 'medium',
}
