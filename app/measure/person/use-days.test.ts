import { describe, expect, it } from 'vitest'
import type { DayRecord } from '../../assess/index.ts'
import type { PersonId } from '../../platform/ids.ts'
import { addDays, type Instant, parseLocalDate } from '../../platform/time.ts'
import { beforeAndSince, daysOfUse, findingInWords, findingOf, shadeOf } from './use-days.ts'

const zero = parseLocalDate('2026-06-01')
const on = (day: number) => addDays(zero, day)
const said = (day: number, used: 'yes' | 'no' | 'unknown') => ({ forDate: on(day), used })
const told = (day: number, state: DayRecord['state'], grams?: number | null, revision = 1): DayRecord => ({
  personId: 'p' as PersonId,
  day: on(day),
  revision,
  state,
  entries:
    state !== 'used'
      ? []
      : grams === undefined
        ? [{ substance: 'cannabis', amount: 1, unit: 'joints' }]
        : [{ substance: 'alcohol', grams, drinks: [] }],
  gramsPerDrink: 14,
  saidBy: 'person',
  toldBy: 'a',
  toldAt: '2026-06-01T00:00:00.000Z' as Instant,
  timeZone: 'UTC',
})
const doses = [
  { day: on(0), sessionNumber: 1 },
  { day: on(7), sessionNumber: 2 },
]
const days = (
  checkIns: ReturnType<typeof said>[],
  records: DayRecord[],
  today = 20,
  given: typeof doses = doses,
) => daysOfUse({ checkIns, records, doses: given }, on(today), 14)
const dayOf = (found: ReturnType<typeof days>, day: number) => found.find((one) => one.day === on(day))!

describe('days with and without use', () => {
  it('begin 90 days before the first dose and end yesterday until today is told', () => {
    const found = days([], [])
    expect([found[0]!.sinceFirstDose, found.at(-1)!.sinceFirstDose]).toEqual([-90, 19])
    expect(days([said(20, 'no')], []).at(-1)!.sinceFirstDose).toBe(20)
    expect(days([], [told(20, 'none')]).at(-1)!.sinceFirstDose).toBe(20)
    // The day of a session stands in it, told or not.
    expect(days([], [], 7).at(-1)).toMatchObject({ sinceFirstDose: 7, state: 'not-told', sessions: [2] })
  })

  it('are the last 90 while there was no dose', () => {
    const found = days([], [], 20, [])
    expect([found.length, found[0]!.day, found.at(-1)!.day]).toEqual([90, on(-70), on(19)])
    expect(found[0]!.sinceFirstDose).toBeUndefined()
    expect(beforeAndSince(found).since).toEqual([])
  })

  it('keep both tellings, let use count where they differ, and mark that they do', () => {
    const found = days(
      [said(1, 'no'), said(4, 'no'), said(5, 'yes')],
      [told(3, 'used', 42), told(5, 'none'), told(6, 'none')],
    )
    expect(dayOf(found, 2)).toMatchObject({
      state: 'no-use',
      checkIn: 'no-use',
      calendar: undefined,
      differ: false,
    })
    expect(dayOf(found, 3)).toMatchObject({
      state: 'use',
      checkIn: 'no-use',
      calendar: 'use',
      differ: true,
      drinks: 3,
    })
    expect(dayOf(found, 5)).toMatchObject({ state: 'use', checkIn: 'use', calendar: 'no-use', differ: true })
    expect(dayOf(found, 6)).toMatchObject({
      state: 'no-use',
      checkIn: undefined,
      calendar: 'no-use',
      differ: false,
    })
  })

  it('never take a day nobody told of, or not known, for one without use', () => {
    const found = days([said(3, 'unknown')], [told(4, 'unknown')])
    expect(dayOf(found, 2).state).toBe('not-told')
    expect(dayOf(found, 3)).toMatchObject({ state: 'not-told', checkIn: undefined })
    expect(dayOf(found, 4)).toMatchObject({ state: 'not-told', calendar: 'unsure', differ: false })
    const looked = days([said(5, 'no')], [told(5, 'unknown')])
    expect(dayOf(looked, 5)).toMatchObject({ state: 'no-use', differ: false })
  })

  it('hold the newest telling of a day', () => {
    const found = days([], [told(3, 'used', 42, 1), told(3, 'none', undefined, 2)])
    expect(dayOf(found, 3)).toMatchObject({ state: 'no-use', told: 'No use' })
  })

  it('are shaded by drinks; without a number of them there is none', () => {
    const shade = (record: DayRecord) => shadeOf(dayOf(days([], [record]), 3))
    expect([28, 29.4, 70, 84, null].map((grams) => shade(told(3, 'used', grams)))).toEqual([
      'to-2',
      'to-5',
      'to-5',
      'above-5',
      'no-number',
    ])
    expect(shade(told(3, 'used'))).toBe('no-number')
    expect(shade(told(3, 'none'))).toBeUndefined()
    expect(shadeOf(dayOf(days([said(3, 'yes')], []), 3))).toBe('no-number')
  })

  it('say what they say together: a stretch ends at use and at a day not told, and nothing is reset', () => {
    const found = days(
      [],
      [
        ...[1, 2, 3, 4, 5].map((day) => told(day, 'none')),
        told(6, 'used', 14),
        ...[7, 8, 9].map((day) => told(day, 'none')),
        told(11, 'none'),
      ],
    )
    const { before, since } = beforeAndSince(found)
    expect(findingOf(since)).toEqual({
      from: on(0),
      to: on(19),
      days: 20,
      use: 1,
      noUse: 9,
      notTold: 10,
      differ: 0,
      longestNoUse: 5,
    })
    expect(findingInWords(findingOf(since)!)).toBe(
      '10 of 20 days told; use on 1, no use on 9; the longest stretch of told days without use is 5.',
    )
    expect(findingInWords(findingOf(before)!)).toBe('none of 90 days told.')
    expect(findingOf([])).toBeUndefined()
  })
})
