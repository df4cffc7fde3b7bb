import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  asSystem,
  makeClinic,
  makePerson,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../tests/database/test-clinic.ts'
import { runCommand } from '../platform/command.server.ts'
import { HOUR_MS, MINUTE_MS } from '../platform/time.ts'
import {
  actorOfLink,
  actorOfSession,
  actorWhileUsed,
  addMember,
  confirmPassword,
  endSession,
  hashPassword,
  makeAccessLink,
  registerPerson,
  signInWithPassword,
} from './index.server.ts'
import { makePortalLink, openPortalAccount } from './open-portal-account.server.ts'

let t: TestDatabase
let harbor: TestClinic
let other: TestClinic
const PASSWORD = 'a long enough password'

beforeAll(async () => {
  t = await openTestDatabase()
  harbor = await makeClinic(t.services, 'harbor')
  other = await makeClinic(t.services, 'other')
  const passwordHash = await hashPassword(PASSWORD)
  await must(
    runCommand(t.services, harbor.system, addMember, {
      email: 'Nina@Example.org',
      name: 'Nina',
      passwordHash,
      roles: ['nurse'],
    }),
  )
  await must(
    runCommand(t.services, other.system, addMember, {
      email: 'olga@example.org',
      name: 'Olga',
      passwordHash,
      roles: ['nurse'],
    }),
  )
})
afterAll(() => t.close())
beforeEach(() => t.clock.advance(60 * MINUTE_MS))

const signIn = (email: string, password = PASSWORD, address = '192.0.2.1') =>
  signInWithPassword(t.services, harbor.id, { email, password, address })

describe('signing in', () => {
  it('begins a session that says who acts, and ends it on request', async () => {
    const result = await signIn(' nina@example.ORG ')
    expect(result).toMatchObject({ ok: true, actor: { name: 'Nina', roles: ['nurse'], clinicId: harbor.id } })
    const cookie = result.ok ? result.cookie : ''
    expect(await actorOfSession(t.services, cookie)).toMatchObject({ kind: 'member', name: 'Nina' })
    await endSession(t.services, cookie)
    expect(await actorOfSession(t.services, cookie)).toBeUndefined()
  })

  it('keeps only a hash of the session secret', async () => {
    const result = await signIn('nina@example.org')
    const rows = await t.owner.query('select * from login_session')
    expect(JSON.stringify(rows.rows)).not.toContain(result.ok ? result.cookie : '-')
  })

  it('answers alike for a wrong password, an unknown account and an account of another clinic', async () => {
    const answers = [
      await signIn('nina@example.org', 'wrong wrong wrong'),
      await signIn('nobody@example.org'),
      await signIn('olga@example.org'),
    ]
    expect(answers).toEqual(answers.map(() => ({ ok: false, reason: 'no-match' })))
  })

  it('slows down after too many wrong passwords, for the account and for the address, and forgets in time', async () => {
    for (let i = 0; i < 8; i++) await signIn('nina@example.org', `wrong ${i} wrong`, '192.0.2.9')
    expect(await signIn('nina@example.org', PASSWORD, '192.0.2.10')).toMatchObject({
      ok: false,
      reason: 'slowed',
    })
    t.clock.advance(16 * MINUTE_MS)
    expect(await signIn('nina@example.org')).toMatchObject({ ok: true })
    for (let i = 0; i < 40; i++) await signIn(`someone${i}@example.org`, 'wrong wrong wrong', '192.0.2.11')
    expect(await signIn('nina@example.org', PASSWORD, '192.0.2.11')).toMatchObject({
      ok: false,
      reason: 'slowed',
    })
    expect(await signIn('nina@example.org', PASSWORD, '192.0.2.12')).toMatchObject({ ok: true })
  })

  it('slows tries sent side by side like tries sent one after the other', async () => {
    const tries = await Promise.all(
      Array.from({ length: 24 }, (_, i) => signIn('nina@example.org', `wrong ${i} wrong`, '192.0.2.13')),
    )
    expect(tries.filter((one) => !one.ok && one.reason === 'no-match')).toHaveLength(8)
    expect(tries.filter((one) => !one.ok && one.reason === 'slowed')).toHaveLength(16)
  })

  it('counts nothing against an address from which people sign in well', async () => {
    for (let i = 0; i < 41; i++) {
      expect(await signIn('nina@example.org', PASSWORD, '192.0.2.14')).toMatchObject({ ok: true })
    }
  })

  it('slows confirming a password side by side, and forgets after a right one', async () => {
    const result = await signIn('nina@example.org')
    if (!result.ok) throw new Error('not signed in')
    for (let i = 0; i < 7; i++) await confirmPassword(t.services, result.actor, 'wrong')
    expect(await confirmPassword(t.services, result.actor, PASSWORD)).toMatchObject({ ok: true })
    const tries = await Promise.all(
      Array.from({ length: 16 }, () => confirmPassword(t.services, result.actor, 'wrong')),
    )
    expect(tries.filter((one) => !one.ok && one.reason === 'no-match')).toHaveLength(8)
  })

  it('ends twelve hours after signing in, however busy', async () => {
    const result = await signIn('nina@example.org')
    const cookie = result.ok ? result.cookie : ''
    for (let i = 0; i < 72; i++) {
      t.clock.advance(10 * MINUTE_MS)
      expect(await actorOfSession(t.services, cookie)).toBeDefined()
    }
    t.clock.advance(MINUTE_MS)
    expect(await actorWhileUsed(t.services, cookie)).toBeUndefined()
    expect(await actorOfSession(t.services, cookie)).toBeUndefined()
    t.clock.advance(-HOUR_MS)
    expect(await actorOfSession(t.services, cookie)).toBeUndefined()
  })

  it('knows who watches without counting it as use', async () => {
    const result = await signIn('nina@example.org')
    const cookie = result.ok ? result.cookie : ''
    for (let i = 0; i < 3; i++) {
      expect(await actorWhileUsed(t.services, cookie)).toMatchObject({ name: 'Nina' })
      t.clock.advance(5 * MINUTE_MS)
    }
    t.clock.advance(MINUTE_MS)
    expect(await actorWhileUsed(t.services, cookie)).toBeUndefined()
  })

  it('signs off after idle time, but not while somebody works', async () => {
    const result = await signIn('nina@example.org')
    const cookie = result.ok ? result.cookie : ''
    for (let i = 0; i < 4; i++) {
      t.clock.advance(10 * MINUTE_MS)
      expect(await actorOfSession(t.services, cookie)).toBeDefined()
    }
    t.clock.advance(16 * MINUTE_MS)
    expect(await actorOfSession(t.services, cookie)).toBeUndefined()
    t.clock.advance(-16 * MINUTE_MS)
    expect(await actorOfSession(t.services, cookie)).toBeUndefined()
  })

  it('knows no session from a made-up cookie', async () => {
    for (const cookie of ['', 'x', `${'A'.repeat(54)}`, "' or 1=1 --", '../../..']) {
      expect(await actorOfSession(t.services, cookie)).toBeUndefined()
    }
  })
})

describe('a secret link', () => {
  it('opens one purpose for one person until it expires', async () => {
    const { personId } = await makePerson(t.services, harbor)
    const token = await asSystem(t.services, harbor, (needs) =>
      makeAccessLink(needs, { personId, purpose: 'intake', validDays: 14 }),
    )
    expect(await actorOfLink(t.services, token, 'intake')).toMatchObject({
      kind: 'link',
      personId,
      purpose: 'intake',
    })
    expect(await actorOfLink(t.services, token, 'check-in')).toBeUndefined()
    t.clock.advance(15 * 24 * 60 * MINUTE_MS)
    expect(await actorOfLink(t.services, token, 'intake')).toBeUndefined()
  })

  it('may name after its purpose what it is about, and opens no other purpose by it', async () => {
    const { personId } = await makePerson(t.services, harbor)
    const token = await asSystem(t.services, harbor, (needs) =>
      makeAccessLink(needs, { personId, purpose: 'take-home 0192f3a0', validDays: 7 }),
    )
    expect(await actorOfLink(t.services, token, 'take-home')).toMatchObject({ purpose: 'take-home 0192f3a0' })
    for (const other of ['take', 'take-home 0192', 'intake']) {
      expect(await actorOfLink(t.services, token, other)).toBeUndefined()
    }
  })
})

describe('a portal account', () => {
  const open = (actor: Awaited<ReturnType<typeof actorOfLink>>, email: string) =>
    runCommand(t.services, actor!, openPortalAccount, { email, passwordHash: 'none' })

  it('is opened once for a person, with an address nobody else signs in with', async () => {
    const personId = await asSystem(t.services, harbor, async (needs) => {
      const person = await registerPerson(needs, {
        id: needs.ids.next(),
        displayName: 'Sam',
        contact: {},
        synthetic: true,
      })
      return person.id
    })
    const { path } = await must(runCommand(t.services, harbor.as.nurse, makePortalLink, { personId }))
    const actor = await actorOfLink(t.services, path.replace('/welcome/', ''), 'portal')
    // The link to the intake answers questions; it opens no account, whoever reads it.
    const intake = await asSystem(t.services, harbor, (needs) =>
      makeAccessLink(needs, { personId, purpose: 'intake', validDays: 14 }),
    )
    expect(await open(await actorOfLink(t.services, intake, 'intake'), 'sam@example.org')).toEqual({
      ok: false,
      reason: 'not-allowed',
    })
    // An address of staff is never attached to a patient.
    expect(await open(actor, 'NINA@example.org')).toEqual({ ok: false, reason: 'email-in-use' })
    expect(await open(actor, 'sam@example.org')).toMatchObject({
      ok: true,
      value: { roles: ['patient'], personId },
    })
    expect(await open(actor, 'sam.again@example.org')).toEqual({ ok: false, reason: 'has-account' })
    expect(await runCommand(t.services, harbor.as.nurse, makePortalLink, { personId })).toMatchObject({
      reason: 'has-account',
    })
    expect(await runCommand(t.services, other.as.nurse, makePortalLink, { personId })).toMatchObject({
      reason: 'no-such-person',
    })
    expect(await runCommand(t.services, harbor.as.manager, makePortalLink, { personId })).toMatchObject({
      reason: 'not-allowed',
    })
  })
})
