import { describe, expect, it } from 'vitest'
import type { Instant } from '../../platform/time.ts'
import type { AlarmLife } from '../session/care.ts'
import { alarmGroups, openAlarms, secondsWords } from './alarms-panel.tsx'

const life = (alarmId: string, change: Partial<AlarmLife>): AlarmLife => ({
  alarmId,
  cause: 'sbp-high-red',
  level: 'red',
  sign: undefined,
  value: undefined,
  raisedAt: '2026-11-22T15:00:00.000Z' as Instant,
  seenAt: undefined,
  acknowledged: undefined,
  ladderStep: 0,
  resolvedAt: undefined,
  changes: [],
  ...change,
})

it.each([
  [0, '0 s'],
  [59_999, '59 s'],
  [65_000, '1 min 05 s'],
  [3_720_000, '1 h 2 min'],
  // A clock that lags behind the server's says nothing negative.
  [-400, '0 s'],
])('%i ms are %s', (ms, words) => {
  expect(secondsWords(ms)).toBe(words)
})

describe('alarms that are not over', () => {
  it('stand unacknowledged first, then by level, then by age; what is over does not stand there', () => {
    const by = { at: '2026-11-22T15:01:00.000Z' as Instant, by: 'nurse' }
    const order = openAlarms([
      life('known', { acknowledged: by }),
      life('over', { resolvedAt: '2026-11-22T15:02:00.000Z' as Instant }),
      life('technical', { level: 'technical' }),
      life('amber', { level: 'amber' }),
      life('younger', { raisedAt: '2026-11-22T15:00:30.000Z' as Instant }),
      life('older', {}),
    ])
    expect(order.map(({ alarmId }) => alarmId)).toEqual(['older', 'younger', 'amber', 'technical', 'known'])
  })
})

it('alarms of one sign stand as one, the worst for all; a technical one stands for itself', () => {
  const groups = alarmGroups([
    life('red', { sign: 'systolicMmHg' }),
    life('risen', { level: 'amber', sign: 'systolicMmHg' }),
    life('low', { level: 'amber', sign: 'spo2Percent' }),
    life('lost', { level: 'technical', sign: 'systolicMmHg' }),
    life('overdue', { level: 'technical' }),
  ])
  expect(groups.map((group) => group.map(({ alarmId }) => alarmId))).toEqual([
    ['red', 'risen'],
    ['low'],
    ['lost'],
    ['overdue'],
  ])
})
