import { type MetaArgs, useLoaderData } from 'react-router'
import { guardedLoader } from '../../platform/page.server.ts'
import { ButtonLink, Facts, PageHead, Section } from '../../ui/index.ts'
import { articleOf } from '../article-of.server.ts'
import { articleView } from '../article-view.ts'
import { siteContent } from '../content.server.ts'
import { readSite } from '../find-access.ts'
import { furtherNumbers } from '../help-numbers.ts'
import { ArticleFoot, ArticleText } from './article-text.tsx'
import { recordSheets } from './page-sheets.ts'
import { pageMeta } from './page-title.ts'

export const loader = guardedLoader(readSite, async ({ clinic }) => {
  const article = articleView(siteContent(), articleOf('page', 'help-now'))
  return { article, title: article.title, summary: article.summary, clinicName: clinic.name }
})

export function meta({ loaderData }: MetaArgs<typeof loader>) {
  return pageMeta(loaderData)
}

export const links = recordSheets

export default function HelpNow() {
  const { article } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title={article.title} lead={article.summary} />
      <div className="help-calls help-calls-big">
        <ButtonLink size="bedside" href="tel:988">
          Call 988
        </ButtonLink>
        <ButtonLink size="bedside" kind="quiet" href="sms:988">
          Text 988
        </ButtonLink>
        <ButtonLink size="bedside" kind="quiet" href="tel:911">
          Call 911 (danger to life)
        </ButtonLink>
      </div>
      <ArticleText html={article.html} />
      <Section title="More numbers">
        <Facts
          facts={furtherNumbers.map(({ who, say, href, label }) => ({
            term: who,
            value: (
              <>
                {say} <a href={href}>{label}</a>
              </>
            ),
          }))}
        />
      </Section>
      <ArticleFoot article={article} />
    </>
  )
}
