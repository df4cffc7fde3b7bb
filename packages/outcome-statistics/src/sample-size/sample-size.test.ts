import { describe, expect, it } from 'vitest'
import { normalQuantile, normalUpperTail } from '../distributions.ts'
import { powerLogRank, sampleSizeLogRank } from './log-rank-size.ts'
import { powerTTest, sampleSizeTTest } from './t-test-size.ts'
import {
  designEffect,
  powerTwoProportions,
  sampleSizeMcNemar,
  sampleSizeNonInferiorityProportions,
  sampleSizeTwoProportions,
} from './two-proportions.ts'

function ok<A extends { readonly ok: boolean }>(answer: A): Extract<A, { readonly ok: true }> {
  if (!answer.ok) throw new Error(JSON.stringify(answer))
  return answer as Extract<A, { readonly ok: true }>
}

describe('two proportions', () => {
  it('size and power undo one another', () => {
    for (const [p1, p2, power] of [
      [0.5, 0.35, 0.8],
      [0.1, 0.9, 0.95],
      [0.02, 0.01, 0.6],
    ] as const) {
      const { pooled } = ok(sampleSizeTwoProportions({ p1, p2, power }))
      expect(ok(powerTwoProportions({ p1, p2 }, pooled)).power).toBeCloseTo(power, 13)
    }
  })

  it('the arcsine size has exactly the asked power, in both tails', () => {
    for (const [p1, p2, power] of [
      [0.5, 0.35, 0.8],
      [0.3, 0.15, 0.9],
      [0.3, 0.29, 0.06],
    ] as const) {
      const { arcsine } = ok(sampleSizeTwoProportions({ p1, p2, power }))
      const shift =
        Math.abs(2 * Math.asin(Math.sqrt(p1)) - 2 * Math.asin(Math.sqrt(p2))) * Math.sqrt(arcsine / 2)
      const z = normalQuantile(0.975)
      expect(normalUpperTail(z - shift) + normalUpperTail(z + shift)).toBeCloseTo(power, 13)
    }
  })

  it('does not mind which arm is which, and grows with the power', () => {
    const one = ok(sampleSizeTwoProportions({ p1: 0.4, p2: 0.2 }))
    const other = ok(sampleSizeTwoProportions({ p1: 0.2, p2: 0.4 }))
    expect(one.pooled).toBeCloseTo(other.pooled, 10)
    expect(ok(sampleSizeTwoProportions({ p1: 0.4, p2: 0.2, power: 0.9 })).pooled).toBeGreaterThan(one.pooled)
    expect(one.corrected).toBeGreaterThan(one.pooled)
  })

  it('refuses by name', () => {
    expect(sampleSizeTwoProportions({ p1: 0.4, p2: 0.4 })).toEqual({ ok: false, reason: 'no-difference' })
    expect(sampleSizeTwoProportions({ p1: 0, p2: 0.4 })).toEqual({ ok: false, reason: 'out-of-range' })
    expect(sampleSizeTwoProportions({ p1: 0.1, p2: 0.4, alpha: 1 })).toEqual({
      ok: false,
      reason: 'out-of-range',
    })
    expect(powerTwoProportions({ p1: 0.1, p2: 0.4 }, 0)).toEqual({ ok: false, reason: 'out-of-range' })
  })
})

describe('t test', () => {
  it('size and power undo one another', () => {
    for (const design of ['two-sample', 'paired'] as const) {
      const plan = { delta: 2, sd: 3, design }
      const { n } = ok(sampleSizeTTest({ ...plan, power: 0.85 }))
      expect(ok(powerTTest(plan, n)).power).toBeCloseTo(0.85, 12)
    }
  })

  it('has half of alpha as power when there is nothing to find, in the right direction', () => {
    expect(ok(powerTTest({ delta: 0, sd: 1 }, 20)).power).toBeCloseTo(0.025, 13)
  })

  it('refuses by name', () => {
    expect(sampleSizeTTest({ delta: 0, sd: 1 })).toEqual({ ok: false, reason: 'no-difference' })
    expect(sampleSizeTTest({ delta: 100, sd: 1, power: 0.5 })).toEqual({ ok: false, reason: 'tiny-sample' })
    expect(powerTTest({ delta: 1, sd: 0 }, 20)).toEqual({ ok: false, reason: 'out-of-range' })
    expect(powerTTest({ delta: 1, sd: 1 }, 1)).toEqual({ ok: false, reason: 'out-of-range' })
    expect(sampleSizeTTest({ delta: 1e-200, sd: 1 })).toEqual({ ok: false, reason: 'out-of-range' })
  })

  it('is certain of an effect that nothing can hide', () => {
    expect(ok(powerTTest({ delta: 1e300, sd: 1 }, 3)).power).toBe(1)
    expect(ok(powerTTest({ delta: 1, sd: 1 }, 1e15)).power).toBe(1)
  })
})

describe('log-rank test', () => {
  it('size and power undo one another, and a ratio and its inverse ask the same', () => {
    const plan = { hazardRatio: 0.7, allocation: 0.4, power: 0.9 }
    const { events } = ok(sampleSizeLogRank(plan))
    expect(ok(powerLogRank(plan, events.schoenfeld)).power).toBeCloseTo(0.9, 13)
    expect(
      ok(sampleSizeLogRank({ hazardRatio: 1 / 0.7, allocation: 0.4, power: 0.9 })).events.schoenfeld,
    ).toBeCloseTo(events.schoenfeld, 9)
  })

  it('gives people only when the share with the event is known', () => {
    expect(ok(sampleSizeLogRank({ hazardRatio: 0.5 })).people).toBeNull()
    const { events, people } = ok(sampleSizeLogRank({ hazardRatio: 0.5 }, 0.75))
    // A quarter without the event under control is half under half the hazard: 5 of 8 people have it.
    expect(people?.newSurvival).toBeCloseTo(0.5, 14)
    expect(people?.schoenfeld).toBeCloseTo(events.schoenfeld / 0.625, 10)
  })

  it('refuses by name', () => {
    expect(sampleSizeLogRank({ hazardRatio: 1 })).toEqual({ ok: false, reason: 'no-difference' })
    expect(sampleSizeLogRank({ hazardRatio: 0.5 }, 1)).toEqual({ ok: false, reason: 'out-of-range' })
    expect(powerLogRank({ hazardRatio: -1 }, 10)).toEqual({ ok: false, reason: 'out-of-range' })
  })
})

describe('single formulas', () => {
  it('by hand', () => {
    // z² = (1.96 + 0.8416)² = 7.849; 2 · 0.25 · 7.849 / 0.01
    expect(ok(sampleSizeNonInferiorityProportions({ p: 0.5, margin: 0.1 })).perArm).toBeCloseTo(392.44, 2)
    expect(ok(designEffect({ size: 11, icc: 0.1 })).factor).toBeCloseTo(2, 14)
    expect(ok(designEffect({ size: 1, icc: 0.1 })).factor).toBe(1)
    // All pairs discordant, all one way: (1.96)² pairs.
    expect(ok(sampleSizeMcNemar({ p10: 1, p01: 0 })).pairs).toBeCloseTo(3.8415, 4)
    expect(sampleSizeMcNemar({ p10: 0.2, p01: 0.2 })).toEqual({ ok: false, reason: 'no-difference' })
    expect(designEffect({ size: 20, icc: 2 })).toEqual({ ok: false, reason: 'out-of-range' })
    expect(designEffect({ size: 5, icc: 0.1, variation: 1e300 })).toEqual({
      ok: false,
      reason: 'out-of-range',
    })
    expect(sampleSizeNonInferiorityProportions({ p: 0.5, margin: 0 })).toEqual({
      ok: false,
      reason: 'out-of-range',
    })
  })
})
