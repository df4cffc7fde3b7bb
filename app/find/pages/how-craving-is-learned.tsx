import { type MetaArgs, useLoaderData } from 'react-router'
import { guardedLoader } from '../../platform/page.server.ts'
import chartsCss from '../../ui/charts.css?url'
import { PageHead } from '../../ui/index.ts'
import { articleOf } from '../article-of.server.ts'
import { articleView } from '../article-view.ts'
import { siteContent } from '../content.server.ts'
import exploreCss from '../explore/explore.css?url'
import rewardCss from '../explore/reward.css?url'
import { rewardChosenFrom } from '../explore/reward-chosen.ts'
import { RewardExplorer } from '../explore/reward-explorer.tsx'
// As on the page of a session: one plain module of its own, without React.
import rewardScript from '../explore/reward-script.ts?worker&url'
import { readSite } from '../find-access.ts'
import { ArticleFoot, ArticleText } from './article-text.tsx'
import { recordSheets } from './page-sheets.ts'
import { pageMeta } from './page-title.ts'

export const loader = guardedLoader(readSite, async ({ clinic, url }) => {
  const article = articleView(siteContent(), articleOf('page', 'how-craving-is-learned'))
  return {
    article,
    title: article.title,
    summary: article.summary,
    clinicName: clinic.name,
    chosen: rewardChosenFrom(url.searchParams),
  }
})

export function meta({ loaderData }: MetaArgs<typeof loader>) {
  return pageMeta(loaderData)
}

export function links() {
  return [
    ...recordSheets(),
    ...[chartsCss, exploreCss, rewardCss].map((href) => ({ rel: 'stylesheet', href })),
  ]
}

export default function HowCravingIsLearned() {
  const { article, chosen } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title={article.title} lead={article.summary} />
      <p className="measure">
        Think of a cue: a ringtone, a street, five o’clock. Then think of what used to follow it. Here that is
        called the drug, and alcohol is one. Nothing below asks about you or keeps what you choose.
      </p>
      <RewardExplorer chosen={chosen} />
      <div className="section">
        <ArticleText html={article.html} />
      </div>
      <ArticleFoot article={article} />
      <script type="module" src={rewardScript} />
    </>
  )
}
