import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ABSTINENT,
  abstinenceByLook,
  carryLastForward,
  countAbstinence,
  MISSING,
  USE,
} from './abstinence-results.ts'
import { abstinenceDifferenceBounds, abstinenceWithMissing } from './abstinence-with-missing.ts'

/** One string a person: - abstinent, + use, o missing. */
function people(...patterns: string[]) {
  const said: Record<string, number> = { '-': ABSTINENT, '+': USE, o: MISSING }
  return {
    result: Int8Array.from(patterns.join(''), (letter) => said[letter]!),
    looks: patterns[0]!.length,
  }
}

const pattern = fc.array(
  fc.array(fc.constantFrom('-', '+', 'o'), { minLength: 4, maxLength: 4 }).map((letters) => letters.join('')),
  { minLength: 1, maxLength: 30 },
)

describe('countAbstinence', () => {
  const rows = people('----', '-o--', '-+o-', 'oooo', '++++')

  it('tells what is known of each person', () => {
    expect(countAbstinence(rows)).toEqual({ ok: true, n: 5, abstinent: 1, complete: 2, used: 2, unknown: 2 })
    expect(countAbstinence(rows, [3])).toEqual({
      ok: true,
      n: 5,
      abstinent: 3,
      complete: 4,
      used: 1,
      unknown: 1,
    })
  })

  it('shows each look with its missing', () => {
    const byLook = abstinenceByLook(rows)
    if (!byLook.ok) throw new Error(byLook.reason)
    expect([...byLook.abstinent]).toEqual([3, 1, 2, 3])
    expect([...byLook.used]).toEqual([1, 2, 1, 1])
    expect([...byLook.missing]).toEqual([1, 2, 2, 1])
  })

  it('carries the last known look forward, never backward', () => {
    const carried = carryLastForward(people('-oo+', 'o-o+', 'oooo'))
    if (!carried.ok) throw new Error(carried.reason)
    expect(carried.rows).toEqual(people('---+', 'o--+', 'oooo'))
    expect(carried.carried).toBe(3)
  })

  it('stays a share at the smallest odds there are', () => {
    const found = abstinenceWithMissing(
      { n: 2, abstinent: 1, complete: 1, used: 0 },
      { kind: 'informative', odds: 1.5e-323 },
    )
    expect(found).toMatchObject({ ok: true })
    if (found.ok) expect(found.upper).toBeLessThanOrEqual(1)
  })

  it('refuses by name', () => {
    expect(countAbstinence({ result: new Int8Array(0), looks: 2 })).toEqual({ ok: false, reason: 'no-rows' })
    expect(countAbstinence({ result: Int8Array.of(1, 1, 1, 7), looks: 2 })).toEqual({
      ok: false,
      reason: 'not-a-result',
      row: 1,
    })
    expect(() => countAbstinence(rows, [4])).toThrow(RangeError)
    expect(() => countAbstinence({ result: Int8Array.of(1), looks: 2 })).toThrow(RangeError)
  })
})

describe('abstinenceWithMissing', () => {
  const known = { n: 100, abstinent: 20, complete: 40, used: 30 }
  const at = (rule: Parameters<typeof abstinenceWithMissing>[1]) => {
    const found = abstinenceWithMissing(known, rule)
    if (!found.ok) throw new Error(found.reason)
    return found
  }

  it('by hand', () => {
    expect(at({ kind: 'missing-is-use' })).toMatchObject({ count: 20, n: 100, proportion: 0.2 })
    expect(at({ kind: 'missing-left-out' })).toMatchObject({ count: 20, n: 40, proportion: 0.5 })
    expect(at({ kind: 'missing-is-abstinent' })).toMatchObject({ count: 70, n: 100, proportion: 0.7 })
    // Odds 1 × ½ = ⅓ of the 60 missing: 20 + 20 of 100.
    expect(at({ kind: 'informative', odds: 0.5 })).toMatchObject({
      count: null,
      proportion: expect.closeTo(0.4, 14),
    })
    expect(at({ kind: 'informative', odds: 1 }).proportion).toBeCloseTo(0.5, 14)
    expect(at({ kind: 'informative', odds: 0 }).proportion).toBeCloseTo(0.2, 14)
  })

  it('bounds the difference of two groups by what the missing may have done', () => {
    expect(abstinenceDifferenceBounds(known, known)).toMatchObject({
      lower: expect.closeTo(-0.5, 14),
      upper: expect.closeTo(0.5, 14),
    })
  })

  it('keeps order and limits for whatever people there are', () => {
    fc.assert(
      fc.property(pattern, fc.double({ min: 0, max: 20, noNaN: true }), (patterns, odds) => {
        const counts = countAbstinence(people(...patterns))
        if (!counts.ok) throw new Error(counts.reason)
        expect(counts.abstinent + counts.used + counts.unknown).toBe(counts.n)
        const least = abstinenceWithMissing(counts, { kind: 'missing-is-use' })
        const most = abstinenceWithMissing(counts, { kind: 'missing-is-abstinent' })
        if (!least.ok || !most.ok) throw new Error('refused')
        expect(least.proportion).toBeLessThanOrEqual(most.proportion)
        const informative = abstinenceWithMissing(counts, { kind: 'informative', odds })
        if (!informative.ok) {
          expect(counts.complete).toBe(0)
          expect(informative.reason).toBe('nobody-complete')
          return
        }
        expect(informative.proportion).toBeGreaterThanOrEqual(least.proportion - 1e-14)
        expect(informative.lower).toBeGreaterThanOrEqual(-1e-14)
        expect(informative.lower).toBeLessThanOrEqual(informative.proportion + 1e-14)
        expect(informative.upper).toBeGreaterThanOrEqual(informative.proportion - 1e-14)
        expect(informative.upper).toBeLessThanOrEqual(1 + 1e-14)
        const backwards = countAbstinence(people(...patterns.reverse()))
        expect(backwards).toEqual(counts)
      }),
    )
  })

  it('refuses by name', () => {
    expect(
      abstinenceWithMissing({ n: 0, abstinent: 0, complete: 0, used: 0 }, { kind: 'missing-is-use' }),
    ).toEqual({
      ok: false,
      reason: 'no-rows',
    })
    expect(
      abstinenceWithMissing({ n: 5, abstinent: 0, complete: 0, used: 1 }, { kind: 'missing-left-out' }),
    ).toEqual({ ok: false, reason: 'nobody-complete' })
    expect(
      abstinenceWithMissing({ n: 5, abstinent: 3, complete: 2, used: 1 }, { kind: 'missing-is-use' }),
    ).toEqual({
      ok: false,
      reason: 'not-a-count',
    })
    expect(() => abstinenceWithMissing(known, { kind: 'informative', odds: -1 })).toThrow(RangeError)
  })
})
