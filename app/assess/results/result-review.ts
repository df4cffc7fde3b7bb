import {
  listInstruments,
  type SafetyTrigger,
  type ScoringOutcome,
  type Severity,
} from '@evenkeel/questionnaires'
import type { Id } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { ResponseId } from '../instrument-response.ts'

/** That a clinician looked at a result, and what they made of it. */
export type ResultReview = {
  readonly id: Id<'result-review'>
  readonly responseId: ResponseId
  readonly at: Instant
  /** Account id. */
  readonly by: string
  readonly note: string
}

/** A trigger that fired when the response was stored. */
export type FiredTrigger = {
  readonly id: string
  readonly severity: Severity
  /** What the instrument asks staff to do; undefined for a trigger that we no longer ship. */
  readonly asksFor: string | undefined
}

const TRIGGERS: ReadonlyMap<string, SafetyTrigger> = new Map(
  listInstruments().flatMap(({ safetyTriggers }) => safetyTriggers.map((one) => [one.id, one])),
)

/** Triggers that only inform and ask nobody to look. */
export const INFORMING_TRIGGERS: readonly string[] = [...TRIGGERS.values()]
  .filter(({ severity }) => severity === 'info')
  .map(({ id }) => id)

/**
 * The triggers that are stored with a result, gravest first. One that we no longer know counts as a warning:
 * it was worth somebody's look when it fired.
 */
export function firedWith(scores: ScoringOutcome): FiredTrigger[] {
  const gravity = { critical: 0, warning: 1, info: 2 } as const
  return (scores.triggers ?? [])
    .map((id) => {
      const known = TRIGGERS.get(id)
      return { id, severity: known?.severity ?? ('warning' as const), asksFor: known?.action }
    })
    .sort((a, b) => gravity[a.severity] - gravity[b.severity])
}

/** The gravest of them that asks for a look; undefined when none does. */
export function asksForALook(triggers: readonly FiredTrigger[]): 'critical' | 'warning' | undefined {
  const gravest = triggers[0]?.severity
  return gravest === 'info' ? undefined : gravest
}
