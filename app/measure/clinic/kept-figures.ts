/** Stands for `undefined`, which JSON does not know: among figures it is "withheld", and `null` is "none". */
const UNDEFINED = { $: 'undefined' } as const

/**
 * Figures as they are kept in the database, such that `asShown` makes exactly the same of them again.
 *
 * @throws TypeError for what JSON would silently make something else of (not a finite number, not a plain object): a figure
 *   that would come back as another one must not be kept
 */
export function asKept(value: unknown): unknown {
  if (value === undefined) return UNDEFINED
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number' && Number.isFinite(value) && !Object.is(value, -0)) return value
  if (Array.isArray(value)) return Array.from(value, asKept)
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype && !('$' in value))
    return each(value, asKept)
  throw new TypeError(`a figure cannot be kept: ${String(value)}`)
}

/** What was kept, as it was. */
export function asShown(kept: unknown): unknown {
  if (Array.isArray(kept)) return kept.map(asShown)
  if (typeof kept !== 'object' || kept === null) return kept
  return '$' in kept ? undefined : each(kept, asShown)
}

function each(value: object, as: (part: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, as(part)]))
}
