import type { Id, PersonId } from '../../platform/ids.ts'
import { DAY_MS, type Instant, msBetween } from '../../platform/time.ts'

/** Ketamine that was given in a session here. */
export type KetamineExposure = {
  readonly personId: PersonId
  readonly sessionId: Id<'dosing-session'>
  readonly dosedAt: Instant
}

/** How long ketamine is usually found, and its metabolite at most (analyte table, confidence medium). */
const USUAL_DAYS = 4
const LONGEST_DAYS = 14

/**
 * The session that explains ketamine in a specimen: the last dose before it, if near enough.
 *
 * @param collectedAt when the specimen was given
 * @returns undefined when no dose here explains it
 */
export function explainingDose(
  exposures: readonly KetamineExposure[],
  collectedAt: Instant,
): { readonly dosedAt: Instant; readonly days: number; readonly usual: boolean } | undefined {
  const last = exposures
    .map(({ dosedAt }) => dosedAt)
    .filter((dosedAt) => dosedAt <= collectedAt)
    .sort()
    .at(-1)
  if (!last) return undefined
  const days = msBetween(last, collectedAt) / DAY_MS
  if (days > LONGEST_DAYS) return undefined
  return { dosedAt: last, days: Math.floor(days), usual: days <= USUAL_DAYS }
}
