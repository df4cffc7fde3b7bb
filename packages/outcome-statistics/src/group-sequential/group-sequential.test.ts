import { describe, expect, it } from 'vitest'
import { normalQuantile, normalUpperTail } from '../distributions.ts'
import { groupSequentialDesign, type SequentialPlan, stoppingProbabilities } from './group-sequential.ts'

function design(plan: SequentialPlan) {
  const answer = groupSequentialDesign(plan)
  if (!answer.ok) throw new Error(answer.reason)
  return answer
}

describe('groupSequentialDesign', () => {
  it('with one look is the fixed design, for every boundary', () => {
    for (const boundary of [
      { kind: 'obrien-fleming' },
      { kind: 'pocock' },
      { kind: 'spending', like: 'obrien-fleming' },
      { kind: 'spending', like: 'pocock' },
      { kind: 'spending', like: 'hwang-shih-de-cani', gamma: 2 },
    ] as const) {
      const one = design({ looks: 1, boundary })
      expect(one.critical[0]).toBeCloseTo(1.959963984540054, 12)
      expect(one.inflation).toBeCloseTo(1, 11)
      expect(one.cumulativePower[0]).toBeCloseTo(0.8, 12)
      expect(one.meanSize.effect).toBeCloseTo(1, 11)
    }
  })

  it('gives the constants of the tables of Pocock and of O’Brien and Fleming (two-sided 5 %)', () => {
    const last = (looks: number, kind: 'pocock' | 'obrien-fleming') =>
      design({ looks, boundary: { kind }, alpha: 0.05, sided: 2 }).critical.at(-1)
    expect([2, 3, 5, 10].map((k) => last(k, 'pocock')?.toFixed(3))).toEqual([
      '2.178',
      '2.289',
      '2.413',
      '2.555',
    ])
    expect([2, 3, 5, 10].map((k) => last(k, 'obrien-fleming')?.toFixed(3))).toEqual([
      '1.977',
      '2.004',
      '2.040',
      '2.087',
    ])
  })

  it('uses exactly alpha and has exactly the asked power, at unequal looks too', () => {
    for (const sided of [1, 2] as const) {
      const plan = { looks: [0.2, 0.45, 0.5, 0.9, 1], alpha: 0.04, sided, power: 0.9 }
      for (const like of ['obrien-fleming', 'pocock'] as const) {
        const found = design({ ...plan, boundary: { kind: 'spending', like } })
        expect(found.cumulativeAlpha.at(-1)).toBeCloseTo(0.04, 12)
        expect(found.cumulativePower.at(-1)).toBeCloseTo(0.9, 12)
        expect(found.inflation).toBeGreaterThan(1)
        expect(found.meanSize.effect).toBeLessThan(1)
      }
    }
  })

  it('spends evenly with gamma 0', () => {
    const even = design({ looks: 4, boundary: { kind: 'spending', like: 'hwang-shih-de-cani', gamma: 0 } })
    expect(Array.from(even.cumulativeAlpha)).toEqual(
      [0.00625, 0.0125, 0.01875, 0.025].map((value) => expect.closeTo(value, 12)),
    )
  })

  it('refuses by name', () => {
    const boundary = { kind: 'pocock' } as const
    expect(groupSequentialDesign({ looks: [0.5, 0.4, 1], boundary })).toEqual({
      ok: false,
      reason: 'looks-not-rising',
      row: 1,
    })
    expect(groupSequentialDesign({ looks: [0.5, 0.9], boundary })).toMatchObject({
      reason: 'looks-not-rising',
    })
    expect(groupSequentialDesign({ looks: [0.995, 1], boundary })).toMatchObject({
      reason: 'looks-too-close',
    })
    expect(groupSequentialDesign({ looks: 21, boundary })).toMatchObject({ reason: 'too-many-looks' })
    expect(groupSequentialDesign({ looks: 0, boundary })).toMatchObject({ reason: 'looks-not-rising' })
    expect(groupSequentialDesign({ looks: 2, boundary, power: 0.01 })).toMatchObject({
      reason: 'out-of-range',
    })
    expect(
      groupSequentialDesign({
        looks: 2,
        boundary: { kind: 'spending', like: 'hwang-shih-de-cani', gamma: Number.NaN },
      }),
    ).toMatchObject({ reason: 'out-of-range' })
  })
})

describe('stoppingProbabilities', () => {
  it('agrees with a plain sum over two looks', () => {
    const information = Float64Array.of(0.4, 1)
    const critical = Float64Array.of(2.5, 2)
    for (const drift of [0, 2.8]) {
      const { planned, opposite } = stoppingProbabilities(information, critical, 2, drift)
      let crossed = 0
      const step = 1e-4
      for (let z = -2.5 + step / 2; z < 2.5; z += step) {
        const walk = z * Math.sqrt(0.4)
        const centred = z - drift * Math.sqrt(0.4)
        const density = Math.exp((-centred * centred) / 2) / Math.sqrt(2 * Math.PI)
        crossed += density * step * normalUpperTail((2 - walk - drift * 0.6) / Math.sqrt(0.6))
      }
      expect(planned[1]).toBeCloseTo(crossed, 8)
      expect(planned[0]).toBeCloseTo(normalUpperTail(2.5 - drift * Math.sqrt(0.4)), 14)
      expect(opposite[0]).toBeCloseTo(normalUpperTail(2.5 + drift * Math.sqrt(0.4)), 14)
    }
  })

  it('is mirrored by a drift in the other direction', () => {
    const information = Float64Array.of(0.3, 0.6, 1)
    const critical = new Float64Array(3).fill(-normalQuantile(0.01))
    const up = stoppingProbabilities(information, critical, 2, 1.5)
    const down = stoppingProbabilities(information, critical, 2, -1.5)
    up.planned.forEach((value, look) => {
      expect(down.opposite[look]).toBeCloseTo(value, 13)
    })
  })
})
