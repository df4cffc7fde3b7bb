import { percent, percentRange } from '../percent-words.ts'
import type { Limits, NumberCell, NumberColumn, NumberTable } from './figure-block.ts'

/** In a cell that may not be told. */
const WITHHELD_CELL = 'withheld'

/** "5 of 12" and the like read a count that may be withheld. */
export function countInWords(count: number | null | undefined): string {
  return count === undefined ? WITHHELD_CELL : count === null ? 'none' : String(count)
}

/** "3.4 to 5.9", or a word when there are no limits. */
export function valueRange(limits: Limits | undefined, digits = 1): string {
  return limits ? `${limits.lower.toFixed(digits)} to ${limits.upper.toFixed(digits)}` : 'none'
}

/** A cell as the page shows it. */
export function cellInWords(cell: NumberCell, { kind, digits = 1 }: NumberColumn): string {
  if (cell === undefined) return WITHHELD_CELL
  if (cell === null) return '–'
  if (typeof cell === 'object') return kind === 'share-limits' ? percentRange(cell) : valueRange(cell, digits)
  if (typeof cell === 'string') return cell
  if (kind === 'share') return percent(cell)
  return kind === 'value' ? cell.toFixed(digits) : String(cell)
}

/**
 * A table as rows of a CSV file: shares as 0 to 1, an interval in two columns, what is withheld by its word, what there is
 * none of empty.
 */
export function tableRows({ id, columns, rows }: NumberTable): (string | number)[][] {
  const isRange = ({ kind }: NumberColumn) => kind === 'share-limits' || kind === 'value-limits'
  return [
    [
      'table',
      ...columns.flatMap((column) =>
        isRange(column) ? [`${column.key}_lower`, `${column.key}_upper`] : [column.key],
      ),
    ],
    ...rows.map((row) => [
      id,
      ...columns.flatMap((column) => {
        const cell = row[column.key]
        if (!isRange(column))
          return [cell === undefined ? WITHHELD_CELL : cell === null || typeof cell === 'object' ? '' : cell]
        if (cell === undefined) return [WITHHELD_CELL, WITHHELD_CELL]
        return typeof cell === 'object' && cell !== null ? [cell.lower, cell.upper] : ['', '']
      }),
    ]),
  ]
}
