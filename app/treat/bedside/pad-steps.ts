import { type Reading, vitalSignNames, whyImpossible } from '@evenkeel/vital-signs'
import { HAND_SIGNS } from '../session/event-words.ts'
import { plainFigure } from '../session/plain-figure.ts'

export type HandSign = (typeof HAND_SIGNS)[number]

/** The highest figure anybody measures; a further digit would go past it. Not a limit: what is typed is kept. */
const HIGHEST: Readonly<Record<HandSign, number>> = {
  systolicMmHg: 300,
  diastolicMmHg: 300,
  heartRatePerMin: 300,
  spo2Percent: 100,
  respiratoryRatePerMin: 60,
  moaas: 5,
}

/**
 * Whether a figure is complete: no further digit can belong to it, so that the next sign can be asked for. What may
 * still grow (30 of 300) waits for Enter.
 *
 * @example isComplete('systolicMmHg', '128') // true
 * @example isComplete('respiratoryRatePerMin', '6') // false: 60 is possible
 */
export function isComplete(sign: HandSign, typed: string): boolean {
  if (sign === 'moaas') return /^\d$/.test(typed)
  return /^\d+$/.test(typed) && Number(`${typed}0`) > HIGHEST[sign]
}

/**
 * The total of a scale after one more key: digits join it while they may still belong to it, and one that cannot begins
 * the figure anew, so that a wrong tap is put right by tapping the right figure.
 *
 * @example totalAfter('1', '8', 92) // '18'
 * @example totalAfter('18', '4', 92) // '4'
 */
export function totalAfter(typed: string, digit: string, high: number): string {
  const joined = typed === '0' ? digit : `${typed}${digit}`
  return /^\d+$/.test(joined) && Number(joined) <= high ? joined : digit
}

/** The sign asked for after this one; undefined after the last. */
export function signAfter(sign: HandSign): HandSign | undefined {
  return HAND_SIGNS[HAND_SIGNS.indexOf(sign) + 1]
}

/** The sign asked for before this one; undefined before the first. */
export function signBefore(sign: HandSign): HandSign | undefined {
  return HAND_SIGNS[HAND_SIGNS.indexOf(sign) - 1]
}

/**
 * What was typed as a reading, before it is sent; what is empty, no figure or impossible is left out: it is refused where the form
 * is read, not asked about.
 */
export function typedReading(typed: (sign: HandSign) => string): Reading {
  return Object.fromEntries(
    HAND_SIGNS.flatMap((sign) => {
      const value = plainFigure(typed(sign))
      return value === undefined || whyImpossible(sign, value) ? [] : [[sign, value]]
    }),
  )
}

/** What each score of MOAA/S means, from 5 down. */
export const MOAAS_WORDS: readonly (readonly [score: number, words: string])[] = [
  [5, 'answers to the name at once'],
  [4, 'answers slowly'],
  [3, 'only when called loudly or repeatedly'],
  [2, 'only to mild prodding'],
  [1, 'only to a squeeze of the trapezius'],
  [0, 'does not answer at all'],
]

/** How a sign stands on the pad: short enough for a tile. */
export function padLabel(sign: HandSign): string {
  if (sign === 'systolicMmHg') return 'Systolic'
  if (sign === 'diastolicMmHg') return 'Diastolic'
  if (sign === 'respiratoryRatePerMin') return 'Breathing'
  if (sign === 'spo2Percent') return 'SpO₂'
  return sign === 'moaas' ? 'MOAA/S' : vitalSignNames[sign].name
}
