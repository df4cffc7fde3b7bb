import { describe, expect, it } from 'vitest'
import type { Instant } from '../../platform/time.ts'
import { foldSession } from '../session/session.ts'
import type { SessionEvent } from '../session/session-event.ts'
import { instantOfMinute, minuteAsked, replaySpan, stopOfEvent, stopsAround, withinSpan } from './replay.ts'

const START = Date.parse('2026-11-22T15:00:00.000Z')
let n = 0
const event = (kind: string, atSeconds: number, data: unknown = {}) => {
  n += 1
  return {
    id: `e${String(n).padStart(4, '0')}`,
    kind,
    at: new Date(START + atSeconds * 1000).toISOString() as Instant,
    by: 'nurse',
    data,
  } as unknown as SessionEvent
}
const arrived = event('arrived', -1470)
const started = event('dose-started', 0, { orderedMg: 40, drawnMl: 4, rateMgPerH: 60, durationMin: 40 })
const paused = event('dose-paused', 607)
const resumed = event('dose-resumed', 607)
const finished = event('dose-finished', 2645, { mgGiven: 40, computedMg: 40 })
const log = [finished, paused, arrived, resumed, started]
const span = replaySpan(log)!

describe('looking back along a session', () => {
  it('counts minutes from the start of the infusion and holds every entry', () => {
    expect(span).toEqual({ zeroMs: START, firstMinute: -25, lastMinute: 45, stops: [-24.5, 0, 10.12, 44.09] })
    expect(replaySpan([arrived])).toMatchObject({ firstMinute: 0, lastMinute: 1 })
    expect(replaySpan([])).toBeUndefined()
  })

  it('knows at each stop the entry it stands for, and not the next', () => {
    for (const each of log) {
      const at = instantOfMinute(span, stopOfEvent(each, span)) as Instant
      expect(at >= each.at).toBe(true)
      expect(Date.parse(at) - Date.parse(each.at)).toBeLessThan(1000)
    }
    const at = (minute: number) => foldSession(log, instantOfMinute(span, minute) as Instant).phase
    expect([at(-1), at(0), at(44), at(44.09)]).toEqual(['check', 'monitor', 'monitor', 'recover'])
  })

  it('goes from entry to entry, and no further than there are any', () => {
    expect(stopsAround(span, 0)).toEqual({ previous: -24.5, current: 0, next: 10.12 })
    expect(stopsAround(span, 20)).toEqual({ previous: 10.12, current: 10.12, next: 44.09 })
    expect(stopsAround(span, -25)).toEqual({ previous: undefined, current: undefined, next: -24.5 })
    expect(stopsAround(span, 45).next).toBeUndefined()
    expect(withinSpan(span, 50)).toBe(45)
    expect(withinSpan(span, -30)).toBe(-25)
  })

  it.each([
    [null, 0, undefined],
    ['', 0, undefined],
    ['12', 12, undefined],
    ['10,12', 10.12, undefined],
    ['−5', -5, undefined],
    ['soon', 0, 'Write a minute from −25 to 45.'],
    ['46', 0, 'Write a minute from −25 to 45.'],
    ['1e999', 0, 'Write a minute from −25 to 45.'],
  ])('reads the minute asked for: %s', (text, minute, problem) => {
    expect(minuteAsked(text, span)).toEqual({ minute, problem })
  })
})
