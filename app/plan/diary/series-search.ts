import { addDays, type Instant, type LocalDate, MINUTE_MS, timeInWords, toMs } from '../../platform/time.ts'
import {
  type DiaryGrid,
  dayIndex,
  instantOf,
  memberStarts,
  type NeedName,
  type Picked,
  pick,
  STEP_MIN,
  startsByNeed,
  type VisitShape,
} from './free-slots.ts'
import type { ResourceId } from './hold.ts'
import { hasBit, intersect, type Minutes } from './minutes.ts'
import type { WindowBefore } from './spacing.ts'

/** A whole series that is looked for. */
export type SeriesWish = {
  readonly shape: VisitShape
  /** Numbers of the sessions to be placed, ascending. */
  readonly sessions: readonly number[]
  /** Sessions that stand already, as the others must keep their distance to them. */
  readonly standing: readonly { readonly sessionNumber: number; readonly startsAt: Instant }[]
  readonly windowBefore: WindowBefore
  /** No session before it. */
  readonly from: Instant
  /** Preferred time on the clinic's clock, "09:00"; without it the first session sets the time. */
  readonly time?: string | undefined
  /** Preferred place: where the sessions that stand are. */
  readonly place?: ResourceId | undefined
}

export type FoundVisit = { readonly sessionNumber: number; readonly startsAt: Instant; readonly with: Picked }

/**
 * Why there is none: the first session that fits nowhere, the days it could be on, and what each need alone says. With
 * "past-last-day" the first day looked at and the last the protocol allows, which is before it.
 */
export type NoSeries = {
  readonly sessionNumber: number
  readonly fromDay: LocalDate
  readonly toDay: LocalDate
  /**
   * Needs that by themselves are free at no time of those days; "together" when each is, but never at once;
   * "between-standing" when no free day keeps the distances to all sessions that stand.
   */
  readonly missing: readonly (
    | NeedName
    | 'together'
    | 'between-standing'
    | 'past-last-day'
    | 'spacing-not-known'
  )[]
}

export type SeriesAnswer =
  | { readonly ok: true; readonly visits: readonly FoundVisit[] }
  | { readonly ok: false; readonly why: NoSeries }

/** How many days the first session may wait for a better fit of the whole, and what a day costs. */
const FIRST_DAYS = 7
const COST = { dayLater: 4, offTarget: 6, quarterOff: 1, otherNurse: 8 } as const

/**
 * Dates for a whole series inside the spacing windows, at the same time on the clock, on the day the window aims at, with
 * the same nurse wherever that can be. Searches all combinations of days at least cost: from the last session back,
 * each day keeps its best continuation, so nothing is tried twice.
 *
 * @example searchSeries(grid, { shape, sessions: [1, 2, 3], standing: [], windowBefore, from })
 */
export function searchSeries(grid: DiaryGrid, wish: SeriesWish): SeriesAnswer {
  const { shape, sessions } = wish
  const needs = startsByNeed(grid, shape)
  const free = needs.map((n) => n.free).reduce((a, b) => intersect(a, b))
  const firstSession = sessions[0]
  if (firstSession === undefined) return { ok: true, visits: [] }
  const unknown = sessions.slice(1).find((n) => !wish.windowBefore(n))
  if (unknown !== undefined) return { ok: false, why: none(grid, unknown, 0, 0, ['spacing-not-known']) }
  const earliest = Math.ceil((toMs(wish.from) - grid.zeroMs) / MINUTE_MS)
  const days = startsByDay(grid, shape, free, earliest)
  const reach = reachableDays(grid, wish, days)
  if (!reach.ok) return { ok: false, why: explain(grid, needs, free, earliest, reach) }
  const others = needs.filter((n) => n.need !== shape.staff[0]?.part).map((n) => n.free)
  const freeWith = new Map(
    (shape.staff[0]?.ids ?? []).map((id) => [
      id,
      others.reduce((a, b) => intersect(a, b), memberStarts(grid, id, shape.lengthMin)),
    ]),
  )
  let best: { cost: number; plan: Planned[]; nurse: ResourceId | undefined } | undefined
  const firstDays = reach.days.get(firstSession)!
  const before = wish.standing.find((s) => s.sessionNumber === firstSession - 1)
  const aim = before && wish.windowBefore(firstSession)
  const costOfDay = (day: number) =>
    aim
      ? Math.abs(day - dayIndex(grid, before.startsAt) - aim.targetDays) * COST.offTarget
      : (day - firstDays[0]!) * COST.dayLater
  let tried = 0
  for (const firstDay of firstDays) {
    if (tried === FIRST_DAYS) break
    if (best) tried++
    for (const start of days[firstDay]!) {
      const preferred = wish.time ? minutesOf(wish.time) : wallMinutes(grid, start)
      const nurse = preferredNurse(grid, freeWith, days, start, preferred)
      const nurseFree = nurse && freeWith.get(nurse)
      const cheapest = (day: number) => cheapestStart(grid, days[day]!, day, preferred, nurseFree)
      const plan = continueFrom(wish, reach.days, firstDay, start, cheapest, (s) =>
        startCost(grid, s, firstDay, preferred, nurseFree),
      )
      if (!plan) continue
      const cost = plan.cost + costOfDay(firstDay)
      if (!best || cost < best.cost) best = { cost, plan: plan.visits, nurse }
    }
  }
  // Every day that can be reached has a way back to a first day, so there is always one.
  if (!best) throw new Error('sessions can be reached and yet there is no way through them')
  const visits: FoundVisit[] = []
  for (const { sessionNumber, start } of best.plan) {
    const found = pick(grid, prefer(shape, best.nurse, visits.at(-1)?.with.place ?? wish.place), start)
    if (!found) throw new Error('a free start without a combination')
    visits.push({ sessionNumber, startsAt: instantOf(grid, start), with: found })
  }
  return { ok: true, visits }
}

type Planned = { readonly sessionNumber: number; readonly start: number }

/** Quarter-hour starts of each day at which some combination is really there. */
function startsByDay(grid: DiaryGrid, shape: VisitShape, free: Minutes, earliest: number): number[][] {
  return grid.dayStart.slice(0, -1).map((from, day) => {
    const starts: number[] = []
    for (
      let m = Math.max(from, Math.ceil(earliest / STEP_MIN) * STEP_MIN);
      m < grid.dayStart[day + 1]!;
      m += STEP_MIN
    )
      if (hasBit(free, m) && (shape.staff.length < 2 || pick(grid, shape, m))) starts.push(m)
    return starts
  })
}

type Reach =
  | { readonly ok: true; readonly days: ReadonlyMap<number, readonly number[]> }
  | { readonly ok: false; readonly session: number; readonly from: number; readonly to: number }

/** Which days each session can be on, seen from the sessions before it and those that stand after it. */
function reachableDays(grid: DiaryGrid, wish: SeriesWish, starts: readonly number[][]): Reach {
  const standing = new Map(wish.standing.map((s) => [s.sessionNumber, dayIndex(grid, s.startsAt)]))
  const days = new Map<number, readonly number[]>()
  for (const session of wish.sessions) {
    const before = standing.has(session - 1) ? [standing.get(session - 1)!] : days.get(session - 1)
    const window = before && wish.windowBefore(session)
    const after = standing.get(session + 1)
    const next = after === undefined ? undefined : wish.windowBefore(session + 1)
    const from = Math.max(
      window ? Math.min(...before!) + window.earliestDays : 0,
      next ? after! - next.latestDays : 0,
    )
    const to = Math.min(
      window ? Math.max(...before!) + window.latestDays : Number.POSITIVE_INFINITY,
      next ? after! - next.earliestDays : Number.POSITIVE_INFINITY,
    )
    const within: number[] = []
    for (let day = Math.max(0, from); day <= Math.min(to, starts.length - 1); day++) {
      if (starts[day]!.length === 0) continue
      if (window && !before!.some((b) => day - b >= window.earliestDays && day - b <= window.latestDays))
        continue
      if (next && (after! - day < next.earliestDays || after! - day > next.latestDays)) continue
      within.push(day)
    }
    if (within.length === 0) return { ok: false, session, from, to }
    days.set(session, within)
  }
  return { ok: true, days }
}

/** The cheapest way through the sessions after the first, by day; undefined when there is none from here. */
function continueFrom(
  wish: SeriesWish,
  reach: ReadonlyMap<number, readonly number[]>,
  firstDay: number,
  firstStart: number,
  cheapest: (day: number) => { readonly start: number; readonly cost: number },
  costOfFirst: (start: number) => number,
): { readonly cost: number; readonly visits: Planned[] } | undefined {
  const known = new Map<number, { readonly start: number; readonly cost: number }>()
  const at = (day: number) => {
    let found = known.get(day)
    if (!found) {
      found = cheapest(day)
      known.set(day, found)
    }
    return found
  }
  /** The best way from session i to the end, when it is on a day. */
  let later = new Map<number, { readonly cost: number; readonly visits: Planned[] }>()
  for (let i = wish.sessions.length - 1; i >= 1; i--) {
    const session = wish.sessions[i]!
    const here = new Map<number, { readonly cost: number; readonly visits: Planned[] }>()
    for (const day of reach.get(session)!) {
      const rest = restFrom(wish, i, day, later)
      if (!rest) continue
      const { start, cost } = at(day)
      here.set(day, { cost: cost + rest.cost, visits: [{ sessionNumber: session, start }, ...rest.visits] })
    }
    later = here
  }
  const rest = restFrom(wish, 0, firstDay, later)
  return (
    rest && {
      cost: costOfFirst(firstStart) + rest.cost,
      visits: [{ sessionNumber: wish.sessions[0]!, start: firstStart }, ...rest.visits],
    }
  )
}

function restFrom(
  wish: SeriesWish,
  index: number,
  day: number,
  later: ReadonlyMap<number, { readonly cost: number; readonly visits: Planned[] }>,
): { readonly cost: number; readonly visits: Planned[] } | undefined {
  const next = wish.sessions[index + 1]
  if (next === undefined) return { cost: 0, visits: [] }
  // A session that stands between them has its own windows; then only the order counts here.
  const window = next === wish.sessions[index]! + 1 ? wish.windowBefore(next) : undefined
  let best: { cost: number; visits: Planned[] } | undefined
  for (const [other, rest] of later) {
    const gap = other - day
    if (gap < (window?.earliestDays ?? 1) || (window && gap > window.latestDays)) continue
    const cost = rest.cost + (window ? Math.abs(gap - window.targetDays) * COST.offTarget : 0)
    if (!best || cost < best.cost) best = { cost, visits: rest.visits }
  }
  return best
}

function cheapestStart(
  grid: DiaryGrid,
  starts: readonly number[],
  day: number,
  preferred: number,
  nurseFree: Minutes | undefined,
): { readonly start: number; readonly cost: number } {
  let best = { start: starts[0]!, cost: Number.POSITIVE_INFINITY }
  for (const start of starts) {
    const cost = startCost(grid, start, day, preferred, nurseFree)
    if (cost < best.cost) best = { start, cost }
  }
  return best
}

function startCost(
  grid: DiaryGrid,
  start: number,
  day: number,
  preferred: number,
  nurseFree: Minutes | undefined,
): number {
  const plain = grid.dayStart[day + 1]! - grid.dayStart[day]! === 1440
  const clock = plain ? start - grid.dayStart[day]! : wallMinutes(grid, start)
  return (
    (Math.abs(clock - preferred) / STEP_MIN) * COST.quarterOff +
    (nurseFree && !hasBit(nurseFree, start) ? COST.otherNurse : 0)
  )
}

/** Who is free at this start and, on most other days, at this time. */
function preferredNurse(
  grid: DiaryGrid,
  freeWith: ReadonlyMap<ResourceId, Minutes>,
  days: readonly (readonly number[])[],
  start: number,
  preferred: number,
): ResourceId | undefined {
  let best: { id: ResourceId; days: number } | undefined
  for (const [id, free] of freeWith) {
    if (!hasBit(free, start)) continue
    let count = 0
    for (let day = 0; day < days.length; day++) {
      const minute = grid.dayStart[day]! + preferred
      if (minute < grid.length && hasBit(free, minute)) count++
    }
    if (!best || count > best.days) best = { id, days: count }
  }
  return best?.id
}

/** The same needs with those who were there before tried first. */
function prefer(shape: VisitShape, nurse: ResourceId | undefined, place: ResourceId | undefined): VisitShape {
  return {
    ...shape,
    staff: shape.staff.map((need, i) =>
      i === 0 && nurse ? { ...need, ids: [nurse, ...need.ids.filter((id) => id !== nurse)] } : need,
    ),
    places: place
      ? shape.places && [
          ...shape.places.filter((p) => p.id === place),
          ...shape.places.filter((p) => p.id !== place),
        ]
      : shape.places,
  }
}

function explain(
  grid: DiaryGrid,
  needs: ReturnType<typeof startsByNeed>,
  free: Minutes,
  earliest: number,
  reach: Extract<Reach, { ok: false }>,
): NoSeries {
  if (reach.to < 0) return none(grid, reach.session, 0, reach.to, ['past-last-day'])
  const from = Math.max(0, reach.from)
  if (from > reach.to) return none(grid, reach.session, reach.to, from, ['between-standing'])
  const to = Math.min(reach.to, grid.dayStart.length - 2)
  const anyOn = (bits: Minutes) => {
    for (let m = Math.max(grid.dayStart[from] ?? 0, earliest); m < (grid.dayStart[to + 1] ?? 0); m++)
      if (m % STEP_MIN === 0 && hasBit(bits, m)) return true
    return false
  }
  const missing = needs.filter((n) => !anyOn(n.free)).map((n) => n.need)
  if (missing.length > 0) return none(grid, reach.session, from, to, missing)
  return none(grid, reach.session, from, to, [anyOn(free) ? 'between-standing' : 'together'])
}

function none(
  grid: DiaryGrid,
  sessionNumber: number,
  from: number,
  to: number,
  missing: NoSeries['missing'],
): NoSeries {
  return { sessionNumber, fromDay: addDays(grid.firstDay, from), toDay: addDays(grid.firstDay, to), missing }
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}

/** Minutes since midnight on the clinic's clock. */
function wallMinutes(grid: DiaryGrid, minute: number): number {
  return minutesOf(timeInWords(instantOf(grid, minute), grid.timeZone))
}
