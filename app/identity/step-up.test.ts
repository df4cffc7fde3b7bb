import { expect, it } from 'vitest'
import type { Member } from '../platform/actor.ts'
import type { AccountId } from '../platform/ids.ts'
import { addMs, MINUTE_MS, parseInstant } from '../platform/time.ts'
import { isFreshStepUp, isRecentStepUp } from './step-up.ts'

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
