import { type MetaArgs, useLoaderData } from 'react-router'
import { englishPath } from '../../../platform/language.ts'
import { goTo, guardedLoader } from '../../../platform/page.server.ts'
import { withoutTrailingSlash } from '../../../platform/trailing-slash.ts'
import { ButtonLink, PageHead, Section } from '../../../ui/index.ts'
import { siteContent } from '../../content.server.ts'
import { readSite } from '../../find-access.ts'
import { publicPageAt } from '../../meta/public-pages.ts'
import { pageNotFound } from '../../page-not-found.server.ts'
import { textSheets } from '../../pages/page-sheets.ts'
import { pageMeta } from '../../pages/page-title.ts'
import { spanishPage } from '../spanish-page.server.ts'
import { spanish } from '../spanish-words.ts'
import { SpanishFoot, SpanishText } from './spanish-article.tsx'

/** Any Spanish text without a page of its own. A page that is English only leads to the Spanish home, which says so. */
export const loader = guardedLoader(readSite, async ({ clinic, url }) => {
  const english = withoutTrailingSlash(englishPath(url.pathname))
  const article = spanishPage(english)
  if (article === undefined) {
    const known = publicPageAt(siteContent(), english)
    if (known === undefined) pageNotFound({ clinic, url })
    throw goTo(`/es?from=${encodeURIComponent(known.path)}`)
  }
  return {
    article,
    title: article.title,
    summary: article.summary,
    clinicName: clinic.name,
    evidenceHref: english.startsWith('/conditions/') ? `${english}#evidence` : undefined,
  }
})

export function meta({ loaderData }: MetaArgs<typeof loader>) {
  return loaderData === undefined ? [{ title: spanish.missing.title }] : pageMeta(loaderData)
}

export const links = textSheets

export default function SpanishTextPage() {
  const { article, evidenceHref } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title={article.title} lead={article.summary} />
      <SpanishText article={article} />
      <p className="section">
        <ButtonLink href="/es/request">{spanish.request}</ButtonLink>
      </p>
      {evidenceHref !== undefined && (
        <Section title={spanish.evidence}>
          <p className="measure">
            {spanish.evidenceText}{' '}
            <a href={evidenceHref} hrefLang="en">
              {spanish.evidenceLink}
            </a>
          </p>
        </Section>
      )}
      <SpanishFoot article={article} />
    </>
  )
}
