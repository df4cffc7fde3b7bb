import { dateInWords } from '../platform/time.ts'
import type { DaysKept } from './days-kept.ts'

/** "By your check-ins, there was no use on 41 of the last 45 days." and what else is known, one sentence each. Nothing when there are no days yet. */
export function daysKeptInWords({ kept, used, unknown, of, lastUsed }: DaysKept): string[] {
  if (of === 0) return []
  const sentences = [
    `By your check-ins, there was no use on ${kept} of the last ${of} ${of === 1 ? 'day' : 'days'}.`,
  ]
  if (used > 0 && lastUsed) {
    sentences.push(
      used === 1
        ? `There was use on one of them: ${dateInWords(lastUsed)}.`
        : `There was use on ${used} of them, last on ${dateInWords(lastUsed)}.`,
    )
  }
  if (unknown > 0) {
    sentences.push(unknown === 1 ? 'One day is not known.' : `${unknown} days are not known.`)
  }
  return sentences
}
