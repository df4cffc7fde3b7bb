import * as z from 'zod'
import { parseSignedForm } from '../../../identity/index.ts'
import { formProblem, type ParsedForm } from '../../../platform/form.ts'
import { isUuid } from '../../../platform/ids.ts'
import { type LedgerSettings, SETTING_BOUNDS, WEEKDAYS, weekdayField } from './ledger-settings.ts'

/** Where the message about a setting stands: those with fields of their own name are left out. */
export const FIELD_OF_SETTING: Readonly<Partial<Record<keyof LedgerSettings, string>>> = {
  workingHours: 'worksTo',
  wasteShareAlert: 'wastePercent',
}

const yesOrNo = z.enum(['yes', 'no'], { error: 'Choose one of the two.' }).transform((word) => word === 'yes')

/** A figure within the setting's bounds. `scale` 100 asks for a share as per cent. */
function figure(name: keyof typeof SETTING_BOUNDS, scale = 1) {
  const { least, most, whole } = SETTING_BOUNDS[name]
  const from = Math.round(least * scale * 100) / 100
  const to = Math.round(most * scale * 100) / 100
  const message =
    name === 'openedVialHours'
      ? `Enter more than 0 and at most ${to} hours, such as 6.`
      : `Enter a ${whole ? 'whole ' : ''}number from ${from} to ${to}.`
  return z.string({ error: message }).transform((text, context) => {
    const typed = /^\d{1,4}([.,]\d{1,2})?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN
    const fits = typed >= from && typed <= to && (!whole || Number.isInteger(typed))
    if (fits) return Math.round((typed / scale) * 10_000) / 10_000
    context.addIssue(message)
    return z.NEVER
  })
}

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/
const clock = z.string({ error: 'Enter a time such as 07:00.' }).regex(CLOCK, 'Enter a time such as 07:00.')

/** What the page of the settings sends: text becomes figures, with a message at each field that does not hold. */
const settingsForm = z.object({
  key: z.string().refine(isUuid),
  /** The id of what was signed last when the page was opened. */
  seen: z.string().optional(),
  twoPersonReceive: yesOrNo,
  twoPersonCount: yesOrNo,
  twoPersonWaste: yesOrNo,
  openedVialHours: figure('openedVialHours'),
  vialForOnePersonOnly: yesOrNo,
  worksFrom: clock,
  worksTo: clock,
  ...(Object.fromEntries(WEEKDAYS.map((day) => [weekdayField(day), z.string().optional()])) as Record<
    string,
    z.ZodOptional<z.ZodString>
  >),
  keepYears: figure('keepYears'),
  countEveryDays: figure('countEveryDays'),
  wastePercent: figure('wasteShareAlert', 100),
  needDays: figure('needDays'),
})

/** What does not hold of the hours as a whole, by field; told together with what is wrong elsewhere. */
function hoursProblems(form: FormData): Record<string, string> {
  const [from, to] = [String(form.get('worksFrom') ?? ''), String(form.get('worksTo') ?? '')]
  return {
    ...(CLOCK.test(from) && CLOCK.test(to) && to <= from
      ? { worksTo: 'Enter a time later than the first one. Around the clock is 00:00 to 23:59.' }
      : {}),
    ...(WEEKDAYS.some((day) => form.has(weekdayField(day)))
      ? {}
      : { [weekdayField(1)]: 'Choose at least one day.' }),
  }
}

/** Checks the form that is signed, every field of it, and the hours as a whole. */
export function parseSettings(form: FormData): ParsedForm<z.infer<typeof settingsForm>> {
  const parsed = parseSignedForm(settingsForm, form)
  const hours = hoursProblems(form)
  if (Object.keys(hours).length === 0) return parsed
  return {
    ok: false,
    answer: formProblem(form, { ...hours, ...(parsed.ok ? {} : parsed.answer.errors) }),
  }
}

function weekdaysOf(typed: Readonly<Record<string, unknown>>): number[] {
  return WEEKDAYS.filter((day) => typed[weekdayField(day)] !== undefined)
}

/** The settings that a parsed form asks for. */
export function settingsOfForm(typed: z.infer<typeof settingsForm>): LedgerSettings {
  return {
    twoPersonReceive: typed.twoPersonReceive,
    twoPersonCount: typed.twoPersonCount,
    twoPersonWaste: typed.twoPersonWaste,
    openedVialHours: typed.openedVialHours,
    vialForOnePersonOnly: typed.vialForOnePersonOnly,
    workingHours: { from: typed.worksFrom, to: typed.worksTo, weekdays: weekdaysOf(typed) },
    keepYears: typed.keepYears,
    countEveryDays: typed.countEveryDays,
    wasteShareAlert: typed.wastePercent,
    needDays: typed.needDays,
  }
}
