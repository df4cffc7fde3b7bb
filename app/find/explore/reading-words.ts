/** What is read off a picture at one minute; ng/mL. */
export type Reading = {
  readonly minute: number
  readonly low: number
  readonly middle: number
  readonly high: number
  /** Share of its own highest value, 0 to 1; undefined where no effect is drawn. */
  readonly effectShare?: number
  /** Highest value of the middle line. */
  readonly peak: number
  /** Last minute in which drug is given; 0 for what is given at once. */
  readonly givenUntil: number
  /** `a drip` ends; for everything else only time passes. */
  readonly isDrip: boolean
}

/** The reading in words, one sentence each. The same on the server and in the page's script. */
export type ReadingWords = {
  readonly when: string
  readonly blood: string
  readonly effect?: string
  /** All of it, short, for the slider. */
  readonly spoken: string
}

/**
 * The reading at one minute as sentences.
 *
 * Levels are rounded to tens from 100 up, to fives from 20 up, and never say more than the model knows.
 *
 * @example readingInWords({ minute: 60, low: 52.6, middle: 95.9, high: 150, peak: 253, … }).when // 'About 1 hour in, 20 minutes after the drip has ended'
 */
export function readingInWords(reading: Reading): ReadingWords {
  const { minute, low, middle, high, peak, effectShare } = reading
  const when = `${minute === 0 ? 'At the start' : `About ${duration(minute)} in`}${sinceDrip(reading)}`
  if (minute === 0) {
    return {
      when,
      blood: 'Nothing has reached the blood yet.',
      ...(effectShare === undefined ? {} : { effect: 'There is no effect yet.' }),
      spoken: 'The start: nothing in the blood yet',
    }
  }
  const between = `between ${level(low)} and ${level(high)}`
  const share = shareInWords(middle / peak)
  return {
    when,
    blood: `${upperFirst(about(middle))} ng/mL in a typical person’s blood, ${share}. ${upperFirst(between)} in nine people out of ten, if the model is right.`,
    ...(effectShare === undefined ? {} : { effect: `The modelled effect is ${shareInWords(effectShare)}.` }),
    spoken: `${duration(minute)}: ${about(middle)}, most ${between}`,
  }
}

/** A span in the words people use: `1 hour 5 minutes`. */
export function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  return [counted(hours, 'hour'), counted(rest, 'minute')].filter((part) => part !== '').join(' ')
}

function counted(count: number, word: string): string {
  return count === 0 ? '' : `${count} ${word}${count === 1 ? '' : 's'}`
}

function sinceDrip({ minute, givenUntil, isDrip }: Reading): string {
  if (!isDrip) return ''
  if (minute === 0) return ', as the drip begins'
  if (minute < givenUntil) return ', the drip is running'
  if (minute === givenUntil) return ', as the drip ends'
  return `, ${duration(minute - givenUntil)} after the drip has ended`
}

/** A level in ng/mL without its unit, no finer than it is known. */
export function level(ngPerMl: number): string {
  if (ngPerMl < 1) return 'less than 1'
  const step = ngPerMl >= 97.5 ? 10 : ngPerMl >= 20 ? 5 : 1
  return String(Math.round(ngPerMl / step) * step)
}

function about(ngPerMl: number): string {
  return ngPerMl < 1 ? level(ngPerMl) : `about ${level(ngPerMl)}`
}

function upperFirst(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const shares: readonly (readonly [least: number, words: string])[] = [
  [0.98, 'at its highest'],
  [0.87, 'nearly at its highest'],
  [0.71, 'about three quarters of its highest'],
  [0.58, 'about two thirds of its highest'],
  [0.42, 'about half of its highest'],
  [0.29, 'about a third of its highest'],
  [0.22, 'about a quarter of its highest'],
  [0.14, 'about a fifth of its highest'],
  [0.07, 'about a tenth of its highest'],
]

function shareInWords(share: number): string {
  return shares.find(([least]) => share >= least)?.[1] ?? 'less than a tenth of its highest'
}
