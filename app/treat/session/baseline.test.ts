import { describe, expect, it } from 'vitest'
import type { Instant } from '../../platform/time.ts'
import { foldSession } from './session.ts'
import type { SessionEvent } from './session-event.ts'
import { judgeReading } from './session-vitals.ts'

const START = Date.parse('2026-11-22T15:00:00.000Z')
const minute = (min: number) => new Date(START + min * 60_000).toISOString() as Instant
let n = 0
const event = (kind: string, atMin: number, data: unknown) => {
  n += 1
  return { id: `e${n}`, kind, at: minute(atMin), by: 'nurse', data } as unknown as SessionEvent
}
const reading = (atMin: number, values: object) => event('reading', atMin, { values, confirmed: [] })
const pressure = (systolicMmHg: number) => ({ systolicMmHg, diastolicMmHg: 78 })
const dose = event('dose-started', 0, { orderedMg: 56, rateMgPerH: 84, durationMin: 40 })

describe('the values before a dose', () => {
  const first = reading(-8, { ...pressure(122), spo2Percent: 97, moaas: 5 })
  const late = reading(-2, { spo2Percent: 98, moaas: null })

  it('are the newest of each sign up to the start, each with its own instant and entry', () => {
    const { baseline } = foldSession([first, dose, late, reading(1, pressure(160))])
    expect(baseline).toMatchObject({
      values: { ...pressure(122), spo2Percent: 98, moaas: 5 },
      eventIds: [first.id, late.id],
      at: minute(-2),
      comparedAfter: minute(0),
    })
    expect(baseline?.signs).toContainEqual({
      sign: 'systolicMmHg',
      value: 122,
      at: minute(-8),
      eventId: first.id,
    })
    expect(baseline?.signs).toContainEqual({
      sign: 'spo2Percent',
      value: 98,
      at: minute(-2),
      eventId: late.id,
    })
  })
  it('are unknown where a sign was never measured, and as a whole where nothing was', () => {
    expect(foldSession([reading(-2, { spo2Percent: 98 }), dose]).baseline?.values).toEqual({
      spo2Percent: 98,
    })
    expect(foldSession([reading(-2, { spo2Percent: null }), dose]).baseline).toBeUndefined()
  })
  it('take in what was set right later', () => {
    const right = event('correction', 5, { of: first.id, figures: { values: pressure(112) } })
    expect(foldSession([first, dose, right]).baseline?.values).toEqual(pressure(112))
  })

  const judged = (log: SessionEvent[], of: SessionEvent) => {
    const state = foldSession(log)
    const found = state.readings.find(({ eventId }) => eventId === of.id)!
    return judgeReading(state, found).signs.systolicMmHg.state
  }
  it('are what is compared with after the start, and nothing before it is', () => {
    const before = reading(-1, pressure(155))
    const after = reading(10, pressure(155))
    expect(judged([reading(-8, pressure(122)), dose, after], after)).toBe('amber')
    // 33 above an earlier one, and before the dose: only absolute limits speak.
    expect(judged([reading(-8, pressure(122)), before], before)).toBe('within')
    expect(judged([reading(-8, pressure(122)), before, dose], before)).toBe('within')
    // What was measured at the very start is still of before it: it is the baseline itself.
    const atStart = reading(0, pressure(155))
    expect(judged([reading(-8, pressure(122)), atStart, dose], atStart)).toBe('within')
    expect(judged([reading(-8, pressure(122)), atStart, dose, after], after)).toBe('within')
    // And not judged by what came after it, where the start is not the newest entry before.
    const high = reading(-8, pressure(155))
    expect(judged([high, reading(-2, pressure(122)), dose], high)).toBe('within')
    // Between an earlier pressure and a later reading without one.
    expect(judged([reading(-8, pressure(122)), late, dose, after], after)).toBe('amber')
  })
})

describe('MOAA/S as a scale', () => {
  const tapped = (atMin: number, score: number | null) => event('scale', atMin, { scale: 'moaas', score })
  it('is a value of that sign, and no reading', () => {
    const state = foldSession([reading(-8, { ...pressure(122), moaas: 5 }), tapped(-3, 4), dose])
    expect(state.measured.map(({ values }) => values.moaas)).toEqual([5, 4])
    expect(state.readings).toHaveLength(1)
    expect(state.baseline?.values.moaas).toBe(4)
  })
  it('counts as it was set right, and not where it could not be taken', () => {
    const wrong = tapped(10, 1)
    const right = event('correction', 12, { of: wrong.id, figures: { score: 5 } })
    expect(foldSession([wrong, right]).measured.map(({ values }) => values.moaas)).toEqual([5])
    expect(foldSession([tapped(10, null)]).measured).toEqual([])
    expect(foldSession([event('scale', 10, { scale: 'cadss', score: 4 })]).measured).toEqual([])
  })
})
