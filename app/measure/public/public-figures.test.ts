import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Published, rangeOf } from '../../../tests/linear-attacker.ts'
import { isSmall, NARROWEST_RANGE } from '../../platform/disclosure.ts'
import {
  type BatchCounts,
  CURVE_DAYS,
  type PublicFigures,
  peopleOf,
  publicFigures,
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
const courseOf = (...batches: BatchCounts[]) => publicFigures(batches).course

describe('what is published of one batch', () => {
  it('is everything when every count is large', () => {
    expect(publicFigures([many])).toEqual({
      people: 320,
      course: {
        people: 320,
        batches: 1,
        days: [30, 60, 90],
        used: [80, 54, 35],
        lost: [20, 15, 12],
        followed: 104,
        week: week(122, 95, 103),
      },
      noted: {
        nausea: { people: 320, count: 80, batches: 1 },
        distress: { people: 320, count: 30, batches: 1 },
        'stopped-early': { people: 320, count: 12, batches: 1 },
      },
    })
  })

  it('leaves out a day between which too few used', () => {
    const counts = { ...many, used: [week(20, 40, 20), week(1, 2, 1), week(0, 25, 10)] }
    expect(courseOf(counts)).toMatchObject({ days: [30, 90], used: [80, 39] })
  })

  it('is not what was noted of few, nor of all but few', () => {
    const noted = { nausea: 7, distress: 315, 'stopped-early': 0 }
    expect(publicFigures([{ ...many, noted }]).noted).toMatchObject({
      nausea: null,
      distress: null,
      'stopped-early': { count: 0 },
    })
  })

  it('of eighteen people, as in a young clinic, is that there are eighteen', () => {
    expect(publicFigures([few])).toEqual({
      people: 18,
      course: null,
      noted: { nausea: null, distress: null, 'stopped-early': null },
    })
  })
})

const few: BatchCounts = {
  used: [week(2, 0, 0), week(1, 1, 0), week(0, 0, 0)],
  lost: [2, 1, 1],
  followed: { 'no-use': 9, missing: 1 },
  noted: { nausea: 5, distress: 3, 'stopped-early': 1 },
}

describe('what a subtraction of two sums would tell', () => {
  const large = { ...many, noted: many.noted }

  it.each<[string, BatchCounts]>([
    // 80 used, 75 of them also that week: 5 did not.
    [
      'of those who used, all but few used that week',
      { ...large, used: [week(2, 75, 3), week(0, 0, 0), week(0, 0, 0)] },
    ],
    // 51 not heard from that week, 47 of them lost: 4 were heard from later.
    [
      'of those not heard from that week, all but few are lost',
      {
        ...large,
        used: [week(40, 40, 2), week(0, 0, 0), week(0, 0, 0)],
        followed: { 'no-use': 90, missing: 2 },
      },
    ],
  ])('keeps the figure back: %s', (_, counts) => {
    expect(courseOf(counts)).toBeNull()
  })
})

describe('later batches', () => {
  it('take in those who waited, and what is shown is of all of them', () => {
    expect(courseOf(few, many)).toMatchObject({
      people: 338,
      batches: 2,
      used: [82, 56, 35],
      lost: [22, 16, 13],
    })
    expect(publicFigures([few, many]).noted.nausea).toEqual({ people: 338, count: 85, batches: 2 })
  })

  it('that are too few change nothing that is shown, until there are enough', () => {
    expect(courseOf(many, few)).toEqual(courseOf(many))
    expect(publicFigures([many, few]).people).toBe(338)
    expect(courseOf(many, few, many)).toMatchObject({ people: 658, batches: 3 })
  })

  it('shown by fewer days make the whole curve one of fewer days', () => {
    const counts = { ...many, used: [week(20, 40, 20), week(1, 2, 1), week(0, 25, 10)] }
    expect(courseOf(many, counts)).toMatchObject({ days: [30, 90], used: [160, 54 + 35 + 39] })
  })
})

describe('the published curve', () => {
  it('is the life table of the published counts, by hand', () => {
    const curve = publishedCurve(courseOf(many)!)
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

  it('knows one day when only one may be shown', () => {
    const curve = publishedCurve({ ...courseOf(many)!, days: [90], used: [169], lost: [47] })
    expect(curve).toHaveLength(1)
    expect(curve[0]!.notYetUsed).toBeCloseTo(1 - 169 / (320 - 47 / 2), 12)
  })
})

describe('the three ways', () => {
  it('count missing as use, leave it out, count it as no use', () => {
    expect(publishedShares(courseOf(many)!).map(({ count, of }) => [count, of])).toEqual([
      [122, 320],
      [122, 217],
      [225, 320],
    ])
  })
})

/** EVENKEEL_TEST_TIMES=20 tries so many times as much, for instance overnight. */
const TIMES = Number(process.env.EVENKEEL_TEST_TIMES ?? 1)

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
    const people = peopleOf({ ...batch, noted: many.noted })
    const [nausea, distress, stopped] = noted.map((value) => Math.min(value, people))
    return { ...batch, noted: { nausea: nausea!, distress: distress!, 'stopped-early': stopped! } }
  })
/** The finest counts of a batch: 3 × 3 who used, 3 who were lost, 2 who were followed. */
function atomsOf({ used, lost, followed }: Pick<BatchCounts, 'used' | 'lost' | 'followed'>): number[] {
  return [
    ...used.flatMap((one) => [one['no-use'], one.use, one.missing]),
    ...lost,
    followed['no-use'],
    followed.missing,
  ]
}

/** What a page says, as equations over the counts of every batch so far, 14 for each. */
function equationsOf({ people, course }: PublicFigures, batches: number): Published['equations'] {
  const all = (howMany: number, places: readonly number[]) =>
    Array.from({ length: howMany }, (_, batch) => places.map((place) => 14 * batch + place)).flat()
  const said: [number[], number][] = [
    [
      all(
        batches,
        Array.from({ length: 14 }, (_, place) => place),
      ),
      people,
    ],
  ]
  if (course) {
    const parts = (day: number, at: number) =>
      [0, 1, 2].filter((part) => CURVE_DAYS[part]! <= day && CURVE_DAYS[part]! > (course.days[at - 1] ?? 0))
    const of = (places: readonly number[]) => all(course.batches, places)
    said.push(
      [of(Array.from({ length: 14 }, (_, place) => place)), course.people],
      [of([12, 13]), course.followed],
      [of([0, 3, 6, 12]), course.week['no-use']],
      [of([1, 4, 7]), course.week.use],
      [of([2, 5, 8, 9, 10, 11, 13]), course.week.missing],
    )
    for (const [at, day] of course.days.entries()) {
      said.push(
        [of(parts(day, at).flatMap((part) => [3 * part, 3 * part + 1, 3 * part + 2])), course.used[at]!],
        [of(parts(day, at).map((part) => 9 + part)), course.lost[at]!],
      )
    }
  }
  return said.map(([of, sum]) => ({ of, sum }))
}

/** The atoms of a row: used by day 30, by day 60, by day 90; lost by the same; followed. By column: no use, use, missing. */
const ROWS: readonly (readonly (number | undefined)[])[] = [
  [0, 1, 2],
  [3, 4, 5],
  [6, 7, 8],
  [undefined, undefined, 9],
  [undefined, undefined, 10],
  [undefined, undefined, 11],
  [12, undefined, 13],
]
/** Everything small that somebody might want to know of a batch: any of the rows by any of the columns. */
const SECRETS: readonly (readonly number[])[] = Array.from({ length: 127 * 7 }, (_, at) => {
  const [rows, columns] = [Math.floor(at / 7) + 1, (at % 7) + 1]
  return ROWS.flatMap((row, r) =>
    row.flatMap((place, c) => (place !== undefined && (rows >> r) & 1 && (columns >> c) & 1 ? [place] : [])),
  )
}).filter((secret, at, all) => all.findIndex((other) => other.join() === secret.join()) === at)

describe('whoever adds and subtracts everything published narrows nothing small', () => {
  const held = (batches: readonly BatchCounts[]) => {
    const truth = batches.flatMap(atomsOf)
    const equations = batches.flatMap((_, at) => equationsOf(publicFigures(batches.slice(0, at + 1)), at + 1))
    const published: Published = { equations, truth, least: truth.map(() => 0) }
    for (const { of, sum } of equations) {
      expect(of.reduce((all, at) => all + truth[at]!, 0)).toBe(sum)
      expect(isSmall(sum)).toBe(false)
    }
    // Of each batch, and of all together; those between follow from the same sums.
    for (let from = 0; from < batches.length; from++) {
      for (const to of new Set([from + 1, batches.length])) {
        for (const secret of SECRETS) {
          const of = Array.from({ length: to - from }, (_, at) =>
            secret.map((place) => 14 * (from + at) + place),
          ).flat()
          const value = of.reduce((sum, at) => sum + truth[at]!, 0)
          if (!isSmall(value)) continue
          const { least, most } = rangeOf(published, of, NARROWEST_RANGE)
          expect(most - least, `${secret} of ${from} to ${to} is ${value}`).toBeGreaterThanOrEqual(
            NARROWEST_RANGE - 1e-6,
          )
        }
      }
    }
  }
  /** Only batches of ten people and more are published at all. */
  const enough = batchOf.filter((batch) => peopleOf(batch) >= 10)
  const small = fc.oneof(fc.nat(2), fc.nat(9))
  const smallWeeks = fc.tuple(small, small, small).map(([a, b, c]) => week(a, b, c))
  const fewPeople: fc.Arbitrary<BatchCounts> = fc
    .record({
      used: fc.tuple(smallWeeks, smallWeeks, smallWeeks),
      lost: fc.tuple(small, small, small),
      followed: fc.record({ 'no-use': fc.nat(20), missing: small }),
    })
    .map((batch) => ({ ...batch, noted: { nausea: 0, distress: 0, 'stopped-early': 0 } }))
    .filter((batch) => peopleOf(batch) >= 10)

  it.each([
    ['one page', fc.tuple(enough), 200],
    ['two pages of few people, who wait', fc.tuple(fewPeople, fewPeople), 40],
    [
      'three pages, large and small',
      fc.tuple(fc.oneof(enough, fewPeople), fc.oneof(enough, fewPeople), enough),
      8,
    ],
  ] as const)(
    'on %s',
    (_, batches, runs) => {
      fc.assert(
        fc.property(batches as fc.Arbitrary<BatchCounts[]>, (given) => held(given)),
        { seed: 20_261_129, numRuns: runs * TIMES },
      )
    },
    20_000 * TIMES,
  )

  it('nor in what was noted in sessions, from page to page', () => {
    fc.assert(
      fc.property(fc.tuple(enough, enough, enough), (batches) => {
        const pages = batches.map((_, at) => publicFigures(batches.slice(0, at + 1)))
        for (const what of ['nausea', 'distress', 'stopped-early'] as const) {
          let before = { people: 0, count: 0 }
          for (const { noted } of pages) {
            const now = noted[what] ?? before
            const [people, yes] = [now.people - before.people, now.count - before.count]
            for (const value of [people, yes, people - yes]) expect(isSmall(value)).toBe(false)
            expect(yes >= 0 && people >= yes).toBe(true)
            before = now
          }
        }
      }),
      { seed: 20_261_130, numRuns: 60 },
    )
  })

  it('while somebody who published each batch as it comes would be found out', () => {
    // What the page would say if 18 people had been shown whole: the attacker reads off who was lost.
    const truth = atomsOf(few)
    const careless = { equations: [{ of: [9], sum: 2 }], truth, least: truth.map(() => 0) }
    expect(rangeOf(careless, [9])).toEqual({ least: 2, most: 2 })
  })
})
