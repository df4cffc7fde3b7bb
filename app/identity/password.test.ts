import { expect, it } from 'vitest'
import { hashPassword, NOBODYS_HASH, passwordMatches } from './password.server.ts'

it('matches its own password only, and never the same hash twice', async () => {
  const one = await hashPassword('calm water 1')
  const two = await hashPassword('calm water 1')
  expect(one).not.toBe(two)
  expect(await passwordMatches('calm water 1', one)).toBe(true)
  expect(await passwordMatches('calm water 2', one)).toBe(false)
  expect(await passwordMatches('', one)).toBe(false)
})

it('never matches a stored text of another form', async () => {
  for (const stored of ['', 'none', 'plain$calm water', 'argon2id$1$1$1$$'])
    expect(await passwordMatches('calm water 1', stored)).toBe(false)
})

it('costs the same work for an account that does not exist', async () => {
  const cost = (hash: string) => hash.split('$').slice(0, 4)
  expect(cost(NOBODYS_HASH)).toEqual(cost(await hashPassword('x')))
  expect(await passwordMatches('anything at all', NOBODYS_HASH)).toBe(false)
})
