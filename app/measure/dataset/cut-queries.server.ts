import { type RawBuilder, sql } from 'kysely'
import { calendarDaysToldBefore } from '../../assess/index.server.ts'
import { asWrite, type Read, reader } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import type { LocalDate } from '../../platform/time.ts'
import { joinWholeTables, rewriteCourses } from './course-queries.server.ts'
import { rewriteResults } from './result-queries.server.ts'

const STORED = ['outcome_course', 'outcome_result_pair', 'outcome_session'] as const

/**
 * For the rest of the transaction every figure query sees the clinic as it was known at the end of `day`: whatever was
 * told, given, corrected or entered later is not there, so that two looks with the same day give the same figures.
 *
 * How: PostgreSQL looks for a name among temporary tables first. So temporary tables with the names of the views of facts
 * hold the facts up to that day, others with the names of the stored rows take what the usual step makes of them, and the
 * same statements as always read them. They vanish with the transaction, whether it is kept or not; the stored rows are
 * not touched.
 *
 * Exact for doses, check-ins (which are only ever told for the running day), calendar days (by when they were told), results
 * and entries of session logs (by their own time). Not cut: an entry that a device sends after the month's end with a time
 * before it, and sex and birth date, by which groups are made.
 *
 * Cost: one pass over the facts of the clinic, as when everything is made from nothing.
 *
 * @param day the last day that counts, in the clinic's zone
 */
export async function cutFiguresTo(
  db: Read,
  {
    clinicId,
    timeZone,
    day,
  }: { readonly clinicId: ClinicId; readonly timeZone: string; readonly day: LocalDate },
): Promise<void> {
  const run = (statement: RawBuilder<unknown>) => statement.execute(reader<never>(db))
  const end = sql`((${day}::date + 1)::timestamp at time zone ${timeZone}::text)`
  const facts: readonly (readonly [name: string, select: RawBuilder<unknown>])[] = [
    [
      'measure_dose',
      sql`select * from public.measure_dose where clinic_id = ${clinicId}::uuid and at < ${end}`,
    ],
    [
      'measure_check_in',
      sql`select * from public.measure_check_in where clinic_id = ${clinicId}::uuid and for_date <= ${day}::date`,
    ],
    ['measure_calendar_day', calendarDaysToldBefore(clinicId, end)],
    [
      'measure_result',
      sql`select * from public.measure_result where clinic_id = ${clinicId}::uuid and completed_at < ${end}`,
    ],
    [
      'measure_session_event',
      sql`select * from public.measure_session_event where clinic_id = ${clinicId}::uuid and at < ${end}`,
    ],
  ]
  for (const [name, select] of facts)
    await run(sql`create temporary table ${sql.id(name)} on commit drop as ${select}`)
  for (const name of STORED)
    await run(sql`create temporary table ${sql.id(name)} (like ${sql.id('public', name)}) on commit drop`)
  // What is written here is temporary: nobody else sees it, and nothing of it stays.
  const scratch = asWrite(reader<never>(db) as never)
  await joinWholeTables(scratch)
  await rewriteCourses(scratch, clinicId, timeZone)
  await rewriteResults(scratch, clinicId, timeZone)
}
