import { describe, expect, it } from 'vitest'
import type { PersonId } from '../../platform/ids.ts'
import { addDays, type Instant, type LocalDate } from '../../platform/time.ts'
import { calendarFigures, heavyRuleOf, levelChange, tlfbAnswers } from './calendar-figures.ts'
import { lastDayOf, spanOf } from './calendar-window.ts'
import { DRINK_KINDS, type DrinkKind, gramsOfDrinks } from './standard-drink.ts'
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

  it('count over the days that are known, and call amounts a lower limit where one is not', () => {
    expect(calendarFigures(calendar, span, man)).toMatchObject({
      lengthDays: 10,
      knownDays: 7,
      missingDays: 3,
      unknownAmountDays: 1,
      abstinentDays: 4,
      percentAbstinent: 57.1,
      // 70 g are five drinks of 14 g; the day of unknown amount may be a heavy one.
      heavyDays: { least: 1, most: 2 },
      percentHeavy: { least: 14.3, most: 28.6 },
      // (70 + 28) / 14 = 7 drinks on 7 days, 3 of them drinking days.
      drinksPerDay: { value: 1, atLeast: true },
      drinksPerDrinkingDay: { value: 2.33, atLeast: true },
      gramsPerDay: { value: 14, atLeast: true },
      who: null,
      whyNotKept: 'amount-unknown',
      longestAbstinentDays: 2,
      drugDays: [{ substance: 'cannabis', days: 1 }],
    })
  })

  it('are those of the instrument where every amount is known', () => {
    const told = calendarOf({ '2026-03-01': NONE, '2026-03-02': drank(70), '2026-03-03': drank(28) })
    expect(calendarFigures(told, { from: day('2026-03-01'), to: day('2026-03-04') }, man)).toMatchObject({
      knownDays: 3,
      missingDays: 1,
      percentAbstinent: 33.3,
      heavyDays: { least: 1, most: 1 },
      percentHeavy: { least: 33.3, most: 33.3 },
      drinksPerDay: { value: 2.33, atLeast: false },
      drinksPerDrinkingDay: { value: 3.5, atLeast: false },
      gramsPerDay: { value: 32.7, atLeast: false },
      who: { level: 1, label: 'low' },
      whyNotKept: null,
    })
  })

  const month = { from: day('2026-02-01'), to: day('2026-02-28') }

  it('never show drinking of unknown amount as days without alcohol', () => {
    const unsure: ToldDay = {
      state: 'used',
      entries: [...drank(null).entries, { substance: 'cocaine', amount: null, unit: null }],
    }
    const told = calendarOf({ '2026-02-01': NONE, ...run('2026-02-02', 27, unsure) })
    expect(calendarFigures(told, month, woman)).toMatchObject({
      knownDays: 28,
      missingDays: 0,
      unknownAmountDays: 27,
      percentAbstinent: 3.6,
      abstinentDays: 1,
      longestAbstinentDays: 1,
      heavyDays: { least: 0, most: 27 },
      gramsPerDay: { value: 0, atLeast: true },
      who: null,
      whyNotKept: 'amount-unknown',
      drugDays: [{ substance: 'cocaine', days: 27 }],
    })
    expect(calendarFigures(calendarOf(run('2026-02-01', 28, unsure)), month, woman)).toMatchObject({
      percentAbstinent: 0,
      longestAbstinentDays: 0,
      heavyDays: { least: 0, most: 28 },
      drinksPerDay: null,
      gramsPerDay: null,
      who: null,
    })
  })

  it('break a run of days without alcohol at a day of unknown amount', () => {
    const told = calendarOf({ ...run('2026-02-01', 28, NONE), '2026-02-11': drank(null) })
    expect(calendarFigures(told, month, man).longestAbstinentDays).toBe(17)
  })

  it('name a WHO level only where three in four days are known', () => {
    const known = (count: number, to: string) =>
      calendarFigures(calendarOf(run('2026-02-01', count, NONE)), { ...month, to: day(to) }, man)
    expect(known(20, '2026-02-28')).toMatchObject({ who: null, whyNotKept: 'too-few-days' })
    expect(known(21, '2026-02-28')).toMatchObject({ who: { level: 0 }, whyNotKept: null })
    // 90 days: 67.5 are three in four.
    expect([67, 68].map((count) => known(count, '2026-05-01').whyNotKept)).toEqual(['too-few-days', null])
  })

  it('take every missing day for a heavy one in the worst case, and show both', () => {
    const { worstCase } = calendarFigures(calendar, span, man)
    expect(worstCase).toEqual({ percentAbstinent: 40, heavyDays: 5, percentHeavy: 50 })
  })

  it('never take a day that is not told or not known for one without use', () => {
    const empty = calendarFigures(calendarOf({ '2026-03-02': UNKNOWN }), span, woman)
    expect(empty).toMatchObject({
      knownDays: 0,
      missingDays: 10,
      percentAbstinent: null,
      heavyDays: null,
      gramsPerDay: null,
      who: null,
      whyNotKept: 'nothing-known',
      longestAbstinentDays: null,
      worstCase: { percentAbstinent: 0, heavyDays: 10 },
    })
    expect((tlfbAnswers(calendarOf({}), span).days as object[]).every((one) => 'missing' in one)).toBe(true)
  })

  it('use the lower limits when sex is not known, and grams where a drink is not 14 g', () => {
    const four = calendarOf({ '2026-03-01': drank(56) })
    const heavy = (context: Parameters<typeof heavyRuleOf>[0]) =>
      calendarFigures(four, { from: day('2026-03-01'), to: day('2026-03-01') }, context).heavyDays?.least
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

describe('a heavy day, from drinks as they are poured', () => {
  const heavy = (sex: 'male' | 'female', gramsPerDrink: number, kind: DrinkKind, count: number) => {
    const { volumeMl, percent } = DRINK_KINDS.find((one) => one.kind === kind)!
    const told = calendarOf({ '2026-03-01': drank(gramsOfDrinks([{ kind, count, volumeMl, percent }])) })
    const span = { from: day('2026-03-01'), to: day('2026-03-01') }
    return calendarFigures(told, span, { sex, gramsPerDrink }).heavyDays?.least === 1
  }

  it.each(['beer', 'wine', 'spirits'] as const)('begins at five of %s for men and four for women', (kind) => {
    // 14 g: NIAAA, by drinks. 10 g: EMA, above 60 and 40 g; five hold 70 g, four 56 g, three 42 g.
    expect([4, 5].map((count) => heavy('male', 14, kind, count))).toEqual([false, true])
    expect([3, 4].map((count) => heavy('female', 14, kind, count))).toEqual([false, true])
    expect([4, 5].map((count) => heavy('male', 10, kind, count))).toEqual([false, true])
    expect([2, 3, 4].map((count) => heavy('female', 10, kind, count))).toEqual([false, true, true])
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
  })

  it('is not known where there was drinking of unknown amount, which is said', () => {
    expect(change({ ...weeksBefore(120), ...weeksAfter(NONE), '2026-04-10': drank(null) })).toEqual({
      known: false,
      why: 'On 1 of the 28 days of the last weeks there was drinking of unknown amount.',
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
