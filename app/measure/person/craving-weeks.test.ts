import { expect, it } from 'vitest'
import type { PersonId } from '../../platform/ids.ts'
import { addDays, parseLocalDate } from '../../platform/time.ts'
import { cravingWeeks } from './craving-weeks.ts'

const zero = parseLocalDate('2026-03-02')
const said = (day: number, craving0to10: number | null) => ({
  forDate: addDays(zero, day),
  used: 'no' as const,
  craving0to10,
})

it('gives the mean of each week that has passed; a week nobody answered has none', () => {
  const weeks = (today: number, doses = [{ day: zero }]) =>
    cravingWeeks(
      'p' as PersonId,
      doses,
      [said(0, 9), said(1, 8), said(7, 5), said(8, 1), said(21, 10), said(22, null)],
      addDays(zero, today),
    )
  // Day 0 is no day after the dose, day 8 lies beyond the week; day 21 lies before the week to day 28.
  expect(weeks(29)).toEqual([
    { day: 7, answers: 2, mean: 6.5 },
    { day: 28, answers: 0, mean: undefined },
  ])
  expect(weeks(7)).toEqual([])
  expect(weeks(29, [])).toEqual([])
})
