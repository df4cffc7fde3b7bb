import { describe, expect, it } from 'vitest'
import { addMs, MINUTE_MS, parseInstant } from '../../platform/time.ts'
import { audKare } from '../protocols/library/aud-kare.ts'
import { protocolById } from '../protocols/protocol-library.ts'
import { shortVisitsWords, visitShortMin } from './visit-short.ts'

const at = parseInstant('2026-12-01T15:00:00Z')
const visit = (minutes: number, startsAt = addMs(at, MINUTE_MS)) => ({
  startsAt,
  endsAt: addMs(startsAt, minutes * MINUTE_MS),
})

describe('a visit of 180 min and another infusion than the 40 min of its protocol', () => {
  it.each([
    [40, 180, 0],
    [20, 180, 0],
    [41, 180, 1],
    [70, 180, 30],
    [70, 210, 0],
    [70, 209, 1],
  ])('%i min in %i min lack %i', (infusionMin, minutes, short) => {
    expect(visitShortMin(audKare, infusionMin, visit(minutes))).toBe(short)
  })

  it('lacks nothing for a dose given at once, or while no length is known', () => {
    expect(visitShortMin(protocolById('esk-trd')!, undefined, visit(10))).toBe(0)
    expect(visitShortMin(protocolById('can-step')!, 70, visit(10))).toBe(0)
  })
})

describe('the visits ahead, in words', () => {
  const words = (...visits: Parameters<typeof shortVisitsWords>[2]) =>
    shortVisitsWords(audKare, 70, visits, at)

  it('say how many are too short, and by how much', () => {
    expect(words(visit(180))).toMatch(/^One booked visit is too short for an infusion of 70 min, by 30 min\./)
    expect(words(visit(180), visit(200), visit(210))).toMatch(/^2 booked visits are .*, by 10 to 30 min\./)
  })

  it('leave out what has begun, is cancelled or is long enough', () => {
    expect(words(visit(180, at), { ...visit(180), cancelledAt: at }, visit(210))).toBeUndefined()
    expect(shortVisitsWords(audKare, undefined, [visit(10)], at)).toBeUndefined()
  })
})
