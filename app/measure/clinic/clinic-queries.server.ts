import { sql } from 'kysely'
import { type Read, reader } from '../../platform/database.server.ts'
import { FOLLOW_UP_DAYS, LEFT_AFTER_DAYS, POINT_DAYS, type PointDay } from '../dataset/definition.ts'
import { type Asked, courseAsked } from '../dataset/figure-queries.server.ts'
import type { MonthCount } from './closed-months.ts'
import type { CarriedCounts } from './missing-shares.ts'

const int = (value: number) => sql.lit(value)

/**
 * Of the people whose week up to a point day is missing, how many had use and how many no use in the last known week of an
 * earlier point day; undefined for the first point day, before which there is none.
 */
export async function carriedCounts(
  db: Read,
  asked: Asked,
  day: PointDay,
): Promise<CarriedCounts | undefined> {
  const earlier = POINT_DAYS.filter((before) => before < day).reverse()
  if (earlier.length === 0) return undefined
  const before = sql.join(earlier.map((at) => sql.ref(`week_${at}`)))
  const found = await sql<CarriedCounts>`with ${courseAsked(asked)}
    select count(*) filter (where before = 'no-use') as "noUse", count(*) filter (where before = 'use') as use
    from (
      select coalesce(${before}) as before from course
      where so_far > ${int(day)} and ${sql.ref(`week_${day}`)} is null
    ) missing`.execute(reader<never>(db))
  return found.rows[0]
}

/** People who share the day and what came first: 1 relapse, 2 losing touch, 0 neither so far. */
export type FirstOfTwoCount = { readonly days: number; readonly first: 0 | 1 | 2; readonly people: number }

/** `relapse-or-losing-touch` counted in the database; by day. */
export async function firstOfTwoCounts(db: Read, asked: Asked): Promise<FirstOfTwoCount[]> {
  const found = await sql<FirstOfTwoCount>`with ${courseAsked(asked)}, judged as (
      select relapse_day, last_known_day, last_contact_day,
        last_contact_day < ${int(FOLLOW_UP_DAYS)} and so_far - last_contact_day > ${int(LEFT_AFTER_DAYS)} as gone
      from course
    )
    select days, first, count(*) as people
    from (
      select case when relapse_day is not null and (not gone or relapse_day <= last_contact_day) then 1
          when gone then 2 else 0 end as first,
        case when relapse_day is not null and (not gone or relapse_day <= last_contact_day) then relapse_day
          when gone then last_contact_day else coalesce(last_known_day, 0) end as days
      from judged
    ) counted
    group by days, first order by days, first`.execute(reader<never>(db))
  return found.rows
}

/** How many people had their first dose in each quarter, ascending. */
export async function peopleByQuarter(
  db: Read,
  asked: Omit<Asked, 'by' | 'firstDose'>,
): Promise<{ readonly group: string; readonly people: number }[]> {
  const found = await sql<{ group: string; people: number }>`with ${courseAsked({ ...asked, by: 'quarter' })}
    select grouped as "group", count(*) as people from course group by grouped order by grouped`.execute(
    reader<never>(db),
  )
  return found.rows
}

/** How many people had their first dose in each calendar month, ascending. */
export async function peopleByMonth(db: Read, asked: Omit<Asked, 'by' | 'firstDose'>): Promise<MonthCount[]> {
  const found = await sql<MonthCount>`with ${courseAsked(asked)}
    select to_char(first_dose_day, 'YYYY-MM') as month, count(*) as people from course
    group by month order by month`.execute(reader<never>(db))
  return found.rows
}
