import type { PersonId } from '../../../platform/ids.ts'
import { addMs, type Instant, localDateOf, MINUTE_MS, toMs } from '../../../platform/time.ts'
import { DOSING, typesOf } from '../../diary/appointment-type.ts'
import type { DiaryFacts } from '../../diary/diary-facts.ts'
import {
  type DiaryGrid,
  instantOf,
  type Picked,
  pick,
  STEP_MIN,
  startsByNeed,
  type VisitShape,
} from '../../diary/free-slots.ts'
import type { StoredHold } from '../../diary/hold.ts'
import { hasBit, intersect, type Minutes } from '../../diary/minutes.ts'
import { typeForRoute } from '../../diary/needs-by-route.ts'
import { gridOf, shapeOf } from '../../diary/place-visit.ts'
import type { AppointmentId } from '../../plan.ts'
import { plannedSessions, spacingBefore } from '../course.ts'
import { type Protocol, type SpacingWindow, visitMin } from '../protocol.ts'

/** So long a first day is looked for that leads through the whole course. */
const LOOK_DAYS = 28

/** One visit that found its place. */
export type PlacedSession = {
  readonly sessionNumber: number
  readonly startsAt: Instant
  readonly with: Picked
}

type PlacedCourse =
  | { readonly ok: true; readonly visits: readonly PlacedSession[] }
  | { readonly ok: false; readonly missing: readonly string[] }

/**
 * Puts a whole course into the diary as a coordinator would in a hurry: each visit on the free day nearest to the one
 * aimed at, at the earliest time; when that leads nowhere, from a later first day. Takes what it placed from those
 * who come later.
 */
export function placeCourse(
  protocol: Protocol,
  personId: PersonId,
  ready: Instant,
  diary: DiaryFacts,
  holds: StoredHold[],
): PlacedCourse {
  const count = plannedSessions(protocol)
  const dosing = typesOf(diary.types).find((each) => each.code === DOSING)
  const type = dosing && typeForRoute(dosing, protocol.route)
  if (count === 0 || !type) return { ok: false, missing: ['spacing-not-known'] }
  const windows = Array.from({ length: count }, (_, i) => spacingBefore(protocol, i + 1))
  if (windows.slice(1).includes(undefined)) return { ok: false, missing: ['spacing-not-known'] }
  const span = windows.reduce((sum, window) => sum + (window?.latestDays ?? 0), 0)
  const shape = shapeOf(diary, { personId, type, lengthMin: visitMin(protocol) })
  const firstDay = localDateOf(ready, diary.clinic.timeZone)
  const grid = gridOf(
    diary,
    holds.filter(({ until }) => until > ready),
    firstDay,
    Math.min(400, span + LOOK_DAYS),
  )
  const needs = startsByNeed(grid, shape)
  const free = needs.map((need) => need.free).reduce((a, b) => intersect(a, b))
  const startOn = memo((day: number) => firstStart(grid, shape, free, day, ready))
  for (let first = 0; first < LOOK_DAYS; first++) {
    const days = daysOfCourse(windows, first, startOn)
    if (!days) continue
    const visits = days.map((day, i) => {
      const { minute, picked } = startOn(day)!
      return { sessionNumber: i + 1, startsAt: instantOf(grid, minute), with: picked }
    })
    holds.push(...visits.flatMap((visit) => holdsOf(protocol, shape, visit)))
    return { ok: true, visits }
  }
  const missing = needs.filter(({ free: alone }) => alone.every((word) => word === 0)).map(({ need }) => need)
  return { ok: false, missing: missing.length > 0 ? missing : ['together'] }
}

type Start = { readonly minute: number; readonly picked: Picked }

/** A day for each session from a first one, each as near as can be to its aim; undefined when one finds none. */
function daysOfCourse(
  windows: readonly (SpacingWindow | undefined)[],
  first: number,
  startOn: (day: number) => Start | undefined,
): readonly number[] | undefined {
  if (!startOn(first)) return undefined
  const days = [first]
  for (const window of windows.slice(1)) {
    const last = days.at(-1)!
    const { earliestDays, targetDays, latestDays } = window!
    const near = Array.from({ length: latestDays - earliestDays + 1 }, (_, i) => earliestDays + i)
      .sort((a, b) => Math.abs(a - targetDays) - Math.abs(b - targetDays) || a - b)
      .find((gap) => startOn(last + gap))
    if (near === undefined) return undefined
    days.push(last + near)
  }
  return days
}

function firstStart(
  grid: DiaryGrid,
  shape: VisitShape,
  free: Minutes,
  day: number,
  ready: Instant,
): Start | undefined {
  const [from, to] = [grid.dayStart[day], grid.dayStart[day + 1]]
  if (from === undefined || to === undefined) return undefined
  const earliest = Math.ceil((toMs(ready) - grid.zeroMs) / MINUTE_MS)
  for (let minute = from; minute < to; minute += STEP_MIN) {
    if (minute < earliest || !hasBit(free, minute)) continue
    const picked = pick(grid, shape, minute)
    if (picked) return { minute, picked }
  }
  return undefined
}

function memo<Value>(work: (key: number) => Value): (key: number) => Value {
  const known = new Map<number, Value>()
  return (key) => {
    if (!known.has(key)) known.set(key, work(key))
    return known.get(key)!
  }
}

/** What a placed visit takes from everybody who comes later. */
function holdsOf(
  protocol: Protocol,
  shape: VisitShape,
  { startsAt, with: taken }: PlacedSession,
): StoredHold[] {
  const lengthMs = visitMin(protocol) * MINUTE_MS
  const hold = (kind: StoredHold['kind'], id: StoredHold['resourceId'], afterMin = 0): StoredHold => ({
    kind,
    resourceId: id,
    sharing: 'alone',
    part: undefined,
    from: addMs(startsAt, kind === 'staff' ? 0 : -shape.beforeMin * MINUTE_MS),
    until: addMs(startsAt, lengthMs + afterMin * MINUTE_MS),
    appointmentId: '' as AppointmentId,
  })
  const place = shape.places?.find((p) => p.id === taken.place)
  return [
    ...(place ? [hold('chair', place.id, place.afterMin)] : []),
    ...taken.staff.map(({ id }) => hold('staff', id)),
    ...taken.equipment.map((id) => hold('equipment', id)),
  ]
}
