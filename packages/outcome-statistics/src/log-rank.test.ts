import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coxRegression } from './cox/cox-regression.ts'
import { type LogRank, type LogRankRows, logRank, petoHazardRatio } from './log-rank.ts'

function tested(rows: LogRankRows, rho = 0): LogRank {
  const result = logRank(rows, { rho })
  if (!result.ok) throw new Error(`refused: ${result.reason}`)
  return result
}

const small = {
  time: Float64Array.of(1, 2, 3, 4),
  event: Uint8Array.of(1, 1, 1, 1),
  group: Uint8Array.of(10, 20, 10, 20),
}

describe('logRank by hand', () => {
  it('adds up four event times', () => {
    // Expected in the first group 1/2 + 1/3 + 1/2 + 0, variance 1/4 + 2/9 + 1/4 + 0.
    const test = tested(small)
    expect(test.groups).toEqual([10, 20])
    expect([...test.observed]).toEqual([2, 2])
    expect(test.expected[0]).toBeCloseTo(4 / 3, 14)
    expect(test.variance[0]).toBeCloseTo(13 / 18, 14)
    expect(test.variance[1]).toBeCloseTo(-13 / 18, 14)
    expect(test.chiSquare).toBeCloseTo(8 / 13, 14)
    expect(test.df).toBe(1)
  })

  it('weights by the pooled curve just before the event when rho is 1', () => {
    // Weights 1, 3/4, 1/2, 1/4.
    const test = tested(small, 1)
    expect(test.observed[0]).toBeCloseTo(1 + 1 / 2, 14)
    expect(test.expected[0]).toBeCloseTo(1 / 2 + (3 / 4) * (1 / 3) + (1 / 2) * (1 / 2), 14)
    expect(test.variance[0]).toBeCloseTo(1 / 4 + (9 / 16) * (2 / 9) + (1 / 4) * (1 / 4), 14)
  })

  it('gives the published figures of the leukaemia trial', () => {
    // Freireich et al., Blood 1963;21:699; sign = censored. Observed 9 and 21, expected 19.25 and 10.75, 16.79.
    const sixMp = [6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35]
    const placebo = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
    const all = [...sixMp, ...placebo]
    const test = tested({
      time: Float64Array.from(all, Math.abs),
      event: Uint8Array.from(all, (week) => (week > 0 ? 1 : 0)),
      group: all.map((_, row) => (row < sixMp.length ? 1 : 2)),
    })
    expect([...test.observed]).toEqual([9, 21])
    expect(test.expected[0]).toBeCloseTo(19.25, 2)
    expect(test.expected[1]).toBeCloseTo(10.75, 2)
    expect(test.chiSquare).toBeCloseTo(16.79, 2)
  })
})

describe('delayed entry', () => {
  it('counts people from the day after they came', () => {
    // The same four, but the second person of group 10 comes at time 2 only: expected 1/3 + 0 + 1/2 + 0.
    const test = tested({ ...small, entry: Float64Array.of(0, 0, 2, 0) })
    expect(test.expected[0]).toBeCloseTo(1 / 3 + 0 / 2 + 1 / 2, 14)
    expect(test.variance[0]).toBeCloseTo(2 / 9 + 0 + 1 / 4, 14)
  })

  it('is the score test of a Cox model where nobody is tied', () => {
    const time = Float64Array.of(5, 3, 9, 1, 7, 2, 8, 4, 6, 10)
    const event = Uint8Array.of(1, 1, 0, 1, 1, 0, 1, 1, 1, 0)
    const group = Uint8Array.of(0, 1, 0, 1, 0, 1, 1, 0, 1, 0)
    const entry = Float64Array.of(2, 0, 7, 0, 6, 0, 3, 1, 5, 0)
    const fit = coxRegression({ time, event, entry, covariates: [Float64Array.from(group)] })
    expect(fit.ok && fit.scoreTest.chiSquare).toBeCloseTo(tested({ time, event, entry, group }).chiSquare, 12)
  })

  it('changes nothing when everybody comes at the origin', () => {
    const test = tested({ ...small, entry: new Float64Array(4).fill(-1) })
    expect(test).toEqual(tested(small))
  })
})

describe('a group that left before the first event', () => {
  it('counts neither in the statistic nor in the degrees of freedom', () => {
    const test = tested({
      time: Float64Array.of(0.5, 1, 2, 3, 4),
      event: Uint8Array.of(0, 1, 1, 1, 1),
      group: Uint8Array.of(5, 10, 20, 10, 20),
    })
    expect(test.groups).toEqual([5, 10, 20])
    expect(test.df).toBe(1)
    expect(test.chiSquare).toBeCloseTo(8 / 13, 14)
  })
})

describe('logRank refuses by name', () => {
  const time = Float64Array.of(1, 2, 3)
  it.each([
    ['no-rows', { time: new Float64Array(), event: new Uint8Array(), group: [] }],
    ['one-group', { time, event: Uint8Array.of(1, 1, 1), group: [4, 4, 4] }],
    ['no-events', { time, event: Uint8Array.of(0, 0, 0), group: [1, 2, 1] }],
    // The only event comes when one group is alone.
    ['groups-never-at-risk-together', { time, event: Uint8Array.of(0, 0, 1), group: [1, 1, 2] }],
    [
      'groups-never-at-risk-together',
      { time, event: Uint8Array.of(1, 1, 1), group: [1, 1, 2], strata: [1, 1, 2] },
    ],
  ])('%s', (reason, rows) => {
    expect(logRank(rows)).toEqual({ ok: false, reason })
  })

  it('throws on columns of different length, a label that is no number, a rho that is none', () => {
    expect(() => logRank({ ...small, group: [1] })).toThrow(RangeError)
    expect(() => logRank({ ...small, strata: [1] })).toThrow(RangeError)
    expect(() => logRank({ ...small, group: [1, 2, Number.NaN, 1] })).toThrow(RangeError)
    expect(() => logRank(small, { rho: Number.NaN })).toThrow(RangeError)
  })
})

describe('logRank always', () => {
  const person = fc.record({
    time: fc.integer({ min: 0, max: 15 }),
    event: fc.integer({ min: 0, max: 1 }),
    group: fc.integer({ min: 1, max: 3 }),
    stratum: fc.integer({ min: 1, max: 2 }),
  })
  type Person = { time: number; event: number; group: number; stratum: number }
  const rowsOf = (list: readonly Person[]): LogRankRows => ({
    time: Float64Array.from(list, (p) => p.time),
    event: Uint8Array.from(list, (p) => p.event),
    group: list.map((p) => p.group),
    strata: list.map((p) => p.stratum),
  })
  const people = fc.array(person, { minLength: 2, maxLength: 60 })

  it('observes as many events as it expects, and answers a number or a reason', () => {
    fc.assert(
      fc.property(people, fc.constantFrom(0, 0.5, 1, 2), (list, rho) => {
        const result = logRank(rowsOf(list), { rho })
        if (!result.ok) return
        const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0)
        expect(sum(result.observed)).toBeCloseTo(sum(result.expected), 10)
        expect(sum(result.variance)).toBeCloseTo(0, 10)
        expect(result.chiSquare).toBeGreaterThanOrEqual(0)
        expect(result.p).toBeGreaterThanOrEqual(0)
        expect(result.p).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('does not depend on the order of rows or on what the groups are called', () => {
    fc.assert(
      fc.property(people, (list) => {
        const there = logRank(rowsOf(list))
        const back = logRank(rowsOf([...list].reverse().map((p) => ({ ...p, group: 1000 - p.group }))))
        expect(back.ok).toBe(there.ok)
        if (there.ok && back.ok) {
          expect(back.chiSquare).toBeCloseTo(there.chiSquare, 9)
          expect(back.df).toBe(there.df)
        }
      }),
    )
  })

  it('adds strata up', () => {
    fc.assert(
      fc.property(people, (list) => {
        const twoGroups = list.map((p) => ({ ...p, group: 1 + (p.group % 2) }))
        const whole = logRank(rowsOf(twoGroups))
        const parts = [1, 2].map((s) => logRank(rowsOf(twoGroups.filter((p) => p.stratum === s))))
        if (!whole.ok || !parts[0]!.ok || !parts[1]!.ok) return
        expect(whole.expected[0]).toBeCloseTo(parts[0]!.expected[0]! + parts[1]!.expected[0]!, 10)
        expect(whole.variance[0]).toBeCloseTo(parts[0]!.variance[0]! + parts[1]!.variance[0]!, 10)
      }),
    )
  })
})

describe('petoHazardRatio', () => {
  it('is exp((O − E) / V)', () => {
    const ratio = petoHazardRatio(tested(small))
    if (!ratio.ok) throw new Error(ratio.reason)
    expect(ratio.hazardRatio).toBeCloseTo(Math.exp(2 / 3 / (13 / 18)), 13)
    expect(ratio.lower).toBeLessThan(ratio.hazardRatio)
    expect(ratio.upper).toBeGreaterThan(ratio.hazardRatio)
  })

  it('refuses three groups and weighted tests', () => {
    expect(petoHazardRatio(tested({ ...small, group: [1, 2, 3, 1] }))).toEqual({
      ok: false,
      reason: 'not-two-groups',
    })
    expect(petoHazardRatio(tested(small, 1))).toEqual({ ok: false, reason: 'not-log-rank' })
  })
})
