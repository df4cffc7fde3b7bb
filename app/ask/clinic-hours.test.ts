import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instantFromMs, localDateOf, momentInWords, parseInstant, timeInWords } from '../platform/time.ts'
import { businessDaysAfter, weekHours } from './clinic-hours.ts'

const zone = 'America/New_York'
const nova = weekHours([
  { days: 'Monday to Thursday', opens: '08:00', closes: '18:00' },
  { days: 'Friday', opens: '08:00', closes: '16:00' },
  { days: 'Saturday and Sunday', opens: '', closes: '' },
])

describe('opening hours as people write them', () => {
  const day = { opens: '10:00', closes: '12:00' }
  it.each([
    ['Monday to Thursday', [1, 2, 3, 4]],
    ['Mon–Wed', [1, 2, 3]],
    ['Saturday and Sunday', [0, 6]],
    ['Friday to Monday', [5, 6, 0, 1]],
    ['Tuesday, Thursday', [2, 4]],
  ])('%s', (days, open) => {
    const week = weekHours([{ days, ...day }])
    expect(week.flatMap((hours, index) => (hours ? [index] : []))).toEqual([...open].sort((a, b) => a - b))
  })

  it.each([
    ['nothing said', []],
    ['only closed days', [{ days: 'Monday', opens: '', closes: '' }]],
    ['closes before it opens', [{ days: 'Monday', opens: '18:00', closes: '08:00' }]],
  ])('falls back to usual hours: %s', (_why, openings) => {
    expect(weekHours(openings)[1]).toEqual({ opens: '09:00', closes: '17:00' })
    expect(weekHours(openings)[0]).toBeUndefined()
  })
})

describe('business days', () => {
  it.each([
    // received (local), days, due (local)
    ['2026-11-23T15:10:00.000Z', 1, 'Tue 24 Nov 2026, 10:10', 'Monday 10:10, open'],
    ['2026-11-23T12:59:00.000Z', 1, 'Tue 24 Nov 2026, 08:00', 'Monday 07:59, before opening'],
    ['2026-11-24T02:00:00.000Z', 1, 'Wed 25 Nov 2026, 08:00', 'Monday 21:00, after closing'],
    ['2026-11-26T22:00:00.000Z', 1, 'Fri 27 Nov 2026, 16:00', 'Thursday 17:00, Friday closes earlier'],
    ['2026-11-27T20:30:00.000Z', 1, 'Mon 30 Nov 2026, 15:30', 'Friday 15:30, over the weekend'],
    ['2026-11-21T07:00:00.000Z', 1, 'Tue 24 Nov 2026, 08:00', 'Saturday 02:00'],
    ['2026-10-30T18:00:00.000Z', 1, 'Mon 2 Nov 2026, 14:00', 'Friday 14:00, clocks change on Sunday'],
    ['2026-11-23T15:10:00.000Z', 5, 'Mon 30 Nov 2026, 10:10', 'five days later'],
  ])('%s + %i is %s (%s)', (at, days, due) => {
    expect(momentInWords(businessDaysAfter(parseInstant(at), days, nova, zone), zone)).toBe(due)
  })

  const moment = fc
    .integer({ min: Date.parse('2026-01-01T00:00:00Z'), max: Date.parse('2028-01-01T00:00:00Z') })
    .map((ms) => instantFromMs(ms))

  it('end later than they begin, in open hours or at closing time', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 8 }), (at, days) => {
        const due = businessDaysAfter(at, days, nova, zone)
        expect(due > at).toBe(true)
        const open = nova[new Date(`${localDateOf(due, zone)}T00:00:00Z`).getUTCDay()]!
        const time = timeInWords(due, zone)
        expect(time >= open.opens && time <= open.closes).toBe(true)
      }),
    )
  })

  it('never put an earlier request behind a later one', () => {
    fc.assert(
      fc.property(moment, moment, (a, b) => {
        const [first, second] = a <= b ? [a, b] : [b, a]
        expect(businessDaysAfter(first, 1, nova, zone) <= businessDaysAfter(second, 1, nova, zone)).toBe(true)
      }),
    )
  })
})
