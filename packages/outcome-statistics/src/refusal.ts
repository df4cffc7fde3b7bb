/**
 * A question that has no answer, said by name. Functions of this package return it instead of NaN, so a page can print
 * why a figure is missing. `row` is the zero-based row of the input that caused it, where one row did.
 */
export type Refusal<Reason extends string> = {
  readonly ok: false
  readonly reason: Reason
  readonly row?: number
}

export function refuse<Reason extends string>(reason: Reason, row?: number): Refusal<Reason> {
  return row === undefined ? { ok: false, reason } : { ok: false, reason, row }
}
