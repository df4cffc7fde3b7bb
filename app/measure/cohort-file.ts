import { parseCsv } from './csv.ts'

export const TIME_UNITS = ['days', 'weeks', 'months'] as const
export type TimeUnit = (typeof TIME_UNITS)[number]

/** Days in a unit; a month is a twelfth of 365.25 days. */
const DAYS_PER: Readonly<Record<TimeUnit, number>> = { days: 1, weeks: 7, months: 365.25 / 12 }

/** Which columns hold what. Without a group everybody is in one. */
export type CohortColumns = {
  readonly time: string
  readonly event: string
  readonly group?: string | undefined
  readonly unit: TimeUnit
}

/** One person of an outside cohort. */
export type CohortRow = { readonly timeDays: number; readonly event: boolean; readonly group: string }

export type CohortProblem = { readonly line: number; readonly says: string }

export type CohortFile =
  | { readonly ok: true; readonly rows: readonly CohortRow[] }
  | { readonly ok: false; readonly problems: readonly CohortProblem[] }

const MOST_ROWS = 200_000
/** More different groups than this is a column that names people, not groups. */
const MOST_GROUPS = 12
const LONGEST_TIME_DAYS = 100 * 366
/** The group of everybody when no column was named. */
export const ONE_GROUP = 'everybody'

const YES = new Set(['1', 'true', 'yes'])
const NO = new Set(['0', 'false', 'no'])

/**
 * Reads an outside cohort from CSV: every row becomes a person, or the whole file is refused with what is wrong on which
 * line. A missing time, event or group is a problem, never a zero; leave such rows out on purpose, beforehand.
 *
 * @param text the file
 * @param columns names as in the head of the file
 */
export function readCohort(text: string, columns: CohortColumns): CohortFile {
  const csv = parseCsv(text)
  if (!csv.ok) return { ok: false, problems: [{ line: csv.line, says: csv.says }] }
  const [head, ...records] = csv.records
  if (!head) return { ok: false, problems: [{ line: 1, says: 'the file is empty' }] }
  const problems: CohortProblem[] = []
  const names = head.cells.map((name) => name.trim())
  const columnOf = (wanted: string, what: string) => {
    const found = names.flatMap((name, at) => (name === wanted ? [at] : []))
    if (found.length === 1) return found[0]!
    problems.push({
      line: head.line,
      says:
        found.length === 0
          ? `there is no column "${wanted}" for the ${what}; the file has ${names.map((n) => `"${n}"`).join(', ')}`
          : `the column "${wanted}" for the ${what} stands there ${found.length} times`,
    })
    return -1
  }
  const timeAt = columnOf(columns.time, 'time')
  const eventAt = columnOf(columns.event, 'event')
  const groupAt = columns.group === undefined ? undefined : columnOf(columns.group, 'group')
  if (problems.length > 0) return { ok: false, problems }
  if (records.length === 0)
    return { ok: false, problems: [{ line: head.line, says: 'there are no rows beneath the head' }] }
  if (records.length > MOST_ROWS) {
    return {
      ok: false,
      problems: [{ line: 1, says: `more than ${MOST_ROWS} rows; ${records.length} were found` }],
    }
  }

  const rows: CohortRow[] = []
  const groups = new Set<string>()
  for (const { line, cells } of records) {
    const say = (says: string) => problems.push({ line, says })
    if (cells.length !== names.length) {
      say(`${cells.length} cells where the head has ${names.length}`)
      continue
    }
    const timeDays = timeOf(cells[timeAt]!.trim(), columns, say)
    const event = eventOf(cells[eventAt]!.trim(), columns, say)
    const group = groupAt === undefined ? ONE_GROUP : cells[groupAt]!.trim()
    if (isMissing(group)) say(`${columns.group}: the group is missing`)
    groups.add(group)
    if (timeDays !== undefined && event !== undefined) rows.push({ timeDays, event, group })
  }
  if (groups.size > MOST_GROUPS) {
    problems.push({
      line: head.line,
      says: `${columns.group}: ${groups.size} different groups; at most ${MOST_GROUPS} can be compared`,
    })
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, rows }
}

function isMissing(cell: string): boolean {
  return cell === '' || cell === 'NA' || cell === '.'
}

function timeOf(
  cell: string,
  { time, unit }: CohortColumns,
  say: (says: string) => void,
): number | undefined {
  if (isMissing(cell)) {
    say(`${time}: the time is missing`)
    return undefined
  }
  // Decimal numbers with a point and nothing else: "1e3", "0x10" and "1,5" are typing errors more often than times.
  const value = /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : Number.NaN
  if (Number.isNaN(value)) say(`${time}: "${shortened(cell)}" is not a number`)
  else if (value < 0) say(`${time}: ${cell} is before the start`)
  else if (value * DAYS_PER[unit] > LONGEST_TIME_DAYS)
    say(`${time}: ${cell} ${unit} is more than a hundred years`)
  else return value * DAYS_PER[unit]
  return undefined
}

function eventOf(cell: string, { event }: CohortColumns, say: (says: string) => void): boolean | undefined {
  const word = cell.toLowerCase()
  if (YES.has(word)) return true
  if (NO.has(word)) return false
  say(
    isMissing(cell)
      ? `${event}: it is missing whether the event happened`
      : `${event}: "${shortened(cell)}" is neither 1 (happened) nor 0 (not seen to happen)`,
  )
  return undefined
}

function shortened(text: string): string {
  return text.length > 30 ? `${text.slice(0, 30)}…` : text
}
