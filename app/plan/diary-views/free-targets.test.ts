import { expect, it } from 'vitest'
import { addMs, HOUR_MS, instantAt, localDateOf, parseLocalDate } from '../../platform/time.ts'
import { STANDARD_TYPES } from '../diary/appointment-type.ts'
import type { DiaryEntry } from '../diary/diary-entry.ts'
import type { DiaryFacts } from '../diary/diary-facts.ts'
import { freeTargets } from './free-targets.server.ts'

const timeZone = 'America/New_York'
const days = ['2026-12-01', '2026-12-02', '2026-12-03'].map(parseLocalDate)
const startsAt = instantAt(days[0]!, '10:00', timeZone)
const phone = STANDARD_TYPES.find((type) => type.code === 'phone')!
const facts = {
  clinic: { timeZone, openingHours: [{ days: 'Monday to Friday', opens: '08:00', closes: '18:00' }] },
  types: [{ ...phone, needs: { ...phone.needs, staff: [] } }],
  chairs: [],
  rooms: [],
  equipment: [],
  staff: [],
  weeks: [],
  leaves: [],
  closures: [],
} as unknown as DiaryFacts
const entry = {
  id: 'visit',
  personId: 'robin',
  typeCode: 'phone',
  startsAt,
  endsAt: addMs(startsAt, HOUR_MS),
  staff: [],
} as unknown as DiaryEntry

it('offers the free times of those days only that the protocol leaves', () => {
  const columns = days.map((day) => ({ key: day, day, ways: [{}] }))
  const daysWhere = (keeps: Parameters<typeof freeTargets>[5]) => [
    ...new Set(
      freeTargets(facts, [], entry, columns, addMs(startsAt, -HOUR_MS), keeps).map(({ column }) => column),
    ),
  ]
  expect(daysWhere(() => true)).toEqual(days)
  expect(daysWhere((start) => localDateOf(start, timeZone) === days[1])).toEqual([days[1]])
})
