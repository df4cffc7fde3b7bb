import { expect, it, test } from 'vitest'
import { addMs, MINUTE_MS, parseInstant } from '../platform/time.ts'
import { isJustSent } from './just-sent.ts'

const receivedAt = parseInstant('2026-11-23T15:00:00Z')
const visit = { shown: 'own', carried: 'own', sentWith: true, receivedAt }

it('who sent a request a moment ago has just sent it', () => {
  expect(isJustSent(visit, addMs(receivedAt, MINUTE_MS))).toBe(true)
})

test.each([
  ['without the cookie', { ...visit, carried: undefined }, 1],
  ['with the cookie of another form', { ...visit, carried: 'other' }, 1],
  ['by a link made by reference, put into the cookie too', { ...visit, sentWith: false }, 1],
  ['later', visit, 15],
])('%s nobody has', (_how, one, minutes) => {
  expect(isJustSent(one, addMs(receivedAt, minutes * MINUTE_MS))).toBe(false)
})
