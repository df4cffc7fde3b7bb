import type { LimitRule } from './limits.ts'
import { writeValue } from './vital-sign.ts'

/**
 * Whether a value meets the test of a rule at this moment; null when there is no baseline to tell by.
 * @param own the person's own baseline of that sign
 */
export function meetsTest(
  { when }: LimitRule,
  value: number,
  own: number | null | undefined,
): boolean | null {
  switch (when.is) {
    case 'at-least':
      return value >= when.value
    case 'above':
      return value > when.value
    case 'at-most':
      return value <= when.value
    case 'below':
      return value < when.value
    case 'risen-by-at-least':
      return isNumber(own) ? value - own >= when.amount : null
    case 'fallen-by-at-least':
      return isNumber(own) ? own - value >= when.amount : null
  }
}

/** The test in words: "at or above 160 mmHg". A relative one needs the baseline it was judged by. */
export function describeTest(
  { sign, when }: LimitRule,
  value: number,
  own: number | null | undefined,
): string {
  switch (when.is) {
    case 'at-least':
      return `at or above ${writeValue(sign, when.value)}`
    case 'above':
      return `above ${writeValue(sign, when.value)}`
    case 'at-most':
      return `at or below ${writeValue(sign, when.value)}`
    case 'below':
      return `below ${writeValue(sign, when.value)}`
    case 'risen-by-at-least':
      return `${writeValue(sign, value - own!)} above own baseline of ${writeValue(sign, own!)} (limit ${writeValue(sign, when.amount)})`
    case 'fallen-by-at-least':
      return `${writeValue(sign, own! - value)} below own baseline of ${writeValue(sign, own!)} (limit ${writeValue(sign, when.amount)})`
  }
}

/** By how much `value` is worse than `before` in the direction of the rule; below 0 when it is better. */
export function worseBy({ when }: LimitRule, value: number, before: number): number {
  const up = when.is === 'at-least' || when.is === 'above' || when.is === 'risen-by-at-least'
  return up ? value - before : before - value
}

function isNumber(own: number | null | undefined): own is number {
  return typeof own === 'number' && Number.isFinite(own)
}
