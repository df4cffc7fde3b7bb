import { expect, it } from 'vitest'
import type { Instant } from '../../platform/time.ts'
import { foldSession } from '../session/session.ts'
import { type AlarmChange, type SessionEvent, THE_CLINIC } from '../session/session-event.ts'
import { lesserOf } from './lesser-alarms.ts'

const at = (second: number) =>
  new Date(Date.parse('2026-11-24T15:00:00Z') + second * 1000).toISOString() as Instant
let ids = 0
const change = (second: number, data: Partial<AlarmChange> & Pick<AlarmChange, 'alarmId'>): SessionEvent =>
  ({
    id: `e${String(++ids).padStart(3, '0')}`,
    kind: 'alarm',
    at: at(second),
    by: THE_CLINIC,
    data: { change: 'raised', cause: 'x', level: 'amber', sign: 'systolicMmHg', ...data },
  }) as unknown as SessionEvent

it('an answer for a red value is one for the amber ones of its sign that were shown and are not over', () => {
  const { alarms } = foldSession([
    change(0, { alarmId: 'red', level: 'red' }),
    change(1, { alarmId: 'shown' }),
    change(2, { alarmId: 'other-sign', sign: 'spo2Percent' }),
    change(3, { alarmId: 'over' }),
    change(4, { alarmId: 'over', change: 'resolved' }),
    change(5, { alarmId: 'again' }),
    change(20, { alarmId: 'again', change: 'raised-again' }),
    change(30, { alarmId: 'since' }),
  ]).care
  const red = alarms.find(({ alarmId }) => alarmId === 'red')!
  const answered = (shownTo?: Instant) => lesserOf(red, alarms, shownTo).map(({ alarmId }) => alarmId)
  expect(answered(at(10))).toEqual(['shown'])
  expect(answered(at(20))).toEqual(['shown', 'again'])
  expect(answered()).toEqual(['shown', 'again', 'since'])
  const amber = alarms.find(({ alarmId }) => alarmId === 'shown')!
  expect(lesserOf(amber, alarms, undefined)).toEqual([])
})
