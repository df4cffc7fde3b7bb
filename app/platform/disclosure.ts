/**
 * Small counts do not leave. Every figure about several people that is shown or downloaded passes through here, so
 * that the rule stands in one place.
 *
 * A count from 1 to 9 is withheld, since with so few people somebody who knows one of them can find them. Zero is shown:
 * it points at nobody. A withheld count is `undefined`, never 0.
 */
export const SMALLEST_SHOWN = 10

/** The word for a withheld count. */
export const WITHHELD = 'fewer than 10'

function isSmall(count: number): boolean {
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

/**
 * A total and the parts that add up to it. Hiding one part alone would let a reader subtract, so further parts are
 * withheld, the smallest first, until at least two are hidden and those hidden hold at least ten people together
 * (complementary suppression). When that cannot be had, the total is withheld too.
 *
 * @param counts whole numbers that exclude each other and add up to the total
 * @example discloseParts([4, 30, 50]) // { total: 84, parts: [undefined, undefined, 50] }
 */
export function discloseParts(counts: readonly number[]): DisclosedParts {
  const total = counts.reduce((sum, count) => sum + count, 0)
  const hidden = new Set(counts.flatMap((count, at) => (isSmall(count) ? [at] : [])))
  const hiddenPeople = () => [...hidden].reduce((sum, at) => sum + counts[at]!, 0)
  const open = counts
    .map((count, at) => ({ count, at }))
    .filter(({ count, at }) => !hidden.has(at) && count > 0)
    .sort((a, b) => a.count - b.count)
  while (hidden.size > 0 && (hidden.size < 2 || hiddenPeople() < SMALLEST_SHOWN)) {
    const next = open.shift()
    // Nothing is left to hide behind: the total would give it away.
    if (!next) return { total: undefined, parts: partsWithout(counts, hidden) }
    hidden.add(next.at)
  }
  return { total: isSmall(total) ? undefined : total, parts: partsWithout(counts, hidden) }
}

function partsWithout(counts: readonly number[], hidden: ReadonlySet<number>): (number | undefined)[] {
  return counts.map((count, at) => (hidden.has(at) ? undefined : count))
}
