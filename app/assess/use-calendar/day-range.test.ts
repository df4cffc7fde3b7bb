import { describe, expect, it } from 'vitest'
import type { PersonId } from '../../platform/ids.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import { calendarMonths } from './calendar-months.ts'
import { planRange, seenAsText, seenFromText } from './day-range.ts'
import { currentDays, type DayRecord, dayInWords, saysTheSame, type ToldDay, whyNotTell } from './use-day.ts'

const day = (text: string) => text as LocalDate
const NONE: ToldDay = { state: 'none', entries: [] }
const UNKNOWN: ToldDay = { state: 'unknown', entries: [] }
const today = day('2026-03-10')
const record = (date: string, told: ToldDay, revision = 1): DayRecord => ({
  ...told,
  day: day(date),
  personId: 'p' as PersonId,
  revision,
  gramsPerDrink: 14,
  saidBy: 'person',
  toldBy: 'a',
  toldAt: '2026-03-01T00:00:00.000Z' as Instant,
  timeZone: 'UTC',
})
const range = { from: day('2026-03-01'), to: day('2026-03-04') }

describe('a range of days', () => {
  const calendar = currentDays([
    record('2026-03-02', UNKNOWN),
    record('2026-03-02', { ...NONE }, 2),
    record('2026-03-03', UNKNOWN, 3),
  ])

  it('fills open days and leaves what says the same', () => {
    const plan = planRange(currentDays([record('2026-03-02', NONE)]), range, NONE, 'ask', [], today)
    expect(plan).toEqual({
      ok: true,
      days: ['2026-03-01', '2026-03-03', '2026-03-04'].map((one) => ({ day: one, revision: 0 })),
    })
  })

  it('asks before a day that says something else is replaced, and names it', () => {
    const plan = planRange(calendar, range, NONE, 'ask', [], today)
    expect(plan).toMatchObject({ ok: false, reason: 'already-told', told: [{ day: '2026-03-03' }] })
  })

  it('keeps or replaces as chosen', () => {
    const seen = [{ day: day('2026-03-03'), revision: 3 }]
    const days = (about: 'keep' | 'replace') => {
      const plan = planRange(calendar, range, NONE, about, seen, today)
      return plan.ok && plan.days.map((one) => `${one.day}:${one.revision}`)
    }
    expect(days('keep')).toEqual(['2026-03-01:0', '2026-03-04:0'])
    expect(days('replace')).toEqual(['2026-03-01:0', '2026-03-03:3', '2026-03-04:0'])
  })

  it('asks again when a day was told after the question', () => {
    const seen = [{ day: day('2026-03-03'), revision: 2 }]
    expect(planRange(calendar, range, NONE, 'replace', seen, today)).toMatchObject({
      reason: 'told-meanwhile',
    })
    expect(planRange(calendar, range, NONE, 'replace', [], today)).toMatchObject({ reason: 'told-meanwhile' })
    expect(seenFromText(seenAsText(seen))).toEqual(seen)
  })

  it('refuses by name what lies ahead, too far back, or runs backwards', () => {
    const reason = (from: string, to: string) => {
      const plan = planRange(calendar, { from: day(from), to: day(to) }, NONE, 'ask', [], today)
      return plan.ok ? 'ok' : plan.reason
    }
    expect(reason('2026-03-05', '2026-03-11')).toBe('in-the-future')
    expect(reason('2025-03-09', '2025-03-12')).toBe('more-than-a-year-ago')
    expect(reason('2025-03-10', '2025-03-12')).toBe('ok')
    expect(reason('2026-03-05', '2026-03-04')).toBe('ends-before-it-begins')
    expect(whyNotTell(today, today)).toBeUndefined()
  })
})

describe('a told day', () => {
  it('says the same whatever the order of members the database gives back', () => {
    const a = { state: 'used', entries: [{ substance: 'alcohol', grams: 14, drinks: [] }] } as const
    const b = { state: 'used', entries: [{ drinks: [], grams: 14, substance: 'alcohol' }] } as const
    expect(saysTheSame(a, b)).toBe(true)
    expect(saysTheSame(a, { ...b, entries: [{ ...b.entries[0], grams: 15 }] })).toBe(false)
    expect(saysTheSame(NONE, UNKNOWN)).toBe(false)
  })

  it('is put in words with its unit, and an unknown amount as unknown', () => {
    expect(
      dayInWords(
        {
          state: 'used',
          entries: [
            { substance: 'alcohol', grams: 42, drinks: [] },
            { substance: 'cannabis', amount: null, unit: null },
          ],
        },
        14,
      ),
    ).toBe('3 drinks (42 g), Cannabis (amount not known)')
    expect(dayInWords(UNKNOWN, 14)).toBe('Not known')
  })
})

describe('months', () => {
  it('come newest first, in whole weeks from Monday, with nothing outside the span', () => {
    const months = calendarMonths(day('2026-01-30'), day('2026-03-10'))
    expect(months.map(({ id }) => id)).toEqual(['2026-03', '2026-02', '2026-01'])
    // 1 March 2026 is a Sunday.
    expect(months[0]!.weeks[0]).toEqual([null, null, null, null, null, null, '2026-03-01'])
    expect(months[0]!.weeks.flat().filter(Boolean)).toHaveLength(10)
    expect(months[2]!.weeks.flat().filter(Boolean)).toEqual(['2026-01-30', '2026-01-31'])
    expect(months.every(({ weeks }) => weeks.every((week) => week.length === 7))).toBe(true)
  })
})
