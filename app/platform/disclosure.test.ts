import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { disclosedCount, disclosedDays, discloseParts, isSmall, SMALLEST_SHOWN } from './disclosure.ts'

const few = undefined

describe('a single count', () => {
  it.each([
    [0, 0],
    [1, few],
    [9, few],
    [10, 10],
    [238, 238],
  ])('%i is shown as %s', (count, shown) => {
    expect(disclosedCount(count)).toBe(shown)
  })
})

describe('parts of a total', () => {
  it.each([
    // what happened                              counts            total  parts
    ['nothing small: everything is shown', [12, 30], 42, [12, 30]],
    ['one small part hides the next smallest', [4, 30, 50], 84, [few, few, 50]],
    ['two small parts with ten people between them are enough', [4, 6, 50], 60, [few, few, 50]],
    ['two small parts with fewer than ten hide a third', [1, 2, 50, 40], 93, [few, few, 50, few]],
    ['a zero hides nobody', [4, 0, 50], 54, [few, 0, few]],
    ['nothing to hide behind: the total goes', [4, 0], few, [few, 0]],
    ['everything together is small', [2, 3], few, [few, few]],
    ['nobody at all', [0, 0], 0, [0, 0]],
  ])('%s', (_, counts, total, parts) => {
    expect(discloseParts(counts)).toEqual({ total, parts })
  })
})

describe('whoever subtracts learns nothing small', () => {
  const counts = fc.array(fc.nat(60), { minLength: 1, maxLength: 6 })

  it('every count shown is the true one, and none of them is small', () => {
    fc.assert(
      fc.property(counts, (given) => {
        const { total, parts } = discloseParts(given)
        parts.forEach((part, at) => {
          if (part !== undefined) expect(part).toBe(given[at])
          expect(part === undefined || part === 0 || part >= SMALLEST_SHOWN).toBe(true)
        })
        expect(total === undefined || total === 0 || total >= SMALLEST_SHOWN).toBe(true)
      }),
    )
  })

  it('what is left of the total after subtracting is nobody, or ten people in two parts or more', () => {
    fc.assert(
      fc.property(counts, (given) => {
        const { total, parts } = discloseParts(given)
        const hidden = parts.filter((part) => part === undefined).length
        if (total === undefined || hidden === 0) return
        const rest = total - parts.reduce<number>((sum, part) => sum + (part ?? 0), 0)
        expect(hidden).toBeGreaterThanOrEqual(2)
        expect(rest).toBeGreaterThanOrEqual(SMALLEST_SHOWN)
      }),
    )
  })

  it('says no more when the parts stand in another order', () => {
    fc.assert(
      fc.property(counts, (given) => {
        const forward = discloseParts(given)
        const backward = discloseParts([...given].reverse())
        expect(backward.total).toBe(forward.total)
        expect(backward.parts.filter((p) => p === undefined).length).toBe(
          forward.parts.filter((p) => p === undefined).length,
        )
      }),
    )
  })
})

describe('counts that only rise', () => {
  it.each([
    // what happened                                  counts at the days  end   days shown
    ['ten or more each time: every day', [10, 25, 40], 55, [0, 1, 2]],
    ['nobody in between tells nothing', [10, 10, 40], 55, [0, 1, 2]],
    ['three since the day before: that day is left out', [12, 15, 24], 40, [0, 2]],
    ['few at first: not shown until there are ten', [3, 9, 12], 40, [2]],
    ['four after the last day: it would tell them', [12, 30], 34, [0]],
    ['few altogether', [1, 2], 5, []],
  ])('%s', (_, counts, end, days) => {
    expect(disclosedDays([{ counts, end }])).toEqual(days)
  })

  it('share their days: what one of them would tell is left out of all', () => {
    expect(
      disclosedDays([
        { counts: [20, 40], end: 60 },
        { counts: [4, 30], end: 30 },
      ]),
    ).toEqual([1])
  })

  it('tell nobody or ten people between any two days shown, up to the end', () => {
    const growth = fc.array(fc.oneof(fc.nat(4), fc.nat(25)), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(fc.array(growth, { minLength: 1, maxLength: 3 }), (all) => {
        const length = Math.min(...all.map((one) => one.length))
        const series = all.map((one) => {
          let sum = 0
          const sums = one.slice(0, length).map((more) => (sum += more))
          return { counts: sums.slice(0, -1), end: sum }
        })
        const shown = disclosedDays(series)
        for (const { counts, end } of series) {
          const said = [0, ...shown.map((day) => counts[day]!), end]
          for (let from = 0; from < said.length - (shown.length === 0 ? 2 : 1); from++) {
            for (let to = from + 1; to < said.length; to++)
              expect(isSmall(said[to]! - said[from]!)).toBe(false)
          }
        }
      }),
      { seed: 20_261_127, numRuns: 3000 },
    )
  })
})

describe('parts of a total, to somebody who knows the rule', () => {
  it.each([
    [2, 60],
    [3, 60],
    [4, 34],
  ])('%i parts of at most %i people: a small part keeps at least six possible values', (parts, most) => {
    const inputs = new Map<string, number[][]>()
    const each = (chosen: number[], left: number) => {
      if (chosen.length < parts) {
        for (let count = 0; count <= left; count++) each([...chosen, count], left - count)
        return
      }
      const shown = discloseParts(chosen)
      if (shown.total === undefined) return
      const key = JSON.stringify([shown.total, shown.parts.map((count) => count ?? null)])
      const same = inputs.get(key)
      if (same) same.push(chosen)
      else inputs.set(key, [chosen])
    }
    each([], most)
    let fewest = Number.POSITIVE_INFINITY
    for (const [key, same] of inputs) {
      const [, told] = JSON.parse(key) as [number, (number | null)[]]
      told.forEach((count, at) => {
        if (count !== null) return
        const values = new Set(same.map((input) => input[at]!))
        if ([...values].some((value) => value > 0 && value < 10)) fewest = Math.min(fewest, values.size)
      })
    }
    expect(fewest).toBeGreaterThanOrEqual(6)
    expect(fewest).toBeLessThan(Number.POSITIVE_INFINITY)
  })
})
