import { addMs, type Instant, MINUTE_MS, msBetween } from '../../platform/time.ts'
import type { Appointment, Chair } from '../plan.ts'

/** One cell of a chair's column: a visit, its turnaround, or nothing, over so many quarters of an hour. */
export type GridCell<Visit> =
  | { readonly kind: 'visit'; readonly quarters: number; readonly visit: Visit }
  | { readonly kind: 'turnaround' | 'free'; readonly quarters: number }

const QUARTER_MS = 15 * MINUTE_MS

/**
 * A chair's day as cells that follow each other without gap from `opens` for `quarters`. Times are rounded outwards to
 * quarters; where rounding would overlap, the earlier visit keeps its place.
 */
export function chairDay<Visit extends Pick<Appointment, 'startsAt' | 'endsAt' | 'chairId'>>(
  chair: Pick<Chair, 'id' | 'turnaroundMin'>,
  visits: readonly Visit[],
  opens: Instant,
  quarters: number,
): GridCell<Visit>[] {
  const cells: GridCell<Visit>[] = []
  let at = 0
  const own = visits
    .filter((v) => v.chairId === chair.id)
    .sort((a, b) => a.startsAt.localeCompare(b.startsAt))
  const free = (until: number) => {
    // Quarter by quarter, so that each keeps its line in the table.
    for (; at < until; at++) cells.push({ kind: 'free', quarters: 1 })
  }
  for (const visit of own) {
    const from = Math.max(at, Math.floor(msBetween(opens, visit.startsAt) / QUARTER_MS))
    const to = Math.min(quarters, Math.ceil(msBetween(opens, visit.endsAt) / QUARTER_MS))
    if (to <= from) continue
    free(from)
    cells.push({ kind: 'visit', quarters: to - from, visit })
    at = to
    const clean = addMs(visit.endsAt, chair.turnaroundMin * MINUTE_MS)
    const cleaned = Math.min(quarters, Math.ceil(msBetween(opens, clean) / QUARTER_MS))
    if (cleaned > at) {
      cells.push({ kind: 'turnaround', quarters: cleaned - at })
      at = cleaned
    }
  }
  free(quarters)
  return cells
}
