import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { withoutTrailingSlash } from './trailing-slash.ts'

it.each([
  ['/', '/'],
  ['///', '/'],
  ['', ''],
  ['/questions', '/questions'],
  ['/questions//', '/questions'],
  ['/es/help-now/', '/es/help-now'],
])('“%s” has no slash at its end', (path, without) => {
  expect(withoutTrailingSlash(path)).toBe(without)
})

it('counts slashes once, however many they are', () => {
  const many = `/x${'/'.repeat(1_000_000)}`
  expect(withoutTrailingSlash(many)).toBe('/x')
  expect(withoutTrailingSlash(`${many}a`) === `${many}a`).toBe(true)
})

it.each([
  'find/meta/public-pages.ts',
  'find/redirects.ts',
  'find/spanish/other-language.server.ts',
  'find/spanish/pages/spanish-text.tsx',
])('%s reads what a stranger typed without a pattern that begins anew at every slash', (file) => {
  const source = readFileSync(join(import.meta.dirname, '..', file), 'utf8')
  expect(source).toContain('withoutTrailingSlash(')
  expect(source).not.toContain('\\/+$')
})
