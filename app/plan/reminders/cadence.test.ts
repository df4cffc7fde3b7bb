import { describe, expect, it } from 'vitest'
import { type Instant, instantAt, parseInstant, parseLocalDate } from '../../platform/time.ts'
import { dueAt, type ReminderFacts, reminderStates } from './cadence.ts'
import { reminderMessage } from './reminder-message.ts'

const ZONE = 'America/New_York'
const at = (date: string, time: string): Instant => instantAt(parseLocalDate(date), time, ZONE)
const facts: ReminderFacts = {
  startsAt: at('2026-12-10', '09:00'),
  timeKnownAt: at('2026-11-01', '09:00'),
  cancelled: false,
  answered: false,
  choice: 'on',
  hasAddress: true,
  hasAdapter: true,
  handedOver: new Map(),
  handedOverInAll: 0,
}
const states = (change: Partial<ReminderFacts>, now: Instant) =>
  reminderStates({ ...facts, ...change }, ZONE, now).map(({ state }) =>
    state.kind === 'stopped' ? state.why : state.kind,
  )

describe('when reminders are due', () => {
  it('at ten on the clock of the clinic, also over both changes of clocks', () => {
    expect(dueAt(at('2026-11-05', '09:00'), 'week', ZONE)).toBe('2026-10-29T14:00:00.000Z')
    expect(dueAt(at('2026-11-05', '09:00'), 'two-days', ZONE)).toBe('2026-11-03T15:00:00.000Z')
    expect(dueAt(at('2027-03-15', '09:00'), 'two-days', ZONE)).toBe('2027-03-13T15:00:00.000Z')
    expect(dueAt(at('2027-03-15', '09:00'), 'day-before', ZONE)).toBe('2027-03-14T14:00:00.000Z')
  })

  it.each([
    ['2026-12-03', '09:59', ['planned', 'planned', 'planned']],
    ['2026-12-03', '10:00', ['due', 'planned', 'planned']],
    ['2026-12-08', '10:00', ['missed', 'due', 'planned']],
    ['2026-12-09', '10:00', ['missed', 'missed', 'due']],
    ['2026-12-10', '08:59', ['missed', 'missed', 'due']],
    ['2026-12-10', '09:00', ['missed', 'missed', 'missed']],
  ])('%s %s: %j, never two at once', (date, time, expected) => {
    expect(states({}, at(date, time))).toEqual(expected)
  })

  it('tells nothing about a time that was not known then, but gives the link of the last one at once', () => {
    expect(states({ timeKnownAt: at('2026-12-09', '12:00') }, at('2026-12-09', '12:00'))).toEqual([
      'booked-later',
      'booked-later',
      'due',
    ])
  })

  it.each([
    [{ cancelled: true }, 'cancelled'],
    [{ hasAdapter: false }, 'no-adapter'],
    [{ choice: undefined }, 'not-asked-for'],
    [{ choice: 'off' as const }, 'opted-out'],
    [{ hasAddress: false }, 'no-address'],
    [{ answered: true }, 'answered'],
    [{ handedOverInAll: 6 }, 'enough'],
  ])('stops with %j: %s', (change, why) => {
    expect(states(change, at('2026-12-09', '11:00'))[2]).toBe(why)
  })

  it('says what became of one that was handed over, whatever changed since', () => {
    const handed = {
      at: at('2026-12-03', '10:00'),
      sentAt: undefined,
      problem: undefined,
      givenUp: false,
      inDoubt: false,
    }
    const shown = (change: object) =>
      states(
        { choice: 'off', handedOver: new Map([['week', { ...handed, ...change }]]) },
        at('2026-12-04', '10:00'),
      )
    expect(shown({})[0]).toBe('waiting')
    expect(shown({ sentAt: at('2026-12-03', '10:01') })[0]).toBe('sent')
    expect(shown({ givenUp: true })[0]).toBe('failed')
    expect(shown({ givenUp: true, inDoubt: true })[0]).toBe('in-doubt')
  })
})

describe('what a reminder says', () => {
  const message = (clinicName: string) =>
    reminderMessage({
      clinic: {
        name: clinicName,
        phoneDisplay: '703-555-0100',
        addressLines: ['1 Main Street'],
        city: 'Fairfax',
        timeZone: ZONE,
      },
      visit: { startsAt: parseInstant('2026-12-10T14:00:00.000Z'), neutralName: 'Visit' },
      link: 'https://clinic.example.org/day-before/x',
    })
  it('is neutral, also where the clinic’s name is not', () => {
    const { subject, body } = message('Harbor Ketamine and Recovery')
    expect(subject).toBe('Visit on Thu 10 Dec 2026, 09:00')
    expect(`${subject} ${body}`).not.toMatch(/ketamin|recover|addict|alcohol|drug|clinic\b(?!\.example)/i)
    expect(body).toContain('https://clinic.example.org/day-before/x')
    expect(message('Harbor House').body).toContain('Harbor House, 703-555-0100')
  })
})
