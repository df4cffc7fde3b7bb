import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Guarded } from '../app/platform/services.server.ts'
import routes from '../app/routes.ts'
import { ACCESS, type RouteAccess, type Who } from './access-matrix.ts'
import { type TwoClinics, twoClinics } from './two-clinics.ts'

/**
 * Every route × every role × own clinic and other clinic, over the whole server. The table in access-matrix.ts is
 * the whole truth: a route that it does not know fails, and so does a right that it does not name.
 */
let w: TwoClinics
beforeAll(async () => {
  w = await twoClinics()
}, 180_000)
afterAll(() => w?.t.close())

type Entry = { path?: string; file: string; index?: boolean; children?: Entry[] }
const leaves = (list: readonly Entry[]): string[] =>
  list.flatMap((entry) => (entry.children ? leaves(entry.children) : [entry.path ?? '/']))
const all = leaves(routes as Entry[]).filter((path) => path !== '*')

const WHO = [
  'visitor',
  'coordinator',
  'prescriber',
  'nurse',
  'therapist',
  'manager',
  'researcher',
  'patient',
] as const
const cookieOf = (who: Who) => (who === 'visitor' ? undefined : w.own.cookies[who])
const asksToSignIn = (response: Response) =>
  response.status === 302 && (response.headers.get('location') ?? '').startsWith('/sign-in?next=')

it('knows every route and no other', () => {
  expect([...all].sort()).toEqual(Object.keys(ACCESS).sort())
})

describe.each(all)('%s', (path) => {
  const access: RouteAccess = ACCESS[path] ?? { read: [] }
  const forms = Object.entries(access.write ?? {})
  const ownRecords = access.params !== undefined && !access.shared && !access.bySecret

  const address = async (clinic = w.own) => {
    let at = path.replace('/:screen?', '')
    for (const [, name] of at.matchAll(/:(\w+)/g))
      at = at.replace(`:${name}`, await access.params![name!]!(w, clinic))
    const { assessment } = access.params ?? {}
    return at + (assessment ? `?assessment=${await assessment(w, clinic)}` : (access.query ?? ''))
  }

  it('declares its actions as the table says', () => {
    const route = Object.values(w.build.routes).find(
      (one) => one?.path === path || (path === '/' && one?.index),
    )
    const { loader, action } = route!.module as { loader?: Guarded; action?: Guarded }
    if (loader && !access.leads) expect(loader.guards?.length).toBeGreaterThan(0)
    expect(action?.intents ?? {}).toEqual(Object.fromEntries(forms.map(([intent, [id]]) => [intent, id])))
  })

  it.each(WHO)('opens for %s as the table says', async (who) => {
    if (access.read.length === 0) return
    const response = await w.ask(await address(), { cookie: cookieOf(who) })
    const said = `${response.status} ${response.headers.get('location') ?? ''}`
    if (!access.read.includes(who)) {
      if (who === 'visitor') expect(asksToSignIn(response), said).toBe(true)
      else expect(response.status, said).toBe(403)
    } else if (access.bySecret) {
      // A made-up secret shows nothing of anybody: a page that says so, or not found.
      expect([200, 303, 302, 404], said).toContain(response.status)
      expect(await response.text()).not.toContain(w.own.patient.name)
    } else {
      expect([200, 302, 303], said).toContain(response.status)
      if (!access.leads) expect(asksToSignIn(response), said).toBe(false)
    }
  })

  if (ownRecords)
    it('hides what belongs to the other clinic', async () => {
      const theirs = await address(w.other)
      for (const who of access.read) {
        if (who === 'visitor') continue
        expect((await w.ask(theirs, { cookie: cookieOf(who) })).status, who).toBe(404)
      }
    })

  if (forms.length > 0)
    it('refuses the forms of those who may not send them', async () => {
      for (const [intent, [, ...allowed]] of forms) {
        for (const who of WHO) {
          if (allowed.includes(who)) continue
          const response = await w.ask(await address(), { cookie: cookieOf(who), form: { intent } })
          const said = `${intent} by ${who}: ${response.status} ${response.headers.get('location') ?? ''}`
          if (who === 'visitor') expect(asksToSignIn(response), said).toBe(true)
          else expect(response.status, said).toBe(403)
        }
      }
    })

  if (ownRecords && forms.length > 0)
    it('changes nothing of the other clinic by a form', async () => {
      const theirs = await address(w.other)
      for (const [intent, [, ...allowed]] of forms) {
        for (const who of allowed) {
          if (who === 'visitor') continue
          const form = {
            intent,
            key: w.services.ids.next<string>(),
            reason: 'other',
            words: 'x',
            channel: 'phone',
            reached: 'yes',
          }
          const response = await w.ask(theirs, { cookie: cookieOf(who), form })
          // Nothing found, or the form came back with what is wrong; never done, never redirected as if it were.
          const said = `${intent} by ${who}: ${response.status} ${response.headers.get('location') ?? ''}`
          expect([200, 403, 404], said).toContain(response.status)
        }
      }
      const { rows } = await w.t.owner.query(
        `select distinct e.action from audit_entry e join membership m on m.account_id::text = e.actor_id
       where e.clinic_id = $1 and m.clinic_id = $2 and e.actor_kind = 'member' and not 'patient' = any (m.roles)`,
        [w.other.id, w.own.id],
      )
      expect(rows).toEqual([])
    })
})

describe('/live', () => {
  it.each(WHO)('follows or refuses for %s', async (who) => {
    const response = await w.ask('/live?since=0', { cookie: cookieOf(who) })
    expect(response.status).toBe(
      who === 'visitor' ? 401 : who === 'patient' || who === 'researcher' ? 403 : 200,
    )
    await response.body?.cancel()
  })
})

describe('a reader leaves a trace', () => {
  const traces = async () =>
    Number(
      (
        await w.t.owner.query(`select count(*) n from audit_entry where clinic_id = $1 and power = 'read'`, [
          w.own.id,
        ])
      ).rows[0].n,
    )

  it.each([
    ['/work/people/:id', 'nurse'],
    ['/work/requests/:id', 'coordinator'],
    ['/work/assessments/:id', 'prescriber'],
    ['/work/plans/:id', 'prescriber'],
    ['/work/sessions/:id', 'nurse'],
    ['/work/concerns/:id', 'prescriber'],
  ] as const)('opening %s writes exactly one read entry', async (path, who) => {
    const address = path.replace(':id', await ACCESS[path]!.params!.id!(w, w.own))
    const before = await traces()
    expect((await w.ask(address, { cookie: cookieOf(who) })).status).toBe(200)
    expect((await traces()) - before).toBe(1)
  })
})

describe('what no browser sends', () => {
  it('is answered, not broken by', async () => {
    const { app } = w
    const post = (body: BodyInit, type?: string) =>
      app.fetch(
        new Request('http://clinic.test/sign-in', {
          method: 'POST',
          body,
          headers: { origin: 'http://clinic.test', ...(type ? { 'content-type': type } : {}) },
        }),
      )
    expect((await post('{"intent":"sign-in"}', 'application/json')).status).toBe(400)
    expect((await post(new URLSearchParams({ intent: 'no-such-form' }))).status).toBe(400)
    const nul = await post(
      new URLSearchParams({ intent: 'sign-in', email: 'a\u0000b@example.org', password: 'x\u0000' }),
    )
    expect(nul.status).toBe(200)
    expect(
      (await post(new URLSearchParams({ intent: 'sign-in', email: 'x'.repeat(3_000_000) }))).status,
    ).toBe(413)
    const foreign = await app.fetch(
      new Request('http://clinic.test/sign-in', {
        method: 'POST',
        body: new URLSearchParams({ intent: 'sign-in' }),
        headers: { origin: 'http://elsewhere.test' },
      }),
    )
    expect(foreign.status).toBe(403)
  })

  it('leads nowhere else after signing in', async () => {
    for (const next of [
      'https://elsewhere.test/',
      '//elsewhere.test',
      '/\\elsewhere.test',
      'javascript:alert(1)',
    ]) {
      const html = await (await w.ask(`/sign-in?next=${encodeURIComponent(next)}`)).text()
      expect(html).not.toContain('elsewhere.test')
      expect(html).not.toContain('javascript:alert')
    }
  })
})
