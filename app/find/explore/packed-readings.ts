import { minuteStep } from './chosen.ts'
import { type Reading, type ReadingWords, readingInWords } from './reading-words.ts'

/** Readings of one way, one for each step of minutes, as short text: what stands in the page for its script. */
export type PackedReadings = {
  readonly low: string
  readonly middle: string
  readonly high: string
  /** Hundredths of its own highest value; undefined where no effect is drawn. */
  readonly effect?: string
  readonly peak: string
  readonly givenUntil: string
  /** `yes` for a drip. */
  readonly drip: 'yes' | 'no'
}

/** Every reading of a course, from minute 0 in steps, joined by spaces; one decimal below 10, whole numbers above. */
export function packed(byMinute: ArrayLike<number>): string {
  const values: string[] = []
  for (let minute = 0; minute < byMinute.length; minute += minuteStep) {
    const value = byMinute[minute] ?? 0
    values.push(String(value < 10 ? Math.round(value * 10) / 10 : Math.round(value)))
  }
  return values.join(' ')
}

/** One reading in words. The server and the page's script both read here, so they cannot say different things. */
export function wordsAt(readings: PackedReadings, minute: number): ReadingWords {
  const at = (text: string) => Number(text.split(' ')[minute / minuteStep] ?? 0)
  const reading: Reading = {
    minute,
    low: at(readings.low),
    middle: at(readings.middle),
    high: at(readings.high),
    peak: Number(readings.peak),
    givenUntil: Number(readings.givenUntil),
    isDrip: readings.drip === 'yes',
    ...(readings.effect === undefined ? {} : { effectShare: at(readings.effect) / 100 }),
  }
  return readingInWords(reading)
}
