import { expect, it } from 'vitest'
import type { Instant } from '../../platform/time.ts'
import type { DeviceId } from '../monitors/device.ts'
import type { SessionId } from '../session/session-event.ts'
import { takenParts } from './taken-parts.ts'

const at = (second: number) =>
  new Date(Date.parse('2026-11-24T15:00:00Z') + second * 1000).toISOString() as Instant
const room = 'room' as SessionId
const device = 'device' as DeviceId
const part = (sequence: number, second: number) => ({ run: '', sequence, receivedAt: at(second) })

it('what was taken is counted once, knows its newest, and is let go of when it is old', () => {
  const parts = takenParts()
  expect([parts.count(room), parts.newest(room)]).toEqual([0, undefined])
  for (const [sequence, second] of [
    [1, 10],
    [2, 30],
    [1, 10],
    [3, 20],
  ] as const)
    parts.note(room, device, part(sequence, second))
  parts.note(room, 'other' as DeviceId, part(1, 12))
  parts.note('elsewhere' as SessionId, device, part(1, 99))
  expect([parts.count(room), parts.newest(room)]).toEqual([4, at(30)])
  parts.forgetBefore(at(20))
  expect([parts.count(room), parts.newest(room)]).toEqual([2, at(30)])
  parts.forgetBefore(at(100))
  expect([parts.count(room), parts.newest(room)]).toEqual([0, undefined])
})
