import { type Instant, instantAt, localDateOf, msBetween } from '../../platform/time.ts'

/** Days nearest to the present one that are all offered, and how many more are spread over the rest. */
const NEAR_DAYS = 6
const SPREAD_DAYS = 6

/**
 * Chooses among free times those that a person is shown: of each day one in the morning and one in the afternoon, on the
 * days nearest to the present one and on some spread evenly over the others. Pure.
 *
 * @param starts every time that may be chosen
 * @param present when the visit is now
 * @returns at most 24, those of the days nearest to the present one first, each day in order of time
 */
export function offeredTimes(starts: readonly Instant[], present: Instant, timeZone: string): Instant[] {
  const days = new Map<string, Instant[]>()
  for (const start of [...starts].sort()) {
    const day = localDateOf(start, timeZone)
    days.set(day, [...(days.get(day) ?? []), start])
  }
  const distance = (day: readonly Instant[]) => Math.abs(msBetween(present, middle(day)))
  const byNearness = [...days.values()].sort((a, b) => distance(a) - distance(b))
  const others = byNearness.slice(NEAR_DAYS)
  const step = Math.max(1, others.length / SPREAD_DAYS)
  const spread = others.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step))
  return [...byNearness.slice(0, NEAR_DAYS), ...spread].flatMap((day) => halves(day, timeZone))
}

/** One start of the morning and one of the afternoon, as far as there are any: the middle of each. */
function halves(day: readonly Instant[], timeZone: string): Instant[] {
  const noon = instantAt(localDateOf(day[0]!, timeZone), '12:00', timeZone)
  const isMorning = (start: Instant) => start < noon
  const parts = [day.filter(isMorning), day.filter((start) => !isMorning(start))]
  return parts.flatMap((part) => (part.length > 0 ? [middle(part)] : []))
}

const middle = (part: readonly Instant[]) => part[Math.floor((part.length - 1) / 2)]!
