import { describe, expect, it } from 'vitest'
import type { Instant } from '../../platform/time.ts'
import { judgeForm } from '../queue/judge-form.ts'
import { acceptEntry, type BedsideEntry } from '../session/bedside-entry.ts'
import { foldSession } from '../session/session.ts'
import type { AlarmChange, SessionEvent } from '../session/session-event.ts'
import { standsAgainst } from './stands-against.ts'

const START = Date.parse('2026-11-22T15:00:00.000Z')
const instant = (min: number) => new Date(START + min * 60_000).toISOString() as Instant
let made = 0
const id = () => {
  made += 1
  return `00000000-0000-7000-8000-${String(made).padStart(12, '0')}`
}
const event = (kind: string, atMin: number, data: object = {}, by = 'nurse') =>
  ({ id: id(), kind, at: instant(atMin), by, data }) as unknown as SessionEvent
const calm = {
  systolicMmHg: 122,
  diastolicMmHg: 78,
  heartRatePerMin: 72,
  spo2Percent: 98,
  respiratoryRatePerMin: 14,
  moaas: 5,
}
const reading = (atMin: number, values: object = {}) =>
  event('reading', atMin, { values: { ...calm, ...values }, confirmed: [] })
const alarm = (atMin: number, change: AlarmChange['change'], level: 'red' | 'amber' = 'red') =>
  event('alarm', atMin, {
    alarmId: 'limit:spo2-low-red@1',
    change,
    cause: level === 'red' ? 'spo2-low-red' : 'spo2-low-amber',
    level,
    sign: 'spo2Percent',
    value: level === 'red' ? 82 : 93,
  })
const started = event('dose-started', 0, {
  orderedMg: 40,
  drawnMl: 4,
  lotConcentrationMgPerMl: 10,
  rateMgPerH: 60,
  durationMin: 40,
})
const before = [event('arrived', -30), reading(-5), started]
const stands = (...events: SessionEvent[]) => standsAgainst(foldSession([...before, ...events]))

describe('what stands against giving more', () => {
  it('is nothing while every value is within limits', () => {
    expect(stands(reading(10))).toEqual({ redValues: [], redAlarms: [], amber: [], question: '' })
  })

  it('is a red value until a value by hand of that sign is not red, whatever else was measured', () => {
    const red = reading(10, { respiratoryRatePerMin: 7, moaas: 2 })
    expect(stands(red).redValues).toHaveLength(2)
    const pressure = event('reading', 12, { values: { systolicMmHg: 120 }, confirmed: [] })
    expect(stands(red, pressure).redValues).toHaveLength(2)
    expect(stands(red, pressure, reading(14)).redValues).toEqual([])
  })

  it('is a red alarm that nobody has acknowledged, also when its value has come back', () => {
    expect(stands(alarm(10, 'raised'), reading(11)).redAlarms).toEqual([
      'Red: Oxygen saturation 82%: nobody has acknowledged it',
    ])
    expect(stands(alarm(10, 'raised'), alarm(11, 'acknowledged'), reading(12)).redAlarms).toEqual([])
    expect(stands(alarm(10, 'raised'), alarm(11, 'resolved')).redAlarms).toEqual([])
  })

  it('is an acknowledged one of a monitor until a value by hand, or its end', () => {
    const answered = [alarm(10, 'raised'), alarm(11, 'acknowledged')]
    expect(stands(...answered).redAlarms).toEqual(['Red: Oxygen saturation 82%: acknowledged, not over'])
    expect(stands(...answered, reading(9.9)).redAlarms).toHaveLength(1)
    expect(stands(...answered, alarm(12, 'resolved')).redAlarms).toEqual([])
  })

  it('asks about amber by what it says, so that another value is asked about anew', () => {
    const one = stands(reading(10, { moaas: 4 }))
    expect(one).toMatchObject({ redValues: [], question: 'amber:moaas=4' })
    expect(stands(reading(10, { moaas: 3 })).question).not.toBe(one.question)
    expect(stands(alarm(10, 'raised', 'amber')).amber).toEqual(['Amber: Oxygen saturation 93%'])
  })
})

const context = { openedAt: instant(-40), orderedRateMlPerH: 60 }
const entry = (kind: string, atMin: number, data: object = {}, more: object = {}) =>
  ({ id: id(), kind, at: instant(atMin), data, ...more }) as unknown as BedsideEntry
const taking = (one: BedsideEntry, ...events: SessionEvent[]) => {
  const log = [...before, ...events]
  return acceptEntry(one, foldSession(log), log, context, instant(60), 'nurse')
}
const paused = event('dose-paused', 11)
const slow = event('dose-rate-changed', 5, { rateMlPerH: 30, rateMgPerH: 30 })

describe('a pump', () => {
  const red = reading(10, { systolicMmHg: 186, diastolicMmHg: 112 })
  it('is neither resumed nor set faster while red stands; pausing, slowing and stopping stay possible', () => {
    expect(taking(entry('dose-resumed', 12), red, paused)).toMatchObject({
      ok: false,
      reason: 'red-stands',
      stands: [expect.stringContaining('186'), expect.stringContaining('112')],
    })
    const faster = entry('dose-rate-changed', 12, { rateMlPerH: 60 })
    expect(taking(faster, slow, red)).toMatchObject({ reason: 'red-stands' })
    expect(taking(entry('dose-rate-changed', 12, { rateMlPerH: 20 }), slow, red).ok).toBe(true)
    expect(taking(entry('dose-paused', 12), red).ok).toBe(true)
    expect(taking(entry('dose-stopped', 12), red).ok).toBe(true)
  })

  it('is judged by its own time, and can go on after a calm reading', () => {
    expect(taking(entry('dose-resumed', 12), paused, reading(13, { moaas: 1 })).ok).toBe(true)
    expect(taking(entry('dose-resumed', 16), red, paused, reading(15)).ok).toBe(true)
  })

  it('is resumed on amber once somebody has said that it is right', () => {
    const amber = reading(10, { systolicMmHg: 165 })
    const asked = taking(entry('dose-resumed', 12), amber, paused)
    expect(asked).toMatchObject({ ok: false, reason: 'amber-stands' })
    const question = asked.ok ? '' : asked.question
    const taken = taking(entry('dose-resumed', 12, {}, { sure: question }), amber, paused)
    expect(taken).toMatchObject({ ok: true })
    expect(taken.ok && 'sure' in taken.event).toBe(false)
    expect(taking(entry('dose-resumed', 12, {}, { sure: 'amber:moaas=4' }), amber, paused).ok).toBe(false)
  })

  it('is judged so by the tablet as well, with what to send along', () => {
    const known = {
      events: [...before, reading(10, { systolicMmHg: 165 }), paused],
      context,
      timeZone: 'UTC',
      me: 'nurse',
    }
    const fields = [['key', '01a20432-e366-7f0f-86bf-dd0e63b59b89']] as [string, string][]
    const asked = judgeForm({ intent: 'resume', fields }, known, instant(12))
    if (asked.ok) throw new Error('amber was not asked about')
    expect(asked.answer.errors.form).toContain('Systolic pressure 165 mmHg')
    const sure = String(asked.answer.values.sure)
    expect(judgeForm({ intent: 'resume', fields: [...fields, ['sure', sure]] }, known, instant(12)).ok).toBe(
      true,
    )
  })
})

describe('the time of an entry', () => {
  const observed = (atMin: number, more: object = {}) =>
    entry('observation', atMin, { topic: 'general' }, more)
  it('is asked about once when it lies before the arrival', () => {
    const asked = taking(observed(-31))
    expect(asked).toMatchObject({ reason: 'before-arrival', arrivedAt: instant(-30) })
    expect(taking(observed(-31, { sure: asked.ok ? '' : asked.question })).ok).toBe(true)
    // Typed to the minute, it is the minute of the arrival.
    expect(taking(observed(-30)).ok).toBe(true)
    expect(taking(entry('arrived', -31)).ok).toBe(true)
  })

  it('does not lie before the session was opened, but for an arrival', () => {
    expect(taking(observed(-41))).toMatchObject({ reason: 'before-opening' })
    expect(taking(observed(-600))).toMatchObject({ reason: 'before-opening' })
    expect(taking(entry('arrived', -60)).ok).toBe(true)
  })
})
