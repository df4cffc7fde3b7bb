import { type LocalDate, parseLocalDate } from '../../platform/time.ts'
import type { BatchCounts } from './public-figures.ts'
import { type ReleasePage, releasePage } from './release-page.ts'

/**
 * Counts of 320 people who never were, so that one can see how the public page looks when more people have been treated. Chosen so that
 * nothing looks like a result: use, no use and silence are about as many.
 */
const COUNTS: BatchCounts = {
  used: [
    { 'no-use': 20, use: 40, missing: 20 },
    { 'no-use': 12, use: 30, missing: 12 },
    { 'no-use': 0, use: 25, missing: 10 },
  ],
  lost: [20, 15, 12],
  followed: { 'no-use': 90, missing: 14 },
  noted: { nausea: 83, distress: 31, 'stopped-early': 7 },
}

/** The page of the example, by the same code as a release. */
export function examplePage(clinicName: string, countedOn: LocalDate): ReleasePage {
  const period = { from: parseLocalDate('2024-01-01'), to: parseLocalDate('2025-12-31') }
  return releasePage({ counts: COUNTS, period }, [], {
    clinicName,
    invented: ' · example, invented counts',
    countedOn,
  })
}
