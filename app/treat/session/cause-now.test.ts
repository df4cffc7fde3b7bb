import { expect, it } from 'vitest'
import { causeNow } from './cause-now.ts'

const pressure = { cause: 'sbp-high-red', sign: 'systolicMmHg', level: 'red' } as const
const alarm = (change: Partial<Parameters<typeof causeNow>[0]> = {}) => ({
  ...pressure,
  acknowledged: undefined,
  seenAt: undefined,
  ...change,
})
const value = (state: 'within' | 'amber' | 'red' | 'unknown', measured: number | null) => [
  { sign: 'systolicMmHg' as const, state, value: measured },
]
const known = { acknowledged: { at: '2026-11-24T17:00:00.000Z' as never, by: 'nurse' } }

it.each([
  [alarm(), value('within', 132), 0, 'over', 'Now 132 mmHg, within limits. Only an answer is missing.'],
  [alarm(known), value('within', 132), 0, 'over', 'Now 132 mmHg, within limits.'],
  // An amber alarm ends by itself.
  [alarm({ level: 'amber' }), value('within', 132), 0, 'over', 'Now 132 mmHg, within limits.'],
  [alarm(), value('red', 186), 0, 'lasts', 'Now 186 mmHg.'],
  [alarm(), value('amber', 166), 0, 'lasts', 'Now 166 mmHg.'],
  // What is not known is never over.
  [alarm(), value('unknown', 132), 0, 'unknown', 'No value that counts now.'],
  [alarm(), value('within', null), 0, 'unknown', 'No value that counts now.'],
  [alarm(), [], 0, 'unknown', 'No value that counts now.'],
  [alarm({ level: 'technical', cause: 'flat-line' }), value('within', 132), 0, 'unknown', ''],
  [alarm({ cause: 'reading-overdue', sign: undefined }), [], 60_000, 'lasts', ''],
  [
    alarm({ cause: 'reading-overdue', sign: undefined }),
    [],
    0,
    'over',
    'No reading is overdue now. Only an answer is missing.',
  ],
] as const)('of %o with %o, %i ms overdue: %s, "%s"', (about, signs, overdueMs, state, words) => {
  expect(causeNow(about, signs, overdueMs)).toEqual({ state, words })
})
