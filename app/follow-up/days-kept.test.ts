import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, type LocalDate, parseLocalDate } from '../platform/time.ts'
import type { Used } from './check-in.ts'
import { dayStates, daysKept } from './days-kept.ts'

const START = parseLocalDate('2026-03-02')
/** Entries by day after START: "0 no | 3 yes". */
const entries = (text: string) =>
  text
    .split('|')
    .map((part) => part.trim().split(' '))
    .map(([day, used]) => ({ forDate: addDays(START, Number(day)), used: used as Used }))
const picture = (text: string, days: number) =>
  dayStates(entries(text), START, addDays(START, days - 1))
    .map(({ state }) => ({ kept: 'K', used: 'U', unknown: '.' })[state])
    .join('')

describe('what is known of each day', () => {
  it.each([
    ['a no keeps its own day', '0 no', 'K....'],
    ['a no speaks for the days since the entry before', '0 no | 3 no', 'KKKK.'],
    ['a yes marks its day; the days before it stay unknown', '0 no | 3 yes', 'K..U.'],
    ['a yes resets nothing', '0 no | 1 no | 2 yes | 3 no', 'KKUK.'],
    ['a no after a yes does not reach over it', '0 yes | 2 no', 'UKK..'],
    ['rather not say is unknown, and a later no speaks from there', '0 no | 2 unknown | 4 no', 'K..KK'],
    ['the first entry speaks for its own day only', '4 no', '....K'],
  ])('%s', (_, text, expected) => {
    expect(picture(text, 5)).toBe(expected)
  })

  it('does not let a no speak for more than 14 days', () => {
    expect(picture('0 no | 20 no', 21)).toBe('K......KKKKKKKKKKKKKK')
  })
})

describe('days kept', () => {
  it('counts with the denominator and leaves unknown days unknown', () => {
    const today = addDays(START, 9)
    expect(daysKept(entries('0 no | 1 no | 4 yes | 5 no | 9 unknown'), today)).toEqual({
      kept: 3,
      used: 1,
      unknown: 6,
      of: 10,
      lastUsed: addDays(START, 4),
    })
  })

  it('does not call today unknown before it is over', () => {
    expect(daysKept(entries('0 no | 1 no'), addDays(START, 2))).toMatchObject({ kept: 2, unknown: 0, of: 2 })
  })

  it('says nothing of nothing', () => {
    expect(daysKept([], START)).toEqual({ kept: 0, used: 0, unknown: 0, of: 0, lastUsed: undefined })
  })
})

const history = fc
  .array(fc.constantFrom<Used | undefined>('yes', 'no', 'unknown', undefined), {
    minLength: 1,
    maxLength: 120,
  })
  .map((days) =>
    days.flatMap((used, day) => (used ? [{ forDate: addDays(START, day) as LocalDate, used }] : [])),
  )

describe('for every history', () => {
  it('kept, used and unknown add up to the days looked at', () => {
    fc.assert(
      fc.property(history, fc.nat(130), (checkIns, day) => {
        const { kept, used, unknown, of } = daysKept(checkIns, addDays(START, day), 90)
        expect(kept + used + unknown).toBe(of)
        expect(of).toBeLessThanOrEqual(90)
      }),
    )
  })

  it('a yes takes away no day that was kept before it', () => {
    fc.assert(
      fc.property(history, (checkIns) => {
        const last = addDays(START, 125)
        const before = dayStates(checkIns, START, last)
        const after = dayStates([...checkIns, { forDate: last, used: 'yes' as const }], START, last)
        before.forEach(({ state }, at) => {
          if (state === 'kept') expect(after[at]!.state).toBe('kept')
        })
      }),
    )
  })
})
