import { createHash } from 'node:crypto'
import type { ClinicProfile } from '../../platform/clinic-profile.ts'
import { type Language, languageOf } from '../../platform/language.ts'
import { articleHref } from '../article.ts'
import { plainText } from '../article-markdown.ts'
import { siteContent } from '../content.server.ts'
import { hidesFromSearch, type SiteAddress } from './addresses.ts'
import { type PublicPage, publicPageAt } from './public-pages.ts'
import { scriptSafeJson } from './script-safe-json.ts'
import { CARD_FOLDER, cardFile } from './share-card.server.ts'
import { type Answered, structuredData } from './structured-data.ts'

/** What stands in the head of a public page for machines, ready to be shown. */
export type PageFacts = {
  readonly canonical: string
  readonly title: string
  readonly summary: string
  readonly siteName: string
  readonly picture: string
  readonly kind: 'website' | 'article'
  readonly language: Language
  readonly hidden: boolean
  /** JSON-LD that may stand inside a script element. */
  readonly structured: string
}

/**
 * The facts of the page at a path. The path is only looked up: every address that comes out is of our own list.
 *
 * @returns undefined for a page that is nobody's to find (search, sign-in, what is not there)
 */
export function pageFacts(
  pathname: string,
  clinic: ClinicProfile,
  address: SiteAddress,
): PageFacts | undefined {
  const content = siteContent()
  const page = publicPageAt(content, pathname)
  if (page === undefined) return undefined
  return {
    canonical: address.linkBase + page.path,
    title: page.title,
    summary: page.summary,
    siteName: clinic.name,
    picture: `${address.linkBase}${CARD_FOLDER}/${cardFile(page)}`,
    kind: page.kind === 'article' ? 'article' : 'website',
    language: languageOf(page.path),
    hidden: hidesFromSearch(clinic.demonstration, address),
    structured: scriptSafeJson(
      structuredData(page, clinic, address.linkBase, page.path === '/questions' ? answered() : []),
    ),
  }
}

/** Each question with its first paragraph, which is the answer; the rest would make the page's weight double. */
function answered(): readonly Answered[] {
  answers ??= siteContent()
    .articles.filter(({ kind }) => kind === 'question')
    .map(({ id, title, body }) => ({
      id,
      question: title,
      answer: plainText(body.split(/\n\s*\n/, 1)[0]!),
    }))
  return answers
}

let answers: readonly Answered[] | undefined

/** A digest of a page's text, for the feed. */
export function editionOf(page: PublicPage): string {
  const text = siteContent().articles.find((one) => articleHref(one) === page.path)
  return createHash('sha256')
    .update(JSON.stringify([page.title, page.summary, text?.body]))
    .digest('hex')
    .slice(0, 12)
}
