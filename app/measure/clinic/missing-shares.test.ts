import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { missingShares, sharesByOdds } from './missing-shares.ts'

const people = (noUse: number, use: number, missing: number) => ({ 'no-use': noUse, use, missing })

describe('shares without use, with the missing counted in several ways', () => {
  it('keeps the denominators', () => {
    const {
      ways,
      people: all,
      missing,
    } = missingShares(people(20, 10, 10), { carried: { noUse: 0, use: 0 } })!
    expect([all, missing]).toEqual([40, 10])
    expect(ways.map(({ way, shown }) => `${way} ${shown!.count} of ${shown!.of}`)).toEqual([
      'as-use 20 of 40',
      'left-out 20 of 30',
      'carried-forward 20 of 40',
      'as-no-use 30 of 40',
    ])
    // Wilson by hand, 20 of 40: centre 0.5, half width 1.96 sqrt(0.25/40 + 1.96²/6400) / (1 + 1.96²/40) = 0.14800.
    expect(ways[0]!.shown!.lower).toBeCloseTo(0.352, 3)
    expect(ways[0]!.shown!.upper).toBeCloseTo(0.648, 3)
  })

  it('carries the last known state on, and who was never known counts as having used', () => {
    const { ways } = missingShares(people(40, 30, 50), { carried: { noUse: 20, use: 15 } })!
    expect(ways.find(({ way }) => way === 'carried-forward')!.shown).toMatchObject({ count: 60, of: 120 })
  })

  it('does not tell of how few the last state was carried on', () => {
    const { ways } = missingShares(people(40, 30, 50), { carried: { noUse: 3, use: 15 } })!
    expect(ways.map(({ way, shown }) => [way, shown !== undefined])).toEqual([
      ['as-use', true],
      ['left-out', true],
      ['carried-forward', false],
      ['as-no-use', true],
    ])
  })

  it.each([
    // no use, use, missing      shares that may be shown
    [12, 20, 15, ['as-use', 'left-out', 'as-no-use']],
    [12, 0, 15, ['as-use', 'left-out', 'as-no-use']],
    // 4 missing hide the 12 without use as well: with the total they would be told. As no use alone would only flatter.
    [12, 20, 4, []],
    [30, 12, 4, ['as-use']],
    [5, 20, 30, []],
    [9, 8, 30, []],
  ] as const)(
    'with %i, %i and %i people shows no share that tells a small count',
    (noUse, use, missing, shown) => {
      const { ways } = missingShares(people(noUse, use, missing))!
      expect(ways.filter((way) => way.shown).map(({ way }) => way)).toEqual(shown)
    },
  )

  it('turns round what must not stand alone where what is counted is not wished for', () => {
    const shown = (adverse: boolean, ...counts: [number, number, number]) =>
      missingShares(people(...counts), { adverse })!
        .ways.filter((way) => way.shown)
        .map(({ way }) => way)
    expect([shown(false, 30, 12, 4), shown(true, 30, 12, 4)]).toEqual([['as-use'], []])
    expect([shown(false, 12, 30, 4), shown(true, 12, 30, 4)]).toEqual([[], ['as-no-use']])
  })

  it('shows nothing of fewer than ten people', () => {
    expect(missingShares(people(4, 3, 2))).toBeUndefined()
    expect(missingShares(people(0, 0, 0))).toBeUndefined()
  })

  it('leaves more than one answer to what a count from 1 to 9 is, whatever is subtracted', () => {
    type World = readonly [noUse: number, use: number, missing: number, carried: number]
    const size = fc.integer({ min: 0, max: 24 })
    fc.assert(
      fc.property(size, size, size, size, fc.boolean(), (noUse, use, missing, first, adverse) => {
        const truth: World = [noUse, use, missing, Math.min(first, missing)]
        const told = missingShares(people(noUse, use, missing), {
          carried: { noUse: truth[3], use: 0 },
          adverse,
        })
        if (!told) return
        const shown = new Map(told.ways.map(({ way, shown }) => [way, shown?.count]))
        const fits = ([n, u, m, c]: World) =>
          [
            [told.missing, m],
            [shown.get('as-use'), n],
            [shown.get('carried-forward'), n + c],
            [shown.get('as-no-use'), n + m],
          ].every(([said, is]) => said === undefined || said === is) &&
          (shown.get('left-out') === undefined || told.ways[1]!.shown!.of === n + u)
        const found: [Set<number>, Set<number>, Set<number>, Set<number>] = [
          new Set(),
          new Set(),
          new Set(),
          new Set(),
        ]
        const all = noUse + use + missing
        for (let n = 0; n <= all; n++) {
          for (let u = 0; u <= all - n; u++) {
            for (let c = 0; c <= all - n - u; c++) {
              const world: World = [n, u, all - n - u, c]
              if (!fits(world)) continue
              for (const [at, value] of world.entries()) found[at]!.add(value)
            }
          }
        }
        truth.forEach((value, at) => {
          if (value > 0 && value < 10) expect(found[at]!.size, `${truth} at ${at}`).toBeGreaterThan(1)
        })
      }),
      { numRuns: 60 },
    )
  })
})

describe('if the missing used more often', () => {
  it('goes from as the others towards as use', () => {
    const shares = sharesByOdds(people(20, 10, 10))
    expect(shares.map(({ oddsOfUse }) => oddsOfUse)).toEqual([1, 2, 5, 10])
    // 1: 20/30 for everybody. 2: odds without use 2 / 2 = 1, so half of the missing: (20 + 5) / 40.
    expect(shares[0]!.share).toBeCloseTo(2 / 3, 12)
    expect(shares[1]!.share).toBeCloseTo(25 / 40, 12)
    // 5: odds 2 / 5, share 2 / 7. (20 + 10 · 2/7) / 40.
    expect(shares[2]!.share).toBeCloseTo((20 + 20 / 7) / 40, 12)
    for (const { share, lower, upper } of shares) {
      expect(lower).toBeLessThan(share)
      expect(upper).toBeGreaterThan(share)
    }
  })

  it('says nothing where a small count could be worked out from it', () => {
    expect(sharesByOdds(people(20, 10, 4))).toEqual([])
  })
})
