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
}, 120_000)
afterAll(() => w?.t.close())

type Entry = { path?: string; file: string; index?: boolean; children?: Entry[] }
const leaves = (list: readonly Entry[]): { path: string; file: string }[] =>
  list.flatMap((entry) =>
    entry.children ? leaves(entry.children) : [{ path: entry.path ?? '/', file: entry.file }],
  )
const all = leaves(routes as Entry[]).filter(({ path }) => path !== '*')

const WHO = ['visitor', 'coordinator', 'prescriber', 'nurse', 'therapist', 'manager', 'patient'] as const
const cookieOf = (who: Who) => (who === 'visitor' ? undefined : w.own.cookies[who])

it('knows every route and no other', () => {
  expect(all.map(({ path }) => path).sort()).toEqual(Object.keys(ACCESS).sort())
})

describe.each(all)('$path', ({ path }) => {
  const access: RouteAccess = ACCESS[path] ?? { read: [] }
  const module = () =>
    Object.values(w.build.routes).find((route) => route?.path === path || (path === '/' && route?.index))!
      .module as {
      loader?: Guarded
      action?: Guarded
    }
  const address = async (clinic = w.own) => {
    let at = path
    for (const [, name] of path.matchAll(/:(\w+)/g))
      at = at.replace(`:${name}`, await access.params![name!]!(w, clinic))
    return at + (access.query ?? '')
  }

  it('declares its actions', () => {
    const { loader, action } = module()
    if (!access.unguarded) {
      if (loader) expect(loader.guards?.length, 'loader').toBeGreaterThan(0)
      if (action) expect(action.guards?.length, 'action').toBeGreaterThan(0)
    }
    expect((action?.guards ?? []).map((guard) => guard.id).sort()).toEqual(
      Object.keys(access.write ?? {}).sort(),
    )
  })

  it.each(WHO)('opens for %s as the table says', async (who) => {
    const response = await w.ask(await address(), { cookie: cookieOf(who) })
    const location = response.headers.get('location') ?? ''
    if (access.read.includes(who)) {
      expect([200, 302, 303], `${response.status} ${location}`).toContain(response.status)
      expect(location).not.toMatch(/^\/sign-in/)
      // A page that asks for something leaves a trace when it shows a person's record.
    } else if (who === 'visitor') {
      expect(`${response.status} ${location}`).toMatch(/^302 \/sign-in/)
    } else {
      expect(response.status).toBe(access.hidden?.includes(who) ? 404 : 403)
    }
  })

  it('hides what belongs to the other clinic', async () => {
    if (!access.params || access.shared) return
    const theirs = await address(w.other)
    for (const who of WHO) {
      if (!access.read.includes(who) || who === 'visitor') continue
      const response = await w.ask(theirs, { cookie: cookieOf(who) })
      expect(response.status, who).toBe(404)
    }
  })

  it('refuses forms of those who may not send them', async () => {
    for (const [guard, { intent, who: allowed }] of Object.entries(access.write ?? {})) {
      for (const who of WHO) {
        if (allowed.includes(who)) continue
        const response = await w.ask(await address(), { cookie: cookieOf(who), form: { intent } })
        const location = response.headers.get('location') ?? ''
        const said = `${guard} by ${who}: ${response.status} ${location}`
        if (who === 'visitor') expect(said).toMatch(/: 302 \/sign-in/)
        else expect([403, 404], said).toContain(response.status)
      }
    }
  })

  it('changes nothing of the other clinic by a form', async () => {
    if (!access.params || access.shared) return
    for (const [guard, { intent, who: allowed }] of Object.entries(access.write ?? {})) {
      for (const who of allowed) {
        if (who === 'visitor') continue
        const response = await w.ask(await address(w.other), {
          cookie: cookieOf(who),
          form: { intent, key: w.services.ids.next(), ...access.write![guard]!.fields },
        })
        // Found nothing (404), or said what is wrong with the empty form (200); never done (303).
        expect([200, 400, 404], `${guard} by ${who}: ${response.status}`).toContain(response.status)
      }
    }
    const { rows } = await w.t.owner.query(
      `select action from audit_entry where clinic_id = $1 and actor_kind = 'member' and actor_id in
         (select account_id::text from membership where clinic_id = $2)`,
      [w.other.id, w.own.id],
    )
    expect(rows).toEqual([])
  })
})

describe('/live', () => {
  it('follows for staff only', async () => {
    for (const who of WHO) {
      const response = await w.ask('/live?since=0', { cookie: cookieOf(who) })
      expect(response.status, who).toBe(who === 'visitor' ? 401 : who === 'patient' ? 403 : 200)
      await response.body?.cancel()
    }
  })
})
