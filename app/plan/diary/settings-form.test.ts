import { describe, expect, it } from 'vitest'
import { hoursWords, readHours, weekForm, weekHours, weekWords } from './settings-form.ts'

describe('working hours as they are typed', () => {
  it.each([
    ['08:00 to 12:00, 13:00 to 17:00', '08:00 to 12:00, 13:00 to 17:00'],
    ['8-12; 13:30–17', '08:00 to 12:00, 13:30 to 17:00'],
    ['', ''],
    [' , ', ''],
  ])('%j', (text, words) => {
    expect(hoursWords(readHours(text) ?? [])).toBe(words)
  })

  it.each(['8', '08:00 to', '17:00 to 08:00', '25 to 26', 'mornings', '08:00 to 08:00', '8:70 to 9:00'])(
    '%j cannot be read',
    (text) => {
      expect(readHours(text)).toBeUndefined()
    },
  )

  it('keep their weekday, Sunday last and 0', () => {
    const week = weekForm.parse({
      weekMember: '01a4c2f0-0000-7000-8000-000000000001',
      validFrom: '2026-12-01',
      monday: '8 to 12',
      sunday: '9 to 10',
    })
    expect(weekHours(week)).toEqual([
      { weekday: 1, from: '08:00', until: '12:00' },
      { weekday: 0, from: '09:00', until: '10:00' },
    ])
  })
})

describe('a week without any hours', () => {
  const week = (rest: object) =>
    weekForm.safeParse({
      weekMember: '01a4c2f0-0000-7000-8000-000000000001',
      validFrom: '2026-12-01',
      ...rest,
    })
  const fields = (rest: object) => week(rest).error?.issues.map(({ path }) => path[0])

  it('is a slip, unless somebody ticks that it is meant', () => {
    expect(fields({})).toEqual(['monday'])
    expect(fields({ noHours: ['yes'] })).toBeUndefined()
    expect(fields({ noHours: ['yes'], friday: '8 to 12' })).toEqual(['noHours'])
  })
})

describe('a week in words', () => {
  const days = (weekdays: readonly number[], from = '08:00', until = '17:00') =>
    weekdays.map((weekday) => ({ weekday, from, until }))
  it.each([
    [days([1, 2, 3, 4, 5]), 'Monday to Friday 08:00 to 17:00'],
    [days([0, 1, 2, 3, 4, 5, 6]), 'Monday to Sunday 08:00 to 17:00'],
    [
      [...days([1, 2]), ...days([4]), ...days([6], '09:00', '12:00')],
      'Monday to Tuesday 08:00 to 17:00; Thursday 08:00 to 17:00; Saturday 09:00 to 12:00',
    ],
    [
      [...days([1], '08:00', '12:00'), ...days([1], '13:00', '17:00')],
      'Monday 08:00 to 12:00, 13:00 to 17:00',
    ],
    [[], 'No hours'],
  ])('%#', (hours, words) => {
    expect(weekWords(hours)).toBe(words)
  })
})
