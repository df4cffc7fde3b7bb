import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fisherExactTest, freemanHaltonTest } from './fisher-exact.ts'

function choose(n: number, k: number): bigint {
  let result = 1n
  for (let i = 1; i <= k; i++) result = (result * BigInt(n - k + i)) / BigInt(i)
  return result
}

/** A fraction of whole numbers as a double, to all its digits. */
function fraction(part: bigint, of: bigint): number {
  return Number((part * 10n ** 40n) / of) / 1e40
}

/** All tables with the margins of `count1` of `n1` against `count2` of `n2`, in whole numbers. */
function wholeNumbers(count1: number, n1: number, count2: number, n2: number) {
  const events = count1 + count2
  const values: { x: number; ways: bigint }[] = []
  for (let x = Math.max(0, events - n2); x <= Math.min(n1, events); x++) {
    values.push({ x, ways: choose(n1, x) * choose(n2, events - x) })
  }
  return values
}

const sum = (values: { ways: bigint }[]) => values.reduce((total, { ways }) => total + ways, 0n)

describe('fisherExactTest', () => {
  it('gives Fisher’s tea tasting: 3 of 4 against 1 of 4', () => {
    const test = fisherExactTest({ count1: 3, n1: 4, count2: 1, n2: 4 })
    if (!test.ok) throw new Error(test.reason)
    // 16 + 1 of 70 ways are as good or better; as many as bad.
    expect(test.pGreater).toBeCloseTo(17 / 70, 15)
    expect(test.p).toBeCloseTo(34 / 70, 15)
    expect(test.pLess).toBeCloseTo(69 / 70, 15)
  })

  it('agrees with whole-number arithmetic', () => {
    const small = fc.integer({ min: 1, max: 40 })
    fc.assert(
      fc.property(small, small, fc.nat(40), fc.nat(40), (n1, n2, a, b) => {
        const [count1, count2] = [Math.min(a, n1), Math.min(b, n2)]
        const test = fisherExactTest({ count1, n1, count2, n2 })
        if (!test.ok) return
        const all = wholeNumbers(count1, n1, count2, n2)
        const observed = all.find(({ x }) => x === count1)!.ways
        const p = fraction(sum(all.filter(({ ways }) => ways <= observed)), sum(all))
        expect(test.p / p).toBeCloseTo(1, 12)
        expect(test.pGreater / fraction(sum(all.filter(({ x }) => x >= count1)), sum(all))).toBeCloseTo(1, 12)
      }),
    )
  })

  it('has limits at which a one-sided test just reaches (1 − conf) / 2, more closely than R', () => {
    const groups = { count1: 9, n1: 10, count2: 3, n2: 10 }
    const test = fisherExactTest(groups)
    if (!test.ok) throw new Error(test.reason)
    const tail = (odds: number, keep: (x: number) => boolean) => {
      const weights = wholeNumbers(9, 10, 3, 10).map(({ x, ways }) => ({ x, w: Number(ways) * odds ** x }))
      const total = weights.reduce((s, { w }) => s + w, 0)
      return weights.filter(({ x }) => keep(x)).reduce((s, { w }) => s + w, 0) / total
    }
    expect(tail(test.lower, (x) => x >= 9)).toBeCloseTo(0.025, 13)
    expect(tail(test.upper!, (x) => x <= 9)).toBeCloseTo(0.025, 13)
    // fisher.test prints 1039.29, where the tail is 0.0252.
    expect(test.upper).toBeCloseTo(1047.839981703822, 8)
    expect(test.oddsRatio).toBeCloseTo(17.26903393797, 10)
  })

  it('leaves a side open where a cell is empty', () => {
    expect(fisherExactTest({ count1: 4, n1: 4, count2: 1, n2: 5 })).toMatchObject({
      oddsRatio: null,
      upper: null,
    })
    expect(fisherExactTest({ count1: 0, n1: 4, count2: 1, n2: 5 })).toMatchObject({ oddsRatio: 0, lower: 0 })
  })

  it('refuses by name', () => {
    expect(fisherExactTest({ count1: 0, n1: 4, count2: 0, n2: 5 })).toEqual({
      ok: false,
      reason: 'no-variation',
    })
    expect(fisherExactTest({ count1: 1, n1: 0, count2: 0, n2: 5 })).toEqual({
      ok: false,
      reason: 'not-a-count',
    })
    expect(fisherExactTest({ count1: 0, n1: 0, count2: 0, n2: 5 })).toEqual({ ok: false, reason: 'no-rows' })
    expect(() => fisherExactTest({ count1: 1, n1: 2, count2: 0, n2: 5 }, 1)).toThrow(RangeError)
  })

  it('stands far counts and large groups', () => {
    const test = fisherExactTest({ count1: 900, n1: 1000, count2: 20, n2: 100_000 })
    if (!test.ok) throw new Error(test.reason)
    expect(test.p).toBeGreaterThanOrEqual(0)
    expect(test.lower).toBeGreaterThan(10_000)
    expect(test.upper!).toBeLessThan(200_000)
  })
})

describe('fisherExactTest of whole countries', () => {
  it('is refused by name', () => {
    expect(fisherExactTest({ count1: 1e9, n1: 2e9, count2: 1e9, n2: 3e9 })).toEqual({
      ok: false,
      reason: 'too-many-events',
    })
  })
})

describe('freemanHaltonTest', () => {
  it('is Fisher’s p in a 2 × 2 table', () => {
    const test = fisherExactTest({ count1: 9, n1: 10, count2: 3, n2: 10 })
    const table = freemanHaltonTest([
      [9, 1],
      [3, 7],
    ])
    if (!test.ok || !table.ok) throw new Error('refused')
    expect(table.p).toBeCloseTo(test.p, 14)
  })

  it('agrees with whole-number arithmetic in a 3 × 2 table', () => {
    let all = 0n
    let extreme = 0n
    const ways = (a: number, b: number, c: number) => choose(100, a) * choose(100, b) * choose(100, c)
    const observed = ways(40, 55, 30)
    for (let a = 0; a <= 100; a++) {
      for (let b = Math.max(0, 25 - a); b <= Math.min(100, 125 - a); b++) {
        const w = ways(a, b, 125 - a - b)
        all += w
        if (w <= observed) extreme += w
      }
    }
    const test = freemanHaltonTest([
      [40, 60],
      [55, 45],
      [30, 70],
    ])
    if (!test.ok) throw new Error(test.reason)
    expect(test.p / fraction(extreme, all)).toBeCloseTo(1, 13)
  })

  it('does not care for the order of rows, columns, or which is which', () => {
    const p = [
      [
        [3, 1, 5],
        [2, 6, 0],
      ],
      [
        [2, 6, 0],
        [3, 1, 5],
      ],
      [
        [5, 1, 3],
        [0, 6, 2],
      ],
      [
        [3, 2],
        [1, 6],
        [5, 0],
      ],
    ].map((table) => freemanHaltonTest(table))
    for (const test of p) {
      if (!test.ok || !p[0]!.ok) throw new Error('refused')
      expect(test.p).toBeCloseTo(p[0]!.p, 14)
    }
  })

  it('refuses what it cannot answer', () => {
    expect(freemanHaltonTest([[1, 2]])).toEqual({ ok: false, reason: 'one-row-or-column' })
    expect(
      freemanHaltonTest([
        [1, 2],
        [0, 0],
      ]),
    ).toEqual({ ok: false, reason: 'empty-margin', row: 1 })
    expect(freemanHaltonTest([[1, 2], [1]])).toEqual({ ok: false, reason: 'not-a-table', row: 1 })
    expect(
      freemanHaltonTest([
        [1e15, 2],
        [3, 4],
      ]),
    ).toEqual({ ok: false, reason: 'too-many-tables' })
  })
})
