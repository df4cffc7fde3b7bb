import { sql } from 'kysely'
import { type Read, reader } from '../../platform/database.server.ts'
import { type Asked, type Counting, courseAsked } from '../dataset/asked-queries.server.ts'
import { LEAVING_JUDGED_UNTIL, LEFT_AFTER_DAYS, POINT_DAYS, type PointDay } from '../dataset/definition.ts'
import type { MonthCount } from './closed-months.ts'
import type { CarriedCounts } from './missing-shares.ts'

const int = (value: number) => sql.lit(value)

/**
 * Of the people whose week up to a point day is missing, how many had use and how many no use in the last known week of an
 * earlier point day; undefined for the first point day, before which there is none.
 */
export function carriedCounting(day: PointDay): Counting<CarriedCounts> | undefined {
  const earlier = POINT_DAYS.filter((before) => before < day).reverse()
  if (earlier.length === 0) return undefined
  const before = sql.join([...earlier.map((at) => sql.ref(`week_${at}`)), sql`''`])
  return {
    columns: [
      sql`case when so_far > ${int(day)} and ${sql.ref(`week_${day}`)} is null then
        case coalesce(${before}) when 'no-use' then 0 when 'use' then 1 end end`,
    ],
    rows: (counts) => {
      const people = (state: 0 | 1) => counts.find(({ keys }) => keys[0] === state)?.people ?? 0
      return [{ noUse: people(0), use: people(1) }]
    },
  }
}

/** People who share the day and what came first: 1 relapse, 2 losing touch, 0 neither so far. */
export type FirstOfTwoCount = { readonly days: number; readonly first: 0 | 1 | 2; readonly people: number }

// Beyond the day up to which losing touch can be judged neither of the two is counted.
const gone = sql`last_contact_day < ${int(LEAVING_JUDGED_UNTIL)} and so_far - last_contact_day > ${int(LEFT_AFTER_DAYS)}`
const relapseFirst = sql`relapse_day <= ${int(LEAVING_JUDGED_UNTIL)} and (not (${gone}) or relapse_day <= last_contact_day)`

/** `relapse-or-losing-touch`; by day. */
export const firstOfTwoCounting: Counting<FirstOfTwoCount> = {
  columns: [
    sql`case when ${relapseFirst} then relapse_day when ${gone} then last_contact_day else least(coalesce(last_known_day, 0), ${int(LEAVING_JUDGED_UNTIL)}) end`,
    sql`case when ${relapseFirst} then 1 when ${gone} then 2 else 0 end`,
  ],
  rows: (counts) =>
    counts.map(({ keys: [days, first], people }) => ({
      days,
      first: first as FirstOfTwoCount['first'],
      people,
    })),
}

/** How many people had their first dose in each quarter, ascending. */
export async function peopleByQuarter(
  db: Read,
  asked: Omit<Asked, 'firstDose'>,
): Promise<{ readonly group: string; readonly people: number }[]> {
  return peopleBy(db, asked, 'YYYY"-Q"Q')
}

/** How many people had their first dose in each calendar month, ascending. */
export async function peopleByMonth(db: Read, asked: Omit<Asked, 'firstDose'>): Promise<MonthCount[]> {
  return (await peopleBy(db, asked, 'YYYY-MM')).map(({ group, people }) => ({ month: group, people }))
}

/** Days are told apart first: there are few of them, and to write a date for each person costs more than to count them. */
async function peopleBy(
  db: Read,
  asked: Asked,
  pattern: string,
): Promise<{ group: string; people: number }[]> {
  const found = await sql<{ group: string; people: number }>`with ${courseAsked(asked)}
    select to_char(day, ${pattern}::text) as "group", sum(people) as people
    from (select first_dose_day as day, count(*) as people from course group by day) days
    group by 1 order by 1`.execute(reader<never>(db))
  return found.rows
}
