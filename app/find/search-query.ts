import { longestPhrase, synonyms } from './search-names.ts'
import type { Postings } from './search-postings.ts'
import { rarity } from './search-postings.ts'
import { stem } from './search-stem.ts'
import { isUnwritten } from './search-unwritten.ts'
import type { Vocabulary } from './search-vocabulary.ts'
import { emptyWords, words } from './search-words.ts'
import { spanishCrisisWords } from './spanish/spanish-crisis.ts'

/** A word that may stand for a meaning. */
export type Alternative = {
  readonly stem: string
  /** As it was typed: the same spelling says more than the same stem. */
  readonly spelled?: string
  readonly weight: number
  readonly rarity: number
}

/** One meaning in a query, and the words that may stand for it; a page need hold only one of them. */
export type Meaning = readonly Alternative[]

/** A query as it was understood. */
export type Understood = {
  readonly meanings: readonly Meaning[]
  /** Stems of all words in their order, slips corrected, empty words among them. */
  readonly said: readonly string[]
  /** Stems of the words with a subject. */
  readonly subject: readonly string[]
  /** What stood between quotation marks, as stems: a page must hold it as it stands. */
  readonly quoted: readonly string[]
  readonly corrected: readonly { readonly typed: string; readonly used: string }[]
  /** Words that nothing is known for. */
  readonly unknown: readonly string[]
  /** Among them: substances that no page is about. */
  readonly unwritten: readonly string[]
}

const mostWords = 12
const mostBeginnings = 24
const mostCorrections = 6

/** What nobody types on the way to another word. */
const neverBegun: ReadonlySet<string> = new Set(['the', 'and', 'for'])

const weightOf = {
  means: 0.9,
  phrasePart: 0.5,
  begins: 0.8,
  beginsBesideKnown: 0.3,
  near: 1,
  nearer: 0.6,
} as const

/** What a query is understood against: the words of the site, and which of them stand side by side in titles and keywords. */
export type Knowledge = {
  readonly postings: Postings
  readonly vocabulary: Vocabulary
  readonly sideBySide: ReadonlySet<string>
}

/** Understands a query: phrases that mean something else, words written apart or together, beginnings, slips. */
export function understand(query: string, knowledge: Knowledge): Understood {
  const { postings, vocabulary } = knowledge
  const typed = words(query).slice(0, mostWords)
  // A word that is not followed by a space may still be on its way.
  const stillTyping = /[\p{L}\p{N}]$/u.test(query)
  const meanings: Meaning[] = []
  const said: string[] = []
  const subject: string[] = []
  const corrected: { typed: string; used: string }[] = []
  const unknown: string[] = []
  const unwritten: string[] = []

  for (let at = 0; at < typed.length; ) {
    const phrase = phraseAt(typed, at)
    if (phrase !== undefined) {
      const parts = typed.slice(at, at + phrase.length)
      meanings.push([
        ...meant(phrase.means, 1, postings),
        ...parts
          .filter((part) => !emptyWords.has(part))
          .flatMap((part) => known(part, weightOf.phrasePart, postings)),
      ])
      said.push(...parts.map(stem))
      subject.push(...parts.map(stem))
      at += phrase.length
      continue
    }
    const word = typed[at]!
    const joined = at + 1 < typed.length ? `${word}${typed[at + 1]}` : ''
    if (joined.length >= 7 && vocabulary.often(joined) > 0) {
      meanings.push([...known(joined, 1, postings), ...known(typed[at + 1]!, weightOf.phrasePart, postings)])
      said.push(stem(word), stem(typed[at + 1]!))
      subject.push(stem(joined))
      at += 2
      continue
    }
    const last = at === typed.length - 1
    at++
    if (emptyWords.has(word)) {
      said.push(stem(word))
      // Alone and not yet ended it may become a word: "can" on the way to "cannabis".
      const begun = typed.length === 1 && stillTyping && word.length > 2 && !neverBegun.has(word)
      if (begun) meanings.push(beginnings(word, false, vocabulary, postings))
      continue
    }
    const notWritten = isUnwritten(word) && vocabulary.often(word) === 0
    if (notWritten) unwritten.push(word)
    const meaning = notWritten ? [] : meaningOf(word, last && stillTyping, knowledge)
    if (meaning.length > 0) {
      meanings.push(meaning)
      said.push(stem(word))
      subject.push(stem(word))
      continue
    }
    const noSlip = notWritten || spanishCrisisWords.has(word)
    const near = !noSlip && corrected.length < mostCorrections ? vocabulary.near(word) : []
    if (near.length === 0) {
      unknown.push(word)
      said.push(stem(word))
      subject.push(stem(word))
      continue
    }
    corrected.push({ typed: word, used: near[0]! })
    meanings.push(
      near.flatMap((candidate, rank) => {
        const weight = rank === 0 ? weightOf.near : weightOf.nearer / rank
        return [
          ...known(candidate, weight, postings),
          ...meant(synonyms.get(stem(candidate)) ?? [], weight * weightOf.means, postings),
        ]
      }),
    )
    said.push(stem(near[0]!))
    subject.push(stem(near[0]!))
  }
  const quoted = [...query.matchAll(/["“”„]([^"“”„]+)["“”„]/g)]
    .map(([, inside]) => words(inside!).map(stem).join(' '))
    .filter((phrase) => phrase !== '')
  return {
    meanings: meanings.filter(({ length }) => length > 0),
    said,
    subject,
    quoted,
    corrected,
    unknown,
    unwritten,
  }
}

/** The longest phrase that begins here and means something else. One word alone is no phrase. */
function phraseAt(
  typed: readonly string[],
  at: number,
): { readonly length: number; readonly means: readonly string[] } | undefined {
  for (let length = Math.min(longestPhrase, typed.length - at); length > 1; length--) {
    const means = synonyms.get(
      typed
        .slice(at, at + length)
        .map(stem)
        .join(' '),
    )
    if (means !== undefined) return { length, means }
  }
  return undefined
}

function meaningOf(word: string, stillTyping: boolean, knowledge: Knowledge): Alternative[] {
  const { postings, vocabulary } = knowledge
  const own = known(word, 1, postings)
  const alternatives = [...own, ...meant(synonyms.get(stem(word)) ?? [], weightOf.means, postings)]
  alternatives.push(...apart(word, knowledge))
  const isKnown = alternatives.length > 0
  if (stillTyping ? word.length >= 2 : word.length >= 4 && !isKnown) {
    alternatives.push(...beginnings(word, isKnown, vocabulary, postings))
  }
  return alternatives
}

/** Two words that were written as one, when they stand side by side somewhere: "sideeffects". */
function apart(word: string, { postings, sideBySide }: Knowledge): Alternative[] {
  for (let cut = 3; cut <= word.length - 3; cut++) {
    const first = word.slice(0, cut)
    const second = word.slice(cut)
    if (sideBySide.has(`${first} ${second}`)) {
      return [first, second]
        .filter((part) => !emptyWords.has(part))
        .flatMap((part) => known(part, 0.9, postings))
    }
  }
  return []
}

function beginnings(
  word: string,
  isKnown: boolean,
  vocabulary: Vocabulary,
  postings: Postings,
): Alternative[] {
  const weight = isKnown ? weightOf.beginsBesideKnown : weightOf.begins
  const spelled = vocabulary.begins(word, mostBeginnings)
  // All together they are one meaning: a rare one among them is not more telling than a common one.
  const held = Math.min(postings.size, Math.max(1, ...spelled.map((found) => vocabulary.often(found))))
  const common = rarity(held, postings.size)
  return spelled.flatMap((found) => [
    ...(postings.stem(stem(found)) === undefined
      ? []
      : [{ stem: stem(found), spelled: found, weight, rarity: common }]),
    ...(vocabulary.often(found) > 0
      ? []
      : meant(synonyms.get(stem(found)) ?? [], weight * weightOf.means, postings)),
  ])
}

function known(word: string, weight: number, postings: Postings): Alternative[] {
  const posting = postings.stem(stem(word))
  if (posting === undefined) return []
  return [
    { stem: stem(word), spelled: word, weight, rarity: rarity(posting.documents.length, postings.size) },
  ]
}

function meant(stemsMeant: readonly string[], weight: number, postings: Postings): Alternative[] {
  return stemsMeant.flatMap((root) => {
    const posting = postings.stem(root)
    if (posting === undefined) return []
    return [{ stem: root, weight, rarity: rarity(posting.documents.length, postings.size) }]
  })
}
