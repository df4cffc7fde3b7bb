import type { Actor } from '../platform/actor.ts'
import type { AccountId } from '../platform/ids.ts'
import { type Instant, MINUTE_MS, msBetween } from '../platform/time.ts'

/** That the owner of an account gave their password again at this instant. Commands that sign ask for it. */
export type StepUp = { readonly accountId: AccountId; readonly at: Instant }

/** A signature follows its password within this time. */
const STEP_UP_MS = 2 * MINUTE_MS

/**
 * Whether somebody gave their password just before an instant. For a second person who is somebody else than the actor;
 * of the actor's own ask `isFreshStepUp`.
 *
 * @returns false also for one from the future: whatever made it, no password was given then
 */
export function isRecentStepUp(stepUp: StepUp, at: Instant): boolean {
  const since = msBetween(stepUp.at, at)
  return since >= 0 && since <= STEP_UP_MS
}

/** Whether the actor, and nobody else, gave their own password just before they sign at an instant. */
export function isFreshStepUp(stepUp: StepUp, actor: Actor, at: Instant): boolean {
  return actor.kind === 'member' && stepUp.accountId === actor.accountId && isRecentStepUp(stepUp, at)
}
