import { stem } from './search-stem.ts'
import { stems, words } from './search-words.ts'

/** A piece of text; `marked` pieces matched the query. Never HTML: the page marks them. */
export type Segment = { readonly text: string; readonly marked: boolean }

/** The sentences of a text with their stems, cut once when the search is built. */
export type Passages = readonly { readonly text: string; readonly stems: readonly string[] }[]

/** Cuts the texts of a document into sentences, in their order. */
export function passagesOf(...texts: readonly string[]): Passages {
  return texts
    .flatMap((text) => text.split(/(?<=[.!?])\s+/))
    .filter((sentence) => sentence !== '')
    .map((sentence) => ({ text: sentence, stems: stems(sentence) }))
}

/**
 * Cuts a text into matched and other pieces.
 *
 * @param marked stems that matched
 */
export function markWords(text: string, marked: ReadonlySet<string>): Segment[] {
  const segments: Segment[] = []
  for (const piece of text.split(/([\p{L}\p{N}'’]+)/u)) {
    if (piece === '') continue
    const matched = words(piece).some((word) => marked.has(stem(word)))
    const last = segments.at(-1)
    if (last && last.marked === matched)
      segments[segments.length - 1] = { text: last.text + piece, marked: matched }
    else segments.push({ text: piece, marked: matched })
  }
  return segments
}

/**
 * The stretch of a text that says most about the query: whole sentences from the first one with the most
 * different matched words, cut near `length` characters.
 */
export function snippet(passages: Passages, marked: ReadonlySet<string>, length = 200): Segment[] {
  let best = 0
  let bestHits = -1
  for (const [index, passage] of passages.entries()) {
    const hits = new Set(passage.stems.filter((root) => marked.has(root))).size
    if (hits > bestHits) {
      best = index
      bestHits = hits
    }
  }
  let chosen = passages[best]?.text ?? ''
  for (
    let next = best + 1;
    next < passages.length && chosen.length + passages[next]!.text.length < length;
    next++
  ) {
    chosen += ` ${passages[next]!.text}`
  }
  return markWords(chosen.length > length * 1.5 ? cutAround(chosen, marked, length) : chosen, marked)
}

/** A long sentence cut to about `length` characters so that its first matched word stays in view. */
function cutAround(sentence: string, marked: ReadonlySet<string>, length: number): string {
  const pieces = sentence.split(' ')
  const first = Math.max(
    0,
    pieces.findIndex((piece) => stems(piece).some((root) => marked.has(root))),
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
