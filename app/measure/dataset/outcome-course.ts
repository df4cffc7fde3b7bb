import type { PersonId } from '../../platform/ids.ts'
import { daysBetween, type LocalDate } from '../../platform/time.ts'
import {
  FOLLOW_UP_DAYS,
  LAPSE_AFTER_DAYS,
  NO_SPEAKS_FOR_DAYS,
  POINT_DAYS,
  POINT_WINDOW_DAYS,
  type PointDay,
  RELAPSE_DAYS_IN_A_ROW,
  RELAPSE_WEEKS_IN_A_ROW,
} from './definition.ts'
import { CRAVING_DAYS, type CravingDay } from './definitions.ts'

/** What the slices know, in the clinic's days and in any order. People without a dose are left out. */
export type OutcomeFacts = {
  /** Every session in which a dose was begun, with the account that made its plan. */
  readonly doses: readonly {
    readonly personId: PersonId
    readonly day: LocalDate
    readonly plannedBy: string | null
  }[]
  /** One for each person and day: the one that counts after corrections. */
  readonly checkIns: readonly {
    readonly personId: PersonId
    readonly forDate: LocalDate
    readonly used: 'yes' | 'no' | 'unknown'
    readonly craving0to10: number | null
  }[]
  /** The use calendar: one for each person and day, the newest revision. */
  readonly calendarDays: readonly {
    readonly personId: PersonId
    readonly day: LocalDate
    readonly state: 'none' | 'used' | 'unknown'
  }[]
}

/**
 * What is known of one person, whatever today is: every row of `outcome-rows.ts` follows from it and from the day on
 * which one looks. All days count from the first dose (day 0); null is not known or not happened so far.
 */
export type OutcomeCourse = {
  readonly personId: PersonId
  readonly firstDoseDay: LocalDate
  /** The account that made the plan of the first dose; of two on that day the lesser id. */
  readonly plannedBy: string | null
  readonly doses: number
  readonly lastDoseDay: number
  /** First day of use, 1 to 365. */
  readonly firstUseDay: number | null
  /** The seventh of the first seven known days in a row without use. */
  readonly settledDay: number | null
  /** First day of use after `settledDay`. */
  readonly lapseDay: number | null
  readonly relapseDay: number | null
  /** Last day, 1 to 365, of which anything is known. */
  readonly lastKnownDay: number | null
  /** Last dose or check-in, whatever it says; not capped. */
  readonly lastContactDay: number
  readonly points: Readonly<Record<PointDay, PointFacts>>
  readonly craving: Readonly<Record<CravingDay, CravingFacts>>
}

export type PointFacts = {
  /** What is told in the week up to the day, by check-ins and by the calendar together; null when nobody told. */
  readonly week: 'use' | 'no-use' | null
  readonly noUseDays: number
  readonly useDays: number
}

/** Sum and number of answers, so that nothing is rounded before it is shown. */
export type CravingFacts = { readonly sum: number; readonly answers: number }

type Entry = {
  readonly day: number
  readonly used: 'yes' | 'no' | 'unknown'
  readonly craving: number | null
}

type CalendarDay = { readonly day: number; readonly state: 'none' | 'used' | 'unknown' }

/**
 * One course for each person with a dose, by person id. The reference for the same step in SQL
 * (`course-queries.server.ts`): both must agree row for row.
 *
 * Cost: one pass over the facts, and a year of days for each person.
 */
export function outcomeCourses({ doses, checkIns, calendarDays }: OutcomeFacts): OutcomeCourse[] {
  const dosesOf = byPerson(doses)
  const checkInsOf = byPerson(checkIns)
  const calendarOf = byPerson(calendarDays)
  return [...dosesOf]
    .map(([personId, given]) => {
      const firstDoseDay = given.map(({ day }) => day).reduce((a, b) => (a < b ? a : b))
      const since = (day: LocalDate) => daysBetween(firstDoseDay, day)
      return courseOf(
        {
          personId,
          firstDoseDay,
          plannedBy:
            given
              .flatMap(({ day, plannedBy }) => (day === firstDoseDay && plannedBy ? [plannedBy] : []))
              .sort()[0] ?? null,
          doseDays: given.map(({ day }) => since(day)),
        },
        (checkInsOf.get(personId) ?? [])
          .map((entry) => ({
            day: since(entry.forDate),
            used: entry.used,
            craving: entry.craving0to10,
          }))
          .sort((a, b) => a.day - b.day),
        (calendarOf.get(personId) ?? []).map(({ day, state }) => ({ day: since(day), state })),
      )
    })
    .sort((a, b) => (a.personId < b.personId ? -1 : 1))
}

function courseOf(
  person: {
    readonly personId: PersonId
    readonly firstDoseDay: LocalDate
    readonly plannedBy: string | null
    readonly doseDays: readonly number[]
  },
  entries: readonly Entry[],
  calendar: readonly CalendarDay[],
): OutcomeCourse {
  const counted = entries.filter(({ day }) => day >= 1 && day <= FOLLOW_UP_DAYS)
  const days = dayStates(entries, calendar)
  const useDays = daysThat(days, 'use')
  const settledDay = firstRunOf(daysThat(days, 'no-use'), LAPSE_AFTER_DAYS, LAPSE_AFTER_DAYS - 1)
  return {
    personId: person.personId,
    firstDoseDay: person.firstDoseDay,
    plannedBy: person.plannedBy,
    doses: person.doseDays.length,
    lastDoseDay: Math.max(...person.doseDays),
    firstUseDay: useDays[0] ?? null,
    settledDay,
    lapseDay: settledDay === null ? null : (useDays.find((day) => day > settledDay) ?? null),
    relapseDay: relapseDay(useDays),
    lastKnownDay: lastOf(days),
    lastContactDay: Math.max(...person.doseDays, ...entries.map(({ day }) => day)),
    points: forEach(POINT_DAYS, (day) => ({
      week: weekState(counted, calendar, day),
      noUseDays: days.slice(1, day + 1).filter((state) => state === 'no-use').length,
      useDays: days.slice(1, day + 1).filter((state) => state === 'use').length,
    })),
    craving: forEach(CRAVING_DAYS, (day) => {
      const answers = counted.flatMap((entry) =>
        inWeekTo(entry.day, day) && entry.craving !== null ? [entry.craving] : [],
      )
      return { sum: answers.reduce((a, b) => a + b, 0), answers: answers.length }
    }),
  }
}

type DayState = 'use' | 'no-use' | undefined

const BY_CHECK_IN: Readonly<Record<Entry['used'], DayState>> = {
  yes: 'use',
  no: 'no-use',
  unknown: undefined,
}
const BY_CALENDAR: Readonly<Record<CalendarDay['state'], DayState>> = {
  used: 'use',
  none: 'no-use',
  unknown: undefined,
}

/**
 * What is known of each day from 0 to 365 (day 0 is never known: what was on the day of the dose is not an outcome).
 * A "yes" marks its own day; a "no" speaks for the days since the check-in before, at most 14, and for its own alone when
 * there was none before; the calendar speaks for its day. Use counts where they differ.
 */
function dayStates(entries: readonly Entry[], calendar: readonly CalendarDay[]): DayState[] {
  const days: DayState[] = Array.from({ length: FOLLOW_UP_DAYS + 1 })
  const tell = (day: number, state: DayState) => {
    if (day >= 1 && day <= FOLLOW_UP_DAYS && days[day] !== 'use') days[day] = state
  }
  entries.forEach(({ day, used }, at) => {
    const before = entries[at - 1]?.day
    if (used === 'yes') tell(day, 'use')
    if (used !== 'no') return
    const from = before === undefined ? day : Math.max(before + 1, day - NO_SPEAKS_FOR_DAYS + 1)
    for (let told = from; told <= day; told++) tell(told, 'no-use')
  })
  for (const { day, state } of calendar) {
    if (state !== 'unknown') tell(day, BY_CALENDAR[state])
  }
  return days
}

function daysThat(days: readonly DayState[], wanted: DayState): number[] {
  return days.flatMap((state, day) => (state === wanted ? [day] : []))
}

function lastOf(days: readonly DayState[]): number | null {
  const last = days.findLastIndex((state) => state !== undefined)
  return last < 0 ? null : last
}

/** Of the first `length` whole numbers in a row the first plus `offset`; null when there is no such run. */
function firstRunOf(ascending: readonly number[], length: number, offset: number): number | null {
  const start = ascending.find((value, at) => ascending[at + length - 1] === value + length - 1)
  return start === undefined ? null : start + offset
}

function relapseDay(useDays: readonly number[]): number | null {
  const daily = firstRunOf(useDays, RELAPSE_DAYS_IN_A_ROW, 0)
  const weekOf = (day: number) => Math.floor((day - 1) / 7)
  const week = firstRunOf([...new Set(useDays.map(weekOf))], RELAPSE_WEEKS_IN_A_ROW, 0)
  const weekly = week === null ? undefined : useDays.find((day) => weekOf(day) === week)
  const begun = [daily, weekly].filter((day): day is number => day !== null && day !== undefined)
  return begun.length > 0 ? Math.min(...begun) : null
}

function inWeekTo(day: number, pointDay: number): boolean {
  return day > pointDay - POINT_WINDOW_DAYS && day <= pointDay
}

/**
 * What is told in the week up to a day. A check-in stands here for its own day alone: were a "no" of a later week to speak
 * back into this one, so would have to a "yes", and nobody knows on which of its days the use was.
 */
function weekState(
  entries: readonly Entry[],
  calendar: readonly CalendarDay[],
  pointDay: number,
): PointFacts['week'] {
  const told = new Set<DayState>([
    ...entries.filter(({ day }) => inWeekTo(day, pointDay)).map(({ used }) => BY_CHECK_IN[used]),
    ...calendar.filter(({ day }) => inWeekTo(day, pointDay)).map(({ state }) => BY_CALENDAR[state]),
  ])
  return told.has('use') ? 'use' : told.has('no-use') ? 'no-use' : null
}

function byPerson<Row extends { readonly personId: PersonId }>(rows: readonly Row[]): Map<PersonId, Row[]> {
  const found = new Map<PersonId, Row[]>()
  for (const row of rows) {
    const own = found.get(row.personId)
    if (own) own.push(row)
    else found.set(row.personId, [row])
  }
  return found
}

function forEach<Key extends number, Value>(
  keys: readonly Key[],
  value: (key: Key) => Value,
): Record<Key, Value> {
  return Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<Key, Value>
}
