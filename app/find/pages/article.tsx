import { type MetaArgs, useLoaderData } from 'react-router'
import { guardedLoader } from '../../platform/page.server.ts'
import { PageHead } from '../../ui/index.ts'
import { findArticle } from '../article-of.server.ts'
import { articleView } from '../article-view.ts'
import { siteContent } from '../content.server.ts'
import { readSite } from '../find-access.ts'
import { pageNotFound } from '../page-not-found.server.ts'
import { ArticleFoot, ArticleText } from './article-text.tsx'
import { textSheets } from './page-sheets.ts'
import { pageMeta } from './page-title.ts'

export const loader = guardedLoader(readSite, async ({ clinic, params, url }) => {
  const found = findArticle('article', params.id)
  if (found === undefined) pageNotFound({ clinic, url })
  const article = articleView(siteContent(), found)
  return { article, title: article.title, summary: article.summary, clinicName: clinic.name }
})

export function meta({ loaderData }: MetaArgs<typeof loader>) {
  return pageMeta(loaderData)
}

export const links = textSheets

export default function ArticlePage() {
  const { article } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead kicker="Article" title={article.title} lead={article.summary} />
      <ArticleText html={article.html} />
      <p className="section">
        <a href="/articles">All articles</a>
      </p>
      <ArticleFoot article={article} />
    </>
  )
}
