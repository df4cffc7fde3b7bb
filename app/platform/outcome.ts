/**
 * What a command gives back: a value, or a refusal with a reason that a page can explain.
 * Broken input never reaches a command (it is answered field by field at the edge); broken code throws.
 */
export type Outcome<Value, Reason extends string = string> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: Reason; readonly detail?: unknown }

export function done<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value }
}

/** @param detail facts the page needs to explain the refusal (ids, numbers); never free text of a person. */
export function refused<Reason extends string>(
  reason: Reason,
  detail?: unknown,
): { readonly ok: false; readonly reason: Reason; readonly detail?: unknown } {
  return detail === undefined ? { ok: false, reason } : { ok: false, reason, detail }
}
