import { type RawBuilder, sql } from 'kysely'
import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { ClinicId, Id } from '../../platform/ids.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import { POINT_DAY, POINT_WINDOW_DAYS } from '../dataset/definition.ts'
import type { PointState } from '../dataset/outcome-row.ts'
import { type BatchCounts, CURVE_DAYS, NOTED, type Noted, WEEK_STATES } from './public-figures.ts'
import type { ReleaseBatch, ReleasePage } from './release-page.ts'
import type { ReleasePeriod } from './release-period.ts'

export type ReleaseId = Id<'results-release'>

type ReleaseTables = {
  results_release: {
    clinic_id: ClinicId
    id: ReleaseId
    number: number
    first_dose_from: LocalDate
    first_dose_to: LocalDate
    counted_on: LocalDate
    corrects: ReleaseId | null
    batch: ReleaseBatch
    page: ReleasePage
    page_hash: string
    signed_name: string
    signed_by: string
    published_at: Instant
  }
  results_release_withdrawal: {
    clinic_id: ClinicId
    release_id: ReleaseId
    reason: string
    withdrawn_by: string
    withdrawn_at: Instant
  }
}

export type Release = {
  readonly id: ReleaseId
  readonly number: number
  readonly added: ReleasePeriod
  /** The withdrawn release whose people it counts anew. */
  readonly corrects: ReleaseId | undefined
  readonly batch: ReleaseBatch
  readonly page: ReleasePage
  readonly signedName: string
  readonly publishedAt: Instant
  readonly withdrawn: { readonly at: Instant; readonly reason: string } | undefined
}

/** Every release of a clinic, newest first. */
export async function releases(db: Read, clinicId: ClinicId): Promise<Release[]> {
  return releaseRows(db, clinicId)
}

/** The newest release, published or withdrawn; what the public page shows or says. */
export async function newestRelease(db: Read, clinicId: ClinicId): Promise<Release | undefined> {
  return (await releaseRows(db, clinicId, 1))[0]
}

async function releaseRows(db: Read, clinicId: ClinicId, atMost = 1_000): Promise<Release[]> {
  const rows = await reader<ReleaseTables>(db)
    .selectFrom('results_release as r')
    .leftJoin('results_release_withdrawal as w', (join) =>
      join.onRef('w.clinic_id', '=', 'r.clinic_id').onRef('w.release_id', '=', 'r.id'),
    )
    .selectAll('r')
    .select(['w.withdrawn_at', 'w.reason'])
    .where('r.clinic_id', '=', clinicId)
    .orderBy('r.number', 'desc')
    .limit(atMost)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    added: { from: row.first_dose_from, to: row.first_dose_to },
    corrects: row.corrects ?? undefined,
    batch: row.batch,
    page: row.page,
    signedName: row.signed_name,
    publishedAt: row.published_at,
    withdrawn: row.withdrawn_at ? { at: row.withdrawn_at, reason: row.reason! } : undefined,
  }))
}

/**
 * Stores a release and whom it adds, in a transaction in which nobody's course changes (`lockRefresh`).
 *
 * @returns false when somebody else has published meanwhile
 */
export async function insertRelease(
  db: Write,
  clinicId: ClinicId,
  release: Omit<Release, 'withdrawn'> & {
    readonly who: WhoIsCounted
    readonly pageHash: string
    readonly signedBy: string
  },
): Promise<boolean> {
  const row = await writer<ReleaseTables>(db)
    .insertInto('results_release')
    .values({
      clinic_id: clinicId,
      id: release.id,
      number: release.number,
      first_dose_from: release.added.from,
      first_dose_to: release.added.to,
      counted_on: release.page.countedOn,
      corrects: release.corrects ?? null,
      batch: sql`${JSON.stringify(release.batch)}::jsonb` as never,
      page: sql`${JSON.stringify(release.page)}::jsonb` as never,
      page_hash: release.pageHash,
      signed_name: release.signedName,
      signed_by: release.signedBy,
      published_at: release.publishedAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (row === undefined) return false
  await sql`insert into results_release_person (clinic_id, release_id, person_id)
    select c.clinic_id, ${release.id}::uuid, c.person_id from outcome_course c
    where ${isCounted(clinicId, release.who)}`.execute(writer<never>(db))
  return true
}

/** Withdrawing twice changes nothing; the first reason stays. */
export async function insertWithdrawal(
  db: Write,
  clinicId: ClinicId,
  withdrawal: {
    readonly releaseId: ReleaseId
    readonly reason: string
    readonly by: string
    readonly at: Instant
  },
): Promise<void> {
  await writer<ReleaseTables>(db)
    .insertInto('results_release_withdrawal')
    .values({
      clinic_id: clinicId,
      release_id: withdrawal.releaseId,
      reason: withdrawal.reason,
      withdrawn_by: withdrawal.by,
      withdrawn_at: withdrawal.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/**
 * Whose course a release adds. `first`: everybody with a first session up to a day whom no release that stands has counted, so that
 * each person is counted once whatever becomes of the date of their first session. `anew`: those whom a withdrawn release had
 * counted, as far as they still began by then; who has come to light since is not among them.
 */
export type WhoIsCounted = {
  readonly upTo: LocalDate
  /** The last day of the quarters that were counted by other versions of the definitions: they are not added up any more. */
  readonly after: LocalDate | undefined
} & ({ readonly counted: 'first' } | { readonly counted: 'anew'; readonly of: ReleaseId })

/** A condition on `outcome_course c`. */
function isCounted(clinicId: ClinicId, who: WhoIsCounted): RawBuilder<boolean> {
  const after = who.after ?? null
  const chosen =
    who.counted === 'anew'
      ? sql`exists (select from results_release_person p where p.clinic_id = c.clinic_id
          and p.person_id = c.person_id and p.release_id = ${who.of}::uuid)`
      : sql`not exists (select from results_release_person p
          join results_release_live l on l.clinic_id = p.clinic_id and l.release_id = p.release_id
          where p.clinic_id = c.clinic_id and p.person_id = c.person_id)`
  return sql`c.clinic_id = ${clinicId}::uuid and c.first_dose_day <= ${who.upTo}::date
    and (${after}::date is null or c.first_dose_day > ${after}::date) and ${chosen}`
}

/** Of those whom a release would add. */
export type CountedPeople = {
  readonly people: number
  readonly invented: number
  /** Never counted before, not in a withdrawn release either. */
  readonly fresh: number
  /** null: there is nobody. */
  readonly firstDoseFrom: LocalDate | null
}

export async function countedPeople(db: Read, clinicId: ClinicId, who: WhoIsCounted): Promise<CountedPeople> {
  const { rows } = await sql<CountedPeople>`
    select count(*) as people, count(*) filter (where m.synthetic) as invented,
      count(*) filter (where not exists (select from results_release_person p
        where p.clinic_id = c.clinic_id and p.person_id = c.person_id)) as fresh,
      min(c.first_dose_day) as "firstDoseFrom"
    from outcome_course c
    left join measure_person m on m.clinic_id = c.clinic_id and m.person_id = c.person_id
    where ${isCounted(clinicId, who)}`.execute(reader<never>(db))
  return rows[0]!
}

/** These people by what is published of them. Small counts are in it: not for showing. */
export async function batchCounts(db: Read, clinicId: ClinicId, who: WhoIsCounted): Promise<BatchCounts> {
  const answered = POINT_DAY - POINT_WINDOW_DAYS + 1
  const until = sql.join(CURVE_DAYS.map((day) => sql.lit(day)))
  const place = (column: string) =>
    sql`width_bucket(greatest(${sql.ref(column)}, 1) - 1, array[${until}]::bigint[])`
  const within = isCounted(clinicId, who)
  const places = (
    await sql<{ course: 'used' | 'lost' | 'followed'; part: number; week: PointState; people: number }>`
      select course, part, week, count(*) as people from (
        select coalesce(week_90, 'missing') as week,
          case when first_use_day <= ${sql.lit(POINT_DAY)} then 'used'
            when last_known_day >= ${sql.lit(answered)} then 'followed' else 'lost' end as course,
          case when first_use_day <= ${sql.lit(POINT_DAY)} then ${place('first_use_day')}
            when last_known_day >= ${sql.lit(answered)} then 0 else coalesce(${place('last_known_day')}, 0) end as part
        from outcome_course c where ${within}
      ) placed group by 1, 2, 3`.execute(reader<never>(db))
  ).rows
  const counted = (course: string, part: number, week?: PointState) =>
    places
      .filter(
        (row) => row.course === course && row.part === part && (week === undefined || row.week === week),
      )
      .reduce((sum, row) => sum + row.people, 0)
  const noted = (
    await sql<Record<Noted, number>>`
      select count(*) filter (where nausea) as nausea, count(*) filter (where distress) as distress,
        count(*) filter (where stopped) as "stopped-early"
      from (
        select bool_or(s.nausea_noted) as nausea, bool_or(s.distress_noted) as distress, bool_or(s.stopped_early) as stopped
        from outcome_course c
        join outcome_session s on s.clinic_id = c.clinic_id and s.person_id = c.person_id
        where ${within} and s.day <= ${sql.lit(POINT_DAY)}
        group by c.person_id
      ) people`.execute(reader<never>(db))
  ).rows[0]!
  return {
    used: CURVE_DAYS.map((_, part) => byState((week) => counted('used', part, week))),
    lost: CURVE_DAYS.map((_, part) => counted('lost', part)),
    followed: byState((week) => counted('followed', 0, week)),
    noted: Object.fromEntries(NOTED.map((what) => [what, noted[what]])) as Record<Noted, number>,
  }
}

function byState(people: (week: PointState) => number): Record<PointState, number> {
  return Object.fromEntries(WEEK_STATES.map((week) => [week, people(week)])) as Record<PointState, number>
}
