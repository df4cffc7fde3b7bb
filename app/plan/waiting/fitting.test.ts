import { expect, it } from 'vitest'
import {
  addMs,
  HOUR_MS,
  type Instant,
  instantAt,
  type LocalDate,
  parseLocalDate,
} from '../../platform/time.ts'
import { fitting, type WaitingWish } from './fitting.ts'

const ZONE = 'America/New_York'
const startsAt = instantAt(parseLocalDate('2026-12-02'), '09:00', ZONE)
const freed = { typeCode: 'phone', startsAt, endsAt: addMs(startsAt, HOUR_MS) }
const wish = (change: Partial<WaitingWish> = {}): WaitingWish => ({
  id: 'a' as WaitingWish['id'],
  personId: 'p' as WaitingWish['personId'],
  typeCode: 'phone',
  appointmentId: undefined,
  earliest: '2026-12-02' as LocalDate,
  latest: '2026-12-02' as LocalDate,
  weekdays: [],
  fromTime: '09:00',
  untilTime: '10:00',
  enteredAt: '2026-11-01T00:00:00.000Z' as Instant,
  ...change,
})
const fits = (change: Partial<WaitingWish>) => fitting([wish(change)], freed, ZONE, () => true).length === 1

it.each([
  [{}, true],
  [{ typeCode: 'therapy' }, false],
  [{ latest: '2026-12-01' as LocalDate, earliest: '2026-11-01' as LocalDate }, false],
  [{ earliest: '2026-12-03' as LocalDate, latest: '2026-12-09' as LocalDate }, false],
  [{ weekdays: [3] }, true],
  [{ weekdays: [1, 2] }, false],
  [{ fromTime: '09:01' }, false],
  [{ untilTime: '09:59' }, false],
])('%j fits: %s', (change, expected) => {
  expect(fits(change)).toBe(expected)
})

it('ranks by how long somebody waits, and leaves out whose spacing does not allow it', () => {
  const wishes = [
    wish({ id: 'new' as WaitingWish['id'], enteredAt: '2026-11-03T00:00:00.000Z' as Instant }),
    wish({ id: 'old' as WaitingWish['id'], enteredAt: '2026-11-01T00:00:00.000Z' as Instant }),
    wish({ id: 'spacing' as WaitingWish['id'], enteredAt: '2026-10-01T00:00:00.000Z' as Instant }),
  ]
  expect(fitting(wishes, freed, ZONE, ({ id }) => id !== 'spacing').map(({ id }) => id)).toEqual([
    'old',
    'new',
  ])
})
