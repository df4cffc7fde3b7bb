import { describe, expect, it } from 'vitest'
import type { Instant } from '../../platform/time.ts'
import { foldSession } from '../session/session.ts'
import type { SessionEvent } from '../session/session-event.ts'
import { pumpEvents, sessionAxis } from './session-axis.ts'

const START = Date.parse('2026-11-22T15:00:00.000Z')
let n = 0
const event = (kind: string, atMin: number, data: unknown = {}) => {
  n += 1
  return {
    id: `e${String(n).padStart(4, '0')}`,
    kind,
    at: new Date(START + atMin * 60_000).toISOString() as Instant,
    by: 'nurse',
    data,
  } as unknown as SessionEvent
}
const started = event('dose-started', 0, { orderedMg: 40, drawnMl: 4, rateMgPerH: 60, durationMin: 40 })
const reading = (atMin: number) => event('reading', atMin, { values: {}, confirmed: [] })
const rate = (atMin: number, mgPerH: number) =>
  event('dose-rate-changed', atMin, { rateMlPerH: mgPerH, rateMgPerH: mgPerH })
const axisOf = (...events: SessionEvent[]) => {
  const axis = sessionAxis(foldSession(events))
  return axis && [axis.startMinute, axis.endMinute]
}

describe('the minutes of a session’s pictures', () => {
  it('reach from the first reading over three hours, or an hour beyond the pump’s end', () => {
    expect(axisOf(started)).toEqual([0, 180])
    expect(axisOf(reading(-14), started, reading(12))).toEqual([-20, 180])
    expect(axisOf(started, reading(203))).toEqual([0, 210])
    // 20 mg at a tenth of the rate take 200 minutes more.
    expect(axisOf(started, rate(20, 6))).toEqual([0, 280])
  })

  it('are bounded, and not there before there is anything to draw', () => {
    expect(axisOf(started, rate(20, 0.01))).toEqual([0, 720])
    expect(axisOf(reading(0), reading(25))).toEqual([0, 30])
    expect(axisOf()).toBeUndefined()
  })
})

describe('the verticals of a session’s pictures', () => {
  it('name start and end first; what stands too near keeps its line and gives up its word', () => {
    const dose = foldSession([
      started,
      rate(10, 30),
      rate(25, 20),
      event('dose-paused', 30),
      event('dose-stopped', 50, { mgGiven: 20, computedMg: 20 }),
    ]).dose!
    expect(pumpEvents(dose, 180)).toEqual([
      { minute: 0, label: 'start' },
      { minute: 10, label: '' },
      { minute: 25, label: 'rate' },
      { minute: 30, label: '' },
      { minute: 50, label: 'stop' },
    ])
    // Over twelve hours the same places lie side by side: only start and end keep their words, if those.
    expect(pumpEvents(dose, 720).map(({ label }) => label)).toEqual(['start', '', '', '', ''])
  })

  it('show each further device of a nasal dose', () => {
    const device = (deviceNumber: number, atMin: number) =>
      event('device-given', atMin, { deviceNumber, mg: 28, lotId: 'l' })
    const nasal = event('dose-started', 0, {
      orderedMg: 84,
      rateMgPerH: 0,
      durationMin: 0,
      units: { unitMg: 28, count: 3, atMin: [0, 5, 10] },
    })
    const { dose } = foldSession([nasal, device(1, 0.001), device(2, 5), device(3, 40)])
    expect(pumpEvents(dose!, 180)).toEqual([
      { minute: 0, label: 'start' },
      { minute: 5, label: '' },
      { minute: 40, label: 'device 3' },
    ])
  })
})
