import { type MetaArgs, useLoaderData } from 'react-router'
import { guardedLoader } from '../../platform/page.server.ts'
import chartsCss from '../../ui/charts.css?url'
import { ButtonLink, PageHead } from '../../ui/index.ts'
import { articleOf } from '../article-of.server.ts'
import { articleView } from '../article-view.ts'
import { siteContent } from '../content.server.ts'
import { chosenFrom } from '../explore/chosen.ts'
import exploreCss from '../explore/explore.css?url'
// Vite makes a worker's entry one file of its own; the page loads that file as a plain module, without React.
import explorerScript from '../explore/explorer-script.ts?worker&url'
import { sessionPictures } from '../explore/pictures.server.ts'
import { SessionExplorer } from '../explore/session-explorer.tsx'
import { readSite } from '../find-access.ts'
import { ArticleFoot, ArticleText } from './article-text.tsx'
import { recordSheets } from './page-sheets.ts'
import { pageMeta } from './page-title.ts'

export const loader = guardedLoader(readSite, async ({ clinic, url }) => {
  const article = articleView(siteContent(), articleOf('page', 'inside-a-session'))
  return {
    article,
    title: article.title,
    summary: article.summary,
    clinicName: clinic.name,
    pictures: sessionPictures(),
    chosen: chosenFrom(url.searchParams),
  }
})

export function meta({ loaderData }: MetaArgs<typeof loader>) {
  return pageMeta(loaderData)
}

export function links() {
  return [...recordSheets(), ...[chartsCss, exploreCss].map((href) => ({ rel: 'stylesheet', href }))]
}

export default function InsideASession() {
  const { article, pictures, chosen } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title={article.title} lead={article.summary} />
      <SessionExplorer pictures={pictures} chosen={chosen} />
      <div className="section">
        <ArticleText html={article.html} />
      </div>
      <p className="section">
        <ButtonLink href="/how-treatment-works">How treatment works</ButtonLink>
      </p>
      <ArticleFoot article={article} />
      <script type="module" src={explorerScript} />
    </>
  )
}
