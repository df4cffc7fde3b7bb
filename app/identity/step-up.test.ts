import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { Member } from '../platform/actor.ts'
import type { AccountId } from '../platform/ids.ts'
import { addMs, MINUTE_MS, parseInstant } from '../platform/time.ts'
import { isFreshStepUp, isRecentStepUp, notConfirmedWords, parseSignedForm } from './step-up.ts'

const at = parseInstant('2026-11-23T15:00:00Z')
const actor = { kind: 'member', accountId: 'ada' } as Member
const given = (accountId: string, msBefore: number) => ({
  accountId: accountId as AccountId,
  at: addMs(at, -msBefore),
})

it.each([
  ['their own, at once', 'ada', 0, true],
  ['their own, two minutes ago', 'ada', 2 * MINUTE_MS, true],
  ['their own, longer ago', 'ada', 2 * MINUTE_MS + 1, false],
  ['their own, from the future', 'ada', -1, false],
  ['of somebody else', 'ben', 0, false],
])('a password given again: %s', (_case, accountId, msBefore, fresh) => {
  expect(isFreshStepUp(given(accountId, msBefore), actor, at)).toBe(fresh)
})

it('of a second person counts only how long ago it was', () => {
  expect([0, 2 * MINUTE_MS, 2 * MINUTE_MS + 1, -1].map((ms) => isRecentStepUp(given('ben', ms), at))).toEqual(
    [true, true, false, false],
  )
})

describe('a form that is signed', () => {
  const schema = z.object({ reason: z.string({ error: 'Write why.' }) })
  const read = (fields: Record<string, string>, ask?: Parameters<typeof parseSignedForm>[2]) => {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.set(name, value)
    const parsed = parseSignedForm(schema, form, ask)
    return parsed.ok ? 'ok' : parsed.answer
  }

  it('comes with a password or the answer of a passkey', () => {
    expect(read({ reason: 'x', password: 'p' })).toBe('ok')
    expect(read({ reason: 'x', passkey: '{}' })).toBe('ok')
    expect(read({ reason: 'x', password: '', secondPasskey: '{}' })).toMatchObject({
      errors: { password: expect.stringContaining('passkey') },
    })
  })

  it('or with those of the second who signs', () => {
    expect(read({ reason: 'x', secondPasskey: '{}' }, { second: true })).toBe('ok')
    expect(read({ reason: 'x', password: 'p' }, { second: true, missing: 'Theirs.' })).toMatchObject({
      errors: { secondPassword: 'Theirs.' },
    })
  })

  it('says everything that is missing at once, and gives back neither password nor answer', () => {
    expect(read({})).toMatchObject({ errors: { reason: 'Write why.', password: expect.any(String) } })
    expect(read({ password: 'p', passkey: '{}' })).toEqual({ errors: { reason: 'Write why.' }, values: {} })
  })
})

it('words for who was not confirmed', () => {
  expect(notConfirmedWords({ reason: 'no-match' }, 'Not yours.')).toBe('Not yours.')
  expect(notConfirmedWords({ reason: 'slowed', waitMs: 61_000 }, '')).toContain('2 minutes')
  expect(notConfirmedWords({ reason: 'passkey-refused' }, '')).toContain('passkey was not accepted')
})
