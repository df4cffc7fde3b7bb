import { describe, expect, it } from 'vitest'
import { ago, codes, lot, lotId, only } from '../../../../tests/stock-for-alerts.ts'
import type { Instant } from '../../../platform/time.ts'
import type { LotId } from '../../session/session-event.ts'
import { type ContainerId, SAFE } from '../movement.ts'
import type { CountedLot } from './alert.ts'

let count = 0

describe('small differences that repeat', () => {
  const counted = (difference: number, change: Partial<CountedLot> = {}): CountedLot => {
    count += 1
    return {
      id: `count-${count}`,
      at: ago(1),
      lotId,
      place: SAFE,
      expectedHundredths: 1000,
      countedHundredths: 1000 + difference,
      counters: ['ana', 'ben'],
      ...change,
    }
  }
  const other = (number: number) => lot({ id: `lot-${number}` as LotId, lotNumber: `L${number}` })

  it('three of one lot within 30 days', () => {
    const counts = [counted(-10), counted(-10), counted(5)]
    const alert = only('repeated-differences-lot', { counts, lots: [lot()] })
    expect(alert.severity).toBe('amber')
    expect(alert.detail).toBe(
      '3 counts within 30 days agreed but for a little; all together 0.15 mL missing.',
    )
    expect(codes({ counts: counts.slice(1), lots: [lot()] })).toEqual([])
  })

  it('what is more than a count lets pass is no small difference, and none is none', () => {
    expect(codes({ counts: [counted(-10), counted(-10), counted(-11)], lots: [lot()] })).toEqual([])
    expect(codes({ counts: [counted(-10), counted(-10), counted(0)], lots: [lot()] })).toEqual([])
    expect(codes({ counts: [counted(-1), counted(1), counted(-10)], lots: [lot()] })).toEqual([
      'repeated-differences-lot',
    ])
  })

  it('a vial counted again and again is one difference, its last', () => {
    const container = 'vial-1' as ContainerId
    const again = [3, 2, 1].map((days) => counted(-days, { container, at: ago(days) }))
    expect(codes({ counts: again, lots: [lot()] })).toEqual([])
    const alert = only('repeated-differences-lot', {
      counts: [...again, counted(-5), counted(-5)],
      lots: [lot()],
    })
    expect(alert.detail).toMatch(/0\.11 mL missing/)
  })

  it('is red once half a mL is missing, not when it is over', () => {
    const all = (...each: number[]) =>
      only('repeated-differences-lot', { counts: each.map((one) => counted(one)), lots: [lot()] })
    expect(all(-10, -10, -10, -10, -9).severity).toBe('amber')
    expect(all(-10, -10, -10, -10, -10).severity).toBe('red')
    expect(all(10, 10, 10, 10, 10).severity).toBe('amber')
    expect(all(10, 10, 10).detail).toMatch(/0\.30 mL over/)
    expect(all(10, -5, -5).detail).toMatch(/nothing is missing or over/)
  })

  it('goes back 30 days', () => {
    const last = (at: Instant) => [counted(-1), counted(-1), counted(-1, { at })]
    expect(codes({ counts: last(ago(30)), lots: [lot()] })).toEqual(['repeated-differences-lot'])
    expect(codes({ counts: last(ago(30, -1)), lots: [lot()] })).toEqual([])
  })

  it('three of different lots by the same two people, in whatever order they sign', () => {
    const counts = [
      counted(-10, { lotId: 'lot-1' as LotId }),
      counted(-10, { lotId: 'lot-2' as LotId, counters: ['ben', 'ana'] }),
      counted(-10, { lotId: 'lot-3' as LotId }),
    ]
    const alert = only('repeated-differences-pair', { counts, lots: [1, 2, 3].map(other) })
    expect(alert.ids.accounts).toEqual(['ana', 'ben'])
    expect(alert.title).toMatch(/Ana Ruiz and Ben Holt$/)
    expect(alert.detail).toMatch(
      /: lot L1 \(Ketamine hydrochloride\) in 1 count, all together 0\.10 mL missing; lot L2 /,
    )
    const alone = counts.map((one) => ({ ...one, counters: ['ana'] }))
    expect(codes({ counts: alone, lots: [1, 2, 3].map(other) })).toEqual([])
  })
})
