import { isSmall, NARROWEST_RANGE, SMALLEST_SHOWN } from './disclosure.ts'

/** A two-way table as it may leave: undefined is withheld, never 0. */
export type DisclosedTable = {
  readonly total: number | undefined
  readonly rows: readonly (number | undefined)[]
  readonly columns: readonly (number | undefined)[]
  readonly cells: readonly (readonly (number | undefined)[])[]
}

export type TableOptions = {
  /** `withheld`: only the sums are shown, and the cells are protected against being worked out from them. */
  readonly cells?: 'shown' | 'withheld'
  /** Cells that everybody knows to be empty, for instance "used that week, but never used". */
  readonly impossible?: (row: number, column: number) => boolean
}

/**
 * A table of people with its row sums, column sums and total, as far as it may be shown.
 *
 * Small counts are withheld; then further ones, until no small count can be narrowed to fewer than nine numbers by whoever adds and
 * subtracts everything that is shown, and until what is withheld in a row or column holds at least ten people together. The reader
 * is taken to know that counts are whole, not negative, and, where cells are shown, that what is withheld is not 0.
 *
 * How it is known: a table with sums is a network in which each row and each column keeps its balance. How far a
 * withheld count could go up or down while everything shown stays true is a largest flow through the withheld ones, so the range is
 * exact, not estimated. What is still too narrow is widened by withholding the smallest further counts that let more flow
 * through. When nothing helps, only the total stays, or nothing.
 *
 * Cost: a few searches over the table for each small count; tables of a page, not of a census.
 *
 * @param counts whole numbers, one array for each row, all of one length
 * @example discloseTable([[4, 30], [30, 50]]).cells // the 4 and, to hide it, the other three
 */
export function discloseTable(
  counts: readonly (readonly number[])[],
  { cells = 'shown', impossible = () => false }: TableOptions = {},
): DisclosedTable {
  const network = networkOf(counts, cells, impossible)
  // Each round withholds at least one more count, so there are no more rounds than counts.
  for (;;) {
    const wanting = smallSumOf(network) ?? narrowOne(network)
    if (wanting === undefined) return shownOf(network)
    if (!withholdFor(network, wanting)) return nothingBut(network)
  }
}

type Cell = {
  /** The sums stand at row `rows` and column `columns`. */
  readonly row: number
  readonly column: number
  readonly value: number
  /** From this row or column to that one; every row and column takes in as much as it gives. */
  readonly from: number
  readonly to: number
  /** What the reader knows it to be at least while it is withheld. */
  readonly least: number
  withheld: boolean
}

type Network = {
  readonly rows: number
  readonly columns: number
  readonly nodes: number
  readonly cells: Cell[]
}

function networkOf(
  counts: readonly (readonly number[])[],
  shown: 'shown' | 'withheld',
  impossible: (row: number, column: number) => boolean,
): Network {
  const rows = counts.length
  const columns = counts[0]?.length ?? 0
  const cells: Cell[] = []
  const nodeOfColumn = (column: number) => rows + 1 + column
  for (let row = 0; row <= rows; row++) {
    for (let column = 0; column <= columns; column++) {
      const isSum = row === rows || column === columns
      const value = isSum ? sumAt(counts, row, column) : counts[row]![column]!
      const unseen = !isSum && shown === 'withheld' && !impossible(row, column)
      const towardsRow = (row === rows) !== (column === columns)
      cells.push({
        row,
        column,
        value,
        from: towardsRow ? nodeOfColumn(column) : row,
        to: towardsRow ? row : nodeOfColumn(column),
        least: unseen ? 0 : 1,
        withheld: unseen || isSmall(value),
      })
    }
  }
  return { rows, columns, nodes: rows + columns + 2, cells }
}

function sumAt(counts: readonly (readonly number[])[], row: number, column: number): number {
  const chosen = row === counts.length ? counts : [counts[row]!]
  return chosen.reduce(
    (sum, line) => sum + (column === line.length ? line.reduce((a, b) => a + b, 0) : (line[column] ?? 0)),
    0,
  )
}

/** What is wrong with what would be shown: one count that is too narrow, or a line whose withheld counts are few people. */
type Wanting = { readonly narrow: Cell } | { readonly line: readonly Cell[] }

/** A row or column of which the withheld counts together are 1 to 9 people, and can be worked out. */
function smallSumOf({ rows, columns, cells }: Network): Wanting | undefined {
  for (const line of [
    ...Array.from({ length: rows + 1 }, (_, row) => cells.filter((cell) => cell.row === row)),
    ...Array.from({ length: columns + 1 }, (_, column) => cells.filter((cell) => cell.column === column)),
  ]) {
    const [sum, parts] = [line.at(-1)!, line.slice(0, -1)]
    if (sum.withheld) continue
    const hidden = parts.filter((cell) => cell.withheld)
    if (isSmall(hidden.reduce((people, { value }) => people + value, 0))) return { line }
  }
}

function narrowOne(network: Network): Wanting | undefined {
  const narrow = network.cells.find(
    (cell) => cell.withheld && isSmall(cell.value) && roomOf(network, cell) < NARROWEST_RANGE,
  )
  return narrow && { narrow }
}

/** How far a withheld count could go down and up together, as far as it matters. */
function roomOf(network: Network, cell: Cell): number {
  const down = Math.min(cell.value - cell.least, largestFlow(network, cell, cell.from, cell.to).amount)
  return down + largestFlow(network, cell, cell.to, cell.from).amount
}

/** Flow already sent along each cell; positive: the count would be higher. */
type Flow = Map<Cell, number>

function largestFlow(network: Network, without: Cell, from: number, to: number) {
  const flow: Flow = new Map()
  let amount = 0
  while (amount < NARROWEST_RANGE) {
    const path = cheapestPath(network, flow, without, from, to, false)
    if (!path) break
    // One person at a time: the room that matters is small.
    for (const { cell, forward } of path) flow.set(cell, (flow.get(cell) ?? 0) + (forward ? 1 : -1))
    amount += 1
  }
  return { amount, flow }
}

type Step = { readonly cell: Cell; readonly forward: boolean }

/** Sums are worth more to a reader than single cells, the total most. */
function priceOf(cell: Cell, { rows, columns }: Network): number {
  if (cell.withheld) return 0
  const sums = Number(cell.row === rows) + Number(cell.column === columns)
  return cell.value + [1, 1e6, 1e12][sums]!
}

/** The way along which one more person could be moved; with `open` also through counts still shown, the smallest first. */
function cheapestPath(
  network: Network,
  flow: Flow,
  without: Cell,
  from: number,
  to: number,
  open: boolean,
): Step[] | undefined {
  const cost = new Array<number>(network.nodes).fill(Number.POSITIVE_INFINITY)
  const cameBy = new Map<number, Step>()
  cost[from] = 0
  for (let changed = true; changed; ) {
    changed = false
    for (const cell of network.cells) {
      if (cell === without || (!cell.withheld && !(open && cell.value > 0))) continue
      const price = priceOf(cell, network)
      const mayFall = cell.value + (flow.get(cell) ?? 0) > cell.least
      for (const forward of [true, false]) {
        const [a, b] = forward ? [cell.from, cell.to] : [cell.to, cell.from]
        if ((!forward && !mayFall) || cost[a]! + price >= cost[b]!) continue
        cost[b] = cost[a]! + price
        cameBy.set(b, { cell, forward })
        changed = true
      }
    }
  }
  if (cost[to] === Number.POSITIVE_INFINITY) return undefined
  const path: Step[] = []
  for (let node = to; node !== from; ) {
    const step = cameBy.get(node)!
    path.push(step)
    node = step.forward ? step.cell.from : step.cell.to
  }
  return path
}

/** Withholds more to mend one thing that is wanting. @returns false when nothing can */
function withholdFor(network: Network, wanting: Wanting): boolean {
  if ('line' in wanting) {
    const next = wanting.line
      .filter((cell) => !cell.withheld && cell.value > 0)
      .sort((a, b) => priceOf(a, network) - priceOf(b, network))[0]
    if (!next) return false
    next.withheld = true
    return true
  }
  const { narrow } = wanting
  for (const [from, to] of [
    [narrow.to, narrow.from],
    [narrow.from, narrow.to],
  ] as const) {
    const { flow } = largestFlow(network, narrow, from, to)
    const path = cheapestPath(network, flow, narrow, from, to, true)
    const opened = path?.filter(({ cell }) => !cell.withheld) ?? []
    for (const { cell } of opened) cell.withheld = true
    if (opened.length > 0) return true
  }
  return false
}

function shownOf({ rows, columns, cells }: Network): DisclosedTable {
  const said = (row: number, column: number) => {
    const cell = cells[row * (columns + 1) + column]!
    return cell.withheld ? undefined : cell.value
  }
  const across = Array.from({ length: columns }, (_, column) => column)
  const down = Array.from({ length: rows }, (_, row) => row)
  return {
    total: said(rows, columns),
    rows: down.map((row) => said(row, columns)),
    columns: across.map((column) => said(rows, column)),
    cells: down.map((row) => across.map((column) => said(row, column))),
  }
}

/** The total alone when even then nothing small can be worked out, else nothing at all. */
function nothingBut(network: Network): DisclosedTable {
  const total = network.cells.at(-1)!
  for (const cell of network.cells) cell.withheld = cell === total ? isSmall(cell.value) : true
  if (narrowOne(network) || total.value < SMALLEST_SHOWN) total.withheld = true
  return shownOf(network)
}
