import { expect, it } from 'vitest'
import type { Instant } from '../../platform/time.ts'
import { nextVisitAfter, takeHome } from './take-home.ts'

const facts = { clinicName: 'Harbor', phone: '703-555-0100', leftAt: 'today', nextVisit: undefined }
const words = (more: Partial<Parameters<typeof takeHome>[0]> = {}) =>
  takeHome({ ...facts, ...more })
    .flatMap(({ title, points }) => [title, ...points])
    .join('\n')

it.each([['988'], ['911'], ['drive'], ['sign'], ['alcohol for 24 hours'], ['naloxone'], ['703-555-0100']])(
  'says %s',
  (each) => {
    expect(words()).toContain(each)
  },
)
it('names no drug and no treatment', () => {
  expect(words()).not.toMatch(/ketamine|esketamine|spravato|addict|infusion|dose/i)
})
it('says the next visit only when there is one', () => {
  expect(words()).not.toContain('Next visit')
  expect(words({ nextVisit: 'Monday at 10:00' })).toContain('Monday at 10:00')
})

it.each<[string, string, string | undefined]>([
  ['on the day', '2026-11-24T20:00:00Z', 'second'],
  ['until it begins', '2026-12-01T14:59:00Z', 'second'],
  ['and no later one of another session', '2026-12-01T15:01:00Z', undefined],
])('the visit after a session is the next one of that session, %s', (_, now, expected) => {
  const visit = (id: string, day: string, cancelledAt?: string) =>
    ({ id, startsAt: `${day}T15:00:00Z`, cancelledAt }) as {
      id: string
      startsAt: Instant
      cancelledAt?: Instant
    }
  const visits = [
    visit('third', '2026-12-08'),
    visit('second', '2026-12-01'),
    visit('first', '2026-11-24'),
    visit('moved', '2026-11-27', '2026-11-25T10:00:00Z'),
  ]
  const session = {
    appointmentId: 'first',
    openedAt: '2026-11-24T14:50:00Z' as Instant,
    leftAt: '2026-11-24T17:40:00Z' as Instant,
  }
  expect(nextVisitAfter(visits, session, now as Instant)?.id).toBe(expected)
  // Opened before its time, and not left yet: its own visit is not the next one.
  expect(nextVisitAfter(visits, { ...session, leftAt: undefined }, now as Instant)?.id).toBe(expected)
})
