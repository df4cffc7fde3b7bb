import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PersonId } from '../platform/ids.ts'
import { addDays, type LocalDate, parseLocalDate } from '../platform/time.ts'
import { type PointRow, sharesAtDay90, shownSharesAtDay90, statesAtDay90 } from './abstinence-at-day-90.ts'
import { type OutcomeFacts, timeToFirstUse } from './time-to-first-use.ts'

const DAY_0 = parseLocalDate('2026-01-05')

/** `person | day | used`, one line each; days count from everybody's first dose on the same day. */
function facts(doses: string, checkIns: string, today: number): OutcomeFacts {
  const lines = checkIns
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => cells.length === 3)
  return {
    today: addDays(DAY_0, today),
    firstDoses: doses.split(' ').map((personId) => ({ personId: personId as PersonId, day: DAY_0 })),
    checkIns: lines.map(([person, day, used]) => ({
      personId: person as PersonId,
      forDate: addDays(DAY_0, Number(day)),
      used: used as 'yes' | 'no' | 'unknown',
    })),
  }
}

function specify(what: string, given: { doses: string; checkIns: string; today: number; expect: string[] }) {
  it(what, () => {
    const rows = timeToFirstUse(facts(given.doses, given.checkIns, given.today))
    expect(rows.map((r) => `${r.personId} | ${r.days} | ${r.censoredWhy ?? 'used'}`)).toEqual(given.expect)
  })
}

describe('time to first use', () => {
  specify('is the day of the first check-in that says yes; later ones change nothing', {
    doses: 'A B',
    checkIns: `A |  1 | no
               A |  3 | yes
               A |  5 | no
               A |  9 | yes
               B |  2 | no
               B | 20 | yes`,
    today: 30,
    expect: ['A | 3 | used', 'B | 20 | used'],
  })

  specify('without a yes ends at the last check-in that answered', {
    doses: 'A B C',
    checkIns: `A | 28 | no
               B | 10 | no
               C | 10 | no
               C | 29 | unknown`,
    today: 30,
    expect: ['A | 28 | still-followed', 'B | 10 | stopped-answering', 'C | 10 | stopped-answering'],
  })

  specify('tells who never answered from who has only begun', {
    doses: 'A',
    checkIns: '',
    today: 15,
    expect: ['A | 0 | never-answered'],
  })
  specify('calls nobody lost in the first two weeks', {
    doses: 'A',
    checkIns: '',
    today: 14,
    expect: ['A | 0 | still-followed'],
  })

  specify('hears nothing of what was before the first dose or on its day', {
    doses: 'A',
    checkIns: `A | -3 | yes
               A |  0 | yes
               A |  1 | no`,
    today: 5,
    expect: ['A | 1 | still-followed'],
  })

  specify('"rather not say" is neither use nor an answer', {
    doses: 'A',
    checkIns: `A | 1 | unknown
               A | 2 | unknown`,
    today: 40,
    expect: ['A | 0 | never-answered'],
  })

  specify('ends at day 365, whatever comes after', {
    doses: 'A B',
    checkIns: `A | 360 | no
               A | 370 | yes
               B | 365 | yes`,
    today: 500,
    expect: ['A | 360 | end-of-follow-up', 'B | 365 | used'],
  })

  specify('leaves out who was never dosed', {
    doses: 'A',
    checkIns: `Z | 4 | yes
               A | 4 | no`,
    today: 5,
    expect: ['A | 4 | still-followed'],
  })

  it('gives one row for each person, within follow-up, and the order of check-ins does not matter', () => {
    const people = ['A', 'B', 'C'] as unknown as PersonId[]
    const entry = fc.record({
      personId: fc.constantFrom(...people),
      forDate: fc.integer({ min: -5, max: 420 }).map((d): LocalDate => addDays(DAY_0, d)),
      used: fc.constantFrom('yes' as const, 'no' as const, 'unknown' as const),
    })
    fc.assert(
      fc.property(fc.uniqueArray(entry, { selector: (e) => `${e.personId} ${e.forDate}` }), (checkIns) => {
        const given = {
          today: addDays(DAY_0, 420),
          firstDoses: people.map((personId) => ({ personId, day: DAY_0 })),
          checkIns,
        }
        const rows = timeToFirstUse(given)
        expect(rows).toHaveLength(3)
        expect(timeToFirstUse({ ...given, checkIns: [...checkIns].reverse() })).toEqual(rows)
        for (const row of rows) {
          expect(row.days >= 0 && row.days <= 365).toBe(true)
          expect(row.event).toBe(row.censoredWhy === null)
          if (!row.event)
            expect(
              checkIns.some(
                (c) =>
                  c.personId === row.personId &&
                  c.used === 'yes' &&
                  c.forDate > DAY_0 &&
                  c.forDate <= addDays(DAY_0, 365),
              ),
            ).toBe(false)
        }
      }),
    )
  })
})

describe('no use in the week up to day 90', () => {
  const states = (checkIns: string, today = 100) =>
    statesAtDay90(facts('A B C D', checkIns, today)).map((row) => `${row.personId} ${row.state}`)

  it('one yes is use, a no without a yes is no use, no answer is missing', () => {
    expect(
      states(`A | 84 | no
              A | 90 | no
              B | 84 | no
              B | 87 | yes
              C | 90 | unknown
              D | 83 | no
              D | 91 | no`),
    ).toEqual(['A no-use', 'B use', 'C missing', 'D missing'])
  })

  it('speaks of nobody whose day 90 has not passed', () => {
    expect(states('A | 90 | no', 90)).toEqual([])
  })

  it('counts missing in three ways and keeps the denominators', () => {
    const rows = statesAtDay90(
      facts(
        'A B C D',
        `A | 90 | no
         B | 90 | no
         C | 88 | yes`,
        100,
      ),
    )
    expect(sharesAtDay90(rows).map((s) => `${s.missing} ${s.count} of ${s.of}`)).toEqual([
      'use 2 of 4',
      'left-out 2 of 3',
      'no-use 3 of 4',
    ])
    // Wilson, 2 of 4: 0.5 within 0.1500 and 0.8500 (Newcombe 1998, method 3).
    expect(sharesAtDay90(rows)[0]!.lower).toBeCloseTo(0.15, 3)
    expect(sharesAtDay90(rows)[0]!.upper).toBeCloseTo(0.85, 3)
  })

  it('says nothing of nobody', () => {
    expect(sharesAtDay90([])).toEqual([])
  })

  const people = (noUse: number, use: number, missing: number): PointRow[] =>
    (['no-use', 'use', 'missing'] as const).flatMap((state, at) =>
      Array.from({ length: [noUse, use, missing][at]! }, () => ({ personId: 'x' as PersonId, state })),
    )

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
