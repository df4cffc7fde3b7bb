import type { Instrument, InstrumentForm } from '../instrument.ts'

const CRITERION = [
  { value: 0, label: 'Not met' },
  { value: 1, label: 'Met' },
]
const STRICT = {
  rule: 'strict',
  source: 'no published rule found; project default is no score when an item is missing',
} as const

export const dsm5SudForm: InstrumentForm = {
  id: 'dsm5-sud',
  shortName: 'DSM-5 SUD',
  version: 'DSM-5 / DSM-5-TR',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'Go through the criteria once for each substance class, from the talk with the person and all else you know. Mark a criterion as met only if it held within the same 12 months. Tell the person that no answer is right or wrong.',
  recall: { sentence: 'Please think about one span of 12 months, as a rule the past 12.', period: 'P12M' },
  direction: 'higher-worse',
  items: [
    {
      id: 'c1',
      concept: 'used more or for longer than meant',
      prompt: 'Does use often go past what the person had planned, in amount or in time?',
      values: CRITERION,
      loinc: null,
    },
    {
      id: 'c2',
      concept: 'lasting wish or vain efforts to cut down',
      prompt: 'Has the person long wished to use less or to stop, or tried to without lasting success?',
      values: CRITERION,
      loinc: null,
    },
    {
      id: 'c3',
      concept: 'much time getting, using, recovering',
      prompt: 'Does it take up much time to get the substance, to use it and to get over it?',
      values: CRITERION,
      loinc: null,
    },
    {
      id: 'c4',
      concept: 'craving or strong urge',
      prompt: 'Does the person have a strong pull to use?',
      values: CRITERION,
      loinc: null,
    },
    {
      id: 'c5',
      concept: 'major duties at work, school, home not met',
      prompt: 'Has use kept the person, again and again, from what work, study or home ask of them?',
      values: CRITERION,
      loinc: null,
    },
    {
      id: 'c6',
      concept: 'continued despite social or relationship problems',
      prompt: 'Has use gone on although it brings or worsens trouble with other people?',
      values: CRITERION,
      loinc: null,
    },
    {
      id: 'c7',
      concept: 'important activities given up or reduced',
      prompt:
        'Has the person dropped or cut back things that matter, with others, at work or for fun, because of use?',
      values: CRITERION,
      loinc: null,
    },
    {
      id: 'c8',
      concept: 'repeated use in physically hazardous situations',
      prompt: 'Has the person used more than once where it could cause bodily harm, such as when driving?',
      values: CRITERION,
      loinc: null,
    },
    {
      id: 'c9',
      concept: 'continued despite known physical or mental harm',
      prompt:
        'Has use gone on although the person knows of harm to body or mind that it brings or makes worse?',
      values: CRITERION,
      loinc: null,
    },
    {
      id: 'c10',
      concept: 'tolerance',
      prompt:
        'Does the person need much more for the same effect, or get much less effect from the same amount?',
      values: CRITERION,
      loinc: null,
    },
    {
      id: 'c11',
      concept: 'withdrawal, or use to relieve withdrawal',
      prompt: 'Does the person get sick in the typical way when use stops, or use to keep that away?',
      values: CRITERION,
      loinc: null,
    },
  ],
  subscales: [
    {
      id: 'impairedControl',
      label: 'impairedControl',
      method: 'sum',
      items: ['c1', 'c2', 'c3', 'c4'],
      min: 0,
      max: 4,
      missing: STRICT,
    },
    {
      id: 'social',
      label: 'social',
      method: 'sum',
      items: ['c5', 'c6', 'c7'],
      min: 0,
      max: 3,
      missing: STRICT,
    },
    {
      id: 'riskyUse',
      label: 'riskyUse',
      method: 'sum',
      items: ['c8', 'c9'],
      min: 0,
      max: 2,
      missing: STRICT,
    },
    {
      id: 'pharmacological',
      label: 'pharmacological',
      method: 'sum',
      items: ['c10', 'c11'],
      min: 0,
      max: 2,
      missing: STRICT,
      excludeIf: [
        { items: ['c10', 'c11'], when: { context: 'takenAsPrescribed', eq: true } },
        {
          items: ['c11'],
          when: {
            context: 'substanceClass',
            in: ['phencyclidine-ketamine', 'other-hallucinogen', 'inhalant'],
          },
        },
      ],
    },
  ],
  total: {
    id: 'total',
    label: 'total',
    method: 'sum',
    items: ['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8', 'c9', 'c10', 'c11'],
    min: 0,
    max: 11,
    missing: { rule: 'strict', source: 'clinical diagnosis: every criterion must be rated' },
    bands: [
      { min: 0, max: 1, label: 'no disorder' },
      { min: 2, max: 3, label: 'mild' },
      { min: 4, max: 5, label: 'moderate' },
      { min: 6, max: 11, label: 'severe' },
    ],
    excludeIf: [
      { items: ['c10', 'c11'], when: { context: 'takenAsPrescribed', eq: true } },
      {
        items: ['c11'],
        when: {
          context: 'substanceClass',
          in: ['phencyclidine-ketamine', 'other-hallucinogen', 'inhalant'],
        },
      },
    ],
  },
  flags: [
    {
      id: 'disorderPresent',
      label: 'two or more criteria',
      when: { score: 'total', gte: 2 },
    },
    {
      id: 'cravingOnly',
      label: 'craving is the only criterion met (allowed during remission)',
      when: {
        all: [
          { item: 'c4', eq: 1 },
          {
            countItems: ['c1', 'c2', 'c3', 'c5', 'c6', 'c7', 'c8', 'c9', 'c10', 'c11'],
            gte: 1,
            atMost: 0,
          },
        ],
      },
    },
  ],
  categories: [],
  safetyTriggers: [],
}

export const dsm5Sud: Instrument = {
  ...dsm5SudForm,
  name: 'DSM-5(-TR) substance use disorder criteria count',
  construct: 'substance use disorder diagnosis and severity (one run per substance class)',
  administered: 'clinician',
  schedule: ['baseline (each substance with any past-year use)', 'end of treatment', '6 and 12 months'],
  cutoffs: [
    {
      score: 'total',
      op: 'gte',
      value: 2,
      meaning: 'substance use disorder present',
      sensitivity: null,
      specificity: null,
      source: 'DSM-5',
    },
  ],
  change: {
    score: 'total',
    response: null,
    remission: null,
    mcid: null,
    reliableChange: null,
    note: 'In DSM-5 early remission is 3 to 12 months and sustained remission 12 months or more without any criterion but craving; the count itself has no published size of change.',
  },
  loinc: { panel: null, scores: {}, status: 'no term found in LOINC 2.68; use a local code' },
  licence: {
    status: 'permission-needed',
    holder: 'American Psychiatric Association',
    terms:
      'criteria wording is APA copyright; counting rule and severity thresholds are facts; write own interview prompts or license the text',
    confidence: 'high',
  },
  source:
    'DSM-5 2013, Hasin 2013; item structure and cut-offs to be compared with the official form at import',
  citations: [
    'American Psychiatric Association. DSM-5. 2013 (DSM-5-TR 2022), Substance-Related and Addictive Disorders',
    'Hasin DS et al. Am J Psychiatry 2013;170:834-51',
  ],
  notes: [
    'context.takenAsPrescribed=true: tolerance and withdrawal are not counted for opioids, sedatives/hypnotics/anxiolytics, stimulants (and cannabis where medically supervised) taken as directed',
    'DSM-5 defines no withdrawal criterion for phencyclidine-type (this class includes ketamine), other hallucinogens or inhalants: only 10 criteria apply; severity thresholds stay the same',
    'run it for ketamine itself at follow-up (iatrogenic use disorder monitoring)',
    'gambling disorder uses a different 9-criterion set (4-5 mild, 6-7 moderate, 8-9 severe) and is not this instrument',
    'the criteria set of DSM-5 names the exception for use as prescribed for opioids, sedatives and stimulants; for cannabis and for ketamine it rests on the general text on medical treatment',
    'only scoring facts and our own concepts are here; the official form needs permission and is imported by the clinic; this wording is ours and has not been validated',
  ],
  confidence: 'high',
}
