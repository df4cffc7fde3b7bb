import { type MetaArgs, useLoaderData } from 'react-router'
import { guardedLoader } from '../../platform/page.server.ts'
import { EmptyState, LinkList, PageHead } from '../../ui/index.ts'
import { articleHref } from '../article.ts'
import { siteContent } from '../content.server.ts'
import { readSite } from '../find-access.ts'
import { textSheets } from './page-sheets.ts'
import { pageMeta } from './page-title.ts'

export const loader = guardedLoader(readSite, async ({ clinic }) => ({
  title: 'Articles',
  summary: 'One question each, with the evidence in it. None of them is news, so none has a date.',
  clinicName: clinic.name,
  articles: siteContent()
    .articles.filter((article) => article.kind === 'article')
    .map((article) => ({ href: articleHref(article), title: article.title, text: article.summary })),
}))

export function meta({ loaderData }: MetaArgs<typeof loader>) {
  return pageMeta(loaderData)
}

export const links = textSheets

export default function Articles() {
  const { title, summary, articles } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title={title} lead={summary} />
      {articles.length === 0 ? (
        <EmptyState title="Articles will stand here">
          <p>
            Nobody has written one yet. The <a href="/questions">short answers</a> are there.
          </p>
        </EmptyState>
      ) : (
        <LinkList items={articles} />
      )}
    </>
  )
}
