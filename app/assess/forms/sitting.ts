import type { ScoringOutcome } from '@evenkeel/questionnaires'
import type { Id, PersonId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { FactKind } from '../fact.ts'
import type { PhaseId } from './condition-track.ts'
import type { EditionId } from './edition.ts'

/** One form laid before one person, or before whoever rates what they see. */
export type SittingId = Id<'form-sitting'>

export type Sitting = {
  readonly id: SittingId
  readonly personId: PersonId
  readonly instrumentId: string
  /** The wording is fixed when the form is laid; null is our plain-language edition. */
  readonly editionId: EditionId | null
  readonly edition: string
  readonly formHash: string
  readonly phase: PhaseId
  readonly respondent: 'self' | 'proxy' | 'clinician'
  /** Who answers for the person, in words; only with `proxy`. */
  readonly proxy: string | undefined
  readonly openedAt: Instant
  /** Account id. */
  readonly openedBy: string
  readonly end: SittingEnd | undefined
}

export type SittingEnd = {
  readonly kind: 'finished' | 'set-aside'
  readonly reason: string | undefined
  readonly endedAt: Instant
  readonly endedBy: string
  readonly timeZone: string
}

/** One stored answer to one item; null means "skipped for now". A changed answer is the next revision. */
export type SittingAnswer = {
  readonly item: string
  readonly revision: number
  readonly value: number | null
  readonly answeredAt: Instant
  readonly answeredBy: string
  readonly timeZone: string
}

/** What holds now of every item, and since when the first was answered. */
export function sittingNow(answers: readonly SittingAnswer[]): {
  readonly values: Readonly<Record<string, number | null>>
  readonly startedAt: Instant | undefined
} {
  const latest = new Map<string, SittingAnswer>()
  let startedAt: Instant | undefined
  for (const answer of answers) {
    const before = latest.get(answer.item)
    if (!before || answer.revision > before.revision) latest.set(answer.item, answer)
    if (!startedAt || answer.answeredAt < startedAt) startedAt = answer.answeredAt
  }
  return {
    values: Object.fromEntries([...latest].map(([item, answer]) => [item, answer.value])),
    startedAt,
  }
}

/** The triage "high" of the suicide screen begins at this level of its 0 to 5 scale of thoughts. */
const LEAST_LEVEL_OF_HIGH = 4

/**
 * The clinical fact that a rating by staff establishes, for the rules that hold or release a dose.
 *
 * The suicide screen gives the gravest thoughts, 0 to 5. Behaviour in the past three months makes its triage "high"
 * whatever the thoughts are; it is kept as level 4 then, so that no rule about levels reads it as less. Nothing is
 * established by a screen that cannot be triaged or a scale with a gap.
 *
 * @returns undefined when the instrument establishes no fact, or this result does not
 */
export function factOfResult(
  instrumentId: string,
  outcome: ScoringOutcome,
): { readonly kind: FactKind; readonly value: number } | undefined {
  if (!outcome.valid || !('scores' in outcome)) return undefined
  if (instrumentId === 'ciwa-ar') {
    const total = outcome.scores.total
    return total?.status === 'ok' && typeof total.value === 'number'
      ? { kind: 'ciwa-ar', value: total.value }
      : undefined
  }
  if (instrumentId === 'c-ssrs-screener') {
    const level = outcome.scores.ideationLevel?.value
    const triage = outcome.categories?.risk?.value
    // High is high whatever is still open: an older, lower level must not stand beside it.
    if (triage === 'high') {
      const value = typeof level === 'number' ? Math.max(level, LEAST_LEVEL_OF_HIGH) : LEAST_LEVEL_OF_HIGH
      return { kind: 'suicide-risk-level', value }
    }
    if (typeof level !== 'number' || triage === null || triage === undefined) return undefined
    return { kind: 'suicide-risk-level', value: level }
  }
  return undefined
}
