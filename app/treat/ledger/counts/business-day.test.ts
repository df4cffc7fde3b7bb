import { describe, expect, it } from 'vitest'
import type { LocalDate } from '../../../platform/time.ts'
import { isBusinessDay, nextBusinessDay } from './business-day.ts'

describe('business days', () => {
  it.each([
    ['a Monday', '2026-11-23', true],
    ['a Saturday', '2026-11-28', false],
    ['a Sunday', '2026-11-29', false],
    ['Thanksgiving', '2026-11-26', false],
    ['the Friday after it', '2026-11-27', true],
    ['Independence Day of a Saturday, observed on the Friday', '2026-07-03', false],
    ['Juneteenth of a Saturday, observed on the Friday', '2027-06-18', false],
    ['Independence Day of a Sunday, observed on the Monday', '2027-07-05', false],
    ['New Year’s Day of a Saturday, observed in the year before', '2027-12-31', false],
    ['the last day of another year', '2026-12-31', true],
    ['the Monday after a New Year’s Day on a Saturday', '2028-01-03', true],
  ])('%s, %s: %s', (_what, day, open) => {
    expect(isBusinessDay(day as LocalDate)).toBe(open)
  })

  it.each([
    ['2026-11-23', '2026-11-24'],
    ['2026-11-25', '2026-11-27'],
    ['2026-11-27', '2026-11-30'],
    ['2026-11-28', '2026-11-30'],
    ['2026-07-02', '2026-07-06'],
    ['2027-12-30', '2028-01-03'],
    ['2026-12-24', '2026-12-28'],
  ])('one business day from %s ends with %s', (from, until) => {
    expect(nextBusinessDay(from as LocalDate)).toBe(until)
  })
})
