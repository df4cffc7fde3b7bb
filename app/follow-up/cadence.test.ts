import { describe, expect, it } from 'vitest'
import { addDays, type LocalDate, parseLocalDate } from '../platform/time.ts'
import { invitationState, isAskedOn, unansweredInARow } from './cadence.ts'

const FIRST = parseLocalDate('2026-03-02')
const day = (n: number) => addDays(FIRST, n)
const asked = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at).filter(isAskedOn)

describe('the cadence', () => {
  it.each([
    ['not on the day of the first session or before', -3, 0, 0],
    ['every day for four weeks', 1, 28, 28],
    ['twice in each seven days until day 90', 29, 84, 16],
    ['and once more in the last stretch', 85, 90, 1],
    ['once a week until day 365', 91, 365, 39],
    ['never after', 366, 800, 0],
  ])('%s', (_, from, to, times) => {
    expect(asked(from, to)).toHaveLength(times)
  })

  it('never leaves more than four days open until day 90, nor more than seven after', () => {
    const days = asked(1, 365)
    days.slice(1).forEach((d, at) => {
      expect(d - days[at]!).toBeLessThanOrEqual(d <= 90 ? 4 : 7)
    })
  })
})

describe('unanswered in a row', () => {
  const days = (...numbers: number[]) => numbers.map(day)
  it.each([
    ['none invited', [], [], 5, 0],
    ['none answered', [1, 2, 3], [], 5, 3],
    ["today's does not count yet", [1, 2, 5], [], 5, 2],
    ['an answer on the day ends the row', [1, 2, 3], [2], 5, 1],
    ['an answer days later ends it too', [1, 2, 3], [4], 5, 0],
    ['an earlier answer does not', [1, 2, 3], [0], 5, 3],
  ])('%s', (_, invited, answered, today, expected) => {
    expect(unansweredInARow(days(...invited), days(...answered), day(today))).toBe(expected)
  })
})

describe('whether to invite now', () => {
  const facts = {
    firstDay: FIRST as LocalDate | undefined,
    today: day(10),
    hour: 9,
    invitations: [day(8), day(9)],
    checkIns: [day(9)],
    saidStop: false,
  }
  const sixMissed = [4, 5, 6, 7, 8, 9].map(day)
  it.each([
    ['due', {}],
    ['not-started', { firstDay: undefined }],
    ['not-started', { firstDay: day(11) }],
    ['finished', { today: day(366) }],
    ['person-said-stop', { saidStop: true }],
    ['not-answering', { invitations: sixMissed, checkIns: [day(3)] }],
    ['due', { invitations: sixMissed, checkIns: [day(4)] }],
    ['not-today', { today: day(30) }],
    ['not-today', { today: FIRST, invitations: [], checkIns: [] }],
    ['answered-already', { checkIns: [day(10)] }],
    ['answered-already', { checkIns: [day(10)], invitations: [day(10)] }],
    ['invited-already', { invitations: [day(9), day(10)] }],
    ['not-now', { hour: 8 }],
    ['not-now', { hour: 20 }],
    ['due', { hour: 19 }],
  ])('%s when %o', (kind, change) => {
    expect(invitationState({ ...facts, ...change }).kind).toBe(kind)
  })
})
