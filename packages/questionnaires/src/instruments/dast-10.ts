import type { Instrument, InstrumentForm } from '../instrument.ts'

const YES_NO = [
  { value: 0, label: 'No' },
  { value: 1, label: 'Yes' },
]

export const dast10Form: InstrumentForm = {
  id: 'dast-10',
  shortName: 'DAST-10',
  version: '10 items, past 12 months',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'These questions are about drugs, but not alcohol or tobacco. A drug here is a street drug, cannabis (legal or not), or a medicine taken in another way than you were told. Your answers help to plan your care, and you can leave a question open.',
  recall: { sentence: 'Please think about the past 12 months.', period: 'P12M' },
  direction: 'higher-worse',
  items: [
    {
      id: 'q1',
      concept: 'non-medical drug use',
      prompt:
        'Did you take a drug for any reason but your health? Cannabis counts, legal or not, and so does a medicine taken in another way than you were told.',
      values: YES_NO,
      loinc: '68525-5',
    },
    {
      id: 'q2',
      concept: 'more than one drug at a time',
      prompt: 'Did you take two or more drugs within the same few hours?',
      values: YES_NO,
      loinc: '68526-3',
    },
    {
      id: 'q3',
      concept: 'able to stop when wanted',
      prompt:
        'Could you stop drugs each time that you chose to? If you took no drugs, and no cannabis, choose yes.',
      values: YES_NO,
      reverse: true,
      loinc: '68527-1',
    },
    {
      id: 'q4',
      concept: 'blackouts or flashbacks',
      prompt: 'Did drugs leave you with a blank in your memory, or with scenes that came back later?',
      values: YES_NO,
      loinc: '68528-9',
    },
    {
      id: 'q5',
      concept: 'guilt about use',
      prompt: 'Did you blame yourself because of drugs?',
      values: YES_NO,
      loinc: '68529-7',
    },
    {
      id: 'q6',
      concept: 'family complaints',
      prompt: 'Did people in your family speak up against your drug use?',
      values: YES_NO,
      loinc: '68530-5',
    },
    {
      id: 'q7',
      concept: 'family neglected',
      prompt: 'Did drugs keep you from being there for your family?',
      values: YES_NO,
      loinc: '68531-3',
    },
    {
      id: 'q8',
      concept: 'illegal acts to obtain drugs',
      prompt: 'Did you break the law to get hold of drugs?',
      values: YES_NO,
      loinc: '68532-1',
    },
    {
      id: 'q9',
      concept: 'withdrawal when stopping',
      prompt: 'When you took less of a drug, or none, did you shake, sweat or feel sick in some other way?',
      values: YES_NO,
      loinc: '68533-9',
    },
    {
      id: 'q10',
      concept: 'medical problems from use',
      prompt: 'Did drugs lead to an illness or other harm to your health?',
      values: YES_NO,
      loinc: '68534-7',
    },
  ],
  subscales: [],
  total: {
    id: 'total',
    label: 'total',
    method: 'sum',
    items: ['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8', 'q9', 'q10'],
    min: 0,
    max: 10,
    missing: {
      rule: 'strict',
      source: 'no published rule found; no score when an answer is missing',
    },
    bands: [
      { min: 0, max: 0, label: 'no problems reported' },
      { min: 1, max: 2, label: 'low' },
      { min: 3, max: 5, label: 'moderate' },
      { min: 6, max: 8, label: 'substantial' },
      { min: 9, max: 10, label: 'severe' },
    ],
  },
  flags: [],
  categories: [],
  safetyTriggers: [],
}

export const dast10: Instrument = {
  ...dast10Form,
  name: 'Drug Abuse Screening Test, 10 items',
  construct: 'problems from drugs other than alcohol and tobacco',
  administered: 'self',
  schedule: ['baseline', '6 months', '12 months'],
  cutoffs: [
    {
      score: 'total',
      op: 'gte',
      value: 3,
      meaning: 'possible drug use disorder',
      sensitivity: null,
      specificity: null,
      source: 'Skinner; LOINC 82667-7 description; NIDA CDE',
      note: 'sensitivity/specificity vary by sample (Yudko 2007 review: about 0.7-0.95 / 0.7-0.9)',
    },
  ],
  change: {
    score: 'total',
    response: null,
    remission: null,
    mcid: null,
    reliableChange: null,
    note: 'A recall of one year hides early change; no size of meaningful change is published.',
  },
  loinc: {
    panel: '82666-9',
    scores: { total: '82667-7' },
    status:
      'checked in LOINC 2.68; item codes are the DAST terms of the 2.68 component table; panel membership not checked',
  },
  licence: {
    status: 'free-with-conditions',
    holder: 'Harvey A. Skinner / Centre for Addiction and Mental Health, Toronto',
    terms:
      'non-commercial clinical, research, training reproduction with credit; commercial use needs permission',
    confidence: 'high',
  },
  source:
    'Skinner 1982; cut-off 3: loinc.org 82667-7; bands: NIDA CDE 3254089; licence: CamCOPS; item structure and cut-offs to be compared with the official form at import',
  citations: [
    'Skinner HA. Addict Behav 1982;7:363-71',
    'Cocco KM, Carey KB. Psychol Assess 1998;10:408-14',
    'Yudko E et al. J Subst Abuse Treat 2007;32:189-98',
  ],
  notes: [
    'item 3 is the only reversed item (yes=0, no=1)',
    'enter yes=1/no=0; the engine applies the reversal',
    'a person who took no drug answers yes to item 3, or the item adds a point; the prompt says so',
    'cannabis is named because it may be legal where the person lives, and somebody may then not call it a drug; a medicine taken other than as prescribed counts as before',
    'this wording is ours and has not been validated; import the official form where validity matters',
  ],
  confidence: 'high',
}
