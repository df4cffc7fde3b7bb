import { expect, it } from 'vitest'
import { addMs, HOUR_MS, parseInstant } from '../../platform/time.ts'
import { ownChange, seriesWords } from './change-rules.ts'

const at = parseInstant('2026-11-22T15:00:00.000Z')
const visit = (hours: number, cancelled = false) => ({ startsAt: addMs(at, hours * HOUR_MS), cancelled })

it.each([
  ['instant', 24, { kind: 'self' }],
  ['request', 24, { kind: 'ask' }],
  ['off', 24, { kind: 'phone', why: 'by-phone' }],
  ['instant', 23.99, { kind: 'phone', why: 'too-late' }],
  ['request', 1, { kind: 'phone', why: 'too-late' }],
  ['instant', 0, { kind: 'none', why: 'over' }],
  ['instant', -1, { kind: 'none', why: 'over' }],
] as const)('%s, %d hours before: %j', (mode, hours, expected) => {
  expect(ownChange(visit(hours), mode, at)).toEqual(expected)
})

it('leaves a cancelled visit alone', () => {
  expect(ownChange(visit(48, true), 'instant', at)).toEqual({ kind: 'none', why: 'cancelled' })
})

it('says what becomes of the others', () => {
  expect(seriesWords({ sessionNumber: 2 }, 1, 'cancel')).toMatch(
    /other visit stays where it is.*Visit 2.*we call you/,
  )
  expect(seriesWords({ sessionNumber: undefined }, 0, 'cancel')).toBe('You have no other visit ahead.')
})
