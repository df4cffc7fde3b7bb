import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PersonId } from '../../platform/ids.ts'
import { addDays, type Instant, type LocalDate, localDateOf, parseLocalDate } from '../../platform/time.ts'
import { type OutcomeCourse, type OutcomeFacts, outcomeCourses } from './outcome-course.ts'
import type { TimedOutcome } from './outcome-row.ts'
import {
  continuousRows,
  cravingRows,
  dayCountRows,
  eventRows,
  pointRows,
  retentionRows,
} from './outcome-rows.ts'

/**
 * Each test shows the facts of a few people as a small table and the rows that follow. Days count from everybody's first
 * dose, on the same day.
 */
const DAY_0 = parseLocalDate('2026-01-05')

/** Lines of `person | day | value`; a day "3-9" stands for each of these days. */
function table(text: string): [person: PersonId, day: number, value: string][] {
  return text
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => cells.length === 3)
    .flatMap(([person, days, value]) => {
      const [from, to] = /^(-?\d+)-(\d+)$/.exec(days!)?.slice(1).map(Number) ?? [Number(days), Number(days)]
      return Array.from({ length: to! - from! + 1 }, (_, at): [PersonId, number, string] => [
        person as PersonId,
        from! + at,
        value!,
      ])
    })
}

type Given = {
  readonly doses?: string
  readonly checkIns?: string
  readonly calendar?: string
}

function facts({ doses = 'A | 0 | dose', checkIns = '', calendar = '' }: Given): OutcomeFacts {
  return {
    doses: table(doses).map(([personId, day]) => ({ personId, day: addDays(DAY_0, day), plannedBy: null })),
    checkIns: table(checkIns).map(([personId, day, value]) => {
      const [used, craving] = value.split(' ')
      return {
        personId,
        forDate: addDays(DAY_0, day),
        used: used as 'yes' | 'no' | 'unknown',
        craving0to10: craving === undefined ? null : Number(craving),
      }
    }),
    calendarDays: table(calendar).map(([personId, day, state]) => ({
      personId,
      day: addDays(DAY_0, day),
      state: state as 'none' | 'used' | 'unknown',
    })),
  }
}

const dosed = (people: string) =>
  people
    .split(' ')
    .map((person) => `${person} | 0 | dose`)
    .join('\n')
const coursesOf = (given: Given): OutcomeCourse[] => outcomeCourses(facts(given))

function specify(
  what: string,
  { today, expect: expected, ...given }: Given & { readonly today: number; readonly expect: string[] },
  outcome: TimedOutcome,
) {
  it(what, () => {
    const rows = eventRows(outcome as 'time-to-lapse', coursesOf(given), addDays(DAY_0, today))
    expect(rows.map((row) => `${row.personId} | ${row.days} | ${row.censoredWhy ?? 'event'}`)).toEqual(
      expected,
    )
  })
}

describe('time to first use', () => {
  const firstUse = (what: string, given: Parameters<typeof specify>[1]) =>
    specify(what, given, 'time-to-first-use')

  firstUse('is the day of the first check-in that says yes; later ones change nothing', {
    doses: dosed('A B'),
    checkIns: `A |  1 | no
               A |  3 | yes
               A |  5 | no
               A |  9 | yes
               B |  2 | no
               B | 20 | yes`,
    today: 30,
    expect: ['A | 3 | event', 'B | 20 | event'],
  })

  firstUse('without a yes ends at the last check-in that answered', {
    doses: dosed('A B C'),
    checkIns: `A | 28 | no
               B | 10 | no
               C | 10 | no
               C | 29 | unknown`,
    today: 30,
    expect: ['A | 28 | still-followed', 'B | 10 | stopped-answering', 'C | 10 | stopped-answering'],
  })

  firstUse('tells who never answered from who has only begun', {
    today: 15,
    expect: ['A | 0 | never-answered'],
  })
  firstUse('calls nobody lost in the first two weeks', { today: 14, expect: ['A | 0 | still-followed'] })

  firstUse('hears nothing of what was before the first dose or on its day', {
    checkIns: `A | -3 | yes
               A |  0 | yes
               A |  1 | no`,
    today: 5,
    expect: ['A | 1 | still-followed'],
  })

  firstUse('"rather not say" is neither use nor an answer', {
    checkIns: `A | 1 | unknown
               A | 2 | unknown`,
    today: 40,
    expect: ['A | 0 | never-answered'],
  })

  firstUse('ends at day 365, whatever comes after', {
    doses: dosed('A B'),
    checkIns: `A | 360 | no
               A | 370 | yes
               B | 365 | yes`,
    today: 500,
    expect: ['A | 360 | end-of-follow-up', 'B | 365 | event'],
  })

  firstUse('leaves out who was never dosed, and who is dosed after the day one looks', {
    doses: `A | 0 | dose
            L | 9 | dose`,
    checkIns: `Z | 4 | yes
               A | 4 | no`,
    today: 5,
    expect: ['A | 4 | still-followed'],
  })

  firstUse('counts from the first of several doses, also of two on one day', {
    doses: `A | 0 | dose
            A | 0 | dose
            A | 7 | dose`,
    checkIns: 'A | 9 | yes',
    today: 20,
    expect: ['A | 9 | event'],
  })

  firstUse('is as well a day that the calendar alone tells, whichever is earlier', {
    doses: dosed('A B C'),
    checkIns: `A | 10 | no
               B |  4 | yes
               C |  9 | yes`,
    calendar: `A | 5 | used
               B | 7 | used
               C | 8 | used`,
    today: 12,
    expect: ['A | 5 | event', 'B | 4 | event', 'C | 8 | event'],
  })

  firstUse('is use where the two differ, whichever of them says so', {
    doses: dosed('A B C D'),
    checkIns: `A | 6 | no
               B | 6 | yes
               C | 6 | unknown
               D | 6 | yes`,
    calendar: `A | 6 | used
               B | 6 | none
               C | 6 | used
               D | 6 | unknown`,
    today: 12,
    expect: ['A | 6 | event', 'B | 6 | event', 'C | 6 | event', 'D | 6 | event'],
  })

  firstUse('without one ends at the last day known from either; a day marked as not known is not known', {
    doses: dosed('A B C D'),
    checkIns: `A | 10 | no
               B | 20 | no`,
    calendar: `A | 25 | none
               B | 15 | none
               C | 29 | none
               D |  3 | unknown`,
    today: 30,
    expect: [
      'A | 25 | still-followed',
      'B | 20 | still-followed',
      'C | 29 | still-followed',
      'D | 0 | never-answered',
    ],
  })

  firstUse('hears nothing of calendar days up to the first dose or after day 365', {
    doses: dosed('A B'),
    calendar: `A |  -2-0 | used
               A |     1 | none
               B |   300 | none
               B |   366 | used`,
    today: 500,
    expect: ['A | 1 | stopped-answering', 'B | 300 | stopped-answering'],
  })
})

describe('time to lapse', () => {
  const lapse = (what: string, given: Parameters<typeof specify>[1]) => specify(what, given, 'time-to-lapse')

  lapse('counts from the seventh known day without use to the next day of use', {
    checkIns: `A | 1-7 | no
               A |  12 | yes`,
    today: 20,
    expect: ['A | 5 | event'],
  })

  lapse('is not asked of people who were never without use for seven days', {
    doses: dosed('A B'),
    checkIns: `A | 1-6 | no
               A |   7 | yes
               A | 8-9 | no
               B | 1-3 | no`,
    today: 40,
    expect: [],
  })

  lapse('lets a "no" speak for the days since the check-in before it, at most fourteen', {
    doses: dosed('A B'),
    checkIns: `A |  1 | no
               A |  7 | no
               A | 10 | yes
               B |  1 | no
               B | 40 | no`,
    today: 41,
    // B: day 40 speaks for days 27 to 40, so the seventh is day 33.
    expect: ['A | 3 | event', 'B | 7 | still-followed'],
  })

  lapse('lets a "no" with none before it speak for its own day alone', {
    checkIns: 'A | 10 | no',
    today: 12,
    expect: [],
  })

  lapse('joins days of the calendar and of check-ins where they touch', {
    checkIns: 'A | 1-3 | no',
    calendar: `A | 4-7 | none
               A |   9 | used`,
    today: 12,
    expect: ['A | 2 | event'],
  })

  lapse('takes a day of use on the calendar out of what a "no" says', {
    checkIns: `A |  1 | no
               A | 14 | no`,
    calendar: 'A | 5 | used',
    today: 14,
    // Days 6 to 14 are left: the seventh is day 12.
    expect: ['A | 2 | still-followed'],
  })

  lapse('a day that nobody knows ends a row of days', {
    checkIns: `A |  1-4 | no
               A |    5 | unknown
               A |    8 | no
               A |    9 | no`,
    today: 9,
    // Day 8 speaks for days 6 to 8: 1 to 4 and 6 to 9 are known, neither is seven long.
    expect: [],
  })
})

describe('time to relapse', () => {
  const relapse = (what: string, given: Parameters<typeof specify>[1]) =>
    specify(what, given, 'time-to-relapse')

  relapse('is the first of seven days in a row with use', {
    doses: dosed('A B'),
    checkIns: `A | 10-16 | yes
               B | 10-15 | yes`,
    today: 20,
    expect: ['A | 10 | event', 'B | 15 | still-followed'],
  })

  relapse('is the first day of use of four weeks in a row with use in each', {
    checkIns: `A |  3 | yes
               A | 14 | yes
               A | 15 | yes
               A | 28 | yes`,
    today: 30,
    expect: ['A | 3 | event'],
  })

  relapse('is not three such weeks, nor four with one between without', {
    checkIns: `A |  3 | yes
               A | 10 | yes
               A | 17 | yes
               A | 24 | no
               A | 31 | yes`,
    today: 31,
    expect: ['A | 31 | still-followed'],
  })

  relapse('is whichever began earlier', {
    checkIns: `A |     2 | yes
               A |     9 | yes
               A | 16-22 | yes
               A |    28 | yes`,
    today: 40,
    expect: ['A | 2 | event'],
  })

  relapse('counts a day told twice once', {
    checkIns: 'A | 10-13 | yes',
    calendar: 'A | 12-16 | used',
    today: 20,
    expect: ['A | 10 | event'],
  })

  relapse('takes no day that nobody told for use', {
    checkIns: `A | 10-12 | yes
               A | 14-16 | yes`,
    today: 100,
    expect: ['A | 16 | stopped-answering'],
  })
})

describe('time to losing touch', () => {
  const leaving = (what: string, given: Parameters<typeof specify>[1]) =>
    specify(what, given, 'time-to-leaving')

  leaving('is the day of the last dose or check-in, once 28 days have passed without one', {
    doses: `A |  0 | dose
            B |  0 | dose
            B | 20 | dose
            C |  0 | dose`,
    checkIns: `A |  3 | unknown
               B | 10 | no`,
    today: 32,
    expect: ['A | 3 | event', 'B | 20 | still-here', 'C | 0 | event'],
  })

  leaving('is not yet known on the 28th day', {
    checkIns: 'A | 3 | no',
    today: 31,
    expect: ['A | 3 | still-here'],
  })

  leaving('was no leaving when somebody comes back', {
    checkIns: `A |   3 | no
               A | 100 | yes`,
    today: 110,
    expect: ['A | 100 | still-here'],
  })

  leaving('is judged only while 28 days of silence would still fall among days on which somebody is asked', {
    doses: dosed('A B C D'),
    checkIns: `A | 331 | no
               B | 332 | no
               C | 360 | no
               D | 400 | no`,
    today: 900,
    expect: [
      'A | 331 | event',
      'B | 332 | end-of-asking',
      'C | 332 | end-of-asking',
      'D | 332 | end-of-asking',
    ],
  })
})

describe('states at a day', () => {
  const at = (today: number) => addDays(DAY_0, today)
  const week = (checkIns: string, today = 100) =>
    pointRows(coursesOf({ doses: dosed('A B C D'), checkIns }), at(today), 90).map(
      (row) => `${row.personId} ${row.state}`,
    )

  it('one yes is use, a no without a yes is no use, no answer is missing', () => {
    expect(
      week(`A | 84 | no
            A | 90 | no
            B | 84 | no
            B | 87 | yes
            C | 90 | unknown
            D | 83 | no
            D | 91 | no`),
    ).toEqual(['A no-use', 'B use', 'C missing', 'D missing'])
  })

  it.each([
    ['no check-in', 'none', 'no-use'],
    ['no check-in', 'used', 'use'],
    ['no check-in', 'unknown', 'missing'],
    ['no', 'none', 'no-use'],
    ['no', 'used', 'use'],
    ['no', 'unknown', 'no-use'],
    ['yes', 'none', 'use'],
    ['yes', 'used', 'use'],
    ['yes', 'unknown', 'use'],
    ['unknown', 'none', 'no-use'],
    ['unknown', 'used', 'use'],
    ['unknown', 'unknown', 'missing'],
  ])('of a week a check-in tells "%s", the calendar "%s": %s', (checkIn, calendar, state) => {
    const courses = coursesOf({
      checkIns: checkIn === 'no check-in' ? '' : `A | 26 | ${checkIn}`,
      calendar: `A | 23 | ${calendar}`,
    })
    expect(pointRows(courses, at(29), 28)).toEqual([{ personId: 'A', state }])
  })

  it('a week ends and begins at midnight for the calendar too', () => {
    const courses = coursesOf({
      doses: dosed('A B C D'),
      calendar: `A | 83 | used
                 B | 84 | used
                 C | 90 | none
                 D | 91 | none`,
    })
    expect(pointRows(courses, at(100), 90).map((row) => `${row.personId} ${row.state}`)).toEqual([
      'A missing',
      'B use',
      'C no-use',
      'D missing',
    ])
  })

  it('speaks of nobody whose day has not passed', () => {
    expect(week('A | 90 | no', 90)).toEqual([])
    expect(week('A | 90 | no', 91)).toHaveLength(4)
  })

  it('no use all along asks nine of ten days to be known; one day of use is use however little is known', () => {
    const courses = coursesOf({
      doses: dosed('A B C D'),
      checkIns: `A | 1-81 | no
                 B | 1-80 | no
                 C | 1-90 | no
                 D | 2 | unknown`,
      calendar: `C | 44 | used
                 D | 90 | unknown`,
    })
    expect(continuousRows(courses, at(91), 90).map((row) => `${row.personId} ${row.state}`)).toEqual([
      'A no-use',
      'B missing',
      'C use',
      'D missing',
    ])
  })

  it('counts known days with and without use and those nobody knows', () => {
    const courses = coursesOf({
      checkIns: `A | 1 | no
                 A | 20 | no
                 A | 25 | yes
                 A | 91 | no`,
      calendar: `A | 15 | used
                 A | 30-32 | none`,
    })
    // Known: day 1, days 7 to 20 but the 15th, 25 as use, 30 to 32; and days 78 to 90 by the "no" of day 91.
    expect(dayCountRows(courses, at(100), 90)).toEqual([
      { personId: 'A', at: 90, noUseDays: 1 + 13 + 3 + 13, useDays: 2, unknownDays: 58 },
    ])
  })

  it('in touch on a day is known 28 days later', () => {
    const courses = coursesOf({ doses: dosed('A B'), checkIns: 'A | 90 | unknown\nB | 89 | no' })
    expect(retentionRows(courses, at(118), 90)).toEqual([])
    expect(retentionRows(courses, at(119), 90).map(({ state }) => state)).toEqual(['here', 'left'])
  })

  it('craving is the mean of a week; without an answer it is not known', () => {
    const courses = coursesOf({
      doses: dosed('A B'),
      checkIns: `A | 1 | no 10
                 A | 2 | no 4
                 A | 8 | yes 1
                 B | 3 | no`,
    })
    expect(cravingRows(courses, at(30), 7)).toEqual([
      { personId: 'A', mean0to10: 7 },
      { personId: 'B', mean0to10: null },
    ])
    expect(cravingRows(courses, at(7), 7)).toEqual([])
  })
})

describe('days are those of the clinic', () => {
  const courses = (doseAt: string, forDate: string) =>
    outcomeCourses({
      doses: [
        {
          personId: 'A' as PersonId,
          day: localDateOf(doseAt as Instant, 'America/New_York'),
          plannedBy: null,
        },
      ],
      checkIns: [
        { personId: 'A' as PersonId, forDate: forDate as LocalDate, used: 'yes', craving0to10: null },
      ],
      calendarDays: [],
    })[0]!.firstUseDay

  it.each([
    [
      'a dose before midnight and a check-in of the next day are a day apart',
      '2026-03-08T04:59:00Z',
      '2026-03-08',
      1,
    ],
    [
      'a dose after midnight and a check-in of that day are the same day',
      '2026-03-08T05:01:00Z',
      '2026-03-08',
      null,
    ],
    ['the day on which clocks go forward is one day', '2026-03-08T12:00:00Z', '2026-03-09', 1],
    ['the day on which clocks go back is one day', '2026-11-01T04:30:00Z', '2026-11-02', 1],
  ])('%s', (_what, doseAt, forDate, expected) => {
    expect(courses(doseAt, forDate)).toBe(expected)
  })
})

describe('whatever the facts', () => {
  const people = ['A', 'B', 'C'] as unknown as PersonId[]
  const day = fc.integer({ min: -5, max: 420 }).map((d): LocalDate => addDays(DAY_0, d))
  const checkIns = fc.uniqueArray(
    fc.record({
      personId: fc.constantFrom(...people),
      forDate: day,
      used: fc.constantFrom('yes' as const, 'no' as const, 'unknown' as const),
      craving0to10: fc.option(fc.integer({ min: 0, max: 10 })),
    }),
    { selector: (e) => `${e.personId} ${e.forDate}`, maxLength: 80 },
  )
  const calendarDays = fc.uniqueArray(
    fc.record({
      personId: fc.constantFrom(...people),
      day,
      state: fc.constantFrom('none' as const, 'used' as const, 'unknown' as const),
    }),
    { selector: (e) => `${e.personId} ${e.day}`, maxLength: 80 },
  )
  const doses = people.map((personId) => ({ personId, day: DAY_0, plannedBy: null }))

  it('there is one row each within follow-up, the order of facts does not matter, and an event has no reason', () => {
    fc.assert(
      fc.property(checkIns, calendarDays, (checkIns, calendarDays) => {
        const courses = outcomeCourses({ doses, checkIns, calendarDays })
        expect(
          outcomeCourses({
            doses: [...doses].reverse(),
            checkIns: [...checkIns].reverse(),
            calendarDays: [...calendarDays].reverse(),
          }),
        ).toEqual(courses)
        for (const outcome of ['time-to-first-use', 'time-to-lapse', 'time-to-relapse'] as const) {
          const rows = eventRows(outcome, courses, addDays(DAY_0, 420))
          if (outcome !== 'time-to-lapse') expect(rows).toHaveLength(3)
          for (const row of rows) {
            expect(row.days >= 0 && row.days <= 365).toBe(true)
            expect(row.event).toBe(row.censoredWhy === null)
          }
        }
        for (const course of courses) {
          if (course.lapseDay !== null) expect(course.lapseDay).toBeGreaterThan(course.settledDay!)
          for (const [day, { week, noUseDays, useDays }] of Object.entries(course.points)) {
            expect(noUseDays >= 0 && useDays >= 0).toBe(true)
            // What is published rests on it: a week with use follows a first use, a week without is a known day.
            expect(useDays > 0).toBe(course.firstUseDay !== null && course.firstUseDay <= Number(day))
            if (week === 'use') expect(useDays).toBeGreaterThan(0)
            if (week !== null) expect(course.lastKnownDay).toBeGreaterThan(Number(day) - 7)
          }
          expect(course.points[365].noUseDays + course.points[365].useDays).toBeLessThanOrEqual(365)
        }
      }),
    )
  })
})
