import { describe, expect, it } from 'vitest'
import type { Instant } from '../../platform/time.ts'
import type { LiveValue, SessionSamples } from '../monitors/live-samples.ts'
import { newestValues } from './newest-values.ts'
import { foldSession } from './session.ts'
import type { SessionEvent } from './session-event.ts'

const START = Date.parse('2026-11-24T15:00:00Z')
const at = (seconds: number) => START + seconds * 1000
const reading = (seconds: number, values: object) =>
  ({
    id: `r${seconds}`,
    kind: 'reading',
    at: new Date(at(seconds)).toISOString() as Instant,
    by: 'nurse',
    data: { values, confirmed: [] },
  }) as unknown as SessionEvent
const live = (seconds: number, value: number, quality: LiveValue['quality'] = 'ok'): LiveValue => ({
  value,
  atMs: at(seconds),
  quality,
  device: 'Monitor, Harbor',
})
const one = (
  events: SessionEvent[],
  samples: SessionSamples | undefined,
  now: number,
  good: number | undefined = 600_000,
) => newestValues(foldSession(events), samples, at(now), good).find(({ sign }) => sign === 'spo2Percent')!

describe('the newest value of a sign', () => {
  const hand = reading(0, { spo2Percent: 97 })

  it('is the one measured later, with its source and age', () => {
    expect(one([hand], { spo2Percent: live(30, 95) }, 40)).toMatchObject({
      value: 95,
      state: 'within',
      ageMs: 10_000,
      stale: false,
      source: { by: 'monitor', device: 'Monitor, Harbor' },
    })
    expect(one([hand, reading(60, { spo2Percent: 96 })], { spo2Percent: live(30, 95) }, 70)).toMatchObject({
      value: 96,
      source: { by: 'hand', eventId: 'r60', accountId: 'nurse' },
    })
    expect(one([hand], { spo2Percent: live(0, 95) }, 1).value).toBe(97)
    expect(one([hand], undefined, 1).value).toBe(97)
  })

  it('is unknown when it is too old, doubted, or was never measured; never calm', () => {
    expect(one([], { spo2Percent: live(0, 97) }, 59).state).toBe('within')
    expect(one([], { spo2Percent: live(0, 97) }, 61)).toMatchObject({
      state: 'unknown',
      stale: true,
      value: 97,
    })
    expect(one([hand], undefined, 601)).toMatchObject({ state: 'unknown', stale: true })
    expect(one([], { spo2Percent: live(0, 97, 'questionable') }, 1).state).toBe('unknown')
    expect(one([], undefined, 1)).toMatchObject({ state: 'unknown', value: null, source: undefined })
  })

  it('stays red however old it is, until a newer one is there', () => {
    expect(one([], { spo2Percent: live(0, 86) }, 4000)).toMatchObject({
      state: 'red',
      stale: true,
      value: 86,
    })
    expect(one([], { spo2Percent: live(0, 86, 'questionable') }, 1).state).toBe('red')
  })

  it('of a monitor is compared with the values before the dose only after the start', () => {
    const dose = {
      ...reading(100, {}),
      id: 'd',
      kind: 'dose-started',
      data: { orderedMg: 56, rateMgPerH: 84, durationMin: 40 },
    } as unknown as SessionEvent
    const log = [reading(0, { systolicMmHg: 120 }), reading(50, { spo2Percent: 97 }), dose]
    const systolic = (events: SessionEvent[], seconds: number) =>
      newestValues(foldSession(events), { systolicMmHg: live(seconds, 155) }, at(seconds + 1), 600_000).find(
        ({ sign }) => sign === 'systolicMmHg',
      )?.state
    expect(systolic(log, 130)).toBe('amber')
    expect(systolic(log, 100)).toBe('within')
    expect(systolic(log.slice(0, 2), 130)).toBe('within')
    // Without a value of their own nobody knows how much it rose.
    expect(systolic([dose], 130)).toBe('unknown')
  })

  it('is not what the device itself calls invalid', () => {
    expect(one([hand], { spo2Percent: live(30, 20, 'invalid') }, 40)).toMatchObject({
      value: 97,
      source: { by: 'hand' },
    })
  })
})
