import { withoutTrailingSlash } from '../../platform/trailing-slash.ts'
import { articleHref } from '../article.ts'
import { searchDocuments } from '../search-documents.ts'
import type { SiteContent } from '../site-content.ts'
import { spanishHref } from '../spanish/spanish-view.ts'
import { requestPage } from '../spanish/spanish-words.ts'

/** One public page as search engines, feeds and shared links know it. */
export type PublicPage = {
  /** Path on this site, for example `/conditions/alcohol`. */
  readonly path: string
  readonly kind: 'home' | 'text' | 'condition' | 'article' | 'study' | 'list'
  readonly title: string
  readonly summary: string
  /** Day of the last review by a clinician; null when nobody has reviewed it, or when a review has no meaning here. */
  readonly reviewedOn: string | null
}

/**
 * Every page that anybody may find, in the order of the search's documents: texts, lists, studies. A text that is read
 * on another page (a question, a word of the glossary, a service) is none. The search itself and sign-in are none either.
 * The Spanish pages come last.
 */
export function publicPages(content: SiteContent): readonly PublicPage[] {
  const known = lists.get(content)
  if (known) return [...known.values()]
  const reviewed = new Map(content.articles.map((one) => [articleHref(one), one]))
  const pages = new Map<string, PublicPage>()
  for (const { href, kind, title, summary } of [...searchDocuments(content, noClinic), ...unsearched]) {
    if (href.includes('#') || pages.has(href)) continue
    const text = reviewed.get(href)
    const isText = text !== undefined && kind === 'page'
    pages.set(href, {
      path: href,
      kind:
        href === '/'
          ? 'home'
          : kind === 'condition' || kind === 'article' || kind === 'study'
            ? kind
            : isText
              ? 'text'
              : 'list',
      title,
      summary,
      reviewedOn: text === undefined || text.reviewedOn === 'none' ? null : text.reviewedOn,
    })
  }
  for (const page of spanishPages(content)) pages.set(page.path, page)
  lists.set(content, pages)
  return [...pages.values()]
}

/** The pages in Spanish. Their language is told by their path, see `languageOf`. */
function spanishPages(content: SiteContent): PublicPage[] {
  const texts = [...content.spanish].map(
    ([href, { english, title, summary, reviewedOn }]): PublicPage => ({
      path: spanishHref(href),
      kind: href === '/' ? 'list' : english.kind === 'condition' ? 'condition' : 'text',
      title,
      summary,
      reviewedOn: reviewedOn === 'none' ? null : reviewedOn,
    }),
  )
  return [...texts, { path: '/es/request', kind: 'list', ...requestPage, reviewedOn: null }]
}

/** Contents are read once a process; so is this. */
const lists = new WeakMap<SiteContent, ReadonlyMap<string, PublicPage>>()

/** Pages are the same whatever the clinic is called and offers. */
const noClinic = { name: '', city: '', region: '', addressLines: [], services: [] }

/** Public pages that the search does not list. */
const unsearched = [
  {
    href: '/articles',
    kind: 'page',
    title: 'Articles',
    summary: 'One question each, with the evidence in it.',
  },
]

/**
 * The public page at a path as it was asked for: letters' case and a slash at the end do not matter to the address
 * tree, so they do not matter here.
 *
 * @returns undefined for every other page, whose address then stands nowhere
 */
export function publicPageAt(content: SiteContent, pathname: string): PublicPage | undefined {
  const path = withoutTrailingSlash(pathname.toLowerCase())
  if (!lists.has(content)) publicPages(content)
  return lists.get(content)!.get(path)
}
