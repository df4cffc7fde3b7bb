/**
 * Three-valued logic (Kleene) as ordered numbers: "all" is the least of its parts, "any" the greatest,
 * "not" the negative. Unknown is a value of its own, never false.
 */
export type Truth = 1 | 0 | -1

export const TRUE = 1
export const UNKNOWN = 0
export const FALSE = -1

export function truthOf(holds: boolean): Truth {
  return holds ? TRUE : FALSE
}

/** true, false or null, as stored in a result. */
export function knownOrNull(truth: Truth): boolean | null {
  return truth === TRUE ? true : truth === FALSE ? false : null
}
