import { stems } from './search-words.ts'

/** A piece of text; `marked` pieces matched the query. Never HTML: the page marks them. */
export type Segment = { readonly text: string; readonly marked: boolean }

/** A text cut once, when the search is built: every other part is a word, between them stands what is no word. */
export type Passage = {
  readonly parts: readonly string[]
  readonly roots: readonly string[]
  readonly length: number
}

/** Cuts one text into words and what stands between them. */
export function passageOf(text: string): Passage {
  const parts = text.split(/([\p{L}\p{N}'’]+)/u)
  const roots = parts.map((part, at) => (at % 2 === 1 ? (stems(part)[0] ?? '') : ''))
  return { parts, roots, length: text.length }
}

/** Cuts the texts of a document into sentences, in their order. */
export function passagesOf(...texts: readonly string[]): Passage[] {
  return texts
    .flatMap((text) => text.split(/(?<=[.!?])\s+/))
    .filter((sentence) => sentence !== '')
    .map(passageOf)
}

/**
 * A text as matched and other pieces.
 *
 * @param marked stems that matched
 */
export function markWords({ parts, roots }: Passage, marked: ReadonlySet<string>): Segment[] {
  const segments: Segment[] = []
  for (const [at, part] of parts.entries()) join(segments, part, roots[at] !== '' && marked.has(roots[at]!))
  return segments
}

function join(segments: Segment[], text: string, marked: boolean): void {
  if (text === '') return
  const last = segments.at(-1)
  if (last?.marked === marked) segments[segments.length - 1] = { text: last.text + text, marked }
  else segments.push({ text, marked })
}

/**
 * The stretch of a text that says most about the query: whole sentences from the first one with the most
 * different matched words, cut near `length` characters.
 */
export function snippet(passages: readonly Passage[], marked: ReadonlySet<string>, length = 200): Segment[] {
  let best = 0
  let bestHits = -1
  for (const [at, passage] of passages.entries()) {
    const hits = hitsOf(passage, marked)
    if (hits > bestHits) {
      best = at
      bestHits = hits
    }
  }
  const first = passages[best]
  if (first === undefined) return []
  if (first.length > length * 1.5) return markWords(cutAround(first, marked, length), marked)
  const segments = markWords(first, marked)
  let taken = first.length
  for (const next of passages.slice(best + 1)) {
    taken += next.length
    if (taken >= length) break
    join(segments, ' ', false)
    for (const { text, marked: isMarked } of markWords(next, marked)) join(segments, text, isMarked)
  }
  return segments
}

/** How many different matched words stand in a sentence. */
function hitsOf({ roots }: Passage, marked: ReadonlySet<string>): number {
  const hits: string[] = []
  for (let at = 1; at < roots.length; at += 2) {
    const root = roots[at]!
    if (marked.has(root) && !hits.includes(root)) hits.push(root)
  }
  return hits.length
}

/** A long sentence cut to about `length` characters so that its first matched word stays in view. */
function cutAround({ parts, roots }: Passage, marked: ReadonlySet<string>, length: number): Passage {
  const hit = roots.findIndex((root) => root !== '' && marked.has(root))
  // Eight words before it, and nothing left out for the sake of a few.
  const start = hit < 24 ? 0 : hit - 16
  let end = start
  for (let taken = 0; end < parts.length && taken + parts[end]!.length <= length; end++)
    taken += parts[end]!.length
  const before = start > 0 ? ['…'] : []
  const after = end < parts.length ? [' …'] : []
  return {
    parts: [...before, ...parts.slice(start, end), ...after],
    roots: [...before.map(() => ''), ...roots.slice(start, end), ...after.map(() => '')],
    length,
  }
}
