/** The fields of the workbench's form. Its whole state is the address, so these names are what a shared link holds. */

export const MOST_REGIMENS = 4
export const MOST_ROWS = 8
/** Longest text that is kept of one field. */
const MOST_CHARACTERS = 60

const PEOPLE_FIELDS = [
  'who',
  'weight',
  'age',
  'sex',
  'meanWeight',
  'sdWeight',
  'leastWeight',
  'mostWeight',
  'leastAge',
  'mostAge',
  'women',
  'n',
  'seed',
  'effect',
  'threshold',
  'until',
] as const
const REGIMEN_FIELDS = ['name', 'model', 'drug'] as const
export const ROW_FIELDS = ['route', 'amount', 'unit', 'at', 'over', 'times', 'every'] as const
export type RowField = (typeof ROW_FIELDS)[number]
/** What of a row is typed: a row with none of them is not there, whatever its selects say. */
const TYPED = ['amount', 'over', 'times', 'every'] as const

/** Field name → what was typed. Fields that were not given are absent. */
export type FieldValues = Readonly<Record<string, string>>

export const regimenField = (regimen: number, field: (typeof REGIMEN_FIELDS)[number] | 'ready') =>
  `r${regimen}-${field}`
export const rowField = (regimen: number, row: number, field: RowField) => `r${regimen}-d${row}-${field}`

const range = (most: number) => Array.from({ length: most }, (_, i) => i + 1)
const regimenFields = (regimen: number) => [
  ...REGIMEN_FIELDS.map((field) => regimenField(regimen, field)),
  ...range(MOST_ROWS).flatMap((row) => ROW_FIELDS.map((field) => rowField(regimen, row, field))),
]
const ALL: readonly string[] = [...PEOPLE_FIELDS, ...range(MOST_REGIMENS).flatMap(regimenFields)]

/** What is typed in a link or a sent form: known fields only, the first of each, cut to a length no person types. */
export function fieldValues(query: URLSearchParams): FieldValues {
  const values: Record<string, string> = {}
  for (const name of ALL) {
    const given = query.get(name)?.trim().slice(0, MOST_CHARACTERS)
    if (given) values[name] = given
  }
  return values
}

/** Rows or regimens beyond what the form has room for: the first such name, so that it is said and not dropped. */
export function beyondTheForm(query: URLSearchParams): string | undefined {
  for (const name of query.keys()) {
    const [, regimen, row] = /^r(\d+)-(?:d(\d+)-)?/.exec(name) ?? []
    if (regimen === undefined) continue
    if (Number(regimen) > MOST_REGIMENS || (row !== undefined && Number(row) > MOST_ROWS)) return name
  }
  return undefined
}

/** Which rows of a regimen hold anything. */
export function usedRows(values: FieldValues, regimen: number): number[] {
  return range(MOST_ROWS).filter((row) =>
    TYPED.some((field) => values[rowField(regimen, row, field)] !== undefined),
  )
}

/** Which regimens hold a name or a dose. */
export function usedRegimens(values: FieldValues): number[] {
  return range(MOST_REGIMENS).filter(
    (regimen) => values[regimenField(regimen, 'name')] !== undefined || usedRows(values, regimen).length > 0,
  )
}

/** The fields of one regimen replaced, for example by a ready-made one. */
export function withRegimen(values: FieldValues, regimen: number, put: FieldValues): FieldValues {
  const own = new Set(regimenFields(regimen))
  return { ...Object.fromEntries(Object.entries(values).filter(([name]) => !own.has(name))), ...put }
}

/**
 * The shortest address of a question: empty fields and unused rows are left out. Two people with this link see the same
 * figures.
 */
export function linkOf(values: FieldValues, path = '/work/regimens'): string {
  const query = new URLSearchParams()
  const used = usedRegimens(values)
  for (const name of ALL) {
    const [, regimen, row] = /^r(\d)-(?:d(\d)-)?/.exec(name) ?? []
    if (regimen !== undefined && !used.includes(Number(regimen))) continue
    if (row !== undefined && !usedRows(values, Number(regimen)).includes(Number(row))) continue
    const value = values[name]
    if (value !== undefined) query.set(name, value)
  }
  return `${path}?${query}`
}
