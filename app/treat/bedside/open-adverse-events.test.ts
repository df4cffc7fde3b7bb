import { expect, it } from 'vitest'
import type { PersonId } from '../../platform/ids.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import type { AdverseEvent } from '../session/care.ts'
import { followUpState, openAdverseEvents } from './open-adverse-events.ts'

const open = (eventId: string, followUpBy: string | null, grade: AdverseEvent['grade'] = 1) => ({
  event: { eventId, followUpBy: followUpBy as Instant | null, grade } as AdverseEvent,
  sessionId: 's',
  personId: 'p' as PersonId,
})

it('lists what waits by its day, the graver first, and nothing that is done', () => {
  const listed = openAdverseEvents([
    open('later', '2026-11-26T22:00:00.000Z', 4),
    open('done', null, 5),
    open('mild', '2026-11-24T22:00:00.000Z', 1),
    open('severe', '2026-11-24T22:00:00.000Z', 3),
  ])
  expect(listed.map(({ event }) => event.eventId)).toEqual(['severe', 'mild', 'later'])
})

it.each([
  ['2026-11-23', 'overdue'],
  ['2026-11-24', 'today'],
  ['2026-11-25', 'ahead'],
])('a look by %s is %s on the 24th', (day, state) => {
  expect(followUpState(day as LocalDate, '2026-11-24' as LocalDate)).toBe(state)
})
