import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMs,
  dateInWords,
  daysBetween,
  instantAt,
  isoInZone,
  localDateOf,
  MINUTE_MS,
  momentInWords,
  msBetween,
  parseInstant,
  parseLocalDate,
} from './time.ts'

const zone = 'America/New_York'

describe('time', () => {
  it('refuses a time without a zone and a day that does not exist', () => {
    expect(() => parseInstant('2026-11-22T10:00:00')).toThrow(RangeError)
    expect(() => parseLocalDate('2026-02-30')).toThrow(RangeError)
    expect(parseLocalDate('2028-02-29')).toBe('2028-02-29')
  })

  it('finds the local day on both sides of midnight', () => {
    expect(localDateOf(parseInstant('2026-11-22T04:59:59Z'), zone)).toBe('2026-11-21')
    expect(localDateOf(parseInstant('2026-11-22T05:00:00Z'), zone)).toBe('2026-11-22')
  })

  it('turns wall-clock time into an instant across daylight saving', () => {
    expect(instantAt(parseLocalDate('2026-07-01'), '09:00', zone)).toBe('2026-07-01T13:00:00.000Z')
    expect(instantAt(parseLocalDate('2026-12-01'), '09:00', zone)).toBe('2026-12-01T14:00:00.000Z')
    // 8 March 2026, 02:30 does not exist: the clock jumps from 02:00 to 03:00.
    expect(instantAt(parseLocalDate('2026-03-08'), '02:30', zone)).toBe('2026-03-08T07:30:00.000Z')
    // 1 November 2026, 01:30 happens twice: the first is still summer time.
    expect(instantAt(parseLocalDate('2026-11-01'), '01:30', zone)).toBe('2026-11-01T05:30:00.000Z')
  })

  it('gives the wall clock with its offset, also where that has minutes', () => {
    expect(isoInZone(parseInstant('2026-11-01T05:30:00.250Z'), zone)).toBe('2026-11-01T01:30:00-04:00')
    expect(isoInZone(parseInstant('2026-11-01T06:30:00Z'), zone)).toBe('2026-11-01T01:30:00-05:00')
    expect(isoInZone(parseInstant('2026-11-01T06:30:00Z'), 'America/St_Johns')).toBe(
      '2026-11-01T03:00:00-03:30',
    )
    expect(isoInZone(parseInstant('2026-11-01T20:30:00Z'), 'Asia/Kolkata')).toBe('2026-11-02T02:00:00+05:30')
  })

  it('adds and counts days over the change of clocks', () => {
    expect(addDays(parseLocalDate('2026-10-31'), 2)).toBe('2026-11-02')
    expect(daysBetween(parseLocalDate('2026-03-07'), parseLocalDate('2026-03-09'))).toBe(2)
    const start = parseInstant('2026-11-22T15:00:00Z')
    expect(msBetween(start, addMs(start, 5 * MINUTE_MS))).toBe(300_000)
  })

  it('says days and moments as people do', () => {
    expect(dateInWords(parseLocalDate('2026-11-22'))).toBe('Sun 22 Nov 2026')
    expect(momentInWords(parseInstant('2026-11-22T15:04:00Z'), zone)).toBe('Sun 22 Nov 2026, 10:04')
  })
})
