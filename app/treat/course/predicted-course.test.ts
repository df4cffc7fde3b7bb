import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Instant } from '../../platform/time.ts'
import { foldSession } from '../session/session.ts'
import type { SessionEvent } from '../session/session-event.ts'
import { endMissingSince, levelsAt, type PredictedCourse, predictedCourse } from './predicted-course.ts'

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
// 35 mg over 40 minutes: 0.5 mg/kg for 70 kg, the infusion of the published table.
const started = event('dose-started', 0, {
  orderedMg: 35,
  drawnMl: 3.5,
  lotConcentrationMgPerMl: 10,
  rateMgPerH: 52.5,
  durationMin: 40,
})
const finished = (atMin: number, mgGiven = 35) =>
  event('dose-finished', atMin, { mgGiven, computedMg: mgGiven })
const slower = (atMin: number, mgPerH: number) =>
  event('dose-rate-changed', atMin, { rateMlPerH: mgPerH, rateMgPerH: mgPerH })
const adult = { weightKg: 70, ageYears: 40, sex: 'female' } as const
function courseOf(events: SessionEvent[], person: Parameters<typeof predictedCourse>[1] = adult) {
  const found = predictedCourse(foldSession([started, ...events]).dose!, person, 180)
  if (!found.ok) throw new Error(found.reason)
  return found
}

/**
 * Kamp 2020, 0.5 mg/kg over 40 min in 70 kg: 253.1 at 40 min in the table of predictions (linear-system solution of the
 * published parameters); the digits beyond are those of the package's own closed form and its ODE solver alike.
 */
const AT_40 = 253.051835

describe('what never went through a pump', () => {
  const nasal = event('dose-started', 0, {
    orderedMg: 56,
    rateMgPerH: 0,
    durationMin: 0,
    units: { unitMg: 28, count: 2, atMin: [0, 5] },
  })
  const device = (deviceNumber: number, atMin: number) =>
    event('device-given', atMin, { deviceNumber, mg: 28, lotId: 'l' })
  const given = [nasal, device(1, 0.001), device(2, 5)]
  const tablets = event('dose-started', 0, {
    orderedMg: 100,
    rateMgPerH: 0,
    durationMin: 0,
    atOnce: 'sublingual',
    units: { unitMg: 100, count: 1, atMin: [] },
  })
  it.each([
    ['a nasal dose under way', given],
    [
      'a nasal dose that has ended',
      [...given, event('dose-finished', 5.01, { mgGiven: 56, computedMg: 56 })],
    ],
    [
      'a nasal dose stopped after the first device',
      [...given.slice(0, 2), event('dose-stopped', 2, { mgGiven: 28, computedMg: 28 })],
    ],
    ['tablets', [tablets, event('dose-finished', 0.001, { mgGiven: 100, computedMg: 100, atOnce: true })]],
  ])('has no curve: %s', (_, events) => {
    expect(predictedCourse(foldSession(events).dose!, adult, 60)).toEqual({
      ok: false,
      reason: 'other-route',
    })
  })
})

describe('the predicted course of a session', () => {
  it('is the published one for the ordered infusion, running or ended', () => {
    expect(courseOf([]).arterial[40]).toBeCloseTo(AT_40, 6)
    const ended = courseOf([finished(40)])
    expect(ended.arterial[40]).toBeCloseTo(AT_40, 6)
    for (const [minute, level] of [
      [10, 154.5],
      [20, 198.3],
      [60, 95.9],
      [120, 49.9],
    ] as const) {
      expect(Math.abs(ended.arterial[minute]! - level)).toBeLessThanOrEqual(0.0501)
    }
    expect(ended.venous[40]).toBeCloseTo(185, 0)
    expect(ended.peak).toEqual({ ngPerMl: expect.closeTo(AT_40, 6), atMinute: 40 })
    expect(ended.scaled).toBeUndefined()
    expect(ended.warnings).toEqual([])
  })

  it('lags in the effect, which peaks after the end of the infusion', () => {
    const { effect } = courseOf([])
    expect(effect[40]!).toBeLessThan(AT_40)
    expect(effect.indexOf(Math.max(...effect))).toBe(41)
  })

  it('does not depend on when it is looked at: a pump goes on at its rate until it is empty', () => {
    const slowed = courseOf([slower(20, 26.25)])
    expect(slowed.plannedEndMinute).toBeCloseTo(60, 9)
    expect(slowed.given).toEqual([
      { fromMinute: 0, toMinute: 20 },
      { fromMinute: 20, toMinute: expect.closeTo(60, 9) },
    ])
    expect(slowed.arterial[40]!).toBeLessThan(AT_40)
    expect(slowed.arterial[60]!).toBeGreaterThan(courseOf([]).arterial[60]!)
    // Finished when it was empty, or noticed three minutes later: the same 35 mg in the same 60 minutes.
    expect(courseOf([slower(20, 26.25), finished(60)]).arterial).toEqual(slowed.arterial)
    expect(courseOf([slower(20, 26.25), finished(63)]).arterial[100]).toBeCloseTo(slowed.arterial[100]!, 9)
  })

  it('adds up: a pause is the same as two infusions', () => {
    const paused = courseOf([event('dose-paused', 10), event('dose-resumed', 25), finished(55)])
    const first = courseOf([event('dose-stopped', 10, { mgGiven: 8.75, computedMg: 8.75 })])
    const rest = courseOf([event('dose-stopped', 30, { mgGiven: 26.25, computedMg: 26.25 })])
    for (const minute of [5, 20, 40, 55, 90]) {
      const sum = first.arterial[minute]! + (minute < 25 ? 0 : rest.arterial[minute - 25]!)
      expect(paused.arterial[minute]).toBeCloseTo(sum, 9)
    }
    expect(paused.given).toEqual([
      { fromMinute: 0, toMinute: 10 },
      { fromMinute: 25, toMinute: 55 },
    ])
  })

  it('leaves a pump that stands standing, and says no end', () => {
    const standing = courseOf([event('dose-paused', 10)])
    expect(standing.plannedEndMinute).toBeUndefined()
    expect(standing.pump).toBe('stands')
    expect([courseOf([]).pump, courseOf([finished(40)]).pump]).toEqual(['runs-on', 'ended'])
    expect(standing.totalMg).toBeCloseTo(8.75, 9)
  })

  it('believes the mg that were recorded: the rates are scaled and the course in proportion, and it says so', () => {
    const byRate = courseOf([event('dose-stopped', 20, { mgGiven: 17.5, computedMg: 17.5 })])
    const recorded = courseOf([event('dose-stopped', 20, { mgGiven: 14, computedMg: 17.5 })])
    expect(recorded.scaled).toEqual({ recordedMg: 14, byRateMg: 17.5 })
    expect(recorded.totalMg).toBe(14)
    for (const minute of [10, 20, 60, 180]) {
      expect(recorded.arterial[minute]).toBeCloseTo(byRate.arterial[minute]! * 0.8, 9)
    }
    expect(byRate.scaled).toBeUndefined()
  })

  it('knows an end within the instant of the start, with mg and without', () => {
    const none = courseOf([event('dose-stopped', 0, { mgGiven: 0, computedMg: 0 })])
    expect(Math.max(...none.arterial, ...none.arterialBand.high, ...none.effectBand.high)).toBe(0)
    expect(none.peak).toBeUndefined()
    const some = courseOf([event('dose-stopped', 0, { mgGiven: 2, computedMg: 0 })])
    expect(some.totalMg).toBe(2)
    expect(some.arterial[1]!).toBeGreaterThan(0)
  })

  it('holds its lines within their bands, the same for the same dose every time', () => {
    const once = courseOf([])
    const again = courseOf([])
    expect(again.arterialBand).toEqual(once.arterialBand)
    expect([once.arterialBand.low[0], once.arterialBand.high[0], once.effectBand.high[0]]).toEqual([0, 0, 0])
    for (let minute = 1; minute <= 180; minute++) {
      expect(once.arterialBand.low[minute]!).toBeLessThan(once.arterial[minute]!)
      expect(once.arterialBand.high[minute]!).toBeGreaterThan(once.arterial[minute]!)
      expect(once.effectBand.low[minute]!).toBeLessThan(once.effect[minute]!)
      expect(once.effectBand.high[minute]!).toBeGreaterThan(once.effect[minute]!)
    }
  })

  it('draws nothing without a weight', () => {
    const dose = foldSession([started]).dose!
    expect(predictedCourse(dose, { ...adult, weightKg: undefined }, 180)).toEqual({
      ok: false,
      reason: 'weight-unknown',
    })
    expect(predictedCourse(dose, { ...adult, weightKg: 0 }, 180)).toEqual({
      ok: false,
      reason: 'cannot-be-computed',
    })
  })

  it('warns and widens outside the range of the model, and flags an unknown age', () => {
    const width = ({ arterialBand: { low, high } }: PredictedCourse) => high[40]! / low[40]!
    const heavy = courseOf([], { ...adult, weightKg: 150 })
    expect(heavy.warnings.join()).toContain('weight 150 kg is outside 45 to 130 kg')
    expect(width(heavy)).toBeGreaterThan(width(courseOf([])) * 1.15)
    expect(heavy.peakBounds!.highNgPerMl).toBeCloseTo(AT_40, 3)
    expect(heavy.peakBounds!.lowNgPerMl).toBeLessThan(heavy.peakBounds!.highNgPerMl)
    const ageless = courseOf([], { ...adult, ageYears: undefined })
    expect(ageless.warnings.join()).toContain('age unknown')
    expect(ageless.peakBounds).toBeUndefined()
  })

  it('reads levels at a minute of its lines and none beyond them', () => {
    const course = courseOf([])
    expect(levelsAt(course, 40)?.arterial).toBeCloseTo(AT_40, 6)
    expect(levelsAt(course, -1)).toBeUndefined()
    expect(levelsAt(course, 181)).toBeUndefined()
  })

  it('has a band of courses, without a laboratory’s scatter from one minute to the next', () => {
    const { high } = courseOf([]).arterialBand
    const bends = Array.from({ length: 110 }, (_, at) => {
      const minute = 60 + at
      return Math.abs(high[minute - 1]! - 2 * high[minute]! + high[minute + 1]!) / high[minute]!
    })
    expect(bends.reduce((sum, bend) => sum + bend, 0) / bends.length).toBeLessThan(0.01)
  })

  it('says the minute that has begun, not the one that comes', () => {
    const course = courseOf([finished(40)])
    expect(levelsAt(course, 0.5)?.arterial).toBe(0)
    expect(levelsAt(course, 40.5)?.arterial).toBe(course.arterial[40])
    expect(levelsAt(course, 180.5)).toEqual(levelsAt(course, 180))
  })

  it('knows when the syringe must be empty and nobody wrote an end', () => {
    expect(endMissingSince(courseOf([]), 39.5)).toBeUndefined()
    expect(endMissingSince(courseOf([]), 41)).toBe(40)
    expect(endMissingSince(courseOf([slower(20, 26.25)]), 41)).toBeUndefined()
    expect(endMissingSince(courseOf([finished(40)]), 90)).toBeUndefined()
    expect(endMissingSince(courseOf([event('dose-paused', 30)]), 90)).toBeUndefined()
  })

  it('a stop before the first drop gives nothing and draws no bar', () => {
    const course = courseOf([event('dose-stopped', 20, { mgGiven: 0, computedMg: 17.5 })])
    expect(course.given).toEqual([])
    expect(Math.max(...course.arterial)).toBe(0)
  })

  const ended = (minute: number) => [finished(minute)]
  it.each([
    ['a change of rate', () => [slower(40, 20)]],
    ['a pause', () => [event('dose-paused', 40)]],
    ['a pause and its end', () => [event('dose-paused', 40), event('dose-resumed', 45)]],
    [
      'a pause, its end and the end',
      () => [event('dose-paused', 40), event('dose-resumed', 45), finished(46)],
    ],
    ['a change and the end', () => [slower(40, 20), ...ended(44)]],
  ])('%s on the instant of the last mg changes nothing of what was given', (_, log) => {
    const course = courseOf(log())
    expect(course.arterial[40]).toBeCloseTo(AT_40, 6)
    expect(course.given).toEqual([{ fromMinute: 0, toMinute: 40 }])
    expect(course.totalMg).toBe(35)
    expect(course.scaled).toBeUndefined()
    if (course.pump !== 'ended') expect(course.plannedEndMinute).toBe(40)
  })

  it('has a course for every log of whole minutes, with the mg that the pump is said to have given', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(20, 35, 40, 56, 60, 62.5, 77.7, 100),
        fc.constantFrom(20, 40, 45, 60),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 90 }), fc.constantFrom('slower', 'pause', 'resume')), {
          maxLength: 6,
        }),
        fc.option(fc.integer({ min: 1, max: 120 }), { nil: undefined }),
        (orderedMg, durationMin, turns, endMinute) => {
          const begun = event('dose-started', 0, {
            orderedMg,
            drawnMl: orderedMg / 10,
            lotConcentrationMgPerMl: 10,
            rateMgPerH: (orderedMg / durationMin) * 60,
            durationMin,
          })
          const log = turns.map(([minute, what]) =>
            what === 'slower'
              ? slower(minute, (orderedMg / durationMin) * 30)
              : event(what === 'pause' ? 'dose-paused' : 'dose-resumed', minute),
          )
          const end = endMinute === undefined ? [] : [finished(endMinute, orderedMg)]
          const { dose } = foldSession([begun, ...log, ...end])
          const found = predictedCourse(dose!, adult, 180)
          if (!found.ok) return false
          const infusedMin = found.given.reduce((sum, one) => sum + one.toMinute - one.fromMinute, 0)
          return (
            infusedMin > 0 &&
            found.totalMg <= orderedMg * (1 + 1e-9) &&
            found.given.every((one, at) => one.fromMinute >= (found.given[at - 1]?.toMinute ?? 0))
          )
        },
      ),
      { numRuns: 200 },
    )
  })
})
