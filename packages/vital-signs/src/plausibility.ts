import {
  type MonitoredSign,
  type Reading,
  type VitalSign,
  vitalSignNames,
  vitalSigns,
  writeValue,
} from './vital-sign.ts'

export type PlausibleRange = { readonly low: number; readonly high: number; readonly wholeNumber?: boolean }

/** Ranges outside which a value is more often a slip of the finger or of a cuff than true. Data, with a version. */
export type PlausibleRanges = {
  readonly version: string
  readonly source: string
  readonly ranges: Readonly<Record<MonitoredSign, PlausibleRange>>
  /** A change by more than this within that time is faster than a body usually is. */
  readonly changes: Readonly<
    Partial<Record<MonitoredSign, { readonly by: number; readonly withinMs: number }>>
  >
}

export const defaultPlausibleRanges: PlausibleRanges = {
  version: '2026-11-22',
  source: 'design default [D], to be signed off by the medical director',
  ranges: {
    systolicMmHg: { low: 60, high: 250 },
    diastolicMmHg: { low: 30, high: 150 },
    heartRatePerMin: { low: 30, high: 220 },
    spo2Percent: { low: 60, high: 100 },
    respiratoryRatePerMin: { low: 4, high: 50 },
    moaas: { low: 0, high: 5, wholeNumber: true },
    temperatureCelsius: { low: 33, high: 41.5 },
    meanPressureMmHg: { low: 40, high: 180 },
  },
  changes: {
    systolicMmHg: { by: 60, withinMs: 60_000 },
    diastolicMmHg: { by: 40, withinMs: 60_000 },
    meanPressureMmHg: { by: 50, withinMs: 60_000 },
    heartRatePerMin: { by: 60, withinMs: 5_000 },
    spo2Percent: { by: 15, withinMs: 5_000 },
    temperatureCelsius: { by: 1, withinMs: 60_000 },
  },
}

/**
 * What no instrument can show and no scale has. Everything between this and the plausible range is unlikely: it is asked about and
 * kept, since the extreme reading is the one that matters.
 */
const possibleRanges: Readonly<Record<VitalSign, PlausibleRange>> = {
  systolicMmHg: { low: 0, high: 400 },
  diastolicMmHg: { low: 0, high: 400 },
  heartRatePerMin: { low: 0, high: 400 },
  spo2Percent: { low: 0, high: 100 },
  respiratoryRatePerMin: { low: 0, high: 150 },
  moaas: { low: 0, high: 5, wholeNumber: true },
  temperatureCelsius: { low: 0, high: 50 },
}

/**
 * Why a person cannot have measured a value, in words that say what to write; undefined for one that is possible. For what is
 * typed: a value of a device is kept and flagged whatever it says.
 *
 * @example whyImpossible('spo2Percent', 100.5) // "Write oxygen saturation as a number from 0 to 100."
 */
export function whyImpossible(sign: VitalSign, value: number): string | undefined {
  const { low, high, wholeNumber } = possibleRanges[sign]
  if (value >= low && value <= high && (!wholeNumber || Number.isInteger(value))) return undefined
  const number = wholeNumber ? 'a whole number' : 'a number'
  return `Write ${vitalSignNames[sign].name.toLowerCase()} as ${number} from ${low} to ${high}.`
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
  sign: MonitoredSign,
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

/** `ask`: of the person who enters it. `flag`: nobody is there to be asked; the value is kept and marked. */
export type Doubt = {
  readonly sign: MonitoredSign
  readonly verdict: 'ask' | 'flag'
  readonly reason: string
}

/** What is doubted, and whether the whole is to be kept as it is, asked about, or kept with a mark. Never dropped. */
export type ReadingCheck = { readonly verdict: 'keep' | 'ask' | 'flag'; readonly doubts: readonly Doubt[] }

/**
 * Checks values of one moment: each by itself, the pressures together, and how fast they changed.
 *
 * @param values canonical units; the mean pressure may be among them
 * @param by who gave them: of a person an unlikely value is asked about, of a device it is flagged
 * @param before an earlier moment to compare with; a later one is not looked at
 * @example checkReading({ systolicMmHg: 120, diastolicMmHg: 80, meanPressureMmHg: 70 }, 'device').verdict // 'flag'
 */
export function checkReading(
  values: Readonly<Partial<Record<MonitoredSign, number | null>>>,
  by: 'person' | 'device',
  times?: {
    readonly atMs: number
    readonly before: {
      readonly atMs: number
      readonly values: Readonly<Partial<Record<MonitoredSign, number | null>>>
    }
  },
  ranges: PlausibleRanges = defaultPlausibleRanges,
): ReadingCheck {
  const verdict = by === 'person' ? 'ask' : 'flag'
  const doubts: Doubt[] = questionsAbout(values, ranges).map(({ sign, reason }) => ({
    sign,
    verdict,
    reason,
  }))
  const { systolicMmHg: systolic, diastolicMmHg: diastolic, meanPressureMmHg: mean } = values
  if (typeof mean === 'number') {
    const sign = 'meanPressureMmHg'
    const answer = checkPlausible(sign, mean, ranges)
    if (answer.verdict === 'ask') doubts.push({ sign, verdict, reason: answer.reason })
    const above = typeof systolic === 'number' && mean > systolic
    const below = typeof diastolic === 'number' && mean < diastolic
    if (above || below) {
      const reason = `Mean pressure ${writeValue(sign, mean)} is ${above ? 'above the systolic' : 'below the diastolic'} pressure of the same moment.`
      doubts.push({ sign, verdict, reason })
    }
  }
  for (const sign of Object.keys(ranges.changes) as MonitoredSign[]) {
    const value = values[sign]
    const before = times?.before.values[sign]
    if (!times || typeof value !== 'number' || typeof before !== 'number') continue
    if (!isSuddenChange(sign, value, times.atMs, before, times.before.atMs, ranges)) continue
    const seconds = Math.round((times.atMs - times.before.atMs) / 1000)
    const reason = `${vitalSignNames[sign].name} went from ${writeValue(sign, before)} to ${writeValue(sign, value)} in ${seconds} s.`
    doubts.push({ sign, verdict, reason })
  }
  return { verdict: doubts.length === 0 ? 'keep' : verdict, doubts }
}

/** Whether a value changed faster than a body usually does. A later `before` says nothing. */
export function isSuddenChange(
  sign: MonitoredSign,
  value: number,
  atMs: number,
  before: number,
  beforeMs: number,
  { changes }: PlausibleRanges = defaultPlausibleRanges,
): boolean {
  const change = changes[sign]
  const passedMs = atMs - beforeMs
  return (
    change !== undefined &&
    passedMs >= 0 &&
    passedMs <= change.withinMs &&
    Math.abs(value - before) > change.by
  )
}
