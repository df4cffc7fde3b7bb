/** What goes into scoring and what comes out of it. */

/**
 * Item id to raw answer, before any reversal. Null and absent mean not answered. Values are `unknown` because
 * answers come from browsers and files: the engine checks each one and names those that do not fit.
 */
export type Answers = Readonly<Record<string, unknown>>

/** Facts about the person or the moment that some bands and rules need (`sex`, `substance`, `timepoint`). */
export type ScoringContext = Readonly<Record<string, unknown>>

export type ScoreStatus = 'ok' | 'prorated' | 'partial' | 'incomplete'

export type ScoreResult = {
  readonly value: number | string | null
  readonly status: ScoreStatus
  /** Prorated scores: the value before rounding, two decimals. */
  readonly exact?: number
  /** Incomplete scores with at least one answer: the lowest and the highest value still possible. */
  readonly bounds?: readonly [number, number]
  /** Present when the score has bands; null when none applies or none is certain. */
  readonly band?: string | null
  /** Present for drinking levels. */
  readonly label?: string | null
}

export type CategoryResult = {
  readonly value: string | null
  /** When the value is not known: a level that is reached for certain, or null. */
  readonly lowerBound?: string | null
}

/** All answers fit. Triggers are ids, in the order of the instrument. */
export type ScoredResponse = {
  readonly valid: true
  readonly scores: Readonly<Record<string, ScoreResult>>
  readonly flags?: Readonly<Record<string, boolean | null>>
  readonly categories?: Readonly<Record<string, CategoryResult>>
  readonly warnings?: readonly string[]
  readonly triggers: readonly string[]
}

/** A series of records gives figures instead of scores; `triggers` is present when one fired. */
export type MeasuredSeries = {
  readonly valid: true
  readonly metrics: Readonly<Record<string, number | boolean | null>>
  readonly triggers?: readonly string[]
}

/** At least one answer does not fit: nothing is scored, but a safety answer is still heard. */
export type RejectedResponse = {
  readonly valid: false
  /** `invalid-value:q3`, `unknown-item:q12`, sorted. */
  readonly errors: readonly string[]
  readonly triggers: readonly string[]
}

export type ScoringOutcome = ScoredResponse | MeasuredSeries | RejectedResponse
