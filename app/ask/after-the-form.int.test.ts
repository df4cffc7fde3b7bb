import { RouterContextProvider } from 'react-router'
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
import {
  addMember,
  newSecretToken,
  personById,
  readSecretToken,
  registerPerson,
} from '../identity/index.server.ts'
import type { Member, Visitor } from '../platform/actor.ts'
import { type Command, runCommand } from '../platform/command.server.ts'
import { feedHead, feedSince } from '../platform/feed.server.ts'
import type { PersonId } from '../platform/ids.ts'
import { requestScope } from '../platform/services.server.ts'
import { DAY_MS } from '../platform/time.ts'
import { draftByHash, requestById, requestEvents } from './ask-queries.server.ts'
import { beginDraft, draftsSince, saveStep } from './draft.server.ts'
import { openStateByReference } from './find-state.server.ts'
import { acceptRequest, assignRequest, declineRequest, replyToRequest } from './handle-request.server.ts'
import { requestOfSecret } from './link-queries.server.ts'
import { keyOfForm } from './opening.server.ts'
import { loader as stateOf } from './pages/request-state.tsx'
import { publicState } from './public-state.ts'
import { type RequestAnswers, type RequestId, requestReference } from './request.ts'
import { requestStatus } from './request-events.ts'
import { typedOfStep } from './request-form.ts'
import { countLooking, uncountLooking } from './request-limits.server.ts'
import { saveTemplate } from './save-template.server.ts'
import { submitDraft, submitRequest } from './submit-request.server.ts'
import { replyTemplates } from './template-queries.server.ts'

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
      email: 'second@example.org',
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
  safety: 'safe',
  suitability: ['none'],
  name: 'Robin',
  email: 'robin@example.org',
  phone: '(703) 555-0123',
  suits: [],
}

const run = <Input, Value, Reason extends string>(
  actor: Parameters<typeof runCommand>[1],
  command: Command<Input, Value, Reason>,
  input: Input,
) => runCommand(t.services, actor, command, input)

async function newRequest(change: Partial<RequestAnswers> = {}): Promise<RequestId> {
  const key = anId<'request'>(t.services)
  await must(run(visitor, submitRequest, { key, answers: { ...answers, ...change }, synthetic: true }))
  return key
}
const eventsOf = (id: RequestId) =>
  look(t.services, harbor.system, ({ db }) => requestEvents(db, harbor.id, id))
const mailsTo = async (address: string) =>
  (
    await t.owner.query(
      `select subject, body from mail_message where to_address = $1 and dedupe_key not like 'request-receipt%'`,
      [address],
    )
  ).rows
const key = () => anId<'request-event'>(t.services)

describe('the state by its reference', () => {
  const find = (reference: string, known: string, actor = visitor) =>
    run(actor, openStateByReference, { reference, known })

  it('opens for the reference and a contact of the request, however both are typed, for thirty days', async () => {
    const id = await newRequest()
    const reference = requestReference(id)
    for (const typed of [reference, reference.toLowerCase().replace('-', ' ')]) {
      for (const known of [' ROBIN@example.org', '703 555 0123', '+1 703-555-0123']) {
        const { token } = await must(find(typed, known))
        const { hash } = readSecretToken(token)!
        const seen = () =>
          look(t.services, harbor.system, ({ db, at }) => requestOfSecret(db, harbor.id, hash, at))
        expect((await seen())?.id).toBe(id)
        t.clock.advance(31 * DAY_MS)
        expect(await seen()).toBeUndefined()
        t.clock.set('2026-11-23T15:00:00Z')
      }
    }
    const rows = (await t.owner.query('select * from request_link')).rows
    expect(JSON.stringify(rows)).not.toContain((await must(find(reference, '703 555 0123'))).token)
  })

  it('answers the same for another contact, no contact, an unknown reference and another clinic', async () => {
    const reference = requestReference(await newRequest())
    const wrong = { ok: false, reason: 'no-such-request' }
    expect(await find(reference, 'else@example.org')).toEqual(wrong)
    expect(await find(reference, '')).toEqual(wrong)
    expect(await find(reference, 'Robin')).toEqual(wrong)
    expect(await find('0000-0000', 'robin@example.org')).toEqual(wrong)
    expect(await find(`' or 1=1 --`, 'robin@example.org')).toEqual(wrong)
    expect(await find(reference, 'robin@example.org', { kind: 'visitor', clinicId: other.id })).toEqual(wrong)
  })

  it('can be tried six times an hour for one reference from anywhere, twelve times from one place', async () => {
    const clinic = (await t.services.clinicProfile(harbor.id))!
    const waits = async (times: number, address: (i: number) => string, reference: (i: number) => string) => {
      let stopped = 0
      for (let i = 0; i < times; i++)
        if ((await countLooking({ services: t.services, clinic, address: address(i) }, reference(i))) > 0)
          stopped += 1
      return stopped
    }
    expect(
      await waits(
        9,
        (i) => `10.1.0.${i}`,
        () => 'ab12-cd34',
      ),
    ).toBe(3)
    expect(
      await waits(
        1,
        () => '10.1.1.1',
        () => 'AB12CD34',
      ),
    ).toBe(1)
    expect(
      await waits(
        14,
        () => '10.1.2.1',
        (i) => `ZZZZ-000${i}`,
      ),
    ).toBe(2)
    // An address that is stopped uses up no tries of a reference.
    expect(
      await waits(
        8,
        () => '10.1.2.1',
        () => 'YYYY-0001',
      ),
    ).toBe(8)
    expect(
      await waits(
        6,
        (i) => `10.1.3.${i}`,
        () => 'YYYY-0001',
      ),
    ).toBe(0)
  })

  it('counts no try that found its request', async () => {
    const clinic = (await t.services.clinicProfile(harbor.id))!
    const sender = { services: t.services, clinic, address: '10.1.4.1' }
    for (let i = 0; i < 20; i++) {
      expect(await countLooking(sender, 'XXXX-0001')).toBe(0)
      await uncountLooking(sender, 'XXXX-0001')
    }
  })

  it('leaves a line of the audit when it opens, without the contact', async () => {
    const id = await newRequest()
    await must(find(requestReference(id), 'robin@example.org'))
    const { rows } = await t.owner.query(
      `select actor_kind, power, detail from audit_entry where action = 'request.find-state' and object_id = $1`,
      [id],
    )
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ actor_kind: 'visitor', power: 'write' })
    expect(JSON.stringify(rows)).not.toContain('robin')
  })
})

describe('the page of a state', () => {
  it('names the e-mail address just after sending, to who sent it, and on no other visit', async () => {
    const clinic = (await t.services.clinicProfile(harbor.id))!
    const own = newSecretToken(harbor.id)
    await must(run(visitor, beginDraft, { tokenHash: own.hash, openedAt: t.clock.now() }))
    const typed = {
      who: { forWhom: 'self' },
      about: { topics: ['unsure'] },
      safety: { safety: 'safe' },
      suitability: { suitability: ['none'] },
      reach: { name: 'Robin', email: 'private@example.org' },
      times: {},
    } as const
    for (const step of Object.keys(typed) as (keyof typeof typed)[])
      await must(run(visitor, saveStep, { tokenHash: own.hash, step, typed: typed[step] }))
    t.clock.advance(60_000)
    const sent = await must(
      run(visitor, submitDraft, {
        tokenHash: own.hash,
        hiddenField: undefined,
        synthetic: true,
        stateHref: undefined,
      }),
    )
    const further = await must(
      run(visitor, openStateByReference, { reference: sent.reference, known: 'private@example.org' }),
    )
    const data = async (token: string, cookie: string | undefined, query = '?done=sent') => {
      const context = new RouterContextProvider()
      context.set(requestScope, {
        services: t.services,
        actor: visitor,
        clinic,
        address: '10.2.0.1',
      } as never)
      const request = new Request(`https://clinic.example.org/request/state/${token}${query}`, {
        headers: cookie ? { cookie: `ek_request=${cookie}` } : {},
      })
      return JSON.stringify(await stateOf({ request, params: { token }, context } as never))
    }
    expect(await data(own.token, own.token)).toContain('private@example.org')
    for (const [token, cookie, query] of [
      [own.token, own.token, ''],
      [own.token, undefined],
      [own.token, further.token],
      [further.token, undefined],
      [further.token, own.token],
      [further.token, further.token],
      [further.token, further.token, ''],
    ] as const) {
      const shown = await data(token, cookie, query)
      expect(shown).toContain(sent.reference)
      expect(shown).not.toContain('private@')
    }
    t.clock.advance(15 * 60_000)
    expect(await data(own.token, own.token)).not.toContain('private@')
  })
})

describe('the key of a form', () => {
  it('that cannot be found is an error, not an empty key', async () => {
    const clinic = (await t.services.clinicProfile(other.id))!
    await expect(keyOfForm({ services: t.services, actor: visitor, clinic })).rejects.toThrow(
      'key of the form',
    )
  })
})

describe('handing over', () => {
  it('keeps the note in what happened, once, and tells the colleague by a neutral message', async () => {
    const requestId = await newRequest()
    const input = { requestId, to: second.accountId, note: 'Speaks Spanish; call after six.' }
    await must(run(harbor.as.coordinator, assignRequest, input))
    await must(run(harbor.as.coordinator, assignRequest, input))
    expect((await eventsOf(requestId)).slice(1)).toMatchObject([
      { kind: 'assigned', to: second.accountId, note: input.note },
    ])
    const mails = await mailsTo('second@example.org')
    expect(mails).toHaveLength(1)
    expect(JSON.stringify(mails)).not.toMatch(/Robin|Spanish|alcohol/)
  })

  it('and answering at the same moment loses neither', async () => {
    const requestId = await newRequest()
    await Promise.all([
      must(run(harbor.as.coordinator, assignRequest, { requestId, to: second.accountId, note: 'yours' })),
      must(
        run(second, replyToRequest, {
          requestId,
          key: key(),
          channel: 'phone',
          reached: false,
          words: 'no answer',
        }),
      ),
    ])
    const events = await eventsOf(requestId)
    expect(events.filter((event) => event.kind === 'replied')).toHaveLength(1)
    expect(requestStatus(events).owner).toBe(second.accountId)
  })
})

describe('an answer by e-mail', () => {
  const write = async (words: string, subject = 'A message for you') =>
    run(harbor.as.coordinator, replyToRequest, {
      requestId: await newRequest({ email: 'words@example.org' }),
      key: key(),
      channel: 'email' as const,
      reached: false,
      words,
      mail: { subject },
    })

  it('that says what it is about, or has a gap, is not sent and nothing is noted', async () => {
    for (const words of ['About your ketamine visit', 'Hello,\n\nyour addiction', 'Hello {name}']) {
      expect(await write(words)).toMatchObject({ ok: false, reason: 'not-neutral' })
    }
    expect(await mailsTo('words@example.org')).toEqual([])
  })

  it('has a subject of one line, whatever is put into it', async () => {
    await must(write('When may we call?', 'Hello\r\nBcc: all@example.org\u0000'))
    expect(await mailsTo('words@example.org')).toEqual([
      { subject: 'Hello Bcc: all@example.org', body: 'When may we call?' },
    ])
  })
})

describe('accepting somebody who has a record here', () => {
  it('makes no other person, changes nothing of them, and tells with their id', async () => {
    const known = anId<'person'>(t.services)
    await must(
      run(
        harbor.system,
        {
          action: submitRequest.action,
          run: async (needs) => {
            await registerPerson(needs, {
              id: known,
              displayName: 'Robin Known',
              contact: {},
              synthetic: true,
            })
            return { ok: true as const, value: undefined }
          },
        },
        undefined,
      ),
    )
    const requestId = await newRequest()
    const before = await look(t.services, harbor.system, ({ db }) => feedHead(db, harbor.id))
    const count = async () => Number((await t.owner.query('select count(*) as n from person')).rows[0].n)
    const people = await count()
    const input = { requestId, key: anId<'person'>(t.services), known, displayName: 'Somebody Else' }
    const both = await Promise.all([1, 2].map(() => run(harbor.as.coordinator, acceptRequest, input)))
    for (const one of both) expect(one).toEqual({ ok: true, value: { requestId, personId: known } })
    expect(await count()).toBe(people)
    expect(await look(t.services, harbor.system, ({ db }) => personById(db, harbor.id, known))).toMatchObject(
      { displayName: 'Robin Known', contact: {} },
    )
    const feed = await look(t.services, harbor.system, ({ db }) => feedSince(db, harbor.id, before, 20))
    expect(feed.filter((e) => e.kind === 'request.accepted').map((e) => e.data)).toEqual([
      { requestId, personId: known },
    ])
  })

  it('is refused, and decides nothing, when there is no such person here', async () => {
    const requestId = await newRequest()
    const input = {
      requestId,
      key: anId<'person'>(t.services),
      known: anId<'person'>(t.services) as PersonId,
    }
    expect(await run(harbor.as.coordinator, acceptRequest, input)).toMatchObject({
      ok: false,
      reason: 'no-such-person',
    })
    expect(requestStatus(await eventsOf(requestId)).kind).toBe('new')
  })
})

it('a refusal names public helps on the page of the request, those chosen or those that fit', async () => {
  for (const helps of [[], ['quitline', 'unknown']]) {
    const requestId = await newRequest()
    await must(
      run(second, declineRequest, {
        requestId,
        key: key(),
        reason: 'needs-other-care',
        elsewhere: 'x',
        helps,
      }),
    )
    const named = publicState(requestStatus(await eventsOf(requestId))).helps?.map(({ id }) => id)
    expect(named).toEqual(
      helps.length === 0 ? ['samhsa', 'findtreatment', 'lifeline', 'health-center'] : ['quitline'],
    )
  }
})

describe('texts to answer with', () => {
  const text = { code: 'ours', name: 'Ours', words: 'Hello {name}', revision: 0 }
  const texts = (clinic = harbor) =>
    look(t.services, clinic.system, ({ db }) => replyTemplates(db, clinic.id))
  const save = (change: Partial<typeof text> & { retired?: boolean } = {}, by: Member = second) =>
    run(by, saveTemplate, { ...text, ...change })

  it('are kept once however often the form comes, changed by revisions, and retired', async () => {
    await Promise.all([1, 2].map(() => must(save())))
    expect((await texts()).find(({ code }) => code === 'ours')).toMatchObject({ revision: 1 })
    await must(save({ revision: 1, words: 'Good day {name}' }))
    expect(await save({ revision: 1, words: 'From an old page' }, harbor.as.coordinator)).toMatchObject({
      ok: false,
      reason: 'changed-meanwhile',
      detail: { words: 'Good day {name}', revision: 2 },
    })
    await must(save({ revision: 2, retired: true }, harbor.as.manager))
    expect((await texts()).some(({ code }) => code === 'ours')).toBe(false)
    expect((await t.owner.query('select count(*) as n from reply_template')).rows[0].n).toBe(3)
    expect(await texts(other)).toHaveLength(4)
  })

  it('are not for a nurse', async () => {
    expect(await save({}, harbor.as.nurse)).toEqual({ ok: false, reason: 'not-allowed' })
  })
})

describe('a hostile form', () => {
  it.each([
    ['script', '<script>alert(1)</script>\u202e"><img src=x onerror=alert(1)>'],
    ['emoji', `x${'🫠'.repeat(10_000)}`],
    ['right to left', '\u202eمرحبا\u2066 hello \u2069'],
    ['half letters', '\ud83d\udc00\udc00 \ufffd e\u0301'.repeat(50)],
  ])('of %s is kept as text and sent as text', async (_what, words) => {
    // What turns a line round on a coordinator's screen is left out, whoever typed it.
    const kept = words.replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    const tokenHash = `hostile ${words.length}`
    await must(run(visitor, beginDraft, { tokenHash, openedAt: t.clock.now() }))
    const pages = {
      who: [['forWhom', 'self']],
      about: [
        ['topics', 'unsure'],
        ['words', words],
        ['clinic_id', other.id],
      ],
      safety: [['safety', 'not-said']],
      suitability: [['suitability', 'unsure']],
      reach: [
        ['name', words.slice(0, 21)],
        ['email', 'hostile@example.org'],
      ],
      times: [['suits', 'any']],
    } as const
    const type = (step: keyof typeof pages) => {
      const form = new FormData()
      for (const [name, value] of pages[step]) form.append(name, value)
      return typedOfStep(step, form)
    }
    for (const step of Object.keys(pages) as (keyof typeof pages)[])
      await must(run(visitor, saveStep, { tokenHash, step, typed: type(step) }))
    t.clock.advance(60_000)
    const sending = run(visitor, submitDraft, {
      tokenHash,
      hiddenField: undefined,
      synthetic: true,
      stateHref: undefined,
    })
    if ([...words].length > 4_000) {
      expect(await sending).toMatchObject({ ok: false, reason: 'incomplete', detail: { missing: ['about'] } })
      const draft = await look(t.services, harbor.system, ({ db, at }) =>
        draftByHash(db, harbor.id, tokenHash, draftsSince(at)),
      )
      expect(draft?.answers.about?.words).toBe(kept)
      return
    }
    const { requestId } = await must(sending)
    const stored = await look(t.services, harbor.system, ({ db }) => requestById(db, harbor.id, requestId))
    expect(stored?.answers.words).toBe(kept.toWellFormed().trim())
    expect(Object.keys(stored!.answers)).not.toContain('clinic_id')
    expect(JSON.stringify(await mailsTo('hostile@example.org'))).not.toContain('script')
  })
})
