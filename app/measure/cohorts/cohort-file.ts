import { type CohortMapping, type GroupColumns, mappedColumns, SEPARATORS } from './cohort-mapping.ts'
import type { CohortRows } from './cohort-rows.ts'
import { type CsvRecord, parseCsv } from './csv.ts'
import { readerOfKind } from './kind-readers.ts'

/** What is wrong in the file, and where. */
export type CohortProblem = {
  readonly line: number
  /** undefined: it is about the row or the file. */
  readonly column: string | undefined
  readonly says: string
}

export type CohortFile =
  | {
      readonly ok: true
      readonly cohort: CohortRows
      /** Rows beneath the head. */
      readonly rowsInFile: number
      /** Rows with another value where only some were wanted. */
      readonly rowsNotWanted: number
      /** Rows left out because a cell was missing. */
      readonly rowsLeftOut: number
    }
  /** The first problems, and how many there are. */
  | { readonly ok: false; readonly problems: readonly CohortProblem[]; readonly count: number }

/** More rows than this are not brought in at once. */
export const MOST_ROWS = 200_000
const PROBLEMS_KEPT = 50
/** More different groups than this is a column that names people, not groups. */
const MOST_GROUPS = 12
/** The group of everybody when no column was named. */
const ONE_GROUP = 'everybody'

/** One row as the readers of each kind see it. */
export type RowReader = {
  readonly line: number
  /** The trimmed cell, or undefined when it is empty or written as missing. */
  readonly cell: (column: string) => string | undefined
  readonly say: (column: string | undefined, says: string) => void
}

/** Line ends as one kind, so that a file is the same file whatever way it came. */
export function plainLineEnds(text: string): string {
  return text.replace(/^\ufeff/, '').replaceAll(/\r\n?/g, '\n')
}

/**
 * Reads a file of another place: every row that is wanted is taken, or the whole file is refused with what is wrong in which
 * line and column. A missing cell is a problem or, where that was chosen, leaves its row out, counted; it is never a zero.
 *
 * @param text the file
 * @param mapping from `mappingFromFields`
 */
export function readCohort(text: string, mapping: CohortMapping): CohortFile {
  const csv = parseCsv(text, SEPARATORS[mapping.separator])
  if (!csv.ok) return refusedFile([{ line: csv.line, column: undefined, says: csv.says }])
  const [head, ...records] = csv.records
  if (!head) return refusedFile([{ line: 1, column: undefined, says: 'the file is empty' }])
  const names = head.cells.map((name) => name.trim())
  const bad = headProblems(names, mapping, records.length).map((problem) => ({ line: head.line, ...problem }))
  if (bad.length > 0) return refusedFile(bad)

  const problems: CohortProblem[] = []
  let count = 0
  const note = (problem: CohortProblem) => {
    count += 1
    if (problems.length < PROBLEMS_KEPT) problems.push(problem)
  }
  const place = new Map(names.map((name, at) => [name, at]))
  const missing = new Set(mapping.missing)
  const wanted = mapping.only && new Set(mapping.only.values)
  const reader = readerOfKind(mapping)
  const groups = new Set<string>()
  const group = 'group' in mapping ? mapping.group : undefined
  let rowsNotWanted = 0
  let rowsLeftOut = 0
  for (const record of records) {
    const { line, cells } = record
    if (cells.length !== names.length) {
      note({ line, column: undefined, says: cellCountWords(record, names.length) })
      continue
    }
    const raw = (column: string) => cells[place.get(column)!]!.trim()
    const cell = (column: string) => {
      const value = raw(column)
      return value === '' || missing.has(value) ? undefined : value
    }
    if (wanted && mapping.only && !wanted.has(raw(mapping.only.column))) {
      rowsNotWanted += 1
      continue
    }
    const gap = reader.needs.find((column) => cell(column) === undefined)
    if (gap !== undefined && mapping.whenMissing === 'leave-out') {
      rowsLeftOut += 1
      continue
    }
    const label = groupLabel(group, cell)
    if (label === undefined) {
      if (group?.whenMissing === 'leave-out') {
        rowsLeftOut += 1
        continue
      }
      const column = group?.columns.find((name) => cell(name) === undefined)
      note({ line, column, says: 'the group is missing' })
      continue
    }
    groups.add(label)
    const row: RowReader = { line, cell, say: (column, says) => note({ line, column, says }) }
    if (gap === undefined) reader.take(row, label)
    else for (const column of reader.needs) if (cell(column) === undefined) row.say(column, 'it is missing')
  }
  const whole = (column: string | undefined, says: string) => note({ line: head.line, column, says })
  if (groups.size > MOST_GROUPS) {
    whole(group?.columns[0], `${groups.size} different groups; at most ${MOST_GROUPS} can be compared`)
  }
  if (count === 0) reader.finish((line, column, says) => note({ line, column, says }))
  if (count === 0 && reader.cohort.rows.length === 0) {
    whole(undefined, 'no row is left: all were left out, or none has the values wanted')
  }
  return count > 0
    ? { ok: false, problems, count }
    : { ok: true, cohort: reader.cohort, rowsInFile: records.length, rowsNotWanted, rowsLeftOut }
}

function refusedFile(problems: readonly CohortProblem[]): CohortFile {
  return { ok: false, problems, count: problems.length }
}

function headProblems(
  names: readonly string[],
  mapping: CohortMapping,
  rows: number,
): { column: string | undefined; says: string }[] {
  const problems = [...new Set(mappedColumns(mapping))].flatMap((column) => {
    const times = names.filter((name) => name === column).length
    if (times === 1) return []
    return [
      times === 0
        ? { column, says: `there is no such column; the file has ${names.map((n) => `"${n}"`).join(', ')}` }
        : { column, says: `this column stands there ${times} times` },
    ]
  })
  if (problems.length > 0) return problems
  if (rows === 0) return [{ column: undefined, says: 'there are no rows beneath the head' }]
  if (rows > MOST_ROWS)
    return [{ column: undefined, says: `more than ${MOST_ROWS} rows; ${rows} were found` }]
  return []
}

function cellCountWords({ cells }: CsvRecord, expected: number): string {
  return `${cells.length} ${cells.length === 1 ? 'cell' : 'cells'} where the head has ${expected}`
}

/** What a row's group is called; undefined when a part is missing and no group of its own was wanted for that. */
function groupLabel(
  group: GroupColumns | undefined,
  cell: (column: string) => string | undefined,
): string | undefined {
  if (!group) return ONE_GROUP
  const parts: string[] = []
  for (const column of group.columns) {
    const value = cell(column)
    if (value === undefined && group.whenMissing !== 'own-group') return undefined
    // A bare figure says nothing without its column.
    parts.push(
      value === undefined
        ? `${column} not known`
        : /^[\d.,<>=+-]+$/.test(value)
          ? `${column} ${value}`
          : value,
    )
  }
  return parts.join(' · ')
}
