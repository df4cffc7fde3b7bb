import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { medianSurvival, numbersAtRisk, survivalAt, survivalQuantiles } from './curve-figures.ts'
import { kaplanMeier, type SurvivalCurve } from './kaplan-meier.ts'
import type { SurvivalRows } from './survival-rows.ts'

function curve(rows: SurvivalRows): SurvivalCurve {
  const result = kaplanMeier(rows)
  if (!result.ok) throw new Error(`refused: ${result.reason}`)
  return result
}

const four = curve({ time: Float64Array.of(2, 4, 6, 9), event: Uint8Array.of(1, 1, 0, 1) })

describe('survivalAt', () => {
  it('reads steps from the right, in the order asked', () => {
    const at = survivalAt(four, [4, 0, 1.9, 2, 8.99, 9])
    expect([...at.survival]).toEqual([0.5, 1, 1, 0.75, 0.5, 0])
    expect([...at.atRisk]).toEqual([3, 4, 4, 4, 1, 1])
    expect([...at.bandKnown]).toEqual([1, 0, 0, 1, 1, 0])
  })

  it('says when the time asked is beyond follow-up', () => {
    const open = curve({ time: Float64Array.of(2, 5), event: Uint8Array.of(1, 0) })
    const at = survivalAt(open, [5, 5.1])
    expect([...at.survival]).toEqual([0.5, 0.5])
    expect([...at.beyondFollowUp]).toEqual([0, 1])
    expect([...at.atRisk]).toEqual([1, 0])
    // A curve that has come to zero is known for good.
    expect([...survivalAt(four, [50]).beyondFollowUp]).toEqual([0])
  })

  it('looks nobody up at a time that is none', () => {
    for (const time of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => survivalAt(four, [3, time])).toThrow(RangeError)
      expect(() => numbersAtRisk(four, [3, time])).toThrow(RangeError)
    }
  })
})

describe('numbersAtRisk', () => {
  it('counts those who have entered and not left, whatever the time asked', () => {
    const person = fc.record({
      entry: fc.integer({ min: 0, max: 9 }),
      stay: fc.integer({ min: 1, max: 9 }),
      event: fc.integer({ min: 0, max: 1 }),
    })
    fc.assert(
      fc.property(fc.array(person, { minLength: 1, maxLength: 25 }), (list) => {
        const late = curve({
          time: Float64Array.from(list, (p) => p.entry + p.stay),
          event: Uint8Array.from(list, (p) => p.event),
          entry: Float64Array.from(list, (p) => p.entry),
        })
        const times = Array.from({ length: 41 }, (_, i) => i / 2)
        const counted = times.map((t) => list.filter((p) => p.entry < t && t <= p.entry + p.stay).length)
        // At half units nobody leaves, but the count just before t is the same rule.
        expect([...numbersAtRisk(late, times)]).toEqual(counted)
      }),
    )
  })

  it('is everybody at time zero', () => {
    expect([...numbersAtRisk(four, [0, 2, 2.5, 9, 9.5])]).toEqual([4, 4, 3, 1, 0])
  })
})

describe('survivalQuantiles', () => {
  it('takes the middle of a stretch that is flat exactly at the level', () => {
    // S is 0.5 from 4 until 9.
    expect(medianSurvival(four).time).toBe(6.5)
    expect(survivalQuantiles(four, [0.25])[0]!.time).toBe(3)
    expect(survivalQuantiles(four, [0.3])[0]!.time).toBe(4)
  })

  it('sees a flat stretch through rounding', () => {
    const n = 20
    const c = curve({
      time: Float64Array.from({ length: n }, (_, i) => i + 1),
      event: new Uint8Array(n).fill(1),
    })
    expect(c.survival[9]).not.toBe(0.5)
    expect(medianSurvival(c).time).toBe(10.5)
  })

  it('ends a flat stretch at the last follow-up', () => {
    const c = curve({ time: Float64Array.of(1, 2, 8, 10), event: Uint8Array.of(1, 1, 0, 0) })
    expect(medianSurvival(c).time).toBe(6)
  })

  it('answers null for what is not reached, limit by limit', () => {
    const c = curve({ time: Float64Array.of(1, 2, 3, 4, 5), event: Uint8Array.of(1, 0, 0, 0, 0) })
    // The curve stays at 0.8, but its lower limit falls below one half at once.
    expect(medianSurvival(c)).toEqual({ share: 0.5, time: null, lower: 1, upper: null })
    const nobody = curve({ time: Float64Array.of(1, 2), event: Uint8Array.of(0, 0) })
    expect(medianSurvival(nobody)).toEqual({ share: 0.5, time: null, lower: null, upper: null })
  })

  it('throws on a share that is none', () => {
    expect(() => survivalQuantiles(four, [0])).toThrow(RangeError)
    expect(() => survivalQuantiles(four, [Number.NaN])).toThrow(RangeError)
  })
})
