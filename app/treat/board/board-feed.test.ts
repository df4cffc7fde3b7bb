import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alarm, event, minute, running, START, visit } from '../../../tests/board-log.ts'
import type { Instant } from '../../platform/time.ts'
import type { SessionEvent } from '../session/session-event.ts'
import { boardTiles } from './board.ts'
import { type BoardFeed, type BoardSnapshot, beginBoard, boardAfter, takenBackSince } from './board-feed.ts'
import { type FeedMessage, isLive, retryAfterMs, serverNowMs, silentForS } from './live-link.ts'

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
    expect(board.takenBack).toEqual({ p1: { at: minute(0), seq: 12 } })
    expect(board.consentSeq).toEqual({ p1: 12, p2: 11 })
    board = hear(board, message(13, 1, 'e13'))
    expect(board.takenBack).toEqual({ p1: { at: minute(0), seq: 12 } })
    const since = (personId: string, seq: number, takenBackAt?: Instant) =>
      takenBackSince(board, personId, { seq, takenBackAt })
    expect(since('p1', 10)).toBe(minute(0))
    // Asked after that, the server says that it was signed again, or taken back another time.
    expect(since('p1', 12)).toBeUndefined()
    expect(since('p1', 12, minute(5))).toBe(minute(5))
    expect(since('p2', 10)).toBeUndefined()
    // Signing again asks the server, and until it has answered nothing more is given.
    board = hear(board, told(14, 'consent.signed', { personId: 'p1' }))
    expect([board.consentSeq.p1, since('p1', 10)]).toEqual([14, minute(0)])
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

  it('knows of alarms what the whole log says, over any line, in any order of sessions', () => {
    const change = fc.constantFrom('raised', 'worsened', 'seen', 'acknowledged', 'escalated', 'resolved')
    const said = fc.record({
      session: fc.integer({ min: 1, max: 2 }),
      cause: fc.constantFrom('sbp-high-red', 'silence'),
      change,
      level: fc.constantFrom('red' as const, 'amber' as const, 'technical' as const),
    })
    fc.assert(
      fc.property(
        fc.array(said, { maxLength: 25 }),
        fc.array(fc.record({ skip: fc.nat(2), take: fc.nat(6), again: fc.boolean() }), { maxLength: 8 }),
        (changes, lines) => {
          const before = { 'session-1': running(1), 'session-2': running(2) }
          const events = changes.map(({ change: word, session, ...about }, i) => ({
            session,
            event: alarm(`x${i}`, 1 + i / 10, word as 'raised', about),
          }))
          const all = events.map(({ session, event: one }, i) =>
            told(11 + i, 'session.event', { sessionId: `session-${session}`, event: one }),
          )
          let board = beginBoard(snapshot({ logs: before }), 0)
          for (const { skip, take, again } of [...lines, { skip: 0, take: 99, again: true }]) {
            const since = board.link.lastSeq - 10
            board = hello(board, board.link.lastSeq)
            const sent = all.slice(Math.max(0, since - (again ? 3 : 0)))
            if (skip > 0) sent.splice(1, skip)
            for (const each of sent.slice(0, take)) {
              if (board.link.status === 'dropped') break
              board = hear(board, each)
            }
            board = boardAfter(board, { signal: 'dropped', nowMs: 0 })
          }
          const whole = {
            'session-1': [
              ...before['session-1'],
              ...events.flatMap((e) => (e.session === 1 ? [e.event] : [])),
            ],
            'session-2': [
              ...before['session-2'],
              ...events.flatMap((e) => (e.session === 2 ? [e.event] : [])),
            ],
          }
          const shown = (logs: BoardFeed['logs']) =>
            boardTiles(board.visits, logs, START + 5 * 60_000).map(({ visit: v, concerns, urgency }) => [
              v.roomName,
              urgency,
              concerns.map(({ word, urgency: each, sinceMs }) => [word, each, sinceMs]),
            ])
          expect(shown(board.logs)).toEqual(shown(whole))
        },
      ),
      { numRuns: 200 },
    )
  })

  it('holds the newest values of monitors of the sessions it shows, and nothing more, however long it stands', () => {
    const value = (atMs: number, n: number) => ({
      spo2Percent: { value: n, atMs, quality: 'ok' as const, device: 'Bed 1' },
    })
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ session: fc.nat(30), atMs: fc.nat(1000), n: fc.integer({ min: 80, max: 100 }) }),
        ),
        (sent) => {
          let board = beginBoard(snapshot(), 0)
          for (const { session, atMs, n } of sent) {
            const message = { sessions: { [`session-${session}`]: value(atMs, n) } }
            board = boardAfter(board, { signal: 'samples', message })
          }
          expect(Object.keys(board.samples).every((id) => board.visits.some((v) => v.sessionId === id))).toBe(
            true,
          )
          const newest = Math.max(-1, ...sent.flatMap((s) => (s.session === 1 ? [s.atMs] : [])))
          expect(board.samples['session-1']?.spo2Percent?.atMs ?? -1).toBe(newest)
          expect(board.link).toEqual(beginBoard(snapshot(), 0).link)
        },
      ),
    )
  })

  it('begins with the values that are stored, and never goes back from what the line told', () => {
    const stored = (atMs: number, value: number) => ({
      samples: { 'session-1': { spo2Percent: { value, atMs, quality: 'ok' as const, device: 'Bed 1' } } },
    })
    let board = beginBoard(snapshot(stored(5, 97)), 0)
    expect(board.samples['session-1']?.spo2Percent?.value).toBe(97)
    board = boardAfter(board, { signal: 'samples', message: { sessions: stored(9, 93).samples } })
    board = boardAfter(board, { signal: 'snapshot', snapshot: snapshot(stored(7, 96)), nowMs: 0 })
    expect(board.samples['session-1']?.spo2Percent?.value).toBe(93)
    board = boardAfter(board, { signal: 'snapshot', snapshot: snapshot(stored(12, 94)), nowMs: 0 })
    expect(board.samples['session-1']?.spo2Percent?.value).toBe(94)
  })

  it('lets the values of a session go with its visit', () => {
    const message = {
      sessions: {
        'session-1': { spo2Percent: { value: 97, atMs: 5, quality: 'ok' as const, device: 'Bed 1' } },
      },
    }
    let board = boardAfter(beginBoard(snapshot(), 0), { signal: 'samples', message })
    expect(Object.keys(board.samples)).toEqual(['session-1'])
    board = boardAfter(board, { signal: 'snapshot', snapshot: snapshot({ visits: [visit(2)] }), nowMs: 0 })
    expect(board.samples).toEqual({})
  })

  it('asks the server again when a session is opened that it does not show', () => {
    const opened = told(11, 'session.opened', { sessionId: 'session-9', appointmentId: 'appointment-9' })
    expect(hear(beginBoard(snapshot(), 0), opened).diaryChanges).toBe(1)
  })
})
