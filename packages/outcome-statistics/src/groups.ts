/** Rows sorted into groups: `labels` ascending, `code[row]` the position of the row's label, `size[code]` its rows. */
export type Groups = {
  readonly labels: readonly number[]
  readonly code: Uint32Array
  readonly size: Uint32Array
}

const LARGEST_TABLE = 1 << 16

/**
 * Numbers the distinct labels of `group` in ascending order.
 *
 * @param group one label a row; any finite numbers, small whole numbers are fastest
 * Cost: O(n + k log k) for k labels.
 */
export function numberGroups(group: ArrayLike<number>): Groups {
  const n = group.length
  const code = new Uint32Array(n)
  let small = true
  let largest = 0
  for (let row = 0; row < n && small; row++) {
    const label = group[row]!
    small = label >= 0 && label < LARGEST_TABLE && Math.trunc(label) === label
    if (label > largest) largest = label
  }
  if (small) {
    const present = new Uint32Array(largest + 1)
    for (let row = 0; row < n; row++) present[group[row]!]!++
    const labels: number[] = []
    const sizes: number[] = []
    const codeOfLabel = new Uint32Array(largest + 1)
    for (let label = 0; label <= largest; label++) {
      if (present[label] === 0) continue
      codeOfLabel[label] = labels.length
      labels.push(label)
      sizes.push(present[label]!)
    }
    for (let row = 0; row < n; row++) code[row] = codeOfLabel[group[row]!]!
    return { labels: n === 0 ? [] : labels, code, size: Uint32Array.from(sizes) }
  }
  const labels = [...new Set(Array.from(group))].sort((a, b) => a - b)
  if (!labels.every(Number.isFinite)) throw new RangeError('a group label is not a finite number')
  const codeOfLabel = new Map(labels.map((label, position) => [label, position]))
  const size = new Uint32Array(labels.length)
  for (let row = 0; row < n; row++) {
    const position = codeOfLabel.get(group[row]!)!
    code[row] = position
    size[position]!++
  }
  return { labels, code, size }
}

/**
 * Splits an order of rows by group, keeping the order within each group.
 * Returns the rows and, for each group, where its stretch begins (one more entry closes the last).
 */
export function splitByGroup(order: Uint32Array, groups: Groups): { rows: Uint32Array; start: Uint32Array } {
  const start = new Uint32Array(groups.labels.length + 1)
  for (let g = 0; g < groups.labels.length; g++) start[g + 1] = start[g]! + groups.size[g]!
  const cursor = start.slice()
  const rows = new Uint32Array(order.length)
  for (let i = 0; i < order.length; i++) {
    const row = order[i]!
    rows[cursor[groups.code[row]!]!++] = row
  }
  return { rows, start }
}
