import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSmall } from '../../platform/disclosure.ts'
import { type DatedCount, STRICT_DAYS, strictRows } from './strict-rows.ts'

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

  it('move events to the next day shown and those who stop to the one before', () => {
    const found = strictRows(
      [
        { days: 12, what: 1, people: 15 },
        { days: 100, what: 0, people: 20 },
        { days: 170, what: 1, people: 12 },
        { days: 365, what: 0, people: 30 },
      ],
      [1],
    )
    expect(found).toEqual({
      shown: [30, 90, 180, 365],
      rows: [
        { days: 30, what: 1, people: 15 },
        { days: 90, what: 0, people: 20 },
        { days: 180, what: 1, people: 12 },
        { days: 365, what: 0, people: 30 },
      ],
    })
  })

  it('never tell of 1 to 9 between days, whatever is subtracted', () => {
    const count: fc.Arbitrary<DatedCount> = fc.record({
      days: fc.integer({ min: 0, max: 500 }),
      what: fc.integer({ min: 0, max: 2 }),
      people: fc.integer({ min: 1, max: 25 }),
    })
    fc.assert(
      fc.property(fc.array(count, { maxLength: 12 }), (counts) => {
        const found = strictRows(counts, [1, 2])
        if (!found) return
        for (const day of found.shown) expect(STRICT_DAYS).toContain(day)
        for (const { days } of found.rows) expect([0, ...found.shown]).toContain(days)
        for (const what of [0, 1, 2])
          for (const day of [0, ...found.shown])
            expect(
              isSmall(
                found.rows.reduce(
                  (n, row) => (row.what === what && row.days === day ? n + row.people : n),
                  0,
                ),
              ) && !(what === 0 && day === found.shown.at(-1)),
            ).toBe(false)
      }),
    )
  })
})
