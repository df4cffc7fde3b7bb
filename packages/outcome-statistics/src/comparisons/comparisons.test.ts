import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { noncentralTLowerTail } from '../noncentral-t.ts'
import { adjustPValues } from './adjusted-p-values.ts'
import { kendallTauB, pearsonCorrelation, spearmanRho } from './correlation.ts'
import { percentChange, reliableChange } from './reliable-change.ts'
import { sampleQuantiles } from './sample-quantile.ts'
import { kruskalWallis, oneWayAnova, welchAnova } from './several-groups.ts'
import { hedgesG } from './standardised-difference.ts'
import { crossoverComparison, pairedTTest, pooledTTest, welchTTest } from './t-tests.ts'

const sample = fc
  .array(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 30 })
  .map((list) => Float64Array.from(list))

describe('t tests', () => {
  it('by hand: 1, 2, 3 against 4, 5, 6', () => {
    // Both variances are 1, so the standard error is √(2/3) on 4 degrees of freedom, pooled or not.
    for (const test of [welchTTest, pooledTTest]) {
      expect(test(Float64Array.of(1, 2, 3), Float64Array.of(4, 5, 6))).toMatchObject({
        difference: -3,
        t: expect.closeTo(-3 / Math.sqrt(2 / 3), 13),
        df: expect.closeTo(4, 13),
      })
    }
  })

  it('are the analysis of variance of two groups', () => {
    fc.assert(
      fc.property(sample, sample, (x, y) => {
        const all = Float64Array.from([...x, ...y])
        const group = Uint8Array.from([...x.map(() => 0), ...y.map(() => 1)])
        const pairs = [
          [pooledTTest(x, y), oneWayAnova(all, group)],
          [welchTTest(x, y), welchAnova(all, group)],
        ] as const
        for (const [t, f] of pairs) {
          if (!t.ok || !f.ok) continue
          expect(f.statistic).toBeCloseTo(t.t * t.t, 6)
          expect(f.p).toBeCloseTo(t.p, 9)
          expect(t.lower).toBeLessThanOrEqual(t.difference)
          expect(t.upper).toBeGreaterThanOrEqual(t.difference)
        }
      }),
    )
  })

  it('of pairs care only for the differences', () => {
    const a = Float64Array.of(30, 28, 35, 22)
    const b = Float64Array.of(22, 25, 24, 20)
    const one = pairedTTest(a, b)
    const shifted = pairedTTest(
      a.map((value, i) => value + 100 * i),
      b.map((value, i) => value + 100 * i),
    )
    if (!one.ok || !shifted.ok) throw new Error('refused')
    expect(shifted.t).toBeCloseTo(one.t, 12)
    expect(one.difference).toBe(6)
  })

  it('refuse by name', () => {
    const two = Float64Array.of(1, 2)
    expect(welchTTest(two, Float64Array.of(1))).toEqual({ ok: false, reason: 'too-few' })
    expect(welchTTest(two, Float64Array.of(1, Number.POSITIVE_INFINITY))).toMatchObject({
      reason: 'not-a-number',
      row: 1,
    })
    expect(pooledTTest(Float64Array.of(1, 1), Float64Array.of(2, 2))).toEqual({
      ok: false,
      reason: 'no-variation',
    })
    expect(pairedTTest(two, two)).toEqual({ ok: false, reason: 'too-few' })
    expect(() => pairedTTest(two, Float64Array.of(1))).toThrow(RangeError)
  })
})

describe('crossoverComparison', () => {
  it('frees the treatment from the period: effect 3, period 2, by hand', () => {
    // First group: treatment + period; second: treatment − period.
    const a = Float64Array.of(15, 17, 12, 14)
    const b = Float64Array.of(10, 12, 11, 13)
    const found = crossoverComparison(a, b, Uint8Array.of(1, 1, 0, 0))
    expect(found).toEqual({ ok: false, reason: 'no-variation' })
    const noisy = crossoverComparison(Float64Array.of(15, 18, 12, 15), b, Uint8Array.of(1, 1, 0, 0))
    expect(noisy).toMatchObject({ n1: 2, n2: 2, treatment: { effect: 3.5 }, period: { effect: 2 } })
  })
})

describe('hedgesG', () => {
  it('puts t just at the tails of its limits', () => {
    const x = Float64Array.of(12, 15, 11, 18, 13)
    const y = Float64Array.of(9, 8, 14, 7)
    const found = hedgesG(x, y)
    if (!found.ok) throw new Error(found.reason)
    const unit = Math.sqrt(1 / 5 + 1 / 4)
    const t = found.d / unit
    expect(noncentralTLowerTail(t, 7, found.dLower / unit)).toBeCloseTo(0.975, 10)
    expect(noncentralTLowerTail(t, 7, found.dUpper / unit)).toBeCloseTo(0.025, 10)
    expect(found.correction).toBeCloseTo(found.approximateCorrection, 2)
  })

  it('does not search for limits of samples that lie worlds apart', () => {
    const x = Float64Array.of(0, 1, 0, 1)
    const at = (shift: number) =>
      hedgesG(
        x.map((value) => value + shift),
        x,
      )
    expect(at(50)).toMatchObject({ ok: true })
    expect(at(1e9)).toEqual({ ok: false, reason: 'too-far-apart' })
    expect(() => noncentralTLowerTail(1e9, 6, 1e9)).toThrow(RangeError)
  })

  it('turns round with the samples and keeps with the unit', () => {
    fc.assert(
      fc.property(sample, sample, (x, y) => {
        const found = hedgesG(x, y)
        const turned = hedgesG(y, x)
        const scaled = hedgesG(
          x.map((value) => 3 * value + 7),
          y.map((value) => 3 * value + 7),
        )
        if (!found.ok || !turned.ok || !scaled.ok) return
        expect(turned.g).toBeCloseTo(-found.g, 11)
        expect(turned.upper).toBeCloseTo(-found.lower, 8)
        expect(scaled.g).toBeCloseTo(found.g, 11)
        expect(found.lower).toBeLessThanOrEqual(found.g)
        expect(found.upper).toBeGreaterThanOrEqual(found.g)
      }),
      { numRuns: 15 },
    )
  })
})

describe('several groups', () => {
  it('Kruskal and Wallis by hand: 1, 2 against 3, 4', () => {
    // Rank sums 3 and 7 about 5: 12 / 20 × (4 / 2 + 4 / 2).
    const test = kruskalWallis(Float64Array.of(1, 2, 3, 4), Uint8Array.of(0, 0, 1, 1))
    expect(test).toMatchObject({ statistic: expect.closeTo(2.4, 13), df: 1 })
  })

  it('refuse by name', () => {
    const one = Uint8Array.of(0, 0)
    for (const test of [kruskalWallis, oneWayAnova, welchAnova]) {
      expect(test(Float64Array.of(1, 2), one)).toEqual({ ok: false, reason: 'one-group' })
    }
    expect(kruskalWallis(Float64Array.of(1, 1), Uint8Array.of(0, 1))).toEqual({
      ok: false,
      reason: 'no-variation',
    })
    expect(oneWayAnova(Float64Array.of(1, 2), Uint8Array.of(0, 1))).toEqual({ ok: false, reason: 'too-few' })
    expect(welchAnova(Float64Array.of(1, 2, 3), Uint8Array.of(0, 0, 1))).toEqual({
      ok: false,
      reason: 'too-few',
    })
  })
})

describe('correlations', () => {
  it('are 1 on a line and refuse a constant', () => {
    const x = Float64Array.of(1, 2, 3, 4)
    const y = Float64Array.of(3, 5, 7, 9)
    expect(pearsonCorrelation(x, y)).toMatchObject({ r: 1, p: 0, t: null })
    expect(spearmanRho(x, y)).toMatchObject({ coefficient: 1 })
    expect(kendallTauB(x, y)).toMatchObject({ coefficient: 1 })
    expect(pearsonCorrelation(x, Float64Array.of(1, 1, 1, 1))).toEqual({ ok: false, reason: 'no-variation' })
  })

  it('Kendall’s agrees with counting every pair', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(6), fc.nat(6)), { minLength: 2, maxLength: 40 }), (pairs) => {
        const x = Float64Array.from(pairs, ([a]) => a)
        const y = Float64Array.from(pairs, ([, b]) => b)
        const found = kendallTauB(x, y)
        if (!found.ok) return
        let [score, inX, inY] = [0, 0, 0]
        for (let i = 0; i < x.length; i++) {
          for (let j = 0; j < i; j++) {
            const dx = Math.sign(x[i]! - x[j]!)
            const dy = Math.sign(y[i]! - y[j]!)
            score += dx * dy
            inX += Math.abs(dx)
            inY += Math.abs(dy)
          }
        }
        expect(found.coefficient).toBeCloseTo(score / Math.sqrt(inX * inY), 12)
      }),
    )
  })
})

describe('adjustPValues', () => {
  const methods = [
    'bonferroni',
    'holm',
    'hochberg',
    'hommel',
    'benjamini-hochberg',
    'benjamini-yekutieli',
  ] as const

  it('by hand', () => {
    expect([...adjustPValues([0.01, 0.04, 0.03], 'holm')]).toEqual([0.03, 0.06, 0.06])
    expect([...adjustPValues([0.01, 0.04, 0.03], 'benjamini-hochberg')]).toEqual([0.03, 0.04, 0.04])
    expect([...adjustPValues([], 'hommel')]).toEqual([])
    expect(() => adjustPValues([2], 'holm')).toThrow(RangeError)
  })

  it('never makes one smaller, keeps their order, and is never stricter than Bonferroni', () => {
    const p = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(p, (list) => {
        const strictest = adjustPValues(list, 'bonferroni')
        for (const method of methods) {
          const adjusted = adjustPValues(list, method)
          for (const [i, value] of list.entries()) {
            expect(adjusted[i]).toBeGreaterThanOrEqual(value)
            if (method !== 'benjamini-yekutieli')
              expect(adjusted[i]).toBeLessThanOrEqual(strictest[i]! + 1e-15)
            const next = list.findIndex((other) => other > value)
            if (next >= 0) expect(adjusted[next]).toBeGreaterThanOrEqual(adjusted[i]! - 1e-15)
          }
        }
      }),
    )
  })
})

describe('sampleQuantiles', () => {
  it('have the smallest and the largest at the ends, in every definition', () => {
    for (const definition of [1, 2, 3, 4, 5, 6, 7, 8, 9] as const) {
      const found = sampleQuantiles(Float64Array.of(5, 1, 3), [0, 1], definition)
      expect(found).toEqual({ ok: true, values: Float64Array.of(1, 5) })
    }
    expect(sampleQuantiles(Float64Array.of(), [0.5])).toEqual({ ok: false, reason: 'too-few' })
  })
})

describe('reliableChange', () => {
  const options = { reliability: 0.75, sdPre: 4, lowerIsBetter: true, cutOff: 10 }

  it('by hand: a standard error of 2, of a difference 2.83, so 5.54 points', () => {
    const pre = Float64Array.of(20, 20, 20, 20, 9)
    const post = Float64Array.of(9, 14, 15, 26, 3)
    expect(reliableChange(pre, post, options)).toMatchObject({
      sem: 2,
      changeNeeded: expect.closeTo(5.5437, 3),
      // The last one was on the healthy side before: improved, not recovered.
      classOf: ['recovered', 'improved', 'unchanged', 'deteriorated', 'improved'],
      counts: { recovered: 1, improved: 2, unchanged: 1, deteriorated: 1 },
    })
  })

  it('mirrors on scales where more is better', () => {
    const pre = Float64Array.of(20, 31, 25)
    const post = Float64Array.of(9, 33, 40)
    const down = reliableChange(pre, post, options)
    const up = reliableChange(
      pre.map((score) => -score),
      post.map((score) => -score),
      { ...options, lowerIsBetter: false, cutOff: -10 },
    )
    if (!down.ok || !up.ok) throw new Error('refused')
    expect(up.classOf).toEqual(down.classOf)
  })

  it('refuses by name', () => {
    expect(
      reliableChange(Float64Array.of(3), Float64Array.of(1), { reliability: 0.8, lowerIsBetter: true }),
    ).toEqual({
      ok: false,
      reason: 'too-few',
    })
    expect(
      reliableChange(Float64Array.of(3, 3), Float64Array.of(1, 2), { reliability: 0.8, lowerIsBetter: true }),
    ).toEqual({ ok: false, reason: 'no-variation' })
    expect(() =>
      reliableChange(Float64Array.of(3), Float64Array.of(1), { ...options, reliability: 1 }),
    ).toThrow(RangeError)
    expect(percentChange(Float64Array.of(3, 0), Float64Array.of(1, 0), { remissionAt: 1 })).toEqual({
      ok: false,
      reason: 'nothing-to-lose',
      row: 1,
    })
  })

  it('counts response and remission', () => {
    expect(
      percentChange(Float64Array.of(20, 20, 8), Float64Array.of(10, 11, 7), { remissionAt: 7 }),
    ).toMatchObject({
      responders: 1,
      remitters: 1,
      percent: Float64Array.of(-50, -45, -12.5),
    })
  })
})
