/** A question that has no answer: what is wrong, in which field of the input, and the value that was given. */
export type Refusal = {
  readonly ok: false
  readonly reason: RefusalReason
  /** Path in the input, for example `doses[1].doseMg`. */
  readonly field: string
  readonly value: unknown
}

export type RefusalReason =
  | 'not-a-number'
  | 'not-above-zero'
  | 'below-zero'
  | 'not-a-share'
  | 'times-not-ascending'
  | 'nothing-given'
  | 'unknown-route'
  | 'route-not-in-model'
  | 'unknown-parameter'
  | 'not-a-covariance'
  | 'not-a-count'
  | 'out-of-range'
  /** A percentile of many people lies above the highest level that is counted; up to 1,000 people are not counted. */
  | 'beyond-bins'
  | 'stopped'

export function refuse(reason: RefusalReason, field: string, value: unknown): Refusal {
  return { ok: false, reason, field, value }
}
