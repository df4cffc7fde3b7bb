import { type RawBuilder, sql } from 'kysely'
import { type Read, reader } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import type { LocalDate } from '../../platform/time.ts'

export type GroupedBy =
  /** Everybody in one group, ''. */
  | 'nothing'
  /** "2026-Q1", of the first dose in the clinic's days. */
  | 'quarter'
  /** As registered; '' when not known. */
  | 'sex'
  /** Age on the day of the first dose: "under 30", "30 to 44", "45 to 59", "60 and over"; '' when not known. */
  | 'age'
  /** What somebody is treated for, the track of the intake behind their first plan; '' when not known. */
  | 'track'
  /** The account that made the plan of the first dose; '' when not known. */
  | 'planned-by'

/** What is asked of the stored courses. */
export type Asked = {
  readonly clinicId: ClinicId
  /** The day on which one looks, in the clinic's zone. */
  readonly today: LocalDate
  /** Only people whose first dose was on one of these days, both included. */
  readonly firstDose?: { readonly from: LocalDate; readonly to: LocalDate }
}

export type Grouped<Count> = Count & { readonly group: string }

const GROUPS: Readonly<Record<GroupedBy, RawBuilder<string>>> = {
  nothing: sql`''`,
  quarter: sql`to_char(c.first_dose_day, 'YYYY"-Q"Q')`,
  sex: sql`coalesce(p.sex, '')`,
  age: sql`case
    when p.birth_date is null then ''
    when extract(year from age(c.first_dose_day, p.birth_date)) < 30 then 'under 30'
    when extract(year from age(c.first_dose_day, p.birth_date)) < 45 then '30 to 44'
    when extract(year from age(c.first_dose_day, p.birth_date)) < 60 then '45 to 59'
    else '60 and over' end`,
  track: sql`coalesce(t.track, '')`,
  'planned-by': sql`coalesce(c.planned_by::text, '')`,
}

/**
 * A `with` part named `course`: the courses that are asked for, each with how many days have passed since its first dose and
 * its group in each of these divisions, in a column of the division's name.
 */
export function courseAsked(
  { clinicId, today, firstDose }: Asked,
  divisions: readonly GroupedBy[] = [],
): RawBuilder<unknown> {
  const person = divisions.some((by) => by === 'sex' || by === 'age')
    ? sql`left join measure_person p on p.clinic_id = c.clinic_id and p.person_id = c.person_id`
    : sql``
  const track = divisions.includes('track')
    ? sql`left join measure_track t on t.clinic_id = c.clinic_id and t.person_id = c.person_id`
    : sql``
  const within = firstDose
    ? sql`and c.first_dose_day between ${firstDose.from}::date and ${firstDose.to}::date`
    : sql``
  const groups = divisions.map((by) => sql`, ${GROUPS[by]} as ${sql.ref(by)}`)
  return sql`course as not materialized (
    select c.*, ${today}::date - c.first_dose_day as so_far ${sql.join(groups, sql``)}
    from outcome_course c ${person} ${track}
    where c.clinic_id = ${clinicId}::uuid and c.first_dose_day <= ${today}::date ${within}
  )`
}

/**
 * Joins what is stored of people, named `of_person`, with their courses, named `course`, so far as these matter: of everybody
 * only courses within some days of their last dose (or before it), since to look up each person takes longer than
 * to count. Who has no `course` was asked for and is further away; who has one counts where `so_far` is not below 0.
 *
 * @param withinDays after the last dose; -1 for courses of which a dose lies after the day on which one looks
 */
export function coursesBeside(
  { clinicId, today, firstDose }: Asked,
  withinDays: number,
): RawBuilder<unknown> {
  const courses = sql`select person_id, last_dose_day, ${today}::date - first_dose_day as so_far
    from outcome_course where clinic_id = ${clinicId}::uuid`
  return firstDose
    ? sql`join (${courses} and first_dose_day between ${firstDose.from}::date and ${firstDose.to}::date) course
        on course.person_id = of_person.person_id`
    : sql`left join (${courses} and ${today}::date - first_dose_day - last_dose_day <= ${sql.lit(withinDays)}) course
        on course.person_id = of_person.person_id`
}

/** People who share all columns of a counting, in the order of its columns; the first is never null. */
export type Shared = {
  readonly keys: readonly [number, ...(number | null)[]]
  readonly group: string
  readonly people: number
}

/**
 * One way of dividing the courses that are asked for: who shares all columns is counted together. `Row` is what is made of
 * the counts.
 */
export type Counting<Row> = {
  /** Whole numbers, computed from `course`. Where the first is null somebody is not counted at all. */
  readonly columns: readonly [RawBuilder<unknown>, ...RawBuilder<unknown>[]]
  readonly by?: GroupedBy
  /** @param counts ascending by group, then by each column, null last */
  readonly rows: (counts: readonly Shared[]) => Row[]
}

/** PostgreSQL's grouping() takes no more. */
const MOST_TOGETHER = 31
const MOST_COLUMNS = 3

/**
 * For the rest of the transaction: a pass over everybody counts in memory, without sorting. PostgreSQL takes no more of it
 * than there are different counts.
 */
export async function countInMemory(db: Read): Promise<void> {
  await sql`select set_config('work_mem', '128MB', true)`.execute(reader<never>(db))
}

/**
 * Several countings of the same people in one pass over their courses: what a page tells costs little more than one figure
 * of it would.
 *
 * @throws RangeError for more than 31 countings or more than three columns of one
 * @example const { relapse } = await countedTogether(db, asked, { relapse: eventCounting('time-to-relapse') })
 */
export async function countedTogether<Rows extends Readonly<Record<string, unknown>>>(
  db: Read,
  asked: Asked,
  countings: { readonly [Name in keyof Rows]: Counting<Rows[Name]> },
): Promise<{ readonly [Name in keyof Rows]: Rows[Name][] }> {
  const named = Object.entries(countings) as [keyof Rows & string, Counting<unknown>][]
  if (named.length > MOST_TOGETHER || named.some(([, { columns }]) => columns.length > MOST_COLUMNS))
    throw new RangeError('too much to be counted in one pass')
  const divisionOf = ({ by = 'nothing' }: Counting<unknown>) => (by === 'nothing' ? undefined : by)
  const divisions = [...new Set(named.flatMap(([, counting]) => divisionOf(counting) ?? []))]
  const key = (at: number, column: number) => sql.ref(`key_${at}_${column}`)
  const keys = named.flatMap(([, { columns }], at) =>
    columns.map((column, i) => sql`(${column})::bigint as ${key(at, i)}`),
  )
  const sets = named.map(([, counting], at) => {
    const by = divisionOf(counting)
    return sql`(${sql.join([...counting.columns.map((_, i) => key(at, i)), ...(by ? [sql.ref(by)] : [])])})`
  })
  // In each line the keys of one counting alone are there, so that the first that is not null is its own.
  const column = (i: number) =>
    sql`coalesce(${sql.join([
      ...named.flatMap(([, { columns }], at) => (i < columns.length ? [key(at, i)] : [])),
      sql`null::bigint`,
    ])})`
  const group = sql`coalesce(${sql.join([...divisions.map((by) => sql.ref(by)), sql`''`])})`
  const firsts = sql.join(named.map((_, at) => key(at, 0)))
  await countInMemory(db)
  const found = await sql<{
    counting: number
    first: number
    second: number | null
    third: number | null
    group: string
    people: number
  }>`with ${courseAsked(asked, divisions)}, keyed as (
      select ${sql.join([...keys, ...divisions.map((by) => sql.ref(by))])} from course
    ), counted as materialized (
      select grouping(${firsts}) as counting, ${column(0)} as first, ${column(1)} as second, ${column(2)} as third,
        ${group} as "group", count(*) as people
      from keyed group by grouping sets (${sql.join(sets)})
    )
    select * from counted where first is not null order by "group", first, second, third`.execute(
    reader<never>(db),
  )
  const counts = new Map<number, Shared[]>()
  for (const { counting, first, second, third, group, people } of found.rows) {
    const shared: Shared = { keys: [first, second, third], group, people }
    const list = counts.get(counting)
    if (list) list.push(shared)
    else counts.set(counting, [shared])
  }
  // grouping() has a bit for each of its arguments, the last one lowest; the bit of what is grouped by is 0.
  const bitsOf = (at: number) => 2 ** named.length - 1 - 2 ** (named.length - 1 - at)
  return Object.fromEntries(
    named.map(([name, { rows }], at) => [name, rows(counts.get(bitsOf(at)) ?? [])]),
  ) as { readonly [Name in keyof Rows]: Rows[Name][] }
}
