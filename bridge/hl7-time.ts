/**
 * Times of HL7 v2: `YYYYMMDD[HHMM[SS[.S…]]][±ZZZZ]`. Read strictly: the library's reader takes `2012XX` for January and a missing zone
 * for UTC, and a vital sign at the wrong hour looks like one at the right hour.
 */

/** A time as written: what the clock on the wall said, and the zone when one stands there. */
export type Hl7Time = {
  /** Milliseconds of the wall clock counted as if it were UTC. */
  readonly wallMs: number
  /** Minutes east of UTC. */
  readonly offsetMinutes: number | undefined
}

/** Why a time cannot say when something was measured. */
export type TimeProblem = 'time-unreadable' | 'time-too-coarse'

/**
 * Reads one time. Seconds may be missing; a day without an hour is too coarse for a vital sign. A gateway writes milliseconds without
 * the point (`20220627085521038+0000`): seventeen digits are read so.
 */
export function readHl7Time(text: string): Hl7Time | TimeProblem {
  const match =
    /^(\d{4})(\d{2})?(\d{2})?(?:(\d{2})(\d{2})?(?:(\d{2})(?:\.(\d{1,4})|(\d{3}))?)?)?([+-]\d{4})?$/.exec(
      text.trim(),
    )
  if (!match) return 'time-unreadable'
  const [, year, month, day, hour, minute, second = '00', fraction, run, zone] = match
  if (!month || !day || !hour || !minute) return 'time-too-coarse'
  const ms = Math.floor(Number(`0.${fraction ?? run ?? '0'}`) * 1000)
  const wallMs = Date.UTC(+year!, +month - 1, +day, +hour, +minute, +second, ms)
  // Date.UTC turns the 31st of February into March; a time that does not come back as written is none.
  const again = new Date(wallMs)
  const asWritten =
    again.getUTCMonth() === +month - 1 &&
    again.getUTCDate() === +day &&
    again.getUTCHours() === +hour &&
    again.getUTCMinutes() === +minute &&
    again.getUTCSeconds() === +second
  if (!asWritten || +year! < 1970) return 'time-unreadable'
  return { wallMs, offsetMinutes: zone === undefined ? undefined : offsetOf(zone) }
}

function offsetOf(zone: string): number {
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3))
  return zone.startsWith('-') ? -minutes : minutes
}

/** A zone of the configuration: an offset such as `+0530`, or a name such as `America/Chicago`. */
export function isZone(zone: string): boolean {
  if (/^[+-]\d{4}$/.test(zone)) return true
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

/**
 * The instant of a wall clock in a configured zone. In the hour that summer time gives twice the first one is taken; in the hour it
 * leaves out, the clock is read as if it had not been put forward.
 */
export function instantIn(zone: string, wallMs: number): number {
  if (/^[+-]\d{4}$/.test(zone)) return wallMs - offsetOf(zone) * 60_000
  // Whatever the rules, the offset of the day before and of the day after are the two that can be in force.
  const before = offsetAt(zone, wallMs - 86_400_000)
  const after = offsetAt(zone, wallMs + 86_400_000)
  const withBefore = wallMs - before * 60_000
  return offsetAt(zone, withBefore) === before || before === after ? withBefore : withAfter()

  function withAfter(): number {
    const instant = wallMs - after * 60_000
    return offsetAt(zone, instant) === after ? instant : withBefore
  }
}

/** One calendar per configured zone: making one costs a hundred times as much as asking it. */
const calendars = new Map<string, Intl.DateTimeFormat>()

function calendarOf(zone: string): Intl.DateTimeFormat {
  const known = calendars.get(zone)
  if (known) return known
  const calendar = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  calendars.set(zone, calendar)
  return calendar
}

/** Minutes east of UTC that a zone has at an instant. */
function offsetAt(zone: string, instantMs: number): number {
  const parts = calendarOf(zone).formatToParts(instantMs)
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  const wall = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
  return Math.round((wall - Math.floor(instantMs / 1000) * 1000) / 60_000)
}

/** Where the instant of a reading came from: the fields of the message, most specific first. */
export type MeasuredAt = {
  readonly atMs: number
  /** The field whose clock was taken. */
  readonly from: 'OBX-14' | 'OBR-7' | 'MSH-7'
  /** No field named a zone; the configured one was taken. */
  readonly zoneAssumed: boolean
}

/**
 * When a value was measured: the clock of the most specific field that is filled (OBX-14, OBR-7, MSH-7), in the zone of the most
 * specific field that names one, else in the configured zone. A filled field that cannot be read is a problem and not a reason to take
 * the next one: the next one is another time.
 */
export function measuredAt(
  fields: { readonly obx14: string; readonly obr7: string; readonly msh7: string },
  zone: string,
): MeasuredAt | TimeProblem {
  const filled = (
    [
      ['OBX-14', fields.obx14],
      ['OBR-7', fields.obr7],
      ['MSH-7', fields.msh7],
    ] as const
  ).filter(([, text]) => text.trim() !== '' && text.trim() !== '""')
  const [first, ...rest] = filled
  if (!first) return 'time-unreadable'
  const time = readHl7Time(first[1])
  if (typeof time === 'string') return time
  const offsetMinutes = [time, ...rest.map(([, text]) => readHl7Time(text))]
    .map((one) => (typeof one === 'string' ? undefined : one.offsetMinutes))
    .find((one) => one !== undefined)
  return offsetMinutes === undefined
    ? { atMs: instantIn(zone, time.wallMs), from: first[0], zoneAssumed: true }
    : { atMs: time.wallMs - offsetMinutes * 60_000, from: first[0], zoneAssumed: false }
}
