import { expect, it } from 'vitest'
import type { Services } from '../app/platform/services.server.ts'
import { createApp } from './app.ts'

/** The whole server; without a database every address that is read further breaks. */
const app = createApp({
  services: { config: {}, log: { error: () => {} }, ids: { next: () => 'id' } } as unknown as Services,
  pages: async () => new Response('a page'),
  clientFolder: undefined,
  ready: async () => true,
})
const ask = (target: string, method = 'GET') => app.request(`http://clinic.test${target}`, { method })

it.each([
  ['//evil.example/a', '/evil.example/a'],
  ['/quiet//evil.example/x?a=//b', '/quiet/evil.example/x?a=//b'],
  ['/quiet/\\evil.example', '/quiet/evil.example'],
  ['/quiet\\\\/evil.example', '/quiet/evil.example'],
  ['/quiet/.//evil.example', '/quiet/evil.example'],
  ['/quiet/x/..//evil.example', '/quiet/evil.example'],
  ['/es//evil.example', '/es/evil.example'],
  ['////', '/'],
])('%s leads to one path of this site', async (target, location) => {
  for (const method of ['GET', 'POST']) {
    const response = await ask(target, method)
    expect([response.status, response.headers.get('location')]).toEqual([308, location])
  }
})

it.each([
  ['of slashes', `/x${'/'.repeat(15_000)}a`],
  ['read discreetly', `/quiet/${'a'.repeat(2_000)}`],
  ['of letters that grow when written', `/${'é'.repeat(400)}`],
])('a long path %s is refused with a page that names nobody', async (_, target) => {
  const response = await ask(target)
  expect(response.status).toBe(414)
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(await response.text()).toContain('<title>Notes</title>')
})

it.each([
  '/',
  '/conditions/alcohol',
  `/${'a'.repeat(1_999)}`,
  '/search?q=//x',
  '/%2F%2Fevil.example',
  '/%5Cx',
])('%.30s is read further', async (target) => {
  expect((await ask(target)).status).toBe(500)
})
