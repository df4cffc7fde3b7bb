import { describe, expect, it } from 'vitest'
import { addMs, DAY_MS, HOUR_MS, parseInstant, parseLocalDate } from '../../platform/time.ts'
import { audKare } from '../protocols/library/aud-kare.ts'
import { withinHours } from './calendar.ts'
import { clockProblem, clockProblems } from './diary-form.ts'
import { refusalWords } from './diary-words.ts'
import { hoursOn } from './opening-hours.ts'
import { rulesOf } from './session-rules.ts'
import { doseProblem, proposeSeries, spacingProblems } from './spacing.ts'

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
    [[0, 5, 12], [{ sessionNumber: 2, after: 1, days: 5, ...allowed }]],
    [[0, 7, 18], [{ sessionNumber: 3, after: 2, days: 11, ...allowed }]],
    [
      [7, 0, 14],
      [
        { sessionNumber: 2, after: 1, days: -7, ...allowed },
        { sessionNumber: 3, after: 2, days: 14, ...allowed },
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

  // Session 3 was cancelled: its window still counts between 2 and 4.
  it.each([
    [2, 4, 12, undefined],
    [2, 4, 20, undefined],
    [2, 4, 1, { earliestDays: 12, latestDays: 20 }],
    [2, 4, 11, { earliestDays: 12, latestDays: 20 }],
    [2, 4, 21, { earliestDays: 12, latestDays: 20 }],
    [1, 4, 17, { earliestDays: 18, latestDays: 30 }],
    [1, 4, 18, undefined],
  ])('with nothing booked between, session %i to session %i %i days later', (from, to, days, expected) => {
    const first = parseInstant('2026-11-23T14:00:00Z')
    const starts = [
      { sessionNumber: to, startsAt: addMs(first, days * DAY_MS) },
      { sessionNumber: from, startsAt: first },
    ]
    const weekly = () => ({ ...allowed, targetDays: 7 })
    expect(spacingProblems(starts, weekly, timeZone)).toEqual(
      expected ? [{ sessionNumber: to, after: from, days, ...expected }] : [],
    )
  })

  it('keeps to the windows that are known where one between is not', () => {
    const first = parseInstant('2026-11-23T14:00:00Z')
    const daysOn = (days: number) =>
      spacingProblems(
        [
          { sessionNumber: 1, startsAt: first },
          { sessionNumber: 3, startsAt: addMs(first, days * DAY_MS) },
        ],
        (n) => (n === 3 ? { ...allowed, targetDays: 7 } : undefined),
        timeZone,
      )
    expect(daysOn(5)).toEqual([
      { sessionNumber: 3, after: 1, days: 5, earliestDays: 6, latestDays: undefined },
    ])
    expect(daysOn(60)).toEqual([])
  })
})

describe('a visit after a dose that was given', () => {
  const dose = (days: number) => addMs(parseInstant('2026-11-23T14:00:00Z'), days * DAY_MS)
  const { leastDays } = rulesOf(audKare)

  it.each([
    ['no dose', [], undefined],
    ['six days after', [0], undefined],
    ['five days after', [1], { doseDay: '2026-11-24', days: 5 }],
    ['on the same day', [6], { doseDay: '2026-11-29', days: 0 }],
    ['after several, the last too near', [-20, 2, 0], { doseDay: '2026-11-25', days: 4 }],
    ['before a dose', [7], undefined],
  ])('%s', (_case, days, expected) => {
    const visit = { sessionNumber: 1, startsAt: dose(6) }
    expect(doseProblem(visit, days.map(dose), leastDays, timeZone)).toEqual(
      expected && { sessionNumber: 1, leastDays: 6, ...expected },
    )
  })

  it('is not judged where the protocol says no days', () => {
    expect(
      doseProblem({ sessionNumber: 1, startsAt: dose(0) }, [dose(0)], undefined, timeZone),
    ).toBeUndefined()
  })

  it('is refused in words', () => {
    const detail = { sessionNumber: 1, doseDay: day('2026-11-24'), days: 5, leastDays: 6 }
    expect(refusalWords({ reason: 'after-dose', detail }, timeZone)).toBe(
      'A dose was given on Tue 24 Nov 2026. The protocol asks for 6 days or more between doses; this would be 5.',
    )
  })
})

describe('a time that names no one moment', () => {
  it.each([
    ['America/New_York', '2027-03-14T02:30', /clocks go forward and 02:30 is left out. Write 03:30/],
    ['America/New_York', '2027-03-14T01:59', undefined],
    ['America/New_York', '2027-03-14T03:00', undefined],
    ['America/New_York', '2026-11-01T01:30', /clocks go back and 01:30 comes twice/],
    ['America/New_York', '2026-11-01T00:59', undefined],
    ['America/New_York', '2026-11-01T02:00', undefined],
    ['Australia/Lord_Howe', '2027-04-04T01:45', /comes twice/],
    ['America/Phoenix', '2027-03-14T02:30', undefined],
  ])('in %s %s', (zone, text, words) => {
    if (words) expect(clockProblem(text, zone)).toMatch(words)
    else expect(clockProblem(text, zone)).toBeUndefined()
  })

  it('is said field by field', () => {
    const wrong = clockProblems(
      { from: '2027-03-14T02:30', until: '2027-03-15T09:00', other: undefined },
      timeZone,
    )
    expect(Object.keys(wrong)).toEqual(['from'])
  })
})
