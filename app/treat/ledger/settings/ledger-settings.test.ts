import { describe, expect, it } from 'vitest'
import type { Instant } from '../../../platform/time.ts'
import { DEFAULT_LEDGER_SETTINGS, isWorkingTime, settingProblems } from './ledger-settings.ts'
import { changesInWords, SETTING_WORDS, settingsInWords } from './setting-words.ts'
import { parseSettings, settingsOfForm } from './settings-form.ts'

const settings = DEFAULT_LEDGER_SETTINGS

describe('what can be set', () => {
  it('the defaults can', () => {
    expect(settingProblems(settings)).toEqual([])
  })

  it.each([
    ['keepYears', { keepYears: 1 }, { keepYears: 2 }],
    ['keepYears', { keepYears: 2.5 }, { keepYears: 30 }],
    ['openedVialHours', { openedVialHours: 0 }, { openedVialHours: 0.5 }],
    ['openedVialHours', { openedVialHours: 672.01 }, { openedVialHours: 672 }],
    ['openedVialHours', { openedVialHours: Number.NaN }, { openedVialHours: 6 }],
    ['wasteShareAlert', { wasteShareAlert: 1 }, { wasteShareAlert: 0.99 }],
    ['countEveryDays', { countEveryDays: 0 }, { countEveryDays: 730 }],
    ['needDays', { needDays: 61 }, { needDays: 60 }],
  ] as const)('%s: %o cannot, %o can', (name, wrong, right) => {
    expect(settingProblems({ ...settings, ...wrong })).toEqual([name])
    expect(settingProblems({ ...settings, ...right })).toEqual([])
  })

  it.each([
    [{ from: '19:00', to: '07:00', weekdays: [1] }],
    [{ from: '07:00', to: '07:00', weekdays: [1] }],
    [{ from: '7:00', to: '19:00', weekdays: [1] }],
    [{ from: '07:00', to: '24:00', weekdays: [1] }],
    [{ from: '07:00', to: '19:00', weekdays: [] }],
    [{ from: '07:00', to: '19:00', weekdays: [1, 1] }],
    [{ from: '07:00', to: '19:00', weekdays: [7] }],
  ])('working hours %o cannot', (workingHours) => {
    expect(settingProblems({ ...settings, workingHours })).toEqual(['workingHours'])
  })
})

describe('working time', () => {
  const zone = 'America/New_York'
  const hours = { from: '07:00', to: '19:00', weekdays: [1, 2, 3, 4, 5] }
  // New York is five hours behind in November; the 24th of 2026 is a Tuesday.
  it.each([
    ['2026-11-24T11:59:59.999Z', false],
    ['2026-11-24T12:00:00.000Z', true],
    ['2026-11-25T00:00:59.999Z', true],
    ['2026-11-25T00:01:00.000Z', false],
    // Monday 20:00 there, Tuesday 01:00 here.
    ['2026-11-24T01:00:00.000Z', false],
    ['2026-11-28T15:00:00.000Z', false],
    ['2026-11-29T15:00:00.000Z', false],
  ])('%s: %s', (at, inside) => {
    expect(isWorkingTime(at as Instant, hours, zone)).toBe(inside)
  })

  it('is always, around the clock', () => {
    const always = { from: '00:00', to: '23:59', weekdays: [0, 1, 2, 3, 4, 5, 6] }
    expect(isWorkingTime('2026-11-29T04:59:59.999Z' as Instant, always, zone)).toBe(true)
    expect(isWorkingTime('2026-11-29T05:00:00.000Z' as Instant, always, zone)).toBe(true)
  })

  it('goes by the wall clock over the change of clocks', () => {
    // Sunday 1 November 2026: 06:30 UTC is 01:30 for the second time.
    const night = { from: '01:00', to: '01:59', weekdays: [0] }
    for (const at of ['2026-11-01T05:30:00.000Z', '2026-11-01T06:30:00.000Z']) {
      expect(isWorkingTime(at as Instant, night, zone)).toBe(true)
    }
    expect(isWorkingTime('2026-11-01T07:30:00.000Z' as Instant, night, zone)).toBe(false)
  })
})

const sent: Record<string, string> = {
  key: '01990000-0000-7000-8000-000000000001',
  twoPersonReceive: 'no',
  twoPersonCount: 'yes',
  twoPersonWaste: 'yes',
  openedVialHours: '6',
  vialForOnePersonOnly: settings.vialForOnePersonOnly ? 'yes' : 'no',
  worksFrom: '07:00',
  worksTo: '19:00',
  weekday1: 'yes',
  weekday2: 'yes',
  weekday3: 'yes',
  weekday4: 'yes',
  weekday5: 'yes',
  keepYears: '2',
  countEveryDays: '7',
  wastePercent: '25',
  needDays: '14',
  password: 'level-water-2026',
}

function parsed(changes: Record<string, string | undefined> = {}) {
  const form = new FormData()
  for (const [name, value] of Object.entries({ ...sent, ...changes })) {
    if (value !== undefined) form.append(name, value)
  }
  return parseSettings(form)
}

describe('the form', () => {
  it('reads the defaults as they are drawn', () => {
    const answer = parsed()
    expect(answer.ok && settingsOfForm(answer.value)).toEqual(settings)
  })

  it('reads a comma and a part of an hour', () => {
    const answer = parsed({ openedVialHours: '0,5', wastePercent: '7' })
    expect(answer.ok && settingsOfForm(answer.value)).toMatchObject({
      openedVialHours: 0.5,
      wasteShareAlert: 0.07,
    })
  })

  it('whatever it takes, the ledger takes too', () => {
    const edges = { openedVialHours: ['0.01', '672'], keepYears: ['2', '30'], countEveryDays: ['1', '730'] }
    for (const [name, values] of Object.entries({
      ...edges,
      wastePercent: ['1', '99'],
      needDays: ['1', '60'],
    })) {
      for (const value of values) {
        const answer = parsed({ [name]: value })
        expect(answer.ok && settingProblems(settingsOfForm(answer.value))).toEqual([])
      }
    }
  })

  it.each([
    ['openedVialHours', '0', 'Enter more than 0 and at most 672 hours, such as 6.'],
    ['openedVialHours', '673', 'Enter more than 0 and at most 672 hours, such as 6.'],
    ['openedVialHours', 'six', 'Enter more than 0 and at most 672 hours, such as 6.'],
    ['keepYears', '1', 'Enter a whole number from 2 to 30.'],
    ['keepYears', '2.5', 'Enter a whole number from 2 to 30.'],
    ['keepYears', undefined, 'Enter a whole number from 2 to 30.'],
    ['wastePercent', '100', 'Enter a number from 1 to 99.'],
    ['worksTo', '06:00', 'Enter a time later than the first one. Around the clock is 00:00 to 23:59.'],
    ['worksFrom', '7', 'Enter a time such as 07:00.'],
    ['twoPersonWaste', undefined, 'Choose one of the two.'],
  ])('%s as %s: says what to do and keeps what was typed', (name, value, message) => {
    const answer = parsed({ [name]: value })
    expect(answer.ok).toBe(false)
    if (answer.ok) return
    expect(answer.answer.errors).toEqual({ [name]: message })
    expect(answer.answer.values.needDays).toBe('14')
  })

  it('asks for a day where none is ticked', () => {
    const none = Object.fromEntries([1, 2, 3, 4, 5].map((day) => [`weekday${day}`, undefined]))
    const answer = parsed(none)
    expect(!answer.ok && answer.answer.errors).toEqual({ weekday1: 'Choose at least one day.' })
    const more = parsed({ ...none, keepYears: '1', password: undefined })
    expect(!more.ok && Object.keys(more.answer.errors).sort()).toEqual(['keepYears', 'password', 'weekday1'])
    expect(!more.ok && more.answer.values.password).toBeUndefined()
  })
})

it('every setting is told in words, with what is law', () => {
  expect(Object.keys(settingsInWords(settings)).sort()).toEqual(Object.keys(settings).sort())
  for (const { law } of Object.values(SETTING_WORDS)) expect(law.length).toBeGreaterThan(0)
  // Two people for waste is no federal text, and the page must not say so.
  expect(SETTING_WORDS.twoPersonWaste.law.map(({ text }) => text).join(' ')).not.toMatch(/second person/)
  expect(settingsInWords(settings).workingHours).toBe(
    '07:00 to 19:00, Monday, Tuesday, Wednesday, Thursday, Friday',
  )
})

it('a signing is told by what it changed', () => {
  expect(changesInWords(settings, { ...settings, keepYears: 6, twoPersonReceive: true })).toEqual([
    'Taking in a delivery: two people, before one person',
    'Records are kept for: 6 years, before 2 years',
  ])
  expect(changesInWords(settings, { ...settings })).toEqual([])
})
