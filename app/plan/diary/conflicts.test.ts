import { describe, expect, it } from 'vitest'
import type { MembershipId } from '../../platform/ids.ts'
import { instantAt, parseLocalDate } from '../../platform/time.ts'
import { type AppointmentType, STANDARD_TYPES, typesOf } from './appointment-type.ts'
import { type AtWork, atWork } from './calendar.ts'
import { conflictsOf } from './conflicts.ts'
import type { DiaryEntry, Leave, WorkingWeek } from './diary-entry.ts'
import type { DiaryFacts } from './diary-facts.ts'

const timeZone = 'America/New_York'
const wall = (day: string, time: string) => instantAt(parseLocalDate(day), time, timeZone)
const nadia = 'nadia' as MembershipId
const ada = 'ada' as MembershipId
const week = (membershipId: MembershipId, validFrom: string, from: string, until: string): WorkingWeek => ({
  membershipId,
  validFrom: parseLocalDate(validFrom),
  hours: [{ weekday: 2, from, until }],
})
const leave = (membershipId: MembershipId, from: string, until: string): Leave => ({
  id: 'leave' as Leave['id'],
  membershipId,
  from: wall('2026-12-01', from),
  until: wall('2026-12-01', until),
  kind: 'away',
})
const facts = (part: Partial<DiaryFacts> = {}) =>
  ({
    clinic: { timeZone, openingHours: [{ days: 'Tuesday', opens: '08:00', closes: '18:00' }] },
    types: STANDARD_TYPES,
    chairs: [{ id: 'chair', retired: false }],
    rooms: [],
    equipment: [],
    staff: [],
    weeks: [week(ada, '2026-01-01', '07:00', '19:00')],
    leaves: [],
    closures: [],
    ...part,
  }) as unknown as DiaryFacts
const visit = {
  typeCode: 'dosing',
  startsAt: wall('2026-12-01', '09:00'),
  endsAt: wall('2026-12-01', '12:00'),
  place: { kind: 'chair', id: 'chair' },
  staff: [{ part: 'nurse', membershipId: nadia, name: 'Nadia' }],
  onSite: { membershipId: ada, name: 'Ada' },
} as unknown as DiaryEntry

describe('whether somebody is at work, 09:00 to 12:00 on a Tuesday', () => {
  it.each<[string, WorkingWeek[], Leave[], AtWork]>([
    ['nothing is written down', [], [], 'not-written'],
    ['to the minute', [week(nadia, '2026-12-01', '09:00', '12:00')], [], 'yes'],
    ['a minute too late', [week(nadia, '2026-12-01', '09:01', '12:00')], [], 'not-working'],
    ['a minute too short', [week(nadia, '2026-12-01', '09:00', '11:59')], [], 'not-working'],
    ['a week that has not begun', [week(nadia, '2026-12-02', '09:00', '12:00')], [], 'not-written'],
    [
      'the later of two weeks',
      [week(nadia, '2026-11-01', '09:00', '12:00'), week(nadia, '2026-12-01', '13:00', '17:00')],
      [],
      'not-working',
    ],
    [
      'of two for one day, the one entered last',
      [week(nadia, '2026-12-01', '13:00', '17:00'), week(nadia, '2026-12-01', '09:00', '12:00')],
      [],
      'yes',
    ],
    ['leave that ends as it begins', [], [leave(nadia, '08:00', '09:00')], 'not-written'],
    ['leave for its last minute', [], [leave(nadia, '11:59', '17:00')], 'leave'],
    ['leave of somebody else', [], [leave(ada, '08:00', '17:00')], 'not-written'],
    ['another weekday', [{ ...week(nadia, '2026-11-01', '09:00', '12:00'), hours: [] }], [], 'not-working'],
  ])('%s', (_case, weeks, leaves, answer) => {
    expect(atWork({ weeks, leaves }, nadia, visit.startsAt, visit.endsAt, timeZone)).toBe(answer)
  })
})

describe('a booked visit that no longer fits', () => {
  const reasons = (part: Partial<DiaryFacts>, entry: Partial<DiaryEntry> = {}) =>
    conflictsOf(facts(part), [{ ...visit, ...entry }]).map((c) => c.reason)

  it.each<[string, Partial<DiaryFacts>, Partial<DiaryEntry>, string[]]>([
    ['as it was booked', {}, {}, []],
    ['the nurse is away', { leaves: [leave(nadia, '08:00', '17:00')] }, {}, ['leave']],
    ['the prescriber is away', { leaves: [leave(ada, '11:00', '17:00')] }, {}, ['prescriber-away']],
    [
      'the day is closed',
      {
        closures: [{ id: 'c' as never, day: parseLocalDate('2026-12-01'), title: 'Closed', hours: 'closed' }],
      },
      {},
      ['closed'],
    ],
    ['nobody knows who is in the house', {}, { onSite: undefined }, ['no-prescriber-known']],
    ['a call needs nobody in the house', {}, { onSite: undefined, typeCode: 'phone' }, []],
    ['the chair is out of use', { chairs: [{ id: 'chair', retired: true }] as never }, {}, ['place-retired']],
    ['cancelled', { leaves: [leave(nadia, '08:00', '17:00')] }, { cancelledAt: visit.startsAt }, []],
  ])('%s', (_case, part, entry, expected) => {
    expect(reasons(part, entry)).toEqual(expected)
  })
})

it('kinds of a clinic win over the standard ones, and its own come after', () => {
  const own: AppointmentType = { ...STANDARD_TYPES[2]!, code: 'group', name: 'Group', revision: 1 }
  const set: AppointmentType = { ...STANDARD_TYPES[2]!, lengthMin: 45, revision: 3 }
  const all = typesOf([own, set])
  expect(all.map((t) => t.code)).toEqual([...STANDARD_TYPES.map((t) => t.code), 'group'])
  expect(all.find((t) => t.code === 'therapy')).toEqual(set)
})
