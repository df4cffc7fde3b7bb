import MiniSearch from 'minisearch'
import { editDistance, slipsForgiven } from './edit-distance.ts'
import { markWords, type Segment, snippet } from './search-snippet.ts'
import { emptyWords, speaksOfCrisis, synonyms, words } from './search-words.ts'

export const searchKinds = ['page', 'condition', 'question', 'article', 'service', 'term', 'study'] as const
export type SearchKind = (typeof searchKinds)[number]

/** One thing that can be found. */
export type SearchDocument = {
  readonly href: string
  readonly kind: SearchKind
  readonly title: string
  readonly summary: string
  /** Other words people use for it. */
  readonly keywords: readonly string[]
  readonly body: string
}

export type SearchResult = {
  readonly href: string
  readonly kind: SearchKind
  readonly title: readonly Segment[]
  readonly snippet: readonly Segment[]
  readonly score: number
}

export type SearchAnswer = {
  /** The query as it was understood: trimmed, at most `longestQuery` characters. */
  readonly query: string
  /** Words that speak of danger: help comes before any result. */
  readonly crisis: boolean
  readonly results: readonly SearchResult[]
  /** Results of each kind before the filter. */
  readonly counts: Readonly<Record<SearchKind, number>>
  /** Words that were not known, and what was looked for instead. */
  readonly corrected: readonly { readonly typed: string; readonly used: string }[]
  /** Where to go when nothing was found; empty otherwise. */
  readonly elsewhere: readonly { readonly href: string; readonly label: string }[]
}

export type SearchIndex = {
  readonly search: (query: string, kind?: SearchKind) => SearchAnswer
}

export const longestQuery = 200
const mostWords = 12
const mostResults = 50

const kindWeight: Readonly<Record<SearchKind, number>> = {
  page: 1.6,
  condition: 2.2,
  question: 1.8,
  article: 1.3,
  service: 1.8,
  term: 0.5,
  study: 0.7,
}

/** How much more a title weighs that holds the typed words in their order. */
const titlePhraseWeight = 3

type Alternative = { readonly term: string; readonly weight: number; readonly prefix: boolean }

/**
 * Builds the search over everything public. Forgiving by construction: a word that the site does not know is
 * replaced by the nearest ones it does know, street names by what they mean; all words must match, and if that
 * finds nothing, any may.
 */
export function buildSearchIndex(documents: readonly SearchDocument[]): SearchIndex {
  const byHref = new Map(documents.map((document) => [document.href, document]))
  const index = new MiniSearch<SearchDocument>({
    idField: 'href',
    fields: ['title', 'keywords', 'summary', 'body'],
    extractField: (document, field) => {
      const value = document[field as keyof SearchDocument]
      return Array.isArray(value) ? value.join(' ') : (value as string)
    },
    tokenize: words,
    processTerm: (term) => term,
  })
  index.addAll(documents)
  const vocabulary = countWords(documents)
  const titles = new Map(documents.map(({ href, title }) => [href, ` ${words(title).join(' ')} `]))

  function search(rawQuery: string, kind?: SearchKind): SearchAnswer {
    const query = rawQuery.trim().slice(0, longestQuery)
    const typed = words(query).slice(0, mostWords)
    const crisis = speaksOfCrisis(query)
    const corrected: { typed: string; used: string }[] = []
    const groups = groupsOf(typed, vocabulary, corrected)
    const found = groups.length === 0 ? [] : lookUp(groups, ` ${typed.join(' ')} `)
    const counts: Record<SearchKind, number> = {
      page: 0,
      condition: 0,
      question: 0,
      article: 0,
      service: 0,
      term: 0,
      study: 0,
    }
    const results: SearchResult[] = []
    for (const hit of found) {
      const document = byHref.get(hit.id as string)!
      counts[document.kind] += 1
      if (kind !== undefined && document.kind !== kind) continue
      if (results.length >= mostResults) continue
      const terms = new Set(hit.terms)
      results.push({
        href: document.href,
        kind: document.kind,
        title: markWords(document.title, terms),
        snippet: snippet(`${document.summary} ${document.body}`, terms),
        score: hit.score,
      })
    }
    const lead = crisis ? [helpNow, ...elsewhere] : elsewhere
    return { query, crisis, results, counts, corrected, elsewhere: results.length > 0 ? [] : lead }
  }

  /** @param phrase the typed words between spaces: a title that holds them as they stand is what was meant */
  function lookUp(groups: readonly (readonly Alternative[])[], phrase: string) {
    for (const combineWith of ['AND', 'OR'] as const) {
      const hits = index.search(
        {
          combineWith,
          queries: groups.map((group) => ({
            combineWith: 'OR' as const,
            queries: group.map(({ term, weight, prefix }) => ({
              queries: [term],
              prefix,
              boostTerm: () => weight,
            })),
          })),
        },
        {
          boost: { title: 4, keywords: 5, summary: 2, body: 1 },
          weights: { fuzzy: 0.5, prefix: 0.6 },
          boostDocument: (id) => {
            const document = byHref.get(id as string)!
            return kindWeight[document.kind] * phraseWeight(document.kind, titles.get(document.href)!, phrase)
          },
        },
      )
      if (hits.length > 0) return hits
    }
    return []
  }

  return { search }
}

/**
 * How much more a document weighs whose title holds the typed words in their order. A word of the glossary must be
 * typed whole, and have several words: who types "detox" looks for what to do, not for what it means.
 */
function phraseWeight(kind: SearchKind, title: string, phrase: string): number {
  const meant = kind === 'term' ? title === phrase && phrase.trim().includes(' ') : holdsPhrase(title, phrase)
  return meant ? titlePhraseWeight : 1
}

/** One word in a title says little; several in their order, or the whole title, say what was meant. */
function holdsPhrase(title: string, phrase: string): boolean {
  return title === phrase || (phrase.trim().includes(' ') && title.includes(phrase))
}

const helpNow = { href: '/help-now', label: 'Help now' }

const elsewhere: SearchAnswer['elsewhere'] = [
  { href: '/questions', label: 'Questions people ask' },
  { href: '/how-treatment-works', label: 'How treatment works' },
  { href: '/studies', label: 'All studies' },
  { href: '/request', label: 'Ask us: request a visit' },
]

function countWords(documents: readonly SearchDocument[]): Map<string, number> {
  const counted = new Map<string, number>()
  for (const document of documents) {
    const text = [document.title, document.summary, document.body, ...document.keywords].join(' ')
    for (const word of new Set(words(text))) counted.set(word, (counted.get(word) ?? 0) + 1)
  }
  return counted
}

/** For each meaning in the query, the words that may stand for it. */
function groupsOf(
  typed: readonly string[],
  vocabulary: ReadonlyMap<string, number>,
  corrected: { typed: string; used: string }[],
): Alternative[][] {
  const told = typed.filter((word) => !emptyWords.has(word))
  const meant = told.length > 0 ? told : typed
  const groups: Alternative[][] = []
  for (let at = 0; at < meant.length; at++) {
    const pair = at + 1 < meant.length ? `${meant[at]} ${meant[at + 1]}` : undefined
    const pairMeans = pair === undefined ? undefined : synonyms.get(pair)
    if (pairMeans) {
      groups.push(exactly(pairMeans))
      at++
      continue
    }
    groups.push(alternativesOf(meant[at]!, vocabulary, corrected))
  }
  return groups
}

function exactly(terms: readonly string[]): Alternative[] {
  return terms.map((term) => ({ term, weight: 1, prefix: false }))
}

function alternativesOf(
  word: string,
  vocabulary: ReadonlyMap<string, number>,
  corrected: { typed: string; used: string }[],
): Alternative[] {
  const means = synonyms.get(word) ?? []
  const known = vocabulary.has(word)
  const begins =
    !known && word.length >= 3 && [...vocabulary.keys()].some((candidate) => candidate.startsWith(word))
  const alternatives: Alternative[] = []
  if (known || begins) alternatives.push({ term: word, weight: 1, prefix: word.length >= 3 })
  alternatives.push(...means.map((term) => ({ term, weight: 0.9, prefix: false })))
  if (alternatives.length > 0) return alternatives
  const near = nearestWords(word, vocabulary)
  if (near.length === 0) return [{ term: word, weight: 1, prefix: false }]
  corrected.push({ typed: word, used: near[0]! })
  for (const [rank, candidate] of near.entries()) {
    const weight = 1 / (rank + 1)
    alternatives.push({ term: candidate, weight, prefix: false })
    alternatives.push(...(synonyms.get(candidate) ?? []).map((term) => ({ term, weight, prefix: false })))
  }
  return alternatives
}

/** Up to three known words within the slips forgiven: fewest slips first, then the same first letter, then the commonest. */
function nearestWords(word: string, vocabulary: ReadonlyMap<string, number>): string[] {
  const slips = slipsForgiven(word.length)
  if (slips === 0) return []
  const near: { candidate: string; cost: number; often: number }[] = []
  const single = [...synonyms.keys()].filter((phrase) => !phrase.includes(' ') && !vocabulary.has(phrase))
  for (const candidate of [...vocabulary.keys(), ...single]) {
    if (candidate.length < 3) continue
    const distance = editDistance(word, candidate, slips)
    if (distance > slips) continue
    near.push({
      candidate,
      cost: distance + (candidate[0] === word[0] ? 0 : 0.5),
      often: vocabulary.get(candidate) ?? 0,
    })
  }
  return near
    .sort((a, b) => a.cost - b.cost || b.often - a.often || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, 3)
    .map(({ candidate }) => candidate)
}
