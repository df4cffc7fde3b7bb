/**
 * Small counts do not leave. Every figure about several people that is shown or downloaded passes through here, so
 * that the rule stands in one place.
 *
 * A count from 1 to 9 is withheld, since with so few people somebody who knows one of them can find them. Zero is shown:
 * it points at nobody. A withheld count is `undefined`, never 0.
 */
export const SMALLEST_SHOWN = 10

/**
 * How much room a withheld count must have: from everything shown a reader may at best narrow it to nine numbers in a row
 * (highest less lowest is at least 8).
 */
export const NARROWEST_RANGE = 8

/** The word for a withheld count. */
export const WITHHELD = 'fewer than 10'

/** True for a count that points at people: 1 to 9. */
export function isSmall(count: number): boolean {
  return count > 0 && count < SMALLEST_SHOWN
}

/** @returns the count, or undefined when it is withheld */
export function disclosedCount(count: number): number | undefined {
  return isSmall(count) ? undefined : count
}

export type DisclosedParts = {
  readonly total: number | undefined
  readonly parts: readonly (number | undefined)[]
}

/** Of the nine values that a small part may have, how many must remain possible to somebody who knows this rule. */
const VALUES_LEFT = 8

/**
 * A total and the parts that add up to it. Hiding one part alone would let a reader subtract, so further parts are
 * withheld, the smallest first, until at least two are hidden, those hidden hold at least ten people together, and a small
 * one could still have nearly any small value, even for a reader who knows that the smallest were taken (complementary suppression). When that cannot be had, the total is
 * withheld too.
 *
 * @param counts whole numbers that exclude each other and add up to the total
 * @example discloseParts([4, 30, 50]) // { total: 84, parts: [undefined, undefined, 50] }
 */
export function discloseParts(counts: readonly number[]): DisclosedParts {
  const total = counts.reduce((sum, count) => sum + count, 0)
  const hidden = new Set(counts.flatMap((count, at) => (isSmall(count) ? [at] : [])))
  const open = counts
    .map((count, at) => ({ count, at }))
    .filter(({ count, at }) => !hidden.has(at) && count > 0)
    .sort((a, b) => a.count - b.count || a.at - b.at)
  const hiddenPeople = () => [...hidden].reduce((sum, at) => sum + counts[at]!, 0)
  while (
    hidden.size > 0 &&
    (hidden.size < 2 ||
      hiddenPeople() < SMALLEST_SHOWN ||
      valuesLeft(hiddenPeople(), hidden.size, open[0]?.count) < VALUES_LEFT)
  ) {
    const next = open.shift()
    // Nothing is left to hide behind: the total would give it away.
    if (!next) return { total: undefined, parts: partsWithout(counts, hidden) }
    hidden.add(next.at)
  }
  return { total: isSmall(total) ? undefined : total, parts: partsWithout(counts, hidden) }
}

/**
 * How many of 1 to 9 a small hidden part could be, by what the others could then hold together.
 *
 * @param people in the hidden parts together
 * @param parts how many are hidden
 * @param smallestShown the others are no larger than this, since the smallest were hidden first
 */
function valuesLeft(people: number, parts: number, smallestShown = Number.POSITIVE_INFINITY): number {
  const others = parts - 1
  const most = others * Math.max(SMALLEST_SHOWN - 1, smallestShown)
  let possible = 0
  for (let value = 1; value < SMALLEST_SHOWN; value++) {
    if (people - value >= others && people - value <= most) possible++
  }
  return possible
}

function partsWithout(counts: readonly number[], hidden: ReadonlySet<number>): (number | undefined)[] {
  return counts.map((count, at) => (hidden.has(at) ? undefined : count))
}

/** Counts that only rise, at some days, and where they end. */
export type CumulativeSeries = { readonly counts: readonly number[]; readonly end: number }

/**
 * Which days of counts that only rise may be shown, for one series or for several that share their days. Two days shown
 * one after the other tell by subtraction what happened in between, so a day is shown only when in every series nobody or
 * at least ten people came since the day shown before it (the start counts as a day with nobody), and the same holds from the last day
 * shown to the end.
 *
 * @param series counts at the same days, each with the value at the end, which is shown
 * @returns places of the days that may be shown, ascending
 * @example disclosedDays([{ counts: [12, 15, 24], end: 40 }]) // [0, 2]: on the second day only three had come since the first
 */
export function disclosedDays(series: readonly CumulativeSeries[]): number[] {
  const days = series[0]?.counts.length ?? 0
  const shown: number[] = []
  const holdsSince = (from: number | undefined, value: (one: CumulativeSeries) => number) =>
    series.every((one) => !isSmall(value(one) - (from === undefined ? 0 : one.counts[from]!)))
  for (let day = 0; day < days; day++) {
    if (holdsSince(shown.at(-1), ({ counts }) => counts[day]!)) shown.push(day)
  }
  while (shown.length > 0 && !holdsSince(shown.at(-1), ({ end }) => end)) shown.pop()
  return shown
}
