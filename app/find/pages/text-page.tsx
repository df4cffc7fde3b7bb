import { type MetaArgs, useLoaderData } from 'react-router'
import { guardedLoader } from '../../platform/page.server.ts'
import { PageHead } from '../../ui/index.ts'
import { articleHref } from '../article.ts'
import { findArticle } from '../article-of.server.ts'
import { articleView } from '../article-view.ts'
import { siteContent } from '../content.server.ts'
import { readSite } from '../find-access.ts'
import { pageNotFound } from '../page-not-found.server.ts'
import { ArticleFoot, ArticleText } from './article-text.tsx'
import { textSheets } from './page-sheets.ts'
import { pageMeta } from './page-title.ts'

/** Any text of `content/pages` that has no page of its own; a page of its own wins over this address. */
export const loader = guardedLoader(readSite, async ({ clinic, params, url }) => {
  const page = findArticle('page', params.page)
  if (page === undefined || articleHref(page) !== `/${params.page}`) pageNotFound({ clinic, url })
  const article = articleView(siteContent(), page)
  return { article, title: article.title, summary: article.summary, clinicName: clinic.name }
})

export function meta({ loaderData }: MetaArgs<typeof loader>) {
  return pageMeta(loaderData)
}

export const links = textSheets

export default function TextPage() {
  const { article } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title={article.title} lead={article.summary} />
      <ArticleText html={article.html} />
      <ArticleFoot article={article} />
    </>
  )
}
