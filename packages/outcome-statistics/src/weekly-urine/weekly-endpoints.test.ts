import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstWindow, longestRun } from './week-runs.ts'
import { weeklyEndpoint, weeklyEndpoints } from './weekly-endpoints.ts'
import { parseWeeklyPattern, readWeeks, seen } from './weekly-pattern.ts'

type Name = keyof typeof weeklyEndpoints

function said(name: Name, text: string): unknown {
  const weeks = parseWeeklyPattern(text)
  if (!weeks.ok) return weeks.reason
  const found = weeklyEndpoint(weeklyEndpoints[name], weeks.pattern)
  if (!found.ok) return found.reason
  if (found.answer === 'time') return `${found.event ? 'event' : 'none'} ${found.week}`
  return found.answer === 'weeks' ? found.weeks : found.yes
}

describe('weekly patterns', () => {
  it('are read letter by letter, and a stranger is named with its place', () => {
    expect(parseWeeklyPattern('-+o*')).toEqual({ ok: true, pattern: Uint8Array.of(1, 2, 0, 3) })
    expect(parseWeeklyPattern('-+0')).toEqual({ ok: false, reason: 'unknown-letter', row: 2 })
    expect(parseWeeklyPattern('')).toEqual({ ok: false, reason: 'no-weeks' })
  })

  it('can close the gap of weeks without a sample', () => {
    const weeks = parseWeeklyPattern('-oo-*')
    if (!weeks.ok) throw new Error(weeks.reason)
    expect(readWeeks(weeks.pattern, { missing: 'left-out', mixed: 'use' })).toEqual(
      Uint8Array.of(seen.negative, seen.negative, seen.use),
    )
  })
})

describe('published endpoints, worked by hand', () => {
  it.each<[Name, string, unknown]>([
    ['relapseFourWeeksCtn94', '--+++-+o*+--', 'event 7'],
    ['relapseFourWeeksCtn94', '--+++-+o*---', 'none 9'],
    ['relapseFourWeeksCtn94', '---', 'pattern-too-short'],
    ['dropOutFourWeeksCtn94', '-+oooo', 'event 3'],
    ['dropOutFourWeeksCtn94', '-+ooo-', 'none 3'],
    ['relapseThreeWeeksSchottenfeld2008', '-+o*-', 'event 2'],
    ['relapseTwoOfFourWeeksLee2016', '-+--+---', 'event 4'],
    ['relapseTwoOfFourWeeksLee2016', '+---+---', 'none 7'],
    ['relapseTwoOfFourWeeksLee2016', '-+--o---', 'event 4'],
    ['relapseFromWeekThreeLee2018', '++++----', 'none 5'],
    ['relapseFromWeekThreeLee2018', '++++++--', 'event 3'],
    ['firstUseMokri2016', '--o-+', 'event 3'],
    ['firstUseMokri2016', '-----', 'none 5'],
    ['firstUseShufman1994', '--o-*', 'event 5'],
    ['relapseThreeWeeksKrupitsky2004', '-+o*-', true],
    ['relapseThreeWeeksKrupitsky2004', '-+o-*', false],
    ['relapseTwoWeeksJohnson1992', '+++-++', true],
    ['relapseTwoWeeksJohnson1992', '++++-+', false],
    ['abstinentThreeWeeksKosten1993', '--o-', false],
    ['abstinentThreeWeeksKosten1993', '+---', true],
    ['negativeWeeksFiellin2006', '-o*-+-', 3],
    ['longestAbstinenceSchottenfeld2005', '-oo--+-', 3],
    ['longestAbstinenceSchottenfeld2008', '-oo--+-', 2],
    ['abstinentWeeksFiveOnKrupitsky2011', '++++-----------', true],
    ['abstinentWeeksFiveOnKrupitsky2011', '++++------o----', false],
    ['abstinentWeeksFiveOnKrupitsky2011', '++++------', 'pattern-too-short'],
    ['abstinentAtEndCtn94', '+++++++++++-o--', true],
    ['abstinentAtEndCtn94', '------------oo-', false],
    ['abstinentAtEndCtn94', '-------------*-', false],
    ['abstinentAtEndCtn94', '--------------', 'pattern-too-short'],
  ])('%s of %s', (name, text, expected) => {
    expect(said(name, text)).toBe(expected)
  })

  it('are complete enough to be printed', () => {
    for (const endpoint of Object.values(weeklyEndpoints)) {
      expect(endpoint.definition).toMatch(/\.$/)
      expect(endpoint.source).toMatch(/\d{4}/)
    }
    expect(new Set(Object.values(weeklyEndpoints).map(({ name }) => name)).size).toBe(15)
  })
})

describe('what must hold for every pattern', () => {
  const text = fc.string({ unit: fc.constantFrom('+', '-', '*', 'o'), minLength: 15, maxLength: 40 })

  it('a stricter definition never finds relapse earlier', () => {
    fc.assert(
      fc.property(text, (pattern) => {
        const weeks = parseWeeklyPattern(pattern)
        if (!weeks.ok) throw new Error(weeks.reason)
        const week = (name: Name) => {
          const found = weeklyEndpoint(weeklyEndpoints[name], weeks.pattern)
          return found.ok && found.answer === 'time' && found.event ? found.week : Number.POSITIVE_INFINITY
        }
        expect(week('firstUseMokri2016')).toBeLessThanOrEqual(week('relapseThreeWeeksSchottenfeld2008'))
        expect(week('relapseThreeWeeksSchottenfeld2008')).toBeLessThanOrEqual(week('relapseFourWeeksCtn94'))
        expect(week('relapseFourWeeksCtn94')).toBeLessThanOrEqual(week('relapseFromWeekThreeLee2018'))
        expect(week('firstUseMokri2016')).toBeLessThanOrEqual(week('firstUseShufman1994'))
      }),
    )
  })

  it('finds windows and runs as looking week by week does', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ max: 2, maxLength: 30 }),
        fc.integer({ min: 1, max: 5 }),
        (weeks, width) => {
          const naive = Array.from(weeks, (_, i) => i).findIndex(
            (i) => i + width <= weeks.length && weeks.subarray(i, i + width).every((value) => value === 2),
          )
          expect(firstWindow(weeks, 2, width, width)).toBe(naive)
          expect(longestRun(weeks, 2) >= width).toBe(naive >= 0)
        },
      ),
    )
  })
})
