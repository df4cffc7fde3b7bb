import { type RawBuilder, sql } from 'kysely'
import { type Read, reader } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import {
  CONTINUOUS_KNOWN_SHARE,
  FOLLOW_UP_DAYS,
  LEFT_AFTER_DAYS,
  type PointDay,
  STILL_FOLLOWED_DAYS,
} from './definition.ts'
import type { CravingDay } from './definitions.ts'
import type {
  CensoredWhy,
  EventCount,
  PointState,
  RetentionRow,
  StillHereWhy,
  TimedOutcome,
} from './outcome-row.ts'

/**
 * The rows of `outcome-rows.ts` counted in the database: people who share day, event and reason become one line, so that
 * 200,000 people come to a page as a few hundred. The rules stand twice, here and there, and a test on generated people
 * holds them together.
 */
export type GroupedBy =
  /** Everybody in one group, ''. */
  | 'nothing'
  /** "2026-Q1", of the first dose in the clinic's days. */
  | 'quarter'
  /** As registered; '' when not known. */
  | 'sex'
  /** Age on the day of the first dose: "under 30", "30 to 44", "45 to 59", "60 and over"; '' when not known. */
  | 'age'
  /** What they were treated for: the track of the intake on which the first plan rests; '' when not known. */
  | 'track'
  /** The account that made the plan of the first dose; '' when not known. */
  | 'planned-by'

/** What is asked of the stored courses. */
export type Asked = {
  readonly clinicId: ClinicId
  /** The day on which one looks, in the clinic's zone. */
  readonly today: LocalDate
  readonly by?: GroupedBy
  /** Only people whose first dose was on one of these days, both included. */
  readonly firstDose?: { readonly from: LocalDate; readonly to: LocalDate }
}

export type Grouped<Count> = Count & { readonly group: string }

const int = (value: number) => sql.lit(value)

const GROUPS: Readonly<Record<GroupedBy, RawBuilder<string>>> = {
  nothing: sql`''`,
  quarter: sql`to_char(c.first_dose_day, 'YYYY"-Q"Q')`,
  sex: sql`coalesce(p.sex, '')`,
  age: sql`case
    when p.birth_date is null then ''
    when age(c.first_dose_day, p.birth_date) < interval '30 years' then 'under 30'
    when age(c.first_dose_day, p.birth_date) < interval '45 years' then '30 to 44'
    when age(c.first_dose_day, p.birth_date) < interval '60 years' then '45 to 59'
    else '60 and over' end`,
  track: sql`coalesce(t.track, '')`,
  'planned-by': sql`coalesce(c.planned_by::text, '')`,
}

const PERSON = sql`left join measure_person p on p.clinic_id = c.clinic_id and p.person_id = c.person_id`
/** What a group is read from, where it does not stand with the course. */
const JOINED: Readonly<Partial<Record<GroupedBy, RawBuilder<unknown>>>> = {
  sex: PERSON,
  age: PERSON,
  track: sql`left join measure_track t on t.clinic_id = c.clinic_id and t.person_id = c.person_id`,
}

/** A `with` part named `course`: the courses that are asked for, each with how many days have passed since its first dose and its group. */
export function courseAsked({ clinicId, today, by = 'nothing', firstDose }: Asked): RawBuilder<unknown> {
  const joined = JOINED[by] ?? sql``
  const within = firstDose
    ? sql`and c.first_dose_day between ${firstDose.from}::date and ${firstDose.to}::date`
    : sql``
  return sql`course as (
    select c.*, ${today}::date - c.first_dose_day as so_far, ${GROUPS[by]} as grouped
    from outcome_course c ${joined}
    where c.clinic_id = ${clinicId}::uuid and c.first_dose_day <= ${today}::date ${within}
  )`
}

async function rows<Row>(db: Read, query: RawBuilder<Row>): Promise<Row[]> {
  return (await query.execute(reader<never>(db))).rows
}

/** Event, last known day and where counting begins, by outcome. */
const TIMED: Readonly<
  Record<
    Exclude<TimedOutcome, 'time-to-leaving'>,
    { readonly event: string; readonly last: string; readonly from?: string }
  >
> = {
  'time-to-first-use': { event: 'first_use_day', last: 'last_known_day' },
  'time-to-lapse': { event: 'lapse_day', last: 'last_known_day', from: 'settled_day' },
  'time-to-relapse': { event: 'relapse_day', last: 'last_known_day' },
}

/** Days, event and reason of one course, as `outcome-rows.ts` says it; null days are not counted at all. */
function timed(outcome: TimedOutcome): RawBuilder<unknown> {
  if (outcome === 'time-to-leaving') {
    const ended = sql`last_contact_day >= ${int(FOLLOW_UP_DAYS)}`
    const left = sql`so_far - last_contact_day > ${int(LEFT_AFTER_DAYS)}`
    return sql`least(last_contact_day, ${int(FOLLOW_UP_DAYS)}) as days, not (${ended}) and ${left} as event,
      case when ${ended} then 'end-of-follow-up' when ${left} then null else 'still-here' end as why`
  }
  const { event, last, from } = TIMED[outcome]
  const at = sql.ref(event)
  const known = sql.ref(last)
  const start = from ? sql.ref(from) : sql`0`
  return sql`coalesce(${at}, ${known}, ${start}) - ${start} as days, ${at} is not null as event,
    case when ${at} is not null then null
      when ${known} is null then case when so_far <= ${int(STILL_FOLLOWED_DAYS)} then 'still-followed' else 'never-answered' end
      when least(so_far, ${int(FOLLOW_UP_DAYS)}) - ${known} > ${int(STILL_FOLLOWED_DAYS)} then 'stopped-answering'
      when so_far > ${int(FOLLOW_UP_DAYS)} then 'end-of-follow-up'
      else 'still-followed' end as why`
}

type WhyOf<Outcome extends TimedOutcome> = Outcome extends 'time-to-leaving' ? StillHereWhy : CensoredWhy

/**
 * How many people share day, event and reason, for one outcome; by group, then day.
 *
 * @example await eventCounts(db, { clinicId, today, by: 'quarter' }, 'time-to-first-use')
 */
export async function eventCounts<Outcome extends TimedOutcome>(
  db: Read,
  asked: Asked,
  outcome: Outcome,
): Promise<Grouped<EventCount<WhyOf<Outcome>>>[]> {
  return rows(
    db,
    sql<Grouped<EventCount<WhyOf<Outcome>>>>`with ${courseAsked(asked)}
      select grouped as "group", days, event, why as "censoredWhy", count(*) as people
      from (select grouped, ${timed(outcome)} from course) counted
      where days is not null
      group by grouped, days, event, why
      order by grouped, days, event desc, why`,
  )
}

export type PointCounts = Readonly<Record<PointState, number>>

/**
 * How many people are in each state at a point day, of those whose day has passed: by the week up to it
 * (`abstinence-at-day-N`) or by all days since the first dose (`continuous-abstinence-to-day-N`). One line for each group.
 */
export async function pointCounts(
  db: Read,
  asked: Asked,
  day: PointDay,
  what: 'week' | 'continuous',
): Promise<Grouped<PointCounts>[]> {
  const state =
    what === 'week'
      ? sql`coalesce(${sql.ref(`week_${day}`)}, 'missing')`
      : sql`case when ${sql.ref(`use_days_${day}`)} > 0 then 'use'
          when ${sql.ref(`no_use_days_${day}`)} >= ${int(Math.ceil(CONTINUOUS_KNOWN_SHARE * day))} then 'no-use'
          else 'missing' end`
  return rows(
    db,
    sql<Grouped<PointCounts>>`with ${courseAsked(asked)}
      select grouped as "group", count(*) filter (where state = 'no-use') as "no-use",
        count(*) filter (where state = 'use') as use, count(*) filter (where state = 'missing') as missing
      from (select grouped, ${state} as state from course where so_far > ${int(day)}) counted
      group by grouped order by grouped`,
  )
}

/** How many were in touch at a point day, of those of whom it can be known by now (`retention-at-day-N`). */
export async function retentionCounts(
  db: Read,
  asked: Asked,
  day: PointDay,
): Promise<Grouped<Readonly<Record<RetentionRow['state'], number>>>[]> {
  return rows(
    db,
    sql<Grouped<Readonly<Record<RetentionRow['state'], number>>>>`with ${courseAsked(asked)}
      select grouped as "group", count(*) filter (where last_contact_day >= ${int(day)}) as here,
        count(*) filter (where last_contact_day < ${int(day)}) as "left"
      from course where so_far > ${int(day + LEFT_AFTER_DAYS)}
      group by grouped order by grouped`,
  )
}

/** People whose days 1 to N hold the same numbers of days without use and with use (`percent-days-without-use-to-day-N`). */
export type DayCounts = { readonly noUseDays: number; readonly useDays: number; readonly people: number }

export async function dayCounts(db: Read, asked: Asked, day: PointDay): Promise<Grouped<DayCounts>[]> {
  return rows(
    db,
    sql<Grouped<DayCounts>>`with ${courseAsked(asked)}
      select grouped as "group", ${sql.ref(`no_use_days_${day}`)} as "noUseDays",
        ${sql.ref(`use_days_${day}`)} as "useDays", count(*) as people
      from course where so_far > ${int(day)}
      group by 1, 2, 3 order by 1, 2, 3`,
  )
}

/** People whose answers of a week have the same sum and number (`craving-to-day-N`); 0 answers is not known, not 0. */
export type CravingCounts = { readonly sum: number; readonly answers: number; readonly people: number }

export async function cravingCounts(
  db: Read,
  asked: Asked,
  day: CravingDay,
): Promise<Grouped<CravingCounts>[]> {
  return rows(
    db,
    sql<Grouped<CravingCounts>>`with ${courseAsked(asked)}
      select grouped as "group", ${sql.ref(`craving_sum_${day}`)} as sum,
        ${sql.ref(`craving_answers_${day}`)} as answers, count(*) as people
      from course where so_far > ${int(day)}
      group by 1, 2, 3 order by 1, 2, 3`,
  )
}

/** Who the figures are about, and up to when they know. */
export type DatasetOverview = {
  readonly people: number
  /** Of them how many are invented. */
  readonly invented: number
  readonly firstDoseFrom: LocalDate | null
  readonly firstDoseTo: LocalDate | null
  /** When the courses were last brought up to date; null while they were never made. */
  readonly refreshedAt: Instant | null
}

export async function datasetOverview(db: Read, asked: Asked): Promise<DatasetOverview> {
  const [found] = await rows(
    db,
    sql<DatasetOverview>`with ${courseAsked(asked)}
      select count(*) as people, count(*) filter (where p.synthetic) as invented,
        min(c.first_dose_day) as "firstDoseFrom", max(c.first_dose_day) as "firstDoseTo",
        (select refreshed_at from outcome_refresh where clinic_id = ${asked.clinicId}::uuid) as "refreshedAt"
      from course c
      left join measure_person p on p.clinic_id = c.clinic_id and p.person_id = c.person_id`,
  )
  return found!
}
