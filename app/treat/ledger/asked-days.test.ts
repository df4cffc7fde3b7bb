import { expect, it } from 'vitest'
import { askedDays } from './asked-days.ts'

it.each([
  [{}, { errors: {} }],
  [
    { from: '', to: '2026-11-02' },
    { to: '2026-11-02', errors: {} },
  ],
  [
    { from: '2026-11-02', to: '2026-11-02' },
    { from: '2026-11-02', to: '2026-11-02', errors: {} },
  ],
  [
    { from: '2026-11-02', to: '2026-11-01' },
    { from: '2026-11-02', to: '2026-11-01', errors: { to: 'This day lies before the first one.' } },
  ],
  [
    { from: '2026-02-30', to: 'soon' },
    {
      errors: {
        from: '“2026-02-30” is no day of the calendar. Give year, month and day, such as 2026-11-02.',
        to: '“soon” is no day of the calendar. Give year, month and day, such as 2026-11-02.',
      },
    },
  ],
  [
    { from: '1899-12-31', to: '9999-12-31' },
    {
      errors: {
        from: '“1899-12-31” lies too far off. Give a day of the years 1900 to 2199.',
        to: '“9999-12-31” lies too far off. Give a day of the years 1900 to 2199.',
      },
    },
  ],
])('reads %o as days, or says of each field what it is not', (typed, read) => {
  expect(askedDays(typed)).toEqual(read)
})
