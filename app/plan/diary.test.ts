import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MembershipId, PersonId } from '../platform/ids.ts'
import { addMs, HOUR_MS, MINUTE_MS, parseInstant, parseLocalDate } from '../platform/time.ts'
import {
  type Booking,
  nextFreeStarts,
  proposeSeries,
  spacingProblems,
  takenBy,
  visitTimes,
  withinHours,
} from './diary.ts'
import { hoursOn } from './opening-hours.ts'
import type { ChairId } from './plan.ts'
import { audKare } from './protocols/aud-kare.ts'

const timeZone = 'America/New_York'
const openingHours = [
  { days: 'Monday to Thursday', opens: '08:00', closes: '18:00' },
  { days: 'Friday', opens: '08:00', closes: '16:00' },
  { days: 'Saturday and Sunday', opens: '', closes: '' },
]
const clinic = { openingHours, timeZone }
const day = parseLocalDate

describe('opening hours from the lines shown to the public', () => {
  it.each([
    ['2026-11-23', { opens: '08:00', closes: '18:00' }],
    ['2026-11-26', { opens: '08:00', closes: '18:00' }],
    ['2026-11-27', { opens: '08:00', closes: '16:00' }],
    ['2026-11-28', 'closed'],
    ['2026-11-29', 'closed'],
  ])('on %s', (date, expected) => {
    expect(hoursOn(openingHours, day(date))).toEqual(expected)
  })

  it.each([
    ['no lines', []],
    ['another day', [{ days: 'Tuesday', opens: '08:00', closes: '18:00' }]],
    ['times that are no times', [{ days: 'Monday', opens: 'early', closes: 'late' }]],
    ['an end before the start', [{ days: 'Monday', opens: '18:00', closes: '08:00' }]],
    ['an end left out', [{ days: 'Monday', opens: '08:00', closes: '' }]],
  ])('unknown with %s', (_case, lines) => {
    expect(hoursOn(lines, day('2026-11-23'))).toBe('unknown')
  })

  it('reads a range over the weekend, and short names', () => {
    const lines = [{ days: 'Fri to Mon', opens: '10:00', closes: '12:00' }]
    const open = ['2026-11-26', '2026-11-27', '2026-11-28', '2026-11-29', '2026-11-30', '2026-12-01'].map(
      (date) => hoursOn(lines, day(date)) !== 'unknown',
    )
    expect(open).toEqual([false, true, true, true, true, false])
  })

  it.each([
    ['2026-11-23T13:00:00Z', 'open'],
    ['2026-11-23T12:59:00Z', 'closed'],
    ['2026-11-23T20:00:00Z', 'open'],
    ['2026-11-23T20:01:00Z', 'closed'],
    ['2026-11-28T15:00:00Z', 'closed'],
  ])('a visit of three hours from %s is %s', (text, expected) => {
    const startsAt = parseInstant(text)
    expect(withinHours(clinic, startsAt, addMs(startsAt, 3 * HOUR_MS))).toBe(expected)
  })
})

describe('a series', () => {
  const series = (date: string, time: string) =>
    proposeSeries({ date: day(date), time }, 3, audKare.spacing, timeZone)

  it('keeps the time on the clock when clocks go back', () => {
    expect(series('2026-10-26', '09:00')).toEqual([
      '2026-10-26T13:00:00.000Z',
      '2026-11-02T14:00:00.000Z',
      '2026-11-09T14:00:00.000Z',
    ])
  })

  it('keeps the time on the clock when clocks go forward', () => {
    expect(series('2027-03-08', '09:00')).toEqual([
      '2027-03-08T14:00:00.000Z',
      '2027-03-15T13:00:00.000Z',
      '2027-03-22T13:00:00.000Z',
    ])
  })

  // Days from the first session; window 6 to 10 calendar days.
  it.each([
    [[0, 7, 14], []],
    [[0, 6, 16], []],
    [[0, 5, 12], [{ sessionNumber: 2, days: 5 }]],
    [[0, 7, 18], [{ sessionNumber: 3, days: 11 }]],
    [
      [7, 0, 14],
      [
        { sessionNumber: 2, days: -7 },
        { sessionNumber: 3, days: 14 },
      ],
    ],
  ])('of days %j has spacing problems %j', (days, problems) => {
    const starts = days.map((d, i) => ({
      sessionNumber: i + 1,
      startsAt: addMs(parseInstant('2026-11-23T14:00:00Z'), d * 24 * HOUR_MS),
    }))
    expect(spacingProblems(starts, audKare.spacing, timeZone)).toEqual(problems)
  })

  it('counts calendar days, so that an evening and a morning six days on are six days', () => {
    const starts = [
      { sessionNumber: 1, startsAt: parseInstant('2026-11-23T21:00:00Z') },
      { sessionNumber: 2, startsAt: parseInstant('2026-11-29T13:00:00Z') },
    ]
    expect(spacingProblems(starts, audKare.spacing, timeZone)).toEqual([])
  })

  it('does not compare sessions that are not neighbours', () => {
    const starts = [
      { sessionNumber: 1, startsAt: parseInstant('2026-11-23T14:00:00Z') },
      { sessionNumber: 3, startsAt: parseInstant('2026-12-07T14:00:00Z') },
    ]
    expect(spacingProblems(starts, audKare.spacing, timeZone)).toEqual([])
  })
})

const booking = (
  person: string,
  chair: string,
  nurse: string,
  start: string,
  lengthMin = 180,
  turnaroundMin = 15,
): Booking => ({
  personId: person as PersonId,
  chairId: chair as ChairId,
  nurseMembershipId: nurse as MembershipId,
  ...visitTimes(parseInstant(start), lengthMin, turnaroundMin),
})

describe('what is taken', () => {
  const taken = booking('robin', 'one', 'nadia', '2026-11-23T14:00:00Z')
  it.each([
    [
      'the same in everything',
      booking('robin', 'one', 'nadia', '2026-11-23T14:00:00Z'),
      ['patient', 'chair', 'nurse'],
    ],
    ['the same chair', booking('kim', 'one', 'tomas', '2026-11-23T16:59:00Z'), ['chair']],
    ['the chair while it is cleaned', booking('kim', 'one', 'tomas', '2026-11-23T17:00:00Z'), ['chair']],
    ['the chair once it is clean', booking('kim', 'one', 'nadia', '2026-11-23T17:15:00Z'), []],
    ['the nurse at the end of her visit', booking('kim', 'two', 'nadia', '2026-11-23T17:00:00Z'), []],
    ['the nurse a minute before', booking('kim', 'two', 'nadia', '2026-11-23T16:59:00Z'), ['nurse']],
    [
      'cleaning that would reach into the visit',
      booking('kim', 'one', 'tomas', '2026-11-23T10:50:00Z'),
      ['chair'],
    ],
    ['cleaning that ends as the visit begins', booking('kim', 'one', 'tomas', '2026-11-23T10:45:00Z'), []],
    ['everything else', booking('kim', 'two', 'tomas', '2026-11-23T14:00:00Z'), []],
  ])('%s', (_case, wanted, resources) => {
    expect(takenBy(wanted, [taken])).toEqual(resources)
  })
})

describe('the next free times', () => {
  const wanted = {
    personId: 'robin' as PersonId,
    chairId: 'one' as ChairId,
    nurseMembershipId: 'nadia' as MembershipId,
    lengthMin: 180,
    turnaroundMin: 15,
  }

  it('begin after what is taken, and stay within opening hours', () => {
    const busy = [booking('kim', 'one', 'tomas', '2026-11-27T14:00:00Z')]
    // Friday closes at 16:00: after the chair is clean at 12:15 only 12:15 to 13:00 are left, then Monday 08:00.
    expect(nextFreeStarts(clinic, wanted, busy, parseInstant('2026-11-27T14:00:00Z'), 6)).toEqual([
      '2026-11-27T17:15:00.000Z',
      '2026-11-27T17:30:00.000Z',
      '2026-11-27T17:45:00.000Z',
      '2026-11-27T18:00:00.000Z',
      '2026-11-30T13:00:00.000Z',
      '2026-11-30T13:15:00.000Z',
    ])
  })

  it('are never taken, never closed and never early, whatever is booked', () => {
    const bookings = fc.array(
      fc
        .tuple(
          fc.constantFrom('robin', 'kim'),
          fc.constantFrom('one', 'two'),
          fc.constantFrom('nadia', 'tomas'),
          fc.integer({ min: 0, max: 14 * 24 * 4 }),
        )
        .map(([person, chair, nurse, quarter]) =>
          booking(
            person,
            chair,
            nurse,
            addMs(parseInstant('2026-11-23T05:00:00Z'), quarter * 15 * MINUTE_MS),
          ),
        ),
      { maxLength: 40 },
    )
    fc.assert(
      fc.property(bookings, (busy) => {
        const from = parseInstant('2026-11-23T16:20:00Z')
        const found = nextFreeStarts(clinic, wanted, busy, from, 5)
        for (const startsAt of found) {
          const times = visitTimes(startsAt, wanted.lengthMin, wanted.turnaroundMin)
          expect(takenBy({ ...wanted, ...times }, busy)).toEqual([])
          expect(withinHours(clinic, times.startsAt, times.endsAt)).toBe('open')
          expect(startsAt >= from).toBe(true)
        }
        expect([...new Set(found)].sort()).toEqual(found)
      }),
      { numRuns: 200 },
    )
  })

  it('are found when the clinic has written down no hours', () => {
    const none = { openingHours: [] as typeof openingHours, timeZone }
    expect(nextFreeStarts(none, wanted, [], parseInstant('2026-11-28T00:00:00Z'), 1)).toEqual([
      '2026-11-28T14:00:00.000Z',
    ])
  })
})
