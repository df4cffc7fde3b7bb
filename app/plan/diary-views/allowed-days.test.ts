import { expect, it } from 'vitest'
import { parseInstant } from '../../platform/time.ts'
import { allowedDaysWords } from './allowed-days.ts'

const at = (sessionNumber: number, day: string) => ({
  sessionNumber,
  startsAt: parseInstant(`${day}T14:00:00Z`),
})
const weekly = (n: number) => (n === 1 ? undefined : { earliestDays: 6, targetDays: 7, latestDays: 10 })
const words = (
  others: readonly ReturnType<typeof at>[],
  windows = weekly as (n: number) => ReturnType<typeof weekly>,
) => allowedDaysWords(2, others, windows, 'America/New_York')

it.each([
  [
    'one before',
    [at(1, '2026-12-01')],
    'By the protocol session 2 may be 6 to 10 days after session 1 (Mon 7 Dec 2026 to Fri 11 Dec 2026); other days are not offered.',
  ],
  [
    'one after it but one',
    [at(4, '2026-12-31')],
    'By the protocol session 2 may be 12 to 20 days before session 4 (Fri 11 Dec 2026 to Sat 19 Dec 2026); other days are not offered.',
  ],
  [
    'both',
    [at(3, '2026-12-15'), at(1, '2026-12-01')],
    'By the protocol session 2 may be 6 to 10 days after session 1 (Mon 7 Dec 2026 to Fri 11 Dec 2026) and 6 to 10 days before session 3 (Sat 5 Dec 2026 to Wed 9 Dec 2026); other days are not offered.',
  ],
  ['none', [], undefined],
])('tells the days seen from %s', (_case, others, expected) => {
  expect(words(others)).toBe(expected)
})

it('says no end that the protocol does not say', () => {
  const known = (n: number) => (n === 3 ? weekly(3) : undefined)
  expect(words([at(4, '2026-12-31')], known)).toBe(
    'By the protocol session 2 may be 6 days or more before session 4 (until Fri 25 Dec 2026); other days are not offered.',
  )
  expect(words([at(1, '2026-12-01')], () => undefined)).toBeUndefined()
})
