/** A record of a CSV file with the line on which it begins, counted from 1. */
export type CsvRecord = { readonly line: number; readonly cells: readonly string[] }

export type CsvResult =
  | { readonly ok: true; readonly records: readonly CsvRecord[] }
  | { readonly ok: false; readonly line: number; readonly says: string }

/**
 * Reads separated text (RFC 4180): quoted cells may hold commas, line breaks and doubled quotes; line ends may be
 * LF, CRLF or CR; a byte order mark and empty lines are skipped. Nothing is guessed: a quote in the wrong place is an error with
 * its line.
 *
 * @param separator one character between cells, a comma unless told
 * @example parseCsv('a,"b, c"\n1,2')
 */
export function parseCsv(text: string, separator = ','): CsvResult {
  const ends = `${separator}\n\r`
  const records: CsvRecord[] = []
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0
  let line = 1
  let recordLine = 1
  let cells: string[] = []
  const endRecord = () => {
    if (cells.length > 1 || cells[0] !== '') records.push({ line: recordLine, cells })
    cells = []
    recordLine = line
  }
  while (at < text.length) {
    if (text[at] === '"') {
      const quoteLine = line
      let cell = ''
      for (at += 1; ; at += 1) {
        if (at >= text.length)
          return { ok: false, line: quoteLine, says: 'a quote is opened and never closed' }
        const sign = text[at]!
        if (sign === '"') {
          if (text[at + 1] !== '"') break
          at += 1
        }
        if (sign === '\n' || (sign === '\r' && text[at + 1] !== '\n')) line += 1
        cell += sign
      }
      at += 1
      if (at < text.length && !ends.includes(text[at]!)) {
        return { ok: false, line, says: 'something stands between a closing quote and the end of its cell' }
      }
      cells.push(cell)
    } else {
      const from = at
      while (at < text.length && !ends.includes(text[at]!)) {
        if (text[at] === '"') return { ok: false, line, says: 'a quote stands in the middle of a cell' }
        at += 1
      }
      cells.push(text.slice(from, at))
    }
    if (text[at] === separator) {
      at += 1
      // A separator at the very end of the text is followed by one more, empty cell.
      if (at < text.length) continue
      cells.push('')
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at += 1
    at += 1
    line += 1
    endRecord()
  }
  if (cells.length > 0) endRecord()
  return { ok: true, records }
}
