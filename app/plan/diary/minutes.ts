/** One bit for each minute from a beginning on, 32 to a word. */
export type Minutes = Uint32Array<ArrayBuffer>

export function emptyBits(length: number): Minutes {
  return new Uint32Array((length + 31) >>> 5)
}

export function hasBit(bits: Minutes, minute: number): boolean {
  return (bits[minute >>> 5]! & (1 << (minute & 31))) !== 0
}

/** Sets the minutes from `from` to before `to`; what lies outside is left out. */
export function fillRange(bits: Minutes, from: number, to: number): void {
  forWords(bits, from, to, (word, mask) => {
    bits[word]! |= mask
  })
}

/** Clears the minutes from `from` to before `to`. */
export function clearRange(bits: Minutes, from: number, to: number): void {
  forWords(bits, from, to, (word, mask) => {
    bits[word]! &= ~mask
  })
}

function forWords(bits: Minutes, from: number, to: number, act: (word: number, mask: number) => void): void {
  const start = Math.max(0, from)
  const end = Math.min(bits.length * 32, to)
  if (start >= end) return
  const first = start >>> 5
  const last = (end - 1) >>> 5
  const head = -1 << (start & 31)
  const tail = -1 >>> (31 - ((end - 1) & 31))
  if (first === last) {
    act(first, head & tail)
    return
  }
  act(first, head)
  for (let word = first + 1; word < last; word++) act(word, -1)
  act(last, tail)
}

export function unite(a: Minutes, b: Minutes): Minutes {
  const both = a.slice()
  for (let w = 0; w < both.length; w++) both[w]! |= b[w]!
  return both
}

export function intersect(a: Minutes, b: Minutes): Minutes {
  const both = a.slice()
  for (let w = 0; w < both.length; w++) both[w]! &= b[w]!
  return both
}

/** Every minute that was not set; bits beyond `length` stay empty. */
export function invert(bits: Minutes, length: number): Minutes {
  const other = bits.slice()
  for (let w = 0; w < other.length; w++) other[w] = ~other[w]!
  const rest = length & 31
  if (rest !== 0) other[other.length - 1]! &= -1 >>> (32 - rest)
  return other
}

/**
 * The minutes s at which a span from s - `before` to before s + `after` meets something set, or leaves the grid at its
 * end. (What lies before its beginning counts as free.) By doubling: a span of n minutes costs about log2 n passes.
 *
 * @param after at least 1
 */
export function blockedStarts(busy: Minutes, length: number, before: number, after: number): Minutes {
  const span = before + after
  let run = busy.slice()
  for (let covered = 1; covered < span; ) {
    const step = Math.min(covered, span - covered)
    const later = earlierBy(run, step)
    for (let w = 0; w < run.length; w++) run[w]! |= later[w]!
    covered += step
  }
  if (before > 0) {
    run = laterBy(run, before)
    // A span cut off by the beginning of the grid still meets what is set after it.
    const first = firstBit(busy)
    if (first !== undefined) fillRange(run, first - after + 1, before)
  }
  fillRange(run, length - after + 1, run.length * 32)
  return run
}

function firstBit(bits: Minutes): number | undefined {
  const word = bits.findIndex((each) => each !== 0)
  return word < 0 ? undefined : word * 32 + (31 - Math.clz32(bits[word]! & -bits[word]!))
}

/** Bit m of the result is bit m + by. */
function earlierBy(bits: Minutes, by: number): Minutes {
  const moved = new Uint32Array(bits.length)
  const words = by >>> 5
  const rest = by & 31
  for (let w = 0; w + words < bits.length; w++) {
    const low = bits[w + words]! >>> rest
    const high = rest === 0 || w + words + 1 >= bits.length ? 0 : bits[w + words + 1]! << (32 - rest)
    moved[w] = low | high
  }
  return moved
}

/** Bit m of the result is bit m - by. */
function laterBy(bits: Minutes, by: number): Minutes {
  const moved = new Uint32Array(bits.length)
  const words = by >>> 5
  const rest = by & 31
  for (let w = bits.length - 1; w >= words; w--) {
    const high = bits[w - words]! << rest
    const low = rest === 0 || w - words - 1 < 0 ? 0 : bits[w - words - 1]! >>> (32 - rest)
    moved[w] = high | low
  }
  return moved
}
