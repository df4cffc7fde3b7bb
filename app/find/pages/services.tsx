import { type MetaArgs, useLoaderData } from 'react-router'
import { guardedLoader } from '../../platform/page.server.ts'
import { ButtonLink, EmptyState, Notice, PageHead, Section } from '../../ui/index.ts'
import { articleOf } from '../article-of.server.ts'
import { articleView } from '../article-view.ts'
import { siteContent } from '../content.server.ts'
import { readSite } from '../find-access.ts'
import { serviceAnchor } from '../search-documents.ts'
import { ArticleFoot, ArticleText } from './article-text.tsx'
import { recordSheets } from './page-sheets.ts'
import { pageMeta } from './page-title.ts'

export const loader = guardedLoader(readSite, async ({ clinic }) => {
  const article = articleView(siteContent(), articleOf('page', 'services'))
  return {
    article,
    title: article.title,
    summary: article.summary,
    clinicName: clinic.name,
    demonstration: clinic.demonstration,
    services: clinic.services.map((service) => ({ ...service, anchor: serviceAnchor(service.name) })),
  }
})

export function meta({ loaderData }: MetaArgs<typeof loader>) {
  return pageMeta(loaderData)
}

export const links = recordSheets

export default function Services() {
  const { article, services, demonstration } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title={article.title} lead={article.summary} />
      {demonstration && (
        <Notice state="unknown" title="These prices are invented.">
          <p>This is a demonstration. A clinic that uses this site enters its own services and prices.</p>
        </Notice>
      )}
      <Section title="What we offer">
        {services.length === 0 ? (
          <EmptyState
            title="Services and prices will stand here"
            action={<ButtonLink href="/request">Ask us</ButtonLink>}
          >
            <p>
              The clinic has not entered them yet. Ask, and you get an answer before anything costs money.
            </p>
          </EmptyState>
        ) : (
          <ul className="price-list">
            {services.map((service) => (
              <li key={service.anchor} id={service.anchor}>
                <h3>{service.name}</h3>
                <p className="price">{service.price || 'Price on request'}</p>
                <p>{service.summary}</p>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <div className="section">
        <ArticleText html={article.html} />
      </div>
      <p className="section">
        <ButtonLink href="/request">Request a visit</ButtonLink>
      </p>
      <ArticleFoot article={article} />
    </>
  )
}
