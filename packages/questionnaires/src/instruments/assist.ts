import type { Instrument, InstrumentForm } from '../instrument.ts'

const YES_NO = [
  { value: 0, label: 'No' },
  { value: 1, label: 'Yes' },
]
const HOW_OFTEN_USED = [
  { value: 0, label: 'Not at all' },
  { value: 2, label: 'One or two times' },
  { value: 3, label: '1 to 3 times a month' },
  { value: 4, label: '1 to 4 times a week' },
  { value: 6, label: '5 days a week or more' },
]
const HOW_OFTEN_WANTED = [
  { value: 0, label: 'Not at all' },
  { value: 3, label: 'One or two times' },
  { value: 4, label: '1 to 3 times a month' },
  { value: 5, label: '1 to 4 times a week' },
  { value: 6, label: '5 days a week or more' },
]
const HOW_OFTEN_TROUBLE = [
  { value: 0, label: 'Not at all' },
  { value: 4, label: 'One or two times' },
  { value: 5, label: '1 to 3 times a month' },
  { value: 6, label: '1 to 4 times a week' },
  { value: 7, label: '5 days a week or more' },
]
const EVER = [
  { value: 0, label: 'No, never' },
  { value: 6, label: 'Yes, within the past three months' },
  { value: 3, label: 'Yes, but longer than three months ago' },
]
const HOW_OFTEN_LET_DOWN = [
  { value: 0, label: 'Not at all' },
  { value: 5, label: 'One or two times' },
  { value: 6, label: '1 to 3 times a month' },
  { value: 7, label: '1 to 4 times a week' },
  { value: 8, label: '5 days a week or more' },
]
const STRICT = {
  rule: 'strict',
  source: 'no published rule found; no score when an answer is missing',
} as const

export const assistForm: InstrumentForm = {
  id: 'assist',
  shortName: 'ASSIST',
  version: '3.1',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'Ask about each substance in your own words. Nothing is right or wrong, and the person may leave a question open. Medicines taken as a doctor ordered them do not count; ketamine given here does not count either.',
  recall: {
    sentence:
      "Please think about the past three months. Some questions are about the person's whole life and say so.",
    period: 'P3M',
  },
  direction: 'higher-worse',
  items: [
    {
      id: 'tobacco.q1',
      concept: 'lifetime use: tobacco products',
      prompt: 'Did the person ever use tobacco, in any form?',
      values: YES_NO,
      scored: false,
      loinc: null,
    },
    {
      id: 'tobacco.q2',
      concept: 'frequency of use past 3 months: tobacco products',
      prompt: 'How often did the person use tobacco in these three months?',
      values: HOW_OFTEN_USED,
      skipIf: { item: 'tobacco.q1', eq: 0 },
      loinc: null,
    },
    {
      id: 'tobacco.q3',
      concept: 'strong desire past 3 months: tobacco products',
      prompt: 'How often did the person feel a strong pull toward tobacco in these three months?',
      values: HOW_OFTEN_WANTED,
      skipIf: {
        any: [
          { item: 'tobacco.q1', eq: 0 },
          { item: 'tobacco.q2', eq: 0 },
        ],
      },
      loinc: null,
    },
    {
      id: 'tobacco.q4',
      concept: 'health, social, legal or financial problems past 3 months: tobacco products',
      prompt:
        'How often did tobacco bring trouble with health, other people, the law or money in these three months?',
      values: HOW_OFTEN_TROUBLE,
      skipIf: {
        any: [
          { item: 'tobacco.q1', eq: 0 },
          { item: 'tobacco.q2', eq: 0 },
        ],
      },
      loinc: null,
    },
    {
      id: 'tobacco.q6',
      concept: "others' concern: tobacco products",
      prompt: "Did others ever worry about the person's use of tobacco, and say so?",
      values: EVER,
      skipIf: { item: 'tobacco.q1', eq: 0 },
      loinc: null,
    },
    {
      id: 'tobacco.q7',
      concept: 'failed attempt to control, cut down or stop: tobacco products',
      prompt: 'Did the person ever set out to use less tobacco, or none, and find that it did not work?',
      values: EVER,
      skipIf: { item: 'tobacco.q1', eq: 0 },
      loinc: null,
    },
    {
      id: 'alcohol.q1',
      concept: 'lifetime use: alcoholic beverages',
      prompt: 'Did the person ever use alcohol?',
      values: YES_NO,
      scored: false,
      loinc: null,
    },
    {
      id: 'alcohol.q2',
      concept: 'frequency of use past 3 months: alcoholic beverages',
      prompt: 'How often did the person use alcohol in these three months?',
      values: HOW_OFTEN_USED,
      skipIf: { item: 'alcohol.q1', eq: 0 },
      loinc: null,
    },
    {
      id: 'alcohol.q3',
      concept: 'strong desire past 3 months: alcoholic beverages',
      prompt: 'How often did the person feel a strong pull toward alcohol in these three months?',
      values: HOW_OFTEN_WANTED,
      skipIf: {
        any: [
          { item: 'alcohol.q1', eq: 0 },
          { item: 'alcohol.q2', eq: 0 },
        ],
      },
      loinc: null,
    },
    {
      id: 'alcohol.q4',
      concept: 'health, social, legal or financial problems past 3 months: alcoholic beverages',
      prompt:
        'How often did alcohol bring trouble with health, other people, the law or money in these three months?',
      values: HOW_OFTEN_TROUBLE,
      skipIf: {
        any: [
          { item: 'alcohol.q1', eq: 0 },
          { item: 'alcohol.q2', eq: 0 },
        ],
      },
      loinc: null,
    },
    {
      id: 'alcohol.q5',
      concept: 'failed expectations past 3 months: alcoholic beverages',
      prompt:
        'How often did alcohol keep the person from things that others count on them for, in these three months?',
      values: HOW_OFTEN_LET_DOWN,
      skipIf: {
        any: [
          { item: 'alcohol.q1', eq: 0 },
          { item: 'alcohol.q2', eq: 0 },
        ],
      },
      loinc: null,
    },
    {
      id: 'alcohol.q6',
      concept: "others' concern: alcoholic beverages",
      prompt: "Did others ever worry about the person's use of alcohol, and say so?",
      values: EVER,
      skipIf: { item: 'alcohol.q1', eq: 0 },
      loinc: null,
    },
    {
      id: 'alcohol.q7',
      concept: 'failed attempt to control, cut down or stop: alcoholic beverages',
      prompt: 'Did the person ever set out to use less alcohol, or none, and find that it did not work?',
      values: EVER,
      skipIf: { item: 'alcohol.q1', eq: 0 },
      loinc: null,
    },
    {
      id: 'cannabis.q1',
      concept: 'lifetime use: cannabis',
      prompt: 'Did the person ever use cannabis?',
      values: YES_NO,
      scored: false,
      loinc: null,
    },
    {
      id: 'cannabis.q2',
      concept: 'frequency of use past 3 months: cannabis',
      prompt: 'How often did the person use cannabis in these three months?',
      values: HOW_OFTEN_USED,
      skipIf: { item: 'cannabis.q1', eq: 0 },
      loinc: null,
    },
    {
      id: 'cannabis.q3',
      concept: 'strong desire past 3 months: cannabis',
      prompt: 'How often did the person feel a strong pull toward cannabis in these three months?',
      values: HOW_OFTEN_WANTED,
      skipIf: {
        any: [
          { item: 'cannabis.q1', eq: 0 },
          { item: 'cannabis.q2', eq: 0 },
        ],
      },
      loinc: null,
    },
    {
      id: 'cannabis.q4',
      concept: 'health, social, legal or financial problems past 3 months: cannabis',
      prompt:
        'How often did cannabis bring trouble with health, other people, the law or money in these three months?',
      values: HOW_OFTEN_TROUBLE,
      skipIf: {
        any: [
          { item: 'cannabis.q1', eq: 0 },
          { item: 'cannabis.q2', eq: 0 },
        ],
      },
      loinc: null,
    },
    {
      id: 'cannabis.q5',
      concept: 'failed expectations past 3 months: cannabis',
      prompt:
        'How often did cannabis keep the person from things that others count on them for, in these three months?',
      values: HOW_OFTEN_LET_DOWN,
      skipIf: {
        any: [
          { item: 'cannabis.q1', eq: 0 },
          { item: 'cannabis.q2', eq: 0 },
        ],
      },
      loinc: null,
    },
    {
      id: 'cannabis.q6',
      concept: "others' concern: cannabis",
      prompt: "Did others ever worry about the person's use of cannabis, and say so?",
      values: EVER,
      skipIf: { item: 'cannabis.q1', eq: 0 },
      loinc: null,
    },
    {
      id: 'cannabis.q7',
      concept: 'failed attempt to control, cut down or stop: cannabis',
      prompt: 'Did the person ever set out to use less cannabis, or none, and find that it did not work?',
      values: EVER,
      skipIf: { item: 'cannabis.q1', eq: 0 },
      loinc: null,
    },
    {
      id: 'cocaine.q1',
      concept: 'lifetime use: cocaine',
      prompt: 'Did the person ever use cocaine or crack?',
      values: YES_NO,
      scored: false,
      loinc: null,
    },
    {
      id: 'cocaine.q2',
      concept: 'frequency of use past 3 months: cocaine',
      prompt: 'How often did the person use cocaine in these three months?',
      values: HOW_OFTEN_USED,
      skipIf: { item: 'cocaine.q1', eq: 0 },
      loinc: null,
    },
    {
      id: 'cocaine.q3',
      concept: 'strong desire past 3 months: cocaine',
      prompt: 'How often did the person feel a strong pull toward cocaine in these three months?',
      values: HOW_OFTEN_WANTED,
      skipIf: {
        any: [
          { item: 'cocaine.q1', eq: 0 },
          { item: 'cocaine.q2', eq: 0 },
        ],
      },
      loinc: null,
    },
    {
      id: 'cocaine.q4',
      concept: 'health, social, legal or financial problems past 3 months: cocaine',
      prompt:
        'How often did cocaine bring trouble with health, other people, the law or money in these three months?',
      values: HOW_OFTEN_TROUBLE,
      skipIf: {
        any: [
          { item: 'cocaine.q1', eq: 0 },
          { item: 'cocaine.q2', eq: 0 },
        ],
      },
      loinc: null,
    },
    {
      id: 'cocaine.q5',
      concept: 'failed expectations past 3 months: cocaine',
      prompt:
        'How often did cocaine keep the person from things that others count on them for, in these three months?',
      values: HOW_OFTEN_LET_DOWN,
      skipIf: {
        any: [
          { item: 'cocaine.q1', eq: 0 },
          { item: 'cocaine.q2', eq: 0 },
        ],
      },
      loinc: null,
    },
    {
      id: 'cocaine.q6',
      concept: "others' concern: cocaine",
      prompt: "Did others ever worry about the person's use of cocaine, and say so?",
      values: EVER,
      skipIf: { item: 'cocaine.q1', eq: 0 },
      loinc: null,
    },
    {
      id: 'cocaine.q7',
      concept: 'failed attempt to control, cut down or stop: cocaine',
      prompt: 'Did the person ever set out to use less cocaine, or none, and find that it did not work?',
      values: EVER,
      skipIf: { item: 'cocaine.q1', eq: 0 },
      loinc: null,
    },
    {
      id: 'ats.q1',
      concept: 'lifetime use: amphetamine-type stimulants',
      prompt: 'Did the person ever use stimulants such as speed, meth or ecstasy?',
      values: YES_NO,
      scored: false,
      loinc: null,
    },
    {
      id: 'ats.q2',
      concept: 'frequency of use past 3 months: amphetamine-type stimulants',
      prompt: 'How often did the person use stimulants in these three months?',
      values: HOW_OFTEN_USED,
      skipIf: { item: 'ats.q1', eq: 0 },
      loinc: null,
    },
    {
      id: 'ats.q3',
      concept: 'strong desire past 3 months: amphetamine-type stimulants',
      prompt: 'How often did the person feel a strong pull toward stimulants in these three months?',
      values: HOW_OFTEN_WANTED,
      skipIf: {
        any: [
          { item: 'ats.q1', eq: 0 },
          { item: 'ats.q2', eq: 0 },
        ],
      },
      loinc: null,
    },
    {
      id: 'ats.q4',
      concept: 'health, social, legal or financial problems past 3 months: amphetamine-type stimulants',
      prompt:
        'How often did stimulants bring trouble with health, other people, the law or money in these three months?',
      values: HOW_OFTEN_TROUBLE,
      skipIf: {
        any: [
          { item: 'ats.q1', eq: 0 },
          { item: 'ats.q2', eq: 0 },
        ],
      },
      loinc: null,
    },
    {
      id: 'ats.q5',
      concept: 'failed expectations past 3 months: amphetamine-type stimulants',
      prompt:
        'How often did stimulants keep the person from things that others count on them for, in these three months?',
      values: HOW_OFTEN_LET_DOWN,
      skipIf: {
        any: [
          { item: 'ats.q1', eq: 0 },
          { item: 'ats.q2', eq: 0 },
        ],
      },
      loinc: null,
    },
    {
      id: 'ats.q6',
      concept: "others' concern: amphetamine-type stimulants",
      prompt: "Did others ever worry about the person's use of stimulants, and say so?",
      values: EVER,
      skipIf: { item: 'ats.q1', eq: 0 },
      loinc: null,
    },
    {
      id: 'ats.q7',
      concept: 'failed attempt to control, cut down or stop: amphetamine-type stimulants',
      prompt:
        'Did the person ever set out to limit or end the use of stimulants, and find that it did not work?',
      values: EVER,
      skipIf: { item: 'ats.q1', eq: 0 },
      loinc: null,
    },
    {
      id: 'inhalants.q1',
      concept: 'lifetime use: inhalants',
      prompt: 'Did the person ever use inhalants such as glue, gasoline or laughing gas?',
      values: YES_NO,
      scored: false,
      loinc: null,
    },
    {
      id: 'inhalants.q2',
      concept: 'frequency of use past 3 months: inhalants',
      prompt: 'How often did the person use inhalants in these three months?',
      values: HOW_OFTEN_USED,
      skipIf: { item: 'inhalants.q1', eq: 0 },
      loinc: null,
    },
    {
      id: 'inhalants.q3',
      concept: 'strong desire past 3 months: inhalants',
      prompt: 'How often did the person feel a strong pull toward inhalants in these three months?',
      values: HOW_OFTEN_WANTED,
      skipIf: {
        any: [
          { item: 'inhalants.q1', eq: 0 },
          { item: 'inhalants.q2', eq: 0 },
        ],
      },
      loinc: null,
    },
    {
      id: 'inhalants.q4',
      concept: 'health, social, legal or financial problems past 3 months: inhalants',
      prompt:
        'How often did inhalants bring trouble with health, other people, the law or money in these three months?',
      values: HOW_OFTEN_TROUBLE,
      skipIf: {
        any: [
          { item: 'inhalants.q1', eq: 0 },
          { item: 'inhalants.q2', eq: 0 },
        ],
      },
      loinc: null,
    },
    {
      id: 'inhalants.q5',
      concept: 'failed expectations past 3 months: inhalants',
      prompt:
        'How often did inhalants keep the person from things that others count on them for, in these three months?',
      values: HOW_OFTEN_LET_DOWN,
      skipIf: {
        any: [
          { item: 'inhalants.q1', eq: 0 },
          { item: 'inhalants.q2', eq: 0 },
        ],
      },
      loinc: null,
    },
    {
      id: 'inhalants.q6',
      concept: "others' concern: inhalants",
      prompt: "Did others ever worry about the person's use of inhalants, and say so?",
      values: EVER,
      skipIf: { item: 'inhalants.q1', eq: 0 },
      loinc: null,
    },
    {
      id: 'inhalants.q7',
      concept: 'failed attempt to control, cut down or stop: inhalants',
      prompt:
        'Did the person ever set out to limit or end the use of inhalants, and find that it did not work?',
      values: EVER,
      skipIf: { item: 'inhalants.q1', eq: 0 },
      loinc: null,
    },
    {
      id: 'sedatives.q1',
      concept: 'lifetime use: sedatives or sleeping pills',
      prompt: 'Did the person ever use sedatives or sleeping pills in a way no doctor ordered?',
      values: YES_NO,
      scored: false,
      loinc: null,
    },
    {
      id: 'sedatives.q2',
      concept: 'frequency of use past 3 months: sedatives or sleeping pills',
      prompt: 'How often did the person use sedatives or sleeping pills in these three months?',
      values: HOW_OFTEN_USED,
      skipIf: { item: 'sedatives.q1', eq: 0 },
      loinc: null,
    },
    {
      id: 'sedatives.q3',
      concept: 'strong desire past 3 months: sedatives or sleeping pills',
      prompt:
        'How often did the person feel a strong pull toward sedatives or sleeping pills in these three months?',
      values: HOW_OFTEN_WANTED,
      skipIf: {
        any: [
          { item: 'sedatives.q1', eq: 0 },
          { item: 'sedatives.q2', eq: 0 },
        ],
      },
      loinc: null,
    },
    {
      id: 'sedatives.q4',
      concept: 'health, social, legal or financial problems past 3 months: sedatives or sleeping pills',
      prompt:
        'How often did sedatives or sleeping pills bring trouble with health, other people, the law or money in these three months?',
      values: HOW_OFTEN_TROUBLE,
      skipIf: {
        any: [
          { item: 'sedatives.q1', eq: 0 },
          { item: 'sedatives.q2', eq: 0 },
        ],
      },
      loinc: null,
    },
    {
      id: 'sedatives.q5',
      concept: 'failed expectations past 3 months: sedatives or sleeping pills',
      prompt:
        'How often did sedatives or sleeping pills keep the person from things that others count on them for, in these three months?',
      values: HOW_OFTEN_LET_DOWN,
      skipIf: {
        any: [
          { item: 'sedatives.q1', eq: 0 },
          { item: 'sedatives.q2', eq: 0 },
        ],
      },
      loinc: null,
    },
    {
      id: 'sedatives.q6',
      concept: "others' concern: sedatives or sleeping pills",
      prompt: "Did others ever worry about the person's use of sedatives or sleeping pills, and say so?",
      values: EVER,
      skipIf: { item: 'sedatives.q1', eq: 0 },
      loinc: null,
    },
    {
      id: 'sedatives.q7',
      concept: 'failed attempt to control, cut down or stop: sedatives or sleeping pills',
      prompt:
        'Did the person ever set out to limit or end the use of sedatives or sleeping pills, and find that it did not work?',
      values: EVER,
      skipIf: { item: 'sedatives.q1', eq: 0 },
      loinc: null,
    },
    {
      id: 'hallucinogens.q1',
      concept: 'lifetime use: hallucinogens (this group contains ketamine)',
      prompt: 'Did the person ever use LSD, mushrooms or similar drugs, or ketamine outside treatment?',
      values: YES_NO,
      scored: false,
      loinc: null,
    },
    {
      id: 'hallucinogens.q2',
      concept: 'frequency of use past 3 months: hallucinogens (this group contains ketamine)',
      prompt: 'How often did the person use drugs like LSD or ketamine in these three months?',
      values: HOW_OFTEN_USED,
      skipIf: { item: 'hallucinogens.q1', eq: 0 },
      loinc: null,
    },
    {
      id: 'hallucinogens.q3',
      concept: 'strong desire past 3 months: hallucinogens (this group contains ketamine)',
      prompt:
        'How often did the person feel a strong pull toward drugs like LSD or ketamine in these three months?',
      values: HOW_OFTEN_WANTED,
      skipIf: {
        any: [
          { item: 'hallucinogens.q1', eq: 0 },
          { item: 'hallucinogens.q2', eq: 0 },
        ],
      },
      loinc: null,
    },
    {
      id: 'hallucinogens.q4',
      concept:
        'health, social, legal or financial problems past 3 months: hallucinogens (this group contains ketamine)',
      prompt:
        'How often did drugs like LSD or ketamine bring trouble with health, other people, the law or money in these three months?',
      values: HOW_OFTEN_TROUBLE,
      skipIf: {
        any: [
          { item: 'hallucinogens.q1', eq: 0 },
          { item: 'hallucinogens.q2', eq: 0 },
        ],
      },
      loinc: null,
    },
    {
      id: 'hallucinogens.q5',
      concept: 'failed expectations past 3 months: hallucinogens (this group contains ketamine)',
      prompt:
        'How often did drugs like LSD or ketamine keep the person from things that others count on them for, in these three months?',
      values: HOW_OFTEN_LET_DOWN,
      skipIf: {
        any: [
          { item: 'hallucinogens.q1', eq: 0 },
          { item: 'hallucinogens.q2', eq: 0 },
        ],
      },
      loinc: null,
    },
    {
      id: 'hallucinogens.q6',
      concept: "others' concern: hallucinogens (this group contains ketamine)",
      prompt: "Did others ever worry about the person's use of drugs like LSD or ketamine, and say so?",
      values: EVER,
      skipIf: { item: 'hallucinogens.q1', eq: 0 },
      loinc: null,
    },
    {
      id: 'hallucinogens.q7',
      concept: 'failed attempt to control, cut down or stop: hallucinogens (this group contains ketamine)',
      prompt:
        'Did the person ever set out to limit or end the use of drugs like LSD or ketamine, and find that it did not work?',
      values: EVER,
      skipIf: { item: 'hallucinogens.q1', eq: 0 },
      loinc: null,
    },
    {
      id: 'opioids.q1',
      concept: 'lifetime use: opioids',
      prompt:
        'Did the person ever use opioids such as heroin or strong painkillers in a way no doctor ordered?',
      values: YES_NO,
      scored: false,
      loinc: null,
    },
    {
      id: 'opioids.q2',
      concept: 'frequency of use past 3 months: opioids',
      prompt: 'How often did the person use opioids in these three months?',
      values: HOW_OFTEN_USED,
      skipIf: { item: 'opioids.q1', eq: 0 },
      loinc: null,
    },
    {
      id: 'opioids.q3',
      concept: 'strong desire past 3 months: opioids',
      prompt: 'How often did the person feel a strong pull toward opioids in these three months?',
      values: HOW_OFTEN_WANTED,
      skipIf: {
        any: [
          { item: 'opioids.q1', eq: 0 },
          { item: 'opioids.q2', eq: 0 },
        ],
      },
      loinc: null,
    },
    {
      id: 'opioids.q4',
      concept: 'health, social, legal or financial problems past 3 months: opioids',
      prompt:
        'How often did opioids bring trouble with health, other people, the law or money in these three months?',
      values: HOW_OFTEN_TROUBLE,
      skipIf: {
        any: [
          { item: 'opioids.q1', eq: 0 },
          { item: 'opioids.q2', eq: 0 },
        ],
      },
      loinc: null,
    },
    {
      id: 'opioids.q5',
      concept: 'failed expectations past 3 months: opioids',
      prompt:
        'How often did opioids keep the person from things that others count on them for, in these three months?',
      values: HOW_OFTEN_LET_DOWN,
      skipIf: {
        any: [
          { item: 'opioids.q1', eq: 0 },
          { item: 'opioids.q2', eq: 0 },
        ],
      },
      loinc: null,
    },
    {
      id: 'opioids.q6',
      concept: "others' concern: opioids",
      prompt: "Did others ever worry about the person's use of opioids, and say so?",
      values: EVER,
      skipIf: { item: 'opioids.q1', eq: 0 },
      loinc: null,
    },
    {
      id: 'opioids.q7',
      concept: 'failed attempt to control, cut down or stop: opioids',
      prompt:
        'Did the person ever set out to limit or end the use of opioids, and find that it did not work?',
      values: EVER,
      skipIf: { item: 'opioids.q1', eq: 0 },
      loinc: null,
    },
    {
      id: 'other.q1',
      concept: 'lifetime use: other substance, named',
      prompt: 'Did the person ever use another substance, named in the notes?',
      values: YES_NO,
      scored: false,
      loinc: null,
    },
    {
      id: 'other.q2',
      concept: 'frequency of use past 3 months: other substance, named',
      prompt: 'How often did the person use the other substance in these three months?',
      values: HOW_OFTEN_USED,
      skipIf: { item: 'other.q1', eq: 0 },
      loinc: null,
    },
    {
      id: 'other.q3',
      concept: 'strong desire past 3 months: other substance, named',
      prompt: 'How often did the person feel a strong pull toward the other substance in these three months?',
      values: HOW_OFTEN_WANTED,
      skipIf: {
        any: [
          { item: 'other.q1', eq: 0 },
          { item: 'other.q2', eq: 0 },
        ],
      },
      loinc: null,
    },
    {
      id: 'other.q4',
      concept: 'health, social, legal or financial problems past 3 months: other substance, named',
      prompt:
        'How often did the other substance bring trouble with health, other people, the law or money in these three months?',
      values: HOW_OFTEN_TROUBLE,
      skipIf: {
        any: [
          { item: 'other.q1', eq: 0 },
          { item: 'other.q2', eq: 0 },
        ],
      },
      loinc: null,
    },
    {
      id: 'other.q5',
      concept: 'failed expectations past 3 months: other substance, named',
      prompt:
        'How often did the other substance keep the person from things that others count on them for, in these three months?',
      values: HOW_OFTEN_LET_DOWN,
      skipIf: {
        any: [
          { item: 'other.q1', eq: 0 },
          { item: 'other.q2', eq: 0 },
        ],
      },
      loinc: null,
    },
    {
      id: 'other.q6',
      concept: "others' concern: other substance, named",
      prompt: "Did others ever worry about the person's use of the other substance, and say so?",
      values: EVER,
      skipIf: { item: 'other.q1', eq: 0 },
      loinc: null,
    },
    {
      id: 'other.q7',
      concept: 'failed attempt to control, cut down or stop: other substance, named',
      prompt:
        'Did the person ever set out to limit or end the use of the other substance, and find that it did not work?',
      values: EVER,
      skipIf: { item: 'other.q1', eq: 0 },
      loinc: null,
    },
    {
      id: 'q8',
      concept: 'injected any drug non-medically',
      prompt: 'Did the person ever inject a drug outside medical treatment?',
      values: [
        { value: 0, label: 'No, never' },
        { value: 2, label: 'Yes, within the past three months' },
        { value: 1, label: 'Yes, but longer than three months ago' },
      ],
      scored: false,
      loinc: null,
    },
  ],
  subscales: [
    {
      id: 'ssi.tobacco',
      label: 'specific substance involvement: tobacco products',
      method: 'sum',
      items: ['tobacco.q2', 'tobacco.q3', 'tobacco.q4', 'tobacco.q6', 'tobacco.q7'],
      min: 0,
      max: 31,
      missing: STRICT,
      bands: [
        { min: 0, max: 3, label: 'lower risk' },
        { min: 4, max: 26, label: 'moderate risk' },
        { min: 27, max: 31, label: 'high risk' },
      ],
    },
    {
      id: 'ssi.alcohol',
      label: 'specific substance involvement: alcoholic beverages',
      method: 'sum',
      items: ['alcohol.q2', 'alcohol.q3', 'alcohol.q4', 'alcohol.q5', 'alcohol.q6', 'alcohol.q7'],
      min: 0,
      max: 39,
      missing: STRICT,
      bands: [
        { min: 0, max: 10, label: 'lower risk' },
        { min: 11, max: 26, label: 'moderate risk' },
        { min: 27, max: 39, label: 'high risk' },
      ],
    },
    {
      id: 'ssi.cannabis',
      label: 'specific substance involvement: cannabis',
      method: 'sum',
      items: ['cannabis.q2', 'cannabis.q3', 'cannabis.q4', 'cannabis.q5', 'cannabis.q6', 'cannabis.q7'],
      min: 0,
      max: 39,
      missing: STRICT,
      bands: [
        { min: 0, max: 3, label: 'lower risk' },
        { min: 4, max: 26, label: 'moderate risk' },
        { min: 27, max: 39, label: 'high risk' },
      ],
    },
    {
      id: 'ssi.cocaine',
      label: 'specific substance involvement: cocaine',
      method: 'sum',
      items: ['cocaine.q2', 'cocaine.q3', 'cocaine.q4', 'cocaine.q5', 'cocaine.q6', 'cocaine.q7'],
      min: 0,
      max: 39,
      missing: STRICT,
      bands: [
        { min: 0, max: 3, label: 'lower risk' },
        { min: 4, max: 26, label: 'moderate risk' },
        { min: 27, max: 39, label: 'high risk' },
      ],
    },
    {
      id: 'ssi.ats',
      label: 'specific substance involvement: amphetamine-type stimulants',
      method: 'sum',
      items: ['ats.q2', 'ats.q3', 'ats.q4', 'ats.q5', 'ats.q6', 'ats.q7'],
      min: 0,
      max: 39,
      missing: STRICT,
      bands: [
        { min: 0, max: 3, label: 'lower risk' },
        { min: 4, max: 26, label: 'moderate risk' },
        { min: 27, max: 39, label: 'high risk' },
      ],
    },
    {
      id: 'ssi.inhalants',
      label: 'specific substance involvement: inhalants',
      method: 'sum',
      items: ['inhalants.q2', 'inhalants.q3', 'inhalants.q4', 'inhalants.q5', 'inhalants.q6', 'inhalants.q7'],
      min: 0,
      max: 39,
      missing: STRICT,
      bands: [
        { min: 0, max: 3, label: 'lower risk' },
        { min: 4, max: 26, label: 'moderate risk' },
        { min: 27, max: 39, label: 'high risk' },
      ],
    },
    {
      id: 'ssi.sedatives',
      label: 'specific substance involvement: sedatives or sleeping pills',
      method: 'sum',
      items: ['sedatives.q2', 'sedatives.q3', 'sedatives.q4', 'sedatives.q5', 'sedatives.q6', 'sedatives.q7'],
      min: 0,
      max: 39,
      missing: STRICT,
      bands: [
        { min: 0, max: 3, label: 'lower risk' },
        { min: 4, max: 26, label: 'moderate risk' },
        { min: 27, max: 39, label: 'high risk' },
      ],
    },
    {
      id: 'ssi.hallucinogens',
      label: 'specific substance involvement: hallucinogens (this group contains ketamine)',
      method: 'sum',
      items: [
        'hallucinogens.q2',
        'hallucinogens.q3',
        'hallucinogens.q4',
        'hallucinogens.q5',
        'hallucinogens.q6',
        'hallucinogens.q7',
      ],
      min: 0,
      max: 39,
      missing: STRICT,
      bands: [
        { min: 0, max: 3, label: 'lower risk' },
        { min: 4, max: 26, label: 'moderate risk' },
        { min: 27, max: 39, label: 'high risk' },
      ],
    },
    {
      id: 'ssi.opioids',
      label: 'specific substance involvement: opioids',
      method: 'sum',
      items: ['opioids.q2', 'opioids.q3', 'opioids.q4', 'opioids.q5', 'opioids.q6', 'opioids.q7'],
      min: 0,
      max: 39,
      missing: STRICT,
      bands: [
        { min: 0, max: 3, label: 'lower risk' },
        { min: 4, max: 26, label: 'moderate risk' },
        { min: 27, max: 39, label: 'high risk' },
      ],
    },
    {
      id: 'ssi.other',
      label: 'specific substance involvement: other substance, named',
      method: 'sum',
      items: ['other.q2', 'other.q3', 'other.q4', 'other.q5', 'other.q6', 'other.q7'],
      min: 0,
      max: 39,
      missing: STRICT,
      bands: [
        { min: 0, max: 3, label: 'lower risk' },
        { min: 4, max: 26, label: 'moderate risk' },
        { min: 27, max: 39, label: 'high risk' },
      ],
    },
  ],
  total: null,
  flags: [
    {
      id: 'anyHighRisk',
      label: 'any substance at or above 27',
      when: {
        any: [
          { score: 'ssi.tobacco', gte: 27 },
          { score: 'ssi.alcohol', gte: 27 },
          { score: 'ssi.cannabis', gte: 27 },
          { score: 'ssi.cocaine', gte: 27 },
          { score: 'ssi.ats', gte: 27 },
          { score: 'ssi.inhalants', gte: 27 },
          { score: 'ssi.sedatives', gte: 27 },
          { score: 'ssi.hallucinogens', gte: 27 },
          { score: 'ssi.opioids', gte: 27 },
          { score: 'ssi.other', gte: 27 },
        ],
      },
    },
    {
      id: 'injectedRecently',
      label: 'injected in past 3 months',
      when: { item: 'q8', eq: 2 },
    },
  ],
  categories: [],
  safetyTriggers: [
    {
      id: 'assist-injecting',
      when: { item: 'q8', eq: 2 },
      action:
        'Ask how often the person injects. More than 4 days a month on average over the past three months calls for further assessment and more intensive treatment. Offer tests for blood-borne viruses and harm reduction.',
      severity: 'warning',
    },
  ],
}

export const assist: Instrument = {
  ...assistForm,
  name: 'WHO Alcohol, Smoking and Substance Involvement Screening Test v3.1',
  construct: 'substance involvement per substance',
  administered: 'clinician',
  schedule: ['baseline', '3-monthly or end of treatment'],
  cutoffs: [
    {
      score: 'ssi.alcohol',
      op: 'gte',
      value: 11,
      meaning: 'moderate risk alcohol: brief intervention',
      sensitivity: null,
      specificity: null,
      source: 'WHO 2010',
    },
    {
      score: 'ssi.<other>',
      op: 'gte',
      value: 4,
      meaning: 'moderate risk: brief intervention',
      sensitivity: null,
      specificity: null,
      source: 'WHO 2010',
    },
    {
      score: 'ssi.<any>',
      op: 'gte',
      value: 27,
      meaning: 'high risk: assessment and specialist treatment',
      sensitivity: null,
      specificity: null,
      source: 'WHO 2010',
    },
  ],
  change: {
    score: 'ssi.tobacco',
    response: null,
    remission: null,
    mcid: null,
    reliableChange: null,
    note: 'No published size of meaningful change; compare each substance score and its risk band with the one before.',
  },
  loinc: { panel: null, scores: {}, status: 'no term found in LOINC 2.68; use a local code' },
  licence: {
    status: 'free-with-conditions',
    holder: 'World Health Organization',
    terms:
      'WHO copyright 2010; free for clinical and research use with credit, non-commercial; translation/adaptation by request to WHO',
    confidence: 'medium',
  },
  source:
    'Humeniuk 2008 and 2010 (WHO manual); values of items 2, 6 and 7 and the sum of items 2 to 7 seen in public analysis code; item structure and cut-offs to be compared with the official form at import',
  citations: [
    'Humeniuk R et al. ASSIST manual for use in primary care. WHO 2010, ISBN 978-92-4-159938-2',
    'Humeniuk R et al. Addiction 2008;103:1039-47',
  ],
  notes: [
    'item 5 is not asked for tobacco, so its maximum is 31; all others 39',
    'item 1 = no: substance skipped, score 0; item 2 = never: skip 3-5, still ask 6-7',
    'item 8 and item 1 never enter the substance score',
    'there is no total across substances',
    'ketamine is in the hallucinogen row: doses given in treatment are never recorded as non-medical use',
    'this wording is ours and has not been validated; import the official form where validity matters',
  ],
  confidence: 'high',
}
