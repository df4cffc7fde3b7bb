import type { AccountId, Id, PersonId } from '../platform/ids.ts'
import type { Instant } from '../platform/time.ts'
import type { DecisionChange } from './eligibility/change-words.ts'
import type { Override } from './eligibility/decision.ts'
import type { RuleResult } from './eligibility/eligibility.ts'

export type AssessmentId = Id<'assessment'>

/** One assessment of one person: opened by an accepted request, ended by a prescriber's signed decision. */
export type Assessment = {
  readonly id: AssessmentId
  readonly personId: PersonId
  readonly requestId: Id<'request'> | undefined
  readonly openedAt: Instant
  /** When the person said that the intake is finished. */
  readonly intakeCompletedAt: Instant | undefined
}

export type AssessmentState = 'opened' | 'intake-in-progress' | 'intake-complete' | 'decided'

/**
 * | decision | intake finished | answers | state |
 * |---|---|---|---|
 * | signed | any | any | decided |
 * | none | yes | any | intake-complete |
 * | none | no | some | intake-in-progress |
 * | none | no | none | opened |
 */
export function assessmentState(seen: {
  readonly decided: boolean
  readonly intakeCompleted: boolean
  readonly answers: number
}): AssessmentState {
  if (seen.decided) return 'decided'
  if (seen.intakeCompleted) return 'intake-complete'
  return seen.answers > 0 ? 'intake-in-progress' : 'opened'
}

/** A prescriber's signed decision and everything it rested on. The newest of an assessment holds. */
export type EligibilityDecision = {
  readonly id: Id<'eligibility-decision'>
  readonly assessmentId: AssessmentId
  readonly decision: 'eligible' | 'not-eligible'
  readonly reasons: string
  readonly overrides: readonly Override[]
  readonly evaluation: readonly RuleResult[]
  /** Account id. */
  readonly decidedBy: string
  readonly decidedAt: Instant
  /** Who put absolute rules aside together with the signer, and when they gave their own password. */
  readonly second?: { readonly by: AccountId; readonly at: Instant } | undefined
  /** Something it rests on has changed since. */
  readonly stale: boolean
  /** What has changed since; empty unless `stale`. */
  readonly changes: readonly DecisionChange[]
}
