import { describe, expect, it } from 'vitest'
import type { AccountId } from '../platform/ids.ts'
import { addMs, HOUR_MS, parseInstant } from '../platform/time.ts'
import { weekHours } from './clinic-hours.ts'
import { inboxCookie, keptInboxView } from './inbox-cookie.ts'
import { INBOX_VIEWS, inboxView, standsIn } from './inbox-views.ts'
import type { RequestEvent } from './request-events.ts'
import { standing } from './request-presenter.ts'

const [ada, ben] = ['ada', 'ben'] as [AccountId, AccountId]
const at = parseInstant('2026-11-23T15:00:00Z')
const submitted: RequestEvent = { kind: 'submitted', at, urgent: false }
const urgent: RequestEvent = { ...submitted, urgent: true }
const aside: RequestEvent = { ...submitted, suspicion: 'never-opened' }
const mine: RequestEvent = { kind: 'assigned', at, by: ada, to: ada }
const handed: RequestEvent = { kind: 'assigned', at, by: ada, to: ben, note: 'speaks Spanish' }
const tried: RequestEvent = {
  kind: 'replied',
  at,
  by: ada,
  channel: 'phone',
  reached: false,
  words: 'no answer',
}
const spoke: RequestEvent = { ...tried, reached: true }

const viewsOf = (events: RequestEvent[], hours = 0) => {
  const { status, due, alarm, dueWords } = standing(events, {
    at: addMs(at, hours * HOUR_MS),
    timeZone: 'America/New_York',
    hours: weekHours([]),
    names: new Map(),
  })
  const request = { status, due, alarm, late: dueWords?.late !== undefined }
  return INBOX_VIEWS.map(({ id }) => id).filter((id) => standsIn(id, request, ada))
}

describe('the views of the inbox', () => {
  it.each<[string, RequestEvent[], number, string[]]>([
    ['new', [submitted], 0, ['open', 'nobody']],
    ['new, three days later', [submitted], 72, ['open', 'nobody', 'overdue']],
    ['urgent', [urgent], 0, ['open', 'nobody', 'urgent']],
    ['urgent and late', [urgent, mine], 2, ['open', 'mine', 'urgent', 'overdue']],
    ['urgent and reached', [urgent, mine, spoke], 0, ['open', 'mine']],
    ['looks automatic', [aside], 72, ['aside']],
    ['looks automatic, taken up', [aside, mine], 0, ['open', 'mine']],
    ['tried', [submitted, mine, tried], 0, ['open', 'mine', 'waiting']],
    ['handed over', [submitted, mine, handed], 0, ['open']],
  ])('hold what is %s', (_what, events, hours, views) => {
    expect(viewsOf(events, hours)).toEqual(views)
  })

  it('begin with the one that a coordinator keeps, each their own on a shared device', () => {
    const [first, second] = [
      '0198c0de-0000-7000-8000-00000000000a',
      '0198c0de-0000-7000-8000-00000000000b',
    ] as [AccountId, AccountId]
    const sent = inboxCookie(first, 'mine', true)
    expect(sent).toMatch(/HttpOnly.*Secure$/)
    const header = `other=1; ${sent.split(';')[0]}`
    expect(keptInboxView(header, first)).toBe('mine')
    expect(keptInboxView(header, second)).toBeUndefined()
    expect(keptInboxView(header.replace('mine', '__proto__'), first)).toBeUndefined()
    expect(keptInboxView(null, first)).toBeUndefined()
  })

  it('are known by their address, and by no other', () => {
    expect(inboxView('mine')).toBe('mine')
    for (const other of ['', 'MINE', '__proto__', null, undefined]) expect(inboxView(other)).toBeUndefined()
  })
})
