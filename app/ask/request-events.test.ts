import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AccountId, PersonId } from '../platform/ids.ts'
import { addMs, HOUR_MS, MINUTE_MS, parseInstant } from '../platform/time.ts'
import { weekHours } from './clinic-hours.ts'
import {
  compareInbox,
  decideAccept,
  decideAssign,
  decideDecline,
  decideReply,
  isDecided,
  nextDue,
  type RequestEvent,
  type RequestStatus,
  requestStatus,
} from './request-events.ts'

const ada = 'ada' as AccountId
const ben = 'ben' as AccountId
const person = 'person' as PersonId
const monday10 = parseInstant('2026-11-23T15:00:00Z')
const later = (minutes: number) => addMs(monday10, minutes * MINUTE_MS)

const submitted: RequestEvent = { kind: 'submitted', at: monday10, urgent: false }
const urgent: RequestEvent = { ...submitted, urgent: true }
const automatic: RequestEvent = { ...submitted, suspicion: 'hidden-field' }
const urgentAutomatic: RequestEvent = { ...urgent, suspicion: 'too-fast' }
const assigned: RequestEvent = { kind: 'assigned', at: later(10), by: ada, to: ada }
const tried: RequestEvent = {
  kind: 'replied',
  at: later(20),
  by: ada,
  channel: 'phone',
  reached: false,
  words: 'no answer',
}
const spoke: RequestEvent = { ...tried, at: later(30), reached: true, words: 'spoke for ten minutes' }
const accepted: RequestEvent = { kind: 'accepted', at: later(40), by: ada, personId: person }
const declined: RequestEvent = {
  kind: 'declined',
  at: later(40),
  by: ben,
  reason: 'not-suitable',
  elsewhere: 'your doctor',
}

describe('the state of a request: truth table', () => {
  it.each<[string, RequestEvent[], RequestStatus['kind']]>([
    ['just sent', [submitted], 'new'],
    ['urgent', [urgent], 'new'],
    ['looks automatic', [automatic], 'set-aside'],
    ['looks automatic and speaks of danger: a person may be behind it', [urgentAutomatic], 'new'],
    ['looks automatic, taken up all the same', [automatic, assigned], 'in-hand'],
    ['taken up', [submitted, assigned], 'in-hand'],
    ['tried, not reached', [submitted, assigned, tried], 'in-hand'],
    ['reached', [submitted, assigned, spoke], 'answered'],
    ['reached, then tried again', [submitted, assigned, spoke, tried], 'answered'],
    ['reached, handed on', [submitted, assigned, spoke, { ...assigned, to: ben }], 'answered'],
    ['accepted unseen', [submitted, accepted], 'accepted'],
    ['accepted after all', [automatic, assigned, spoke, accepted], 'accepted'],
    ['declined', [submitted, assigned, tried, declined], 'declined'],
    ['declined unseen', [automatic, declined], 'declined'],
  ])('%s', (_situation, events, kind) => {
    expect(requestStatus(events).kind).toBe(kind)
  })

  it('carries owner, time of the last change, tries and who decided', () => {
    expect(requestStatus([submitted, assigned, tried, tried])).toMatchObject({
      owner: ada,
      since: later(20),
      triesWithoutReaching: 2,
    })
    expect(requestStatus([submitted, assigned, tried, spoke]).triesWithoutReaching).toBe(0)
    expect(requestStatus([submitted, declined])).toMatchObject({ by: ben, reason: 'not-suitable' })
  })

  it.each([
    ['nothing', []],
    ['something before the submission', [assigned, submitted]],
    ['two submissions', [submitted, submitted]],
  ])('refuses %s as broken', (_what, events) => {
    expect(() => requestStatus(events)).toThrow(/submi/)
  })
})

describe('any sequence of decisions', () => {
  type Step =
    | { readonly do: 'assign'; readonly by: AccountId; readonly to: AccountId }
    | { readonly do: 'reply'; readonly by: AccountId; readonly reached: boolean }
    | { readonly do: 'accept'; readonly by: AccountId }
    | { readonly do: 'decline'; readonly by: AccountId }
  const who = fc.constantFrom(ada, ben)
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constant('assign' as const), by: who, to: who }) },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant('reply' as const), by: who, reached: fc.boolean() }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('accept' as const), by: who }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('decline' as const), by: who }) },
  )
  const first = fc.constantFrom(submitted, urgent, automatic, urgentAutomatic)

  function decide(events: readonly RequestEvent[], next: Step, minutes: number) {
    const at = later(minutes)
    switch (next.do) {
      case 'assign':
        return decideAssign(events, { by: next.by, to: next.to, at })
      case 'reply':
        return decideReply(events, { by: next.by, at, channel: 'phone', reached: next.reached, words: 'x' })
      case 'accept':
        return decideAccept(events, { by: next.by, at, personId: person })
      case 'decline':
        return decideDecline(events, { by: next.by, at, reason: 'withdrawn', elsewhere: 'x' })
    }
  }

  it('has exactly one state after each; decided stays decided, reached stays reached, taken stays taken', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(first, fc.array(step, { maxLength: 12 }), (start, steps) => {
        let events: readonly RequestEvent[] = [start]
        let before = requestStatus(events)
        steps.forEach((next, index) => {
          const decision = decide(events, next, index + 1)
          if (isDecided(before)) {
            expect(decision).toMatchObject({
              ok: false,
              reason: 'already-decided',
              detail: { decision: before.kind, by: before.by },
            })
            return
          }
          if (!decision.ok) throw new Error('only a decided request refuses')
          events = [...events, ...decision.value]
          const after = requestStatus(events)
          seen.add(after.kind)
          expect(requestStatus([...events])).toEqual(after)
          if (before.kind === 'answered') expect(['answered', 'accepted', 'declined']).toContain(after.kind)
          if (before.kind === 'in-hand') expect(['new', 'set-aside']).not.toContain(after.kind)
          if (before.owner) expect(after.owner).toBeDefined()
          expect(after.urgent).toBe(before.urgent)
          before = after
        })
      }),
      { numRuns: 500 },
    )
    expect([...seen].sort()).toEqual(['accepted', 'answered', 'declined', 'in-hand'])
  })

  it('is not grown by giving it to the one who has it', () => {
    expect(decideAssign([submitted, assigned], { by: ben, to: ada, at: later(50) })).toEqual({
      ok: true,
      value: [],
    })
  })

  it('gives an unowned request to whoever answers it', () => {
    const decision = decideReply([submitted], {
      by: ben,
      at: later(5),
      channel: 'phone',
      reached: true,
      words: 'x',
    })
    expect(decision.ok && decision.value.map((event) => event.kind)).toEqual(['assigned', 'replied'])
  })
})

describe('when it is due', () => {
  const hours = weekHours([{ days: 'Monday to Friday', opens: '08:00', closes: '18:00' }])
  const due = (...events: RequestEvent[]) => nextDue(events, hours, 'America/New_York')

  it.each<[string, RequestEvent[], string | undefined, string | undefined]>([
    ['new: one business day', [submitted], 'answer', '2026-11-24T15:00:00.000Z'],
    ['urgent: one hour', [urgent], 'answer', '2026-11-23T16:00:00.000Z'],
    [
      'not reached: again in a business day',
      [submitted, assigned, tried],
      'next-try',
      '2026-11-24T15:20:00.000Z',
    ],
    [
      'urgent, not reached: again in an hour',
      [urgent, assigned, tried],
      'next-try',
      '2026-11-23T16:20:00.000Z',
    ],
    ['reached: a decision in five', [submitted, assigned, spoke], 'decision', '2026-11-30T15:30:00.000Z'],
    ['urgent and reached: the same', [urgent, assigned, spoke], 'decision', '2026-11-30T15:30:00.000Z'],
    ['set aside: its page promises an answer too', [automatic], 'answer', '2026-11-24T15:00:00.000Z'],
    ['decided', [submitted, accepted], undefined, undefined],
  ])('%s', (_situation, events, what, by) => {
    expect(due(...events)).toEqual(what === undefined ? undefined : { what, by })
  })

  it('of an urgent request at night is an hour later, not in the morning', () => {
    const night = parseInstant('2026-11-24T07:00:00Z')
    expect(due({ ...urgent, at: night })?.by).toBe(addMs(night, HOUR_MS))
  })

  it('orders the inbox: urgent, overdue, soonest, then the rest', () => {
    const old = parseInstant('2026-11-18T15:00:00Z')
    const older = parseInstant('2026-11-17T15:00:00Z')
    const place = (name: string, ...events: RequestEvent[]) => ({
      name,
      status: requestStatus(events),
      due: due(...events),
    })
    const inbox = [
      place('set aside', { ...automatic, at: old }),
      place('new', submitted),
      place('urgent, answered', { ...urgent, at: old }, { ...assigned, at: old }, { ...spoke, at: monday10 }),
      place('overdue', { ...submitted, at: old }),
      place('more overdue', { ...submitted, at: older }),
      place('urgent', urgent),
    ]
    expect(inbox.sort(compareInbox(monday10)).map((one) => one.name)).toEqual([
      'urgent',
      'more overdue',
      'overdue',
      'new',
      'urgent, answered',
      'set aside',
    ])
  })
})
