import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../tests/database/test-clinic.ts'
import { addMember, newSecretToken, personById, readSecretToken } from '../identity/index.server.ts'
import type { Member, Visitor } from '../platform/actor.ts'
import { runCommand } from '../platform/command.server.ts'
import { asWrite } from '../platform/database.server.ts'
import { feedHead, feedSince } from '../platform/feed.server.ts'
import { DAY_MS, MINUTE_MS } from '../platform/time.ts'
import {
  draftByHash,
  eventsOfRequests,
  inboxEntries,
  requestByHash,
  requestById,
  requestEvents,
  requestsOfSameContact,
} from './ask-queries.server.ts'
import { beginDraft, discardDraft, draftsSince, forgetOldDrafts, saveStep } from './draft.server.ts'
import { acceptRequest, assignRequest, declineRequest, replyToRequest } from './handle-request.server.ts'
import { forgetDraftsJob } from './jobs.server.ts'
import type { RequestAnswers, RequestId } from './request.ts'
import { requestStatus } from './request-events.ts'
import { type DraftAnswers, STEPS, type StepId } from './request-form.ts'
import { countSending } from './request-limits.server.ts'
import { submitDraft, submitRequest } from './submit-request.server.ts'

let t: TestDatabase
let harbor: TestClinic
let other: TestClinic
let second: Member
let visitor: Visitor

beforeAll(async () => {
  t = await openTestDatabase()
  harbor = await makeClinic(t.services, 'harbor')
  other = await makeClinic(t.services, 'other')
  visitor = { kind: 'visitor', clinicId: harbor.id }
  const made = await must(
    runCommand(t.services, harbor.system, addMember, {
      email: 'second.coordinator@example.org',
      name: 'Second Coordinator',
      passwordHash: 'none',
      roles: ['coordinator'],
    }),
  )
  second = { ...harbor.as.coordinator, ...made, name: 'Second Coordinator' }
})
afterAll(() => t.close())
beforeEach(() => t.clock.set('2026-11-23T15:00:00Z'))

const answers: RequestAnswers = {
  forWhom: 'self',
  topics: ['alcohol'],
  words: 'I would like to talk.',
  safety: 'safe',
  suitability: ['none'],
  name: 'Robin',
  email: 'robin@example.org',
  suits: ['any'],
}

const pages: Required<DraftAnswers> = {
  who: { forWhom: 'self' },
  about: { topics: ['alcohol'] },
  safety: { safety: 'safe' },
  suitability: { suitability: ['none'] },
  reach: { name: 'Robin', email: 'robin.draft@example.org' },
  times: { suits: ['any'] },
}

const run: <Input, Value, Reason extends string>(
  actor: Parameters<typeof runCommand>[1],
  command: import('../platform/command.server.ts').Command<Input, Value, Reason>,
  input: Input,
) => ReturnType<typeof runCommand<Input, Value, Reason>> = (actor, command, input) =>
  runCommand(t.services, actor, command, input)

async function newRequest(change: Partial<RequestAnswers> = {}): Promise<RequestId> {
  const key = anId<'request'>(t.services)
  await must(run(visitor, submitRequest, { key, answers: { ...answers, ...change }, synthetic: true }))
  return key
}

async function begin(clinic = harbor): Promise<string> {
  const { hash } = newSecretToken(clinic.id)
  await must(
    run({ kind: 'visitor', clinicId: clinic.id }, beginDraft, { tokenHash: hash, openedAt: t.clock.now() }),
  )
  return hash
}

async function filled(change: DraftAnswers = {}): Promise<string> {
  const tokenHash = await begin()
  for (const { id } of STEPS) {
    await must(run(visitor, saveStep, { tokenHash, step: id, typed: change[id] ?? pages[id] }))
  }
  return tokenHash
}

const send = (tokenHash: string, hiddenField?: string) =>
  run(visitor, submitDraft, { tokenHash, hiddenField, synthetic: true, stateHref: undefined })

const draftOf = (tokenHash: string, clinic = harbor) =>
  look(t.services, clinic.system, ({ db, at }) => draftByHash(db, clinic.id, tokenHash, draftsSince(at)))
const eventsOf = (id: RequestId, clinic = harbor) =>
  look(t.services, clinic.system, ({ db }) => requestEvents(db, clinic.id, id))
const statusOf = async (id: RequestId) => requestStatus(await eventsOf(id))
const count = async (table: string) =>
  Number((await t.owner.query(`select count(*) as n from ${table}`)).rows[0].n)

describe('a draft', () => {
  it('keeps each page as it comes, right or wrong, and can be gone back to with its secret', async () => {
    const tokenHash = await begin()
    t.clock.advance(5 * MINUTE_MS)
    const wrong = { name: '', email: 'robin@' }
    await must(run(visitor, saveStep, { tokenHash, step: 'reach', typed: wrong }))
    await must(run(visitor, saveStep, { tokenHash, step: 'who', typed: { forWhom: 'other' } }))
    t.clock.advance(13 * DAY_MS)
    expect((await draftOf(tokenHash))?.answers).toEqual({ reach: wrong, who: { forWhom: 'other' } })
    await must(run(visitor, saveStep, { tokenHash, step: 'who', typed: { forWhom: 'self' } }))
    expect((await draftOf(tokenHash))?.answers.who).toEqual({ forWhom: 'self' })
  })

  it('saved from two tabs at once loses neither page', async () => {
    const tokenHash = await begin()
    await Promise.all(
      STEPS.map(({ id }) => run(visitor, saveStep, { tokenHash, step: id, typed: pages[id] })),
    )
    expect((await draftOf(tokenHash))?.answers).toEqual(pages)
  })

  it('begins once for one secret, also when begun twice at once', async () => {
    const { hash } = newSecretToken(harbor.id)
    const both = await Promise.all(
      [1, 2].map(() => must(run(visitor, beginDraft, { tokenHash: hash, openedAt: t.clock.now() }))),
    )
    expect(both[0]).toEqual(both[1])
  })

  it('is not found by another clinic, an unknown secret, or after it was left too long', async () => {
    const tokenHash = await begin()
    const foreign: Visitor = { kind: 'visitor', clinicId: other.id }
    const page = { tokenHash, step: 'who' as StepId, typed: pages.who }
    expect(await run(foreign, saveStep, page)).toEqual({ ok: false, reason: 'no-such-draft' })
    expect(await draftOf(tokenHash, other)).toBeUndefined()
    expect(await run(visitor, saveStep, { ...page, tokenHash: 'unknown' })).toEqual({
      ok: false,
      reason: 'no-such-draft',
    })
    t.clock.advance(15 * DAY_MS)
    expect(await draftOf(tokenHash)).toBeUndefined()
    expect(await run(visitor, saveStep, page)).toEqual({ ok: false, reason: 'no-such-draft' })
    expect(await send(tokenHash)).toEqual({ ok: false, reason: 'no-such-draft' })
  })

  it('is removed by the daily job of its clinic once it is too old, not before', async () => {
    const old = await begin()
    const elsewhere = await begin(other)
    t.clock.advance(10 * DAY_MS)
    const young = await begin()
    t.clock.advance(5 * DAY_MS)
    const first = await must(run(harbor.system, forgetOldDrafts, {}))
    expect(first.forgotten).toBeGreaterThanOrEqual(1)
    expect(await must(run(harbor.system, forgetOldDrafts, {}))).toEqual({ forgotten: 0 })
    const left = (await t.owner.query('select token_hash from request_draft')).rows.map((r) => r.token_hash)
    expect(left).toContain(young)
    expect(left).toContain(elsewhere)
    expect(left).not.toContain(old)
    expect(await run(harbor.as.coordinator, forgetOldDrafts, {})).toEqual({
      ok: false,
      reason: 'not-allowed',
    })
  })

  it('is gone when thrown away, twice or once', async () => {
    const tokenHash = await begin()
    expect(await must(run(visitor, discardDraft, { tokenHash }))).toEqual({ discarded: true })
    expect(await must(run(visitor, discardDraft, { tokenHash }))).toEqual({ discarded: false })
    expect(await draftOf(tokenHash)).toBeUndefined()
  })
})

describe('sending', () => {
  it('makes the request from the draft, a neutral receipt, a job for it and one event; the draft is gone', async () => {
    const tokenHash = await filled()
    t.clock.advance(3 * MINUTE_MS)
    const before = await look(t.services, harbor.system, ({ db }) => feedHead(db, harbor.id))
    const { requestId, reference } = await must(
      run(visitor, submitDraft, {
        tokenHash,
        hiddenField: '',
        synthetic: true,
        stateHref: 'https://clinic.example/request/state/secret',
      }),
    )
    expect(reference).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/)
    expect(await draftOf(tokenHash)).toBeUndefined()
    const request = await look(t.services, harbor.system, ({ db }) => requestByHash(db, harbor.id, tokenHash))
    expect(request).toMatchObject({
      id: requestId,
      reference,
      answers: { name: 'Robin', topics: ['alcohol'] },
    })
    expect(await eventsOf(requestId)).toMatchObject([{ kind: 'submitted', urgent: false }])
    const feed = await look(t.services, harbor.system, ({ db }) => feedSince(db, harbor.id, before, 10))
    expect(feed.map((e) => [e.kind, e.data])).toEqual([['request.submitted', { requestId, urgent: false }]])

    const mail = (
      await t.owner.query(`select * from mail_message where to_address = 'robin.draft@example.org'`)
    ).rows
    expect(mail).toHaveLength(1)
    expect(mail[0].subject).toBe(`harbor clinic: received, reference ${reference}`)
    expect(mail[0].body).toContain('https://clinic.example/request/state/secret')
    expect(mail[0].subject + mail[0].body).not.toMatch(
      /alcohol|drug|addict|ketamine|treat|depress|substance|consult|recover|Robin/i,
    )
    expect(t.jobs.planned.some((job) => job.data.mailId === mail[0].id)).toBe(true)
  })

  it('twice, at once or later, makes one request and answers the same', async () => {
    const tokenHash = await filled({ reach: { name: 'Twice', email: 'twice@example.org' } })
    t.clock.advance(MINUTE_MS)
    const before = await count('consultation_request')
    const both = await Promise.all([send(tokenHash), send(tokenHash), send(tokenHash)])
    const replayed = await send(tokenHash)
    const first = both[0]
    expect(first?.ok).toBe(true)
    for (const one of [...both, replayed]) expect(one).toEqual(first)
    expect(await count('consultation_request')).toBe(before + 1)
    expect(await count(`mail_message where to_address = 'twice@example.org'`)).toBe(1)
    expect(await run(visitor, beginDraft, { tokenHash, openedAt: t.clock.now() })).toEqual({
      ok: false,
      reason: 'already-sent',
    })
  })

  it('is refused while a page is missing, and says which; nothing is lost', async () => {
    const tokenHash = await begin()
    await must(run(visitor, saveStep, { tokenHash, step: 'who', typed: pages.who }))
    await must(run(visitor, saveStep, { tokenHash, step: 'safety', typed: {} }))
    expect(await send(tokenHash)).toEqual({
      ok: false,
      reason: 'incomplete',
      detail: { missing: ['about', 'safety', 'suitability', 'reach', 'times'] },
    })
    expect((await draftOf(tokenHash))?.answers.who).toEqual(pages.who)
  })

  it.each(['thoughts', 'danger-now'])('is urgent when safety says "%s"', async (safety) => {
    const tokenHash = await filled({ safety: { safety } })
    t.clock.advance(MINUTE_MS)
    const { requestId } = await must(send(tokenHash))
    expect(await statusOf(requestId)).toMatchObject({ kind: 'new', urgent: true })
  })

  it.each([
    ['too fast', 2_000, undefined, 'too-fast'],
    ['with the hidden field', 60_000, 'buy now', 'hidden-field'],
  ])(
    '%s is stored but set aside, answers the same, and sends no mail',
    async (_how, ms, hidden, suspicion) => {
      const email = `${suspicion}@example.org`
      const tokenHash = await filled({ reach: { name: 'B', email } })
      t.clock.advance(ms)
      const { requestId, reference } = await must(send(tokenHash, hidden))
      expect(reference).toMatch(/-/)
      expect(await statusOf(requestId)).toMatchObject({ kind: 'set-aside', suspicion })
      expect(await count(`mail_message where to_address = '${email}'`)).toBe(0)
      // A person looks, and it is in the inbox like any other.
      await must(run(harbor.as.coordinator, assignRequest, { requestId }))
      expect((await statusOf(requestId)).kind).toBe('in-hand')
      expect(await count(`mail_message where to_address = '${email}'`)).toBe(1)
    },
  )

  it('fast and in danger stays in the inbox', async () => {
    const tokenHash = await filled({ safety: { safety: 'danger-now' } })
    const { requestId } = await must(send(tokenHash))
    expect(await statusOf(requestId)).toMatchObject({ kind: 'new', urgent: true })
  })

  it('whole answers with one key, twice, makes one request', async () => {
    const key = anId<'request'>(t.services)
    const input = { key, answers, synthetic: true }
    const [a, b] = await Promise.all([
      must(run(visitor, submitRequest, input)),
      must(run(visitor, submitRequest, input)),
    ])
    expect(a).toEqual(b)
    expect(await eventsOf(key)).toHaveLength(1)
  })
})

describe('handling', () => {
  it('notes owner and replies once each, however often the form comes', async () => {
    const requestId = await newRequest()
    const me = harbor.as.coordinator
    expect(await must(run(me, assignRequest, { requestId }))).toMatchObject({
      kind: 'in-hand',
      owner: me.accountId,
    })
    await must(run(me, assignRequest, { requestId }))
    const note = {
      requestId,
      key: anId<'request-event'>(t.services),
      channel: 'phone' as const,
      reached: true,
      words: 'Spoke for ten minutes.',
    }
    await Promise.all([1, 2, 3].map(() => must(run(me, replyToRequest, note))))
    expect(await must(run(me, replyToRequest, note))).toMatchObject({ kind: 'answered' })
    expect((await eventsOf(requestId)).map((event) => event.kind)).toEqual([
      'submitted',
      'assigned',
      'replied',
    ])
  })

  it('is handed on to somebody who answers requests, and to nobody else', async () => {
    const requestId = await newRequest()
    const me = harbor.as.coordinator
    expect(await must(run(me, assignRequest, { requestId, to: second.accountId }))).toMatchObject({
      owner: second.accountId,
    })
    for (const to of [harbor.as.nurse.accountId, other.as.coordinator.accountId]) {
      expect(await run(me, assignRequest, { requestId, to })).toMatchObject({
        ok: false,
        reason: 'no-such-member',
      })
    }
  })

  it('sends an answer by e-mail once, with its words and a neutral subject', async () => {
    const requestId = await newRequest({ email: 'write@example.org' })
    const input = {
      requestId,
      key: anId<'request-event'>(t.services),
      channel: 'email' as const,
      reached: false,
      words: 'When may we call?',
      mail: { subject: 'A message from harbor clinic' },
    }
    await must(run(harbor.as.coordinator, replyToRequest, input))
    await must(run(harbor.as.coordinator, replyToRequest, input))
    const mail = (
      await t.owner.query(`select subject, body from mail_message where to_address = 'write@example.org'
        and subject like 'A message%'`)
    ).rows
    expect(mail).toEqual([{ subject: 'A message from harbor clinic', body: 'When may we call?' }])
    expect((await eventsOf(requestId)).at(-1)).toMatchObject({
      kind: 'replied',
      mailed: true,
      reached: false,
    })

    const { email: _none, ...withoutEmail } = answers
    const noAddress = anId<'request'>(t.services)
    await must(
      run(visitor, submitRequest, {
        key: noAddress,
        answers: { ...withoutEmail, phone: '703-555-0123' },
        synthetic: true,
      }),
    )
    expect(
      await run(harbor.as.coordinator, replyToRequest, {
        ...input,
        requestId: noAddress,
        key: anId<'request-event'>(t.services),
      }),
    ).toMatchObject({ ok: false, reason: 'no-address' })
    expect(await eventsOf(noAddress)).toHaveLength(1)
  })

  it('accepted makes the person once and tells once, however often the form comes', async () => {
    const requestId = await newRequest({ email: 'accept@example.org', safeTimes: 'after six' })
    const key = anId<'person'>(t.services)
    const before = await look(t.services, harbor.system, ({ db }) => feedHead(db, harbor.id))
    const all = await Promise.all(
      [1, 2, 3].map(() => run(harbor.as.coordinator, acceptRequest, { requestId, key })),
    )
    for (const one of all) expect(one).toEqual({ ok: true, value: { requestId, personId: key } })
    expect(await look(t.services, harbor.system, ({ db }) => personById(db, harbor.id, key))).toMatchObject({
      displayName: 'Robin',
      contact: { email: 'accept@example.org', safeTimes: 'after six' },
      synthetic: true,
    })
    const feed = await look(t.services, harbor.system, ({ db }) => feedSince(db, harbor.id, before, 20))
    expect(feed.filter((e) => e.kind === 'request.accepted').map((e) => e.data)).toEqual([
      { requestId, personId: key },
    ])
    expect(await statusOf(requestId)).toMatchObject({
      kind: 'accepted',
      personId: key,
      by: harbor.as.coordinator.accountId,
    })
  })

  it('accepted for somebody else takes over no contact of who wrote, unless told', async () => {
    const requestId = await newRequest({ forWhom: 'other', name: 'A mother', otherName: 'Kim' })
    const key = anId<'person'>(t.services)
    await must(run(harbor.as.coordinator, acceptRequest, { requestId, key }))
    expect(await look(t.services, harbor.system, ({ db }) => personById(db, harbor.id, key))).toMatchObject({
      displayName: 'Kim',
      contact: {},
    })
    const told = await newRequest({ forWhom: 'other' })
    const toldKey = anId<'person'>(t.services)
    await must(
      run(harbor.as.coordinator, acceptRequest, {
        requestId: told,
        key: toldKey,
        displayName: 'Lee',
        contact: { phone: '703-555-0199' },
      }),
    )
    expect(
      await look(t.services, harbor.system, ({ db }) => personById(db, harbor.id, toldKey)),
    ).toMatchObject({ displayName: 'Lee', contact: { phone: '703-555-0199' } })
  })

  it('is decided once when two coordinators decide at the same moment, and the second learns who was first', async () => {
    for (let round = 0; round < 4; round++) {
      const requestId = await newRequest()
      const key = anId<'person'>(t.services)
      const [accepted, declined] = await Promise.all([
        run(harbor.as.coordinator, acceptRequest, { requestId, key }),
        run(second, declineRequest, {
          requestId,
          key: anId<'request-event'>(t.services),
          reason: 'not-suitable',
          elsewhere: 'your own doctor',
        }),
      ])
      expect([accepted.ok, declined.ok].filter(Boolean)).toHaveLength(1)
      const [loser, winner] = accepted.ok
        ? [declined, harbor.as.coordinator.accountId]
        : [accepted, second.accountId]
      expect(loser).toMatchObject({
        ok: false,
        reason: 'already-decided',
        detail: { decision: accepted.ok ? 'accepted' : 'declined', by: winner },
      })
      const person = await look(t.services, harbor.system, ({ db }) => personById(db, harbor.id, key))
      expect(person !== undefined).toBe(accepted.ok)
      expect(
        (await eventsOf(requestId)).filter((e) => e.kind === 'accepted' || e.kind === 'declined'),
      ).toHaveLength(1)
    }
  })

  it('accepted by two with different keys makes one person', async () => {
    const requestId = await newRequest()
    const people = await count('person')
    const both = await Promise.all(
      [harbor.as.coordinator, second].map((actor) =>
        run(actor, acceptRequest, { requestId, key: anId<'person'>(t.services) }),
      ),
    )
    expect(both.filter((one) => one.ok)).toHaveLength(1)
    expect(await count('person')).toBe(people + 1)
  })

  it('declined keeps reason and where else to go, once, and refuses all that follows', async () => {
    const requestId = await newRequest()
    const input = {
      requestId,
      key: anId<'request-event'>(t.services),
      reason: 'needs-other-care' as const,
      elsewhere: 'A detox unit first.',
    }
    await must(run(second, declineRequest, input))
    expect(await must(run(second, declineRequest, input))).toMatchObject({
      kind: 'declined',
      reason: 'needs-other-care',
      elsewhere: 'A detox unit first.',
    })
    expect(await eventsOf(requestId)).toHaveLength(2)
    const refusal = { ok: false, reason: 'already-decided', detail: { by: second.accountId } }
    const key = anId<'request-event'>(t.services)
    expect(await run(harbor.as.coordinator, assignRequest, { requestId })).toMatchObject(refusal)
    expect(
      await run(harbor.as.coordinator, replyToRequest, {
        requestId,
        key,
        channel: 'phone',
        reached: true,
        words: 'x',
      }),
    ).toMatchObject(refusal)
    expect(
      await run(harbor.as.coordinator, acceptRequest, { requestId, key: anId<'person'>(t.services) }),
    ).toMatchObject(refusal)
  })

  it('of another clinic is not there', async () => {
    const requestId = await newRequest()
    const foreign = other.as.coordinator
    const missing = { ok: false, reason: 'no-such-request' }
    const key = anId<'request-event'>(t.services)
    expect(await run(foreign, assignRequest, { requestId })).toEqual(missing)
    expect(
      await run(foreign, replyToRequest, { requestId, key, channel: 'phone', reached: true, words: 'x' }),
    ).toEqual(missing)
    expect(await run(foreign, acceptRequest, { requestId, key: anId<'person'>(t.services) })).toEqual(missing)
    expect(
      await run(foreign, declineRequest, { requestId, key, reason: 'withdrawn', elsewhere: 'x' }),
    ).toEqual(missing)
    expect(
      await look(t.services, other.system, ({ db }) => requestById(db, other.id, requestId)),
    ).toBeUndefined()
    expect(await eventsOf(requestId)).toHaveLength(1)
  })

  it.each(['prescriber', 'nurse', 'therapist', 'manager'] as const)('is not for a %s', async (role) => {
    const requestId = await newRequest()
    expect(await run(harbor.as[role], assignRequest, { requestId })).toEqual({
      ok: false,
      reason: 'not-allowed',
    })
    expect(await run(harbor.as[role], acceptRequest, { requestId, key: anId<'person'>(t.services) })).toEqual(
      {
        ok: false,
        reason: 'not-allowed',
      },
    )
  })

  it('leaves events that nobody can change', async () => {
    await expect(t.owner.query('delete from request_event')).rejects.toThrow(/never changed or deleted/)
    await expect(t.owner.query(`update request_event set kind = 'accepted'`)).rejects.toThrow(/never changed/)
  })

  it('audits each write with the person, and no words', async () => {
    const requestId = await newRequest()
    const key = anId<'person'>(t.services)
    await must(run(harbor.as.coordinator, acceptRequest, { requestId, key }))
    const rows = (
      await t.owner.query(
        `select action, power, person_id, object_id, detail from audit_entry
        where (object_id = $1 or person_id = $2) and (action like 'request.%' or action = 'identity.register-person') order by seq`,
        [requestId, key],
      )
    ).rows
    expect(rows.map((row) => [row.action, row.power])).toEqual([
      ['request.submit', 'write'],
      ['identity.register-person', 'write'],
      ['request.accept', 'write'],
    ])
    expect(JSON.stringify(rows)).not.toMatch(/Robin|talk/)
  })
})

describe('the inbox', () => {
  it('holds open requests of its clinic and proposes those of the same contact', async () => {
    const phone = '(703) 555-0177'
    const first = await newRequest({ email: 'Same@Example.org' })
    const twin = await newRequest({ email: 'same@example.org' })
    const byPhone = await newRequest({ email: 'someone@example.org', phone })
    const samePhone = await newRequest({ email: 'anyone@example.org', phone: '+1 703 555 0177' })
    const decided = await newRequest({ email: 'same@example.org' })
    await must(
      run(second, declineRequest, {
        requestId: decided,
        key: anId<'request-event'>(t.services),
        reason: 'withdrawn',
        elsewhere: 'x',
      }),
    )
    const open = await look(t.services, harbor.system, ({ db }) => inboxEntries(db, harbor.id, 'open', 500))
    const line = (id: RequestId) => open.find((entry) => entry.request.id === id)
    expect(line(first)?.sameContact).toBe(2)
    expect(line(byPhone)?.sameContact).toBe(1)
    expect(line(decided)).toBeUndefined()
    const closed = await look(t.services, harbor.system, ({ db }) =>
      inboxEntries(db, harbor.id, 'decided', 500),
    )
    expect(closed.some((entry) => entry.request.id === decided)).toBe(true)
    const twins = await look(t.services, harbor.system, async ({ db }) =>
      requestsOfSameContact(db, harbor.id, (await requestById(db, harbor.id, first))!),
    )
    expect(twins.map((one) => one.id).sort()).toEqual([twin, decided].sort())
    expect(
      await look(t.services, harbor.system, async ({ db }) =>
        requestsOfSameContact(db, harbor.id, (await requestById(db, harbor.id, byPhone))!),
      ),
    ).toMatchObject([{ id: samePhone }])
    expect(await look(t.services, other.system, ({ db }) => inboxEntries(db, other.id, 'open', 500))).toEqual(
      [],
    )
    expect(
      (await look(t.services, other.system, ({ db }) => eventsOfRequests(db, other.id, [first]))).size,
    ).toBe(0)
  })
})

describe('limits of sending', () => {
  const limit = (address: string, change: Partial<RequestAnswers> = {}) =>
    t.services.db.transaction().execute((transaction) =>
      countSending({ db: asWrite(transaction), at: t.clock.now(), actor: visitor }, address, {
        ...answers,
        ...change,
      }),
    )
  const sendFrom = (address: string, tokenHash: string) =>
    run(visitor, submitDraft, {
      tokenHash,
      hiddenField: undefined,
      synthetic: true,
      stateHref: undefined,
      address,
    })

  it('counts a form once, however often and how much at once Send is pressed', async () => {
    const email = 'four.presses@example.org'
    const form = () => filled({ reach: { name: 'Press', email } })
    const first = await form()
    const presses = await Promise.all([1, 2, 3, 4].map(() => sendFrom('10.1.1.1', first)))
    presses.push(await sendFrom('10.1.1.1', first))
    expect(presses[0]?.ok).toBe(true)
    for (const one of presses) expect(one).toEqual(presses[0])
    expect((await sendFrom('10.1.1.2', await form())).ok).toBe(true)
    expect((await sendFrom('10.1.1.3', await form())).ok).toBe(true)
    const fourth = await form()
    expect(await sendFrom('10.1.1.4', fourth)).toEqual({ ok: false, reason: 'many-by-contact' })
    // What was sent stays sent at the limit too, and what was stopped is still there.
    expect(await sendFrom('10.1.1.1', first)).toEqual(presses[0])
    expect((await draftOf(fourth))?.answers.reach).toMatchObject({ email })
  })

  it('stops the fourth request of one contact in a day, however it is written and wherever it comes from', async () => {
    const email = 'often@example.org'
    expect(await limit('10.0.0.1', { email })).toBeUndefined()
    expect(await limit('10.0.0.2', { email: ' OFTEN@example.org' })).toBeUndefined()
    expect(await limit('10.0.0.3', { email })).toBeUndefined()
    expect(await limit('10.0.0.4', { email })).toBe('contact')
    // Danger is not stopped by it, and a day later it is forgotten.
    expect(await limit('10.0.0.5', { email, safety: 'thoughts' })).toBeUndefined()
    t.clock.advance(DAY_MS + 1_000)
    expect(await limit('10.0.0.6', { email })).toBeUndefined()
  })

  it('stops a flood from one address, an urgent one much later', async () => {
    const flood = async (times: number, change: Partial<RequestAnswers>) => {
      const stopped: (string | undefined)[] = []
      for (let i = 0; i < times; i++)
        stopped.push(await limit('10.9.9.9', { ...change, email: `flood${i}@example.org` }))
      return stopped.filter((one) => one === 'address').length
    }
    expect(await flood(14, {})).toBe(2)
    expect(await flood(14, { safety: 'danger-now' })).toBe(0)
    expect(await flood(28, { safety: 'danger-now' })).toBe(2)
  })
})

describe('the daily job', () => {
  it('goes through every clinic', async () => {
    const [here, there] = [await begin(), await begin(other)]
    t.clock.advance(15 * DAY_MS)
    await forgetDraftsJob(t.services)({})
    const left = (await t.owner.query('select token_hash from request_draft')).rows.map((r) => r.token_hash)
    expect(left).not.toContain(here)
    expect(left).not.toContain(there)
  })
})

describe('the secret of a form', () => {
  it('is of its clinic and stored as a hash only', async () => {
    const { token, hash } = newSecretToken(harbor.id)
    await must(run(visitor, beginDraft, { tokenHash: hash, openedAt: t.clock.now() }))
    expect(readSecretToken(token)).toEqual({ clinicId: harbor.id, hash })
    const rows = (await t.owner.query('select * from request_draft where token_hash = $1', [hash])).rows
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain(token)
  })
})
