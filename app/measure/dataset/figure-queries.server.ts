import { type RawBuilder, sql } from 'kysely'
import { type Read, reader } from '../../platform/database.server.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import {
  type Asked,
  type Counting,
  countedTogether,
  courseAsked,
  type Grouped,
  type GroupedBy,
  type Shared,
} from './asked-queries.server.ts'
import {
  CONTINUOUS_KNOWN_SHARE,
  FOLLOW_UP_DAYS,
  LEAVING_JUDGED_UNTIL,
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

/*
 * The rows of `outcome-rows.ts` counted in the database: people who share day, event and reason become one line, so that
 * 200,000 people come to a page as a few hundred. The rules stand twice, here and there, and a test on generated people
 * holds them together. Words are counted as numbers, by their place in a list: text costs twice as much to compare.
 */

const int = (value: number) => sql.lit(value)

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

const WHYS = [
  'still-followed',
  'stopped-answering',
  'never-answered',
  'end-of-follow-up',
  'still-here',
  'end-of-asking',
] as const satisfies readonly (CensoredWhy | StillHereWhy)[]
const why = (name: (typeof WHYS)[number]) => int(WHYS.indexOf(name))

/** Days of one course and why they are counted no further (null: the event), as `outcome-rows.ts` says it. */
function timed(outcome: TimedOutcome): readonly [RawBuilder<unknown>, RawBuilder<unknown>] {
  if (outcome === 'time-to-leaving') {
    return [
      sql`least(last_contact_day, ${int(LEAVING_JUDGED_UNTIL)})`,
      sql`case when last_contact_day >= ${int(LEAVING_JUDGED_UNTIL)} then ${why('end-of-asking')}
        when so_far - last_contact_day > ${int(LEFT_AFTER_DAYS)} then null else ${why('still-here')} end`,
    ]
  }
  const { event, last, from } = TIMED[outcome]
  const at = sql.ref(event)
  const known = sql.ref(last)
  return [
    // Who never reaches the day from which it counts has no days and is not counted at all.
    from
      ? sql`coalesce(${at}, ${known}, ${sql.ref(from)}) - ${sql.ref(from)}`
      : sql`coalesce(${at}, ${known}, 0)`,
    sql`case when ${at} is not null then null
      when ${known} is null then
        case when so_far <= ${int(STILL_FOLLOWED_DAYS)} then ${why('still-followed')} else ${why('never-answered')} end
      when least(so_far, ${int(FOLLOW_UP_DAYS)}) - ${known} > ${int(STILL_FOLLOWED_DAYS)} then ${why('stopped-answering')}
      when so_far > ${int(FOLLOW_UP_DAYS)} then ${why('end-of-follow-up')}
      else ${why('still-followed')} end`,
  ]
}

type WhyOf<Outcome extends TimedOutcome> = Outcome extends 'time-to-leaving' ? StillHereWhy : CensoredWhy

/** How many people share day, event and reason, for one outcome; by group, then day. */
export function eventCounting<Outcome extends TimedOutcome>(
  outcome: Outcome,
  by: GroupedBy = 'nothing',
): Counting<Grouped<EventCount<WhyOf<Outcome>>>> {
  return {
    columns: timed(outcome),
    by,
    rows: (counts) =>
      counts.map(({ keys: [days, at = null], group, people }) => ({
        group,
        days,
        event: at === null,
        censoredWhy: at === null ? null : (WHYS[at] as WhyOf<Outcome>),
        people,
      })),
  }
}

/** One counting alone. @example await eventCounts(db, { clinicId, today }, 'time-to-first-use') */
export async function eventCounts<Outcome extends TimedOutcome>(
  db: Read,
  asked: Asked,
  outcome: Outcome,
): Promise<Grouped<EventCount<WhyOf<Outcome>>>[]> {
  return (await countedTogether(db, asked, { counted: eventCounting(outcome) })).counted
}

export type PointCounts = Readonly<Record<PointState, number>>

const STATES = ['no-use', 'use', 'missing'] as const satisfies readonly PointState[]
const state = (name: PointState) => int(STATES.indexOf(name))

/**
 * How many people are in each state at a point day, of those whose day has passed: by the week up to it
 * (`abstinence-at-day-N`) or by all days since the first dose (`continuous-abstinence-to-day-N`). One line for each group.
 */
export function pointCounting(
  day: PointDay,
  what: 'week' | 'continuous',
  by: GroupedBy = 'nothing',
): Counting<Grouped<PointCounts>> {
  const week = sql.ref(`week_${day}`)
  const useDays = sql.ref(`use_days_${day}`)
  const noUseDays = sql.ref(`no_use_days_${day}`)
  return {
    columns: [
      what === 'week'
        ? sql`case when so_far > ${int(day)} then
            case ${week} when 'no-use' then ${state('no-use')} when 'use' then ${state('use')} else ${state('missing')} end end`
        : sql`case when so_far > ${int(day)} then
            case when ${useDays} > 0 then ${state('use')}
              when ${noUseDays} >= ${int(Math.ceil(CONTINUOUS_KNOWN_SHARE * day))} then ${state('no-use')}
              else ${state('missing')} end end`,
    ],
    by,
    rows: (counts) => byGroup(counts, STATES),
  }
}

/** One counting of states alone. */
export async function pointCounts(
  db: Read,
  asked: Asked,
  day: PointDay,
  what: 'week' | 'continuous',
): Promise<Grouped<PointCounts>[]> {
  return (await countedTogether(db, asked, { counted: pointCounting(day, what) })).counted
}

const IN_TOUCH = ['here', 'left'] as const satisfies readonly RetentionRow['state'][]

/** How many were in touch at a point day, of those of whom it can be known by now (`retention-at-day-N`, one of `RETENTION_DAYS`). */
export function retentionCounting(
  day: PointDay,
): Counting<Grouped<Readonly<Record<RetentionRow['state'], number>>>> {
  return {
    columns: [
      sql`case when so_far > ${int(day + LEFT_AFTER_DAYS)} then (last_contact_day < ${int(day)})::integer end`,
    ],
    rows: (counts) => byGroup(counts, IN_TOUCH),
  }
}

/** One line for each group, with the people of each state by its name. */
function byGroup<State extends string>(
  counts: readonly Shared[],
  states: readonly State[],
): Grouped<Readonly<Record<State, number>>>[] {
  const groups = new Map<string, Record<State, number>>()
  for (const { keys, group, people } of counts) {
    const none = () => Object.fromEntries(states.map((name) => [name, 0])) as Record<State, number>
    const found = groups.get(group) ?? none()
    found[states[keys[0]]!] += people
    groups.set(group, found)
  }
  return [...groups].map(([group, found]) => ({ group, ...found }))
}

/** People whose days 1 to N hold the same numbers of days without use and with use (`percent-days-without-use-to-day-N`). */
export type DayCounts = { readonly noUseDays: number; readonly useDays: number; readonly people: number }

export function dayCounting(day: PointDay): Counting<DayCounts> {
  return {
    columns: [
      sql`case when so_far > ${int(day)} then ${sql.ref(`no_use_days_${day}`)} end`,
      sql`case when so_far > ${int(day)} then ${sql.ref(`use_days_${day}`)} end`,
    ],
    rows: (counts) =>
      counts.map(({ keys: [noUseDays, useDays], people }) => ({ noUseDays, useDays: useDays ?? 0, people })),
  }
}

/** People whose answers of a week have the same sum and number (`craving-to-day-N`); 0 answers is not known, not 0. */
export type CravingCounts = { readonly sum: number; readonly answers: number; readonly people: number }

export function cravingCounting(day: CravingDay): Counting<CravingCounts> {
  return {
    columns: [
      sql`case when so_far > ${int(day)} then ${sql.ref(`craving_sum_${day}`)} end`,
      sql`case when so_far > ${int(day)} then ${sql.ref(`craving_answers_${day}`)} end`,
    ],
    rows: (counts) =>
      counts.map(({ keys: [sum, answers], people }) => ({ sum, answers: answers ?? 0, people })),
  }
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

/** All, or none, of the people of a clinic are invented almost always, and that is told without looking at each of them. */
export async function datasetOverview(db: Read, asked: Asked): Promise<DatasetOverview> {
  const some = (invented: boolean) => sql`exists (
    select from measure_person p
    where p.clinic_id = ${asked.clinicId}::uuid and p.synthetic = ${sql.lit(invented)}
      and exists (select from course c where c.person_id = p.person_id))`
  const { rows } = await sql<DatasetOverview>`with ${courseAsked(asked)}
    select people, "firstDoseFrom", "firstDoseTo",
      case when not ${some(false)} then people when not ${some(true)} then 0
        else (
          select count(*) from course c
          join measure_person p on p.clinic_id = c.clinic_id and p.person_id = c.person_id
          where p.synthetic
        ) end as invented,
      (select refreshed_at from outcome_refresh where clinic_id = ${asked.clinicId}::uuid) as "refreshedAt"
    from (
      select count(*) as people, min(first_dose_day) as "firstDoseFrom", max(first_dose_day) as "firstDoseTo" from course
    ) everybody`.execute(reader<never>(db))
  return rows[0]!
}
