import { type RawBuilder, sql } from 'kysely'
import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { ClinicId, PersonId } from '../../platform/ids.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
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
import type { OutcomeCourse } from './outcome-course.ts'

/** The only file that names the courses and what they are made of. */
type CourseTables = {
  outcome_course: {
    clinic_id: ClinicId
    person_id: PersonId
    first_dose_day: LocalDate
    planned_by: string | null
    doses: number
    last_dose_day: number
    first_use_day: number | null
    settled_day: number | null
    lapse_day: number | null
    relapse_day: number | null
    last_known_day: number | null
    last_contact_day: number
  } & { [Day in PointDay as `week_${Day}`]: 'use' | 'no-use' | null } & {
    [Day in PointDay as `no_use_days_${Day}` | `use_days_${Day}`]: number
  } & { [Day in CravingDay as `craving_sum_${Day}` | `craving_answers_${Day}`]: number }
  outcome_refresh: {
    clinic_id: ClinicId
    feed_seq: number | null
    definitions_hash: string | null
    time_zone: string | null
    refreshed_at: Instant | null
  }
  measure_touched: { clinic_id: ClinicId; seq: number; person_id: PersonId }
}

const int = (value: number) => sql.lit(value)
const listed = (parts: readonly RawBuilder<unknown>[]) => sql.join(parts)
const column = (name: string) => sql.ref(name)

/** The columns of a course in the order in which the SQL step selects them. */
const COLUMNS = [
  'clinic_id',
  'person_id',
  'first_dose_day',
  'planned_by',
  'doses',
  'last_dose_day',
  'first_use_day',
  'settled_day',
  'lapse_day',
  'relapse_day',
  'last_known_day',
  'last_contact_day',
  ...POINT_DAYS.flatMap((day) => [`week_${day}`, `no_use_days_${day}`, `use_days_${day}`]),
  ...CRAVING_DAYS.flatMap((day) => [`craving_sum_${day}`, `craving_answers_${day}`]),
]

/**
 * The pure step `outcomeCourses` as one statement: the same columns for the same facts. Its parts, in the order of the
 * `with` list:
 *
 * - `dose`, `counted_person`: doses in the clinic's days, and from which day each person is counted.
 * - `entry`: check-ins by day, each with the first day for which a "no" speaks.
 * - `calendar`: told days of the use calendar.
 * - `used`, `island`: days of use; stretches of days that are told to be without use, joined where they touch.
 * - `edge`, `kept`: islands cut at the days of use, so that what is left is exactly the days without use.
 * - `settled`, `in_a_row`, `weekly`: the seventh day without use, and where a relapse begins.
 * - `answered`: what was told in the weeks up to round days, by check-ins and the calendar; craving; the last check-in.
 *
 * @param personIds only these; everybody when not given
 */
function coursesSelect(
  clinicId: ClinicId,
  timeZone: string,
  personIds: readonly PersonId[] | undefined,
): RawBuilder<unknown> {
  const only = personIds === undefined ? sql`true` : sql`person_id = any(${sql.val([...personIds])}::uuid[])`
  const counted = sql`between 1 and ${int(FOLLOW_UP_DAYS)}`
  const weekTo = (day: number) => sql`between ${int(day - POINT_WINDOW_DAYS + 1)} and ${int(day)}`
  return sql`
    with dose as (
      select person_id, planned_by, (at at time zone ${timeZone}::text)::date as day
      from measure_dose where clinic_id = ${clinicId}::uuid and ${only}
    ), counted_person as (
      select person_id, day_0, count(*) as doses, max(day) - day_0 as last_dose_day,
        min(planned_by::text) filter (where day = day_0)::uuid as planned_by
      from (select *, min(day) over (partition by person_id) as day_0 from dose) since
      group by person_id, day_0
    ), checked as (
      select person_id, for_date, used, craving_0_to_10,
        lag(for_date) over (partition by person_id order by for_date) as before
      from measure_check_in where clinic_id = ${clinicId}::uuid and ${only}
    ), entry as (
      select person_id, c.for_date - p.day_0 as day, c.used, c.craving_0_to_10 as craving,
        case when c.before is null then c.for_date - p.day_0
          else greatest(c.before - p.day_0 + 1, c.for_date - p.day_0 - ${int(NO_SPEAKS_FOR_DAYS - 1)}) end as speaks_from
      from checked c join counted_person p using (person_id)
    ), calendar as (
      select person_id, d.day - p.day_0 as day, d.state
      from measure_calendar_day d join counted_person p using (person_id)
      where d.clinic_id = ${clinicId}::uuid and ${only} and d.state <> 'unknown'
        and d.day - p.day_0 ${counted}
    ), used as (
      select person_id, day from entry where used = 'yes' and day ${counted}
      union
      select person_id, day from calendar where state = 'used'
    ), told as (
      select person_id, greatest(speaks_from, 1) as x, least(day, ${int(FOLLOW_UP_DAYS)}) as y
      from entry where used = 'no' and day >= 1 and speaks_from <= ${int(FOLLOW_UP_DAYS)}
      union all
      select person_id, day, day from calendar where state = 'none'
    ), opened as (
      select person_id, x, y,
        x > 1 + coalesce(max(y) over (partition by person_id order by x, y rows between unbounded preceding and 1 preceding), -1) as opens
      from told
    ), numbered as (
      select person_id, x, y, count(*) filter (where opens) over (partition by person_id order by x, y rows unbounded preceding) as island
      from opened
    ), island as (
      select person_id, min(x) as x, max(y) as y from numbered group by person_id, island
    ), edge as (
      select person_id, x, max(y) as y, min(used_day) as used_day
      from (
        select person_id, x, y, null::integer as used_day from island
        union all
        select person_id, day + 1, null, day from used
      ) both_kinds
      group by person_id, x
    ), reached as (
      select person_id, x,
        max(y) over (partition by person_id order by x rows unbounded preceding) as y,
        min(used_day) over (partition by person_id order by x desc rows between unbounded preceding and 1 preceding) as next_used
      from edge
    ), kept as (
      select person_id, x, least(y, next_used - 1) as y
      from reached where y >= x and least(y, next_used - 1) >= x
    ), kept_by_person as (
      select person_id, max(y) as last_kept,
        min(x + ${int(LAPSE_AFTER_DAYS - 1)}) filter (where y - x >= ${int(LAPSE_AFTER_DAYS - 1)}) as settled_day,
        ${listed(POINT_DAYS.map((day) => sql`coalesce(sum(least(y, ${int(day)}) - x + 1) filter (where x <= ${int(day)}), 0) as ${column(`no_use_days_${day}`)}`))}
      from kept group by person_id
    ), in_a_row as (
      select person_id, min(began) as began
      from (
        select person_id, min(day) as began
        from (select person_id, day, day - row_number() over (partition by person_id order by day) as run from used) numbered_days
        group by person_id, run having count(*) >= ${int(RELAPSE_DAYS_IN_A_ROW)}
      ) runs group by person_id
    ), week_used as (
      select person_id, (day - 1) / 7 as week, min(day) as day from used group by person_id, (day - 1) / 7
    ), weekly as (
      select person_id, min(began) as began
      from (
        select person_id, min(day) as began
        from (select person_id, week, day, week - row_number() over (partition by person_id order by week) as run from week_used) numbered_weeks
        group by person_id, run having count(*) >= ${int(RELAPSE_WEEKS_IN_A_ROW)}
      ) runs group by person_id
    ), used_by_person as (
      select u.person_id, min(u.day) as first_use_day, max(u.day) as last_used, min(u.day) filter (where u.day > k.settled_day) as lapse_day,
        ${listed(POINT_DAYS.map((day) => sql`count(*) filter (where u.day <= ${int(day)}) as ${column(`use_days_${day}`)}`))}
      from used u left join kept_by_person k using (person_id) group by u.person_id
    ), answered as (
      select person_id,
        max(checked_day) as last_entry_day,
        ${listed(
          POINT_DAYS.map(
            (day) => sql`case when bool_or(used = 'yes') filter (where day ${weekTo(day)}) then 'use'
              when bool_or(used = 'no') filter (where day ${weekTo(day)}) then 'no-use' end as ${column(`week_${day}`)}`,
          ),
        )},
        ${listed(
          CRAVING_DAYS.flatMap((day) => [
            sql`coalesce(sum(craving) filter (where day ${weekTo(day)}), 0) as ${column(`craving_sum_${day}`)}`,
            sql`count(craving) filter (where day ${weekTo(day)}) as ${column(`craving_answers_${day}`)}`,
          ]),
        )}
      from (
        select person_id, day, used, craving, day as checked_day from entry
        union all
        select person_id, day, case state when 'used' then 'yes' else 'no' end, null, null from calendar
      ) either group by person_id
    )
    select ${clinicId}::uuid as clinic_id, p.person_id, p.day_0 as first_dose_day, p.planned_by, p.doses, p.last_dose_day,
      u.first_use_day, k.settled_day, u.lapse_day,
      least(r.began, w.began) as relapse_day,
      greatest(k.last_kept, u.last_used) as last_known_day,
      greatest(p.last_dose_day, a.last_entry_day) as last_contact_day,
      ${listed(
        POINT_DAYS.flatMap((day) => [
          sql`a.${column(`week_${day}`)}`,
          sql`coalesce(k.${column(`no_use_days_${day}`)}, 0) as ${column(`no_use_days_${day}`)}`,
          sql`coalesce(u.${column(`use_days_${day}`)}, 0) as ${column(`use_days_${day}`)}`,
        ]),
      )},
      ${listed(
        CRAVING_DAYS.flatMap((day) => [
          sql`coalesce(a.${column(`craving_sum_${day}`)}, 0) as ${column(`craving_sum_${day}`)}`,
          sql`coalesce(a.${column(`craving_answers_${day}`)}, 0) as ${column(`craving_answers_${day}`)}`,
        ]),
      )}
    from counted_person p
    left join answered a using (person_id)
    left join kept_by_person k using (person_id)
    left join used_by_person u using (person_id)
    left join in_a_row r using (person_id)
    left join weekly w using (person_id)`
}

/**
 * For the rest of the transaction: joins read whole tables rather than row by row. Right for everybody at once, and safe
 * where the database has no statistics yet and would take a whole clinic for a few rows.
 */
export async function joinWholeTables(db: Write): Promise<void> {
  await sql`set local enable_nestloop = off`.execute(writer<CourseTables>(db))
}

/**
 * Makes the courses of these people anew, or of everybody. The caller holds the clinic's `outcome_refresh` row, so that
 * nobody else writes them meanwhile.
 *
 * @returns how many courses were written
 */
export async function rewriteCourses(
  db: Write,
  clinicId: ClinicId,
  timeZone: string,
  personIds?: readonly PersonId[],
): Promise<number> {
  let old = writer<CourseTables>(db).deleteFrom('outcome_course').where('clinic_id', '=', clinicId)
  if (personIds) old = old.where('person_id', '=', sql<PersonId>`any(${sql.val([...personIds])}::uuid[])`)
  await old.execute()
  const written = await sql`
    insert into outcome_course (${sql.join(COLUMNS.map(column))})
    ${coursesSelect(clinicId, timeZone, personIds)}`.execute(writer<CourseTables>(db))
  return Number(written.numAffectedRows ?? 0)
}

/** People whom the feed's events after `since` and up to `until` are about, each once. */
export async function peopleTouched(
  db: Read,
  clinicId: ClinicId,
  since: number,
  until: number,
): Promise<PersonId[]> {
  const rows = await reader<CourseTables>(db)
    .selectFrom('measure_touched')
    .select('person_id')
    .distinct()
    .where('clinic_id', '=', clinicId)
    .where('seq', '>', since)
    .where('seq', '<=', until)
    .execute()
  return rows.map((row) => row.person_id)
}

/** The courses as they are stored, by person id; for one person's page and for holding the two ways of making them together. */
export async function storedCourses(
  db: Read,
  clinicId: ClinicId,
  personIds?: readonly PersonId[],
): Promise<OutcomeCourse[]> {
  let query = reader<CourseTables>(db)
    .selectFrom('outcome_course')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .orderBy('person_id')
  if (personIds) query = query.where('person_id', 'in', [...personIds])
  return (await query.execute()).map(toCourse)
}

function toCourse(row: CourseTables['outcome_course']): OutcomeCourse {
  const point = <Day extends PointDay>(day: Day) => ({
    week: row[`week_${day}`] as 'use' | 'no-use' | null,
    noUseDays: row[`no_use_days_${day}`],
    useDays: row[`use_days_${day}`],
  })
  const craving = <Day extends CravingDay>(day: Day) => ({
    sum: row[`craving_sum_${day}`],
    answers: row[`craving_answers_${day}`],
  })
  return {
    personId: row.person_id,
    firstDoseDay: row.first_dose_day,
    plannedBy: row.planned_by,
    doses: row.doses,
    lastDoseDay: row.last_dose_day,
    firstUseDay: row.first_use_day,
    settledDay: row.settled_day,
    lapseDay: row.lapse_day,
    relapseDay: row.relapse_day,
    lastKnownDay: row.last_known_day,
    lastContactDay: row.last_contact_day,
    points: { 28: point(28), 90: point(90), 180: point(180), 365: point(365) },
    craving: { 7: craving(7), 28: craving(28), 90: craving(90), 180: craving(180), 365: craving(365) },
  }
}

/** What the courses of a clinic are true by. */
export type RefreshState = {
  /** The last event of the feed they know. */
  readonly feedSeq: number
  readonly definitionsHash: string
  readonly timeZone: string
  readonly refreshedAt: Instant
}

type StoredRefresh = Omit<CourseTables['outcome_refresh'], 'clinic_id'>

function toRefreshState(row: StoredRefresh | undefined): RefreshState | undefined {
  const { feed_seq, definitions_hash, time_zone, refreshed_at } = row ?? {}
  if (feed_seq == null || definitions_hash == null || time_zone == null || refreshed_at == null)
    return undefined
  return {
    feedSeq: feed_seq,
    definitionsHash: definitions_hash,
    timeZone: time_zone,
    refreshedAt: refreshed_at,
  }
}

/** Undefined while the courses were never made. */
export async function refreshState(db: Read, clinicId: ClinicId): Promise<RefreshState | undefined> {
  const row = await reader<CourseTables>(db)
    .selectFrom('outcome_refresh')
    .select(['feed_seq', 'definitions_hash', 'time_zone', 'refreshed_at'])
    .where('clinic_id', '=', clinicId)
    .executeTakeFirst()
  return toRefreshState(row)
}

/** The same, kept for this transaction: whoever comes meanwhile waits and then sees what was written here. */
export async function lockRefresh(db: Write, clinicId: ClinicId): Promise<RefreshState | undefined> {
  await writer<CourseTables>(db)
    .insertInto('outcome_refresh')
    .values({
      clinic_id: clinicId,
      feed_seq: null,
      definitions_hash: null,
      time_zone: null,
      refreshed_at: null,
    })
    .onConflict((c) => c.column('clinic_id').doNothing())
    .execute()
  const row = await writer<CourseTables>(db)
    .selectFrom('outcome_refresh')
    .select(['feed_seq', 'definitions_hash', 'time_zone', 'refreshed_at'])
    .where('clinic_id', '=', clinicId)
    .forUpdate()
    .executeTakeFirst()
  return toRefreshState(row)
}

export async function saveRefresh(db: Write, clinicId: ClinicId, state: RefreshState): Promise<void> {
  await writer<CourseTables>(db)
    .updateTable('outcome_refresh')
    .set({
      feed_seq: state.feedSeq,
      definitions_hash: state.definitionsHash,
      time_zone: state.timeZone,
      refreshed_at: state.refreshedAt,
    })
    .where('clinic_id', '=', clinicId)
    .execute()
}
