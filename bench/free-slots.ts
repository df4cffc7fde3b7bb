import { weekdayOf } from '../app/plan/diary/calendar.ts'
import { type GridFacts, layOut, type VisitShape } from '../app/plan/diary/free-slots.ts'
import type { ResourceId, StoredHold } from '../app/plan/diary/hold.ts'
import { searchSeries } from '../app/plan/diary/series-search.ts'
import type { MembershipId } from '../app/platform/ids.ts'
import {
  addDays,
  addMs,
  type Instant,
  instantAt,
  type LocalDate,
  localDateOf,
  MINUTE_MS,
  parseLocalDate,
  toMs,
} from '../app/platform/time.ts'
import { type Measure, median, quantile, timed } from './figure.ts'

const ZONE = 'America/New_York'
const FIRST = parseLocalDate('2026-10-05')
const DAYS = 56
const CHAIRS = ids('chair', 12)
const STAFF = ids('staff', 10)
const NURSES = STAFF.slice(0, 7)
const THERAPISTS = STAFF.slice(7, 9)
const PRESCRIBER = STAFF.slice(9)

/**
 * Free slots for a series of six over eight weeks, with 12 chairs, 10 staff (each with a written week) and 2,000 bookings;
 * laying the diary out by minutes is part of it. Beside it the plain way in the same run: every quarter of an hour, every
 * chair, every nurse, every booking, the first that fits.
 */
export const measure: Measure = async ({ smoke }) => {
  const holds = bookings(2000)
  const facts = clinicFacts()
  const ours = (i: number) => {
    const answer = searchSeries(layOut(facts, holds, FIRST, DAYS), wish(i))
    if (!answer.ok) throw new Error(`the bench found no series: ${JSON.stringify(answer.why)}`)
    return answer
  }
  const plain = (i: number) => plainSeries(facts, holds, i)
  // Both must keep the windows, else there is nothing to compare.
  if (plain(0).length !== 6) throw new Error('the plain way found no series')
  const rounds = smoke ? 3 : 60
  const taken = await timed(rounds, ours, smoke ? 1 : 5)
  const byScan = await timed(smoke ? 1 : 5, plain, 0)
  const how = `${holds.length} holds of 2,000 bookings, ${CHAIRS.length} chairs, ${STAFF.length} staff, ${DAYS} days, ${rounds} rounds`
  return [
    {
      name: 'series of six over eight weeks, median (target 50 ms)',
      unit: 'ms',
      ours: median(taken),
      peer: { name: 'plain scan, first that fits', value: median(byScan) },
      how,
    },
    { name: 'the same, p99', unit: 'ms', ours: quantile(taken, 0.99), how },
  ]
}

function ids(kind: string, count: number): ResourceId[] {
  return Array.from({ length: count }, (_, i) => `${kind}-${i}` as unknown as ResourceId)
}

function shapeFor(i: number): VisitShape {
  return {
    lengthMin: 180,
    beforeMin: 0,
    personId: `person-${i}` as unknown as ResourceId,
    places: CHAIRS.map((id) => ({ id, afterMin: 15 })),
    staff: [{ part: 'nurse', ids: NURSES }],
    onSite: PRESCRIBER,
    equipment: [],
  }
}

const WINDOW = { earliestDays: 6, targetDays: 7, latestDays: 10 }

function wish(i: number) {
  return {
    shape: shapeFor(i),
    sessions: [1, 2, 3, 4, 5, 6],
    standing: [],
    windowBefore: () => WINDOW,
    from: instantAt(FIRST, '08:00', ZONE),
  }
}

function clinicFacts(): GridFacts {
  const memberIds = STAFF as unknown as MembershipId[]
  return {
    calendar: {
      timeZone: ZONE,
      openingHours: [
        { days: 'Monday to Friday', opens: '08:00', closes: '18:00' },
        { days: 'Saturday and Sunday', opens: '', closes: '' },
      ],
    },
    weeks: memberIds.map((membershipId) => ({
      membershipId,
      validFrom: parseLocalDate('2026-01-01'),
      hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '08:00', until: '18:00' })),
    })),
    leaves: [],
    memberIds,
  }
}

/** 400 dosing visits and 1,600 shorter ones, none over another, from a fixed seed. */
function bookings(count: number): StoredHold[] {
  const random = mulberry(20261123)
  const holds: StoredHold[] = []
  const busy = new Map<ResourceId, [number, number][]>()
  const free = (id: ResourceId, from: number, until: number) =>
    (busy.get(id) ?? []).every(([a, b]) => until <= a || b <= from)
  const take = (n: number, kind: StoredHold['kind'], id: ResourceId, from: number, until: number) => {
    busy.set(id, [...(busy.get(id) ?? []), [from, until]])
    holds.push({
      appointmentId: `a-${n}` as StoredHold['appointmentId'],
      kind,
      resourceId: id,
      sharing: 'alone',
      part: kind === 'staff' ? 'nurse' : undefined,
      from: new Date(from).toISOString() as Instant,
      until: new Date(until).toISOString() as Instant,
    })
  }
  for (let n = 0; n < count; ) {
    const day = addDays(FIRST, Math.floor(random() * DAYS))
    if (weekdayOf(day) % 6 === 0) continue
    const dosing = n < 400
    const minutes = dosing ? 180 : 30
    const from =
      toMs(instantAt(day, '08:00', ZONE)) + Math.floor((random() * (600 - minutes)) / 15) * 15 * MINUTE_MS
    const until = from + minutes * MINUTE_MS
    const able = dosing ? NURSES : [...NURSES, ...THERAPISTS, ...PRESCRIBER]
    const who = able.find((id) => free(id, from, until))
    const chair = dosing ? CHAIRS.find((id) => free(id, from, until + 15 * MINUTE_MS)) : undefined
    if (!who || (dosing && !chair)) continue
    take(n, 'staff', who, from, until)
    take(n, 'person', `patient-${n % 300}` as unknown as ResourceId, from, until)
    if (chair) take(n, 'chair', chair, from, until + 15 * MINUTE_MS)
    n++
  }
  return holds
}

/** The first free chair and nurse of every quarter of an hour, compared with every hold, each session as early as it may. */
function plainSeries(facts: GridFacts, holds: readonly StoredHold[], i: number): Instant[] {
  const shape = shapeFor(i)
  const free = (id: ResourceId, from: Instant, until: Instant) =>
    holds.every((h) => h.resourceId !== id || until <= h.from || h.until <= from)
  const fits = (start: Instant) => {
    const until = addMs(start, shape.lengthMin * MINUTE_MS)
    return (
      free(shape.personId, start, until) &&
      shape.places!.some((p) => free(p.id, start, addMs(until, p.afterMin * MINUTE_MS))) &&
      shape.staff[0]!.ids.some((id) => free(id, start, until))
    )
  }
  const found: Instant[] = []
  const place = (day: LocalDate): boolean => {
    if (weekdayOf(day) % 6 === 0) return false
    for (let quarter = 0; quarter <= 28; quarter++) {
      const start = addMs(instantAt(day, '08:00', facts.calendar.timeZone), quarter * 15 * MINUTE_MS)
      if (!fits(start)) continue
      found.push(start)
      if (found.length === 6) return true
      for (let gap = WINDOW.earliestDays; gap <= WINDOW.latestDays; gap++)
        if (place(addDays(localDateOf(start, ZONE), gap))) return true
      found.pop()
      return false
    }
    return false
  }
  for (let day = 0; day < DAYS && found.length === 0; day++) place(addDays(FIRST, day))
  return found
}

function mulberry(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
