import { articleHref } from './article.ts'
import { type SourceLine, sourceLine } from './article-view.ts'
import { letterOf } from './glossary.ts'
import type { SiteContent } from './site-content.ts'

type Link = { readonly href: string; readonly label: string }

/** A term ready to be shown. */
export type TermView = {
  readonly id: string
  readonly term: string
  readonly also: readonly string[]
  readonly definition: string
  readonly see: readonly Link[]
  /** The page of ours that says more; null when there is none. */
  readonly more: Link | null
  readonly source: SourceLine | null
}

/** The terms under one letter. */
export type LetterView = {
  readonly letter: string
  readonly anchor: string
  readonly terms: readonly TermView[]
}

/** The glossary from A to Z; letters without a term are left out, terms that begin with a figure stand last. */
export function glossaryView(content: SiteContent): LetterView[] {
  const letters = new Map<string, TermView[]>()
  for (const { id, term, also, definition, see, more, source } of content.glossary.values()) {
    const letter = letterOf(term)
    const under = letters.get(letter) ?? []
    letters.set(letter, under)
    under.push({
      id,
      term,
      also,
      definition,
      see: see.map((other) => ({ href: `#${other}`, label: content.glossary.get(other)!.term })),
      more: more === undefined ? null : { href: more, label: titleAt(content, more) },
      source: source === undefined ? null : sourceLine(content, source),
    })
  }
  return [...letters]
    .map(([letter, terms]) => ({
      letter,
      anchor: /[A-Z]/.test(letter) ? `letter-${letter}` : 'figures',
      terms,
    }))
    .sort(
      (a, b) =>
        Number(a.anchor === 'figures') - Number(b.anchor === 'figures') || (a.letter < b.letter ? -1 : 1),
    )
}

function titleAt(content: SiteContent, href: string): string {
  return content.articles.find((article) => articleHref(article) === href)?.title ?? 'Read more'
}
