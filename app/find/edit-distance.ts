/**
 * How many slips of the hand lie between two words: a letter too many, one missing, one wrong, or two
 * neighbors swapped (optimal string alignment distance).
 *
 * @param atMost stops counting above this; the answer is then `atMost + 1`
 * @example editDistance('drikning', 'drinking', 2) // 1
 */
export function editDistance(a: string, b: string, atMost: number): number {
  if (Math.abs(a.length - b.length) > atMost) return atMost + 1
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    let lowest = row
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      let cost = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1))
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        cost = Math.min(cost, beforeLast[column - 2]! + 1)
      }
      current.push(cost)
      lowest = Math.min(lowest, cost)
    }
    if (lowest > atMost) return atMost + 1
    beforeLast = last
    last = current
  }
  return Math.min(last[b.length]!, atMost + 1)
}

/** Slips forgiven in a word of this length: none in short words, where one letter makes another word. */
export function slipsForgiven(length: number): number {
  if (length < 4) return 0
  return length < 8 ? 1 : 2
}
