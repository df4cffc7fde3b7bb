import { describe, expect, it } from 'vitest'
import { usFederalHolidays } from './us-holidays.ts'

/** Dates as the Office of Personnel Management publishes them for these years. */
describe('federal holidays of the United States', () => {
  it.each([
    [
      2026,
      '2026-01-01 2026-01-19 2026-02-16 2026-05-25 2026-06-19 2026-07-03 2026-09-07 2026-10-12 2026-11-11 2026-11-26 2026-12-25',
    ],
    [
      2027,
      '2027-01-01 2027-01-18 2027-02-15 2027-05-31 2027-06-18 2027-07-05 2027-09-06 2027-10-11 2027-11-11 2027-11-25 2027-12-24',
    ],
  ])('are observed in %i on these days', (year, days) => {
    expect(usFederalHolidays(year).map((h) => h.observed)).toEqual(days.split(' '))
  })

  it('a New Year’s Day on a Saturday is observed in the year before', () => {
    expect(usFederalHolidays(2028)[0]).toMatchObject({ day: '2028-01-01', observed: '2027-12-31' })
  })

  it.each([2020, 2026.5, Number.NaN])('refuses the year %d', (year) => {
    expect(() => usFederalHolidays(year)).toThrow(/requires a year from 2021/)
  })
})
