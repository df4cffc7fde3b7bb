import { type RawBuilder, sql } from 'kysely'
import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { ClinicId, PersonId } from '../../platform/ids.ts'
import { type Asked, countInMemory, coursesBeside } from './asked-queries.server.ts'
import { RESULT_WINDOW_DAYS } from './definition.ts'
import { followedScores } from './followed-scores.ts'
import type { ChangeRow, SessionRow } from './outcome-row.ts'
import type { ResultPair } from './result-rows.ts'

/** The only file that names the results and sessions as counted. */
type ResultTables = {
  outcome_result_pair: {
    clinic_id: ClinicId
    person_id: PersonId
    instrument_id: string
    before_value: number | null
    after_value: number | null
    same_line: boolean | null
  }
  outcome_session: {
    clinic_id: ClinicId
    person_id: PersonId
    session_id: string
    day: number
    dose_number: number
    mg_given: number | null
    nausea_noted: boolean
    distress_noted: boolean
    stopped_early: boolean
    left_by_override: boolean
  }
}

const int = (value: number) => sql.lit(value)

function only(personIds: readonly PersonId[] | undefined): RawBuilder<boolean> {
  return personIds === undefined ? sql`true` : sql`person_id = any(${sql.val([...personIds])}::uuid[])`
}

/** Instruments that are followed, with where their score stands in a stored response. */
const followed = sql`followed (instrument_id, value_path, status_path) as (values ${sql.join(
  followedScores.map(({ instrumentId, scoreId, isMetric }) =>
    isMetric
      ? sql`(${instrumentId}::text, ${['metrics', scoreId]}::text[], null::text[])`
      : sql`(${instrumentId}, ${['scores', scoreId, 'value']}, ${['scores', scoreId, 'status']})`,
  ),
)})`

/**
 * Makes the pairs of results and the sessions of these people anew, or of everybody: `resultPairs` and `sessionRows` in
 * SQL. Called with `rewriteCourses`, in the same transaction.
 */
export async function rewriteResults(
  db: Write,
  clinicId: ClinicId,
  timeZone: string,
  personIds?: readonly PersonId[],
): Promise<void> {
  for (const table of ['outcome_result_pair', 'outcome_session'] as const) {
    await writer<ResultTables>(db)
      .deleteFrom(table)
      .where('clinic_id', '=', clinicId)
      .where(only(personIds))
      .execute()
  }
  await sql`
    insert into outcome_result_pair (clinic_id, person_id, instrument_id, before_value, after_value, same_line)
    with ${followed}, dosed as (
      select person_id, min(at) as first_at, max((at at time zone ${timeZone}::text)::date) as last_day
      from measure_dose where clinic_id = ${clinicId}::uuid and ${only(personIds)}
      group by person_id
    ), found as (
      select r.person_id, r.instrument_id, r.id, r.completed_at, r.line,
        (r.completed_at at time zone ${timeZone}::text)::date as day,
        case when jsonb_typeof(r.scores #> f.value_path) = 'number'
            and (f.status_path is null or r.scores #>> f.status_path in ('ok', 'prorated'))
          then (r.scores #>> f.value_path)::double precision end as value
      from measure_result r join followed f using (instrument_id)
      where r.clinic_id = ${clinicId}::uuid and ${only(personIds)}
    ), told as (
      select person_id, instrument_id, value, line, completed_at, id,
        value is not null and completed_at < first_at as is_before,
        value is not null and completed_at >= first_at
          and day - last_day between 1 and ${int(RESULT_WINDOW_DAYS)} as is_after
      from found join dosed using (person_id)
    ), picked as (
      select person_id, instrument_id,
        (array_agg(value order by completed_at desc, id desc) filter (where is_before))[1] as before_value,
        (array_agg(line order by completed_at desc, id desc) filter (where is_before))[1] as before_line,
        (array_agg(value order by completed_at, id) filter (where is_after))[1] as after_value,
        (array_agg(line order by completed_at, id) filter (where is_after))[1] as after_line
      from told group by person_id, instrument_id
    )
    select ${clinicId}::uuid, person_id, instrument_id, before_value, after_value, before_line = after_line
    from picked`.execute(writer<ResultTables>(db))
  // One pass over each log in its order: what stands before the first closing, an end only after a start, and of the
  // corrections of that end the newest.
  await sql`
    insert into outcome_session (clinic_id, person_id, session_id, day, dose_number, mg_given, nausea_noted,
      distress_noted, stopped_early, left_by_override)
    with entry as (
      select person_id, session_id, id, kind, at, data,
        count(*) filter (where kind = 'session-closed') over before as closings_before,
        count(*) filter (where kind = 'dose-started') over before as starts_before
      from measure_session_event where clinic_id = ${clinicId}::uuid and ${only(personIds)}
      window before as (partition by session_id order by at, id rows between unbounded preceding and 1 preceding)
    ), told as (
      select *, kind in ('dose-finished', 'dose-stopped') and starts_before > 0 as ends
      from entry where closings_before = 0
    ), session as (
      select person_id, session_id,
        min(at) filter (where kind = 'dose-started') as started_at,
        (array_agg(id order by at, id) filter (where ends))[1] as end_id,
        (array_agg(kind order by at, id) filter (where ends))[1] as end_kind,
        (array_agg(data order by at, id) filter (where ends))[1] as end_data,
        array_agg(data order by at desc, id desc) filter (where kind = 'correction') as corrections,
        bool_or(kind = 'observation' and data ->> 'topic' = 'nausea') as nausea,
        bool_or(kind = 'observation' and data ->> 'topic' = 'distress') as distress,
        (array_agg(data ->> 'overrideBy' is not null order by at, id) filter (where kind = 'discharged'))[1] as by_override
      from told group by person_id, session_id
    ), dosed as (
      select *, (started_at at time zone ${timeZone}::text)::date as day,
        (select c.data -> 'figures' from unnest(corrections) with ordinality as c (data, newest)
          where c.data ->> 'of' = end_id::text order by c.newest limit 1) as figures
      from session where started_at is not null
    )
    select ${clinicId}::uuid, person_id, session_id,
      day - min(day) over (partition by person_id),
      row_number() over (partition by person_id order by started_at, session_id),
      coalesce(figures ->> 'mgGiven', end_data ->> 'mgGiven')::double precision,
      nausea, distress, coalesce(end_kind = 'dose-stopped', false), coalesce(by_override, false)
    from dosed`.execute(writer<ResultTables>(db))
}

/** Every pair of results as stored, by person and instrument; or those of some people. */
export async function storedPairs(
  db: Read,
  clinicId: ClinicId,
  personIds?: readonly PersonId[],
): Promise<ResultPair[]> {
  const rows = await reader<ResultTables>(db)
    .selectFrom('outcome_result_pair')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where(only(personIds))
    .orderBy('person_id')
    .orderBy(sql`instrument_id collate "C"`)
    .execute()
  return rows.map((row) => ({
    personId: row.person_id,
    instrumentId: row.instrument_id,
    before: row.before_value,
    after: row.after_value,
    sameLine: row.same_line,
  }))
}

/** Every session as stored, by person and dose; or those of some people. */
export async function storedSessions(
  db: Read,
  clinicId: ClinicId,
  personIds?: readonly PersonId[],
): Promise<SessionRow[]> {
  const rows = await reader<ResultTables>(db)
    .selectFrom('outcome_session')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where(only(personIds))
    .orderBy('person_id')
    .orderBy('dose_number')
    .execute()
  return rows.map((row) => ({
    personId: row.person_id,
    sessionId: row.session_id,
    day: row.day,
    doseNumber: row.dose_number,
    mgGiven: row.mg_given,
    nauseaNoted: row.nausea_noted,
    distressNoted: row.distress_noted,
    stoppedEarly: row.stopped_early,
    leftByOverride: row.left_by_override,
  }))
}

/** People who share state and both values by one instrument; judge them with `describeChange` of the questionnaires. */
export type ChangeCounts = Pick<ChangeRow, 'state' | 'before' | 'after'> & { readonly people: number }

/**
 * The rows of every instrument (`response-…`, `remission-…`, `reliable-change-…`) counted, by state and values; of each
 * instrument to which somebody with a dose has a result.
 */
export async function changeCounts(
  db: Read,
  asked: Asked,
): Promise<ReadonlyMap<string, readonly ChangeCounts[]>> {
  await countInMemory(db)
  // Sorted only when counted: otherwise everybody is sorted in order to be counted.
  const { rows } = await sql<ChangeCounts & { instrumentId: string }>`with counted as materialized (
    select instrument_id as "instrumentId",
      case when so_far - last_dose_day <= ${int(RESULT_WINDOW_DAYS)} then 'not-yet'
        when before_value is null then 'no-baseline'
        when after_value is null then 'no-result'
        when same_line then 'compared' else 'other-edition' end as state,
      before_value as before, after_value as after, count(*) as people
    from outcome_result_pair of_person ${coursesBeside(asked, RESULT_WINDOW_DAYS)}
    where clinic_id = ${asked.clinicId}::uuid and coalesce(so_far, 0) >= 0
    group by 1, 2, 3, 4
    ) select * from counted order by 1, 2, 3, 4`.execute(reader<ResultTables>(db))
  const counts = new Map<string, ChangeCounts[]>()
  for (const { instrumentId, ...count } of rows)
    counts.set(instrumentId, [...(counts.get(instrumentId) ?? []), count])
  return counts
}

/** What was noted in sessions that share dose number and step of dose. */
export type SessionCounts = {
  readonly doseNumber: number
  /** Recorded mg, rounded down to a whole step; null: nobody recorded the amount. */
  readonly mgFrom: number | null
  readonly sessions: number
  readonly people: number
  readonly nauseaNoted: number
  readonly distressNoted: number
  readonly stoppedEarly: number
  readonly leftByOverride: number
}

/** `side-effects-by-session`, by number of dose and steps of dose. */
export async function sessionCounts(db: Read, asked: Asked, stepMg: number): Promise<SessionCounts[]> {
  const counted = (column: string) => sql`count(*) filter (where ${sql.ref(column)})`
  await countInMemory(db)
  return (
    // Somebody has each number of dose once, so the sessions of a line are of as many people.
    (
      await sql<SessionCounts>`
      select dose_number as "doseNumber", floor(mg_given / ${int(stepMg)}) * ${int(stepMg)} as "mgFrom",
        count(*) as sessions, count(*) as people,
        ${counted('nausea_noted')} as "nauseaNoted", ${counted('distress_noted')} as "distressNoted",
        ${counted('stopped_early')} as "stoppedEarly", ${counted('left_by_override')} as "leftByOverride"
      from outcome_session of_person ${coursesBeside(asked, -1)}
      where clinic_id = ${asked.clinicId}::uuid and day <= coalesce(so_far, day)
      group by 1, 2 order by 1, 2 nulls last`.execute(reader<ResultTables>(db))
    ).rows
  )
}
