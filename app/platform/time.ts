import type { Language } from './language.ts'

/**
 * Time as values. Nothing in the clinic's rules asks the system for now: an instant is handed in.
 *
 * `Instant` is an ISO 8601 UTC string with milliseconds ("2026-11-22T15:04:05.000Z"). It sorts as text,
 * travels through JSON, the database and the browser unchanged, and cannot be mistaken for a local time.
 */
declare const instantBrand: unique symbol
declare const localDateBrand: unique symbol

export type Instant = string & { readonly [instantBrand]: true }

/** A calendar day without time or zone, "2026-11-22". */
export type LocalDate = string & { readonly [localDateBrand]: true }

/** The only source of now. Production reads the system; tests and the virtual clinic hand in their own. */
export type Clock = { now(): Instant }

export const systemClock: Clock = { now: () => instantFromMs(Date.now()) }

/** @throws RangeError when `ms` is not a finite time. */
export function instantFromMs(ms: number): Instant {
  return new Date(ms).toISOString() as Instant
}

/** @throws RangeError when the text is not a time with a zone. */
export function parseInstant(text: string): Instant {
  if (!/(Z|[+-]\d\d:?\d\d)$/.test(text)) throw new RangeError(`not an instant with a zone: ${text}`)
  return instantFromMs(Date.parse(text))
}

export function toMs(instant: Instant): number {
  return Date.parse(instant)
}

export function addMs(instant: Instant, ms: number): Instant {
  return instantFromMs(toMs(instant) + ms)
}

/** Milliseconds from `from` to `to`; negative when `to` is earlier. */
export function msBetween(from: Instant, to: Instant): number {
  return toMs(to) - toMs(from)
}

export const SECOND_MS = 1_000
export const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000
export const DAY_MS = 86_400_000

/** @throws RangeError when the text is not a real calendar day. */
export function parseLocalDate(text: string): LocalDate {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)
  const ms = found ? Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3])) : Number.NaN
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== text) {
    throw new RangeError(`not a calendar day: ${text}`)
  }
  return text as LocalDate
}

const dayFormats = new Map<string, Intl.DateTimeFormat>()

/** The calendar day on which `instant` falls in `timeZone` (IANA name). */
export function localDateOf(instant: Instant, timeZone: string): LocalDate {
  let format = dayFormats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
    dayFormats.set(timeZone, format)
  }
  return format.format(toMs(instant)) as LocalDate
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10) as LocalDate
}

/** Whole calendar days from `from` to `to`. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS)
}

/**
 * The instant at which the wall clock in `timeZone` shows `date` and `time` ("14:30").
 * A time skipped by daylight saving moves forward by the gap; a doubled one is its first occurrence.
 */
export function instantAt(date: LocalDate, time: string, timeZone: string): Instant {
  const wanted = Date.parse(`${date}T${time}:00Z`)
  if (Number.isNaN(wanted)) throw new RangeError(`not a wall-clock time: ${date} ${time}`)
  const offsetAt = (ms: number) => wallMs(ms, timeZone) - ms
  const early = wanted - offsetAt(wanted - DAY_MS)
  const late = wanted - offsetAt(wanted + DAY_MS)
  for (const candidate of [Math.min(early, late), Math.max(early, late)]) {
    if (wallMs(candidate, timeZone) === wanted) return instantFromMs(candidate)
  }
  return instantFromMs(Math.max(early, late))
}

const wallFormats = new Map<string, Intl.DateTimeFormat>()

function wallMs(ms: number, timeZone: string): number {
  let format = wallFormats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    wallFormats.set(timeZone, format)
  }
  const part = Object.fromEntries(format.formatToParts(ms).map((p) => [p.type, Number(p.value)]))
  return Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!)
}

/**
 * The wall clock in a zone with its offset from UTC, for other programs to read.
 *
 * @example isoInZone('2026-11-23T15:02:00.000Z', 'America/New_York') // '2026-11-23T10:02:00-05:00'
 */
export function isoInZone(instant: Instant, timeZone: string): string {
  const seconds = Math.floor(toMs(instant) / SECOND_MS) * SECOND_MS
  const wall = wallMs(seconds, timeZone)
  const minutes = Math.round((wall - seconds) / MINUTE_MS)
  const two = (figure: number) => String(Math.floor(figure)).padStart(2, '0')
  const offset = `${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`
  return `${new Date(wall).toISOString().slice(0, 19)}${offset}`
}

/** "Sun 22 Nov 2026" in the clinic's zone. */
export function dayInWords(instant: Instant, timeZone: string, language: Language = 'en'): string {
  const options = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const
  return inZone(instant, timeZone, options, language)
}

/** "15:04" in the clinic's zone. */
export function timeInWords(instant: Instant, timeZone: string): string {
  return inZone(instant, timeZone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
}

/** "Sun 22 Nov 2026, 15:04" in the clinic's zone. */
export function momentInWords(instant: Instant, timeZone: string, language: Language = 'en'): string {
  return `${dayInWords(instant, timeZone, language)}, ${timeInWords(instant, timeZone)}`
}

/** "Sun 22 Nov 2026" for a calendar day. */
export function dateInWords(date: LocalDate): string {
  return dayInWords(`${date}T12:00:00.000Z` as Instant, 'UTC')
}

const wordFormats = new Map<string, Intl.DateTimeFormat>()

function inZone(
  instant: Instant,
  timeZone: string,
  options: Intl.DateTimeFormatOptions,
  language: Language = 'en',
): string {
  const key = `${language}|${timeZone}|${JSON.stringify(options)}`
  let format = wordFormats.get(key)
  if (!format) {
    format = new Intl.DateTimeFormat(language === 'es' ? 'es-US' : 'en-GB', { timeZone, ...options })
    wordFormats.set(key, format)
  }
  return format.format(toMs(instant)).replace(/^(\w{3}), /, '$1 ')
}
