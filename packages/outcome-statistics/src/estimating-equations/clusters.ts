import { gathered } from '../design.ts'
import { numberGroups } from '../groups.ts'
import { type Refusal, refuse } from '../refusal.ts'

/** Rows put together by person and in the order of their visits. */
export type Clusters = {
  readonly people: number
  /** Positions in the caller's list, person after person. */
  readonly order: Uint32Array
  /** Where each person begins in `order`; one more entry closes the last. */
  readonly start: Uint32Array
  /** Visit of each ordered row, as whole numbers; the place within the person where no visits are given. */
  readonly visit: Int32Array
  readonly largest: number
  readonly longestLag: number
}

const LONGEST_LAG = 1 << 20

/**
 * Sorts the kept rows by person and visit. Refuses a visit that is not a whole number and one that a person has twice,
 * with the row.
 */
export function clustersOf(
  rows: Uint32Array,
  person: ArrayLike<number>,
  visit: ArrayLike<number> | undefined,
): Clusters | Refusal<'visit-twice' | 'visit-not-whole'> {
  const groups = numberGroups(gathered(person, rows))
  const people = groups.labels.length
  const start = new Uint32Array(people + 1)
  for (let g = 0; g < people; g++) start[g + 1] = start[g]! + groups.size[g]!
  const cursor = start.slice()
  const order = new Uint32Array(rows.length)
  for (let i = 0; i < rows.length; i++) order[cursor[groups.code[i]!]!++] = i
  const at = new Int32Array(rows.length)
  let largest = 0
  let longestLag = 0
  for (let g = 0; g < people; g++) {
    const from = start[g]!
    const to = start[g + 1]!
    largest = Math.max(largest, to - from)
    if (!visit) {
      for (let i = from; i < to; i++) at[i] = i - from
      longestLag = Math.max(longestLag, to - from - 1)
      continue
    }
    for (let i = from; i < to; i++) {
      const position = order[i]!
      const when = visit[rows[position]!]!
      if (!Number.isInteger(when) || Math.abs(when) > 2 ** 30)
        return refuse('visit-not-whole', rows[position])
      let j = i
      while (j > from && at[j - 1]! > when) {
        at[j] = at[j - 1]!
        order[j] = order[j - 1]!
        j--
      }
      if (j > from && at[j - 1] === when) return refuse('visit-twice', rows[position])
      at[j] = when
      order[j] = position
    }
    longestLag = Math.max(longestLag, at[to - 1]! - at[from]!)
  }
  if (longestLag > LONGEST_LAG) {
    throw new RangeError(`visits ${longestLag} apart: number them by visit and not by time of day`)
  }
  return { people, order, start, visit: at, largest, longestLag }
}
