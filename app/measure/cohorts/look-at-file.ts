import { MOST_ROWS } from './cohort-file.ts'
import { type CohortKind, SEPARATORS, type Separator } from './cohort-mapping.ts'
import { type CsvRecord, parseCsv } from './csv.ts'

/** One column as the mapping page shows it. */
export type LookedColumn = {
  readonly name: string
  /** The first cells, as written. */
  readonly first: readonly string[]
  /** All different values when there are few; otherwise undefined. */
  readonly values: readonly string[] | undefined
  readonly empty: number
}

export type LookedFile = {
  readonly separator: Separator
  /** More than one separator would give columns, so it must be asked. */
  readonly separatorUnsure: boolean
  readonly columns: readonly LookedColumn[]
  readonly rows: number
  /** Cells such as 1,5 were seen: how decimals are written must be asked. */
  readonly decimalUnsure: boolean
}

export type Looked =
  | ({ readonly ok: true } & LookedFile)
  | { readonly ok: false; readonly line: number; readonly says: string }

const FIRST_ROWS = 4
const FEW_VALUES = 12
const LONGEST_SHOWN = 40
const MOST_COLUMNS = 300

/**
 * What is in a file before anything is decided: its columns with their first cells and values. Nothing is kept.
 *
 * @param text the file
 * @param chosen what stands between two cells, when a person has said so
 */
export function lookAtFile(text: string, chosen?: Separator): Looked {
  const likely = likelySeparators(text)
  // A separator that leaves quotes in the middle of cells is not the one.
  const fits = (name: Separator) => parseCsv(text, SEPARATORS[name]).ok
  const separator = chosen ?? likely.find(fits) ?? likely[0] ?? 'comma'
  const csv = parseCsv(text, SEPARATORS[separator])
  if (!csv.ok) return csv
  const [head, ...records] = csv.records
  if (!head) return { ok: false, line: 1, says: 'the file is empty' }
  if (records.length === 0) return { ok: false, line: head.line, says: 'there are no rows beneath the head' }
  if (records.length > MOST_ROWS)
    return {
      ok: false,
      line: 1,
      says: `${records.length} rows are more than the ${MOST_ROWS} that can be brought in at once`,
    }
  if (head.cells.length > MOST_COLUMNS)
    return { ok: false, line: head.line, says: `${head.cells.length} columns are more than ${MOST_COLUMNS}` }
  return {
    ok: true,
    separator,
    separatorUnsure: likely.length > 1,
    columns: head.cells.map((name, at) => lookAtColumn(name.trim(), at, records)),
    rows: records.length,
    decimalUnsure: records.some(({ cells }) => cells.some((cell) => /^\s*-?\d+,\d+\s*$/.test(cell))),
  }
}

/** The separators that stand in the head outside quotes, the most frequent first. */
function likelySeparators(text: string): Separator[] {
  const head = (/^[^\n\r]*/.exec(text.replace(/^\ufeff/, ''))?.[0] ?? '').replaceAll(/"(?:[^"]|"")*"/g, '')
  return (Object.keys(SEPARATORS) as Separator[])
    .map((name) => ({ name, times: head.split(SEPARATORS[name]).length - 1 }))
    .filter(({ times }) => times > 0)
    .sort((one, other) => other.times - one.times)
    .map(({ name }) => name)
}

function lookAtColumn(name: string, at: number, records: readonly CsvRecord[]): LookedColumn {
  const values = new Set<string>()
  let empty = 0
  for (const { cells } of records) {
    const cell = cells[at]?.trim() ?? ''
    if (cell === '') empty += 1
    else if (values.size <= FEW_VALUES) values.add(cell)
  }
  const inOrder = new Intl.Collator('en', { numeric: true })
  return {
    name,
    first: records.slice(0, FIRST_ROWS).map(({ cells }) => shortened(cells[at]?.trim() ?? '')),
    values: values.size <= FEW_VALUES ? [...values].sort(inOrder.compare).map(shortened) : undefined,
    empty,
  }
}

function shortened(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text
}

/** Words of event columns that mean one thing only. */
const YES = ['1', 'true', 'yes']
const NO = ['0', 'false', 'no']

/**
 * What a file may be, as a start for the person who chooses: nothing is decided by it. Columns are guessed by their names
 * and by what stands in them.
 *
 * @returns fields of `mappingFromFields`, only those that could be guessed
 */
export function guessFields(file: LookedFile, kind?: CohortKind): Record<string, string> {
  const named = (pattern: RegExp, fits: (column: LookedColumn) => boolean = () => true) =>
    file.columns.find((column) => pattern.test(column.name) && fits(column))?.name
  const twoSided = (column: LookedColumn) =>
    column.values !== undefined &&
    column.values.length === 2 &&
    column.values.every((value) => [...YES, ...NO].includes(value.toLowerCase()))
  const letters = file.columns.find((column) =>
    column.first.every((cell) => cell === '' || /^[+\-*o]{3,}…?$/.test(cell)),
  )?.name
  const time = named(/^(time|days?|weeks?|months?|.*_(time|days|weeks|months))$/i)
  const event = named(/^(status|event|relapse|.*_event|died|death)$/i, twoSided)
  const person = named(/^(id|who|person|patient|participant|subject|usubjid)$/i)
  const visit = named(/^(visit|week|month|time|day|age|wave)$/i)
  const study = named(/^(study|trial)$/i)
  const guessed: CohortKind | undefined =
    kind ??
    (letters !== undefined
      ? 'weekly-urine'
      : study !== undefined
        ? 'counts-by-arm'
        : time !== undefined && event !== undefined
          ? 'time-to-event'
          : person !== undefined && visit !== undefined
            ? 'repeated-scores'
            : undefined)
  const values = file.columns.find(({ name }) => name === event)?.values ?? []
  const of = (words: readonly string[]) =>
    values.filter((value) => words.includes(value.toLowerCase())).join(' | ')
  const fields: Record<string, string | undefined> = {
    kind: guessed,
    separator: file.separatorUnsure ? undefined : file.separator,
    decimal: file.decimalUnsure ? undefined : 'point',
    missing: 'NA | .',
    whenMissing: 'refuse',
    groupMissing: 'refuse',
    time,
    event,
    yes: of(YES) || undefined,
    no: of(NO) || undefined,
    group: named(/^(arm|group|treat(ment)?|clinic|trt)$/i),
    pattern: letters,
    positive: '+',
    negative: '-',
    mixed: '*',
    none: 'o',
    person,
    visit,
    study,
    arm: named(/^(arm|trt|treat(ment)?|group)$/i),
  }
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
