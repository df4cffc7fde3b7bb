/** A CSV file as columns of text. Empty text is a missing value. */
export type Table = { readonly length: number; column(name: string): string[] }

/** Reads comma-separated text with a header line; fields may be in double quotes. */
export function parseTable(text: string): Table {
  const records: string[][] = []
  let record: string[] = []
  let field = ''
  let quoted = false
  const endField = () => {
    record.push(field)
    field = ''
  }
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (quoted) {
      if (c !== '"') field += c
      else if (text[i + 1] === '"') {
        field += '"'
        i++
      } else quoted = false
    } else if (c === '"') quoted = true
    else if (c === ',') endField()
    else if (c === '\n') {
      endField()
      records.push(record)
      record = []
    } else if (c !== '\r') field += c
  }
  if (field !== '' || record.length > 0) {
    endField()
    records.push(record)
  }
  const [header = [], ...rows] = records
  return tableOf(header, rows)
}

function tableOf(header: readonly string[], rows: readonly string[][]): Table {
  return {
    length: rows.length,
    column(name) {
      const at = header.indexOf(name)
      if (at < 0) throw new Error(`no column ${name}`)
      return rows.map((row) => row[at] ?? '')
    },
  }
}

/** The rows for which `keep` says yes, by the values of the named columns. */
export function where(table: Table, names: readonly string[], keep: (...values: string[]) => boolean): Table {
  const columns = names.map((name) => table.column(name))
  const kept: number[] = []
  for (let row = 0; row < table.length; row++) {
    if (keep(...columns.map((column) => column[row]!))) kept.push(row)
  }
  return {
    length: kept.length,
    column: (name) => {
      const all = table.column(name)
      return kept.map((row) => all[row]!)
    },
  }
}

/** Values as numbers from 0 in ascending order of their text, with the texts. */
export function numberedLabels(values: readonly string[]): { code: Uint8Array; labels: string[] } {
  const labels = [...new Set(values)].sort()
  return { code: Uint8Array.from(values, (value) => labels.indexOf(value)), labels }
}
