import type { Instant } from '../../platform/time.ts'

/** One event of a feed. What stands in it is seen by whoever looks over a shoulder: neutral words only. */
export type CalendarEvent = {
  /** Names the event for ever, so that a calendar moves it instead of adding another. */
  readonly uid: string
  /** Rises with each change. */
  readonly sequence: number
  readonly startsAt: Instant
  readonly endsAt: Instant
  readonly summary: string
  readonly location?: string | undefined
  readonly cancelled: boolean
  readonly changedAt: Instant
}

/**
 * An iCalendar object (RFC 5545) with its events. Times are UTC, so no rule of a time zone is needed and a change of
 * clocks cannot move anything. Lines end in CRLF and are folded at 75 octets, never inside a character.
 *
 * @param title what the calendar is called
 * @param at when the file was made
 */
export function writeCalendar(title: string, events: readonly CalendarEvent[], at: Instant): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Evenkeel//Appointments//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escapeText(title)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    ...events.flatMap((event) => [
      'BEGIN:VEVENT',
      `UID:${escapeText(event.uid)}`,
      `DTSTAMP:${utc(at)}`,
      `LAST-MODIFIED:${utc(event.changedAt)}`,
      `SEQUENCE:${event.sequence}`,
      `DTSTART:${utc(event.startsAt)}`,
      `DTEND:${utc(event.endsAt)}`,
      `SUMMARY:${escapeText(event.summary)}`,
      ...(event.location ? [`LOCATION:${escapeText(event.location)}`] : []),
      `STATUS:${event.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
      `TRANSP:${event.cancelled ? 'TRANSPARENT' : 'OPAQUE'}`,
      'CLASS:PRIVATE',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${foldLine(line)}\r\n`).join('')
}

/** "20261124T171500Z". */
function utc(instant: Instant): string {
  return `${instant.slice(0, 19).replaceAll(/[-:]/g, '')}Z`
}

/** Text as a value: commas, semicolons, backslashes and line ends are escaped; other control characters are left out. */
export function escapeText(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll(/\r\n|\r|\n/g, '\\n')
    .replaceAll(/[,;]/g, (each) => `\\${each}`)
    .replaceAll(/\p{Cc}/gu, '')
}

const FOLD_OCTETS = 75

/** A content line in pieces of at most 75 octets, each further one after a line end and a space. */
export function foldLine(line: string): string {
  const octets = (text: string) => new TextEncoder().encode(text).length
  const pieces: string[] = []
  let piece = ''
  for (const character of line) {
    if (octets(piece) + octets(character) > FOLD_OCTETS) {
      pieces.push(piece)
      // The space that marks a continued line counts as one of its octets.
      piece = ' '
    }
    piece += character
  }
  return [...pieces, piece].join('\r\n')
}
