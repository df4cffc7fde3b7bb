import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { actorOfSession, endSession } from '../app/identity/index.server.ts'
import { readSessionCookie } from '../app/identity/session-cookie.ts'
import type { Actor, Member } from '../app/platform/actor.ts'
import { feedHead } from '../app/platform/feed.server.ts'
import { MINUTE_MS } from '../app/platform/time.ts'
import { hear, openLink } from '../app/treat/board/live-link.ts'
import { samplesChannel } from '../app/treat/monitors/samples-channel.server.ts'
import {
  asSystem,
  look,
  makeClinic,
  makePerson,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../tests/database/test-clinic.ts'
import { liveFeed } from './live.ts'

const RECHECK_MS = 40

let t: TestDatabase
let harbor: TestClinic
const samples = samplesChannel(() => performance.now())
let app: Hono<{ Bindings: HttpBindings; Variables: { actor: Actor } }>

beforeAll(async () => {
  t = await openTestDatabase()
  harbor = await makeClinic(t.services)
  app = new Hono()
  app.use(async (c, next) => {
    const cookie = readSessionCookie(c.req.header('cookie') ?? null)
    const member = cookie ? await actorOfSession(t.services, cookie) : undefined
    c.set('actor', member ?? { kind: 'visitor', clinicId: harbor.id })
    return next()
  })
  app.get('/live', (c) => liveFeed(c, t.services, samples, RECHECK_MS))
})
afterAll(() => t.close())
beforeEach(() => t.clock.advance(MINUTE_MS))

type Told = { event: string; data: { seq: number; at: string; kind?: string; data?: unknown } }

async function open(member: Member, since?: number) {
  const secret = await t.sessionFor(member)
  const response = await app.request(`/live${since === undefined ? '' : `?since=${since}`}`, {
    headers: { cookie: `ek_session=${secret}` },
  })
  const reader = response.body!.getReader()
  const heard: Told[] = []
  let ended = false
  const reading = (async () => {
    const decoder = new TextDecoder()
    let text = ''
    for (;;) {
      const { value, done } = await reader.read()
      if (done) break
      text += decoder.decode(value, { stream: true })
      const whole = text.split('\n\n')
      text = whole.pop()!
      for (const block of whole) {
        const part = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? ''
        heard.push({ event: part('event'), data: JSON.parse(part('data')) })
      }
    }
    ended = true
  })()
  const until = async (enough: () => boolean, forMs = 5_000) => {
    const end = performance.now() + forMs
    while (!enough() && performance.now() < end) await new Promise((done) => setTimeout(done, 5))
  }
  return {
    secret,
    status: response.status,
    headers: response.headers,
    heard,
    events: () => heard.filter((one) => one.event === 'event').map((one) => one.data),
    until,
    ended: () => ended,
    async close() {
      await reader.cancel().catch(() => {})
      await reading
    },
  }
}

const head = () => look(t.services, harbor.system, ({ db }) => feedHead(db, harbor.id))
const tell = (kind: string, data: Record<string, unknown>) =>
  asSystem(t.services, harbor, async (needs) => needs.tell(kind, data))
const reads = async () =>
  (
    await t.owner.query(
      `select actor_id, detail from audit_entry where clinic_id = $1 and action = 'live.follow' and power = 'read'`,
      [harbor.id],
    )
  ).rows

it.each([
  ['nurse', true],
  ['prescriber', true],
  ['therapist', true],
  ['manager', true],
  ['coordinator', false],
] as const)('tells a %s of sessions and stock: %s, and leaves no number out', async (role, told) => {
  const since = await head()
  await tell('session.event', { sessionId: 's', event: { systolicMmHg: 171 } })
  await tell('stock.changed', { lotId: 'secret lot' })
  await tell('appointment.booked', { appointmentId: 'a' })
  const line = await open(harbor.as[role], since)
  await line.until(() => line.events().length === 3)
  await line.close()
  const events = line.events()
  expect(events.map((one) => one.seq)).toEqual([since + 1, since + 2, since + 3])
  expect(events.map((one) => one.kind)).toEqual(
    told
      ? ['session.event', 'stock.changed', 'appointment.booked']
      : ['not-told', 'not-told', 'appointment.booked'],
  )
  const all = JSON.stringify(events)
  expect(all.includes('171')).toBe(told)
  expect(all.includes('secret lot')).toBe(told)
  expect(line.headers.get('cache-control')).toBe('no-store')
})

it('tells the newest values of monitors without a number: all there is at first, then what is new', async () => {
  const spo2 = (value: number, atMs: number) => ({
    spo2Percent: { value, atMs, quality: 'ok', device: 'Monitor' } as const,
  })
  samples.put(harbor.id, { first: spo2(97, 1) })
  const since = await head()
  const [nurse, coordinator] = [await open(harbor.as.nurse, since), await open(harbor.as.coordinator, since)]
  await nurse.until(() => nurse.heard.some(({ event }) => event === 'samples'))
  samples.put(harbor.id, { second: spo2(93, 2) })
  const told = () => nurse.heard.filter(({ event }) => event === 'samples').map(({ data }) => data)
  await nurse.until(() => JSON.stringify(told()).includes('second'))
  await tell('appointment.booked', { appointmentId: 'a' })
  await coordinator.until(() => coordinator.events().length === 1)
  await nurse.until(() => nurse.events().length === 1)
  await nurse.close()
  await coordinator.close()
  expect(told()[0]).toEqual({ sessions: { first: spo2(97, 1) } })
  expect(told().at(-1)).toEqual({ sessions: { second: spo2(93, 2) } })
  expect(coordinator.heard.some(({ event }) => event === 'samples')).toBe(false)
  // The numbers of the feed go on without a gap.
  expect(nurse.events().map(({ seq }) => seq)).toEqual([since + 1])
})

it('refuses who does not work with people treated here', async () => {
  expect((await app.request('/live')).status).toBe(401)
  const researcher = `ek_session=${await t.sessionFor(harbor.as.researcher)}`
  expect((await app.request('/live?since=0', { headers: { cookie: researcher } })).status).toBe(403)
  const { patient } = await makePerson(t.services, harbor)
  const cookie = `ek_session=${await t.sessionFor(patient)}`
  expect((await app.request('/live?since=0', { headers: { cookie } })).status).toBe(403)
})

it('writes one read into the audit for each line that is opened', async () => {
  const before = await reads()
  const since = await head()
  const line = await open(harbor.as.nurse, since)
  await line.until(() => line.heard.length > 0)
  await line.close()
  const after = await reads()
  expect(after).toHaveLength(before.length + 1)
  expect(after.at(-1)).toMatchObject({
    actor_id: harbor.as.nurse.accountId,
    detail: { since, newest: since },
  })
})

it('ends when who opened it signs out', async () => {
  const line = await open(harbor.as.nurse)
  await line.until(() => line.heard.length > 0)
  await new Promise((done) => setTimeout(done, 3 * RECHECK_MS))
  expect(line.ended()).toBe(false)
  await endSession(t.services, line.secret)
  await line.until(line.ended)
  expect(line.ended()).toBe(true)
})

it('ends when nobody has done anything for too long, and is itself no use', async () => {
  const line = await open(harbor.as.nurse)
  await line.until(() => line.heard.length > 0)
  t.clock.advance(14 * MINUTE_MS)
  await new Promise((done) => setTimeout(done, 3 * RECHECK_MS))
  expect(line.ended()).toBe(false)
  t.clock.advance(2 * MINUTE_MS)
  await line.until(line.ended)
  expect(line.ended()).toBe(true)
})

it('says that a number is too old and begins at the newest; a screen is not live until it has read its page', async () => {
  await t.owner.query('update feed_head set seq = seq + 20_001 where clinic_id = $1', [harbor.id])
  const newest = await head()
  const asked = newest - 20_001
  const line = await open(harbor.as.nurse, asked)
  await line.until(() => line.heard.length >= 2)
  await tell('session.opened', { sessionId: 's' })
  await line.until(() => line.events().length === 1)
  await line.close()
  expect(line.heard.slice(0, 2).map((one) => [one.event, one.data.seq])).toEqual([
    ['too-old', newest],
    ['hello', newest],
  ])
  expect(line.events().map((one) => one.seq)).toEqual([newest + 1])
  const at = t.clock.now()
  const screen = hear(openLink(asked, at, 0), { signal: 'hello', seq: newest, at, nowMs: 1 })
  expect(screen.link.status).toBe('dropped')

  const near = await open(harbor.as.nurse, newest - 19_990)
  await near.until(() => near.events().length === 1)
  await near.close()
  expect(near.heard.map((one) => one.event)).not.toContain('too-old')
})

it('says the same of a number that has not been given yet', async () => {
  const newest = await head()
  const line = await open(harbor.as.nurse, newest + 5)
  await line.until(() => line.heard.length >= 2)
  await line.close()
  expect(line.heard.slice(0, 2).map((one) => one.event)).toEqual(['too-old', 'hello'])
})
