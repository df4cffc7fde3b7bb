import { words } from './search-words.ts'

/** A piece of text; `marked` pieces matched the query. Never HTML: the page marks them. */
export type Segment = { readonly text: string; readonly marked: boolean }

/**
 * Cuts a text into matched and other pieces.
 *
 * @param terms matched words as the index holds them
 */
export function markWords(text: string, terms: ReadonlySet<string>): Segment[] {
  const segments: Segment[] = []
  for (const piece of text.split(/([\p{L}\p{N}'’-]+)/u)) {
    if (piece === '') continue
    const marked = words(piece).some((word) => terms.has(word))
    const last = segments.at(-1)
    if (last && last.marked === marked) segments[segments.length - 1] = { text: last.text + piece, marked }
    else segments.push({ text: piece, marked })
  }
  return segments
}

/**
 * The stretch of a text that says most about the query: whole sentences around the first one with the most
 * different matched words, cut near `length` characters.
 */
export function snippet(text: string, terms: ReadonlySet<string>, length = 200): Segment[] {
  const sentences = text.split(/(?<=[.!?])\s+/)
  let best = 0
  let bestHits = -1
  for (const [index, sentence] of sentences.entries()) {
    const hits = new Set(words(sentence).filter((word) => terms.has(word))).size
    if (hits > bestHits) {
      best = index
      bestHits = hits
    }
  }
  let chosen = sentences[best] ?? ''
  for (
    let next = best + 1;
    next < sentences.length && chosen.length + sentences[next]!.length < length;
    next++
  ) {
    chosen += ` ${sentences[next]}`
  }
  return markWords(chosen.length > length * 1.5 ? cutAround(chosen, terms, length) : chosen, terms)
}

/** A long sentence cut to about `length` characters so that its first matched word stays in view. */
function cutAround(sentence: string, terms: ReadonlySet<string>, length: number): string {
  const pieces = sentence.split(' ')
  const first = Math.max(
    0,
    pieces.findIndex((piece) => words(piece).some((word) => terms.has(word))),
  )
  let start = Math.max(0, first - 8)
  if (start < 4) start = 0
  let cut = start > 0 ? '…' : ''
  for (const piece of pieces.slice(start)) {
    if (cut.length + piece.length > length) return `${cut} …`
    cut += (cut === '' || cut === '…' ? '' : ' ') + piece
  }
  return cut
}
