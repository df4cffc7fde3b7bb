import { type MetaArgs, useLoaderData } from 'react-router'
import { phoneHref } from '../../../platform/clinic-profile.ts'
import { guardedLoader } from '../../../platform/page.server.ts'
import { ButtonLink, Hero, LinkList, Notice, Section } from '../../../ui/index.ts'
import { siteContent } from '../../content.server.ts'
import { readSite } from '../../find-access.ts'
import { publicPageAt } from '../../meta/public-pages.ts'
import homeCss from '../../pages/home.css?url'
import { textSheets } from '../../pages/page-sheets.ts'
import { pageMeta } from '../../pages/page-title.ts'
import { SettlingSea } from '../../pictures/settling-sea.tsx'
import { spanishPageOf } from '../spanish-page.server.ts'
import { spanishHref } from '../spanish-view.ts'
import { spanish } from '../spanish-words.ts'
import { SpanishFoot, SpanishText } from './spanish-article.tsx'

export const loader = guardedLoader(readSite, async ({ clinic, url }) => {
  const content = siteContent()
  const article = spanishPageOf('/')
  const from = publicPageAt(content, url.searchParams.get('from') ?? '')
  return {
    article,
    title: article.title,
    summary: article.summary,
    clinicName: clinic.name,
    callHref: phoneHref(clinic.phoneDisplay),
    phone: clinic.phoneDisplay,
    place: [clinic.city, clinic.region].filter(Boolean).join(', '),
    /** Where the reader came from: a page that is English only. */
    from: from && { href: from.path, title: from.title },
    pages: [...content.spanish]
      .filter(([href]) => href !== '/')
      .map(([href, { title, summary }]) => ({ href: spanishHref(href), title, text: summary })),
  }
})

export function meta({ loaderData }: MetaArgs<typeof loader>) {
  return pageMeta(loaderData)
}

export function links() {
  return [...textSheets(), { rel: 'stylesheet', href: homeCss }]
}

const { home } = spanish

export default function SpanishHome() {
  const data = useLoaderData<typeof loader>()
  return (
    <>
      {data.from && (
        <Notice state="due" title={spanish.onlyEnglish}>
          <p>
            {spanish.backToIt}:{' '}
            <a href={data.from.href} hrefLang="en" lang="en">
              {data.from.title}
            </a>
          </p>
        </Notice>
      )}
      <Hero
        title={home.title}
        lead={home.lead(data.clinicName, data.place)}
        actions={
          <>
            <ButtonLink href="/es/request">{spanish.request}</ButtonLink>
            {data.callHref !== undefined && (
              <ButtonLink kind="quiet" href={data.callHref}>
                {spanish.call(data.phone)}
              </ButtonLink>
            )}
          </>
        }
        facts={[
          {
            term: home.forWhom,
            value: (
              <>
                {home.forWhomText} <a href="/es/who-should-not">{home.notEveryone}</a>.
              </>
            ),
          },
          {
            term: home.howSure,
            value: (
              <>
                {home.howSureText} <a href="/es/conditions/alcohol">{home.seeTrials}</a>.
              </>
            ),
          },
          {
            term: home.next,
            value: (
              <>
                <a href="/es/request">{home.nextLink}</a>. {home.nextText}
              </>
            ),
          },
        ]}
        picture={<SettlingSea />}
      />
      <Section title={spanish.inSpanish}>
        <p className="measure">{spanish.whatIsSpanish}</p>
        <LinkList columns items={data.pages} />
      </Section>
      <Section title={home.howSure} tone="sunk">
        <SpanishText article={data.article} />
      </Section>
      <SpanishFoot article={data.article} />
    </>
  )
}
