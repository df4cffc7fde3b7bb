import type { Instrument, InstrumentForm } from '../instrument.ts'

const ANSWERS = [
  { value: 0, label: 'TODO no' },
  { value: 1, label: 'TODO yes' },
]

export const cSsrsScreenerForm: InstrumentForm = {
  id: 'c-ssrs-screener',
  shortName: 'C-SSRS screener',
  version: 'recent (past month / lifetime + 3 months)',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction: 'TODO introduction',
  recall: { sentence: 'TODO past month (1-5), lifetime and past 3 months (6)', period: 'P1M' },
  direction: 'higher-worse',
  items: [
    {
      id: 'q1',
      concept: 'wish to be dead',
      prompt: 'TODO wish to be dead',
      values: ANSWERS,
      loinc: '93246-7',
    },
    {
      id: 'q2',
      concept: 'non-specific active suicidal thoughts',
      prompt: 'TODO non-specific active suicidal thoughts',
      values: ANSWERS,
      loinc: '93247-5',
    },
    {
      id: 'q3',
      concept: 'thoughts with method, no intent',
      prompt: 'TODO thoughts with method, no intent',
      values: ANSWERS,
      skipIf: { item: 'q2', eq: 0 },
      skipMode: 'optional',
      loinc: '93248-3',
    },
    {
      id: 'q4',
      concept: 'some intent, no plan',
      prompt: 'TODO some intent, no plan',
      values: ANSWERS,
      skipIf: { item: 'q2', eq: 0 },
      skipMode: 'optional',
      loinc: '93249-1',
    },
    {
      id: 'q5',
      concept: 'plan and intent',
      prompt: 'TODO plan and intent',
      values: ANSWERS,
      skipIf: { item: 'q2', eq: 0 },
      skipMode: 'optional',
      loinc: '93250-9',
    },
    {
      id: 'q6',
      concept: 'suicidal behaviour ever (attempt, interrupted, aborted, preparatory)',
      prompt: 'TODO suicidal behaviour ever (attempt, interrupted, aborted, preparatory)',
      values: ANSWERS,
      loinc: null,
    },
    {
      id: 'q6b',
      concept: 'suicidal behaviour in past 3 months',
      prompt: 'TODO suicidal behaviour in past 3 months',
      values: ANSWERS,
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
        'TODO stay with patient, immediate psychiatric evaluation, precautions; no dosing unless psychiatrist decides',
      severity: 'critical',
    },
    {
      id: 'cssrs-moderate',
      when: { category: 'risk', eq: 'moderate' },
      action: 'TODO same-day behavioural-health evaluation, consider precautions, safety plan',
      severity: 'critical',
    },
    {
      id: 'cssrs-low',
      when: { category: 'risk', eq: 'low' },
      action: 'TODO behavioural-health referral, safety plan review',
      severity: 'warning',
    },
    {
      id: 'cssrs-incomplete',
      when: { category: 'risk', unknown: true },
      action: 'TODO screener cannot be triaged: complete it before any dosing or discharge',
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
    note: 'TODO no published size of change',
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
    'triage logic: cssrs.columbia.edu, rula and blueprint pages; LOINC: cdn.loinc.org 93245-9 panel, 2.68 table; item structure, cut-offs and citations from knowledge: confirm on the official form at import',
  citations: [
    'Posner K et al. Am J Psychiatry 2011;168:1266-77',
    'Columbia Lighthouse Project screener with triage colours',
  ],
  notes: [
    'ask 1, 2 and 6 always; 3-5 only if 2 is yes; 6b only if 6 is yes',
    'a yes on 4/5 or 6b wins over everything, even if 2 was recorded no (never drop a positive safety answer)',
    'never add the answers into a number (public code that sums 0-6 is wrong)',
    "'since last contact' version: treat any behaviour as high",
  ],
  confidence: 'high',
}
