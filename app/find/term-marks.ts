import type { Token, Tokens } from 'marked'
import { type Glossary, type GlossaryTerm, markedWords } from './glossary.ts'

/** A stretch of running text; with a term, it is that term's first occurrence on the page. */
export type TermSegment = { readonly text: string; readonly term?: GlossaryTerm }

/** Finds terms in the texts of one page, each once. It remembers what it has marked, so a page needs its own. */
export type TermMarker = (text: string) => readonly TermSegment[]

/** What stands in a text for a term whose first occurrence it is. */
export type TermToken = Tokens.Generic & {
  readonly type: 'term'
  readonly text: string
  readonly term: GlossaryTerm
}

type Lexicon = { readonly pattern: RegExp; readonly byWord: ReadonlyMap<string, GlossaryTerm> }

const lexicons = new WeakMap<Glossary, Lexicon>()

/**
 * A marker for one page.
 *
 * Words are found whole, also in the plural; words written in capitals (REMS, IV) only in capitals, all others in
 * either. The longest name wins, so that “NMDA receptor” is not cut into “receptor”.
 *
 * @example termMarker(glossary)('A craving.') // [{ text: 'A ' }, { text: 'craving', term }, { text: '.' }]
 */
export function termMarker(glossary: Glossary): TermMarker {
  const { pattern, byWord } = lexiconOf(glossary)
  const marked = new Set<string>()
  return (text) => {
    const segments: TermSegment[] = []
    let from = 0
    for (const match of text.matchAll(pattern)) {
      const word = match[0]
      const term = byWord.get(match[1]!) ?? byWord.get(match[1]!.toLowerCase())
      if (term === undefined || marked.has(term.id)) continue
      marked.add(term.id)
      if (match.index > from) segments.push({ text: text.slice(from, match.index) })
      segments.push({ text: word, term })
      from = match.index + word.length
    }
    if (from < text.length) segments.push({ text: text.slice(from) })
    return segments
  }
}

function lexiconOf(glossary: Glossary): Lexicon {
  const known = lexicons.get(glossary)
  if (known !== undefined) return known
  const byWord = new Map<string, GlossaryTerm>()
  for (const term of glossary.values()) {
    for (const word of markedWords(term)) byWord.set(isCapitals(word) ? word : word.toLowerCase(), term)
  }
  const words = [...byWord.keys()].sort((a, b) => b.length - a.length).map(escapePattern)
  const pattern = new RegExp(
    words.length === 0 ? '(?!)' : `(?<![\\p{L}\\p{N}-])(${words.join('|')})s?(?![\\p{L}\\p{N}-])`,
    'giu',
  )
  const lexicon = { pattern, byWord }
  lexicons.set(glossary, lexicon)
  return lexicon
}

function isCapitals(word: string): boolean {
  return word === word.toUpperCase()
}

function escapePattern(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}

/** Marks terms in the running text of a Markdown document: paragraphs and lists, never headings, links, tables or code. */
export function markTerms(tokens: Token[], mark: TermMarker): Token[] {
  return tokens.flatMap((token) => markToken(token, mark))
}

function markToken(token: Token, mark: TermMarker): Token[] {
  switch (token.type) {
    case 'paragraph':
    case 'blockquote':
    case 'columns':
    case 'column':
    case 'strong':
    case 'em':
    case 'list_item':
      return [{ ...token, tokens: markTerms(token.tokens ?? [], mark) } as Token]
    case 'list':
      return [{ ...token, items: markTerms((token as Tokens.List).items, mark) } as Token]
    case 'text':
      // A list item holds a block of text with pieces of its own; the pieces themselves hold none.
      if (token.tokens !== undefined) return [{ ...token, tokens: markTerms(token.tokens, mark) } as Token]
      return mark(token.text as string).map((segment) =>
        segment.term === undefined
          ? ({ ...token, raw: segment.text, text: segment.text } as Token)
          : ({ type: 'term', raw: segment.text, text: segment.text, term: segment.term } satisfies TermToken),
      )
    default:
      return [token]
  }
}
