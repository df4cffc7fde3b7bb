import { describe, expect, it } from 'vitest'
import { type Instant, instantAt, type LocalDate } from '../../platform/time.ts'
import { type CalendarEvent, escapeText, foldLine, writeCalendar } from './icalendar.ts'

const AT = '2026-11-24T17:00:00.000Z' as Instant
const event = (given: Partial<CalendarEvent> = {}): CalendarEvent => ({
  uid: '0199aaaa-0000-7000-8000-000000000001',
  sequence: 2,
  startsAt: '2026-11-25T14:00:00.000Z' as Instant,
  endsAt: '2026-11-25T17:30:00.000Z' as Instant,
  summary: 'Appointment',
  cancelled: false,
  changedAt: '2026-11-20T10:00:00.000Z' as Instant,
  ...given,
})
const lines = (events: readonly CalendarEvent[]) => writeCalendar('Appointments', events, AT).split('\r\n')
const octets = (text: string) => new TextEncoder().encode(text).length

describe('an iCalendar file', () => {
  it('has what RFC 5545 §3.6 and §3.6.1 require, each line ended by CRLF', () => {
    const text = writeCalendar('Appointments', [event()], AT)
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect(lines([event()]).slice(0, 5)).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Evenkeel//Appointments//EN',
      'CALSCALE:GREGORIAN',
      'METHOD:PUBLISH',
    ])
    for (const line of [
      'UID:0199aaaa-0000-7000-8000-000000000001',
      'DTSTAMP:20261124T170000Z',
      'LAST-MODIFIED:20261120T100000Z',
      'SEQUENCE:2',
      'DTSTART:20261125T140000Z',
      'DTEND:20261125T173000Z',
      'SUMMARY:Appointment',
      'STATUS:CONFIRMED',
    ])
      expect(lines([event()])).toContain(line)
    expect(text).not.toContain('LOCATION')
  })

  it('keeps the id of a cancelled visit and says so', () => {
    const said = lines([event({ cancelled: true, sequence: 3 })])
    expect(said).toContain('STATUS:CANCELLED')
    expect(said).toContain('TRANSP:TRANSPARENT')
    expect(said).toContain('UID:0199aaaa-0000-7000-8000-000000000001')
  })

  it('an empty calendar is one still', () => {
    expect(lines([]).at(-2)).toBe('END:VCALENDAR')
    expect(lines([])).not.toContain('BEGIN:VEVENT')
  })

  it.each([
    ['2026-03-07', '20260307T140000Z'],
    ['2026-03-08', '20260308T130000Z'],
    ['2026-10-31', '20261031T130000Z'],
    ['2026-11-01', '20261101T140000Z'],
  ])('nine on the clock of New York on %s is %s', (day, expected) => {
    const startsAt = instantAt(day as LocalDate, '09:00', 'America/New_York')
    expect(lines([event({ startsAt })])).toContain(`DTSTART:${expected}`)
  })
})

describe('text values (§3.3.11)', () => {
  it.each([
    ['Room 1, Chair A', 'Room 1\\, Chair A'],
    ['a;b', 'a\\;b'],
    ['a\\b', 'a\\\\b'],
    ['two\r\nlines', 'two\\nlines'],
    ['two\nlines', 'two\\nlines'],
    ['bell\u0007', 'bell'],
    ['BEGIN:VEVENT', 'BEGIN:VEVENT'],
  ])('%j becomes %j', (text, expected) => {
    expect(escapeText(text)).toBe(expected)
  })
})

describe('folding (§3.1)', () => {
  it.each([
    ['75 octets stay one line', 'x'.repeat(75), ['x'.repeat(75)]],
    ['76 are two', 'x'.repeat(76), ['x'.repeat(75), ' x']],
    [
      'further lines count their space',
      'x'.repeat(75 + 74 + 1),
      ['x'.repeat(75), ` ${'x'.repeat(74)}`, ' x'],
    ],
    ['a character of two octets is not cut', `${'x'.repeat(74)}é`, ['x'.repeat(74), ' é']],
    ['nor one of four', `${'x'.repeat(73)}🙂`, ['x'.repeat(73), ' 🙂']],
  ])('%s', (_, line, expected) => {
    expect(foldLine(line).split('\r\n')).toEqual(expected)
  })

  it('holds for any text, and unfolds to what it was', () => {
    for (let n = 60; n < 260; n += 7) {
      const line = `LOCATION:${'Zimmer ä 🙂 '.repeat(n / 6)}`
      expect(
        foldLine(line)
          .split('\r\n')
          .every((each) => octets(each) <= 75),
      ).toBe(true)
      expect(foldLine(line).replaceAll('\r\n ', '')).toBe(line)
    }
  })
})
