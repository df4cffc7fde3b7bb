import { defaultInfusionReadingPlan } from '@evenkeel/vital-signs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Instant } from '../../platform/time.ts'
import type { SessionEvent } from '../session/session-event.ts'
import { type BoardVisit, boardTiles } from './board.ts'
import { type BoardFeed, type BoardSnapshot, beginBoard, boardAfter } from './board-feed.ts'
import { type FeedMessage, isLive, retryAfterMs, serverNowMs, silentForS } from './live-link.ts'

const START = Date.parse('2026-11-22T15:00:00.000Z')
const minute = (min: number) => new Date(START + min * 60_000).toISOString() as Instant
const visit = (n: number, change: Partial<BoardVisit> = {}): BoardVisit => ({
  appointmentId: `appointment-${n}`,
  personName: `Person ${n}`,
  sessionNumber: 1,
  roomName: `Room ${n}`,
  chairName: 'Chair',
  nurseName: 'Nurse',
  plan: {
    startsAt: minute(0),
    preparationMin: 40,
    monitoring: defaultInfusionReadingPlan,
    minMinutesAfterEnd: 60,
  },
  sessionId: `session-${n}`,
  diary: 'today',
  ...change,
})
const event = (id: string, kind: string, atMin: number, data: unknown): SessionEvent =>
  ({ id, kind, at: minute(atMin), by: 'nurse', data }) as unknown as SessionEvent
const snapshot = (change: Partial<BoardSnapshot> = {}): BoardSnapshot => ({
  seq: 10,
  now: minute(0),
  visits: [visit(1), visit(2)],
  logs: { 'session-1': [], 'session-2': [] },
  ...change,
})
const told = (seq: number, kind: string, data: Record<string, unknown>): FeedMessage => ({
  seq,
  kind,
  at: minute(0),
  data,
})
const message = (seq: number, session: number, id: string): FeedMessage =>
  told(seq, 'session.event', { sessionId: `session-${session}`, event: event(id, 'arrived', 1, {}) })
const hear = (board: BoardFeed, each: FeedMessage, nowMs = 1_000) =>
  boardAfter(board, { signal: 'event', message: each, nowMs })
const hello = (board: BoardFeed, seq: number, nowMs = 0) =>
  boardAfter(board, { signal: 'hello', seq, at: minute(0), nowMs })

describe('the board and its line', () => {
  it('counts a message once, however often it comes', () => {
    let board = beginBoard(snapshot(), 0)
    for (const seq of [11, 11, 10, 11]) board = hear(board, message(seq, 1, `e${seq}`))
    expect(board.logs['session-1']?.map(({ id }) => id)).toEqual(['e11'])
    expect(board.link.lastSeq).toBe(11)
  })

  it('hears that consent to dosing was taken back, of a paper that a dose needs and of that person alone', () => {
    let board = hear(beginBoard(snapshot(), 0), told(11, 'consent.withdrawn', { personId: 'p2' }))
    expect(board.takenBack).toEqual({})
    board = hear(board, told(12, 'consent.withdrawn', { personId: 'p1', stopsDosing: true }))
    expect(board.takenBack).toEqual({ p1: minute(0) })
    expect(hear(board, message(13, 1, 'e13')).takenBack).toEqual({ p1: minute(0) })
  })

  it('drops the line at a gap, keeps its number, and counts nothing of what came after it', () => {
    const board = hear(hello(beginBoard(snapshot(), 0), 10), message(12, 1, 'e12'))
    expect(board.link).toMatchObject({ status: 'dropped', lastSeq: 10, drops: 1 })
    expect(board.logs['session-1']).toEqual([])
  })

  it('drops the line when a heartbeat names a number it never got', () => {
    const board = boardAfter(hello(beginBoard(snapshot(), 0), 10), {
      signal: 'beat',
      seq: 11,
      at: minute(0),
      nowMs: 2_000,
    })
    expect(board.link.status).toBe('dropped')
  })

  it('is live only while it hears something, and says since when it does not', () => {
    const board = hello(beginBoard(snapshot(), 0), 10, 1_000)
    expect(isLive(board.link, 5_000)).toBe(true)
    expect(isLive(board.link, 5_600)).toBe(false)
    expect(silentForS(board.link, 9_900)).toBe(8)
    expect(isLive(boardAfter(board, { signal: 'dropped', nowMs: 1_200 }).link, 1_300)).toBe(false)
    expect(isLive(beginBoard(snapshot(), 0).link, 100)).toBe(false)
  })

  it('gives up a silent line for a new one, and a try that leads nowhere too', () => {
    let board = hello(beginBoard(snapshot(), 0), 10, 0)
    board = boardAfter(board, { signal: 'tick', nowMs: 9_000 })
    expect(board.link.drops).toBe(0)
    board = boardAfter(board, { signal: 'tick', nowMs: 10_500 })
    expect(board.link.drops).toBe(1)
    board = boardAfter(board, { signal: 'tick', nowMs: 20_000 })
    expect(board.link.drops).toBe(1)
    board = boardAfter(board, { signal: 'tick', nowMs: 21_000 })
    expect(board.link.drops).toBe(2)
    expect(silentForS(board.link, 21_000)).toBe(21)
  })

  it('waits longer after each loss, never longer than five seconds, and begins anew once heard', () => {
    let board = beginBoard(snapshot(), 0)
    const waits = [1, 2, 3, 4, 5].map((n) => {
      board = boardAfter(board, { signal: 'dropped', nowMs: n })
      return retryAfterMs(board.link)
    })
    expect(waits).toEqual([1000, 2000, 4000, 5000, 5000])
    expect(retryAfterMs(hello(board, 10).link)).toBe(500)
  })

  it('goes by the server’s clock, not the browser’s', () => {
    const board = boardAfter(beginBoard(snapshot(), 0), {
      signal: 'hello',
      seq: 10,
      at: minute(5),
      nowMs: 300,
    })
    expect(serverNowMs(board.link, 1_300)).toBe(START + 5 * 60_000 + 1_000)
  })

  it('opens a session on its visit and asks the server again when the diary changes', () => {
    let board = beginBoard(snapshot({ visits: [visit(1, { sessionId: undefined })], logs: {} }), 0)
    board = hear(board, told(11, 'session.opened', { sessionId: 's', appointmentId: 'appointment-1' }))
    expect(board.visits[0]?.sessionId).toBe('s')
    board = hear(board, told(12, 'appointment.booked', {}))
    expect(board.diaryChanges).toBe(1)
  })

  it('keeps what the line told when an older answer of the server arrives late', () => {
    let board = hear(beginBoard(snapshot(), 0), message(11, 1, 'e11'))
    board = boardAfter(board, { signal: 'snapshot', snapshot: snapshot({ seq: 10 }), nowMs: 0 })
    expect(board.logs['session-1']?.map(({ id }) => id)).toEqual(['e11'])
    expect(board.link.lastSeq).toBe(11)
  })

  it('loses nothing and repeats nothing over any line, however it breaks', () => {
    const all = Array.from({ length: 20 }, (_, i) => message(11 + i, 1 + (i % 2), `e${11 + i}`))
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            skip: fc.integer({ min: 0, max: 2 }),
            take: fc.integer({ min: 0, max: 6 }),
            again: fc.boolean(),
          }),
          {
            maxLength: 12,
          },
        ),
        (lines) => {
          let board = beginBoard(snapshot(), 0)
          // Lines that break after some messages, lose some or repeat some; then a whole one.
          for (const { skip, take, again } of [...lines, { skip: 0, take: 99, again: false }]) {
            const since = board.link.lastSeq - 10
            board = hello(board, board.link.lastSeq)
            const sent = all.slice(Math.max(0, since - (again ? 2 : 0))).slice(0, take)
            if (skip > 0) sent.splice(1, skip)
            for (const each of sent) {
              if (board.link.status === 'dropped') break
              board = hear(board, each)
            }
            board = boardAfter(board, { signal: 'dropped', nowMs: 0 })
          }
          const got = [...(board.logs['session-1'] ?? []), ...(board.logs['session-2'] ?? [])]
            .map(({ id }) => id)
            .sort()
          expect(got).toEqual(all.map(({ data }) => (data.event as SessionEvent).id).sort())
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('the board', () => {
  const vitals = {
    systolicMmHg: 125,
    diastolicMmHg: 80,
    heartRatePerMin: 70,
    spo2Percent: 97,
    respiratoryRatePerMin: 14,
    moaas: 5,
  }
  const reading = (id: string, atMin: number, values: object = vitals) =>
    event(id, 'reading', atMin, { values, confirmed: [] })
  const running = (n: number, ...more: SessionEvent[]) => [
    event(`a${n}`, 'arrived', -40, {}),
    reading(`r${n}`, -5),
    event(`d${n}`, 'dose-started', 0, {
      orderedMg: 55,
      drawnMl: 1.1,
      lotConcentrationMgPerMl: 50,
      rateMgPerH: 82.5,
      durationMin: 40,
    }),
    ...more,
  ]
  const at = (min: number) => START + min * 60_000

  it('asks for the end of an infusion later once it was slowed', () => {
    const slowed = running(
      1,
      reading('x1', 40),
      event('s1', 'dose-rate-changed', 20, { rateMlPerH: 30, rateMgPerH: 41.25 }),
    )
    const due = (log: SessionEvent[], min: number) =>
      boardTiles([visit(1)], { 'session-1': log }, at(min))[0]?.next.kind
    expect(due(running(1, reading('x1', 40)), 41)).toBe('end-infusion')
    expect(due(slowed, 41)).toBe('reading')
    expect(due([...slowed, reading('x2', 60)], 60)).toBe('end-infusion')
  })

  it('puts the worst first', () => {
    const visits = [1, 2, 3, 4, 5, 6].map((n) => visit(n))
    const logs = {
      'session-1': running(1, reading('x1', 9)),
      'session-2': running(2, reading('x2', 9, { ...vitals, systolicMmHg: 185 })),
      'session-3': running(3, reading('x3', 9, { ...vitals, spo2Percent: 93 })),
      'session-4': [],
      'session-5': [event('a5', 'arrived', 0, {})],
      'session-6': running(
        6,
        reading('x6', 9),
        event('f6', 'discharged', 9.5, { overrideBy: null, notMet: [] }),
      ),
    }
    expect(
      boardTiles(visits, logs, at(10)).map(({ visit: v, state, word }) => `${v.roomName} ${state} ${word}`),
    ).toEqual(
      [
        'Room 2 red Red: SBP 185, ',
        'Room 3 amber Amber: SpO₂ 93',
        'Room 5 unknown No reading yet',
        'Room 4 due Not arrived yet',
        'Room 1 calm Within limits',
        'Room 6 calm Left',
      ].map((line) => line.replace(/, $/, '')),
    )
  })

  it('takes silence for an alarm: amber at once, red after five minutes', () => {
    const word = (min: number) => {
      const [tile] = boardTiles([visit(1)], { 'session-1': running(1, reading('x1', 5)) }, at(min))
      return `${tile?.state} ${tile?.word}`
    }
    expect([14, 15.1, 19, 20].map(word)).toEqual([
      'calm Within limits',
      'amber Reading overdue',
      'amber Reading overdue',
      'red Reading overdue',
    ])
  })

  it('lets a reading that left a sign out neither reset the clock nor leave a room calm', () => {
    const { spo2Percent: _, ...without } = vitals
    const tile = (min: number) =>
      boardTiles(
        [visit(1)],
        { 'session-1': running(1, reading('x1', 5), reading('y1', 14, without)) },
        at(min),
      )[0]
    expect(tile(14.5)).toMatchObject({ state: 'calm' })
    const saturation = (min: number) => tile(min)?.signs.find(({ sign }) => sign === 'spo2Percent')
    expect(saturation(15)).toMatchObject({ state: 'within', value: 97 })
    expect(saturation(15.1)).toMatchObject({ state: 'unknown', value: 97 })
    expect(tile(15.1)).toMatchObject({ state: 'amber', word: 'Reading overdue' })
    expect(tile(20)).toMatchObject({ state: 'red', word: 'Reading overdue' })
  })

  it('does not call a room calm before the dose on a reading no dose could start on', () => {
    const log = [event('a', 'arrived', -40, {}), reading('r', -20)]
    expect(boardTiles([visit(1)], { 'session-1': log }, at(-5))[0]?.state).toBe('calm')
    expect(boardTiles([visit(1)], { 'session-1': log }, at(-4))[0]).toMatchObject({
      state: 'unknown',
      word: 'Last full reading too old',
    })
  })

  it('asks the server again when a session is opened that it does not show', () => {
    const opened = told(11, 'session.opened', { sessionId: 'session-9', appointmentId: 'appointment-9' })
    expect(hear(beginBoard(snapshot(), 0), opened).diaryChanges).toBe(1)
  })

  it('never takes unknown for normal: a missing sign keeps a room from being calm', () => {
    const { moaas: _, ...without } = vitals
    const log = [event('a', 'arrived', -40, {}), reading('r', -5, without)]
    expect(boardTiles([visit(1)], { 'session-1': log }, at(0))[0]).toMatchObject({
      state: 'unknown',
      word: 'Not all signs known',
    })
  })
})
