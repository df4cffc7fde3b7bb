import { type Refusal, refuse } from '../refusal.ts'

/** What one week's urine tests said. 0 is deliberately "no sample": unknown is never negative. */
export const weekCode = { missing: 0, negative: 1, positive: 2, mixed: 3 } as const

/** One code a week from the first week of treatment on, no week left out: what `parseWeeklyPattern` gives. */
export type WeeklyPattern = Uint8Array

const NOT_A_LETTER = 255

/** The code of each letter by its character number, for speed: patterns come by the hundred thousand. */
const codeOfCharacter = new Uint8Array(128).fill(NOT_A_LETTER)
codeOfCharacter['o'.charCodeAt(0)] = weekCode.missing
codeOfCharacter['-'.charCodeAt(0)] = weekCode.negative
codeOfCharacter['+'.charCodeAt(0)] = weekCode.positive
codeOfCharacter['*'.charCodeAt(0)] = weekCode.mixed

/**
 * Reads a weekly pattern written in letters: `+` positive, `-` negative, `*` both in one week, `o` no sample.
 *
 * @param text one letter a week from week 1 on
 * @returns the codes, or a refusal: `no-weeks` for an empty text, `unknown-letter` with the zero-based place as `row`
 * Source of the letters: CTNote 0.1.0 (Odom, Brandt, Balise 2022).
 * @example parseWeeklyPattern('-+o*') // codes 1, 2, 0, 3
 */
export function parseWeeklyPattern(
  text: string,
): { readonly ok: true; readonly pattern: WeeklyPattern } | Refusal<'no-weeks' | 'unknown-letter'> {
  if (text.length === 0) return refuse('no-weeks')
  const pattern = new Uint8Array(text.length)
  for (let week = 0; week < text.length; week++) {
    const code = codeOfCharacter[text.charCodeAt(week)] ?? NOT_A_LETTER
    if (code === NOT_A_LETTER) return refuse('unknown-letter', week)
    pattern[week] = code
  }
  return { ok: true, pattern }
}

/** How an endpoint reads a week without a sample and a week with both results. */
export type WeekReading = {
  /** `use` counts it as use, `negative` as no use, `missing` as neither; `left-out` closes the gap as if not planned. */
  readonly missing: 'use' | 'negative' | 'missing' | 'left-out'
  /** `use` counts it as use, `neither` as neither use nor a negative week. */
  readonly mixed: 'use' | 'neither'
}

/** A week as an endpoint reads it. */
export const seen = { neither: 0, negative: 1, use: 2, missing: 3 } as const

/** The weeks as an endpoint reads them; shorter than the pattern when weeks without a sample are left out. */
export function readWeeks(pattern: WeeklyPattern, reading: WeekReading): Uint8Array {
  const leftOut = reading.missing === 'left-out'
  // In the order of `weekCode`.
  const readAs = [leftOut ? LEFT_OUT : seen[reading.missing], seen.negative, seen.use, seen[reading.mixed]]
  const read = new Uint8Array(pattern.length)
  let length = 0
  for (let week = 0; week < pattern.length; week++) {
    const value = readAs[pattern[week]!]!
    if (value !== LEFT_OUT) read[length++] = value
  }
  return length === pattern.length ? read : read.subarray(0, length)
}

const LEFT_OUT = -1
