import { describe, expect, it } from 'vitest'
import { addMs, HOUR_MS, parseInstant, parseLocalDate } from '../../platform/time.ts'
import { audKare } from '../protocols/library/aud-kare.ts'
import { withinHours } from './calendar.ts'
import { hoursOn } from './opening-hours.ts'
import { rulesOf } from './session-rules.ts'
import { proposeSeries, spacingProblems } from './spacing.ts'

const timeZone = 'America/New_York'
const openingHours = [
  { days: 'Monday to Thursday', opens: '08:00', closes: '18:00' },
  { days: 'Friday', opens: '08:00', closes: '16:00' },
  { days: 'Saturday and Sunday', opens: '', closes: '' },
]
const clinic = { openingHours, timeZone }
const day = parseLocalDate
const { windowBefore } = rulesOf(audKare)
const allowed = { earliestDays: 6, latestDays: 10 }

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
    proposeSeries({ date: day(date), time }, [1, 2, 3], windowBefore, timeZone)

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
    [[0, 5, 12], [{ sessionNumber: 2, days: 5, ...allowed }]],
    [[0, 7, 18], [{ sessionNumber: 3, days: 11, ...allowed }]],
    [
      [7, 0, 14],
      [
        { sessionNumber: 2, days: -7, ...allowed },
        { sessionNumber: 3, days: 14, ...allowed },
      ],
    ],
  ])('of days %j has spacing problems %j', (days, problems) => {
    const starts = days.map((d, i) => ({
      sessionNumber: i + 1,
      startsAt: addMs(parseInstant('2026-11-23T14:00:00Z'), d * 24 * HOUR_MS),
    }))
    expect(spacingProblems(starts, windowBefore, timeZone)).toEqual(problems)
  })

  it('counts calendar days, so that an evening and a morning six days on are six days', () => {
    const starts = [
      { sessionNumber: 1, startsAt: parseInstant('2026-11-23T21:00:00Z') },
      { sessionNumber: 2, startsAt: parseInstant('2026-11-29T13:00:00Z') },
    ]
    expect(spacingProblems(starts, windowBefore, timeZone)).toEqual([])
  })

  it('does not compare sessions that are not neighbours', () => {
    const starts = [
      { sessionNumber: 1, startsAt: parseInstant('2026-11-23T14:00:00Z') },
      { sessionNumber: 3, startsAt: parseInstant('2026-12-07T14:00:00Z') },
    ]
    expect(spacingProblems(starts, windowBefore, timeZone)).toEqual([])
  })
})
