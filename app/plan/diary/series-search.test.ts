import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addMs,
  daysBetween,
  type Instant,
  instantAt,
  localDateOf,
  MINUTE_MS,
  parseInstant,
  parseLocalDate,
  timeInWords,
} from '../../platform/time.ts'
import { noSeriesWords } from './find-series.server.ts'
import { layOut, type VisitShape } from './free-slots.ts'
import { clashes, type ResourceId, type StoredHold } from './hold.ts'
import { type SeriesWish, searchSeries } from './series-search.ts'

const timeZone = 'America/New_York'
const calendar = {
  timeZone,
  openingHours: [
    { days: 'Monday to Friday', opens: '08:00', closes: '18:00' },
    { days: 'Saturday and Sunday', opens: '', closes: '' },
  ],
}
const id = (name: string) => name as unknown as ResourceId
const wall = (day: string, time: string) => instantAt(parseLocalDate(day), time, timeZone)
const busy = (who: string, from: Instant, until: Instant): StoredHold => ({
  appointmentId: 'x' as StoredHold['appointmentId'],
  kind: 'staff',
  resourceId: id(who),
  sharing: 'alone',
  part: 'nurse',
  from,
  until,
})
const shape: VisitShape = {
  lengthMin: 180,
  beforeMin: 0,
  personId: id('robin'),
  places: [
    { id: id('one'), afterMin: 15 },
    { id: id('two'), afterMin: 15 },
  ],
  staff: [{ part: 'nurse', ids: [id('nadia'), id('tomas')] }],
  onSite: undefined,
  equipment: [],
}
const weekly = { earliestDays: 6, targetDays: 7, latestDays: 10 }
function search(first: string, holds: readonly StoredHold[], wish: Partial<SeriesWish> = {}, days = 56) {
  const grid = layOut({ calendar, weeks: [], leaves: [], memberIds: [] }, holds, parseLocalDate(first), days)
  return searchSeries(grid, {
    shape,
    sessions: [1, 2, 3],
    standing: [],
    windowBefore: () => weekly,
    from: wall(first, '08:00'),
    ...wish,
  })
}
const words = (answer: ReturnType<typeof search>) =>
  answer.ok
    ? answer.visits.map(
        (v) =>
          `${localDateOf(v.startsAt, timeZone)} ${timeInWords(v.startsAt, timeZone)} ${v.with.staff[0]?.id} ${v.with.place}`,
      )
    : answer.why

describe('a series in an empty diary', () => {
  it.each([
    ['in an ordinary month', '2026-12-01', ['2026-12-01 08:00', '2026-12-08 08:00', '2026-12-15 08:00']],
    [
      'over the end of summer time',
      '2026-10-27',
      ['2026-10-27 08:00', '2026-11-03 08:00', '2026-11-10 08:00'],
    ],
    [
      'over the beginning of summer time',
      '2027-03-09',
      ['2027-03-09 08:00', '2027-03-16 08:00', '2027-03-23 08:00'],
    ],
  ])(
    'is weekly, on the same weekday, at the same time on the clock, with the same nurse and chair: %s',
    (_case, first, dates) => {
      expect(words(search(first, []))).toEqual(dates.map((d) => `${d} nadia one`))
    },
  )

  it('keeps a time that is asked for', () => {
    expect(words(search('2026-12-01', [], { time: '13:30' }))).toEqual([
      '2026-12-01 13:30 nadia one',
      '2026-12-08 13:30 nadia one',
      '2026-12-15 13:30 nadia one',
    ])
  })

  it('follows windows that change on the way', () => {
    const windowBefore = (n: number) =>
      n === 3 ? { earliestDays: 13, targetDays: 14, latestDays: 15 } : weekly
    expect(words(search('2026-12-01', [], { windowBefore }))).toEqual([
      '2026-12-01 08:00 nadia one',
      '2026-12-08 08:00 nadia one',
      '2026-12-22 08:00 nadia one',
    ])
  })
})

describe('a series around what is booked', () => {
  it('prefers the nurse who can come every time', () => {
    const away = [busy('nadia', wall('2026-12-08', '08:00'), wall('2026-12-08', '18:00'))]
    expect(words(search('2026-12-01', away))).toEqual([
      '2026-12-01 08:00 tomas one',
      '2026-12-08 08:00 tomas one',
      '2026-12-15 08:00 tomas one',
    ])
  })

  it('goes to another day of the window when the clinic is full', () => {
    const full = ['one', 'two'].map((c) => busy(c, wall('2026-12-08', '00:00'), wall('2026-12-10', '00:00')))
    const found = search('2026-12-01', full, { from: wall('2026-12-01', '08:00') })
    expect(found.ok).toBe(true)
    const dates = found.ok ? found.visits.map((v) => localDateOf(v.startsAt, timeZone)) : []
    expect(daysBetween(dates[0]!, dates[1]!)).toBeGreaterThanOrEqual(6)
    expect(dates[1]).not.toBe('2026-12-08')
  })

  it('keeps its distance to sessions that stand', () => {
    const standing = [
      { sessionNumber: 1, startsAt: wall('2026-12-01', '09:00') },
      { sessionNumber: 3, startsAt: wall('2026-12-17', '09:00') },
    ]
    const found = search('2026-12-01', [], { sessions: [2], standing, time: '09:00' })
    const date = found.ok ? localDateOf(found.visits[0]!.startsAt, timeZone) : parseLocalDate('2000-01-01')
    expect([6, 7, 8, 9, 10]).toContain(daysBetween(parseLocalDate('2026-12-01'), date))
    expect([6, 7, 8, 9, 10]).toContain(daysBetween(date, parseLocalDate('2026-12-17')))
  })
})

describe('one session found anew', () => {
  const standing = [
    { sessionNumber: 1, startsAt: wall('2026-12-01', '13:30') },
    { sessionNumber: 3, startsAt: wall('2026-12-15', '13:30') },
  ]
  it('is on the day its window aims at, at the time and place of those that stand', () => {
    const wish = { sessions: [2], standing, time: '13:30', place: id('two') }
    expect(words(search('2026-12-01', [], wish))).toEqual(['2026-12-08 13:30 nadia two'])
  })
  it('is elsewhere when that place is taken', () => {
    const taken = [busy('two', wall('2026-12-08', '00:00'), wall('2026-12-09', '00:00'))]
    const wish = { sessions: [2], standing, time: '13:30', place: id('two') }
    expect(words(search('2026-12-01', taken, wish))).toEqual(['2026-12-08 13:30 nadia one'])
  })
  it.each([
    ['the last day after the one before', standing.slice(0, 1), '2026-12-12', 'Fri 11 Dec 2026'],
    ['the last day before the one after', standing.slice(1), '2026-12-10', 'Wed 9 Dec 2026'],
  ])('says that the search begins after %s', (_case, stand, first, last) => {
    const answer = search(first, [], { sessions: [2], standing: stand })
    expect(answer).toMatchObject({ ok: false, why: { missing: ['past-last-day'] } })
    expect(answer.ok ? '' : noSeriesWords(answer.why)).toMatch(`Session 2 may be on ${last} at the latest`)
  })
  it('says that those that stand leave no day', () => {
    const apart = [standing[0]!, { sessionNumber: 3, startsAt: wall('2026-12-31', '13:30') }]
    const answer = search('2026-12-01', [], { sessions: [2], standing: apart })
    expect(answer).toMatchObject({ ok: false, why: { missing: ['between-standing'] } })
    expect(answer.ok ? '' : noSeriesWords(answer.why)).toMatch('all the other sessions that are booked')
  })
})

describe('when there is none it says why', () => {
  const span = [wall('2026-12-07', '00:00'), wall('2026-12-19', '00:00')] as const
  it.each([
    ['no nurse', ['nadia', 'tomas'], ['nurse']],
    ['no chair', ['one', 'two'], ['place']],
    ['the person', ['robin'], ['patient']],
    ['nurses and chairs', ['nadia', 'tomas', 'one', 'two'], ['nurse', 'place']],
  ])('%s', (_case, who, missing) => {
    const answer = search(
      '2026-12-01',
      who.map((w) => busy(w, ...span)),
      {},
      8,
    )
    // Only eight days are looked at, so the first session can only be on the first days, the second from the 7th on.
    expect(answer).toMatchObject({ ok: false, why: { sessionNumber: 2, missing } })
  })

  it('never at once', () => {
    const holds = [
      ...['nadia', 'tomas'].map((w) => busy(w, wall('2026-12-01', '11:00'), wall('2026-12-01', '18:00'))),
      ...['one', 'two'].map((w) => busy(w, wall('2026-12-01', '08:00'), wall('2026-12-01', '11:00'))),
    ]
    expect(search('2026-12-01', holds, { sessions: [1] }, 1)).toMatchObject({
      ok: false,
      why: { sessionNumber: 1, fromDay: '2026-12-01', toDay: '2026-12-01', missing: ['together'] },
    })
  })

  it('a spacing the protocol does not tell', () => {
    expect(search('2026-12-01', [], { windowBefore: () => undefined })).toMatchObject({
      ok: false,
      why: { sessionNumber: 2, missing: ['spacing-not-known'] },
    })
  })
})

it('whatever is booked, a series lies inside its windows and takes nothing twice; else no order of days would do', () => {
  const holds = fc.array(
    fc
      .tuple(
        fc.constantFrom('robin', 'one', 'two', 'nadia', 'tomas'),
        fc.integer({ min: 0, max: 28 * 24 }),
        fc.integer({ min: 4, max: 120 }),
      )
      .map(([who, hour, length]) => {
        const from = addMs(parseInstant('2026-10-26T04:00:00Z'), hour * 60 * MINUTE_MS)
        return busy(who, from, addMs(from, length * 60 * MINUTE_MS))
      }),
    { maxLength: 60 },
  )
  const oneRoom: VisitShape = { ...shape, places: [{ id: id('one'), afterMin: 15 }] }
  const grid = (holding: readonly StoredHold[]) =>
    layOut({ calendar, weeks: [], leaves: [], memberIds: [] }, holding, parseLocalDate('2026-10-26'), 28)
  fc.assert(
    fc.property(holds, (taken) => {
      const from = wall('2026-10-26', '08:00')
      const wish = { shape: oneRoom, sessions: [1, 2, 3], standing: [], windowBefore: () => weekly, from }
      const answer = searchSeries(grid(taken), wish)
      if (!answer.ok) {
        // Any three days of the window on which something is free would be a series.
        const one = (day: number) =>
          searchSeries(
            layOut(
              { calendar, weeks: [], leaves: [], memberIds: [] },
              taken,
              localDateOf(addMs(from, day * 86_400_000 + 7_200_000), timeZone),
              1,
            ),
            { ...wish, sessions: [1], from: parseInstant('2026-10-01T00:00:00Z') },
          ).ok
        const days = Array.from({ length: 28 }, (_, d) => d).filter(one)
        const fits = (a: number, b: number) => b - a >= 6 && b - a <= 10
        expect(days.some((a) => days.some((b) => fits(a, b) && days.some((c) => fits(b, c))))).toBe(false)
        return
      }
      const dates = answer.visits.map((v) => localDateOf(v.startsAt, timeZone))
      for (const [i, visit] of answer.visits.entries()) {
        if (i > 0) {
          const gap = daysBetween(dates[i - 1]!, dates[i]!)
          expect(gap).toBeGreaterThanOrEqual(6)
          expect(gap).toBeLessThanOrEqual(10)
        }
        const until = addMs(visit.startsAt, 180 * MINUTE_MS)
        const mine = [
          busy('robin', visit.startsAt, until),
          busy('one', visit.startsAt, addMs(until, 15 * MINUTE_MS)),
          busy(visit.with.staff[0]!.id, visit.startsAt, until),
        ]
        expect(clashes(mine, taken)).toEqual([])
      }
    }),
    { numRuns: 60 },
  )
})
