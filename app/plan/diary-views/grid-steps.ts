/** A cell of the grid that can be stood on. */
export type GridItem = {
  /** Counted over the lanes of all columns, from the left. */
  readonly lane: number
  readonly row: number
  readonly rows: number
}

export type Step = 'up' | 'down' | 'left' | 'right' | 'first' | 'last'

/**
 * Where an arrow leads: up and down inside the lane, left and right to the nearest lane that has something, at the same
 * height or as near to it as there is.
 *
 * @returns undefined when there is nothing further that way
 */
export function stepFrom<Item extends GridItem>(
  items: readonly Item[],
  from: GridItem,
  step: Step,
): Item | undefined {
  const lane = items.filter((i) => i.lane === from.lane).sort((a, b) => a.row - b.row)
  switch (step) {
    case 'up':
      return lane.findLast((i) => i.row < from.row)
    case 'down':
      return lane.find((i) => i.row > from.row)
    case 'first':
      return lane[0]
    case 'last':
      return lane.at(-1)
    case 'left':
    case 'right': {
      const beyond = items.filter((i) => (step === 'left' ? i.lane < from.lane : i.lane > from.lane))
      if (beyond.length === 0) return undefined
      const lanes = beyond.map((i) => i.lane)
      const next = step === 'left' ? Math.max(...lanes) : Math.min(...lanes)
      return nearest(
        beyond.filter((i) => i.lane === next),
        from.row,
      )
    }
  }
}

function nearest<Item extends GridItem>(items: readonly Item[], row: number): Item | undefined {
  const away = (i: Item) =>
    i.row <= row && row < i.row + i.rows
      ? 0
      : Math.min(Math.abs(i.row - row), Math.abs(i.row + i.rows - 1 - row))
  return items.reduce<Item | undefined>((best, i) => (!best || away(i) < away(best) ? i : best), undefined)
}
