import type { Article } from './article.ts'
import { renderMarkdown } from './article-markdown.ts'
import { citationTarget, type SiteContent } from './site-content.ts'
import { reportHref } from './study-words.ts'
import { type TermMarker, termMarker } from './term-marks.ts'

/** One line of a list of sources. */
export type SourceLine = {
  readonly id: string
  readonly label: string
  /** Where it can be read; null when we know no address. */
  readonly href: string | null
  readonly unverified: boolean
}

/** A text ready to be shown: HTML of our own making, and who stands behind it. */
export type ArticleView = {
  readonly id: string
  readonly title: string
  readonly summary: string
  readonly html: string
  readonly authorRole: string
  readonly reviewerRole: string
  readonly reviewedOn: string | null
  readonly sources: readonly SourceLine[]
}

/**
 * Presents an article.
 *
 * @param mark finds terms of the glossary; several articles on one page share one, so that each term is marked once
 */
export function articleView(
  content: SiteContent,
  article: Article,
  mark: TermMarker = termMarker(content.glossary),
): ArticleView {
  return {
    id: article.id,
    title: article.title,
    summary: article.summary,
    html: renderMarkdown(article.body, (reference) => citationTarget(content, reference), mark),
    authorRole: article.authorRole,
    reviewerRole: article.reviewerRole,
    reviewedOn: article.reviewedOn === 'none' ? null : article.reviewedOn,
    sources: article.sources.map((reference) => sourceLine(content, reference)),
  }
}

/** A source as a line of a list. */
export function sourceLine(content: SiteContent, reference: string): SourceLine {
  const [kind, id] = reference.split(':') as [string, string]
  if (kind === 'source') {
    const source = content.sources.get(id)!
    return {
      id: `source-${id}`,
      label: source.label,
      href: source.url,
      unverified: source.checked === 'memory',
    }
  }
  const study = content.studies.get(id)!
  const { authors, year, journal } = study.citation
  return {
    id: `study-${id}`,
    label: `${authors}. ${journal}, ${year ?? 'year not known'}`,
    href: reportHref(study) ?? `/studies/${id}`,
    unverified: study.confidence === 'from-memory',
  }
}
