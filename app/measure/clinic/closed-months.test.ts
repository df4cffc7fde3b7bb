import { describe, expect, it } from 'vitest'
import { parseLocalDate } from '../../platform/time.ts'
import { asOfDay, type MonthCount } from './closed-months.ts'

const on = (months: Record<string, number>, today: string, since?: string) =>
  asOfDay(
    Object.entries(months).map(([month, people]): MonthCount => ({ month, people })),
    parseLocalDate(today),
    since === undefined ? undefined : parseLocalDate(since),
  )

describe('the day as of which strict figures stand', () => {
  it.each([
    ['the end of the last month in which ten have come', { '2026-08': 12, '2026-10': 10 }, '2026-10-31'],
    ['waits while fewer than ten have come since', { '2026-08': 12, '2026-10': 3 }, '2026-08-31'],
    ['joins months until there are ten', { '2026-08': 4, '2026-09': 5, '2026-10': 3 }, '2026-10-31'],
    ['takes no part of the running month', { '2026-10': 10, '2026-11': 40 }, '2026-10-31'],
    ['knows the end of a year', { '2025-12': 10 }, '2025-12-31'],
    ['knows a leap year', { '2024-02': 10 }, '2024-02-29'],
    ['lies before everybody while fewer than ten have come', { '2026-08': 4, '2026-10': 5 }, '2026-07-31'],
    ['lies before the running month when nobody has', {}, '2026-10-31'],
  ])('%s', (_, months, day) => expect(on(months, '2026-11-24')).toBe(day))

  it.each([
    [
      'does not go back when people of earlier months are entered late',
      { '2026-08': 10, '2026-09': 9 },
      '2026-09-30',
      '2026-09-30',
    ],
    [
      'moves on by people who came after the last one alone',
      { '2026-08': 30, '2026-10': 9 },
      '2026-08-31',
      '2026-08-31',
    ],
    [
      'waits for ten who came after the last one, whoever came before it',
      { '2026-08': 5, '2026-10': 5 },
      '2026-08-31',
      '2026-08-31',
    ],
    ['moves on from the last one', { '2026-08': 3, '2026-10': 10 }, '2026-08-31', '2026-10-31'],
  ])('%s', (_, months, since, day) => expect(on(months, '2026-11-24', since)).toBe(day))

  it('is the same on every day of a month, whoever comes in it', () => {
    const before = { '2026-09': 11, '2026-10': 14 }
    for (const [day, people] of [
      ['2026-11-01', 0],
      ['2026-11-15', 1],
      ['2026-11-30', 60],
    ] as const)
      expect(on({ ...before, '2026-11': people }, day)).toBe('2026-10-31')
  })
})
