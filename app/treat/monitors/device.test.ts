import { describe, expect, it } from 'vitest'
import type { ChairId } from '../../plan/index.ts'
import type { Instant } from '../../platform/time.ts'
import { type DeviceId, sessionOfValue } from './device.ts'

const at = (minute: number) => Date.parse('2026-11-24T15:00:00Z') + minute * 60_000
const instant = (minute: number) => new Date(at(minute)).toISOString() as Instant
const harbor = 'harbor' as ChairId
const meadow = 'meadow' as ChairId
const deviceId = 'd' as DeviceId
const stands = (chairId: ChairId | undefined, since: number) => ({ deviceId, chairId, since: instant(since) })
const session = (sessionId: string, chairId: ChairId, opened: number, left?: number) => ({
  sessionId,
  chairId,
  openedAtMs: at(opened),
  leftAtMs: left === undefined ? undefined : at(left),
})

describe('whose a value is', () => {
  it('is the session that ran at the chair where the device stood when it was measured', () => {
    const placements = [stands(harbor, 0), stands(meadow, 60)]
    const sessions = [
      session('first', harbor, 10, 50),
      session('second', harbor, 55),
      session('third', meadow, 20),
    ]
    const of = (minute: number) => sessionOfValue(at(minute), placements, sessions, at(100))
    expect(of(9)).toEqual({ why: 'no-session' })
    expect(of(10)).toEqual({ sessionId: 'first' })
    expect(of(50)).toEqual({ sessionId: 'first' })
    expect(of(51)).toEqual({ why: 'no-session' })
    expect(of(56)).toEqual({ sessionId: 'second' })
    expect(of(61)).toEqual({ sessionId: 'third' })
  })

  it('is nobody’s while the device stands nowhere', () => {
    const sessions = [session('first', harbor, 0)]
    expect(sessionOfValue(at(5), [], sessions, at(5))).toEqual({ why: 'no-chair' })
    expect(sessionOfValue(at(5), [stands(harbor, 0), stands(undefined, 3)], sessions, at(5))).toEqual({
      why: 'no-chair',
    })
  })

  it('is now when the device’s clock is a moment ahead, and the last one opened of two never ended', () => {
    const placements = [stands(harbor, 0)]
    const sessions = [session('forgotten', harbor, 0), session('now', harbor, 30)]
    expect(sessionOfValue(at(31), placements, sessions, at(30))).toEqual({ sessionId: 'now' })
  })
})
