import { describe, expect, it } from 'vitest'
import type { Role } from '../platform/actor.ts'
import type { MembershipId } from '../platform/ids.ts'
import { addMs, type Instant, parseInstant } from '../platform/time.ts'
import { type ConcernEvent, chooseOwner, concernState, dueAt, saysTooMuch, whyNotClose } from './concern.ts'

const RAISED = parseInstant('2026-11-22T15:00:00Z')
const DUE = dueAt(RAISED)

function responded(outcome: 'safety-plan' | 'still-open', at: Instant = RAISED): ConcernEvent {
  return {
    id: `e-${at}-${outcome}` as ConcernEvent['id'],
    kind: 'responded',
    at,
    by: 'account',
    told: 'sister',
    contact: 'reached',
    outcome,
    note: 'Spoke for half an hour.',
  }
}
const closed: ConcernEvent = { id: 'c' as ConcernEvent['id'], kind: 'closed', at: DUE, by: 'account' }

describe('state of a concern', () => {
  it('a response is due one hour after the answer', () => {
    expect(DUE).toBe('2026-11-22T16:00:00.000Z')
  })
  it.each<[string, ConcernEvent[], number, string]>([
    ['nothing, before due', [], -1, 'waiting'],
    ['nothing, when due', [], 0, 'overdue'],
    ['nothing, long after', [], 9e9, 'overdue'],
    ['a response', [responded('still-open')], 9e9, 'in-hand'],
    ['closed', [responded('safety-plan'), closed], 9e9, 'closed'],
  ])('%s', (_, events, ms, state) => {
    expect(concernState({ dueAt: DUE }, events, addMs(DUE, ms))).toBe(state)
    expect(concernState({ dueAt: DUE }, [...events].reverse(), addMs(DUE, ms))).toBe(state)
  })
})

describe('closing', () => {
  const later = addMs(RAISED, 60_000)
  it.each<[string, ConcernEvent[], string | undefined]>([
    ['in silence', [], 'no-response-recorded'],
    ['with more to do', [responded('still-open')], 'outcome-still-open'],
    [
      'with more to do since',
      [responded('safety-plan'), responded('still-open', later)],
      'outcome-still-open',
    ],
    ['after it was done', [responded('still-open'), responded('safety-plan', later)], undefined],
  ])('%s', (_, events, why) => {
    expect(whyNotClose(events)).toBe(why)
    expect(whyNotClose([...events].reverse())).toBe(why)
  })
})

describe('who is named', () => {
  const member = (name: string, ...roles: Role[]) => ({ membershipId: name as MembershipId, name, roles })
  const ada = member('Ada', 'prescriber')
  const bo = member('Bo', 'prescriber', 'manager')
  const cy = member('Cy', 'manager')
  const di = member('Di', 'nurse')
  const patient = member('Aa', 'patient')
  const id = (name: string) => name as MembershipId
  it.each<[string, ReturnType<typeof member>[], MembershipId | undefined, string | undefined]>([
    ['whoever is on duty', [ada, bo, cy, di], id('Di'), 'Di'],
    ['the first prescriber when nobody is on duty', [bo, ada, cy, di], undefined, 'Ada'],
    ['the first prescriber when the one on duty has left', [bo, ada, cy], id('Di'), 'Ada'],
    ['the manager without a prescriber', [di, cy], undefined, 'Cy'],
    ['anybody before nobody', [di], undefined, 'Di'],
    ['never a patient', [patient], id('Aa'), undefined],
    ['nobody in an empty clinic', [], undefined, undefined],
  ])('%s', (_, members, onDuty, name) => {
    expect(chooseOwner(members, onDuty)?.name).toBe(name)
    expect(chooseOwner([...members].reverse(), onDuty)?.name).toBe(name)
  })
})

it.each([
  ['not-tried', 'no-present-danger', true],
  ['no-answer', 'safety-plan', true],
  ['no-answer', 'same-day-visit', true],
  ['no-answer', 'emergency-service', false],
  ['not-tried', 'still-open', false],
  ['not-tried', 'other-care', false],
  ['reached', 'no-present-danger', false],
  ['in-person', 'safety-plan', false],
] as const)('%s and %s says too much: %s', (contact, outcome, expected) => {
  expect(saysTooMuch(contact, outcome)).toBe(expected)
})
