import * as z from 'zod'
import { parseId } from '../../platform/ids.ts'
import {
  addMs,
  type Instant,
  instantAt,
  localDateOf,
  MINUTE_MS,
  parseLocalDate,
  timeInWords,
} from '../../platform/time.ts'
import type { ChairId } from '../plan.ts'

/** What a browser may send about the diary. Times are what the clinic's wall clock shows. */
export const wallTime = z
  .string({ error: 'Enter a day and a time.' })
  .regex(/^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d$/, 'Enter a day and a time.')
  .refine((text) => isDay(text.slice(0, 10)), 'This day does not exist.')

const chairId = z
  .string({ error: 'Choose a chair.' })
  .transform((text, ctx): ChairId => parseId<'chair'>(text) ?? fail(ctx, 'Choose a chair.'))
const nurseId = z
  .string({ error: 'Choose a nurse.' })
  .transform((text, ctx) => parseId<'membership'>(text) ?? fail(ctx, 'Choose a nurse.'))

function fail(ctx: { issues: unknown[] }, message: string): never {
  ctx.issues.push({ code: 'custom', message, input: undefined })
  return z.NEVER
}

function isDay(text: string): boolean {
  try {
    parseLocalDate(text)
    return true
  } catch {
    return false
  }
}

/** The instant at which the clinic's clock shows "2026-12-01T09:00". */
export function wallInstant(text: string, timeZone: string): Instant {
  return instantAt(parseLocalDate(text.slice(0, 10)), text.slice(11), timeZone)
}

/** By how much clocks are put back somewhere in the world, in minutes. */
const PUT_BACK_MIN = [30, 60, 120]

/**
 * Why a wall-clock time names no one moment: on the day on which the clocks go forward an hour is left out, on the day on
 * which they go back one comes twice.
 *
 * @param text as a date field sends it: "2027-03-14T02:30"
 * @returns words for the field; undefined when the time is plain
 */
export function clockProblem(text: string, timeZone: string): string | undefined {
  const instant = wallInstant(text, timeZone)
  const time = text.slice(11)
  if (wallTimeOf(instant, timeZone) !== text)
    return `On this day the clocks go forward and ${time} is left out. Write ${timeInWords(instant, timeZone)} or another time.`
  return PUT_BACK_MIN.some((min) => wallTimeOf(addMs(instant, min * MINUTE_MS), timeZone) === text)
    ? `On this day the clocks go back and ${time} comes twice. Write a time before or after that hour.`
    : undefined
}

/** The same for several fields. @returns what is wrong by field; empty when every time is plain */
export function clockProblems(
  fields: Readonly<Record<string, string | undefined>>,
  timeZone: string,
): Record<string, string> {
  const wrong: Record<string, string> = {}
  for (const [name, text] of Object.entries(fields)) {
    const words = text === undefined ? undefined : clockProblem(text, timeZone)
    if (words) wrong[name] = words
  }
  return wrong
}

/** The first step of booking: one time, chair and nurse from which the series is proposed. */
export const proposeForm = z.object({ first: wallTime, chair: chairId, nurse: nurseId })

/** Looking for a whole series: each of them narrows what is looked for. */
export const findForm = z.object({
  first: wallTime.optional(),
  chair: chairId.optional(),
  nurse: nurseId.optional(),
})

/** One visit of the form, with the fields of session n named `start-n`, `chair-n`, `nurse-n`. */
export function bookForm(sessionNumbers: readonly number[]) {
  const fields: Record<string, z.ZodType> = {}
  for (const n of sessionNumbers) {
    fields[`start-${n}`] = wallTime
    fields[`chair-${n}`] = chairId
    fields[`nurse-${n}`] = nurseId
  }
  return z.object(fields)
}

export const moveForm = z.object({ appointment: z.string(), start: wallTime, chair: chairId, nurse: nurseId })

/** What the clinic's clock shows, as a date field takes it: "2026-12-01T09:00". */
export function wallTimeOf(instant: Instant, timeZone: string): string {
  return `${localDateOf(instant, timeZone)}T${timeInWords(instant, timeZone)}`
}
