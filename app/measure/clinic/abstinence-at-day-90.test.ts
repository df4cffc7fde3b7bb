import { describe, expect, it } from 'vitest'
import { sharesAtDay90, shownSharesAtDay90 } from './abstinence-at-day-90.ts'

describe('no use in the week up to day 90', () => {
  const people = (noUse: number, use: number, missing: number) => ({ 'no-use': noUse, use, missing })

  it('counts missing in three ways and keeps the denominators', () => {
    const shares = sharesAtDay90(people(2, 1, 1))
    expect(shares.map((s) => `${s.missing} ${s.count} of ${s.of}`)).toEqual([
      'use 2 of 4',
      'left-out 2 of 3',
      'no-use 3 of 4',
    ])
    // Wilson, 2 of 4: 0.5 within 0.1500 and 0.8500 (Newcombe 1998, method 3).
    expect(shares[0]!.lower).toBeCloseTo(0.15, 3)
    expect(shares[0]!.upper).toBeCloseTo(0.85, 3)
  })

  it('says nothing of nobody', () => {
    expect(sharesAtDay90(people(0, 0, 0))).toEqual([])
  })

  it.each([
    // no use, use, missing      shares that may be shown
    [12, 20, 15, ['use', 'left-out', 'no-use']],
    [12, 0, 15, ['use', 'left-out', 'no-use']],
    // 4 missing hide the 12 without use as well: with the total they would be told.
    [12, 20, 4, ['no-use']],
    [30, 12, 4, ['use']],
    [5, 20, 30, []],
    [9, 8, 30, []],
  ] as const)(
    'with %i, %i and %i people shows no share that tells a small count',
    (noUse, use, missing, shown) => {
      const shares = shownSharesAtDay90(people(noUse, use, missing))!
      expect(shares.filter((s) => s.shown).map((s) => s.missing)).toEqual(shown)
    },
  )

  it('shows nothing of fewer than ten people', () => {
    expect(shownSharesAtDay90(people(4, 3, 2))).toBeUndefined()
  })
})
