import { afterAll, beforeAll, expect, it } from 'vitest'
import { beginSession } from '../app/identity/index.server.ts'
import { sessionCookie } from '../app/identity/session-cookie.ts'
import { BY_ITSELF } from '../app/platform/by-itself.ts'
import { requestScope } from '../app/platform/services.server.ts'
import { MINUTE_MS } from '../app/platform/time.ts'
import {
  makeClinic,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../tests/database/test-clinic.ts'
import { createApp } from './app.ts'

let t: TestDatabase
let harbor: TestClinic
let app: ReturnType<typeof createApp>

beforeAll(async () => {
  t = await openTestDatabase()
  harbor = await makeClinic(t.services, 'harbor')
  app = createApp({
    services: t.services,
    pages: async (_request, context) => new Response(context.get(requestScope).actor.kind),
    clientFolder: undefined,
    ready: async () => true,
  })
})
afterAll(() => t.close())

it('a screen that nobody touches is signed off, whatever it asks for by itself; a wall that asks as a person stays', async () => {
  const asked = async (cookie: string, path: string, method = 'GET') => {
    const headers = { cookie, origin: 'http://clinic.test' }
    return (await app.fetch(new Request(`http://clinic.test${path}`, { method, headers }))).text()
  }
  const nurse = async () =>
    sessionCookie(await beginSession(t.services, harbor.as.nurse), false).split(';')[0]!
  const [board, wall, busy] = [await nurse(), await nurse(), await nurse()]
  for (let i = 0; i < 3; i++) {
    t.clock.advance(4.9 * MINUTE_MS)
    expect(await asked(board, `/work/board.data?watch=mine&${BY_ITSELF}=`)).toBe('member')
    expect(await asked(wall, '/work/board.data?wall=1')).toBe('member')
    // A form is sent by somebody, whatever its address says.
    expect(await asked(busy, `/work/board?${BY_ITSELF}=`, 'POST')).toBe('member')
  }
  t.clock.advance(0.5 * MINUTE_MS)
  expect(await asked(board, `/work/board.data?watch=mine&${BY_ITSELF}=`)).toBe('visitor')
  expect(await asked(wall, '/work/board.data?wall=1')).toBe('member')
  expect(await asked(busy, '/work/board')).toBe('member')
})
