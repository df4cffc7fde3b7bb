import { type RawBuilder, sql } from 'kysely'
import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { ClinicId, PersonId } from '../../platform/ids.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import type { Anchor } from './anchor.ts'
import type { DayRecord, DayState, UseEntry } from './use-day.ts'

/** The only file that names the tables of the use calendar. */
type CalendarTables = {
  use_day: {
    clinic_id: ClinicId
    person_id: PersonId
    day: LocalDate
    revision: number
    state: DayState
    entries: unknown
    grams_per_drink: number
    said_by: DayRecord['saidBy']
    told_by: string
    told_at: Instant
    time_zone: string
  }
  use_anchor: {
    clinic_id: ClinicId
    person_id: PersonId
    day: LocalDate
    revision: number
    words: string | null
    told_by: string
    told_at: Instant
  }
}

const read = (db: Read) => reader<CalendarTables>(db)
const write = (db: Write) => writer<CalendarTables>(db)

/** Every revision of every day from `from` on, by day and revision. */
export async function daysOfPerson(
  db: Read,
  clinicId: ClinicId,
  personId: PersonId,
  from: LocalDate,
): Promise<DayRecord[]> {
  const rows = await read(db)
    .selectFrom('use_day')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('person_id', '=', personId)
    .where('day', '>=', from)
    .orderBy('day')
    .orderBy('revision')
    .execute()
  return rows.map((row) => ({
    personId: row.person_id,
    day: row.day,
    revision: row.revision,
    state: row.state,
    entries: row.entries as UseEntry[],
    gramsPerDrink: row.grams_per_drink,
    saidBy: row.said_by,
    toldBy: row.told_by,
    toldAt: row.told_at,
    timeZone: row.time_zone,
  }))
}

/** What the calendars of the clinic say of each day, by person and day; amounts stay with the person's own page. */
export async function calendarDaysOfClinic(
  db: Read,
  clinicId: ClinicId,
): Promise<{ personId: PersonId; day: LocalDate; state: DayState }[]> {
  const rows = await read(db)
    .selectFrom('use_day')
    .select(['person_id', 'day', 'state'])
    .distinctOn(['person_id', 'day'])
    .where('clinic_id', '=', clinicId)
    .orderBy('person_id')
    .orderBy('day')
    .orderBy('revision', 'desc')
    .execute()
  return rows.map((row) => ({ personId: row.person_id, day: row.day, state: row.state }))
}

/**
 * A select of what the calendars said of each day by some time: clinic, person, day and state, as `measure_calendar_day`
 * has them of the newest revisions. For figures that must not move when a day is told or corrected later.
 *
 * @param end an instant in SQL; what was told then or later is left out
 */
export function calendarDaysToldBefore(clinicId: ClinicId, end: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select distinct on (person_id, day) clinic_id, person_id, day, state
    from use_day where clinic_id = ${clinicId}::uuid and told_at < ${end}
    order by person_id, day, revision desc`
}

/** @returns false when one of these revisions exists already: somebody was faster. The caller refuses, which undoes the rest */
export async function insertDays(
  db: Write,
  clinicId: ClinicId,
  days: readonly DayRecord[],
): Promise<boolean> {
  if (days.length === 0) return true
  const rows = await write(db)
    .insertInto('use_day')
    .values(
      days.map((day) => ({
        clinic_id: clinicId,
        person_id: day.personId,
        day: day.day,
        revision: day.revision,
        state: day.state,
        entries: JSON.stringify(day.entries),
        grams_per_drink: day.gramsPerDrink,
        said_by: day.saidBy,
        told_by: day.toldBy,
        told_at: day.toldAt,
        time_zone: day.timeZone,
      })),
    )
    .onConflict((c) => c.columns(['clinic_id', 'person_id', 'day', 'revision']).doNothing())
    .returning('day')
    .execute()
  return rows.length === days.length
}

/** Every revision of every special day from `from` on. */
export async function anchorsOfPerson(
  db: Read,
  clinicId: ClinicId,
  personId: PersonId,
  from: LocalDate,
): Promise<Anchor[]> {
  const rows = await read(db)
    .selectFrom('use_anchor')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('person_id', '=', personId)
    .where('day', '>=', from)
    .orderBy('day')
    .orderBy('revision')
    .execute()
  return rows.map((row) => ({ day: row.day, revision: row.revision, words: row.words }))
}

/** @returns false when this revision exists already */
export async function insertAnchor(
  db: Write,
  clinicId: ClinicId,
  personId: PersonId,
  anchor: Anchor,
  told: { readonly by: string; readonly at: Instant },
): Promise<boolean> {
  const row = await write(db)
    .insertInto('use_anchor')
    .values({
      clinic_id: clinicId,
      person_id: personId,
      day: anchor.day,
      revision: anchor.revision,
      words: anchor.words,
      told_by: told.by,
      told_at: told.at,
    })
    .onConflict((c) => c.columns(['clinic_id', 'person_id', 'day', 'revision']).doNothing())
    .returning('day')
    .executeTakeFirst()
  return row !== undefined
}
