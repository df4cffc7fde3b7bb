import { defaultInfusionReadingPlan } from '@evenkeel/vital-signs'
import { describe, expect, it } from 'vitest'
import type { Instant } from '../../platform/time.ts'
import { concernsOf } from '../board/tile-concerns.ts'
import { newestValues } from '../session/newest-values.ts'
import { foldSession } from '../session/session.ts'
import type { SessionPlan } from '../session/session-clock.ts'
import type { SessionEvent } from '../session/session-event.ts'
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
let ids = 0
const event = (seconds: number, kind: string, data: object = {}, receivedS = seconds): SessionEvent => {
  ids += 1
  return {
    id: `e${String(ids).padStart(4, '0')}`,
    kind,
    at: iso(seconds),
    receivedAt: iso(receivedS),
    by: '11111111-1111-4111-8111-111111111111',
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
const reading = (seconds: number, values: object = full, receivedS?: number) =>
  event(seconds, 'reading', { values, confirmed: [] }, receivedS)
const dose = event(200, 'dose-started', {
  orderId: 'o',
  lotId: 'l',
  drawnMl: 6,
  lotConcentrationMgPerMl: 10,
  orderedMg: 56,
  rateMgPerH: 84,
  durationMin: 40,
})
const moaas = (seconds: number, score: number | null) => event(seconds, 'scale', { scale: 'moaas', score })
const said = (room: AlarmRoom) =>
  (room.found()?.changes ?? []).map(({ change }) => `${change.change} ${change.alarmId.split('@')[0]}`)
const before = [event(0, 'arrived'), reading(100), dose]
const saidOf = (log: readonly SessionEvent[], atS: number) => said(alarmRoom(plan, log, [], s(atS)))

describe('MOAA/S tapped as a scale', () => {
  it('raises what the same figure in a reading raises, live as well as from a stored log', () => {
    expect(saidOf([...before, reading(400, { ...full, moaas: 1 })], 401)).toContain(
      'raised limit:moaas-low-red',
    )
    expect(saidOf([...before, moaas(400, 1)], 401)).toContain('raised limit:moaas-low-red')
    const room = alarmRoom(plan, before, [], s(399))
    room.hear(moaas(400, 1), s(401))
    expect(said(room)).toContain('raised limit:moaas-low-red')
  })
  it('is over when a newer one says so, or when it is set right, as with a reading', () => {
    const both = (later: (of: SessionEvent) => SessionEvent[]) =>
      [moaas(400, 4), reading(400, { moaas: 4 })].map((first) =>
        saidOf([...before, first, ...later(first)], 900),
      )
    const [byScale, byReading] = both(() => [moaas(460, 5)])
    expect(byScale).toEqual(byReading)
    expect(byScale).toContain('resolved limit:moaas-low-amber')
    const wrong = moaas(400, 4)
    const right = event(430, 'correction', { of: wrong.id, figures: { score: 5 } })
    expect(saidOf([...before, wrong, right], 900)).toContain('resolved limit:moaas-low-amber')
    const none = moaas(400, null)
    const known = event(430, 'correction', { of: none.id, figures: { score: 1 } })
    expect(saidOf([...before, none, known], 470)).toContain('raised limit:moaas-low-red')
  })
  it('says nothing where it could not be taken, and puts off no reading that is due', () => {
    expect(saidOf([...before, moaas(400, null)], 401)).toEqual([])
    expect(saidOf([...before, moaas(790, 5)], 1500)).toContain('raised overdue:amber')
  })
  it('stands on the board as the newest value', () => {
    const state = foldSession([
      ...before,
      event(1, 'watch-taken', { from: null }),
      reading(390),
      moaas(400, 1),
    ])
    const signs = newestValues(state, undefined, s(410), 600_000)
    expect(signs.find(({ sign }) => sign === 'moaas')).toMatchObject({ value: 1, state: 'red' })
    expect(concernsOf(state, signs, 0, s(410)).map(({ word }) => word)).toContain('Red: MOAA/S 1')
  })
})

describe('a reading from before the dose that left signs out and came late', () => {
  it('does not take away what the pressure is compared with', () => {
    const log = [
      ...before,
      reading(190, { spo2Percent: 98 }, 300),
      reading(700, { ...full, systolicMmHg: 155 }),
    ]
    expect(saidOf(log, 701)).toContain('raised limit:sbp-rise-amber')
  })
})
