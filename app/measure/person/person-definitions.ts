import { type Definition, NO_SPEAKS_FOR_DAYS, RESULT_WINDOW_DAYS } from '../dataset/definition.ts'

const OWN = { kind: 'own', words: 'Our own definition.' } as const

/** What a person's score is compared with, where no source says what response or remission is. */
export const comparedScoresDefinition: Definition = {
  id: 'scores-of-a-person',
  version: 1,
  name: 'What is compared',
  text:
    'Baseline is the last finished result before the first dose was begun. After treatment is the first finished result on days ' +
    `1 to ${RESULT_WINDOW_DAYS} after the last dose, told once these days have passed; a further dose moves it. The newest is the newest finished result since the first dose, whenever it was. ` +
    'All of them in the same edition, asked and scored alike. A questionnaire that was not finished has no score and is no result. One person’s scores move for many reasons; they do not tell why.',
  source: OWN,
  unit: 'points',
  direction: 'neither',
}

export const useDaysDefinition: Definition = {
  id: 'use-days-of-a-person',
  version: 1,
  name: 'Days with and without use',
  text:
    'From 90 days before the first dose to today, or to yesterday while nothing was told of today; without a dose the last 90 days. Two tellings stand side by side. Check-ins: a "yes" marks the day of the check-in, a "no" speaks for the days since ' +
    `the check-in before it, at most ${NO_SPEAKS_FOR_DAYS}. Use calendar: the newest telling of each day. Where the two differ use counts, and the day is marked. Any substance counts. A day that nobody told of, or that was looked at and not known, is not told: neither with nor ` +
    'without use. A stretch of days without use ends at a day with use and at a day not told; no day is taken away by another.',
  source: OWN,
  unit: 'days',
  direction: 'neither',
}

export const exposureDefinition: Definition = {
  id: 'cumulative-exposure',
  version: 1,
  name: 'What was given here',
  text:
    'Every session in which a dose was begun, with the amount recorded at the end of the infusion. Mg per kg is that amount by the weight from which its order was counted (actual, ideal or adjusted, as the prescriber chose). An amount or a weight that is not known is not counted as nothing: it stands apart, and the ' +
    'sum is then at least what is shown. The last 30, 90 and 365 days include today. What was given elsewhere is not known here.',
  source: OWN,
  unit: 'none',
  direction: 'neither',
}
