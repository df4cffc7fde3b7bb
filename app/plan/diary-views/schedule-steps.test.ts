import { describe, expect, it } from 'vitest'
import type { LocalDate } from '../../platform/time.ts'
import { type GridItem, type Step, stepFrom } from './grid-steps.ts'
import {
  daysShown,
  newAppointmentHref,
  pageOn,
  readScheduleAddress,
  scheduleHref,
} from './schedule-address.ts'
import { changesTold, changeWords } from './schedule-changes.ts'

const item = (lane: number, row: number, rows = 1): GridItem => ({ lane, row, rows })

describe('arrows in the grid', () => {
  // A visit of six lines in the first lane, free lines in the second, one line far down in the fourth.
  const visit = item(0, 4, 6)
  const items = [item(0, 0), visit, item(0, 12), item(1, 3), item(1, 5), item(1, 9), item(3, 15)]
  it.each<[string, GridItem, Step, GridItem | undefined]>([
    ['down to the visit', item(0, 0), 'down', visit],
    ['down past the visit', visit, 'down', item(0, 12)],
    ['not below the last', item(0, 12), 'down', undefined],
    ['up', item(0, 12), 'up', visit],
    ['right, at the same height', item(0, 5), 'right', item(1, 5)],
    ['left, to the visit that covers the height', item(1, 9), 'left', visit],
    ['right over an empty lane', item(1, 3), 'right', item(3, 15)],
    ['left over an empty lane, as near as there is', item(3, 15), 'left', item(1, 9)],
    ['not left of the first', item(0, 0), 'left', undefined],
    ['first of the lane', item(0, 12), 'first', item(0, 0)],
    ['last of the lane', item(0, 0), 'last', item(0, 12)],
  ])('%s', (_, from, step, expected) => {
    expect(stepFrom(items, from, step)).toEqual(expected)
  })
})

describe('a new appointment from a free cell', () => {
  const day = '2026-11-24' as LocalDate
  it.each([
    ['staff 0199', 'start=2026-11-24T10%3A15&member=0199'],
    ['room 0199', 'start=2026-11-24T10%3A15&room=0199'],
    ['chair 0199', 'start=2026-11-24T10%3A15'],
    ['without', 'start=2026-11-24T10%3A15'],
    ['day 2026-11-24', 'start=2026-11-24T10%3A15'],
  ])('of %s', (key, search) => {
    expect(newAppointmentHref({ day, key }, '10:15')).toBe(`/work/appointments/new?${search}`)
  })
})

describe('the address of a view', () => {
  const today = '2026-11-24' as LocalDate
  const read = (text: string) => readScheduleAddress(new URLSearchParams(text), today)
  it.each([
    ['', { view: 'day', day: today }],
    ['view=week&day=2026-12-02', { view: 'week', day: '2026-12-02' }],
    ['view=rooms', { view: 'rooms', day: today }],
    ['view=nothing&day=2026-02-30', { view: 'day', day: today }],
    ['day=', { view: 'day', day: today }],
  ])('%j', (text, expected) => {
    expect(read(text)).toMatchObject(expected)
  })
  it('a week begins on Monday, a Sunday belongs to the week before', () => {
    expect(daysShown({ view: 'week', day: '2026-11-29' as LocalDate })[0]).toBe('2026-11-23')
    expect(daysShown({ view: 'week', day: '2026-11-23' as LocalDate }).at(-1)).toBe('2026-11-29')
  })
  it('goes on by days or weeks, with the visit in hand', () => {
    expect(scheduleHref(pageOn({ view: 'week', day: today, moving: 'x' }, 1))).toBe(
      '/work/schedule?view=week&day=2026-12-01&moving=x',
    )
    expect(pageOn({ view: 'rooms', day: '2026-03-08' as LocalDate }, -1).day).toBe('2026-03-07')
  })
})

describe('what others changed', () => {
  const visit = (id: string, state: string) => ({ id, name: `P${id}`, state, where: `at ${state}` })
  it('is told visit by visit, but not one’s own', () => {
    expect(
      changeWords(
        [visit('1', 'a'), visit('2', 'a'), visit('3', 'a'), visit('4', 'a')],
        [visit('1', 'a'), visit('2', 'b'), visit('4', 'b'), visit('5', 'a')],
        '4',
      ),
    ).toEqual(['P2 is now at b (was at a).', 'New here: P5, at a.', 'No longer here: P3, at a.'])
  })
})

describe('what is told of others’ changes', () => {
  const visit = (state: string) => ({ id: '1', name: 'P1', state, where: `at ${state}` })
  const reading = (state: string, moving?: string, moved?: string, key = 'day 1') => ({
    key,
    shown: [visit(state)],
    data: { moving: moving ? { id: moving } : undefined, moved },
  })
  const told = ['P9 is now there.']
  it.each([
    ['stays while nothing happens', reading('a'), reading('a'), told],
    ['is replaced by what is newer', reading('a'), reading('b'), ['P1 is now at b (was at a).']],
    ['is cleared when a visit is picked up', reading('a'), reading('a', '1'), []],
    ['is cleared after an own move', reading('a', '1'), reading('b', undefined, '1'), []],
    ['is cleared after a second own move', reading('a', undefined, '2'), reading('b', undefined, '1'), []],
    ['is cleared in another view', reading('a'), reading('b', undefined, undefined, 'day 2'), []],
  ])('%s', (_case, was, is, expected) => {
    expect(changesTold(told, was, is)).toEqual(expected)
  })
})
