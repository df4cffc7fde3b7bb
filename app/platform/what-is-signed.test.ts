import { expect, it } from 'vitest'
import { whatIsSigned } from './what-is-signed.ts'

const form = (fields: Record<string, string>) => whatIsSigned('/work/plans/1/order', Object.entries(fields))

it('is one text however lines end and fields are ordered', () => {
  expect(form({ reason: 'one\r\ntwo\rthree', intent: 'sign' })).toBe(
    form({ intent: 'sign', reason: 'one\ntwo\nthree' }),
  )
})

it('leaves out what proves who signs, and the form’s key', () => {
  const bare = form({ reason: 'x' })
  expect(
    form({
      reason: 'x',
      password: 'secret',
      secondPassword: 'secret',
      passkey: '{}',
      secondPasskey: '{}',
      secondEmail: 'a@b.c',
      key: '0192',
    }),
  ).toBe(bare)
})

it.each([
  ['another value', { reason: 'y' }],
  ['a field more', { reason: 'x', dose: '1' }],
  ['another name', { reasons: 'x' }],
])('differs by %s', (_case, fields) => {
  expect(form(fields as Record<string, string>)).not.toBe(form({ reason: 'x' }))
})

it('differs by address', () => {
  expect(whatIsSigned('/a', [])).not.toBe(whatIsSigned('/b', []))
})

it('cannot be shifted from one field into the next', () => {
  expect(form({ a: '1","b', c: '2' })).not.toBe(form({ a: '1', b: 'c', c: '2' }))
})
