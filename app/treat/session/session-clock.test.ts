import { defaultInfusionReadingPlan } from '@evenkeel/vital-signs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Instant } from '../../platform/time.ts'
import { foldSession } from './session.ts'
import { nextReading, nextThing, readingsCoverNow, type SessionPlan } from './session-clock.ts'
import type { SessionEvent } from './session-event.ts'

const START = Date.parse('2026-11-22T15:00:00.000Z')
const minute = (min: number) => new Date(START + min * 60_000).toISOString() as Instant
const at = (min: number) => START + min * 60_000
let n = 0
const event = (kind: string, atMin: number, data: unknown = {}) => {
  n += 1
  return {
    id: `e${String(n).padStart(4, '0')}`,
    kind,
    at: minute(atMin),
    by: 'nurse',
    data,
  } as unknown as SessionEvent
}
const plan: SessionPlan = {
  startsAt: minute(-40),
  preparationMin: 40,
  monitoring: defaultInfusionReadingPlan,
  minMinutesAfterEnd: 60,
}
const arrived = event('arrived', -38)
const identity = event('identity-checked', -36, { identifiers: ['full-name', 'birth-date'] })
const checklist = event('checklist', -30, {
  escortNamed: true,
  escortPhoneGiven: true,
  fasted: 'yes',
  noUseSince: 'yes',
  breathAlcoholGPer210L: 0,
})
const vitals = {
  systolicMmHg: 120,
  diastolicMmHg: 80,
  heartRatePerMin: 70,
  spo2Percent: 97,
  respiratoryRatePerMin: 14,
  moaas: 5,
}
const reading = (atMin: number, values: object = vitals) => event('reading', atMin, { values, confirmed: [] })
const partial = (atMin: number) => reading(atMin, { ...vitals, spo2Percent: null })
const dose = event('dose-started', 0, {
  orderedMg: 56,
  drawnMl: 5.6,
  lotConcentrationMgPerMl: 10,
  rateMgPerH: 84,
  durationMin: 40,
})
const before = [arrived, identity, checklist]

describe('what is due next', () => {
  it.each<[string, SessionEvent[], number, string, number | undefined, number]>([
    ['nobody here yet', [], -50, 'arrival', -40, 0],
    ['late', [], -30, 'arrival', -40, 10],
    ['arrived', [arrived], -30, 'identity', undefined, 0],
    ['identity known', [arrived, identity], -30, 'checklist', undefined, 0],
    // The visit began at −40, they came at −38; readings are due 40 min of preparation later.
    ['checks done', before, -20, 'reading', 2, 0],
    ['reading taken', [...before, reading(-5)], 0, 'start-dose', undefined, 0],
    ['reading gone stale', [...before, reading(-16)], 0, 'reading', 2, 0],
    ['a sign left out', [...before, reading(-10), partial(-5)], 0, 'reading', 5, 0],
    [
      'running, a reading with a sign left out',
      [...before, reading(-5), dose, partial(9)],
      12,
      'reading',
      10,
      2,
    ],
    ['running', [...before, reading(-5), dose], 3, 'reading', 10, 0],
    ['running, reading late', [...before, reading(-5), dose], 12, 'reading', 10, 2],
    ['planned time over', [...before, reading(-5), dose, reading(39)], 41, 'end-infusion', 40, 1],
    ['a late reading before the end', [...before, reading(-5), dose, reading(20)], 41, 'reading', 30, 11],
    [
      'recovering',
      [...before, reading(-5), dose, event('dose-finished', 40, { mgGiven: 56 }), reading(42)],
      50,
      'reading',
      57,
      0,
    ],
    [
      'recovered',
      [...before, reading(-5), dose, event('dose-finished', 40, { mgGiven: 56 }), reading(98)],
      101,
      'discharge',
      100,
      1,
    ],
    ['left', [...before, dose, event('discharged', 110, { notMet: [] })], 111, 'note', undefined, 0],
    [
      'closed',
      [...before, event('session-closed', 5, { outcome: 'ended-without-dose' })],
      6,
      'nothing',
      undefined,
      0,
    ],
  ])('%s', (_, events, nowMin, kind, dueMin, overdueMin) => {
    expect(nextThing(foldSession(events), plan, at(nowMin))).toEqual({
      kind,
      dueAtMs: dueMin === undefined ? undefined : at(dueMin),
      overdueMs: overdueMin * 60_000,
    })
  })

  it('stops the clock of readings with the pause of nothing: a paused infusion still wants its readings', () => {
    const paused = foldSession([...before, reading(-5), dose, event('dose-paused', 5)])
    expect(nextReading(paused, plan, at(12))?.overdueMs).toBe(2 * 60_000)
  })

  it.each<[string, SessionEvent[], number, boolean]>([
    ['no reading', before, 0, false],
    ['a fresh one', [...before, reading(-5)], 0, true],
    ['one too old to start on', [...before, reading(-16)], 0, false],
    ['only one with a sign left out', [...before, partial(-5)], 0, false],
    ['running, in time', [...before, reading(-5), dose, reading(9)], 18, true],
    ['running, a sign left out since', [...before, reading(-5), dose, partial(9)], 11, false],
    ['running, late', [...before, reading(-5), dose, reading(9)], 20, false],
  ])('knows whether every sign is known and young enough: %s', (_, events, nowMin, expected) => {
    expect(readingsCoverNow(foldSession(events), plan, at(nowMin))).toBe(expected)
  })

  const red = { ...vitals, systolicMmHg: 186, diastolicMmHg: 112 }
  it.each<[string, SessionEvent[], number, number]>([
    ['red', [reading(9, red)], 10, 14],
    ['red and stopped', [reading(9, red), event('dose-stopped', 10, { mgGiven: 14 })], 10, 14],
    ['calm and stopped', [reading(9), event('dose-stopped', 10, { mgGiven: 14 })], 11, 19],
    [
      'red without the rest',
      [reading(9), event('reading', 11, { values: { spo2Percent: 85 }, confirmed: [] })],
      12,
      16,
    ],
    ['MOAA/S 2 as a scale', [event('scale', 9, { scale: 'moaas', score: 2 })], 10, 10],
    [
      'MOAA/S 2 as a scale after a reading',
      [reading(8), event('scale', 9, { scale: 'moaas', score: 2 })],
      10,
      14,
    ],
    ['red, then amber', [reading(9, red), reading(14, { ...vitals, systolicMmHg: 165 })], 15, 19],
    ['red, then within limits', [reading(9, red), reading(14)], 15, 24],
    ['amber is measured again once', [reading(9, { ...vitals, moaas: 4 })], 10, 14],
    ['and then as ever', [reading(9, { ...vitals, moaas: 4 }), reading(14, { ...vitals, moaas: 4 })], 15, 24],
    [
      'a red alarm of a monitor',
      [
        reading(5),
        event('alarm', 8, {
          alarmId: 'a@1',
          change: 'raised',
          cause: 'spo2-low-red',
          level: 'red',
          sign: 'spo2Percent',
          value: 85,
        }),
      ],
      9,
      13,
    ],
    [
      'one that is over',
      [
        reading(5),
        event('alarm', 8, {
          alarmId: 'a@1',
          change: 'raised',
          cause: 'spo2-low-red',
          level: 'red',
          sign: 'spo2Percent',
          value: 85,
        }),
        event('alarm', 9, {
          alarmId: 'a@1',
          change: 'resolved',
          cause: 'spo2-low-red',
          level: 'red',
          sign: 'spo2Percent',
        }),
      ],
      10,
      15,
    ],
  ])('wants the next reading sooner: %s', (_, events, nowMin, dueMin) => {
    const state = foldSession([...before, reading(-5), dose, ...events])
    expect(nextReading(state, plan, at(nowMin))?.dueAtMs).toBe(at(dueMin))
  })

  it('wants one within five minutes of the newest red value of any log, whenever it is stopped', () => {
    const values = fc.record({
      systolicMmHg: fc.constantFrom(120, 165, 186),
      spo2Percent: fc.constantFrom(98, 93, 85),
      whole: fc.boolean(),
    })
    const taken = fc.array(fc.tuple(fc.integer({ min: 1, max: 90 }), values), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(taken, fc.option(fc.integer({ min: 1, max: 90 }), { nil: undefined }), (drawn, stopMin) => {
        const readings = drawn.map(([min, { whole, ...some }]) => ({
          min,
          values: whole ? { ...vitals, ...some } : some,
        }))
        const stop = stopMin === undefined ? [] : [event('dose-stopped', stopMin, { mgGiven: 1 })]
        const log = readings.map(({ min, values: each }) => reading(min, each))
        const state = foldSession([...before, reading(-5), dose, ...log, ...stop])
        const newest = state.readings.at(-1)!
        const { systolicMmHg, spo2Percent } = newest.values
        const isRed = systolicMmHg === 186 || spo2Percent === 85
        if (!isRed) return
        expect(nextReading(state, plan, at(91))!.dueAtMs).toBeLessThanOrEqual(
          Date.parse(newest.at) + 5 * 60_000,
        )
      }),
    )
  })

  it('takes a red reading before a dose for none to start on', () => {
    const state = foldSession([...before, reading(-5, red)])
    expect(nextThing(state, plan, at(-4))).toEqual({ kind: 'reading', dueAtMs: at(0), overdueMs: 0 })
  })

  it('wants no reading before arrival and after leaving', () => {
    expect(nextReading(foldSession([]), plan, at(100))).toBeUndefined()
    expect(
      nextReading(foldSession([arrived, event('discharged', 1, { notMet: [] })]), plan, at(100)),
    ).toBeUndefined()
  })
})

it('nobody leaves before two hours from the first device, whatever the plan says', () => {
  const nasal = [
    ...before,
    reading(-5),
    event('dose-started', 0, { orderedMg: 56, units: { unitMg: 28, count: 2, atMin: [0, 5] } }),
    event('device-given', 0.001, { deviceNumber: 1, mg: 28 }),
    event('device-given', 5, { deviceNumber: 2, mg: 28 }),
    event('dose-finished', 5.001, { mgGiven: 56 }),
    reading(118),
  ]
  const short: SessionPlan = { ...plan, minMinutesAfterEnd: 60, countedFrom: 'the first device' }
  const next = (nowMin: number) => nextThing(foldSession(nasal), short, at(nowMin)).kind
  expect([next(119), next(120)]).toEqual(['reading', 'discharge'])
})
