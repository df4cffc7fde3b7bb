import type { Instrument, InstrumentForm } from '../instrument.ts'

const YES_NO = [
  { value: 0, label: 'No' },
  { value: 1, label: 'Yes' },
]

export const cSsrsScreenerForm: InstrumentForm = {
  id: 'c-ssrs-screener',
  shortName: 'C-SSRS screener',
  version: 'recent (past month / lifetime + 3 months)',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'Ask calmly and in private; to ask does not put the thought into anybody. These questions can be hard: the person may leave one open and can talk to somebody at once. Questions 1, 2 and 6 are for everybody; ask 3 to 5 after a yes to question 2.',
  recall: {
    sentence:
      "Please think about the past month. The last two questions are about the person's whole life and about the past three months.",
    period: 'P1M',
  },
  direction: 'higher-worse',
  items: [
    {
      id: 'q1',
      concept: 'wish to be dead',
      prompt:
        'Did the person feel that they would rather be dead than alive, or hope for a sleep without end?',
      values: YES_NO,
      loinc: '93246-7',
    },
    {
      id: 'q2',
      concept: 'non-specific active suicidal thoughts',
      prompt: 'Did the person think of taking their own life, even in a vague way?',
      values: YES_NO,
      loinc: '93247-5',
    },
    {
      id: 'q3',
      concept: 'thoughts with method, no intent',
      prompt: 'Did the person have a method in mind? It counts with or without the aim to act.',
      values: YES_NO,
      skipIf: { item: 'q2', eq: 0 },
      skipMode: 'optional',
      loinc: '93248-3',
    },
    {
      id: 'q4',
      concept: 'some intent, no plan',
      prompt: 'Did the person mean to act on it, at least in part, even with no plan made?',
      values: YES_NO,
      skipIf: { item: 'q2', eq: 0 },
      skipMode: 'optional',
      loinc: '93249-1',
    },
    {
      id: 'q5',
      concept: 'plan and intent',
      prompt: 'Was there a plan, even half made, that the person meant to follow?',
      values: YES_NO,
      skipIf: { item: 'q2', eq: 0 },
      skipMode: 'optional',
      loinc: '93250-9',
    },
    {
      id: 'q6',
      concept: 'suicidal behaviour ever (attempt, interrupted, aborted, preparatory)',
      prompt:
        'Was there ever a suicide attempt? Count one that the person or others stopped, and steps to get ready for one.',
      values: YES_NO,
      loinc: null,
    },
    {
      id: 'q6b',
      concept: 'suicidal behaviour in past 3 months',
      prompt: 'Did any of these acts fall in the past three months?',
      values: YES_NO,
      skipIf: { item: 'q6', eq: 0 },
      skipMode: 'optional',
      loinc: null,
    },
  ],
  subscales: [
    {
      id: 'ideationLevel',
      label: 'most severe ideation type 0-5',
      method: 'highestIndex',
      items: ['q1', 'q2', 'q3', 'q4', 'q5'],
      min: 0,
      max: 5,
      missing: { rule: 'highest-answered', source: 'C-SSRS ideation type 1-5' },
    },
  ],
  total: null,
  flags: [],
  categories: [
    {
      id: 'risk',
      label: 'triage level',
      firstMatch: [
        {
          id: 'high',
          label: 'high',
          when: {
            any: [
              { item: 'q4', eq: 1 },
              { item: 'q5', eq: 1 },
              { item: 'q6b', eq: 1 },
            ],
          },
        },
        {
          id: 'moderate',
          label: 'moderate',
          when: {
            any: [
              { item: 'q3', eq: 1 },
              { item: 'q6', eq: 1 },
            ],
          },
        },
        {
          id: 'low',
          label: 'low',
          when: {
            any: [
              { item: 'q1', eq: 1 },
              { item: 'q2', eq: 1 },
            ],
          },
        },
        {
          id: 'none',
          label: 'no risk indicated',
          when: {
            all: [
              { item: 'q1', eq: 0 },
              { item: 'q2', eq: 0 },
              { item: 'q6', eq: 0 },
            ],
          },
        },
      ],
    },
  ],
  safetyTriggers: [
    {
      id: 'cssrs-high',
      when: { category: 'risk', eq: 'high' },
      action:
        'Stay with the person, take safety precautions and arrange a psychiatric assessment at once. No dose is given unless a psychiatrist decides so.',
      severity: 'critical',
    },
    {
      id: 'cssrs-moderate',
      when: { category: 'risk', eq: 'moderate' },
      action:
        'A clinician assesses the suicide risk on the same day, considers safety precautions and makes a safety plan with the person.',
      severity: 'critical',
    },
    {
      id: 'cssrs-low',
      when: { category: 'risk', eq: 'low' },
      action: 'Refer the person to mental health care and go through the safety plan together.',
      severity: 'warning',
    },
    {
      id: 'cssrs-incomplete',
      when: { category: 'risk', unknown: true },
      action:
        'The answers do not give a risk level. Complete the screener before any dose and before the person goes home.',
      severity: 'warning',
    },
  ],
}

export const cSsrsScreener: Instrument = {
  ...cSsrsScreenerForm,
  name: 'Columbia Suicide Severity Rating Scale, screener with triage',
  construct: 'suicide risk triage',
  administered: 'clinician',
  schedule: [
    'screening',
    'before every session and before discharge (since-last-contact form)',
    'any positive suicidality item elsewhere',
    'every follow-up',
  ],
  cutoffs: [],
  change: {
    score: 'ideationLevel',
    response: null,
    remission: null,
    mcid: null,
    reliableChange: null,
    note: 'Not a measure of change; the risk level of the day decides.',
  },
  loinc: {
    panel: '93373-9',
    scores: { triage: '93374-7' },
    status:
      'checked in LOINC 2.68; 93374-7 suicide risk level for the triage result; 93246-7..93250-9 are the past-month ideation terms of the same scale; behaviour terms 93267-3 and 93269-9 exist (time axes to be checked)',
  },
  licence: {
    status: 'free-with-conditions',
    holder:
      'Research Foundation for Mental Hygiene / Columbia Lighthouse Project (Kelly Posner Gerstenhaber)',
    terms:
      'free for clinical, community and non-profit use; wording must not be altered; commercial products/translation need a licence; recommend training',
    confidence: 'high',
  },
  source:
    'Posner 2011; triage rule seen on the site of the Columbia Lighthouse Project, codes in the LOINC 2.68 table; item structure and cut-offs to be compared with the official form at import',
  citations: [
    'Posner K et al. Am J Psychiatry 2011;168:1266-77',
    'Columbia Lighthouse Project screener with triage colours',
  ],
  notes: [
    'ask 1, 2 and 6 always; 3-5 only if 2 is yes; 6b only if 6 is yes',
    'a yes on 4/5 or 6b wins over everything, even if 2 was recorded no (never drop a positive safety answer)',
    'never add the answers into a number (public code that sums 0-6 is wrong)',
    "'since last contact' version: treat any behaviour as high",
    'the holder does not allow altered wording: these questions are not the C-SSRS; a clinic that screens with the C-SSRS asks the official questions and uses this file for the triage rule',
    'this wording is ours and has not been validated; import the official form where validity matters',
  ],
  confidence: 'high',
}
