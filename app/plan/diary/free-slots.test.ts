import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Id, MembershipId } from '../../platform/ids.ts'
import {
  addMs,
  type Instant,
  instantAt,
  MINUTE_MS,
  parseInstant,
  parseLocalDate,
  toMs,
} from '../../platform/time.ts'
import { withinHours } from './calendar.ts'
import type { Leave, WorkingWeek } from './diary-entry.ts'
import { type DiaryGrid, freeSlots, type GridFacts, layOut, type VisitShape } from './free-slots.ts'
import { clashes, type Hold, type ResourceId, resource, type StoredHold } from './hold.ts'
import { blockedStarts, clearRange, emptyBits, fillRange, hasBit, invert } from './minutes.ts'

const timeZone = 'America/New_York'
const calendar = {
  timeZone,
  openingHours: [
    { days: 'Monday to Thursday', opens: '08:00', closes: '18:00' },
    { days: 'Friday', opens: '08:00', closes: '16:00' },
    { days: 'Saturday and Sunday', opens: '', closes: '' },
  ],
}
const id = (name: string) => name as unknown as ResourceId
const facts: GridFacts = { calendar, weeks: [], leaves: [], memberIds: [] }
const hold = (name: string, from: string, minutes: number): StoredHold => ({
  appointmentId: 'x' as StoredHold['appointmentId'],
  kind: 'chair',
  resourceId: id(name),
  sharing: 'alone',
  part: undefined,
  from: parseInstant(from),
  until: addMs(parseInstant(from), minutes * MINUTE_MS),
})
const shape: VisitShape = {
  lengthMin: 180,
  beforeMin: 0,
  personId: id('robin'),
  places: [{ id: id('one'), afterMin: 15 }],
  staff: [{ part: 'nurse', ids: [id('nadia')] }],
  onSite: undefined,
  equipment: [],
}
const grid = (
  holds: readonly StoredHold[],
  firstDay = '2026-11-23',
  days = 14,
  more: Partial<GridFacts> = {},
) => layOut({ ...facts, ...more }, holds, parseLocalDate(firstDay), days)
const wall = (day: string, time: string) => instantAt(parseLocalDate(day), time, timeZone)

describe('minutes', () => {
  const length = 200
  const ranges = fc.array(fc.tuple(fc.integer({ min: -5, max: 205 }), fc.integer({ min: 0, max: 40 })), {
    maxLength: 6,
  })
  const asSet = (bits: ReturnType<typeof emptyBits>) =>
    Array.from({ length }, (_, m) => m).filter((m) => hasBit(bits, m))

  it('are filled, cleared and inverted like a plain set', () => {
    fc.assert(
      fc.property(ranges, ranges, (filled, cleared) => {
        const bits = emptyBits(length)
        const plain = new Set<number>()
        for (const [from, n] of filled) {
          fillRange(bits, from, from + n)
          for (let m = Math.max(0, from); m < Math.min(length, from + n); m++) plain.add(m)
        }
        for (const [from, n] of cleared) {
          clearRange(bits, from, from + n)
          for (let m = from; m < from + n; m++) plain.delete(m)
        }
        expect(asSet(bits)).toEqual([...plain].sort((a, b) => a - b))
        expect(asSet(invert(bits, length))).toEqual(
          Array.from({ length }, (_, m) => m).filter((m) => !plain.has(m)),
        )
      }),
    )
  })

  it('say where a span meets something set, as looking at each minute does', () => {
    fc.assert(
      fc.property(
        ranges,
        fc.integer({ min: 0, max: 70 }),
        fc.integer({ min: 1, max: 90 }),
        (filled, before, after) => {
          const bits = emptyBits(length)
          for (const [from, n] of filled) fillRange(bits, from, Math.min(length, from + n))
          const blocked = (s: number) => {
            if (s + after > length) return true
            for (let m = Math.max(0, s - before); m < s + after; m++) if (hasBit(bits, m)) return true
            return false
          }
          expect(asSet(blockedStarts(bits, length, before, after))).toEqual(
            Array.from({ length }, (_, m) => m).filter(blocked),
          )
        },
      ),
    )
  })
})

describe('the next free times', () => {
  it('begin after what is taken, and stay within opening hours', () => {
    const busy = [hold('one', '2026-11-27T14:00:00Z', 195)]
    // Friday closes at 16:00: after the chair is clean at 12:15 only 12:15 to 13:00 are left, then Monday 08:00.
    expect(freeSlots(grid(busy), shape, parseInstant('2026-11-27T14:00:00Z'), 6)).toEqual([
      '2026-11-27T17:15:00.000Z',
      '2026-11-27T17:30:00.000Z',
      '2026-11-27T17:45:00.000Z',
      '2026-11-27T18:00:00.000Z',
      '2026-11-30T13:00:00.000Z',
      '2026-11-30T13:15:00.000Z',
    ])
  })

  it('are found when the clinic has written down no hours, from nine to five', () => {
    const none = { ...facts, calendar: { ...calendar, openingHours: [] } }
    expect(
      freeSlots(
        layOut(none, [], parseLocalDate('2026-11-28'), 3),
        shape,
        parseInstant('2026-11-28T00:00:00Z'),
        1,
      ),
    ).toEqual(['2026-11-28T14:00:00.000Z'])
  })

  it('leave out closed days, and keep the hours of a day that differs', () => {
    const closures = [
      { day: parseLocalDate('2026-11-26'), hours: 'closed' as const },
      { day: parseLocalDate('2026-11-27'), hours: { opens: '10:00', closes: '13:15' } },
    ]
    const with2 = grid([], '2026-11-26', 3, { calendar: { ...calendar, closures } })
    expect(freeSlots(with2, shape, wall('2026-11-26', '00:00'), 9)).toEqual([
      wall('2026-11-27', '10:00'),
      wall('2026-11-27', '10:15'),
    ])
  })

  const nadia = 'nadia' as MembershipId
  const week: WorkingWeek = {
    membershipId: nadia,
    validFrom: parseLocalDate('2026-11-01'),
    hours: [
      { weekday: 1, from: '08:00', until: '12:00' },
      { weekday: 1, from: '12:00', until: '15:00' },
      { weekday: 2, from: '09:00', until: '12:15' },
    ],
  }
  const leave: Leave = {
    id: 'leave' as Leave['id'],
    membershipId: nadia,
    from: wall('2026-11-24', '00:00'),
    until: wall('2026-11-25', '00:00'),
    kind: 'away',
  }
  it('keep to the hours of whoever is needed, and to their leave', () => {
    const at = (leaves: readonly Leave[]) =>
      freeSlots(
        grid([], '2026-11-23', 7, { weeks: [week], leaves, memberIds: [nadia] }),
        shape,
        wall('2026-11-23', '11:30'),
        9,
      )
    const monday = [wall('2026-11-23', '11:30'), wall('2026-11-23', '11:45'), wall('2026-11-23', '12:00')]
    expect(at([])).toEqual([...monday, wall('2026-11-24', '09:00'), wall('2026-11-24', '09:15')])
    expect(at([leave])).toEqual(monday)
  })

  it('need a prescriber whose hours are known, and share one', () => {
    const asked = { ...shape, onSite: [id('nadia')] }
    const known = grid([], '2026-11-23', 7, { weeks: [week], memberIds: [nadia] })
    expect(freeSlots(known, asked, wall('2026-11-24', '00:00'), 9)).toHaveLength(2)
    expect(
      freeSlots(grid([], '2026-11-23', 7, { memberIds: [nadia] }), asked, wall('2026-11-24', '00:00'), 9),
    ).toEqual([])
  })

  it('never take one member for two parts at once', () => {
    const both = {
      ...shape,
      staff: [
        { part: 'nurse', ids: [id('nadia')] },
        { part: 'therapist', ids: [id('nadia')] },
      ],
    } as const
    expect(freeSlots(grid([]), both, wall('2026-11-23', '08:00'), 1)).toEqual([])
  })

  // Clocks go back on 1 November 2026 and forward on 14 March 2027, both on a Sunday at two in the morning.
  const sundays = {
    ...facts,
    calendar: { timeZone, openingHours: [{ days: 'daily', opens: '00:30', closes: '06:00' }] },
  }
  it.each([
    ['in autumn, when the night has an hour more', '2026-11-01', 4 * 4 - 1 + 4],
    ['in spring, when it has an hour less', '2027-03-14', 4 * 4 - 1 - 4],
    ['on any other night', '2026-11-08', 4 * 4 - 1],
  ])('fit an hour and three quarters %s', (_case, day, count) => {
    const found = freeSlots(
      layOut(sundays, [], parseLocalDate(day), 1),
      { ...shape, lengthMin: 105, places: undefined },
      wall(day, '00:00'),
      99,
    )
    // Open for 5.5 hours by the clock: 15 quarter-hour starts, four more or fewer when the clocks change.
    expect(found).toHaveLength(count + 1)
    expect(found[0]).toBe(wall(day, '00:30'))
    expect(addMs(found.at(-1)!, 105 * MINUTE_MS)).toBe(wall(day, '06:00'))
  })

  it('are those that looking at every quarter of an hour finds, whatever is booked', () => {
    const people = ['robin', 'one', 'two', 'nadia', 'tomas', 'pump']
    const holds = fc.array(
      fc
        .tuple(
          fc.constantFrom(...people),
          fc.integer({ min: 0, max: 7 * 24 * 12 }),
          fc.integer({ min: 1, max: 60 }),
        )
        .map(([who, five, length]) =>
          hold(who, addMs(parseInstant('2026-10-30T04:00:00Z'), five * 5 * MINUTE_MS), length * 5),
        ),
      { maxLength: 60 },
    )
    const wanted: VisitShape = {
      ...shape,
      beforeMin: 10,
      lengthMin: 95,
      places: [
        { id: id('one'), afterMin: 15 },
        { id: id('two'), afterMin: 30 },
      ],
      staff: [{ part: 'nurse', ids: [id('nadia'), id('tomas')] }],
      equipment: [{ ids: [id('pump')], afterMin: 20 }],
    }
    fc.assert(
      fc.property(holds, (busy) => {
        const from = parseInstant('2026-10-30T16:20:00Z')
        const laid = layOut(facts, busy, parseLocalDate('2026-10-30'), 7)
        expect(freeSlots(laid, wanted, from, 1000)).toEqual(plainScan(laid, wanted, busy, from))
      }),
      { numRuns: 60 },
    )
  })
})

/** The same answer by looking at every quarter of an hour and every hold. */
function plainScan(laid: DiaryGrid, wanted: VisitShape, busy: readonly Hold[], from: Instant): Instant[] {
  const free = (who: ResourceId, start: Instant, before: number, after: number) =>
    clashes(
      [
        {
          kind: 'chair',
          resourceId: who,
          sharing: 'alone',
          part: undefined,
          from: addMs(start, -before * MINUTE_MS),
          until: addMs(start, (wanted.lengthMin + after) * MINUTE_MS),
        },
      ],
      busy,
    ).length === 0
  const found: Instant[] = []
  for (let minute = 0; minute < laid.length; minute += 15) {
    const start = addMs(parseInstant(new Date(laid.zeroMs).toISOString()), minute * MINUTE_MS)
    if (start < from) continue
    if (withinHours(calendar, start, addMs(start, wanted.lengthMin * MINUTE_MS)) !== 'open') continue
    if (!free(wanted.personId, start, 0, 0)) continue
    if (!wanted.places!.some((p) => free(p.id, start, wanted.beforeMin, p.afterMin))) continue
    if (!wanted.staff.every((s) => s.ids.some((who) => free(who, start, 0, 0)))) continue
    if (!wanted.equipment.every((e) => e.ids.some((who) => free(who, start, wanted.beforeMin, e.afterMin))))
      continue
    found.push(start)
  }
  return found
}

it('an id of a person names the same resource', () => {
  expect(resource('robin' as Id<'person'>)).toBe(id('robin'))
  expect(toMs(wall('2026-11-23', '08:00'))).toBe(Date.parse('2026-11-23T13:00:00Z'))
})
