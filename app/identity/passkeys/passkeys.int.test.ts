import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { isoBase64URL, isoCBOR } from '@simplewebauthn/server/helpers'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { whileHeld } from '../../../tests/database/lock-waits.ts'
import {
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import type { Actor, Member } from '../../platform/actor.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { HOUR_MS, MINUTE_MS } from '../../platform/time.ts'
import { addMember, confirmIdentity, confirmSecond, hashPassword, members } from '../index.server.ts'
import { answerChallenge } from './challenge-page.server.ts'
import { registerPasskey, removePasskey } from './own-passkeys.server.ts'
import { formDigest } from './passkey-challenge.server.ts'
import type { PasskeyPurpose } from './passkey-queries.server.ts'
import { signInWithPasskey } from './sign-in-with-passkey.server.ts'

const PASSWORD = 'a long enough password'
const PARTY = { id: 'localhost', origin: 'http://localhost:3000' }
const SIGNED_FORM = { intent: 'sign', reason: 'Looked at twice.' }

let t: TestDatabase
let harbor: TestClinic
let other: TestClinic
let ada: Member
let ben: Member

beforeAll(async () => {
  t = await openTestDatabase()
  harbor = await makeClinic(t.services, 'harbor')
  other = await makeClinic(t.services, 'other')
  ;[ada, ben] = (await Promise.all(['ada', 'ben'].map((name) => memberNamed(harbor, name)))) as [
    Member,
    Member,
  ]
})
afterAll(() => t.close())
beforeEach(async () => {
  t.clock.advance(HOUR_MS)
  // One account has ten at most.
  await t.owner.query('update passkey set removed_at = created_at')
})

async function memberNamed(clinic: TestClinic, name: string): Promise<Member> {
  await must(
    runCommand(t.services, clinic.system, addMember, {
      email: `${name}@example.org`,
      name,
      passwordHash: await hashPassword(PASSWORD),
      roles: ['prescriber'],
    }),
  )
  const all = await runQuery(t.services, clinic.system, ({ db }) => members(db, clinic.id))
  const { accountId, membershipId, roles } = all.find((one) => one.name === name)!
  return { kind: 'member', clinicId: clinic.id, accountId, membershipId, name, roles }
}

/** An authenticator in software: one ES256 key, as a phone keeps it. */
type Device = { readonly id: string; readonly key: KeyObject; readonly cose: Uint8Array; counter: number }

function newDevice(): Device {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x, y } = publicKey.export({ format: 'jwk' })
  const cose = isoCBOR.encode(
    new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x!, 'base64url')],
      [-3, Buffer.from(y!, 'base64url')],
    ]) as never,
  )
  return { id: randomBytes(16).toString('base64url'), key: privateKey, cose, counter: 0 }
}

type Twist = {
  readonly origin?: string
  readonly rpId?: string
  /** 0x01 somebody is there, 0x04 it looked who, 0x40 a new key follows. */
  readonly flags?: number
  readonly counter?: number
}

function authenticatorData(device: Device, flags: number, twist: Twist, ...more: Uint8Array[]): Buffer {
  const counter = Buffer.alloc(4)
  counter.writeUInt32BE(twist.counter ?? ++device.counter)
  const host = createHash('sha256')
    .update(twist.rpId ?? PARTY.id)
    .digest()
  return Buffer.concat([host, Buffer.of(twist.flags ?? flags), counter, ...more])
}

const clientData = (type: string, challenge: string, twist: Twist) =>
  Buffer.from(JSON.stringify({ type, challenge, origin: twist.origin ?? PARTY.origin, crossOrigin: false }))

function madeBy(device: Device, challenge: string, twist: Twist = {}): string {
  const id = Buffer.from(device.id, 'base64url')
  const head = Buffer.concat([Buffer.alloc(16), Buffer.of(0, id.length), id])
  const attestation = isoCBOR.encode(
    new Map<string, unknown>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', new Uint8Array(authenticatorData(device, 0x45, twist, head, device.cose))],
    ]) as never,
  )
  const response = {
    clientDataJSON: clientData('webauthn.create', challenge, twist).toString('base64url'),
    attestationObject: isoBase64URL.fromBuffer(attestation),
    transports: ['internal'],
  }
  return JSON.stringify({
    id: device.id,
    rawId: device.id,
    type: 'public-key',
    response,
    clientExtensionResults: {},
  })
}

function answerOf(device: Device, challenge: string, twist: Twist = {}): string {
  const authData = authenticatorData(device, 0x05, twist)
  const client = clientData('webauthn.get', challenge, twist)
  const signed = Buffer.concat([authData, createHash('sha256').update(client).digest()])
  const response = {
    authenticatorData: authData.toString('base64url'),
    clientDataJSON: client.toString('base64url'),
    signature: sign('sha256', signed, device.key).toString('base64url'),
  }
  return JSON.stringify({
    id: device.id,
    rawId: device.id,
    type: 'public-key',
    response,
    clientExtensionResults: {},
  })
}

/** A form as the browser sends it to a page of the clinic. */
function posted(actor: Actor, path: string, fields: Readonly<Record<string, string>>) {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  const url = new URL(path, PARTY.origin)
  return {
    services: t.services,
    actor,
    url,
    form,
    clinic: { id: actor.clinicId, name: 'Harbor' } as never,
    address: '192.0.2.9',
    params: {},
    request: new Request(url),
  }
}
type Sent = ReturnType<typeof posted>

/** What the browser's script asks before it turns to the device. @returns status and the challenge, if there is one */
async function ask(purpose: PasskeyPurpose, sent: Sent, password = PASSWORD) {
  const page = posted(sent.actor, '/passkeys/challenge', { digest: formDigest(sent), password })
  const response = await answerChallenge(page, purpose)
  return { status: response.status, ...((await response.json()) as { challenge: string; problem?: string }) }
}

async function register(actor: Member, device = newDevice(), twist: Twist = {}) {
  const sent = posted(actor, '/work/account/passkeys', { intent: 'add', name: 'own phone' })
  const { challenge } = await ask('register', sent)
  sent.form.set('passkey', madeBy(device, challenge, twist))
  return { device, sent, outcome: await registerPasskey(sent, 'own phone') }
}

async function signing(actor: Member, device: Device, twist: Twist = {}) {
  const sent = posted(actor, '/work/plans/1/order', SIGNED_FORM)
  const { challenge } = await ask('sign', sent)
  sent.form.set('passkey', answerOf(device, challenge, twist))
  return sent
}

const whyRefused = async () => {
  const { rows } = await t.owner.query(
    `select detail from audit_entry where action = 'identity.use-passkey' order by clinic_id = $1 desc, seq desc limit 1`,
    [harbor.id],
  )
  return rows[0].detail
}
const refused = { ok: false, reason: 'passkey-refused' }

describe('making a passkey', () => {
  it('needs the password, and keeps what the device made', async () => {
    const sent = posted(ada, '/work/account/passkeys', { intent: 'add', name: 'own phone' })
    expect(await ask('register', sent, 'a wrong password')).toMatchObject({ status: 403 })
    const { outcome } = await register(ada)
    expect(outcome).toMatchObject({ ok: true })
  })

  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['another host', { rpId: 'evil.example' }],
    ['a device that did not look who uses it', { flags: 0x41 }],
  ])('keeps nothing of %s', async (_case, twist) => {
    const { outcome } = await register(ada, newDevice(), twist)
    expect(outcome).toMatchObject({ ok: false, reason: 'not-made' })
  })

  it('takes an answer once, from who asked, and not for signing', async () => {
    const { sent } = await register(ada)
    expect(await registerPasskey(sent, 'again')).toMatchObject({ ok: false, reason: 'not-made' })
    const theirs = posted(ada, '/work/account/passkeys', { intent: 'add', name: 'x' })
    const { challenge } = await ask('register', theirs)
    theirs.form.set('passkey', madeBy(newDevice(), challenge))
    expect(await registerPasskey({ ...theirs, actor: ben }, 'x')).toMatchObject({ reason: 'not-made' })
    const signed = posted(ada, '/work/account/passkeys', { intent: 'add', name: 'x' })
    const { device } = await register(ada)
    const question = await ask('sign', signed)
    signed.form.set('passkey', madeBy(device, question.challenge))
    expect(await registerPasskey(signed, 'x')).toMatchObject({ reason: 'not-made' })
  })

  it('knows a device that is here already', async () => {
    const { device } = await register(ada)
    expect((await register(ada, device)).outcome).toMatchObject({ ok: false, reason: 'known-already' })
  })

  it('makes ten at most', async () => {
    for (let i = 0; i < 10; i++) expect((await register(ada)).outcome).toMatchObject({ ok: true })
    const sent = posted(ada, '/work/account/passkeys', { intent: 'add', name: 'one more' })
    expect(await ask('register', sent)).toMatchObject({ status: 409 })
  })

  it('is not possible at an address of numbers', async () => {
    const page = {
      ...posted(ada, '/', { digest: 'a'.repeat(64), password: PASSWORD }),
      url: new URL('http://127.0.0.1/'),
    }
    expect((await answerChallenge(page, 'register')).status).toBe(409)
  })
})

describe('signing in', () => {
  const visitor = (clinic = harbor) => ({ kind: 'visitor', clinicId: clinic.id }) as const
  async function signingIn(device: Device, twist: Twist = {}, clinic = harbor) {
    const sent = posted(visitor(clinic), '/sign-in', { intent: 'passkey', next: '' })
    const { challenge } = await ask('sign-in', sent)
    sent.form.set('passkey', answerOf(device, challenge, twist))
    return sent
  }

  it('begins a session for the passkey’s owner, once', async () => {
    const { device } = await register(ada)
    const sent = await signingIn(device)
    expect(await signInWithPasskey(sent)).toMatchObject({
      ok: true,
      actor: { accountId: ada.accountId, name: 'ada' },
    })
    expect(await signInWithPasskey(sent)).toEqual({ ok: false, reason: 'no-match' })
    expect(await whyRefused()).toEqual({ purpose: 'sign-in', reason: 'no-challenge' })
  })

  it('refuses a device nobody registered, and one of another clinic', async () => {
    expect(await signInWithPasskey(await signingIn(newDevice()))).toMatchObject({ ok: false })
    const { device } = await register(ada)
    expect(await signInWithPasskey(await signingIn(device, {}, other))).toMatchObject({ ok: false })
  })

  it.each([
    ['another origin', { origin: 'https://evil.example' }, 'not-verified'],
    ['another host', { rpId: 'evil.example' }, 'not-verified'],
    ['a device that did not look who uses it', { flags: 0x01 }, 'not-verified'],
    ['a counter that stands still', { counter: 1 }, 'counter'],
  ])('refuses %s', async (_case, twist, reason) => {
    const { device } = await register(ada)
    expect(await signInWithPasskey(await signingIn(device, twist))).toEqual({ ok: false, reason: 'no-match' })
    expect(await whyRefused()).toEqual({ purpose: 'sign-in', reason })
  })

  it('takes a device that does not count', async () => {
    const { device } = await register(ada, newDevice(), { counter: 0 })
    for (let i = 0; i < 2; i++) {
      expect(await signInWithPasskey(await signingIn(device, { counter: 0 }))).toMatchObject({ ok: true })
    }
  })

  it('refuses an answer that comes too late', async () => {
    const { device } = await register(ada)
    const sent = await signingIn(device)
    t.clock.advance(3 * MINUTE_MS)
    expect(await signInWithPasskey(sent)).toMatchObject({ ok: false })
  })

  it('refuses what another key signed', async () => {
    const { device } = await register(ada)
    expect(
      await signInWithPasskey(await signingIn({ ...newDevice(), id: device.id, counter: 9 })),
    ).toMatchObject({
      ok: false,
    })
    expect(await whyRefused()).toEqual({ purpose: 'sign-in', reason: 'not-verified' })
  })

  it('is no way in for who works here no more, nor after it was removed', async () => {
    const { device, outcome } = await register(ben)
    const id = outcome.ok ? outcome.value.id : undefined
    const stepUp = { accountId: ben.accountId, at: t.clock.now() }
    expect(await runCommand(t.services, ada, removePasskey, { id: id!, stepUp })).toMatchObject({
      reason: 'not-confirmed',
    })
    const adas = { accountId: ada.accountId, at: t.clock.now() }
    expect(await runCommand(t.services, ada, removePasskey, { id: id!, stepUp: adas })).toMatchObject({
      reason: 'no-such-passkey',
    })
    await must(runCommand(t.services, ben, removePasskey, { id: id!, stepUp }))
    expect(await signInWithPasskey(await signingIn(device))).toMatchObject({ ok: false })
    const { device: second } = await register(ben)
    await t.owner.query('update membership set active = false where id = $1', [ben.membershipId])
    expect(await signInWithPasskey(await signingIn(second))).toMatchObject({ ok: false })
    await t.owner.query('update membership set active = true where id = $1', [ben.membershipId])
  })

  it('is slowed after many tries from one address', async () => {
    for (let i = 0; i < 40; i++) await signInWithPasskey(posted(visitor(), '/sign-in', { passkey: '{}' }))
    expect(await signInWithPasskey(posted(visitor(), '/sign-in', { passkey: '{}' }))).toMatchObject({
      reason: 'slowed',
    })
  })
})

describe('signing', () => {
  it('counts as the password of who is signed in, once', async () => {
    const { device } = await register(ada)
    const sent = await signing(ada, device)
    expect(await confirmIdentity(sent)).toEqual({
      ok: true,
      stepUp: { accountId: ada.accountId, at: t.clock.now() },
    })
    expect(await confirmIdentity(sent)).toEqual(refused)
    expect(await whyRefused()).toEqual({ purpose: 'sign', reason: 'no-challenge' })
  })

  it('takes the password of the form where no passkey was used', async () => {
    expect(await confirmIdentity(posted(ada, '/x', { password: PASSWORD }))).toMatchObject({ ok: true })
    expect(await confirmIdentity(posted(ada, '/x', { password: 'another' }))).toEqual({
      ok: false,
      reason: 'no-match',
    })
  })

  it('refuses a form in which something else stands, and another form', async () => {
    const { device } = await register(ada)
    const changed = await signing(ada, device)
    changed.form.set('reason', 'Something else.')
    expect(await confirmIdentity(changed)).toEqual(refused)
    expect(await whyRefused()).toEqual({ purpose: 'sign', reason: 'other-form' })
    const elsewhere = await signing(ada, device)
    expect(
      await confirmIdentity({ ...elsewhere, url: new URL('/work/plans/2/order', PARTY.origin) }),
    ).toEqual(refused)
    const another = await signing(ada, device)
    another.form.set('intent', 'withdraw')
    expect(await confirmIdentity(another)).toEqual(refused)
  })

  it('refuses what was asked for another purpose', async () => {
    const { device } = await register(ada)
    for (const purpose of ['sign-in', 'sign-second', 'register'] as const) {
      const sent = posted(ada, '/work/plans/1/order', SIGNED_FORM)
      const { challenge } = await ask(purpose, sent)
      sent.form.set('passkey', answerOf(device, challenge))
      expect(await confirmIdentity(sent), purpose).toEqual(refused)
      expect(await whyRefused(), purpose).toEqual({ purpose: 'sign', reason: 'other-purpose' })
    }
  })

  it('refuses the passkey of somebody else, and a question somebody else asked', async () => {
    const { device: adas } = await register(ada)
    const { device: bens } = await register(ben)
    expect(await confirmIdentity(await signing(ada, bens))).toEqual(refused)
    expect(await whyRefused()).toEqual({ purpose: 'sign', reason: 'other-account' })
    const asked = await signing(ben, adas)
    expect(await confirmIdentity({ ...asked, actor: ada })).toEqual(refused)
    expect(await whyRefused()).toEqual({ purpose: 'sign', reason: 'other-asker' })
  })

  it('refuses a lower counter, and keeps the higher one', async () => {
    const { device } = await register(ada)
    expect(await confirmIdentity(await signing(ada, device, { counter: 40 }))).toMatchObject({ ok: true })
    expect(await confirmIdentity(await signing(ada, device, { counter: 39 }))).toEqual(refused)
    expect(await whyRefused()).toEqual({ purpose: 'sign', reason: 'counter' })
    expect(await confirmIdentity(await signing(ada, device, { counter: 41 }))).toMatchObject({ ok: true })
  })

  it('is used once even when it arrives twice at the same moment', async () => {
    const { device } = await register(ada)
    const sent = await signing(ada, device)
    const both = await Promise.all([confirmIdentity(sent), confirmIdentity(sent)])
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true])
  })

  it('takes one of two answers that a device and its copy give at once with one counter', async () => {
    const { device } = await register(ada)
    const first = await signing(ada, device, { counter: 40 })
    const second = await signing(ada, device, { counter: 40 })
    const { value } = await whileHeld(
      t,
      {
        statement: 'update passkey set name = name where clinic_id = $1 and credential_id = $2',
        values: [harbor.id, device.id],
        finish: 'commit',
      },
      () => Promise.all([confirmIdentity(first), confirmIdentity(second)]),
      2,
    )
    expect(value.map(({ ok }) => ok).sort()).toEqual([false, true])
  })

  it('tells who has no passkey yet', async () => {
    const none = await memberNamed(harbor, 'none')
    expect(await ask('sign', posted(none, '/x', {}))).toMatchObject({ status: 409 })
  })

  it('is slowed after many answers that were not accepted', async () => {
    for (let i = 0; i < 8; i++) await confirmIdentity(posted(ada, '/x', { passkey: 'nonsense' }))
    expect(await confirmIdentity(posted(ada, '/x', { passkey: 'nonsense' }))).toMatchObject({
      reason: 'slowed',
    })
    expect(await confirmIdentity(posted(ada, '/x', { password: PASSWORD }))).toMatchObject({
      reason: 'slowed',
    })
  })
})

describe('a second person on somebody else’s screen', () => {
  async function second(device: Device, email: string) {
    const sent = posted(ada, '/work/plans/1/order', { ...SIGNED_FORM, secondEmail: email })
    const { challenge } = await ask('sign-second', sent)
    sent.form.set('secondPasskey', answerOf(device, challenge))
    return sent
  }

  it('signs with the passkey of the account they name', async () => {
    const { device } = await register(ben)
    const sent = await second(device, 'Ben@example.org ')
    expect(await confirmSecond(sent, ['prescriber'])).toEqual({
      ok: true,
      stepUp: { accountId: ben.accountId, at: t.clock.now() },
    })
    expect(await confirmSecond(sent, ['prescriber'])).toEqual(refused)
  })

  it('is not the one who is signed in, nor anybody of another role', async () => {
    const { device: adas } = await register(ada)
    const { device: bens } = await register(ben)
    expect(await confirmSecond(await second(adas, 'ben@example.org'), ['prescriber'])).toEqual(refused)
    expect(await whyRefused()).toEqual({ purpose: 'sign-second', reason: 'other-account' })
    expect(await confirmSecond(await second(bens, 'ben@example.org'), ['manager'])).toEqual(refused)
    expect(await confirmSecond(await second(bens, 'nobody@example.org'), ['prescriber'])).toEqual(refused)
  })

  it('gives their password where they use no passkey', async () => {
    const sent = posted(ada, '/x', { secondEmail: 'ben@example.org', secondPassword: PASSWORD })
    expect(await confirmSecond(sent, ['prescriber'])).toMatchObject({ ok: true })
  })
})
