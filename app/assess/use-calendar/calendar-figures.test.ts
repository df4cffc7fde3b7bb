import { describe, expect, it } from 'vitest'
import type { PersonId } from '../../platform/ids.ts'
import { addDays, type Instant, type LocalDate } from '../../platform/time.ts'
import { calendarFigures, heavyRuleOf, levelChange, tlfbAnswers } from './calendar-figures.ts'
import { lastDayOf, spanOf } from './calendar-window.ts'
import { currentDays, type DayRecord, type ToldDay } from './use-day.ts'

const day = (text: string) => text as LocalDate
const NONE: ToldDay = { state: 'none', entries: [] }
const UNKNOWN: ToldDay = { state: 'unknown', entries: [] }
const drank = (grams: number | null): ToldDay => ({
  state: 'used',
  entries: [{ substance: 'alcohol', grams, drinks: [] }],
})
const cannabis: ToldDay = { state: 'used', entries: [{ substance: 'cannabis', amount: 1, unit: 'joints' }] }

function calendarOf(days: Readonly<Record<string, ToldDay>>) {
  return currentDays(
    Object.entries(days).map(
      ([date, told]): DayRecord => ({
        ...told,
        day: day(date),
        personId: 'p' as PersonId,
        revision: 1,
        gramsPerDrink: 14,
        saidBy: 'person',
        toldBy: 'a',
        toldAt: '2026-01-01T00:00:00.000Z' as Instant,
        timeZone: 'UTC',
      }),
    ),
  )
}

/** Every day from `from` on, told the same. */
function run(from: string, count: number, told: ToldDay): Record<string, ToldDay> {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [addDays(day(from), i), told]))
}

const woman = { sex: 'female' as const, gramsPerDrink: 14 }
const man = { sex: 'male' as const, gramsPerDrink: 14 }

describe('figures of the calendar', () => {
  // Ten days by hand: 3 without, 70 g, 28 g, one of cannabis alone, one not known, one of unknown amount, two not told.
  const calendar = calendarOf({
    '2026-03-01': NONE,
    '2026-03-02': NONE,
    '2026-03-03': drank(70),
    '2026-03-04': drank(28),
    '2026-03-05': cannabis,
    '2026-03-06': UNKNOWN,
    '2026-03-07': drank(null),
    '2026-03-08': NONE,
  })
  const span = { from: day('2026-03-01'), to: day('2026-03-10') }

  it('count over the days that are known', () => {
    expect(calendarFigures(calendar, span, man)).toMatchObject({
      lengthDays: 10,
      observedDays: 6,
      missingDays: 4,
      unknownAmountDays: 1,
      abstinentDays: 4,
      percentAbstinent: 66.7,
      // 70 g are five drinks of 14 g.
      heavyDays: 1,
      percentHeavy: 16.7,
      // (70 + 28) / 14 / 6 = 1.17 and 98 / 6 = 16.3
      drinksPerDay: 1.17,
      drinksPerDrinkingDay: 3.5,
      gramsPerDay: 16.3,
      who: { level: 1, label: 'low' },
      longestAbstinentDays: 2,
      toldDays: 7,
      drugDays: [{ substance: 'cannabis', days: 1 }],
    })
  })

  it('take every missing day for a heavy one in the worst case, and show both', () => {
    const { worstCase } = calendarFigures(calendar, span, man)
    expect(worstCase).toEqual({ percentAbstinent: 40, heavyDays: 5, percentHeavy: 50 })
  })

  it('never take a day that is not told or not known for one without use', () => {
    const empty = calendarFigures(calendarOf({ '2026-03-02': UNKNOWN }), span, woman)
    expect(empty).toMatchObject({
      observedDays: 0,
      missingDays: 10,
      percentAbstinent: null,
      heavyDays: null,
      gramsPerDay: null,
      who: null,
      longestAbstinentDays: null,
      worstCase: { percentAbstinent: 0, heavyDays: 10 },
    })
    expect((tlfbAnswers(calendarOf({}), span).days as object[]).every((one) => 'missing' in one)).toBe(true)
  })

  it('use the lower limits when sex is not known, and grams where a drink is not 14 g', () => {
    const four = calendarOf({ '2026-03-01': drank(56) })
    const heavy = (context: Parameters<typeof heavyRuleOf>[0]) =>
      calendarFigures(four, { from: day('2026-03-01'), to: day('2026-03-01') }, context).heavyDays
    expect(heavy(man)).toBe(0)
    expect(heavy(woman)).toBe(1)
    expect(heavy({ sex: undefined, gramsPerDrink: 14 })).toBe(1)
    expect(heavy({ sex: 'male', gramsPerDrink: 8 })).toBe(0)
    expect(heavyRuleOf({ sex: 'female', gramsPerDrink: 8 })).toMatchObject({
      id: 'EMA',
      words: 'EMA: more than 40 g',
    })
  })

  it('worst-case days are heavy by the rule that is named, whichever it is', () => {
    for (const gramsPerDrink of [14, 8, 10, 13.45]) {
      for (const sex of ['male', 'female', undefined] as const) {
        expect(calendarFigures(calendarOf({}), span, { sex, gramsPerDrink }).worstCase.heavyDays).toBe(10)
      }
    }
  })
})

describe('change of the WHO level', () => {
  const baseline = day('2026-03-01')
  const weeksBefore = (grams: number) => run('2026-02-01', 28, drank(grams))
  const weeksAfter = (told: ToldDay, count = 28) => run('2026-04-01', count, told)
  const change = (days: Record<string, ToldDay>, context = man) =>
    levelChange(calendarOf(days), baseline, day('2026-04-28'), context)

  it('is told when both spans are known well enough', () => {
    expect(change({ ...weeksBefore(120), ...weeksAfter(drank(50)) })).toEqual({
      known: true,
      before: { level: 4, label: 'very high' },
      now: { level: 2, label: 'medium' },
      oneLevel: true,
      twoLevels: true,
    })
    expect(change({ ...weeksBefore(120), ...weeksAfter(drank(90)) })).toMatchObject({
      oneLevel: true,
      twoLevels: false,
    })
    expect(change({ ...weeksBefore(50), ...weeksAfter(drank(30)) })).toMatchObject({
      oneLevel: true,
      twoLevels: true,
    })
    expect(change({ ...weeksBefore(30), ...weeksAfter(NONE) })).toMatchObject({
      oneLevel: true,
      twoLevels: null,
    })
    expect(change({ ...weeksBefore(30), ...weeksAfter(drank(70)) })).toMatchObject({ oneLevel: false })
  })

  it('is not known with fewer than 21 of 28 days on either side', () => {
    expect(change({ ...weeksBefore(120), ...weeksAfter(NONE, 20) })).toMatchObject({ known: false })
    expect(change({ ...weeksBefore(120), ...weeksAfter(NONE, 21) })).toMatchObject({ known: true })
    expect(change({ ...run('2026-02-01', 20, drank(120)), ...weeksAfter(NONE) })).toEqual({
      known: false,
      why: 'Of the 28 days before the first session only 20 are known.',
    })
    expect(change({ ...weeksBefore(120), ...run('2026-04-01', 28, drank(null)) })).toMatchObject({
      known: false,
    })
  })

  it('waits for the first session and for 28 days after it', () => {
    const days = calendarOf({ ...weeksBefore(120), ...run('2026-03-01', 40, NONE) })
    expect(levelChange(days, undefined, day('2026-03-28'), man)).toMatchObject({ known: false })
    expect(levelChange(days, baseline, day('2026-03-27'), man)).toMatchObject({ known: false })
    expect(levelChange(days, baseline, day('2026-03-28'), man)).toMatchObject({ known: true })
  })
})

describe('the window', () => {
  it('ends yesterday until today is told', () => {
    const today = day('2026-03-10')
    expect(lastDayOf(calendarOf({}), today)).toBe('2026-03-09')
    expect(lastDayOf(calendarOf({ '2026-03-10': NONE }), today)).toBe('2026-03-10')
  })

  it('counts both ends', () => {
    const last = day('2026-03-10')
    expect(spanOf('28', [], last)).toEqual({ from: '2026-02-11', to: '2026-03-10' })
    expect(spanOf('since-first', [], last)).toBeUndefined()
    const doses = [day('2026-02-20'), day('2026-02-27')]
    expect(spanOf('since-first', doses, last)).toEqual({ from: '2026-02-20', to: last })
    expect(spanOf('since-last', doses, last)).toEqual({ from: '2026-02-27', to: last })
    expect(spanOf('before', doses, last)).toEqual({ from: '2025-11-22', to: '2026-02-19' })
    expect(spanOf('since-last', [day('2026-03-11')], last)).toBeUndefined()
  })
})
