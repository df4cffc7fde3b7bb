import { expect, it } from 'vitest'
import { backWithin, printCookie, wantsLargePrint } from './print-size.ts'

it('reads what it wrote, among other cookies', () => {
  expect(wantsLargePrint('a=b; evenkeel-print=large; c=d')).toBe(true)
  expect(wantsLargePrint('evenkeel-print=; c=d')).toBe(false)
  expect(wantsLargePrint(null)).toBe(false)
  expect(printCookie(true, true)).toMatch(/^evenkeel-print=large; Max-Age=31536000; .*; Secure$/)
  expect(printCookie(false, false)).toMatch(/^evenkeel-print=; Max-Age=0;/)
})

it.each([
  ['/portal/intake/phq-9-q1?x=1', '/portal/intake/phq-9-q1?x=1'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  ['/a\nb', '/'],
  [null, '/'],
])('goes back to %o as %s', (path, expected) => expect(backWithin(path)).toBe(expected))
