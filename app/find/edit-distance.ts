const longestWord = 64
let beforeLast = new Uint8Array(longestWord + 1)
let last = new Uint8Array(longestWord + 1)
let current = new Uint8Array(longestWord + 1)

/**
 * How many slips of the hand lie between two words: a letter too many, one missing, one wrong, or two
 * neighbors swapped (optimal string alignment distance).
 *
 * @param atMost stops counting above this; the answer is then `atMost + 1`. Words above 64 letters are never near.
 * @example editDistance('drikning', 'drinking', 2) // 1
 */
export function editDistance(a: string, b: string, atMost: number): number {
  if (a === b) return 0
  if (Math.abs(a.length - b.length) > atMost || Math.max(a.length, b.length) > longestWord) return atMost + 1
  for (let column = 0; column <= b.length; column++) last[column] = column
  for (let row = 1; row <= a.length; row++) {
    current[0] = row
    let lowest = row
    const letter = a.charCodeAt(row - 1)
    const letterBefore = row > 1 ? a.charCodeAt(row - 2) : -1
    for (let column = 1; column <= b.length; column++) {
      const other = b.charCodeAt(column - 1)
      let cost = last[column - 1]! + (letter === other ? 0 : 1)
      if (last[column]! < cost) cost = last[column]! + 1
      if (current[column - 1]! < cost) cost = current[column - 1]! + 1
      if (column > 1 && letterBefore === other && letter === b.charCodeAt(column - 2)) {
        cost = Math.min(cost, beforeLast[column - 2]! + 1)
      }
      current[column] = cost
      if (cost < lowest) lowest = cost
    }
    if (lowest > atMost) return atMost + 1
    const reused = beforeLast
    beforeLast = last
    last = current
    current = reused
  }
  return Math.min(last[b.length]!, atMost + 1)
}

/** Slips forgiven in a word of this length: none in short words, where one letter makes another word. */
export function slipsForgiven(length: number): number {
  if (length < 4) return 0
  return length < 8 ? 1 : 2
}
