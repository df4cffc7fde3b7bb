import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Published, rangeOf } from '../../../tests/linear-attacker.ts'
import { isSmall, NARROWEST_RANGE } from '../../platform/disclosure.ts'
import {
  addUp,
  type BatchCounts,
  CURVE_DAYS,
  disclosedBatch,
  type PublicFigures,
  publishedCurve,
  publishedShares,
} from './public-figures.ts'

const week = (noUse: number, use: number, missing: number) => ({ 'no-use': noUse, use, missing })
const many: BatchCounts = {
  used: [week(20, 40, 20), week(12, 30, 12), week(0, 25, 10)],
  lost: [20, 15, 12],
  followed: { 'no-use': 90, missing: 14 },
  noted: { nausea: 80, distress: 30, 'stopped-early': 12 },
}
const scaled = (counts: BatchCounts, by: (value: number) => number): BatchCounts => ({
  used: counts.used.map((one) => week(by(one['no-use']), by(one.use), by(one.missing))),
  lost: counts.lost.map(by),
  followed: { 'no-use': by(counts.followed['no-use']), missing: by(counts.followed.missing) },
  noted: counts.noted,
})

describe('what is published of a batch', () => {
  it('is everything when every count is large', () => {
    expect(disclosedBatch(many)).toEqual({
      people: 320,
      days: [30, 60, 90],
      used: [80, 54, 35],
      lost: [20, 15, 12],
      followed: 104,
      week: week(122, 95, 103),
      noted: { nausea: 80, distress: 30, 'stopped-early': 12 },
    })
  })

  it('leaves out a day between which too few used', () => {
    const counts = { ...many, used: [week(20, 40, 20), week(1, 2, 1), week(0, 25, 10)] }
    expect(disclosedBatch(counts).days).toEqual([30, 90])
    expect(disclosedBatch(counts).used).toEqual([80, 39])
  })

  it('withholds what was noted of few, and of all but few', () => {
    const noted = { nausea: 7, distress: 315, 'stopped-early': 0 }
    expect(disclosedBatch({ ...many, noted }).noted).toEqual({
      nausea: null,
      distress: null,
      'stopped-early': 0,
    })
  })

  it('is nothing of fewer than ten people', () => {
    const {
      people,
      used,
      followed,
      week: weeks,
      noted,
    } = disclosedBatch(scaled(many, (value) => Math.round(value / 50)))
    expect(
      [people, followed, ...used, ...Object.values(weeks), ...Object.values(noted)].filter((v) => v),
    ).toEqual([])
  })

  it('of eighteen people, as in a young clinic, is that there are eighteen', () => {
    const few = disclosedBatch({
      used: [week(2, 0, 0), week(1, 1, 0), week(0, 0, 0)],
      lost: [2, 1, 1],
      followed: { 'no-use': 9, missing: 1 },
      noted: { nausea: 5, distress: 3, 'stopped-early': 1 },
    })
    expect(few.people).toBe(18)
    expect(publishedCurve(few)).toBeNull()
    expect(publishedShares(few).every(({ shown }) => shown === null)).toBe(true)
    expect(few.noted).toEqual({ nausea: null, distress: null, 'stopped-early': null })
  })
})

describe('the published curve', () => {
  it('is the life table of the published counts, by hand', () => {
    const curve = publishedCurve(disclosedBatch(many))!
    // 320 began; 20 lost count half: 80 of 310. Then 220 with 15 lost: 54 of 212.5. Then 151 with 12 lost: 35 of 145.
    const s30 = 1 - 80 / 310
    const s60 = s30 * (1 - 54 / 212.5)
    const s90 = s60 * (1 - 35 / 145)
    expect(curve.map(({ left }) => left)).toEqual([220, 151, 104])
    for (const [at, value] of [s30, s60, s90].entries()) {
      expect(curve[at]!.notYetUsed).toBeCloseTo(value, 12)
      expect(curve[at]!.limits!.lower).toBeLessThan(value)
      expect(curve[at]!.limits!.upper).toBeGreaterThan(value)
    }
  })

  it('has the same end, nearly, with fewer days', () => {
    const coarse = publishedCurve(addUp([{ ...disclosedBatch(many), days: [90], used: [169], lost: [47] }]))!
    expect(coarse).toHaveLength(1)
    expect(coarse[0]!.notYetUsed).toBeCloseTo(1 - 169 / (320 - 47 / 2), 12)
  })
})

describe('the three ways', () => {
  it('count missing as use, leave it out, count it as no use', () => {
    expect(publishedShares(disclosedBatch(many)).map(({ shown }) => [shown!.count, shown!.of])).toEqual([
      [122, 320],
      [122, 217],
      [225, 320],
    ])
  })

  it('show only those that tell no withheld count', () => {
    const figures: PublicFigures = {
      ...disclosedBatch(many),
      week: { 'no-use': 122, use: null, missing: null },
    }
    expect(publishedShares(figures).map(({ shown }) => shown !== null)).toEqual([true, false, false])
  })
})

const cell = fc.oneof(fc.nat(3), fc.nat(14), fc.nat(60))
const weeks = fc.tuple(cell, cell, cell).map(([a, b, c]) => week(a, b, c))
const batchOf: fc.Arbitrary<BatchCounts> = fc
  .record({
    used: fc.tuple(weeks, weeks, weeks),
    lost: fc.tuple(cell, cell, cell),
    followed: fc.record({ 'no-use': cell, missing: cell }),
    noted: fc.tuple(cell, cell, cell),
  })
  .map(({ noted, ...batch }) => {
    const people = peopleOf(batch)
    const [nausea, distress, stopped] = noted.map((value) => Math.min(value, people))
    return { ...batch, noted: { nausea: nausea!, distress: distress!, 'stopped-early': stopped! } }
  })
const peopleOf = ({ used, lost, followed }: Pick<BatchCounts, 'used' | 'lost' | 'followed'>) =>
  atomsOf({ used, lost, followed }).reduce((a, b) => a + b, 0)

/** The finest counts of a batch: 3 × 3 who used, 3 who were lost, 2 who were followed. */
function atomsOf({ used, lost, followed }: Pick<BatchCounts, 'used' | 'lost' | 'followed'>): number[] {
  return [
    ...used.flatMap((one) => [one['no-use'], one.use, one.missing]),
    ...lost,
    followed['no-use'],
    followed.missing,
  ]
}

/** What a page says of these counts, as equations; `at` is where the counts of each batch begin. */
function equationsOf(figures: PublicFigures, starts: readonly number[]): Published['equations'] {
  const all = (places: readonly number[]) => starts.flatMap((start) => places.map((place) => start + place))
  const parts = (day: number, at: number) =>
    [0, 1, 2].filter((part) => CURVE_DAYS[part]! <= day && CURVE_DAYS[part]! > (figures.days[at - 1] ?? 0))
  const said: [number[], number | null][] = [
    [all(Array.from({ length: 14 }, (_, place) => place)), figures.people],
    [all([12, 13]), figures.followed],
    [all([0, 3, 6, 12]), figures.week['no-use']],
    [all([1, 4, 7]), figures.week.use],
    [all([2, 5, 8, 9, 10, 11, 13]), figures.week.missing],
    ...figures.days.map((day, at): [number[], number | null] => [
      all(parts(day, at).flatMap((part) => [3 * part, 3 * part + 1, 3 * part + 2])),
      figures.used[at]!,
    ]),
    ...figures.days.map((day, at): [number[], number | null] => [
      all(parts(day, at).map((part) => 9 + part)),
      figures.lost[at]!,
    ]),
  ]
  return said.flatMap(([of, sum]) => (sum === null ? [] : [{ of, sum }]))
}

/** Everything small that somebody might want to know of one batch: who used when, who was lost when, and by the week. */
const SECRETS: readonly (readonly number[])[] = [
  ...Array.from({ length: 14 }, (_, place) => [place]),
  [0, 1, 2],
  [3, 4, 5],
  [6, 7, 8],
  [12, 13],
  [1, 4, 7],
  [0, 3, 6],
  [2, 5, 8],
]

function expectNothingSmallIsTold(published: Published, starts: readonly number[]) {
  for (const { of, sum } of published.equations) {
    expect(of.reduce((all, at) => all + published.truth[at]!, 0)).toBe(sum)
    expect(isSmall(sum)).toBe(false)
  }
  for (const start of starts) {
    for (const secret of SECRETS) {
      const of = secret.map((place) => start + place)
      const value = of.reduce((sum, at) => sum + published.truth[at]!, 0)
      if (!isSmall(value)) continue
      const { least, most } = rangeOf(published, of)
      expect(most - least, `${secret} is ${value}`).toBeGreaterThanOrEqual(NARROWEST_RANGE - 1e-6)
    }
  }
}

describe('whoever adds and subtracts everything published narrows nothing small', () => {
  it('on one page', () => {
    fc.assert(
      fc.property(batchOf, (counts) => {
        const truth = atomsOf(counts)
        const figures = disclosedBatch(counts)
        if (figures.people === null) return
        expectNothingSmallIsTold(
          { equations: equationsOf(figures, [0]), truth, least: truth.map(() => 0) },
          [0],
        )
      }),
      { seed: 20_261_128, numRuns: 1000 },
    )
  })

  it('on three pages published one after the other, each with everything before it', () => {
    fc.assert(
      fc.property(fc.tuple(batchOf, batchOf, batchOf), (batches) => {
        const told = batches.map(disclosedBatch)
        if (told.some(({ people }) => people === null)) return
        const starts = [0, 14, 28]
        const pages = starts.map((_, at) => addUp(told.slice(0, at + 1).reverse()))
        const truth = batches.flatMap(atomsOf)
        const equations = pages.flatMap((page, at) => equationsOf(page, starts.slice(0, at + 1)))
        expectNothingSmallIsTold({ equations, truth, least: truth.map(() => 0) }, starts)
      }),
      { seed: 20_261_129, numRuns: 400 },
    )
  })

  it('nor in what was noted in sessions, from page to page', () => {
    fc.assert(
      fc.property(fc.tuple(batchOf, batchOf), ([first, second]) => {
        const told = [first, second].map(disclosedBatch)
        const [old, both] = [told[0]!, addUp(told)]
        for (const what of ['nausea', 'distress', 'stopped-early'] as const) {
          const yes = [old.noted[what], both.noted[what]]
          if (yes[0] === null || yes[1] === null) continue
          const of = [old.people!, both.people!]
          for (const small of [
            yes[0]!,
            of[0]! - yes[0]!,
            yes[1]! - yes[0]!,
            of[1]! - of[0]! - (yes[1]! - yes[0]!),
          ])
            expect(isSmall(small)).toBe(false)
        }
      }),
      { seed: 20_261_130, numRuns: 1000 },
    )
  })
})
