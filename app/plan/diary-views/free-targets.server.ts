import {
  addDays,
  addMs,
  daysBetween,
  type Instant,
  instantAt,
  type LocalDate,
  localDateOf,
  MINUTE_MS,
  msBetween,
  toMs,
} from '../../platform/time.ts'
import type { DiaryEntry } from '../diary/diary-entry.ts'
import type { DiaryFacts } from '../diary/diary-facts.ts'
import { freeSlots } from '../diary/free-slots.ts'
import type { StoredHold } from '../diary/hold.ts'
import { asItIs } from '../diary/move-appointment.server.ts'
import { gridOf, shapeOf, type WantedWith } from '../diary/place-visit.ts'
import type { ScheduleColumn } from './schedule-columns.ts'

export type DropTarget = { readonly column: string; readonly startsAt: Instant; readonly with: WantedWith }

/**
 * Every free quarter of an hour at which a visit could begin, column by column.
 *
 * @param keeps whether a start keeps the days of the protocol
 * @param held everything that is held on those days, turnarounds too
 */
export function freeTargets(
  facts: DiaryFacts,
  held: readonly StoredHold[],
  entry: DiaryEntry,
  columns: readonly Pick<ScheduleColumn, 'key' | 'day' | 'ways'>[],
  at: Instant,
  keeps: (startsAt: Instant) => boolean,
): DropTarget[] {
  const type = facts.types.find((t) => t.code === entry.typeCode)
  const first = columns.map((c) => c.day).sort()[0]
  const last = columns
    .map((c) => c.day)
    .sort()
    .at(-1)
  if (!type || !first || !last) return []
  const { timeZone } = facts.clinic
  const midnight = (day: LocalDate) => instantAt(day, '00:00', timeZone)
  const days = daysBetween(first, last) + 2
  const grid = gridOf(facts, held, first, days, entry.id)
  const lengthMin = Math.round(msBetween(entry.startsAt, entry.endsAt) / MINUTE_MS)
  const asItWas = asItIs(entry)
  return columns.flatMap(({ key, day, ways }) => {
    const from = [midnight(day), addMs(at, 1)].sort((a, b) => toMs(a) - toMs(b)).at(-1)!
    if (localDateOf(from, timeZone) > day) return []
    const until = midnight(addDays(day, 1))
    const found = new Map<Instant, WantedWith>()
    for (const way of ways) {
      const shape = shapeOf(facts, { ...asItWas, ...way, personId: entry.personId, type, lengthMin })
      for (const startsAt of freeSlots(grid, shape, from, 104)) {
        if (startsAt >= until) break
        if (!found.has(startsAt) && keeps(startsAt)) found.set(startsAt, way)
      }
    }
    return [...found]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([startsAt, way]) => ({ column: key, startsAt, with: way }))
  })
}
