import { expect, it } from 'vitest'
import { mapHref } from './directions.ts'
import { hoursInWords } from './opening-hours.ts'

it.each([
  ['07:00', '21:00', '7 am to 9 pm'],
  ['00:00', '12:00', '12 am to 12 pm'],
  ['08:30', '12:05', '8:30 am to 12:05 pm'],
  ['', '', 'closed'],
  ['08:00', '', 'closed'],
  ['noon', '17:00', 'noon to 5 pm'],
])('%s to %s is “%s”', (opens, closes, open) => {
  expect(hoursInWords({ days: 'Monday', opens, closes })).toEqual({ days: 'Monday', open })
})

it('looks a place up by what is known of it, and not at all without', () => {
  expect(mapHref(['1 Main Street', '', 'Fairfax', 'Virginia'])).toBe(
    'https://www.openstreetmap.org/search?query=1+Main+Street%2C+Fairfax%2C+Virginia',
  )
  expect(mapHref(['', ' '])).toBeUndefined()
})
