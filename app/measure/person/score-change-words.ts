import type { Comparison } from './score-change.ts'

/** "18 to 9: 50 % lower"; without a percentage where it began at 0. */
export function movedInWords(before: number, after: number): string {
  const from = `${before} to ${after}`
  if (after === before) return `${from}: the same`
  const way = after < before ? 'lower' : 'higher'
  if (before <= 0) return `${from}: ${way}, and no percentage from ${before}`
  return `${from}: ${oneDecimal((100 * Math.abs(after - before)) / before)} % ${way}`
}

/** To one digit after the point. */
export function oneDecimal(value: number): number {
  return Math.round(value * 10) / 10
}

/**
 * A comparison as one sentence, for alt texts and downloads.
 *
 * @example "18 to 9: 50 % lower. Response (at least 50 % lower): yes. Remission range (below 5): no. …"
 */
export function comparisonInWords(comparison: Comparison): string {
  if (!comparison.told) return comparison.why
  const defined = comparison.readings.filter(({ verdict }) => verdict !== 'not-defined')
  return [
    `${comparison.moved}.`,
    ...defined.map(({ name, rule, verdict }) => `${name} (${rule}): ${verdict}.`),
    ...(defined.length === 0 ? ['No source defines response, remission or reliable change for it.'] : []),
  ].join(' ')
}
