import { describe, expect, it } from 'vitest'
import type { PersonId } from '../../platform/ids.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import { drinksOfGrams, gramsOfDrinks, standardDrinkSource } from './standard-drink.ts'
import { type DayRecord, drinkSizeOf } from './use-day.ts'
import { parseDayForm, toFormValues } from './use-day-form.ts'

const told = (typed: Record<string, string>, gramsPerDrink = 14) => {
  const parsed = parseDayForm(typed, gramsPerDrink)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  return parsed.value
}
const refusedAt = (typed: Record<string, string>) => {
  const parsed = parseDayForm(typed, 14)
  return parsed.ok ? [] : Object.keys(parsed.errors)
}

describe('grams of alcohol', () => {
  it('are volume by strength by the density of ethanol', () => {
    // 355 mL of 5 % hold 17.75 mL of ethanol; at 0.789 g/mL that is 14.00 g.
    expect(gramsOfDrinks([{ kind: 'beer', count: 1, volumeMl: 355, percent: 5 }])).toBe(14)
    // A UK pint of 4 % (568 mL) is 2.3 units of 10 mL; by weight 17.93 g.
    expect(gramsOfDrinks([{ kind: 'beer', count: 1, volumeMl: 568, percent: 4 }])).toBeCloseTo(17.93, 2)
    expect(
      gramsOfDrinks([
        { kind: 'wine', count: 2, volumeMl: 150, percent: 12 },
        { kind: 'spirits', count: 1, volumeMl: 44, percent: 40 },
      ]),
    ).toBeCloseTo(2 * 14.2 + 13.89, 1)
    // A shot of the United States: 1.5 fl oz are 44.36 mL.
    expect(gramsOfDrinks([{ kind: 'spirits', count: 5, volumeMl: 44.36, percent: 40 }])).toBe(70)
  })

  it('are drinks by the clinic’s own unit', () => {
    expect([14, 8, 10, 13.45].map((unit) => drinksOfGrams(42, unit))).toEqual([3, 5.3, 4.2, 3.1])
    expect(standardDrinkSource(8)).toContain('United Kingdom')
    expect(standardDrinkSource(12)).toBe('as set by this clinic')
    expect(standardDrinkSource(12, 'our own glass')).toBe('our own glass')
  })
})

describe('what a browser sends about a day', () => {
  it('reads a number of drinks in the unit of the clinic, with point or comma', () => {
    expect(told({ state: 'used', 'standard-drinks': '2,5' }).entries).toEqual([
      { substance: 'alcohol', grams: 35, drinks: [] },
    ])
    expect(told({ state: 'used', 'standard-drinks': '2.5' }, 8).entries).toMatchObject([{ grams: 20 }])
  })

  it('reads drinks by kind and takes the usual size where none is given', () => {
    expect(told({ state: 'used', 'beer-count': '2', 'wine-count': '1', 'wine-ml': '200' }).entries).toEqual([
      {
        substance: 'alcohol',
        grams: gramsOfDrinks([
          { kind: 'beer', count: 2, volumeMl: 355, percent: 5 },
          { kind: 'wine', count: 1, volumeMl: 200, percent: 12 },
        ]),
        drinks: [
          { kind: 'beer', count: 2, volumeMl: 355, percent: 5 },
          { kind: 'wine', count: 1, volumeMl: 200, percent: 12 },
        ],
      },
    ])
  })

  it('keeps an amount that nobody knows as not known, never as 0', () => {
    expect(told({ state: 'used', 'alcohol-unsure': 'yes', 'other-1': 'cannabis' }).entries).toEqual([
      { substance: 'alcohol', grams: null, drinks: [] },
      { substance: 'cannabis', amount: null, unit: null },
    ])
  })

  it('refuses field by field what does not fit', () => {
    expect(refusedAt({})).toEqual(['state'])
    expect(refusedAt({ state: 'used' })).toEqual(['standard-drinks'])
    expect(refusedAt({ state: 'none', 'standard-drinks': '3' })).toEqual(['state'])
    expect(refusedAt({ state: 'used', 'standard-drinks': '3', 'beer-count': '1' })).toEqual([
      'standard-drinks',
    ])
    expect(refusedAt({ state: 'used', 'standard-drinks': '0' })).toEqual(['standard-drinks'])
    expect(refusedAt({ state: 'used', 'standard-drinks': '-3' })).toEqual(['standard-drinks'])
    expect(refusedAt({ state: 'used', 'standard-drinks': '400' })).toEqual(['standard-drinks'])
    expect(refusedAt({ state: 'used', 'beer-count': '2', 'beer-percent': '140' })).toEqual(['beer-percent'])
    expect(refusedAt({ state: 'used', 'spirits-count': '60', 'spirits-ml': '500' })).toEqual([
      'spirits-count',
    ])
    expect(refusedAt({ state: 'used', 'standard-drinks': '2', 'alcohol-unsure': 'yes' })).toEqual([
      'alcohol-unsure',
    ])
    expect(refusedAt({ state: 'used', 'other-1': 'cannabis', 'other-1-amount': '2' })).toEqual([
      'other-1-unit',
    ])
    expect(refusedAt({ state: 'used', 'other-1-amount': '2', 'other-1-unit': 'g' })).toContain('other-1')
    expect(refusedAt({ state: 'used', 'other-1': 'cannabis', 'other-2': 'cannabis' })).toEqual(['other-2'])
  })

  it('shows a told day so that sending it unchanged says the same', () => {
    const days: Record<string, string>[] = [
      { state: 'none' },
      { state: 'unknown' },
      {
        state: 'used',
        'standard-drinks': '2.5',
        'other-1': 'cocaine',
        'other-1-amount': '1',
        'other-1-unit': 'lines',
      },
      { state: 'used', 'beer-count': '3', 'beer-ml': '500', 'beer-percent': '4.9' },
      { state: 'used', 'alcohol-unsure': 'yes' },
    ]
    for (const typed of days) {
      const day = told(typed)
      expect(told(toFormValues(day, 14))).toEqual(day)
    }
  })

  it('gives back every number of drinks it takes, in each country’s drink', () => {
    for (const size of [14, 8, 10, 13.45]) {
      for (const drinks of ['0.3333', '1.05', '2.9999', '7.1']) {
        const day = told({ state: 'used', 'standard-drinks': drinks }, size)
        expect(told(toFormValues(day, size), size)).toEqual(day)
      }
    }
  })

  it('shows a day in the drink in which its number was told', () => {
    const record = (typed: Record<string, string>): DayRecord => ({
      ...told(typed, 14),
      personId: 'p' as PersonId,
      day: '2026-03-01' as LocalDate,
      revision: 1,
      gramsPerDrink: 14,
      saidBy: 'person',
      toldBy: 'a',
      toldAt: '2026-03-02T00:00:00.000Z' as Instant,
      timeZone: 'UTC',
    })
    expect(drinkSizeOf(record({ state: 'used', 'standard-drinks': '3' }), 10)).toBe(14)
    expect(drinkSizeOf(record({ state: 'used', 'beer-count': '3' }), 10)).toBe(10)
    expect(drinkSizeOf(record({ state: 'none' }), 10)).toBe(10)
    expect(drinkSizeOf(undefined, 10)).toBe(10)
  })
})
