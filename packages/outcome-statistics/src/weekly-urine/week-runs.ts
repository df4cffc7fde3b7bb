/**
 * The first window of `width` weeks in a row, at least `atLeast` of which read as `value`.
 *
 * @returns the window's zero-based first week, or −1
 * Cost: one pass.
 */
export function firstWindow(weeks: Uint8Array, value: number, width: number, atLeast: number): number {
  let matches = 0
  for (let week = 0; week < weeks.length; week++) {
    if (weeks[week] === value) matches++
    if (week >= width && weeks[week - width] === value) matches--
    if (week >= width - 1 && matches >= atLeast) return week - width + 1
  }
  return -1
}

/** The length of the longest run of weeks that read as `value`. */
export function longestRun(weeks: Uint8Array, value: number): number {
  let longest = 0
  let run = 0
  for (const week of weeks) {
    run = week === value ? run + 1 : 0
    if (run > longest) longest = run
  }
  return longest
}

/** How many weeks read as `value`. */
export function countWeeks(weeks: Uint8Array, value: number): number {
  let count = 0
  for (const week of weeks) if (week === value) count++
  return count
}
