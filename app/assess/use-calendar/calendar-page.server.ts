import { accountNames } from '../../identity/index.server.ts'
import type { Sex } from '../../identity/index.ts'
import type { ClinicProfile } from '../../platform/clinic-profile.ts'
import type { ReadNeeds } from '../../platform/command.server.ts'
import type { PersonId } from '../../platform/ids.ts'
import { addDays, dateInWords, type LocalDate, localDateOf, momentInWords } from '../../platform/time.ts'
import { exposuresOfPerson } from '../lab-tests/lab-test-queries.server.ts'
import { type Anchor, currentAnchors } from './anchor.ts'
import { calendarMonths, monthInWords } from './calendar-months.ts'
import { lastDayOf, neededFrom } from './calendar-window.ts'
import { daysOf } from './day-range.ts'
import { drinksOfGrams, standardDrinkSource } from './standard-drink.ts'
import { anchorsOfPerson, daysOfPerson } from './use-calendar-queries.server.ts'
import {
  alcoholGrams,
  type Calendar,
  currentDays,
  type DayRecord,
  dayInWords,
  drinkSizeOf,
  earliestDay,
  whyNotTell,
} from './use-day.ts'
import { dayOf, toFormValues } from './use-day-form.ts'

const SHOWN_DAYS = 90

/** The calendar as both pages show it: grids, the chosen day with all that was told of it, and what is still open. */
export async function calendarView(
  { db, at, actor }: Pick<ReadNeeds, 'db' | 'at' | 'actor'>,
  person: { readonly id: PersonId; readonly sex: Sex | undefined },
  clinic: ClinicProfile,
  url: URL,
) {
  const zone = clinic.timeZone
  const today = localDateOf(at, zone)
  const doses = (await exposuresOfPerson(db, actor.clinicId, person.id)).map(({ dosedAt }) =>
    localDateOf(dosedAt, zone),
  )
  const from = neededFrom(doses, today)
  const records = await daysOfPerson(db, actor.clinicId, person.id, from)
  const anchors = currentAnchors(await anchorsOfPerson(db, actor.clinicId, person.id, from))
  const calendar = currentDays(records)
  const asked = dayOf(url.searchParams.get('day') ?? '')
  const day = asked && whyNotTell(asked, today) === undefined ? asked : undefined
  const recent = addDays(today, -SHOWN_DAYS)
  const wholeYear = url.searchParams.get('span') === 'year' || (day !== undefined && day < recent)
  const shownFrom = wholeYear ? earliestDay(today) : recent
  const open = daysOf({ from: recent, to: addDays(today, -1) }).filter((one) => !calendar.has(one))
  const drink = clinic.gramsPerStandardDrink
  const mark: MarkDay = { calendar, anchors, doses: new Set(doses), today, chosen: day, drink }
  return {
    calendar,
    doses,
    context: { sex: person.sex, gramsPerDrink: drink },
    lastDay: lastDayOf(calendar, today),
    view: {
      path: url.pathname,
      today,
      earliest: earliestDay(today),
      wholeYear,
      drink: { grams: drink, source: standardDrinkSource(drink, clinic.standardDrinkSource) },
      open: open.length,
      nextOpen: nextOpenAfter(open, day),
      nextOpenWords: open.length > 0 ? dateInWords(nextOpenAfter(open, day)!) : undefined,
      months: calendarMonths(shownFrom, today).map(({ id, weeks }) => ({
        id,
        title: monthInWords(id),
        weeks: weeks.map((week) => week.map((one) => one && dayMark(one, mark))),
      })),
      chosen: day && (await chosenDay({ db }, day, records, anchors.get(day), { today, zone, drink })),
    },
  }
}

/** The newest day that is still open before the one at hand: people go back in time. */
function nextOpenAfter(open: readonly LocalDate[], day: LocalDate | undefined): LocalDate | undefined {
  return (day && open.findLast((one) => one < day)) ?? open.at(-1)
}

type MarkDay = {
  readonly calendar: Calendar
  readonly anchors: ReadonlyMap<LocalDate, Anchor>
  readonly doses: ReadonlySet<LocalDate>
  readonly today: LocalDate
  readonly chosen: LocalDate | undefined
  readonly drink: number
}

/** One square of the grid: its state by shape and word, and all of it in the label. */
function dayMark(day: LocalDate, { calendar, anchors, doses, today, chosen, drink }: MarkDay) {
  const told = calendar.get(day)
  const grams = told?.state === 'used' ? alcoholGrams(told) : null
  const note = [doses.has(day) ? 'Session here' : undefined, anchors.get(day)?.words ?? undefined]
  return {
    day,
    number: Number(day.slice(8)),
    state: told?.state ?? ('open' as const),
    word: !told
      ? 'open'
      : told.state === 'none'
        ? 'no use'
        : told.state === 'unknown'
          ? 'unsure'
          : grams
            ? `${drinksOfGrams(grams, drink)} dr`
            : 'used',
    label: [dateInWords(day), told ? dayInWords(told, drink) : 'not told yet', ...note]
      .filter(Boolean)
      .join(': '),
    noted: note.some(Boolean),
    today: day === today,
    chosen: day === chosen,
  }
}

async function chosenDay(
  { db }: Pick<ReadNeeds, 'db'>,
  day: LocalDate,
  records: readonly DayRecord[],
  anchor: Anchor | undefined,
  { today, zone, drink }: { readonly today: LocalDate; readonly zone: string; readonly drink: number },
) {
  const told = records.filter((record) => record.day === day)
  const now = told.at(-1)
  const names = await accountNames(
    db,
    told.map(({ toldBy }) => toldBy),
  )
  return {
    day,
    title: day === today ? `Today, ${dateInWords(day)}` : dateInWords(day),
    revision: now?.revision ?? 0,
    values: now ? toFormValues(now, now.gramsPerDrink) : {},
    /** Grams of the drinks in `values`. */
    gramsPerDrink: drinkSizeOf(now, drink),
    now: now && dayInWords(now, now.gramsPerDrink),
    anchor: anchor?.words ?? undefined,
    anchorRevision: anchor?.revision ?? 0,
    history: told
      .map((record) => ({
        revision: record.revision,
        words: dayInWords(record, record.gramsPerDrink),
        when: momentInWords(record.toldAt, record.timeZone),
        zone: record.timeZone === zone ? undefined : record.timeZone,
        dateTime: record.toldAt,
        by: saidByWords(record, names),
      }))
      .reverse(),
  }
}

/** Who told a day, as staff read it. */
export function saidByWords(
  { saidBy, toldBy }: Pick<DayRecord, 'saidBy' | 'toldBy'>,
  names: ReadonlyMap<string, string>,
): string {
  return saidBy === 'person' ? 'the person' : `${names.get(toldBy) ?? 'staff'} with the person`
}

export type CalendarView = Awaited<ReturnType<typeof calendarView>>['view']
