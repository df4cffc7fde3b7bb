import { type Instant, type LocalDate, localDateOf, timeInWords } from '../../platform/time.ts'

/** Minutes of a line of the grid. */
export const ROW_MIN = 15

/** Why somebody or something cannot be booked for a while, in words; minutes of the day by the wall clock. */
export type Shade = {
  readonly kind: 'closed' | 'away' | 'off'
  readonly fromMin: number
  readonly untilMin: number
  readonly words: string
}

/** What a visit takes of a day, by the wall clock. */
export type Span = {
  readonly heldFromMin: number
  readonly fromMin: number
  readonly untilMin: number
  readonly heldUntilMin: number
}

export type Cell<Visit> =
  | { readonly kind: 'visit'; readonly row: number; readonly rows: number; readonly visit: Visit }
  | {
      readonly kind: 'turnaround' | Shade['kind']
      readonly row: number
      readonly rows: number
      readonly words: string
    }
  | { readonly kind: 'free'; readonly row: number; readonly rows: 1; readonly slot?: Slot }

/** A time to which the visit in hand can go. */
export type Slot = {
  readonly column: string
  readonly startsAt: Instant
  readonly row: number
  /** "10:15, Room 1, Chair A, free" */
  readonly words: string
}

export type ColumnPlan<Visit> = {
  readonly key: string
  readonly label: string
  /** Said under the label: hours that are not written down, a holiday's name. */
  readonly note?: string | undefined
  readonly day: LocalDate
  /** Earlier ones lie over later ones. */
  readonly shades: readonly Shade[]
  readonly visits: readonly (Span & { readonly visit: Visit })[]
}

export type Column<Visit> = Omit<ColumnPlan<Visit>, 'shades' | 'visits'> & {
  /** Visits of one column that overlap stand side by side. */
  readonly lanes: readonly (readonly Cell<Visit>[])[]
}

/**
 * The minute of `day` that the clinic's wall clock shows at an instant: 0 before the day, 1440 after it. An hour that
 * comes twice has one place; what overlaps there stands side by side.
 */
export function wallMinute(instant: Instant, day: LocalDate, timeZone: string): number {
  const on = localDateOf(instant, timeZone)
  if (on < day) return 0
  if (on > day) return 1440
  return clockMinutes(timeInWords(instant, timeZone))
}

/** "10:15" as minutes of a day. */
export function clockMinutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}

/** 615 as "10:15". */
export function clockWords(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

/**
 * Which hours the grid draws: whole hours around what is open and what is booked.
 *
 * @param spans open hours and visits, minutes of the day; 08:00 to 18:00 when there are none
 */
export function hoursDrawn(spans: readonly { readonly fromMin: number; readonly untilMin: number }[]): {
  readonly fromMin: number
  readonly rows: number
} {
  const from = spans.length === 0 ? 480 : Math.min(...spans.map((s) => s.fromMin))
  const until = spans.length === 0 ? 1080 : Math.max(...spans.map((s) => s.untilMin))
  const fromMin = Math.floor(from / 60) * 60
  return { fromMin, rows: Math.max(4, (Math.ceil(until / 60) * 60 - fromMin) / ROW_MIN) }
}

/**
 * A column as lanes of cells that follow each other without gap. Times are rounded outwards to lines; a turnaround
 * gives way to the visit after it.
 */
export function layColumn<Visit>(
  plan: ColumnPlan<Visit>,
  fromMin: number,
  rows: number,
  turnaroundWords = 'being cleaned',
): Column<Visit> {
  const line = (minutes: number, round: (n: number) => number) =>
    Math.min(rows, Math.max(0, round((minutes - fromMin) / ROW_MIN)))
  const placed = plan.visits
    .map((each) => {
      const row = Math.min(rows - 1, line(each.fromMin, Math.floor))
      return {
        visit: each.visit,
        heldRow: line(each.heldFromMin, Math.floor),
        row,
        until: Math.max(row + 1, line(each.untilMin, Math.ceil)),
        heldUntil: line(each.heldUntilMin, Math.ceil),
      }
    })
    .sort((a, b) => a.row - b.row || a.until - b.until)
  const lanes: (typeof placed)[] = []
  for (const each of placed) {
    const lane = lanes.find((l) => l.at(-1)!.until <= each.row)
    if (lane) lane.push(each)
    else lanes.push([each])
  }
  if (lanes.length === 0) lanes.push([])
  const shadeAt = (row: number) =>
    plan.shades.find((s) => line(s.fromMin, Math.floor) <= row && row < line(s.untilMin, Math.ceil))
  return {
    key: plan.key,
    label: plan.label,
    note: plan.note,
    day: plan.day,
    lanes: lanes.map((lane) => {
      const cells: Cell<Visit>[] = []
      for (let row = 0; row < rows; ) {
        const visit = lane.find((v) => v.row === row)
        if (visit) {
          cells.push({ kind: 'visit', row, rows: visit.until - row, visit: visit.visit })
          row = visit.until
          continue
        }
        const next = lane.find((v) => v.row > row)
        const held = lane.some((v) => v.heldRow <= row && row < v.heldUntil)
        const shade = held ? undefined : shadeAt(row)
        const same = (at: number) =>
          lane.some((v) => v.heldRow <= at && at < v.heldUntil) === held && shadeAt(at) === shade
        if (!held && !shade) {
          cells.push({ kind: 'free', row, rows: 1 })
          row++
          continue
        }
        let end = row + 1
        while (
          end < (next?.row ?? rows) &&
          (held ? lane.some((v) => v.heldRow <= end && end < v.heldUntil) : same(end))
        )
          end++
        cells.push(
          held
            ? { kind: 'turnaround', row, rows: end - row, words: turnaroundWords }
            : { kind: shade!.kind, row, rows: end - row, words: shade!.words },
        )
        row = end
      }
      return cells
    }),
  }
}

/**
 * The columns with the free times of a visit in hand. They stand in the cells that are free anyway; where one has no such
 * cell (it overlaps the visit itself), all of the column stand in a lane of their own.
 */
export function withSlots<Visit>(
  columns: readonly Column<Visit>[],
  slots: readonly Slot[],
  rows: number,
): Column<Visit>[] {
  return columns.map((column) => {
    const own = slots.filter((s) => s.column === column.key && s.row >= 0 && s.row < rows)
    const laneFor = (slot: Slot) =>
      column.lanes.findIndex((lane) => lane.some((c) => c.kind === 'free' && c.row === slot.row))
    const put = (lane: readonly Cell<Visit>[], index: number) =>
      lane.map((cell): Cell<Visit> => {
        const slot =
          cell.kind === 'free' && own.find((s) => s.row === cell.row && (index < 0 || laneFor(s) === index))
        return cell.kind === 'free' && slot ? { ...cell, slot } : cell
      })
    if (own.every((slot) => laneFor(slot) >= 0))
      return { ...column, lanes: column.lanes.map((lane, index) => put(lane, index)) }
    const empty = Array.from({ length: rows }, (_, row): Cell<Visit> => ({ kind: 'free', row, rows: 1 }))
    return { ...column, lanes: [...column.lanes, put(empty, -1)] }
  })
}
