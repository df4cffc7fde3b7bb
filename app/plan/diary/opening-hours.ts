import type { ClinicProfile } from '../../platform/clinic-profile.ts'
import type { LocalDate } from '../../platform/time.ts'

export type OpenHours = { readonly opens: string; readonly closes: string }

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/

/**
 * When the clinic is open on a calendar day, read from the lines it shows to the public ("Monday to Thursday",
 * "Saturday and Sunday", "Friday"). A line without times means closed.
 *
 * @returns "unknown" when no line names the day or its times cannot be read: that is never taken as open or closed
 */
export function hoursOn(
  lines: ClinicProfile['openingHours'],
  day: LocalDate,
): OpenHours | 'closed' | 'unknown' {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay()
  const line = lines.find((l) => weekdaysNamed(l.days).has(weekday))
  if (!line) return 'unknown'
  if (line.opens === '' && line.closes === '') return 'closed'
  if (!CLOCK.test(line.opens) || !CLOCK.test(line.closes) || line.opens >= line.closes) return 'unknown'
  return { opens: line.opens, closes: line.closes }
}

function weekdaysNamed(text: string): ReadonlySet<number> {
  const words = text.toLowerCase().match(/[a-z]+/g) ?? []
  const named = new Set<number>()
  let previous: number | undefined
  let range = false
  for (const word of words) {
    const index = DAYS.findIndex((day) => day === word || day.slice(0, 3) === word)
    if (index >= 0) {
      if (range && previous !== undefined) {
        for (let d = previous; d !== index; d = (d + 1) % 7) named.add(d)
      }
      named.add(index)
      previous = index
      range = false
    } else if (word === 'to' || word === 'through' || word === 'until') range = true
    else if (word === 'daily') for (let d = 0; d < 7; d++) named.add(d)
  }
  return named
}
