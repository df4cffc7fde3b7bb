import type { MembershipId } from '../../platform/ids.ts'
import {
  addDays,
  daysBetween,
  type Instant,
  instantAt,
  instantFromMs,
  type LocalDate,
  localDateOf,
  MINUTE_MS,
  toMs,
} from '../../platform/time.ts'
import type { AppointmentId } from '../plan.ts'
import type { StaffPart } from './appointment-type.ts'
import { hoursOfDay, hoursOfWeekday, type OpeningCalendar, weekOn } from './calendar.ts'
import type { Leave, WorkingWeek } from './diary-entry.ts'
import { type ResourceId, resource, type StoredHold } from './hold.ts'
import {
  blockedStarts,
  clearRange,
  emptyBits,
  fillRange,
  hasBit,
  intersect,
  invert,
  type Minutes,
  unite,
} from './minutes.ts'

/** Used for proposals only, when the clinic has not written down its hours. */
const ASSUMED_HOURS = { opens: '09:00', closes: '17:00' } as const
/** Proposed starts lie on the quarter of an hour. */
export const STEP_MIN = 15

/**
 * The diary of some weeks as one bit for each minute and resource: what is closed, who is away, what is held. Made once,
 * asked often.
 */
export type DiaryGrid = {
  readonly firstDay: LocalDate
  readonly timeZone: string
  /** Milliseconds at minute 0, the midnight of the first day. */
  readonly zeroMs: number
  /** Minute at which each day begins; the last is the end of the grid. */
  readonly dayStart: readonly number[]
  readonly length: number
  readonly closed: Minutes
  readonly held: ReadonlyMap<ResourceId, Minutes>
  /** Minutes at which a member is not at work, for those with a week or leave written down. */
  readonly off: ReadonlyMap<ResourceId, Minutes>
  /** Members of whom no week is written down: their hours are not checked, and they cover for nobody. */
  readonly weekless: ReadonlySet<ResourceId>
}

export type GridFacts = {
  readonly calendar: OpeningCalendar
  readonly weeks: readonly WorkingWeek[]
  readonly leaves: readonly Leave[]
  readonly memberIds: readonly MembershipId[]
}

/**
 * Lays the diary out by minutes. Times that are no whole minutes are rounded outwards: never says free where something is held.
 *
 * @param days calendar days from `firstDay` on, 1 to 400
 * @param except an appointment whose own holds do not count, because it is the one to be moved
 */
export function layOut(
  facts: GridFacts,
  holds: readonly StoredHold[],
  firstDay: LocalDate,
  days: number,
  except?: AppointmentId,
): DiaryGrid {
  if (!Number.isInteger(days) || days < 1 || days > 400)
    throw new RangeError('layOut requires 1 to 400 whole days')
  const { calendar } = facts
  const { timeZone } = calendar
  const midnights = Array.from({ length: days + 1 }, (_, i) =>
    toMs(instantAt(addDays(firstDay, i), '00:00', timeZone)),
  )
  const zeroMs = midnights[0]!
  const dayStart = midnights.map((ms) => Math.round((ms - zeroMs) / MINUTE_MS))
  const length = dayStart[days]!
  /** Minute of a wall-clock time; days of 24 hours need no calendar arithmetic. */
  const minuteAt = (index: number, time: string): number => {
    if (dayStart[index + 1]! - dayStart[index]! === 1440)
      return dayStart[index]! + Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
    return Math.round((toMs(instantAt(addDays(firstDay, index), time, timeZone)) - zeroMs) / MINUTE_MS)
  }
  const dates = Array.from({ length: days }, (_, i) => addDays(firstDay, i))
  const closed = invert(emptyBits(length), length)
  for (const [i, day] of dates.entries()) {
    const hours = hoursOfDay(calendar, day)
    if (hours === 'closed') continue
    const { opens, closes } = hours === 'unknown' ? ASSUMED_HOURS : hours
    clearRange(closed, minuteAt(i, opens), minuteAt(i, closes))
  }
  const off = new Map<ResourceId, Minutes>()
  const weekless = new Set<ResourceId>()
  const spanOf = (from: Instant, until: Instant) =>
    [
      Math.max(0, Math.floor((toMs(from) - zeroMs) / MINUTE_MS)),
      Math.min(length, Math.ceil((toMs(until) - zeroMs) / MINUTE_MS)),
    ] as const
  for (const membershipId of facts.memberIds) {
    const weeks = facts.weeks.filter((w) => w.membershipId === membershipId)
    const leaves = facts.leaves.filter((l) => l.membershipId === membershipId)
    const id = resource(membershipId)
    if (weeks.length === 0) weekless.add(id)
    if (weeks.length === 0 && leaves.length === 0) continue
    const away = emptyBits(length)
    if (weeks.length > 0)
      for (const [i, day] of dates.entries()) {
        const week = weekOn(weeks, membershipId, day)
        if (!week) continue
        fillRange(away, dayStart[i]!, dayStart[i + 1]!)
        for (const hours of hoursOfWeekday(week, day))
          clearRange(away, minuteAt(i, hours.from), minuteAt(i, hours.until))
      }
    for (const leave of leaves) fillRange(away, ...spanOf(leave.from, leave.until))
    off.set(id, away)
  }
  const held = new Map<ResourceId, Minutes>()
  for (const hold of holds) {
    if (hold.sharing !== 'alone' || hold.appointmentId === except) continue
    let bits = held.get(hold.resourceId)
    if (!bits) {
      bits = emptyBits(length)
      held.set(hold.resourceId, bits)
    }
    fillRange(bits, ...spanOf(hold.from, hold.until))
  }
  return { firstDay, timeZone, zeroMs, dayStart, length, closed, held, off, weekless }
}

/** What a visit takes, with who and what would do for each need. */
export type VisitShape = {
  readonly lengthMin: number
  readonly beforeMin: number
  readonly personId: ResourceId
  /** Undefined: no place is needed. `afterMin` is the time until it can be used again. */
  readonly places: readonly { readonly id: ResourceId; readonly afterMin: number }[] | undefined
  readonly staff: readonly { readonly part: StaffPart; readonly ids: readonly ResourceId[] }[]
  /** Prescribers of whom one must be in the house; undefined when none must or nothing is known of any. */
  readonly onSite: readonly ResourceId[] | undefined
  readonly equipment: readonly { readonly ids: readonly ResourceId[]; readonly afterMin: number }[]
}

export type NeedName = 'opening' | 'patient' | 'place' | StaffPart | 'prescriber-on-site' | 'equipment'

/** Minutes at which a member could begin a visit of so many minutes, by what they hold and when they work. */
export function memberStarts(grid: DiaryGrid, id: ResourceId, lengthMin: number): Minutes {
  return freeFor(grid, [grid.held.get(id), grid.off.get(id)], 0, lengthMin)
}

/** Where a span from so many minutes before a start to so many after it meets nothing of what is busy. */
function freeFor(
  { length }: DiaryGrid,
  busy: readonly (Minutes | undefined)[],
  before: number,
  after: number,
): Minutes {
  const known = busy.filter((bits) => bits !== undefined)
  const all =
    known.length === 1 ? known[0]! : known.reduce((sum, bits) => unite(sum, bits), emptyBits(length))
  return invert(blockedStarts(all, length, before, after), length)
}

function anyOf(grid: DiaryGrid, each: readonly Minutes[]): Minutes {
  const sum = emptyBits(grid.length)
  for (const bits of each) for (let w = 0; w < sum.length; w++) sum[w]! |= bits[w]!
  return sum
}

/** For each need, the minutes at which the visit could begin if it alone mattered. */
export function startsByNeed(
  grid: DiaryGrid,
  shape: VisitShape,
): { readonly need: NeedName; readonly free: Minutes }[] {
  const { places, lengthMin, beforeMin } = shape
  const held = (id: ResourceId, afterMin: number) =>
    freeFor(grid, [grid.held.get(id)], beforeMin, lengthMin + afterMin)
  const present = (shape.onSite ?? []).filter((id) => !grid.weekless.has(id))
  return [
    { need: 'opening', free: freeFor(grid, [grid.closed], 0, lengthMin) },
    { need: 'patient', free: freeFor(grid, [grid.held.get(shape.personId)], 0, lengthMin) },
    ...shape.staff.map(({ part, ids }) => ({
      need: part,
      free: anyOf(
        grid,
        ids.map((id) => memberStarts(grid, id, lengthMin)),
      ),
    })),
    ...(shape.onSite
      ? [
          {
            need: 'prescriber-on-site' as const,
            free: anyOf(
              grid,
              present.map((id) => freeFor(grid, [grid.off.get(id)], 0, lengthMin)),
            ),
          },
        ]
      : []),
    ...(places
      ? [
          {
            need: 'place' as const,
            free: anyOf(
              grid,
              places.map((p) => held(p.id, p.afterMin)),
            ),
          },
        ]
      : []),
    ...shape.equipment.map(({ ids, afterMin }) => ({
      need: 'equipment' as const,
      free: anyOf(
        grid,
        ids.map((id) => held(id, afterMin)),
      ),
    })),
  ]
}

/** Minutes at which the visit can begin with some combination of those who would do. */
function freeStartMinutes(grid: DiaryGrid, shape: VisitShape): Minutes {
  return startsByNeed(grid, shape)
    .map(({ free }) => free)
    .reduce((both, free) => intersect(both, free))
}

/**
 * The next times at which the visit fits, on the quarter of an hour.
 *
 * @param count at most so many
 * @returns ascending; fewer when the grid holds no more
 */
export function freeSlots(grid: DiaryGrid, shape: VisitShape, from: Instant, count: number): Instant[] {
  const free = freeStartMinutes(grid, shape)
  const found: Instant[] = []
  const earliest = Math.max(0, Math.ceil((toMs(from) - grid.zeroMs) / MINUTE_MS / STEP_MIN) * STEP_MIN)
  for (let minute = earliest; minute < grid.length && found.length < count; minute += STEP_MIN)
    if (hasBit(free, minute) && pick(grid, shape, minute)) found.push(instantOf(grid, minute))
  return found
}

/** Who and what a visit takes when it begins at a minute. */
export type Picked = {
  readonly place: ResourceId | undefined
  readonly staff: readonly { readonly part: StaffPart; readonly id: ResourceId }[]
  readonly onSite: ResourceId | undefined
  readonly equipment: readonly ResourceId[]
}

/**
 * Chooses one of those who would do for each need, nobody twice; goes back when a choice leaves nobody for the next
 * need. The lists are tried in their order, so a preference is an order.
 */
export function pick(grid: DiaryGrid, shape: VisitShape, minute: number): Picked | undefined {
  const until = minute + shape.lengthMin
  const clear = (id: ResourceId, from: number, to: number) => !anyIn(grid.held.get(id), from, to)
  const here = (id: ResourceId) => !anyIn(grid.off.get(id), minute, until)
  const place = shape.places?.find((p) => clear(p.id, minute - shape.beforeMin, until + p.afterMin))
  if (shape.places && !place) return undefined
  const staff: { part: StaffPart; id: ResourceId }[] = []
  const choose = (index: number): boolean => {
    const need = shape.staff[index]
    if (!need) return true
    for (const id of need.ids) {
      if (staff.some((s) => s.id === id) || !here(id) || !clear(id, minute, until)) continue
      staff.push({ part: need.part, id })
      if (choose(index + 1)) return true
      staff.pop()
    }
    return false
  }
  if (!choose(0)) return undefined
  const onSite = shape.onSite?.find((id) => !grid.weekless.has(id) && here(id))
  if (shape.onSite && !onSite) return undefined
  const equipment: ResourceId[] = []
  for (const need of shape.equipment) {
    const item = need.ids.find(
      (id) => !equipment.includes(id) && clear(id, minute - shape.beforeMin, until + need.afterMin),
    )
    if (!item) return undefined
    equipment.push(item)
  }
  return { place: place?.id, staff, onSite, equipment }
}

function anyIn(bits: Minutes | undefined, from: number, to: number): boolean {
  if (!bits) return false
  for (let m = Math.max(0, from); m < to; m++) if (hasBit(bits, m)) return true
  return false
}

export function instantOf(grid: DiaryGrid, minute: number): Instant {
  return instantFromMs(grid.zeroMs + minute * MINUTE_MS)
}

/** Which day of the grid an instant falls on, 0 for its first; negative or beyond when it lies outside. */
export function dayIndex(grid: DiaryGrid, at: Instant): number {
  return daysBetween(grid.firstDay, localDateOf(at, grid.timeZone))
}
