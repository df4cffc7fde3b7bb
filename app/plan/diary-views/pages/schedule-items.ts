import { type GridItem, stepFrom } from '../grid-steps.ts'
import { newAppointmentHref } from '../schedule-address.ts'
import type { Slot } from '../schedule-layout.ts'
import type { SchedulePageData } from '../schedule-page.server.ts'

/** A cell that can be stood on. */
export type Item = GridItem & {
  readonly visitId?: string
  readonly movable?: boolean
  readonly slot?: Slot
  /** Where a free cell begins a new appointment. */
  readonly newHref?: string
}

/** Visits and free times; only the free times of a visit that is in hand. */
export function gridItems(
  columns: SchedulePageData['columns'],
  times: readonly string[],
  moving: boolean,
): Item[] {
  let lane = -1
  return columns.flatMap((column) =>
    column.lanes.flatMap((cells) => {
      lane++
      return cells.flatMap((cell): Item[] => {
        const where = { lane, row: cell.row, rows: cell.rows }
        if (cell.kind === 'visit')
          return moving ? [] : [{ ...where, visitId: cell.visit.id, movable: cell.visit.movable }]
        if (cell.kind !== 'free') return []
        if (!moving) return [{ ...where, newHref: newAppointmentHref(column, times[cell.row]!) }]
        return cell.slot ? [{ ...where, slot: cell.slot }] : []
      })
    }),
  )
}

/** What a free time sends: when, and which column. */
export function dropValue(slot: Slot): string {
  return `${slot.startsAt}~${slot.column}`
}

export function cellId(item: GridItem): string {
  return `cell-${item.lane}-${item.row}`
}

/** The item stood on: the one at a place, else the next to it, else the first visit, else the first of all. */
export function nearestItem(
  items: readonly Item[],
  at: { readonly lane: number; readonly row: number } | undefined,
): Item | undefined {
  if (!at) return items.find((i) => i.visitId) ?? items[0]
  const from = { ...at, rows: 1 }
  return (
    items.find((i) => i.lane === at.lane && i.row <= at.row && at.row < i.row + i.rows) ??
    stepFrom(items, from, 'down') ??
    stepFrom(items, from, 'up') ??
    stepFrom(items, from, 'right') ??
    stepFrom(items, from, 'left')
  )
}
