import { isSmall, NARROWEST_RANGE } from './disclosure.ts'

/**
 * Whether the sums of a table, all shown while its cells are not, tell a group of its cells that holds 1 to 9 people: whether the group
 * can be narrowed to fewer than nine numbers. A group may be told although none of its cells is: when everybody who used in a week had used before, those
 * who had and did not that week are one subtraction away.
 *
 * Exact: starting from the table itself, one person at a time is moved round a circle of cells, up in one and down in the next, which leaves
 * every sum as it is, as long as that makes the group larger, then smaller.
 *
 * @param counts one array for each row, all of one length
 * @param impossible cells that everybody knows to be empty
 * @param group cells whose people are asked about
 */
export function isGroupTold(
  counts: readonly (readonly number[])[],
  impossible: (row: number, column: number) => boolean,
  group: (row: number, column: number) => boolean,
): boolean {
  const people = counts.flatMap((line, row) => line.filter((_, column) => group(row, column)))
  if (!isSmall(people.reduce((a, b) => a + b, 0))) return false
  const cells = counts.flatMap((line, row) =>
    line.flatMap((value, column) =>
      impossible(row, column) ? [] : [{ row, column, value, inGroup: group(row, column) }],
    ),
  )
  const room = (sign: 1 | -1) => reach(cells, counts.length + (counts[0]?.length ?? 0), counts.length, sign)
  return room(1) + room(-1) < NARROWEST_RANGE
}

type Place = {
  readonly row: number
  readonly column: number
  readonly value: number
  readonly inGroup: boolean
}

/** How many more (or fewer) people the group could hold, as far as it matters. */
function reach(cells: readonly Place[], nodes: number, rows: number, sign: 1 | -1): number {
  const moved = new Map<Place, number>()
  let gained = 0
  while (gained < NARROWEST_RANGE) {
    const circle = gainingCircle(cells, moved, nodes, rows, sign)
    if (!circle) break
    for (const { cell, more } of circle) {
      moved.set(cell, (moved.get(cell) ?? 0) + more)
      if (cell.inGroup) gained += sign * more
    }
  }
  return gained
}

type Move = { readonly cell: Place; readonly more: 1 | -1; readonly from: number }

/** A circle of cells, each one person more or fewer by turns, that gains for the group (Bellman and Ford). */
function gainingCircle(
  cells: readonly Place[],
  moved: ReadonlyMap<Place, number>,
  nodes: number,
  rows: number,
  sign: 1 | -1,
): Move[] | undefined {
  const gain = new Array<number>(nodes).fill(0)
  const cameBy = new Array<Move | undefined>(nodes).fill(undefined)
  let last: number | undefined
  for (let round = 0; round < nodes; round++) {
    last = undefined
    for (const cell of cells) {
      for (const more of [1, -1] as const) {
        if (more < 0 && cell.value + (moved.get(cell) ?? 0) <= 0) continue
        const [from, to] = more > 0 ? [cell.row, rows + cell.column] : [rows + cell.column, cell.row]
        const reached = gain[from]! + (cell.inGroup ? sign * more : 0)
        if (reached <= gain[to]!) continue
        gain[to] = reached
        cameBy[to] = { cell, more, from }
        last = to
      }
    }
    if (last === undefined) return undefined
  }
  // Still gaining after as many rounds as there are places: so many steps back one stands inside the circle.
  let inside = last!
  for (let step = 0; step < nodes; step++) inside = cameBy[inside]!.from
  const circle: Move[] = []
  for (let node = inside; circle.length === 0 || node !== inside; node = circle.at(-1)!.from)
    circle.push(cameBy[node]!)
  return circle
}
