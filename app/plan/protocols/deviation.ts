import type { AccountId, Id, PersonId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { PlanId } from '../plan.ts'

export const DEVIATION_KINDS = ['dose', 'spacing', 'therapy', 'readings', 'other'] as const
export type DeviationKind = (typeof DEVIATION_KINDS)[number]

/** Where a running treatment left its protocol: what it says, what was done instead, and why. */
export type Deviation = {
  readonly id: Id<'deviation'>
  readonly planId: PlanId
  readonly personId: PersonId
  readonly protocolId: string
  readonly protocolVersion: string
  readonly kind: DeviationKind
  readonly protocolSays: string
  readonly doneInstead: string
  readonly reason: string
  /** The order, visit or session it was noted with. */
  readonly object: { readonly kind: string; readonly id: Id<string> } | undefined
  readonly by: AccountId | undefined
  readonly at: Instant
}

export const DEVIATION_WORDS: Readonly<Record<DeviationKind, string>> = {
  dose: 'dose',
  spacing: 'days between sessions',
  therapy: 'therapy',
  readings: 'readings',
  other: 'something else',
}
