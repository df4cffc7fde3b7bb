import { daysBetween, type LocalDate } from '../../platform/time.ts'
import {
  CONTINUOUS_KNOWN_SHARE,
  FOLLOW_UP_DAYS,
  LEAVING_JUDGED_UNTIL,
  LEFT_AFTER_DAYS,
  type PointDay,
  STILL_FOLLOWED_DAYS,
} from './definition.ts'
import type { CravingDay } from './definitions.ts'
import type { OutcomeCourse } from './outcome-course.ts'
import type {
  CensoredWhy,
  DayCountRow,
  EventCount,
  EventRow,
  PointRow,
  PointState,
  RetentionRow,
  StillHereWhy,
  TimedOutcome,
} from './outcome-row.ts'

/**
 * From courses to the rows of each outcome on the day `today`; what is counted stands under the same name in
 * `definitions.ts`. People whose first dose lies after `today` are left out.
 */
export function eventRows(
  outcome: Exclude<TimedOutcome, 'time-to-leaving'>,
  courses: readonly OutcomeCourse[],
  today: LocalDate,
): EventRow[]
export function eventRows(
  outcome: 'time-to-leaving',
  courses: readonly OutcomeCourse[],
  today: LocalDate,
): EventRow<StillHereWhy>[]
export function eventRows(
  outcome: TimedOutcome,
  courses: readonly OutcomeCourse[],
  today: LocalDate,
): EventRow<CensoredWhy | StillHereWhy>[] {
  return courses.flatMap((course) => {
    const daysSoFar = daysBetween(course.firstDoseDay, today)
    return daysSoFar < 0 ? [] : ROW_OF[outcome](course, daysSoFar)
  })
}

type RowsOf = (course: OutcomeCourse, daysSoFar: number) => EventRow<CensoredWhy | StillHereWhy>[]

const ROW_OF: Readonly<Record<TimedOutcome, RowsOf>> = {
  'time-to-first-use': ({ personId, firstUseDay, lastKnownDay }, daysSoFar) => [
    untilKnown(personId, { event: firstUseDay, last: lastKnownDay, from: 0, daysSoFar }),
  ],
  'time-to-lapse': ({ personId, settledDay, lapseDay, lastKnownDay }, daysSoFar) =>
    settledDay === null
      ? []
      : [untilKnown(personId, { event: lapseDay, last: lastKnownDay, from: settledDay, daysSoFar })],
  'time-to-relapse': ({ personId, relapseDay, lastKnownDay }, daysSoFar) => [
    untilKnown(personId, { event: relapseDay, last: lastKnownDay, from: 0, daysSoFar }),
  ],
  'time-to-leaving': ({ personId, lastContactDay }, daysSoFar) => {
    const days = Math.min(lastContactDay, LEAVING_JUDGED_UNTIL)
    if (lastContactDay >= LEAVING_JUDGED_UNTIL)
      return [{ personId, days, event: false, censoredWhy: 'end-of-asking' }]
    const left = daysSoFar - lastContactDay > LEFT_AFTER_DAYS
    return [{ personId, days, event: left, censoredWhy: left ? null : 'still-here' }]
  },
}

function untilKnown(
  personId: OutcomeCourse['personId'],
  {
    event,
    last,
    from,
    daysSoFar,
  }: {
    readonly event: number | null
    readonly last: number | null
    readonly from: number
    readonly daysSoFar: number
  },
): EventRow {
  if (event !== null) return { personId, days: event - from, event: true, censoredWhy: null }
  return {
    personId,
    days: last === null ? 0 : last - from,
    event: false,
    censoredWhy: whyCensored(last, daysSoFar),
  }
}

function whyCensored(lastKnown: number | null, daysSoFar: number): CensoredWhy {
  if (lastKnown === null) return daysSoFar <= STILL_FOLLOWED_DAYS ? 'still-followed' : 'never-answered'
  if (Math.min(daysSoFar, FOLLOW_UP_DAYS) - lastKnown > STILL_FOLLOWED_DAYS) return 'stopped-answering'
  return daysSoFar > FOLLOW_UP_DAYS ? 'end-of-follow-up' : 'still-followed'
}

/** Courses whose day lies behind us. */
function past(courses: readonly OutcomeCourse[], today: LocalDate, day: number): OutcomeCourse[] {
  return courses.filter(({ firstDoseDay }) => daysBetween(firstDoseDay, today) > day)
}

/** `abstinence-at-day-N`: what the week up to day N says, for those whose day N has passed. */
export function pointRows(courses: readonly OutcomeCourse[], today: LocalDate, day: PointDay): PointRow[] {
  return past(courses, today, day).map(({ personId, points }) => ({
    personId,
    state: points[day].week ?? 'missing',
  }))
}

/** `continuous-abstinence-to-day-N`: no use at all, when nearly every day is known. */
export function continuousRows(
  courses: readonly OutcomeCourse[],
  today: LocalDate,
  day: PointDay,
): PointRow[] {
  const state = ({ noUseDays, useDays }: OutcomeCourse['points'][PointDay]): PointState =>
    useDays > 0 ? 'use' : noUseDays >= CONTINUOUS_KNOWN_SHARE * day ? 'no-use' : 'missing'
  return past(courses, today, day).map(({ personId, points }) => ({ personId, state: state(points[day]) }))
}

/** `percent-days-without-use-to-day-N`: known days of each person, and how many nobody knows. */
export function dayCountRows(
  courses: readonly OutcomeCourse[],
  today: LocalDate,
  day: PointDay,
): DayCountRow[] {
  return past(courses, today, day).map(({ personId, points }) => {
    const { noUseDays, useDays } = points[day]
    return { personId, at: day, noUseDays, useDays, unknownDays: day - noUseDays - useDays }
  })
}

/** `retention-at-day-N`, one of `RETENTION_DAYS`: for those of whom it can be known by now. */
export function retentionRows(
  courses: readonly OutcomeCourse[],
  today: LocalDate,
  day: PointDay,
): RetentionRow[] {
  return past(courses, today, day + LEFT_AFTER_DAYS).map(({ personId, lastContactDay }) => ({
    personId,
    state: lastContactDay >= day ? 'here' : 'left',
  }))
}

/** `craving-to-day-N`: a person's mean answer of that week, null without an answer, for those whose day N has passed. */
export function cravingRows(
  courses: readonly OutcomeCourse[],
  today: LocalDate,
  day: CravingDay,
): { readonly personId: OutcomeCourse['personId']; readonly mean0to10: number | null }[] {
  return past(courses, today, day).map(({ personId, craving }) => {
    const { sum, answers } = craving[day]
    return { personId, mean0to10: answers === 0 ? null : sum / answers }
  })
}

/** The same rows as `eventCounts` brings from the database: people who share day, event and reason, by day. */
export function countEvents<Why extends string>(rows: readonly EventRow<Why>[]): EventCount<Why>[] {
  const counts = new Map<string, EventCount<Why>>()
  for (const { days, event, censoredWhy } of rows) {
    const key = `${days} ${event} ${censoredWhy}`
    const people = (counts.get(key)?.people ?? 0) + 1
    counts.set(key, { days, event, censoredWhy, people })
  }
  return [...counts.values()].sort((a, b) => a.days - b.days || Number(b.event) - Number(a.event))
}
