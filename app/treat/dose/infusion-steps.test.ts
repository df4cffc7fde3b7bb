import { describe, expect, it } from 'vitest'
import type { Instant } from '../../platform/time.ts'
import { predictedCourse } from '../course/predicted-course.ts'
import { acceptEntry, type BedsideEntry } from '../session/bedside-entry.ts'
import { foldSession } from '../session/session.ts'
import type { SessionEvent } from '../session/session-event.ts'
import { howBorne } from './dose-record.server.ts'
import { computedMg, dueSteps, expectedEndMs, fastestMlPerH } from './infusion.ts'

const START = Date.parse('2026-11-22T15:00:00.000Z')
const at = (min: number) => START + min * 60_000
const instant = (min: number) => new Date(at(min)).toISOString() as Instant
let n = 0
const event = (kind: string, atMin: number, data: unknown = {}) => {
  n += 1
  return {
    id: `e${String(n).padStart(4, '0')}`,
    kind,
    at: instant(atMin),
    by: 'nurse',
    data,
  } as unknown as SessionEvent
}
// 1 mg/mL: 10 mg in 2 minutes (300 mL/h), then 50 mg in 50 minutes (60 mL/h).
const steps = [
  { title: 'Bolus', durationMin: 2, rateMlPerH: 300, rateMgPerH: 300 },
  { title: 'Infusion', durationMin: 50, rateMlPerH: 60, rateMgPerH: 60 },
]
const started = event('dose-started', 0, {
  orderedMg: 60,
  drawnMl: 6,
  lotConcentrationMgPerMl: 10,
  rateMgPerH: 300,
  durationMin: 52,
  steps,
})
const rate = (atMin: number, mlPerH: number) =>
  event('dose-rate-changed', atMin, { rateMlPerH: mlPerH, rateMgPerH: mlPerH })
const doseOf = (...events: SessionEvent[]) => foldSession([started, ...events]).dose!

describe('an infusion in several steps', () => {
  it('ends when the order says, seen from within the bolus and after it', () => {
    expect(expectedEndMs(doseOf(), at(1))).toBe(at(52))
    expect(expectedEndMs(doseOf(rate(2, 60)), at(30))).toBe(at(52))
    expect(computedMg(doseOf(rate(2, 60)), at(52))).toBe(60)
  })

  it.each([
    ['before it', [], 1, [2]],
    ['late', [], 4, [2]],
    ['set on time', [rate(2, 60)], 4, []],
    ['set half a minute early', [rate(1.5, 60)], 4, []],
    ['set to another rate', [rate(2.2, 50)], 4, []],
    ['only slowed within the bolus', [rate(0.5, 200)], 4, [2]],
    ['after a pause of three minutes', [event('dose-paused', 1), event('dose-resumed', 4)], 4.5, [5]],
    ['ended', [event('dose-stopped', 1, { mgGiven: 5 })], 4, []],
  ] as const)('has its next step due: %s', (_case, events, nowMin, due) => {
    const dose = doseOf(...events)
    expect(dueSteps(dose, at(nowMin)).map(({ atMs }) => (atMs - START) / 60_000)).toEqual(due)
  })

  it('by its log goes on at the bolus until somebody sets the pump: that is what would happen', () => {
    expect(computedMg(doseOf(), at(4))).toBe(20)
    expect(expectedEndMs(doseOf(), at(4))).toBe(at(12))
  })

  it('may run as fast as its bolus within the bolus, and never again after it', () => {
    expect(fastestMlPerH(doseOf(), 300, at(1))).toBe(300)
    expect(fastestMlPerH(doseOf(), 300, at(2))).toBe(60)
    expect(fastestMlPerH(doseOf(), 300, at(90))).toBe(60)
    const events = [started, rate(2, 60)]
    const entry = (mlPerH: number): BedsideEntry =>
      ({
        id: 'new',
        kind: 'dose-rate-changed',
        at: instant(10),
        data: { rateMlPerH: mlPerH },
      }) as unknown as BedsideEntry
    const accept = (mlPerH: number) =>
      acceptEntry(
        entry(mlPerH),
        foldSession(events),
        events,
        { openedAt: instant(-30), orderedRateMlPerH: 300 },
        instant(11),
        'nurse',
      )
    expect(accept(60)).toMatchObject({ ok: true, event: { data: { rateMgPerH: 60 } } })
    expect(accept(60.1)).toMatchObject({ ok: false, reason: 'faster-than-ordered' })
    expect(accept(300)).toMatchObject({ ok: false, reason: 'faster-than-ordered' })
  })

  it('is predicted with the steps that are still ahead', () => {
    const course = predictedCourse(doseOf(), { weightKg: 70, ageYears: 40, sex: 'male' }, 120)
    expect(course).toMatchObject({ ok: true, totalMg: 60, plannedEndMinute: 52, pump: 'runs-on' })
  })
})

describe('how a dose was borne, as a session tells the next order', () => {
  const reading = (atMin: number, values: object) => event('reading', atMin, { values, confirmed: [] })
  const borne = (distressed: boolean, ...events: SessionEvent[]) =>
    howBorne(foldSession([started, ...events]), distressed)
  const fine = { systolicMmHg: 179, moaas: 3, spo2Percent: 92 }
  const finished = event('dose-finished', 52, { mgGiven: 60, computedMg: 60 })
  const stopped = event('dose-stopped', 20, { mgGiven: 28, computedMg: 28 })

  it('at the edges', () => {
    expect(borne(false, reading(10, fine), finished)).toEqual({
      'systolic-180': 'no',
      'moaas-2': 'no',
      'spo2-92': 'no',
      'distress-stop': 'no',
      vomiting: 'unknown',
    })
    expect(
      borne(false, reading(10, fine), reading(20, { systolicMmHg: 180, moaas: 2, spo2Percent: 91 })),
    ).toMatchObject({ 'systolic-180': 'yes', 'moaas-2': 'yes', 'spo2-92': 'yes', 'distress-stop': 'unknown' })
  })

  it('hears a MOAA/S that was tapped as a scale', () => {
    const asleep = event('scale', 12, { scale: 'moaas', score: 2 })
    expect(borne(false, reading(10, fine), asleep, finished)).toMatchObject({ 'moaas-2': 'yes' })
  })

  it('does not call unknown well: no reading since the start, a stop without a word', () => {
    expect(borne(false, reading(-5, fine), stopped)).toMatchObject({
      'systolic-180': 'unknown',
      'moaas-2': 'unknown',
      'spo2-92': 'unknown',
      'distress-stop': 'unknown',
    })
    expect(borne(true, stopped)).toMatchObject({ 'distress-stop': 'yes' })
    expect(borne(true, finished)).toMatchObject({ 'distress-stop': 'no' })
  })
})
