import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ascendingOrder } from './ascending-order.ts'

describe('ascendingOrder', () => {
  it('sorts like a stable comparison of any finite numbers and leaves them alone', () => {
    const number = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer(),
      fc.constantFrom(0, -0, 1, 1, Number.MIN_VALUE, Number.MAX_VALUE, -Number.MAX_VALUE),
    )
    fc.assert(
      fc.property(fc.array(number, { maxLength: 80 }), (list) => {
        const values = Float64Array.from(list)
        const before = values.slice()
        const byComparison = [...list.keys()].sort((a, b) => list[a]! - list[b]! || a - b)
        expect([...ascendingOrder(values)]).toEqual(byComparison)
        expect(values).toEqual(before)
      }),
      { numRuns: 500 },
    )
  })

  it('sorts whole days, zero of either sign among them, like a stable comparison', () => {
    const day = fc.oneof(fc.integer({ min: 0, max: 30 }), fc.constantFrom(0, -0, 1500, 70_000))
    fc.assert(
      fc.property(fc.array(day, { maxLength: 120 }), (list) => {
        const byComparison = [...list.keys()].sort((a, b) => list[a]! - list[b]! || a - b)
        expect([...ascendingOrder(Float64Array.from(list))]).toEqual(byComparison)
      }),
    )
  })

  it('tells apart neighbours that differ in their last bits only, on both sides of zero', () => {
    const step = Number.EPSILON
    const values = Float64Array.of(-1 - step, 1 + step, -1 - 3 * step, 1, -1 - 2 * step, 1 + 2 * step, -1)
    expect([...ascendingOrder(values)]).toEqual([2, 4, 0, 6, 3, 1, 5])
  })

  it('takes nothing and one', () => {
    expect([...ascendingOrder(new Float64Array())]).toEqual([])
    expect([...ascendingOrder(Float64Array.of(5))]).toEqual([0])
  })
})
