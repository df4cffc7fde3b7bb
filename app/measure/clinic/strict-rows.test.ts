import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSmall } from '../../platform/disclosure.ts'
import { type DatedCount, daysApart, STRICT_DAYS, strictRows } from './strict-rows.ts'

describe('rows as coarse as they may be told', () => {
  it('are none for one event among fifty', () => {
    expect(
      strictRows(
        [
          { days: 40, what: 1, people: 1 },
          { days: 365, what: 0, people: 49 },
        ],
        [1],
      ),
    ).toBeUndefined()
  })

  it('are none where nobody or everybody had the event', () => {
    expect(strictRows([{ days: 40, what: 1, people: 60 }], [1])).toBeUndefined()
    expect(strictRows([{ days: 365, what: 0, people: 60 }], [1])).toBeUndefined()
    // Nor where one of two events came to a few.
    const counts = [1, 2, 0].map((what) => ({ days: 20 + what, what, people: what === 2 ? 3 : 40 }))
    expect(strictRows(counts, [1, 2])).toBeUndefined()
  })

  it('leave out a day by which one of the events came to nobody', () => {
    const found = strictRows(
      [
        { days: 20, what: 2, people: 30 },
        { days: 60, what: 1, people: 20 },
        { days: 400, what: 0, people: 40 },
      ],
      [1, 2],
    )
    expect(found?.shown).toEqual([90, 180, 365])
  })

  it('end with the last day that somebody is followed through', () => {
    const found = strictRows(
      [
        { days: 20, what: 1, people: 20 },
        { days: 95, what: 1, people: 20 },
        { days: 170, what: 0, people: 30 },
      ],
      [1],
    )
    expect([found?.shown, found?.left]).toEqual([
      [30, 90],
      [50, 50],
    ])
  })

  it('move events to the next day shown, and who stops half to the one before, half to the next', () => {
    const found = strictRows(
      [
        { days: 12, what: 1, people: 15 },
        { days: 100, what: 0, people: 20 },
        { days: 101, what: 0, people: 1 },
        { days: 170, what: 1, people: 12 },
        { days: 365, what: 0, people: 30 },
      ],
      [1],
    )
    const events = [
      { days: 30, what: 1, people: 15 },
      { days: 180, what: 1, people: 12 },
    ]
    const followed = { days: 365, what: 0, people: 30 }
    expect(found).toEqual({
      shown: [30, 90, 180, 365],
      left: [63, 63, 30, 30],
      rows: [...events, { days: 90, what: 0, people: 11 }, { days: 180, what: 0, people: 10 }, followed],
      lostBefore: [...events, { days: 90, what: 0, people: 21 }, followed],
      lostAfter: [...events, { days: 180, what: 0, people: 21 }, followed],
    })
  })

  it('never tell of 1 to 9 between days, whatever is subtracted', () => {
    const count: fc.Arbitrary<DatedCount> = fc.record({
      days: fc.integer({ min: 0, max: 500 }),
      what: fc.integer({ min: 0, max: 2 }),
      people: fc.integer({ min: 1, max: 25 }),
    })
    const peopleOf = (rows: readonly DatedCount[]) => rows.reduce((sum, { people }) => sum + people, 0)
    let told = 0
    fc.assert(
      fc.property(fc.array(count, { maxLength: 12 }), (counts) => {
        const found = strictRows(counts, [1, 2])
        if (!found) return
        told++
        for (const day of found.shown) expect(STRICT_DAYS).toContain(day)
        for (const left of found.left) expect(left).toBeGreaterThanOrEqual(10)
        for (const rows of [found.rows, found.lostBefore, found.lostAfter]) {
          expect(peopleOf(rows)).toBe(peopleOf(counts))
          for (const { days } of rows) expect([0, ...found.shown]).toContain(days)
        }
        for (const what of [0, 1, 2])
          for (const day of [0, ...found.shown])
            expect(
              isSmall(peopleOf(found.lostBefore.filter((row) => row.what === what && row.days === day))),
            ).toBe(false)
        // The other two are made of the same counts, and the halves tell no more than the whole.
        const lostIn = (rows: readonly DatedCount[]) => peopleOf(rows.filter(({ what }) => what === 0))
        expect([found.rows, found.lostAfter].map(lostIn)).toEqual(Array(2).fill(lostIn(found.lostBefore)))
      }),
      // One in fifteen may be told at all: of a thousand never fewer than six.
      { numRuns: 1000 },
    )
    expect(told).toBeGreaterThan(5)
  })
})

it('days stand beside each other with nobody or ten people between them, and the day told elsewhere', () => {
  const days = (...people: [day: number, people: number][]) =>
    daysApart(
      people.map(([day, people]) => ({ day, people })),
      ({ people }) => people,
      90,
    ).map(({ day }) => day)
  expect(days([28, 95], [90, 90])).toEqual([90])
  expect(days([28, 100], [90, 90], [180, 90], [365, 85])).toEqual([28, 90, 180])
})
