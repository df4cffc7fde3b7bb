import { type MetaArgs, useLoaderData } from 'react-router'
import { guardedLoader } from '../../platform/page.server.ts'
import chartsCss from '../../ui/charts.css?url'
import { Figure, IntervalChart, PageHead, Section } from '../../ui/index.ts'
import { articleOf } from '../article-of.server.ts'
import { articleView } from '../article-view.ts'
import { siteContent } from '../content.server.ts'
import exploreCss from '../explore/explore.css?url'
import shareCss from '../explore/share.css?url'
import { shareChosenFrom, shareHref } from '../explore/share-chosen.ts'
import { shareExamples } from '../explore/share-examples.ts'
import { ShareExplorer } from '../explore/share-explorer.tsx'
import { packedShares, shareReading } from '../explore/share-figures.ts'
// As on the page of a session: one plain module of its own, without React.
import shareScript from '../explore/share-script.ts?worker&url'
import { shareInWords } from '../explore/share-words.ts'
import { readSite } from '../find-access.ts'
import { shortCitation } from '../study-words.ts'
import { ArticleFoot, ArticleText } from './article-text.tsx'
import { recordSheets } from './page-sheets.ts'
import { pageMeta } from './page-title.ts'

/** The same share, as good as it can be had, in more and more people. */
const ladder = [20, 40, 100, 200].map((people) => shareReading(0.65 * people, people))

export const loader = guardedLoader(readSite, async ({ clinic, url }) => {
  const content = siteContent()
  const article = articleView(content, articleOf('page', 'what-does-65-percent-mean'))
  const chosen = shareChosenFrom(url.searchParams)
  return {
    article,
    title: article.title,
    summary: article.summary,
    clinicName: clinic.name,
    chosen,
    reading: shareReading(chosen.count, chosen.people),
    packed: packedShares(chosen.people),
    examples: shareExamples.map(({ count, people, studyId, what }) => ({
      count,
      people,
      what,
      citation: shortCitation(content.studies.get(studyId)!),
      studyId,
    })),
    ladder: ladder.map((reading) => ({ ...reading, spoken: shareInWords(reading).spoken })),
  }
})

export function meta({ loaderData }: MetaArgs<typeof loader>) {
  return pageMeta(loaderData)
}

export function links() {
  return [
    ...recordSheets(),
    ...[chartsCss, exploreCss, shareCss].map((href) => ({ rel: 'stylesheet', href })),
  ]
}

export default function WhatDoes65PercentMean() {
  const { article, chosen, reading, packed, examples, ladder } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title={article.title} lead={article.summary} />
      <p className="measure">
        Say that 13 of 20 people did well. That is 65 of every 100. But it was only 20 people, and luck was in
        it. Here you can see how much. Choose a group, then change how many of them did well.
      </p>
      <ShareExplorer chosen={chosen} reading={reading} packed={packed} />
      <Section title="The same share in more people">
        <Figure
          title="What fits with 65 of every 100, in groups of 20 to 200"
          definition="The dot is the group, the line is what fits with it: the exact interval of 95 in 100."
        >
          <IntervalChart
            alt={ladder.map(({ spoken }) => spoken).join('. ')}
            valueLabel="Did well, of every 100"
            groups={[
              {
                rows: ladder.map(({ count, people, lowerPercent, upperPercent }) => ({
                  key: String(people),
                  label: `${count} of ${people}`,
                  value: count / people,
                  lower: lowerPercent / 100,
                  upper: upperPercent / 100,
                  beside: `${lowerPercent} to ${upperPercent}`,
                })),
              },
            ]}
          />
        </Figure>
      </Section>
      <Section title="Groups from studies">
        <div className="prose">
          <ul>
            {examples.map(({ count, people, what, citation, studyId }) => (
              <li key={`${studyId}-${count}`}>
                <a href={shareHref(count, people)}>
                  {count} of {people}
                </a>{' '}
                {what}. <a href={`/studies/${studyId}`}>{citation}</a>
              </li>
            ))}
          </ul>
        </div>
      </Section>
      <div className="section">
        <ArticleText html={article.html} />
      </div>
      <ArticleFoot article={article} />
      <script type="module" src={shareScript} />
    </>
  )
}
