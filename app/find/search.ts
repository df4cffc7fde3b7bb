import { searchesInCrisis } from './search-crisis.ts'
import { postingsOf } from './search-postings.ts'
import { type Understood, understand } from './search-query.ts'
import { markWords, type Passage, passageOf, passagesOf, type Segment, snippet } from './search-snippet.ts'
import { stem } from './search-stem.ts'
import { vocabularyOf } from './search-vocabulary.ts'
import { emptyWords, stems, words } from './search-words.ts'

export const searchKinds = [
  'page',
  'condition',
  'question',
  'article',
  'service',
  'term',
  'study',
  'protocol',
] as const
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
}

export type SearchAnswer = {
  /** The query as it was understood: trimmed, without control characters, at most `longestQuery` characters. */
  readonly query: string
  /** Words that speak of danger: help comes before any result. */
  readonly crisis: boolean
  readonly results: readonly SearchResult[]
  /** Results of each kind before the filter. */
  readonly counts: Readonly<Record<SearchKind, number>>
  /** Words that were not known, and what was looked for instead. */
  readonly corrected: readonly { readonly typed: string; readonly used: string }[]
  /** When nothing was found: words of the site that look like what was typed. */
  readonly alike: readonly string[]
  /** Substances in the query that no page is about. */
  readonly unwritten: readonly string[]
  /** Nothing was typed that has a subject: filler words, signs, pictures. */
  readonly vague: boolean
  /** Where to go when nothing was found; empty otherwise. */
  readonly elsewhere: readonly { readonly href: string; readonly label: string }[]
}

export type SearchIndex = {
  readonly search: (query: string, kind?: SearchKind) => SearchAnswer
}

export const longestQuery = 200
const mostResults = 50
const mostWeighed = 80

const kindWeight: Readonly<Record<SearchKind, number>> = {
  page: 1.8,
  condition: 1.8,
  question: 1.8,
  article: 1.55,
  service: 1.4,
  term: 0.9,
  study: 0.85,
  protocol: 0.8,
}

const weights = {
  /** Share of a word's worth that the same spelling brings, the rest comes from the same stem. */
  spelling: 0.25,
  /** How much a page loses that lacks some of the words. */
  coverage: 2,
  /** Pages with less than this share of what the fullest page holds are left out. */
  leastCoverage: 0.55,
  home: 0.5,
  wholeTitle: 2.5,
  wholeTitleSubject: 1.7,
  inTitle: 1.4,
  wholeKeyword: 1.6,
  keywordInQuery: 0.35,
  pairInHead: 0.8,
  pairInBody: 0.2,
} as const

/** A document as the search looks at it. */
type Searched = {
  readonly document: SearchDocument
  readonly title: string
  readonly titleSubject: string
  readonly keywords: ReadonlySet<string>
  /** Title, keywords and summary, and the body: stems between spaces, parts between bars. */
  readonly head: string
  readonly body: string
  readonly titlePassage: Passage
  readonly passages: readonly Passage[]
}

/**
 * Builds the search over everything public. Forgiving by construction: a word that the site does not know is
 * replaced by the nearest ones it does know, street names and Spanish words by what they mean; a page with all words
 * comes before one with some.
 *
 * @param helpHref the page that comes first for words of danger
 */
export function buildSearchIndex(
  documents: readonly SearchDocument[],
  helpHref: string = helpNow.href,
): SearchIndex {
  const searched = documents.map(prepared)
  const postings = postingsOf(
    documents.map(({ title, keywords, summary, body }) => ({
      title,
      keywords: keywords.join(' '),
      summary,
      body,
    })),
  )
  const knowledge = {
    postings,
    vocabulary: vocabularyOf(postings.counted),
    sideBySide: pairsSideBySide(documents),
  }
  const help = documents.findIndex(({ href }) => href === helpHref)

  function search(rawQuery: string, kind?: SearchKind): SearchAnswer {
    const query = readable(rawQuery)
    const crisis = searchesInCrisis(query)
    const understood = understand(query, knowledge)
    const found = rank(understood)
    if (crisis && help >= 0) found.splice(0, found.length, help, ...found.filter((number) => number !== help))
    const counts = {
      page: 0,
      condition: 0,
      question: 0,
      article: 0,
      service: 0,
      term: 0,
      study: 0,
      protocol: 0,
    }
    const shown: Searched[] = []
    for (const number of found) {
      const one = searched[number]!
      counts[one.document.kind] += 1
      if ((kind === undefined || one.document.kind === kind) && shown.length < mostResults) shown.push(one)
    }
    const marked = new Set(
      understood.meanings.flatMap((meaning) => meaning.map((alternative) => alternative.stem)),
    )
    const results = shown.map(({ document, titlePassage, passages }) => ({
      href: document.href,
      kind: document.kind,
      title: markWords(titlePassage, marked),
      snippet: snippet(passages, marked),
    }))
    const nothing = results.length === 0
    return {
      query,
      crisis,
      results,
      counts,
      corrected: understood.corrected,
      alike:
        found.length > 0
          ? []
          : [
              ...new Set(
                understood.unknown
                  .filter((word) => !understood.unwritten.includes(word))
                  .slice(0, 3)
                  .flatMap(knowledge.vocabulary.alike),
              ),
            ],
      unwritten: understood.unwritten,
      // Letters of a script that no page is written in are a subject, only not one of ours.
      vague:
        understood.meanings.length === 0 &&
        understood.unknown.length === 0 &&
        (words(query).length > 0 || !/\p{L}/u.test(query)),
      elsewhere: !nothing ? [] : crisis ? [helpNow, ...elsewhere] : elsewhere,
    }
  }

  /** Numbers of the documents that answer, the best first. */
  function rank(understood: Understood): number[] {
    const { meanings, quoted } = understood
    if (meanings.length === 0) return []
    const score = new Float64Array(searched.length)
    const covered = new Float64Array(searched.length)
    const most = new Float64Array(searched.length)
    let whole = 0
    for (const meaning of meanings) {
      most.fill(0)
      for (const { stem: root, spelled, weight, rarity } of meaning) {
        const asSpelled = spelled === undefined ? undefined : postings.spelled(spelled)
        // A spelling that stands nowhere, a Spanish one or a slip, takes nothing from the stem.
        const bySpelling = asSpelled === undefined ? 0 : weights.spelling
        add(most, postings.stem(root), weight * rarity * (1 - bySpelling))
        raise(most, asSpelled, weight * rarity * bySpelling)
      }
      const telling = Math.max(...meaning.map(({ weight, rarity }) => weight * rarity))
      whole += telling
      for (let number = 0; number < most.length; number++) {
        if (most[number] === 0) continue
        score[number]! += most[number]!
        covered[number]! += telling
      }
    }
    const fullest = Math.max(...covered)
    const quotedHere = (number: number) =>
      quoted.every((phrase) => holds(searched[number]!.head, phrase) || holds(searched[number]!.body, phrase))
    let candidates = [...score.keys()].filter(
      (number) => score[number]! > 0 && covered[number]! >= weights.leastCoverage * fullest,
    )
    // What was quoted must stand there as it is, unless it stands nowhere.
    if (quoted.length > 0) {
      const asQuoted = candidates.filter(quotedHere)
      if (asQuoted.length > 0) candidates = asQuoted
    }
    for (const number of candidates) {
      score[number]! *=
        (covered[number]! / whole) ** weights.coverage * kindWeight[searched[number]!.document.kind]
    }
    const byScore = (a: number, b: number) => score[b]! - score[a]! || a - b
    candidates.sort(byScore)
    // The order of words costs a look at the whole page; far down it changes nothing.
    for (const number of candidates.slice(0, mostWeighed)) {
      score[number]! *= fitness(searched[number]!, understood)
    }
    return candidates.sort(byScore)
  }

  return { search }
}

/** The larger of what is there and what this word says. */
function add(most: Float64Array, posting: ReturnType<ReturnType<typeof postingsOf>['stem']>, weight: number) {
  if (posting === undefined) return
  for (let at = 0; at < posting.documents.length; at++) {
    const number = posting.documents[at]!
    most[number] = Math.max(most[number]!, posting.says[at]! * weight)
  }
}

/** The same spelling on top of the same stem. */
function raise(
  most: Float64Array,
  posting: ReturnType<ReturnType<typeof postingsOf>['stem']>,
  weight: number,
) {
  if (posting === undefined) return
  for (let at = 0; at < posting.documents.length; at++) {
    most[posting.documents[at]!]! += posting.says[at]! * weight
  }
}

/** What the order of the words, the title and the keywords say beyond single words: 1 when nothing does. */
function fitness(one: Searched, { said, subject }: Understood): number {
  const phrase = said.join(' ')
  const matter = subject.join(' ')
  // The home page says a little of everything, and whoever searches has seen it.
  let factor = one.document.href === '/' ? weights.home : 1
  const severalWords = subject.length > 1
  if (one.title === phrase || one.titleSubject === matter) {
    // Who types "detox" looks for what to do, not for what it means.
    if (one.document.kind === 'term' && !severalWords) factor *= 1
    else factor *= one.title === phrase ? weights.wholeTitle : weights.wholeTitleSubject
  } else if (severalWords && holds(one.title, matter)) factor *= weights.inTitle
  if (one.keywords.has(phrase) || one.keywords.has(matter)) factor *= weights.wholeKeyword
  else {
    for (const keyword of one.keywords) {
      if (keyword.includes(' ') && ` ${phrase} `.includes(` ${keyword} `)) {
        factor *= 1 + weights.keywordInQuery
        break
      }
    }
  }
  let pairs = 0
  let inHead = 0
  let inBody = 0
  for (let at = 0; at + 1 < said.length; at++) {
    const pair = `${said[at]} ${said[at + 1]}`
    pairs++
    if (holds(one.head, pair)) inHead++
    else if (holds(one.body, pair)) inBody++
  }
  if (pairs > 0) factor *= 1 + (weights.pairInHead * inHead + weights.pairInBody * inBody) / pairs
  return factor
}

function holds(text: string, phrase: string): boolean {
  return text.includes(` ${phrase} `)
}

function prepared(document: SearchDocument): Searched {
  const title = stems(document.title)
  const parts = [document.title, ...document.keywords, document.summary].map((part) => stems(part).join(' '))
  return {
    document,
    title: ` ${title.join(' ')} `.trim(),
    titleSubject: subjectOf(document.title),
    keywords: new Set(document.keywords.flatMap((keyword) => [stems(keyword).join(' '), subjectOf(keyword)])),
    head: ` ${parts.join(' | ')} `,
    body: ` ${stems(document.body).join(' ')} `,
    titlePassage: passageOf(document.title),
    passages: passagesOf(document.summary, document.body),
  }
}

function subjectOf(text: string): string {
  return words(text)
    .filter((word) => !emptyWords.has(word))
    .map(stem)
    .join(' ')
}

function pairsSideBySide(documents: readonly SearchDocument[]): Set<string> {
  const pairs = new Set<string>()
  for (const { title, keywords } of documents) {
    for (const part of [title, ...keywords]) {
      const list = words(part)
      for (let at = 0; at + 1 < list.length; at++) pairs.add(`${list[at]} ${list[at + 1]}`)
    }
  }
  return pairs
}

/** A query that can be shown: no control or direction characters, no half characters, not endless. */
function readable(query: string): string {
  return query
    .slice(0, 4 * longestQuery)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, longestQuery)
    .toWellFormed()
}

const helpNow = { href: '/help-now', label: 'Help now' }

const elsewhere: SearchAnswer['elsewhere'] = [
  { href: '/questions', label: 'Questions people ask' },
  { href: '/how-treatment-works', label: 'How treatment works' },
  { href: '/conditions', label: 'What can be treated' },
  { href: '/studies', label: 'All studies' },
  { href: '/request', label: 'Ask us: request a visit' },
]
