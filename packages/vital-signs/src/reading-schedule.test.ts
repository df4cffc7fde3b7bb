import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type CloserWatch,
  closerAfter,
  defaultAfterDoseReadingPlan,
  defaultEsketamineReadingPlan,
  defaultInfusionReadingPlan as plan,
  type ReadingPlan,
  readingMoments,
  readingSchedule,
  type SchedulePhase,
  type SessionInstants,
} from './reading-schedule.ts'

const MINUTE_MS = 60_000

type Minutes = {
  planned?: number
  started?: number
  ended?: number
  closed?: number
  readings?: readonly number[]
  now: number
}

function instants({ planned, started, ended, closed, readings = [], now }: Minutes): SessionInstants {
  const ms = (minutes: number | undefined) => (minutes === undefined ? null : minutes * MINUTE_MS)
  return {
    plannedStartAtMs: ms(planned),
    startedAtMs: ms(started),
    endedAtMs: ms(ended),
    closedAtMs: ms(closed),
    readingsAtMs: readings.map((minutes) => minutes * MINUTE_MS),
    nowMs: now * MINUTE_MS,
  }
}

function due(minutes: Minutes): [SchedulePhase, number | null, number] {
  const answer = readingSchedule(plan, instants(minutes))
  return [
    answer.phase,
    answer.dueAtMs === null ? null : answer.dueAtMs / MINUTE_MS,
    answer.overdueMs / MINUTE_MS,
  ]
}

describe('readingSchedule, in minutes', () => {
  it.each<[string, Minutes, [SchedulePhase, number | null, number]]>([
    ['nothing planned: due now', { now: 3 }, ['before-start', 3, 0]],
    ['due by the planned start', { planned: 30, now: 3 }, ['before-start', 30, 0]],
    ['late when the planned start has passed', { planned: 30, now: 34 }, ['before-start', 30, 4]],
    [
      'a reading too early does not serve the start',
      { planned: 30, readings: [14.9], now: 20 },
      ['before-start', 30, 0],
    ],
    [
      'one in the last 15 minutes serves until it is stale',
      { planned: 30, readings: [15], now: 20 },
      ['before-start', 30, 0],
    ],
    ['a delayed start lets it go stale', { planned: 30, readings: [20], now: 40 }, ['before-start', 35, 5]],
    [
      'first in the infusion: ten minutes after the start',
      { started: 0, readings: [-15], now: 1 },
      ['infusion', 10, 0],
    ],
    [
      'started without a fresh reading: due at the start',
      { started: 0, readings: [-15.1], now: 1 },
      ['infusion', 0, 1],
    ],
    ['a reading at the start counts', { started: 0, readings: [0], now: 1 }, ['infusion', 10, 0]],
    ['due exactly now is not late', { started: 0, readings: [-1], now: 10 }, ['infusion', 10, 0]],
    ['late by half a minute', { started: 0, readings: [-1], now: 10.5 }, ['infusion', 10, 0.5]],
    ['an early one moves the next forward', { started: 0, readings: [-1, 4], now: 5 }, ['infusion', 14, 0]],
    ['a late one too', { started: 0, readings: [-1, 12], now: 13 }, ['infusion', 22, 0]],
    [
      'the end moves nothing: due ten minutes after the last one of the infusion',
      { started: 0, ended: 40, readings: [38], now: 41 },
      ['recovery', 48, 0],
    ],
    [
      'the end does not clear a late one',
      { started: 0, ended: 40, readings: [28], now: 41 },
      ['recovery', 38, 3],
    ],
    [
      'due exactly at the end stays due there',
      { started: 0, ended: 40, readings: [30], now: 41 },
      ['recovery', 40, 1],
    ],
    [
      'every 15 minutes after the end',
      { started: 0, ended: 40, readings: [40, 55], now: 56 },
      ['recovery', 70, 0],
    ],
    ['the last of the first hour', { started: 0, ended: 40, readings: [85], now: 90 }, ['recovery', 100, 0]],
    [
      'then every 30 minutes',
      { started: 0, ended: 40, readings: [100], now: 101 },
      ['late-recovery', 130, 0],
    ],
    [
      'a reading in the hour whose 15 minutes end after it',
      { started: 0, ended: 40, readings: [90], now: 95 },
      ['recovery', 120, 0],
    ],
    [
      'late in late recovery',
      { started: 0, ended: 40, readings: [100], now: 140 },
      ['late-recovery', 130, 10],
    ],
    [
      'nothing is due once closed',
      { started: 0, ended: 40, closed: 170, readings: [], now: 200 },
      ['closed', null, 0],
    ],
    [
      'a reading from a clock that runs ahead does not count yet',
      { started: 0, readings: [-1, 20], now: 12 },
      ['infusion', 10, 2],
    ],
    [
      'an end before the start is no end',
      { started: 0, ended: -5, readings: [0], now: 5 },
      ['infusion', 10, 0],
    ],
  ])('%s', (_what, minutes, expected) => {
    expect(due(minutes)).toEqual(expected)
  })

  it('says the interval in force', () => {
    const every = (minutes: Minutes) => readingSchedule(plan, instants(minutes)).everyMs
    expect(every({ now: 0 })).toBeNull()
    expect(every({ started: 0, now: 1 })).toBe(10 * MINUTE_MS)
    expect(every({ started: 0, ended: 40, readings: [40], now: 41 })).toBe(15 * MINUTE_MS)
    expect(every({ started: 0, ended: 40, readings: [101], now: 102 })).toBe(30 * MINUTE_MS)
  })

  it('follows a plan with several stretches after the end', () => {
    const longer = {
      ...plan,
      afterEnd: [
        { untilMs: 30 * MINUTE_MS, everyMs: 5 * MINUTE_MS },
        { untilMs: 90 * MINUTE_MS, everyMs: 20 * MINUTE_MS },
      ],
    }
    const next = (last: number) =>
      readingSchedule(longer, instants({ started: 0, ended: 40, readings: [last], now: last })).dueAtMs! /
      MINUTE_MS
    // The interval shrinks at the end: a reading from before it is due sooner.
    expect(next(39)).toBe(44)
    // It shrinks when the end comes, not before.
    expect(next(31)).toBe(40)
    expect([next(40), next(65), next(66), next(70), next(115), next(130)]).toEqual([45, 70, 86, 90, 145, 160])
  })
})

describe('readingSchedule always', () => {
  const minute = fc.integer({ min: -30, max: 300 })
  const session = fc.record({
    lasted: fc.option(fc.integer({ min: 1, max: 90 }), { nil: undefined }),
    started: fc.option(fc.constant(0), { nil: undefined }),
    planned: fc.option(minute, { nil: undefined }),
    readings: fc.array(minute, { maxLength: 12 }),
    now: minute,
  })
  type Session = {
    lasted: number | undefined
    started: number | undefined
    planned: number | undefined
    readings: number[]
    now: number
  }
  const facts = ({ lasted, started, planned, readings, now }: Session): Minutes => {
    const ended = started !== undefined && lasted !== undefined && lasted <= now ? lasted : undefined
    return {
      now,
      readings,
      ...(planned === undefined ? {} : { planned }),
      ...(started === undefined || now < 0 ? {} : { started }),
      ...(ended === undefined ? {} : { ended }),
    }
  }

  it('is satisfied by a reading taken now', () => {
    fc.assert(
      fc.property(session, (drawn) => {
        const minutes = facts(drawn)
        const [, dueAt, overdue] = due({ ...minutes, readings: [...(minutes.readings ?? []), minutes.now] })
        expect(overdue).toBe(0)
        expect(dueAt).toBeGreaterThan(minutes.now)
      }),
    )
  })

  it('only grows later while nobody takes a reading', () => {
    fc.assert(
      fc.property(session, fc.nat(60), (drawn, wait) => {
        const minutes = facts(drawn)
        const readings = (minutes.readings ?? []).filter((at) => at <= minutes.now)
        const [, dueNow, overdueNow] = due({ ...minutes, readings })
        const [, dueThen, overdueThen] = due({ ...minutes, readings, now: minutes.now + wait })
        // Without a planned start the reading is due whenever one looks.
        if (minutes.started === undefined && minutes.planned === undefined) return
        expect(dueThen).toBe(dueNow)
        expect(overdueThen).toBeGreaterThanOrEqual(overdueNow)
      }),
    )
  })

  it('is not silenced by the end of the infusion', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -20, max: 80 }), { maxLength: 9 }),
        fc.integer({ min: 1, max: 80 }),
        (readings, ended) => {
          const running = due({ started: 0, readings: readings.filter((at) => at <= ended), now: ended })
          const over = due({ started: 0, ended, readings: readings.filter((at) => at <= ended), now: ended })
          expect(over[2]).toBe(running[2])
        },
      ),
    )
  })

  it('leaves no gap longer than the longest interval, and does not mind the order of readings', () => {
    fc.assert(
      fc.property(session, (drawn) => {
        const minutes = facts({ ...drawn, started: 0, now: Math.max(0, drawn.now) })
        const counted = (minutes.readings ?? []).filter((at) => at <= minutes.now)
        const [, dueAt] = due(minutes)
        expect(dueAt! - Math.max(0, ...counted)).toBeLessThanOrEqual(30)
        expect(due({ ...minutes, readings: [...(minutes.readings ?? [])].reverse() })).toEqual(due(minutes))
      }),
    )
  })
})

describe('a sign beyond its limits', () => {
  const closer = (level: CloserWatch['level'], since: number) => [{ level, sinceMs: since * MINUTE_MS }]
  const dueAt = (by: ReadingPlan, minutes: Minutes, watch: readonly CloserWatch[]) =>
    readingSchedule(by, { ...instants(minutes), closer: watch }).dueAtMs! / MINUTE_MS

  it.each<[string, ReadingPlan, Minutes, readonly CloserWatch[], number]>([
    ['red, every 10 minutes', plan, { started: 0, readings: [10], now: 11 }, closer('red', 10), 15],
    [
      'red of esketamine, every 40 minutes',
      defaultEsketamineReadingPlan,
      { started: 0, readings: [1], now: 2 },
      closer('red', 1),
      6,
    ],
    [
      'red in late recovery',
      plan,
      { started: 0, ended: 40, readings: [110], now: 111 },
      closer('red', 110),
      115,
    ],
    [
      'red again five minutes later',
      plan,
      { started: 0, readings: [10, 15], now: 16 },
      closer('red', 10),
      20,
    ],
    [
      'red, and a reading that left something out',
      plan,
      { started: 0, readings: [10], now: 13 },
      closer('red', 12),
      17,
    ],
    [
      'by the plan’s own minutes',
      { ...plan, closerWithinMs: 3 * MINUTE_MS },
      { started: 0, readings: [10], now: 11 },
      closer('red', 10),
      13,
    ],
    ['nearly due anyway', plan, { started: 0, readings: [10], now: 18 }, closer('red', 18), 20],
    ['red before a dose', plan, { planned: 60, readings: [2], now: 3 }, closer('red', 2), 7],
    ['amber once', plan, { started: 0, readings: [10], now: 11 }, closer('amber', 10), 15],
    ['amber, measured again', plan, { started: 0, readings: [10, 15], now: 16 }, closer('amber', 10), 25],
    ['amber since before the dose', plan, { started: 0, readings: [-5], now: 1 }, closer('amber', -5), 10],
  ])('%s', (_what, by, minutes, watch, expected) => {
    expect(dueAt(by, minutes, watch)).toBe(expected)
  })

  it('stays red until it is within limits; unknown ends nothing', () => {
    const after = (...states: Parameters<typeof closerAfter>[1][]) =>
      states.reduce<CloserWatch | undefined>((before, state, at) => closerAfter(before, state, at), undefined)
    expect(after('red', 'amber', 'unknown')).toEqual({ level: 'red', sinceMs: 0 })
    expect(after('amber', 'red', 'amber')).toEqual({ level: 'red', sinceMs: 1 })
    expect(after('amber', 'amber')).toEqual({ level: 'amber', sinceMs: 0 })
    expect(after('red', 'within', 'unknown')).toBeUndefined()
  })

  const minute = fc.integer({ min: 0, max: 200 })
  const watched = fc.record({ level: fc.constantFrom<CloserWatch['level']>('amber', 'red'), since: minute })
  it('never moves a reading later, and one after red is due within five minutes of it', () => {
    fc.assert(
      fc.property(fc.array(minute, { maxLength: 9 }), minute, watched, (readings, red, { level, since }) => {
        const now = Math.max(red, since, ...readings)
        const minutes = { started: 0, readings, now }
        const usual = readingSchedule(plan, instants(minutes)).dueAtMs! / MINUTE_MS
        expect(dueAt(plan, minutes, closer(level, since))).toBeLessThanOrEqual(usual)
        const newest = Math.max(red, ...readings)
        const all = { ...minutes, readings: [...readings, red] }
        expect(dueAt(plan, all, closer('red', red))).toBeLessThanOrEqual(newest + 5)
      }),
    )
  })

  it('and no end of a dose moves a reading later', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(plan, defaultEsketamineReadingPlan, defaultAfterDoseReadingPlan),
        fc.array(fc.integer({ min: -20, max: 90 }), { maxLength: 9 }),
        fc.integer({ min: 2, max: 90 }),
        fc.option(watched, { nil: undefined }),
        (by, readings, ended, watch) => {
          const taken = readings.filter((at) => at <= ended)
          const closely = watch ? closer(watch.level, Math.min(watch.since, ended)) : []
          const running = dueAt(by, { started: 0, readings: taken, now: ended }, closely)
          const over = dueAt(by, { started: 0, ended, readings: taken, now: ended }, closely)
          // One taken at the very end is the first of what follows.
          if (!taken.includes(ended)) expect(over).toBeLessThanOrEqual(running)
        },
      ),
    )
  })
})

describe('readingMoments', () => {
  /** "0 taken, 10 due, 20 ahead": minutes from the start. */
  const told = (by: ReadingPlan, minutes: Minutes, leave: number | null, expectedEnd?: number) =>
    readingMoments(
      by,
      { ...instants(minutes), expectedEndAtMs: expectedEnd === undefined ? null : expectedEnd * MINUTE_MS },
      leave === null ? null : leave * MINUTE_MS,
    )
      .map(({ atMs, state, overdueMs }) => {
        return `${atMs / MINUTE_MS} ${state}${overdueMs > 0 ? ` by ${overdueMs / MINUTE_MS}` : ''}`
      })
      .join(', ')

  it('of an infusion of 40 minutes: every 10, then every 15 for an hour, and one before leaving', () => {
    expect(told(plan, { started: 0, readings: [-5, 0], now: 1 }, 110, 40)).toBe(
      '-5 taken, 0 taken, 10 due, 20 ahead, 30 ahead, 40 ahead, 55 ahead, 70 ahead, 85 ahead, 100 ahead, 110 ahead',
    )
  })

  it('of a dose in a muscle, under the skin or under the tongue: 15, 30, 45, 60, 90 and 120 minutes', () => {
    expect(told(defaultAfterDoseReadingPlan, { started: 0, ended: 0, readings: [0], now: 0 }, 120)).toBe(
      '0 taken, 15 due, 30 ahead, 45 ahead, 60 ahead, 90 ahead, 120 ahead',
    )
  })

  it('of esketamine, three devices five minutes apart: 40 minutes after the first, later, and before leaving', () => {
    expect(told(defaultEsketamineReadingPlan, { started: 0, ended: 10, readings: [-3], now: 11 }, 120)).toBe(
      '-3 taken, 40 due, 80 ahead, 120 ahead',
    )
  })

  it('of one that is overdue: how long, and the others as if it were taken now', () => {
    expect(told(plan, { started: 0, ended: 40, readings: [38], now: 60 }, 100)).toBe(
      '38 taken, 48 overdue by 12, 75 ahead, 90 ahead, 100 ahead',
    )
  })

  it('knows no more than the next before the start and while nobody knows when the person may leave', () => {
    expect(told(plan, { planned: 30, readings: [2], now: 3 }, null)).toBe('2 taken, 30 due')
    expect(told(plan, { started: 0, readings: [0], now: 3 }, null)).toBe('0 taken, 10 due')
    expect(told(plan, { started: 0, ended: 40, closed: 170, readings: [0], now: 200 }, 100)).toBe('0 taken')
  })

  it('always begins with what readingSchedule says, ascends, and leaves no gap longer than 30 minutes', () => {
    const minute = fc.integer({ min: -15, max: 200 })
    fc.assert(
      fc.property(
        fc.array(minute, { maxLength: 12 }),
        minute,
        fc.integer({ min: 1, max: 90 }),
        (readings, at, lasts) => {
          const now = Math.max(at, 0)
          const ended = lasts <= now ? lasts : undefined
          const minutes = { started: 0, ...(ended === undefined ? {} : { ended }), readings, now }
          const leaveMs = (lasts + 60) * MINUTE_MS
          const moments = readingMoments(
            plan,
            { ...instants(minutes), expectedEndAtMs: lasts * MINUTE_MS },
            leaveMs,
          )
          const next = moments.find(({ state }) => state !== 'taken')!
          const [, dueAt, overdue] = due(minutes)
          expect(next.overdueMs).toBe(overdue * MINUTE_MS)
          expect(next.atMs).toBeLessThanOrEqual(dueAt! * MINUTE_MS)
          const ahead = moments.filter(({ state }) => state === 'ahead')
          const times = [Math.max(next.atMs, now * MINUTE_MS), ...ahead.map(({ atMs }) => atMs)]
          for (let i = 1; i < times.length; i++) {
            expect(times[i]! - times[i - 1]!).toBeGreaterThan(0)
            expect(times[i]! - times[i - 1]!).toBeLessThanOrEqual(30 * MINUTE_MS)
          }
          if (leaveMs > now * MINUTE_MS) expect(times.at(-1)).toBe(leaveMs)
        },
      ),
    )
  })
})
