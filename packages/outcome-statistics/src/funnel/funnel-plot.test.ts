import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binomialLowerTail } from '../count-distributions.ts'
import { funnelLimits, funnelOfProportions, funnelRatioLimits } from './funnel-plot.ts'

const units = fc.array(
  fc.tuple(fc.integer({ min: 1, max: 300 }), fc.nat(300)).map(([n, c]) => [Math.min(c, n), n] as const),
  { minLength: 2, maxLength: 25 },
)

describe('funnelOfProportions', () => {
  it('by hand: four units of 25 about one half', () => {
    // Standard error 0.1 each: z −1.8, −1, 1, 1.8.
    const funnel = funnelOfProportions([8, 10, 15, 17], [25, 25, 25, 25], {
      target: 0.5,
      winsorise: 0,
    })
    if (!funnel.ok) throw new Error(funnel.reason)
    expect([...funnel.z].map((z) => Number(z.toFixed(10)))).toEqual([-1.8, -1, 1, 1.8])
    expect(funnel.overdispersion).toBeCloseTo((1.8 ** 2 + 1) / 2, 12)
    const normal = funnelLimits(funnel, 0.95, 'normal')
    expect(normal.upper[0]).toBeCloseTo(0.5 + 0.196, 4)
    const wide = funnelLimits(funnel, 0.95, 'multiplicative')
    expect((wide.upper[0]! - 0.5) / (normal.upper[0]! - 0.5)).toBeCloseTo(
      Math.sqrt(funnel.overdispersion),
      12,
    )
  })

  it('narrows with size, widens with confidence, and allowing for spread never narrows', () => {
    fc.assert(
      fc.property(units, (list) => {
        const funnel = funnelOfProportions(
          list.map(([c]) => c),
          list.map(([, n]) => n),
        )
        if (!funnel.ok) {
          expect(funnel.reason).toBe('no-variation')
          return
        }
        const normal = funnelLimits(funnel, 0.95, 'normal')
        const wider = funnelLimits(funnel, 0.998, 'normal')
        const exact = funnelLimits(funnel, 0.95, 'exact')
        for (const [i, n] of funnel.n.entries()) {
          expect(wider.upper[i]).toBeGreaterThan(normal.upper[i]!)
          for (const kind of ['multiplicative', 'additive'] as const) {
            expect(funnelLimits(funnel, 0.95, kind).upper[i]).toBeGreaterThanOrEqual(normal.upper[i]!)
          }
          expect(exact.lower[i]).toBeLessThan(exact.upper[i]!)
          for (const [j, other] of funnel.n.entries()) {
            if (other > n) expect(normal.upper[j]).toBeLessThan(normal.upper[i]!)
          }
        }
      }),
    )
  })

  it('has exact limits between the counts whose tails are on both sides of it', () => {
    const limits = funnelLimits(
      { target: 0.4, n: Float64Array.of(50), overdispersion: 1, betweenVariance: 0 },
      0.95,
      'exact',
    )
    const upper = 50 * limits.upper[0]!
    expect(binomialLowerTail(Math.ceil(upper), 50, 0.4)).toBeGreaterThanOrEqual(0.975)
    expect(binomialLowerTail(Math.ceil(upper) - 1, 50, 0.4)).toBeLessThan(0.975)
  })

  it('refuses by name', () => {
    expect(funnelOfProportions([1], [2])).toEqual({ ok: false, reason: 'one-group' })
    expect(funnelOfProportions([0, 0], [2, 3])).toEqual({ ok: false, reason: 'no-variation' })
    expect(funnelOfProportions([1, 0], [2, 0])).toEqual({ ok: false, reason: 'no-rows', row: 1 })
    expect(funnelOfProportions([1, 4], [2, 3])).toEqual({ ok: false, reason: 'not-a-count', row: 1 })
    expect(() => funnelOfProportions([1, 1], [2, 3], { target: 2 })).toThrow(RangeError)
    expect(() => funnelRatioLimits([0], 0.95)).toThrow(RangeError)
  })
})

describe('funnelRatioLimits', () => {
  it('closes in on 1 as more events are expected', () => {
    const { lower, upper } = funnelRatioLimits([10, 100, 10_000], 0.95)
    expect(upper[0]! > upper[1]! && upper[1]! > upper[2]! && upper[2]! > 1).toBe(true)
    expect(lower[0]! < lower[1]! && lower[1]! < lower[2]! && lower[2]! < 1).toBe(true)
    expect(upper[2]).toBeCloseTo(1.0196, 3)
  })
})
