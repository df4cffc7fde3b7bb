import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  alarm,
  at,
  event,
  minute,
  reading,
  running,
  visit,
  vitals,
  watched,
} from '../../../tests/board-log.ts'
import type { SessionSamples } from '../monitors/live-samples.ts'
import { foldSession } from '../session/session.ts'
import type { AlarmChange, SessionEvent } from '../session/session-event.ts'
import { type BoardTile, boardTiles } from './board.ts'
import { consentTakenBack } from './tile-concerns.ts'
import { mineFirst, roomOf, watchesOf } from './watch.ts'

describe('the board', () => {
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

  it('says in red that the pump is not set to the step of now, and in amber that nobody recorded the end', () => {
    const first = (log: SessionEvent[], min: number) => {
      const [{ state, concerns }] = boardTiles([visit(1)], { 'session-1': log }, at(min)) as [BoardTile]
      return [state, ...concerns.map(({ urgency, word, sinceMs }) => [urgency, word, sinceMs])]
    }
    const steps = [
      { title: 'Bolus', rateMlPerH: 60, rateMgPerH: 82.5, durationMin: 5 },
      { title: 'Then', rateMlPerH: 45, rateMgPerH: 61.875, durationMin: 35 },
    ]
    const inSteps = running(1, reading('x1', 9)).map((each) =>
      each.kind === 'dose-started' ? { ...each, data: { ...each.data, steps } } : each,
    )
    expect(first(inSteps, 4.9)).toEqual(['calm'])
    expect(first(inSteps, 12)).toEqual(['red', ['red', 'Set the pump to 45 mL/h', at(5)]])
    const set = event('s1', 'dose-rate-changed', 5, { rateMlPerH: 45, rateMgPerH: 61.875 })
    expect(first([...inSteps, set], 12)).toEqual(['calm'])
    // A pump that stands is set when it is resumed.
    const paused = [...inSteps, event('p1', 'dose-paused', 4, {})]
    expect(first(paused, 12)).toEqual(['calm'])
    expect(first([...paused, event('p2', 'dose-resumed', 6, {})], 12)[0]).toBe('red')

    const single = running(1, reading('x1', 40))
    expect(first(single, 41.9)[0]).not.toBe('amber')
    expect(first(single, 42)).toEqual(['amber', ['amber', 'End of the infusion not recorded', at(40)]])
    const ended = event('e1', 'dose-finished', 40, { mgGiven: 55, computedMg: 55 })
    expect(first([...single, ended], 42)).toEqual(['calm'])
  })

  it('puts the worst first', () => {
    const visits = [1, 2, 3, 4, 5, 6].map((n) => visit(n))
    const logs = {
      'session-1': running(1, reading('x1', 9)),
      'session-2': running(2, reading('x2', 9, { ...vitals, systolicMmHg: 185 })),
      'session-3': running(3, reading('x3', 9, { ...vitals, spo2Percent: 93 })),
      'session-4': [],
      'session-5': [watched(5), event('a5', 'arrived', 0, {})],
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

  it('a dose that runs although consent was taken back is red and first; once nothing runs the tile sounds for nothing', () => {
    const stopped = [reading('x2', 9), event('s2', 'dose-stopped', 8, { mgGiven: 11, computedMg: 11 })]
    const logs = {
      'session-1': running(1, reading('x1', 9), alarm('r1', 9, 'raised', { level: 'amber' })),
      'session-2': running(2, reading('x2', 9)),
    }
    const told = (change: Partial<typeof logs>, consentTakenBackAt = minute(7)) =>
      boardTiles([visit(1), visit(2, { consentTakenBackAt })], { ...logs, ...change }, at(10)).map(
        ({ visit: v, state, word, concerns }) => `${v.roomName} ${state} ${word} ${concerns.length}`,
      )
    expect(told({})[0]).toBe('Room 2 red Consent taken back 1')
    const after = running(2, ...stopped)
    expect(told({ 'session-2': after })).toContain('Room 2 calm Within limits 0')
    const of = (log: SessionEvent[]) => consentTakenBack(foldSession(log), minute(7))
    expect(of(logs['session-2'])).toEqual({ state: 'red', since: minute(7) })
    expect(of(after)?.state).toBe('amber')
    expect(of([])).toBeUndefined()
    expect(of([...after, event('f', 'discharged', 9.5, { overrideBy: null, notMet: [] })])).toBeUndefined()
    expect(consentTakenBack(foldSession(after), undefined)).toBeUndefined()
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
    const log = [watched(1), event('a', 'arrived', -40, {}), reading('r', -20)]
    expect(boardTiles([visit(1)], { 'session-1': log }, at(-5))[0]?.state).toBe('calm')
    expect(boardTiles([visit(1)], { 'session-1': log }, at(-4))[0]).toMatchObject({
      state: 'unknown',
      word: 'Last full reading too old',
    })
  })

  it('never takes unknown for normal: a missing sign keeps a room from being calm', () => {
    const { moaas: _, ...without } = vitals
    const log = [watched(1), event('a', 'arrived', -40, {}), reading('r', -5, without)]
    expect(boardTiles([visit(1)], { 'session-1': log }, at(0))[0]).toMatchObject({
      state: 'unknown',
      word: 'Not all signs known',
    })
  })

  const first = (log: readonly SessionEvent[], min: number, samples?: SessionSamples) =>
    boardTiles([visit(1)], { 'session-1': log }, at(min), samples && { 'session-1': samples })[0]!
  const RED = { cause: 'sbp-high-red', level: 'red', sign: 'systolicMmHg', value: 184 } as const
  const AMBER = { cause: 'hr-high-amber', level: 'amber', sign: 'heartRatePerMin', value: 112 } as const
  const SILENT = { cause: 'silence', level: 'technical' } as const
  const raised = (n: number, about: Partial<AlarmChange>, min = 9) =>
    alarm(`raised${n}`, min, 'raised', about)
  const known = (n: number, about: Partial<AlarmChange>) =>
    alarm(`known${n}`, 9.5, 'acknowledged', about, 'nurse-2')

  it('ranks by alarms: red, red that somebody answers for, technical, amber, then what is answered for, unknown, due, calm', () => {
    const { moaas: _, ...without } = vitals
    const logs = {
      'session-1': running(1, reading('x1', 9)),
      'session-2': running(2, reading('x2', 9), raised(2, AMBER), known(2, AMBER)),
      'session-3': running(3, reading('x3', 9), raised(3, SILENT), known(3, SILENT)),
      'session-4': running(4, reading('x4', 9), raised(4, AMBER)),
      'session-5': running(5, reading('x5', 9), raised(5, SILENT)),
      'session-6': running(6, reading('x6', 9), raised(6, RED), known(6, RED)),
      'session-7': running(7, reading('x7', 9), raised(7, RED)),
      'session-8': [watched(8), event('a8', 'arrived', 0, {}), reading('x8', 9, without)],
      'session-9': [],
    }
    const visits = Object.keys(logs).map((_id, i) => visit(i + 1))
    expect(
      boardTiles(visits, logs, at(10)).map(({ visit: v, urgency, state }) => [v.roomName, urgency, state]),
    ).toEqual([
      ['Room 7', 'red', 'red'],
      ['Room 6', 'red-acknowledged', 'red'],
      ['Room 5', 'technical', 'unknown'],
      ['Room 4', 'amber', 'amber'],
      ['Room 3', 'technical-acknowledged', 'unknown'],
      ['Room 2', 'amber-acknowledged', 'amber'],
      ['Room 8', 'unknown', 'unknown'],
      ['Room 9', 'due', 'due'],
      ['Room 1', 'calm', 'calm'],
    ])
  })

  it('puts the alarm that lasts longest first among equals', () => {
    const logs = {
      'session-1': running(1, reading('x1', 9), raised(1, RED, 9.5)),
      'session-2': running(2, reading('x2', 9), raised(2, RED, 9.2)),
    }
    expect(boardTiles([visit(1), visit(2)], logs, at(10)).map(({ visit: v }) => v.roomName)).toEqual([
      'Room 2',
      'Room 1',
    ])
  })

  it('hides nothing that is acknowledged, and lets a worse one be unanswered again', () => {
    const answered = running(1, reading('x1', 9), raised(1, RED), known(1, RED))
    expect(first(answered, 10)).toMatchObject({
      urgency: 'red-acknowledged',
      word: 'Red: Systolic pressure 184 mmHg',
    })
    const worse = [...answered, alarm('worse', 9.8, 'worsened', { ...RED, value: 201 })]
    expect(first(worse, 10)).toMatchObject({ urgency: 'red', word: 'Red: Systolic pressure 201 mmHg' })
    const over = [...answered, alarm('over', 9.9, 'resolved', RED)]
    expect(first(over, 10)).toMatchObject({ urgency: 'calm' })
  })

  it('calls a red value unanswered while only an amber alarm of its sign was answered', () => {
    const about = { cause: 'sbp-high-amber', level: 'amber', sign: 'systolicMmHg', value: 165 } as const
    const log = running(1, raised(1, about, 8), alarm('k', 8.5, 'acknowledged', about, 'nurse-2'))
    const high = reading('x1', 9, { ...vitals, systolicMmHg: 185 })
    expect(first([...log, high], 10)).toMatchObject({ urgency: 'red', word: 'Red: SBP 185' })
    expect(first([...log, high, raised(3, RED), known(3, RED)], 10).urgency).toBe('red-acknowledged')
  })

  it('says in red that nobody watches, from arrival until they have left', () => {
    const [, ...unwatched] = running(1, reading('x1', 9))
    expect(first(unwatched, 10)).toMatchObject({ urgency: 'red', word: 'Nobody watches this room' })
    expect(first([event('a', 'arrived', 0, {})], 1)).toMatchObject({ urgency: 'red' })
    expect(first([], 1).urgency).toBe('due')
    const left = event('f', 'discharged', 9.5, { overrideBy: null, notMet: [] })
    expect(first([...unwatched, left], 10)).toMatchObject({ urgency: 'calm', word: 'Left' })
  })

  it('shows what a monitor sent later than the hand, with its source, and calls it unknown once it is old', () => {
    const log = running(1, reading('x1', 9))
    const spo2 = (value: number, min: number, quality: 'ok' | 'questionable' = 'ok') => ({
      spo2Percent: { value, atMs: at(min), quality, device: 'Bed 1' },
    })
    const saturation = (samples: SessionSamples) =>
      first(log, 10, samples).signs.find(({ sign }) => sign === 'spo2Percent')
    expect(saturation(spo2(96, 9.99))).toMatchObject({
      value: 96,
      state: 'within',
      source: { by: 'monitor', device: 'Bed 1' },
    })
    expect(first(log, 10, spo2(86, 9.99))).toMatchObject({ urgency: 'red', word: 'Red: SpO₂ 86' })
    expect(
      first(log, 10, spo2(96, 8)).signs.find(({ sign }) => sign === 'spo2Percent')?.source,
    ).toMatchObject({ by: 'hand' })
    expect(first(log, 10, spo2(96, 9.99, 'questionable'))).toMatchObject({ urgency: 'unknown' })
    expect(first(log, 13, spo2(96, 9.99))).toMatchObject({ urgency: 'unknown', word: 'Not all signs known' })
  })

  it('is never calm with an alarm that is not over, a sign that is not known or nobody who watches', () => {
    const change = fc.constantFrom(
      'raised',
      'raised-again',
      'worsened',
      'seen',
      'acknowledged',
      'escalated',
      'resolved',
    )
    const entry = fc.record({
      cause: fc.constantFrom('a', 'b', 'c'),
      change,
      level: fc.constantFrom('red' as const, 'amber' as const, 'technical' as const),
      min: fc.integer({ min: 1, max: 9 }),
      drop: fc.subarray(Object.keys(vitals)),
      watch: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 12 }), fc.boolean(), (entries, someone) => {
        const log = running(1).filter(({ kind }) => someone || kind !== 'watch-taken')
        for (const [i, { cause, change: word, level, min, drop, watch }] of entries.entries()) {
          log.push(alarm(`x${i}`, min, word as 'raised', { cause, level }))
          log.push(
            reading(
              `v${i}`,
              min,
              Object.fromEntries(Object.entries(vitals).filter(([sign]) => !drop.includes(sign))),
            ),
          )
          if (watch) log.push(event(`t${i}`, 'watch-taken', min, { from: null }))
        }
        const tile = first(log, 10)
        const open = tile.session.care.alarms.filter(({ resolvedAt }) => !resolvedAt)
        // Every alarm that is not over stands on the tile, answered or not.
        expect(tile.concerns.filter((concern) => concern.alarm).length).toBe(open.length)
        if (tile.urgency !== 'calm') return
        expect(open).toEqual([])
        expect(tile.session.care.watch).toBeDefined()
        expect(tile.signs.filter(({ sign }) => sign in vitals).every(({ state }) => state === 'within')).toBe(
          true,
        )
      }),
      { numRuns: 300 },
    )
  })
})

describe('watches', () => {
  const offer = (n: number, to: string) => event(`o${n}`, 'handover-offered', 1, { to })
  const logs = {
    'session-1': running(1, reading('x1', 9)),
    'session-2': running(2, reading('x2', 9), offer(2, 'me')),
    'session-3': [watched(3, 'me'), ...running(3, reading('x3', 9)).slice(1)],
    'session-4': running(4, reading('x4', 9, { ...vitals, spo2Percent: 86 })),
    'session-5': running(5, reading('x5', 9)).slice(1),
    'session-6': [],
  }
  const tiles = boardTiles(
    [1, 2, 3, 4, 5, 6].map((n) => visit(n)),
    logs,
    at(10),
  )
  const rooms = (some: readonly BoardTile[]) => some.map(({ visit: v }) => v.roomName)

  it('are known by person: theirs, and those a colleague offers them', () => {
    const { mine, offered } = watchesOf(tiles, 'me')
    expect([rooms(mine), rooms(offered)]).toEqual([['Room 3'], ['Room 2']])
    expect(roomOf(mine[0]!)).toBe('Room 3, Chair')
  })

  it('asked for alone, keep beside them what is red, unwatched or offered', () => {
    const { shown, hidden } = mineFirst(tiles, 'me')
    expect(rooms(shown)).toEqual(['Room 4', 'Room 5', 'Room 2', 'Room 3'])
    expect(hidden).toBe(2)
  })
})
