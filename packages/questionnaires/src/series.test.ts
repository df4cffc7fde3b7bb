import { describe, expect, it } from 'vitest'
import { dayNumber } from './calendar-date.ts'
import type { ScoringDefinition } from './instrument.ts'
import { scoreBy } from './scoring.ts'

function seriesDefinition(algorithm: 'tlfb-metrics' | 'uds-series'): ScoringDefinition {
  return {
    id: algorithm,
    direction: 'per metric',
    items: [{ id: 'records', type: algorithm === 'tlfb-metrics' ? 'daily-calendar' : 'lab-series' }],
    subscales: [],
    total: { id: 'metrics', label: '', method: 'algorithm', algorithm },
    flags: [],
    categories: [],
    safetyTriggers:
      algorithm === 'uds-series'
        ? [
            {
              id: 'opioid',
              when: { analyte: ['fentanyl'], result: 'positive' },
              action: '',
              severity: 'warning',
            },
          ]
        : [],
  }
}

const CALENDAR = seriesDefinition('tlfb-metrics')
const TESTS = seriesDefinition('uds-series')

describe('drinking calendar', () => {
  it('takes a date left out between two others for a missing day, which breaks the streak', () => {
    const records = [
      { date: '2026-02-27', drinks: 0 },
      { date: '2026-02-28', drinks: 0 },
      { date: '2026-03-02', drinks: 0 },
    ]
    expect(scoreBy(CALENDAR, { records })).toMatchObject({
      metrics: {
        observedDays: 3,
        missingDays: 1,
        pda: 100,
        longestAbstinentStreak: 2,
        noHeavyDrinkingDays: null,
      },
    })
  })

  it('does not read a day without amounts as a day without alcohol', () => {
    const records = [
      { date: '2026-03-01', drinks: 0 },
      { date: '2026-03-02', drugs: ['cannabis'] },
    ]
    expect(scoreBy(CALENDAR, { records })).toMatchObject({ metrics: { observedDays: 1, missingDays: 1 } })
  })

  it('reads days in order of date whatever order they came in', () => {
    const records = [
      { date: '2026-03-03', drinks: 6 },
      { date: '2026-03-01', drinks: 0 },
      { date: '2026-03-02', drinks: 0 },
    ]
    expect(scoreBy(CALENDAR, { records })).toMatchObject({
      metrics: { daysToFirstDrink: 3, longestAbstinentStreak: 2 },
    })
  })

  it.each([
    ['no list', 7],
    ['no day', [null]],
    ['a day that does not exist', [{ date: '2026-02-30', drinks: 0 }]],
    [
      'the same day twice',
      [
        { date: '2026-02-01', drinks: 0 },
        { date: '2026-02-01', drinks: 4 },
      ],
    ],
    ['less than nothing', [{ date: '2026-02-01', drinks: -1 }]],
    ['text for a number', [{ date: '2026-02-01', drinks: '2' }]],
    ['a drug that is no text', [{ date: '2026-02-01', drinks: 1, drugs: [1] }]],
  ])('refuses %s', (_name, records) => {
    expect(scoreBy(CALENDAR, { records })).toEqual({
      valid: false,
      errors: ['invalid-value:records'],
      triggers: [],
    })
  })

  it('knows nothing of an empty calendar', () => {
    expect(scoreBy(CALENDAR, {})).toMatchObject({ metrics: { observedDays: 0, missingDays: 0, pda: null } })
  })
})

describe('drug tests', () => {
  it('fires on a positive specimen of a named substance', () => {
    const records = [
      { date: '2026-03-01', analyte: 'fentanyl', result: 'positive' },
      { date: '2026-03-02', analyte: 'ketamine', result: 'expected-positive' },
    ]
    expect(scoreBy(TESTS, { records })).toMatchObject({
      metrics: { positive: 1, negative: 1, longestNegativeRun: 1 },
      triggers: ['opioid'],
    })
    expect(scoreBy(TESTS, { records: records.slice(1) })).not.toHaveProperty('triggers')
  })

  it('refuses a result that is not one', () => {
    const records = [{ date: '2026-03-01', analyte: 'fentanyl', result: 'maybe' }]
    expect(scoreBy(TESTS, { records })).toMatchObject({ valid: false })
  })
})

describe('day numbers', () => {
  it.each([
    ['2024-02-28', '2024-03-01', 2],
    ['2025-02-28', '2025-03-01', 1],
    ['1999-12-31', '2000-01-01', 1],
    ['1900-02-28', '1900-03-01', 1],
    ['2026-01-01', '2027-01-01', 365],
  ])('from %s to %s are %d days', (from, to, days) => {
    expect((dayNumber(to) as number) - (dayNumber(from) as number)).toBe(days)
  })

  it.each(['2025-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '', 20260101, null])(
    '%j is no day',
    (date) => {
      expect(dayNumber(date)).toBeNull()
    },
  )
})
