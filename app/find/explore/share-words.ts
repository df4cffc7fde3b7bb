/** A count of people with an outcome, and what it says. */
export type ShareReading = {
  readonly count: number
  readonly people: number
  /** Ends of the exact 95 % interval, in people of every 100, not rounded to whole ones. */
  readonly lowerPercent: number
  readonly upperPercent: number
  /** How often, were the truth 65 of every 100: this many or fewer below it, this many or more above it, just this many at it. */
  readonly chance: number
}

/** The reading in words, one sentence each. */
export type ShareWords = {
  readonly share: string
  readonly fits: string
  readonly chance: string
  /** All of it, short, for the slider. */
  readonly spoken: string
  /** The drawing of dots in words. */
  readonly dots: string
}

/**
 * A reading as sentences; the same on the server and in the page's script.
 *
 * @example shareInWords(shareReading(13, 20)).fits // 'From about 41 to about 85 of every 100 …'
 */
export function shareInWords(reading: ShareReading): ShareWords {
  const { count, people, lowerPercent, upperPercent } = reading
  const inHundred = outOfHundred(count, people)
  const span = `from ${about(lowerPercent)} to ${about(upperPercent)} of every 100`
  return {
    share: `${count} of ${people}: ${inHundred}`,
    fits: `If all people like these could be treated, a true share ${span} would fit with this group. A truth of 65 ${lowerPercent <= 65 && 65 <= upperPercent ? 'fits' : 'does not fit'}.`,
    chance: `Say the truth were 65 of every 100. Then a group of ${people} would show ${countWords(reading)} ${often(reading.chance)}.`,
    spoken: `${count} of ${people}, ${inHundred}; ${span} fits`,
    dots: `${count} of ${people} dots are filled.`,
  }
}

/** "65 of every 100", "about 66 of every 100". */
function outOfHundred(count: number, people: number): string {
  const exact = (100 * count) / people
  return `${Number.isInteger(exact) ? exact : `about ${Math.round(exact)}`} of every 100`
}

/** None and all are said only where the end is just there: near them somebody was seen on the other side. */
function about(percent: number): string {
  if (percent === 0) return 'none'
  if (percent === 100) return 'all'
  if (percent < 1) return 'less than 1'
  return percent > 99 ? 'more than 99' : `about ${Math.round(percent)}`
}

function countWords({ count, people }: ShareReading): string {
  const side = 100 * count - 65 * people
  if (side === 0) return `exactly ${count}`
  return side < 0
    ? count === 0
      ? 'none'
      : `${count} or fewer`
    : count === people
      ? `all ${count}`
      : `${count} or more`
}

/**
 * A probability as people say it.
 *
 * @example often(0.0532) // 'about 5 times in 100'
 */
export function often(probability: number): string {
  if (probability >= 0.995) return 'nearly always'
  if (probability >= 0.00995) {
    const times = Math.round(100 * probability)
    return `about ${times} ${times === 1 ? 'time' : 'times'} in 100`
  }
  if (probability < 0.0001) return 'less than once in 10,000 times'
  const digits = 10 ** Math.floor(Math.log10(1 / probability) - 1)
  return `about once in ${(Math.round(1 / probability / digits) * digits).toLocaleString('en-US')} times`
}
