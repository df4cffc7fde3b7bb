import * as z from 'zod'
import { parseId } from '../../platform/ids.ts'
import { type LocalDate, parseLocalDate } from '../../platform/time.ts'
import { BOOKING_MODES, ROOM_KINDS, STAFF_PARTS } from './appointment-type.ts'
import { type DayHours, LEAVE_KINDS } from './diary-entry.ts'
import { wallTime } from './diary-form.ts'

/** What a browser may send about the diary's settings. */
const name = (what: string) =>
  z.string({ error: `Name ${what}.` }).max(60, 'Please keep this under 60 characters.')

const minutes = (least: number, most: number) =>
  z
    .string({ error: 'Enter whole minutes.' })
    .regex(/^\d{1,3}$/, 'Enter whole minutes, such as 15.')
    .transform(Number)
    .refine((n) => n >= least && n <= most, `Enter ${least} to ${most} minutes.`)

const dayField = z.string({ error: 'Choose a day.' }).transform((text, ctx): LocalDate => {
  try {
    return parseLocalDate(text)
  } catch {
    ctx.addIssue({ code: 'custom', message: 'This day does not exist.' })
    return z.NEVER
  }
})

const memberField = z.string({ error: 'Choose somebody.' }).transform((text, ctx) => {
  const id = parseId<'membership'>(text)
  if (!id) ctx.addIssue({ code: 'custom', message: 'Choose somebody.' })
  return id ?? z.NEVER
})

export const roomForm = z.object({
  room: name('the room'),
  roomKind: z.enum(ROOM_KINDS, { error: 'Choose what the room is for.' }),
})

export const equipmentForm = z.object({
  item: name('the item'),
  itemKind: z
    .string({ error: 'Say what kind of equipment it is.' })
    .toLowerCase()
    .transform((text) => text.replaceAll(' ', '-'))
    .refine((text) => /^[a-z][a-z-]{1,40}$/.test(text), 'Use letters, such as infusion pump.'),
})

/** Fields of a kind of appointment; its length is left out for dosing visits. */
export const typeForm = z.object({
  name: name('the kind of appointment'),
  neutralName: name('it as patients and calendars may read it'),
  mode: z.enum(BOOKING_MODES, { error: 'Choose how people come to it.' }),
  lengthMin: minutes(5, 720).optional(),
  beforeMin: minutes(0, 240),
  afterMin: minutes(0, 240),
  place: z.enum(['chair', 'room', 'none'], { error: 'Choose where it takes place.' }),
  roomKinds: z.array(z.enum(ROOM_KINDS)),
  staff: z.array(z.enum(STAFF_PARTS)),
  onSite: z.literal('yes').optional(),
  equipment: z.array(z.string().regex(/^[a-z][a-z-]{1,40}$/)),
  revision: z
    .string()
    .regex(/^\d{1,6}$/)
    .transform(Number),
})

export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const

/** "08:00 to 12:00, 13:00 to 17:00" as stretches; undefined when it cannot be read. Empty means none. */
export function readHours(text: string): { readonly from: string; readonly until: string }[] | undefined {
  const stretches: { from: string; until: string }[] = []
  for (const part of text.split(/[,;]/).map((p) => p.trim())) {
    if (part === '') continue
    const found = /^(\d{1,2}):?(\d\d)?\s*(?:to|-|–)\s*(\d{1,2}):?(\d\d)?$/i.exec(part)
    if (!found) return undefined
    const clock = (hour: string, minute: string | undefined) => `${hour.padStart(2, '0')}:${minute ?? '00'}`
    const stretch = { from: clock(found[1]!, found[2]), until: clock(found[3]!, found[4]) }
    const valid = [stretch.from, stretch.until].every((t) => /^([01]\d|2[0-3]):[0-5]\d$/.test(t))
    if (!valid || stretch.from >= stretch.until) return undefined
    stretches.push(stretch)
  }
  return stretches
}

export function hoursWords(stretches: readonly { readonly from: string; readonly until: string }[]): string {
  return stretches.map((s) => `${s.from} to ${s.until}`).join(', ')
}

/** "Monday to Friday 08:00 to 17:00; Saturday 09:00 to 12:00": neighbouring days of the same hours in one. */
export function weekWords(hours: readonly DayHours[]): string {
  const days = WEEKDAYS.map((day, i) => ({
    day: day.charAt(0).toUpperCase() + day.slice(1),
    words: hoursWords(hours.filter((h) => h.weekday === (i + 1) % 7)),
  }))
  const groups: { first: string; last: string; words: string }[] = []
  for (const { day, words } of days) {
    const open = groups.at(-1)
    if (open?.words === words) open.last = day
    else groups.push({ first: day, last: day, words })
  }
  const written = groups
    .filter((g) => g.words !== '')
    .map((g) => `${g.first === g.last ? g.first : `${g.first} to ${g.last}`} ${g.words}`)
  return written.length === 0 ? 'No hours' : written.join('; ')
}

const dayHours = z
  .string()
  .optional()
  .transform((text, ctx) => {
    const hours = readHours(text ?? '')
    if (!hours)
      ctx.addIssue({ code: 'custom', message: 'Write times such as 08:00 to 12:00, 13:00 to 17:00.' })
    return hours ?? z.NEVER
  })

const weekFields = Object.fromEntries(WEEKDAYS.map((day) => [day, dayHours])) as Record<
  (typeof WEEKDAYS)[number],
  typeof dayHours
>
/** A week without any hours is meant only when it is ticked: an empty form is a slip. */
export const weekForm = z
  .object({
    weekMember: memberField,
    validFrom: dayField,
    noHours: z.array(z.literal('yes')).default([]),
    ...weekFields,
  })
  .refine((week) => weekHours(week).length > 0 || week.noHours.length > 0, {
    path: ['monday'],
    message: 'Write the hours of at least one day, or tick that there are none.',
  })
  .refine((week) => weekHours(week).length === 0 || week.noHours.length === 0, {
    path: ['noHours'],
    message: 'Hours are written down above. Take the tick or the hours away.',
  })

/** The stretches of a week with their weekday, 0 for Sunday. */
export function weekHours(
  week: Readonly<Record<(typeof WEEKDAYS)[number], readonly Omit<DayHours, 'weekday'>[]>>,
): DayHours[] {
  return WEEKDAYS.flatMap((day, i) => week[day].map((stretch) => ({ weekday: (i + 1) % 7, ...stretch })))
}

export const leaveForm = z.object({
  leaveMember: memberField,
  leaveFrom: wallTime,
  leaveUntil: wallTime,
  leaveKind: z.enum(LEAVE_KINDS, { error: 'Choose a kind.' }),
})

const clockField = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write a time such as 08:00.')
  .optional()
export const closureForm = z
  .object({
    closedDay: dayField,
    closedTitle: name('the day'),
    opens: clockField,
    closes: clockField,
  })
  .refine((day) => (day.opens === undefined) === (day.closes === undefined), {
    path: ['closes'],
    message: 'Give both times, or neither for a closed day.',
  })
  .refine((day) => !day.opens || !day.closes || day.opens < day.closes, {
    path: ['closes'],
    message: 'It closes before it opens.',
  })
