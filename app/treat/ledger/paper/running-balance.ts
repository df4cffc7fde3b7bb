import { type Instant, MINUTE_MS } from '../../../platform/time.ts'
import { changeOf, HOLDS, type Movement, type PlannedMovement, type Side, sideCode } from '../movement.ts'

type Moved = Pick<Movement, 'at' | 'lotId' | 'from' | 'to' | 'hundredths'>

/** Less than nothing would have stood somewhere: since when, and how much would be missing. */
export type Missing = { readonly side: Side; readonly at: Instant; readonly hundredths: number }

/**
 * Whether what is entered afterwards can have stood where it was taken from at that time: every movement of the lot in the order in
 * which it happened, whatever the order in which it was written. Times on paper are minutes, so what came in the same minute
 * was there.
 *
 * @param before every movement of the lot that is in the ledger
 * @param added what is entered now
 * @returns for each side that something is taken from, the first minute from then on with less than nothing; empty where all is well
 * @example belowZero([received 10 mL at 14:30], [drew 4 mL at 14:10]) // [{ side: the safe, at: 14:10, hundredths: 400 }]
 */
export function belowZero(before: readonly Moved[], added: readonly PlannedMovement[]): Missing[] {
  const missing = new Map<string, Missing>()
  for (const { lotId, from, at } of added) {
    const key = sideCode(from)
    if (!HOLDS.includes(from.place.at) || missing.has(key)) continue
    const changes = new Map<number, number>()
    for (const each of [...before, ...added]) {
      if (each.lotId !== lotId) continue
      const change = changeOf(each, (side) => sideCode(side) === key)
      const minute = minuteOf(each.at)
      if (change !== 0) changes.set(minute, (changes.get(minute) ?? 0) + change)
    }
    let holds = 0
    for (const [minute, change] of [...changes].toSorted(([a], [b]) => a - b)) {
      holds += change
      if (holds >= 0 || minute < minuteOf(at)) continue
      missing.set(key, {
        side: from,
        at: new Date(minute * MINUTE_MS).toISOString() as Instant,
        hundredths: -holds,
      })
      break
    }
  }
  return [...missing.values()]
}

const minuteOf = (at: Instant) => Math.floor(Date.parse(at) / MINUTE_MS)
