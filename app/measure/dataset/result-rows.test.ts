import { score } from '@evenkeel/questionnaires'
import { describe, expect, it } from 'vitest'
import type { PersonId } from '../../platform/ids.ts'
import { addDays, type Instant, parseLocalDate } from '../../platform/time.ts'
import { followedScores } from './followed-scores.ts'
import { outcomeCourses } from './outcome-course.ts'
import { changeRows, followedValue, resultPairs, sessionRows } from './result-rows.ts'

const DAY_0 = parseLocalDate('2026-01-05')

/** Noon of a day unless a time is said: "7 15:30". */
function moment(text: string): { day: ReturnType<typeof addDays>; at: Instant } {
  const [day, time = '12:00'] = text.split(' ')
  const date = addDays(DAY_0, Number(day))
  return { day: date, at: `${date}T${time}:00.000Z` as Instant }
}

const cells = (text: string) =>
  text
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter(({ length }) => length > 1)

/** Doses as `person | day`, results as `person | day | value | edition`; "-" is a value that is not known. */
function specify(
  what: string,
  given: { doses: string; results: string; today: number; expect: string[] },
): void {
  it(what, () => {
    const doses = cells(given.doses).map(([person, when]) => ({
      personId: person as PersonId,
      plannedBy: null,
      ...moment(when!),
    }))
    const results = cells(given.results).map(([person, when, value, edition = 'ours']) => ({
      personId: person as PersonId,
      instrumentId: 'phq-9',
      completedAt: moment(when!).at,
      day: moment(when!).day,
      value: value === '-' ? null : Number(value),
      line: edition,
    }))
    const courses = outcomeCourses({ doses, checkIns: [], calendarDays: [] })
    const rows = changeRows(resultPairs(doses, results), courses, addDays(DAY_0, given.today), 'phq-9')
    expect(
      rows.map((row) => `${row.personId} | ${row.before ?? '-'} | ${row.after ?? '-'} | ${row.state}`),
    ).toEqual(given.expect)
  })
}

describe('results before and after treatment', () => {
  specify('are the last before the first dose and the first in the weeks after the last', {
    doses: `A | 0
            A | 7`,
    results: `A | -30 | 22
              A | -2  | 20
              A | 3   | 12
              A | 9   | 10
              A | 12  | 6`,
    today: 36,
    expect: ['A | 20 | 10 | compared'],
  })

  specify('are told once 28 days have passed since the last dose, and not before', {
    doses: 'A | 0',
    results: `A | -1 | 20
              A | 1  | 10`,
    today: 28,
    expect: ['A | 20 | 10 | not-yet'],
  })

  specify('say which of the two is missing, and are of nobody who was never asked', {
    doses: `A | 0
            B | 0
            C | 0`,
    results: `A | 1  | 10
              B | -1 | 20
              B | 29 | 5
              Z | -1 | 9`,
    today: 60,
    expect: ['A | - | 10 | no-baseline', 'B | 20 | - | no-result'],
  })

  specify('pass over results that are not known', {
    doses: `A | 0
            B | 0`,
    results: `A | -3 | 20
              A | -1 | -
              A | 2  | -
              A | 5  | 8
              B | -1 | -`,
    today: 60,
    expect: ['A | 20 | 8 | compared', 'B | - | - | no-baseline'],
  })

  specify('are not compared across editions', {
    doses: 'A | 0',
    results: `A | -1 | 20 | ours
              A | 5  | 8 | theirs`,
    today: 60,
    expect: ['A | 20 | 8 | other-edition'],
  })

  specify('on the day of a dose: before it is a baseline, after it is neither', {
    doses: `A | 0 12:00
            B | 0 12:00
            C | 0 12:00`,
    results: `A | 0 11:59 | 20
              B | 0 12:00 | 20
              C | 0 15:00 | 20
              C | 1 00:00 | 4`,
    today: 60,
    expect: ['A | 20 | - | no-result', 'B | - | - | no-baseline', 'C | - | 4 | no-baseline'],
  })
})

describe('the followed score of a stored result', () => {
  const followed = (instrumentId: string) => followedScores.find((one) => one.instrumentId === instrumentId)!
  const phq9 = (answers: number) =>
    score('phq-9', Object.fromEntries(Array.from({ length: answers }, (_, at) => [`q${at + 1}`, 2])))

  it('is its value, and not known while it is not finished', () => {
    expect(followedValue(phq9(9), followed('phq-9'))).toBe(18)
    expect(followedValue(phq9(3), followed('phq-9'))).toBeNull()
    expect(followedValue(score('phq-9', { q1: 'often' }), followed('phq-9'))).toBeNull()
  })

  it('is the level of the WHO, and the percentage of heavy days of a calendar', () => {
    expect(followedValue(score('who-rdl', { gramsPerDay: 50 }, { sex: 'male' }), followed('who-rdl'))).toBe(2)
    const days = [0, 100, 0, 0].map((grams, at) => ({ date: `2026-01-0${at + 1}`, grams }))
    const context = { sex: 'male', gramsPerDrink: 14, heavyRule: 'NIAAA' }
    expect(followedValue(score('tlfb', { days }, context), followed('tlfb'))).toBe(25)
  })
})

describe('sessions', () => {
  const session = (
    personId: string,
    sessionId: string,
    when: string,
    mgGiven?: number,
    topics: string[] = [],
  ) => ({
    personId: personId as PersonId,
    sessionId,
    doseStartedAt: moment(when).at,
    day: moment(when).day,
    mgGiven,
    stoppedEarly: false,
    topics: new Set(topics),
    leftByOverride: false,
  })

  it('are numbered by dose and counted in days from the first, whatever their order', () => {
    const rows = sessionRows([
      session('A', 's2', '7', 50, ['nausea', 'comfort']),
      session('B', 's9', '3'),
      session('A', 's1', '0', 40),
    ])
    expect(rows.map((row) => [row.personId, row.day, row.doseNumber, row.mgGiven, row.nauseaNoted])).toEqual([
      ['A', 0, 1, 40, false],
      ['A', 7, 2, 50, true],
      ['B', 0, 1, null, false],
    ])
  })
})
