import { defaultInfusionReadingPlan } from '@evenkeel/vital-signs'
import { describe, expect, it } from 'vitest'
import type { Instant } from '../../platform/time.ts'
import { foldSession } from '../session/session.ts'
import type { SessionPlan } from '../session/session-clock.ts'
import { type SessionEvent, THE_CLINIC } from '../session/session-event.ts'
import { type FoundChange, reconciled } from './alarm-changes.ts'
import { alarmConfigOf, inputOfBatch } from './alarm-inputs.ts'
import { type AlarmRoom, alarmRoom } from './alarm-room.ts'

const START = Date.parse('2026-11-24T15:00:00Z')
const s = (seconds: number) => START + seconds * 1000
const iso = (seconds: number) => new Date(s(seconds)).toISOString() as Instant
const plan: SessionPlan = {
  startsAt: iso(0),
  preparationMin: 30,
  monitoring: defaultInfusionReadingPlan,
  minMinutesAfterEnd: 60,
}
const NURSE = '11111111-1111-4111-8111-111111111111'
let ids = 0
const event = (seconds: number, kind: string, data: object = {}): SessionEvent => {
  ids += 1
  return {
    id: `e${ids}`,
    kind,
    at: iso(seconds),
    receivedAt: iso(seconds),
    by: NURSE,
    data,
  } as unknown as SessionEvent
}
const full = {
  systolicMmHg: 122,
  diastolicMmHg: 78,
  heartRatePerMin: 72,
  spo2Percent: 98,
  respiratoryRatePerMin: 14,
  moaas: 5,
}
const reading = (seconds: number, values: object = full) =>
  event(seconds, 'reading', { values, confirmed: [] })
const dose = (seconds: number) =>
  event(seconds, 'dose-started', {
    orderId: 'o',
    lotId: 'l',
    drawnMl: 6,
    lotConcentrationMgPerMl: 10,
    orderedMg: 56,
    rateMgPerH: 84,
    durationMin: 40,
  })
const batch = (sequence: number, seconds: number, sign: 'spo2Percent' | 'heartRatePerMin', v: number) =>
  inputOfBatch(
    { run: '', sequence, samples: [{ i: 0, s: sign, v, at: s(seconds), rx: s(seconds) }], technical: [] },
    'monitor-1',
    iso(seconds),
  )

/** Takes what was found, as the log would. */
function writeFound(room: AlarmRoom): FoundChange[] {
  const found = room.found()
  if (!found) return []
  room.written(found)
  return [...found.changes]
}
const said = (changes: readonly FoundChange[]) =>
  changes.map(({ atMs, change }) => `${(atMs - START) / 1000} ${change.change} ${change.cause}`)
const asEvents = (changes: readonly FoundChange[]): SessionEvent[] =>
  changes.map(({ mark, atMs, change }) => ({
    id: mark as SessionEvent['id'],
    kind: 'alarm',
    at: new Date(atMs).toISOString() as Instant,
    by: THE_CLINIC,
    data: change,
  }))

describe('the alarms of a session', () => {
  it('are raised by a reading, climb while nobody takes them on, and are over when the cause is gone', () => {
    const log = [event(0, 'arrived'), reading(60), dose(120)]
    const room = alarmRoom(plan, log, [], s(120))
    expect(writeFound(room)).toEqual([])
    const red = reading(300, { ...full, spo2Percent: 88 })
    room.hear(red, s(300))
    const raised = writeFound(room)
    expect(said(raised)).toEqual(['300 raised spo2-low-amber', '300 raised spo2-low-red'])
    expect(raised[1]!.change).toMatchObject({ level: 'red', sign: 'spo2Percent', value: 88 })
    expect(raised[1]!.reason).toContain('88%')
    // Hearing the same entry again says nothing new.
    room.hear(red, s(301))
    expect(writeFound(room)).toEqual([])
    room.tick(s(370))
    expect(said(writeFound(room))).toEqual(['330 escalated spo2-low-red', '360 escalated spo2-low-red'])
    const answer = event(371, 'alarm', { ...raised[1]!.change, change: 'acknowledged' })
    room.hear(answer, s(371))
    room.hear(reading(400), s(400))
    room.tick(s(440))
    expect(said(writeFound(room))).toEqual([
      '420 escalated spo2-low-amber',
      '430 resolved spo2-low-amber',
      '430 resolved spo2-low-red',
    ])
  })

  it('say the same, with the same marks, when everything is found anew after a kill', () => {
    const log = [event(0, 'arrived'), reading(60), dose(120), reading(300, { ...full, spo2Percent: 88 })]
    const values = [
      batch(1, 310, 'heartRatePerMin', 120),
      batch(2, 320, 'heartRatePerMin', 90),
      batch(3, 321, 'spo2Percent', 97),
    ]
    const live = alarmRoom(plan, log.slice(0, 3), [], s(120))
    const lived: FoundChange[] = [...writeFound(live)]
    live.hear(log[3]!, s(300))
    for (const [i, value] of values.entries()) live.take(value, s(311 + 10 * i))
    for (let at = 340; at <= 460; at += 1) {
      live.tick(s(at))
      lived.push(...writeFound(live))
    }
    const anew = writeFound(alarmRoom(plan, [...log, ...asEvents(lived)], values, s(460)))
    expect(anew.map(({ mark }) => mark).sort()).toEqual(lived.map(({ mark }) => mark).sort())
    expect(lived.length).toBeGreaterThan(5)
  })

  it('take the same batch once', () => {
    const room = alarmRoom(plan, [event(0, 'arrived'), reading(60)], [], s(60))
    for (let i = 0; i < 3; i++) room.take(batch(1, 70, 'heartRatePerMin', 140), s(71))
    expect(said(writeFound(room))).toEqual(['70 raised hr-high-amber', '70 raised hr-high-red'])
  })

  it('take silence for an alarm, and a reading that is not taken', () => {
    const room = alarmRoom(plan, [event(0, 'arrived'), reading(60), dose(120)], [], s(120))
    room.take(batch(1, 130, 'spo2Percent', 97), s(130))
    room.tick(s(165))
    expect(said(writeFound(room))).toContain('160 raised silence')
    room.tick(s(800))
    const late = writeFound(room)
    expect(said(late)).toContain('780 raised reading-overdue')
    expect(late.find(({ change }) => change.cause === 'silence')?.change.level ?? 'technical').toBe(
      'technical',
    )
  })

  it('let go of a typing error once it is put right', () => {
    const wrong = reading(300, { ...full, heartRatePerMin: 172 })
    const room = alarmRoom(plan, [event(0, 'arrived'), reading(60), dose(120), wrong], [], s(300))
    const raised = writeFound(room)
    expect(said(raised)).toContain('300 raised hr-high-red')
    const red = raised.find(({ change }) => change.cause === 'hr-high-red')!
    room.hear(event(400, 'alarm', { ...red.change, change: 'acknowledged' }), s(400))
    room.hear(event(420, 'correction', { of: wrong.id, figures: { values: full } }), s(420))
    room.tick(s(460))
    expect(said(writeFound(room))).toContain('450 resolved hr-high-red')
  })
})

describe('a log that says something else than is the case', () => {
  const config = alarmConfigOf(plan)
  const raised = (alarmId: string): SessionEvent =>
    ({
      ...event(10, 'alarm', { alarmId, change: 'raised', cause: 'silence', level: 'technical' }),
      by: THE_CLINIC,
    }) as SessionEvent
  const key = `silence:monitor-1`

  it('is told that an alarm was not so, or is not over', () => {
    const open = raised(`${key}@${s(10)}`)
    const over = raised(`${key}@${s(50)}`)
    const resolved = event(80, 'alarm', { ...(over.data as object), change: 'resolved' })
    const { alarms } = foldSession([open, over, resolved]).care
    const changes = reconciled(alarms, [{ key, beganAtMs: s(50), value: null }], s(100), config)
    expect(changes.map(({ change }) => [change.alarmId, change.change])).toEqual([
      [`${key}@${s(10)}`, 'resolved'],
      [`${key}@${s(50)}`, 'raised-again'],
    ])
    const after = foldSession([open, over, resolved, ...asEvents(changes)]).care.alarms
    expect(after.map(({ resolvedAt }) => resolvedAt !== undefined)).toEqual([true, false])
    expect(reconciled(after, [{ key, beganAtMs: s(50), value: null }], s(101), config)).toEqual([])
  })
})
