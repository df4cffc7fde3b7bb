import { describe, expect, it } from 'vitest'
import type { Instant } from '../../platform/time.ts'
import { acceptEntry, type BedsideEntry } from '../session/bedside-entry.ts'
import { foldSession } from '../session/session.ts'
import type { SessionEvent } from '../session/session-event.ts'
import {
  computedMg,
  expectedEndMs,
  infusionMinutes,
  mostMg,
  pumpSteps,
  rateAt,
  wholeRunMin,
} from './infusion.ts'

const START = Date.parse('2026-11-22T15:00:00.000Z')
const at = (min: number) => START + min * 60_000
let n = 0
const event = (kind: string, atMin: number, data: unknown = {}) => {
  n += 1
  const id = `e${String(n).padStart(4, '0')}`
  return {
    id,
    kind,
    at: new Date(at(atMin)).toISOString() as Instant,
    by: 'nurse',
    data,
  } as unknown as SessionEvent
}
// 40 mg over 40 minutes: 1 mg a minute, 60 mL/h of 1 mg/mL.
const started = event('dose-started', 0, {
  orderedMg: 40,
  drawnMl: 4,
  lotConcentrationMgPerMl: 10,
  rateMgPerH: 60,
  durationMin: 40,
})
const rate = (atMin: number, mlPerH: number) =>
  event('dose-rate-changed', atMin, { rateMlPerH: mlPerH, rateMgPerH: mlPerH })
const doseOf = (...events: SessionEvent[]) => foldSession([started, ...events]).dose!

describe('a pump whose rate is changed', () => {
  it('gives by steps, and ends later when slowed and earlier when set back', () => {
    const slowed = doseOf(rate(20, 30))
    expect(computedMg(slowed, at(20))).toBe(20)
    expect(computedMg(slowed, at(30))).toBe(25)
    expect(expectedEndMs(slowed, at(30))).toBe(at(60))
    expect(wholeRunMin(slowed, at(30))).toBe(60)
    const back = doseOf(rate(20, 30), rate(30, 60))
    expect(computedMg(back, at(40))).toBe(35)
    expect(expectedEndMs(back, at(40))).toBe(at(45))
    expect(rateAt(back, at(25))).toBe(30)
  })

  it('never gives more than ordered, and knows by how long its time is over', () => {
    const slowed = doseOf(rate(20, 30))
    expect(computedMg(slowed, at(200))).toBe(40)
    expect(expectedEndMs(slowed, at(61))).toBe(at(60))
    expect(expectedEndMs(doseOf(), at(40))).toBe(at(40))
  })

  it('never gives more than was drawn: by rate, by an end without a figure, or by what somebody typed', () => {
    const less = { ...started, data: { ...started.data, drawnMl: 3.95 } } as SessionEvent
    const state = foldSession([less])
    expect(mostMg(state.dose!)).toBe(39.5)
    expect(computedMg(state.dose!, at(40))).toBe(39.5)
    const now = new Date(at(60)).toISOString() as Instant
    const ended = (kind: string, data: object) =>
      acceptEntry(
        { id: 'end', kind, at: new Date(at(41)).toISOString(), data } as unknown as BedsideEntry,
        state,
        [less],
        { openedAt: less.at },
        now,
        'nurse',
      )
    expect(ended('dose-finished', {})).toMatchObject({ event: { data: { mgGiven: 39.5 } } })
    expect(ended('dose-stopped', {})).toMatchObject({ event: { data: { mgGiven: 39.5 } } })
    expect(ended('dose-finished', { mgGiven: 39.51 })).toMatchObject({ reason: 'more-than-drawn' })
    expect(ended('dose-finished', { mgGiven: 39.5 }).ok).toBe(true)
  })

  it('takes a rate set while it stood from the resumption on', () => {
    const dose = doseOf(event('dose-paused', 10), rate(12, 30), event('dose-resumed', 20))
    expect(pumpSteps(dose)).toEqual([
      { atMs: at(0), mgPerH: 60 },
      { atMs: at(10), mgPerH: 0 },
      { atMs: at(20), mgPerH: 30 },
    ])
    expect(computedMg(dose, at(40))).toBe(20)
    expect(infusionMinutes(dose, at(40))).toBe(30)
    const standing = doseOf(event('dose-paused', 10), rate(12, 30))
    expect(computedMg(standing, at(30))).toBe(10)
    expect(expectedEndMs(standing, at(30))).toBe(at(90))
  })

  it('stands after its end, whatever it was set to', () => {
    const dose = doseOf(rate(10, 30), event('dose-stopped', 20, { mgGiven: 15, computedMg: 15 }))
    expect(pumpSteps(dose).at(-1)).toEqual({ atMs: at(20), mgPerH: 0 })
    expect(computedMg(dose, at(90))).toBe(15)
  })

  it('is not counted without a running infusion', () => {
    const early = rate(-5, 30)
    const late = rate(30, 30)
    const state = foldSession([
      early,
      started,
      event('dose-stopped', 20, { mgGiven: 20, computedMg: 20 }),
      late,
    ])
    expect(state.notCounted).toEqual([early.id, late.id])
    expect(state.dose?.rateChanges).toEqual([])
  })
})
