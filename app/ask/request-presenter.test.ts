import { describe, expect, it } from 'vitest'
import type { AccountId, Id, PersonId } from '../platform/ids.ts'
import { parseInstant } from '../platform/time.ts'
import { weekHours } from './clinic-hours.ts'
import { linesFor } from './help-lines.ts'
import { publicState } from './public-state.ts'
import { receipt } from './receipt.ts'
import { type RequestEvent, requestStatus, type StoredRequestEvent } from './request-events.ts'
import { type Beholding, eventTimeline, standing } from './request-presenter.ts'
import { answersInWords } from './request-words.ts'

const ada = 'ada' as AccountId
const sentAt = parseInstant('2026-11-23T15:00:00Z')
const submitted: RequestEvent = { kind: 'submitted', at: sentAt, urgent: false }
const urgent: RequestEvent = { ...submitted, urgent: true }
const assigned: RequestEvent = { kind: 'assigned', at: sentAt, by: ada, to: ada }
const tried: RequestEvent = {
  kind: 'replied',
  at: sentAt,
  by: ada,
  channel: 'phone',
  reached: false,
  words: 'their own secret words',
}
const declined: RequestEvent = {
  kind: 'declined',
  at: sentAt,
  by: ada,
  reason: 'not-suitable',
  elsewhere: 'Your own doctor',
}

const beholding = (at: string): Beholding => ({
  at: parseInstant(at),
  timeZone: 'America/New_York',
  hours: weekHours([]),
  names: new Map([['ada', 'Ada Moss']]),
})

describe('what the sender is told', () => {
  it('is the same for what was set aside', () => {
    expect(publicState(requestStatus([{ ...submitted, suspicion: 'too-fast' }]))).toEqual(
      publicState(requestStatus([submitted])),
    )
  })
  it('says reason and where else to go, and never what staff wrote', () => {
    expect(publicState(requestStatus([submitted, assigned, tried, declined]))).toMatchObject({
      decided: true,
      elsewhere: 'Your own doctor',
    })
    for (const events of [[submitted], [submitted, assigned], [submitted, assigned, tried]]) {
      expect(JSON.stringify(publicState(requestStatus(events)))).not.toMatch(/secret|ada/)
    }
  })
})

describe('a declined request', () => {
  it.each([
    ['not-suitable', /cannot offer/],
    ['not-reached', /closed/],
    ['withdrawn', /closed/],
  ] as const)('for %s says so', (reason, title) => {
    expect(publicState(requestStatus([submitted, { ...declined, reason }])).title).toMatch(title)
  })
})

describe('the receipt', () => {
  const clinic = { name: 'Harbor', phoneDisplay: '703-555-0100', timeZone: 'America/New_York' }
  it('leaves out what is not known', () => {
    const { body } = receipt(clinic, { reference: 'A-B', answerBy: undefined, stateHref: undefined })
    expect(body).not.toMatch(/undefined|http|aim to answer/)
    expect(body).toContain('703-555-0100')
  })
  it('says when, in the clinic’s time', () => {
    expect(
      receipt(clinic, { reference: 'A-B', answerBy: sentAt, stateHref: 'https://c.example/x' }).body,
    ).toContain('Mon 23 Nov 2026, 10:00')
  })
})

describe('what the inbox shows', () => {
  it.each<[string, RequestEvent[], string, boolean, string | undefined]>([
    ['urgent and unread', [urgent], 'New', true, undefined],
    ['urgent, tried', [urgent, assigned, tried], 'Tried once', true, undefined],
    [
      'urgent, reached',
      [urgent, assigned, { ...tried, reached: true }],
      'Reached, to decide',
      false,
      undefined,
    ],
    ['ordinary', [submitted], 'New', false, undefined],
  ])('%s', (_what, events, word, alarm, late) => {
    const shown = standing(events, beholding('2026-11-23T15:30:00Z'))
    expect([shown.shown.word, shown.alarm, shown.dueWords?.late]).toEqual([word, alarm, late])
  })
  it.each([
    ['2026-11-24T15:00:00Z', '0 min'],
    ['2026-11-24T16:59:00Z', '119 min'],
    ['2026-11-25T15:00:00Z', '24 h'],
    ['2026-11-27T15:00:00Z', '3 days'],
  ])('how late at %s: %s', (at, late) => {
    expect(standing([submitted], beholding(at)).dueWords?.late).toBe(late)
  })
  it('tells the story with names, also of somebody who has left', () => {
    const stored = [submitted, assigned, { ...declined, by: 'gone' as AccountId }].map((event, index) => ({
      ...event,
      id: `e${index}` as Id<'request-event'>,
    })) as StoredRequestEvent[]
    const items = eventTimeline(stored, beholding('2026-11-24T15:00:00Z'))
    expect(items.map((item) => [item.title, item.by])).toEqual([
      ['Sent', undefined],
      ['Took it up', 'Ada Moss'],
      ['Declined: Treatment here is not suitable', 'somebody no longer here'],
    ])
  })
  it('names the person once accepted', () => {
    const status = requestStatus([
      submitted,
      { kind: 'accepted', at: sentAt, by: ada, personId: 'p' as PersonId },
    ])
    expect(publicState(status).decided).toBe(true)
  })
})

describe('words', () => {
  it('say what was not said instead of leaving it blank', () => {
    const lines = answersInWords({
      forWhom: 'other',
      topics: ['unsure'],
      safety: 'not-said',
      suitability: ['unsure'],
      name: 'R',
      phone: '703-555-0100',
      suits: [],
    })
    expect(lines.every((line) => line.answer !== '')).toBe(true)
    expect(lines.find((line) => line.question === 'A message that says who we are')?.answer).toBe(
      'Not said: leave none',
    )
  })
  it('put the emergency number first only when there is danger now', () => {
    expect(linesFor('danger-now')[0]?.number).toBe('911')
    expect(linesFor('thoughts')[0]?.number).toBe('988')
    expect(linesFor('not-said')[0]?.number).toBe('988')
  })
})
