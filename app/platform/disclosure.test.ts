import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { disclosedCount, discloseParts, SMALLEST_SHOWN } from './disclosure.ts'

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
