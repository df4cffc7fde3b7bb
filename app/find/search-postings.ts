import { stem } from './search-stem.ts'
import { words } from './search-words.ts'

/** The parts of a document that are searched, with how much a word in each counts and how much its length matters. */
const fields = {
  title: { weight: 5, length: 0.5 },
  keywords: { weight: 4, length: 0.3 },
  summary: { weight: 1.5, length: 0.5 },
  body: { weight: 1, length: 0.75 },
} as const

type Field = keyof typeof fields
const fieldNames = Object.keys(fields) as Field[]

/** How soon a word that comes again and again stops counting (BM25's k1). */
const saturation = 1.6

/** The text of one document by field. */
export type SearchedText = Readonly<Record<Field, string>>

/** In which documents a word stands and how much it says about each, from 0 to just under `saturation + 1`. */
export type Posting = { readonly documents: readonly number[]; readonly says: readonly number[] }

export type Postings = {
  readonly size: number
  readonly stem: (stem: string) => Posting | undefined
  /** The same for a word exactly as it is spelled. */
  readonly spelled: (word: string) => Posting | undefined
  /** How many documents hold each word as it is spelled. */
  readonly counted: ReadonlyMap<string, number>
}

/** Reads every document once. The place of a document in `texts` is its number. */
export function postingsOf(texts: readonly SearchedText[]): Postings {
  const inFields = texts.map((text) => fieldNames.map((field) => words(text[field])))
  const averages = fieldNames.map((_, field) =>
    Math.max(1, inFields.reduce((sum, cut) => sum + cut[field]!.length, 0) / Math.max(1, texts.length)),
  )
  const byStem = new Map<string, Posting & { documents: number[]; says: number[] }>()
  const bySpelling = new Map<string, Posting & { documents: number[]; says: number[] }>()
  for (const [number, cut] of inFields.entries()) {
    const raw = new Map<string, number>()
    const rawSpelled = new Map<string, number>()
    for (const [field, list] of cut.entries()) {
      const { weight, length } = fields[fieldNames[field]!]
      const worth = weight / (1 - length + (length * list.length) / averages[field]!)
      for (const word of list) {
        const root = stem(word)
        raw.set(root, (raw.get(root) ?? 0) + worth)
        rawSpelled.set(word, (rawSpelled.get(word) ?? 0) + worth)
      }
    }
    file(byStem, number, raw)
    file(bySpelling, number, rawSpelled)
  }
  const counted = new Map([...bySpelling].map(([word, { documents }]) => [word, documents.length]))
  return {
    size: texts.length,
    stem: (root) => byStem.get(root),
    spelled: (word) => bySpelling.get(word),
    counted,
  }
}

function file(
  into: Map<string, { documents: number[]; says: number[] }>,
  number: number,
  raw: ReadonlyMap<string, number>,
): void {
  for (const [word, worth] of raw) {
    const posting = into.get(word) ?? { documents: [], says: [] }
    posting.documents.push(number)
    posting.says.push((worth * (saturation + 1)) / (worth + saturation))
    into.set(word, posting)
  }
}

/** How rare, and so how telling, a word is that stands in `held` of `size` documents. */
export function rarity(held: number, size: number): number {
  return Math.log(1 + (size - held + 0.5) / (held + 0.5))
}
