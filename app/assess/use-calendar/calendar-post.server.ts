import * as z from 'zod'
import { accountNames } from '../../identity/index.server.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { type FormAnswer, formProblem, parseForm, typedValues } from '../../platform/form.ts'
import type { PersonId } from '../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import { dateInWords, type LocalDate } from '../../platform/time.ts'
import { saidByWords } from './calendar-page.server.ts'
import { seenAsText, seenFromText } from './day-range.ts'
import { noteAnchor, tellDays, tellRange } from './tell-days.server.ts'
import { daysOfPerson } from './use-calendar-queries.server.ts'
import { type DayRecord, dayInWords } from './use-day.ts'
import { dayOf, parseDayForm } from './use-day-form.ts'

type Post = PageArgs & { readonly form: FormData }
/** A problem; with `told`, days that somebody told before and about which we ask. */
export type CalendarAnswer = FormAnswer & {
  readonly told?: readonly string[]
  readonly seen?: string
}

const REFUSALS: Readonly<Record<string, string>> = {
  'in-the-future': 'This day has not come yet. Days can be told until today.',
  'more-than-a-year-ago': 'This day is more than a year ago. Days can be told one year back.',
  'ends-before-it-begins': 'The last day lies before the first. Change one of them.',
  'no-pattern-there': 'This day has not been told, so there is nothing to take over.',
}

const dayField = z.string({ error: 'Choose a day.' }).transform((text, context) => {
  const day = dayOf(text)
  if (day) return day
  context.addIssue({ code: 'custom', message: 'Enter a day that exists.' })
  return z.NEVER
})
const basedOn = z
  .string()
  .regex(/^\d{1,6}$/)
  .transform(Number)

/** The drink in which the form was shown; a page of before sends none. */
const gramsPerDrink = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,4})?$/)
  .transform(Number)
  .optional()

/** Keeps one day, then goes back to the calendar or on to the next open day. */
export async function postDay(page: Post, personId: PersonId): Promise<CalendarAnswer | Response> {
  const { services, actor, clinic, form, url } = page
  const about = parseForm(z.object({ day: dayField, basedOn, gramsPerDrink }), form)
  const size = (about.ok && about.value.gramsPerDrink) || clinic.gramsPerStandardDrink
  const told = parseDayForm(typedValues(form), size)
  if (!about.ok || !told.ok) {
    return formProblem(form, {
      ...(about.ok ? {} : about.answer.errors),
      ...(told.ok ? {} : told.errors),
    })
  }
  const { day } = about.value
  if (!(await drinkIsKnown(page, personId, day, size))) {
    const present = clinic.gramsPerStandardDrink
    const problem = formProblem(form, {
      'standard-drinks': `The clinic changed its drink after you opened this page: it is ${present} g now. Look at the number again.`,
    })
    return { ...problem, values: { ...problem.values, gramsPerDrink: String(present) } }
  }
  const kept = await runCommand(services, actor, tellDays, {
    personId,
    timeZone: clinic.timeZone,
    gramsPerDrink: size,
    days: [{ ...told.value, day, basedOn: about.value.basedOn }],
  })
  if (kept.ok) {
    const next = dayOf(form.get('next')?.toString() ?? '')
    return goTo(`${url.pathname}?done=day&told=${day}${next ? `&day=${next}#the-day` : ''}`)
  }
  if (kept.reason === 'told-meanwhile') {
    return {
      ...formProblem(form, {
        form: 'Somebody told this day after you opened it. Nothing of yours is lost: compare, then keep yours or leave it.',
      }),
      ...(await inWords(page, kept.detail)),
    }
  }
  return REFUSALS[kept.reason] ? formProblem(form, { form: REFUSALS[kept.reason]! }) : notFound()
}

/** The clinic's present drink, or one in which this day was told before: nobody makes up a size of their own. */
async function drinkIsKnown(
  { services, actor, clinic }: Post,
  personId: PersonId,
  day: LocalDate,
  size: number,
): Promise<boolean> {
  if (size === clinic.gramsPerStandardDrink) return true
  const records = await runQuery(services, actor, ({ db }) => daysOfPerson(db, clinic.id, personId, day))
  return records.some((record) => record.day === day && record.gramsPerDrink === size)
}

const rangeForm = z.object({
  from: dayField,
  to: dayField,
  as: z.enum(['none', 'unknown', 'like'], { error: 'Choose what these days were.' }),
  like: z.string().optional(),
  aboutTold: z.enum(['ask', 'keep', 'replace'], { error: 'Choose what happens to the days told before.' }),
  seen: z.string().default(''),
})

/** Tells a range of days alike; asks before days that were told before are replaced. */
export async function postRange(page: Post, personId: PersonId): Promise<CalendarAnswer | Response> {
  const { services, actor, clinic, form, url } = page
  const parsed = parseForm(rangeForm, form)
  if (!parsed.ok) return parsed.answer
  const { from, to, as, aboutTold, seen } = parsed.value
  const likeDay = dayOf(parsed.value.like ?? '')
  if (as === 'like' && !likeDay)
    return formProblem(form, { like: 'Choose the day whose entry is taken over.' })
  const kept = await runCommand(services, actor, tellRange, {
    personId,
    timeZone: clinic.timeZone,
    gramsPerDrink: clinic.gramsPerStandardDrink,
    from,
    to,
    as: as === 'like' ? { likeDay: likeDay! } : as,
    aboutTold,
    seen: seenFromText(seen),
  })
  if (kept.ok) return goTo(`${url.pathname}?done=range&n=${kept.value.written}`)
  switch (kept.reason) {
    case 'already-told':
    case 'told-meanwhile':
      return {
        ...formProblem(form, {
          aboutTold:
            kept.reason === 'already-told'
              ? 'Some of these days were told before. Choose what happens to them.'
              : 'Days of this range were told while you were choosing. Look again and choose.',
        }),
        ...(await inWords(page, kept.detail)),
      }
    case 'no-pattern-there':
      return formProblem(form, { like: REFUSALS[kept.reason]! })
    case 'in-the-future':
      return formProblem(form, { to: REFUSALS[kept.reason]! })
    case 'more-than-a-year-ago':
    case 'ends-before-it-begins':
      return formProblem(form, { from: REFUSALS[kept.reason]! })
    default:
      return notFound()
  }
}

const anchorForm = z.object({
  day: dayField,
  basedOn,
  words: z.string().max(80, 'Please use at most 80 characters.').optional(),
})

/** Notes what made a day special, or takes it away when nothing is written. */
export async function postAnchor(page: Post, personId: PersonId): Promise<CalendarAnswer | Response> {
  const { services, actor, clinic, form, url } = page
  const parsed = parseForm(anchorForm, form)
  if (!parsed.ok) return parsed.answer
  const { day, words } = parsed.value
  const noted = await runCommand(services, actor, noteAnchor, {
    personId,
    day,
    words: words ?? null,
    basedOn: parsed.value.basedOn,
    timeZone: clinic.timeZone,
  })
  if (noted.ok) return goTo(`${url.pathname}?done=anchor&day=${day}#the-day`)
  if (noted.reason === 'told-meanwhile') {
    return formProblem(form, {
      words: 'Somebody changed this note after you opened the page. Send again to replace it.',
    })
  }
  return REFUSALS[noted.reason] ? formProblem(form, { words: REFUSALS[noted.reason]! }) : notFound()
}

async function inWords(
  { services, actor }: Post,
  detail: unknown,
): Promise<Pick<CalendarAnswer, 'told' | 'seen'>> {
  const { told } = detail as { readonly told: readonly DayRecord[] }
  const names = await runQuery(services, actor, ({ db }) =>
    accountNames(
      db,
      told.map(({ toldBy }) => toldBy),
    ),
  )
  return {
    told: told.map(
      (record) =>
        `${dateInWords(record.day)}: ${dayInWords(record, record.gramsPerDrink)}, told by ${saidByWords(record, names)}`,
    ),
    seen: seenAsText(told),
  }
}
