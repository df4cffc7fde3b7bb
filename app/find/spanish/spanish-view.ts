import { renderMarkdown } from '../article-markdown.ts'
import { type SourceLine, sourceLine } from '../article-view.ts'
import { citationTarget, type SiteContent } from '../site-content.ts'
import { shortSource } from './spanish-words.ts'
import type { Translation, Translations } from './translation.ts'

/** A Spanish text ready to be shown. */
export type SpanishView = {
  readonly title: string
  readonly summary: string
  readonly html: string
  readonly englishHref: string
  /** The English text is newer. */
  readonly behind: boolean
  readonly reviewedOn: string | null
  /** The documents are in English, and so are their names. */
  readonly sources: readonly SourceLine[]
}

/** Parts of English pages that are pages of their own in Spanish. */
const elsewhere: Readonly<Record<string, string>> = { '/questions#who-should-not': '/who-should-not' }

/**
 * The Markdown of a translation with links that stay in Spanish where there is a Spanish page, and say “en inglés” where there
 * is none.
 *
 * @param markdown with the addresses of English pages
 */
export function localLinks(markdown: string, translations: Translations): string {
  return markdown.replace(/\]\((\/[^)\s]*)\)/g, (_, href: string) => {
    const english = elsewhere[href] ?? href
    return translations.has(english) ? `](${spanishHref(english)})` : `](${href}) (en inglés)`
  })
}

/** The Spanish address of a translated page. */
export function spanishHref(englishHref: string): string {
  return englishHref === '/' ? '/es' : `/es${englishHref}`
}

/** Presents a translation. Terms are not marked: the glossary is English. */
export function spanishView(
  content: SiteContent,
  englishHref: string,
  translation: Translation,
): SpanishView {
  const html = renderMarkdown(localLinks(translation.body, content.spanish), (reference) => {
    const target = citationTarget(content, reference)
    const label = shortSource(target.label)
    return { ...target, label: target.unverified ? `${label}, sin comprobar` : label, unverified: false }
  })
  return {
    title: translation.title,
    summary: translation.summary,
    html: html.replace(/<a (class="citation" )?href="\/(?!es[/"])/g, (tag) =>
      tag.replace('<a ', '<a hreflang="en" '),
    ),
    englishHref,
    behind: translation.behind,
    reviewedOn: translation.reviewedOn === 'none' ? null : translation.reviewedOn,
    sources: translation.english.sources.map((reference) => sourceLine(content, reference)),
  }
}
