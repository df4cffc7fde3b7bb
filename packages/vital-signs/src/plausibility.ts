import { type Reading, type VitalSign, vitalSignNames, vitalSigns, writeValue } from './vital-sign.ts'

export type PlausibleRange = { readonly low: number; readonly high: number; readonly wholeNumber?: boolean }

/** Ranges outside which a value is more often a slip of the finger or of a cuff than true. Data, with a version. */
export type PlausibleRanges = {
  readonly version: string
  readonly source: string
  readonly ranges: Readonly<Record<VitalSign, PlausibleRange>>
}

export const defaultPlausibleRanges: PlausibleRanges = {
  version: '2026-11-22',
  source: 'design default, to be signed off by the medical director',
  ranges: {
    systolicMmHg: { low: 60, high: 250 },
    diastolicMmHg: { low: 30, high: 150 },
    heartRatePerMin: { low: 30, high: 220 },
    spo2Percent: { low: 60, high: 100 },
    respiratoryRatePerMin: { low: 4, high: 50 },
    moaas: { low: 0, high: 5, wholeNumber: true },
    temperatureCelsius: { low: 33, high: 41.5 },
  },
}

/** `keep`: take it. `ask`: take it too, but ask the person at the bedside first whether it is right. */
export type Plausibility =
  | { readonly verdict: 'keep' }
  | { readonly verdict: 'ask'; readonly reason: string; readonly range: PlausibleRange }

/**
 * Whether a single value is likely to be what was measured. It never drops a value: a true reading can be extreme, and
 * an extreme reading is the one that matters.
 *
 * @param value in the unit of the sign's name
 * @example checkPlausible('spo2Percent', 9) // ask: "Oxygen saturation 9% is outside 60% to 100%. Is it right?"
 */
export function checkPlausible(
  sign: VitalSign,
  value: number,
  { ranges }: PlausibleRanges = defaultPlausibleRanges,
): Plausibility {
  const range = ranges[sign]
  const { name } = vitalSignNames[sign]
  if (!Number.isFinite(value)) return { verdict: 'ask', reason: `${name} is not a number.`, range }
  if (value < range.low || value > range.high) {
    const reason = `${name} ${writeValue(sign, value)} is outside ${writeValue(sign, range.low)} to ${writeValue(sign, range.high)}. Is it right?`
    return { verdict: 'ask', reason, range }
  }
  if (range.wholeNumber && !Number.isInteger(value)) {
    return { verdict: 'ask', reason: `${name} ${value} is not a whole number. Is it right?`, range }
  }
  return { verdict: 'keep' }
}

export type PlausibilityQuestion = {
  readonly sign: VitalSign
  readonly reason: string
  readonly range: PlausibleRange
}

/**
 * Everything to ask about a reading before it is recorded: each value by itself, and the two pressures together.
 * An empty list means keep. Signs that were not measured raise no question here.
 */
export function questionsAbout(
  reading: Reading,
  ranges: PlausibleRanges = defaultPlausibleRanges,
): PlausibilityQuestion[] {
  const questions: PlausibilityQuestion[] = []
  for (const sign of vitalSigns) {
    const value = reading[sign]
    if (value === undefined || value === null) continue
    const answer = checkPlausible(sign, value, ranges)
    if (answer.verdict === 'ask') questions.push({ sign, reason: answer.reason, range: answer.range })
  }
  const { systolicMmHg: systolic, diastolicMmHg: diastolic } = reading
  if (typeof systolic === 'number' && typeof diastolic === 'number' && diastolic >= systolic) {
    questions.push({
      sign: 'diastolicMmHg',
      reason: `Diastolic pressure ${writeValue('diastolicMmHg', diastolic)} is not below the systolic ${writeValue('systolicMmHg', systolic)}. Are they swapped?`,
      range: ranges.ranges.diastolicMmHg,
    })
  }
  return questions
}
