import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../tests/database/test-clinic.ts'
import type { Role } from '../platform/actor.ts'
import { runCommand } from '../platform/command.server.ts'
import { addMember, confirmColleague, hashPassword } from './index.server.ts'

let t: TestDatabase
let harbor: TestClinic
let other: TestClinic

beforeAll(async () => {
  t = await openTestDatabase()
  harbor = await makeClinic(t.services, 'harbor')
  other = await makeClinic(t.services, 'other')
  const passwordHash = await hashPassword('a right password')
  for (const [clinic, email, role] of [
    [harbor, 'second@example.org', 'prescriber'],
    [harbor, 'nurse.second@example.org', 'nurse'],
    [other, 'elsewhere@example.org', 'prescriber'],
  ] as const)
    await must(
      runCommand(t.services, clinic.system, addMember, {
        email,
        name: email,
        passwordHash,
        roles: [role as Role],
      }),
    )
})
afterAll(() => t.close())

const confirm = (email: string, password: string) =>
  confirmColleague(t.services, harbor.as.prescriber, ['prescriber'], { email, password })

describe('a colleague on somebody else’s screen', () => {
  it('is confirmed by their own e-mail and password', async () => {
    const result = await confirm(' Second@Example.org ', 'a right password')
    expect(result).toMatchObject({ ok: true, stepUp: { at: t.clock.now() } })
    expect(result.ok && result.stepUp.accountId).not.toBe(harbor.as.prescriber.accountId)
  })

  it.each([
    ['a wrong password', 'second@example.org', 'a wrong password'],
    ['an unknown e-mail', 'nobody@example.org', 'a right password'],
    ['somebody of another role', 'nurse.second@example.org', 'a right password'],
    ['somebody of another clinic', 'elsewhere@example.org', 'a right password'],
  ])('%s gets one and the same answer', async (_case, email, password) => {
    expect(await confirm(email, password)).toEqual({ ok: false, reason: 'no-match' })
  })

  it('is slowed after many wrong tries', async () => {
    for (let i = 0; i < 8; i++) await confirm('second@example.org', 'wrong')
    expect(await confirm('second@example.org', 'a right password')).toMatchObject({
      ok: false,
      reason: 'slowed',
    })
  })
})
