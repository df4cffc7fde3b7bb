import { type MetaArgs, useLoaderData } from 'react-router'
import { guardedLoader, notFound } from '../../platform/page.server.ts'
import { ButtonLink, PageHead, Section } from '../../ui/index.ts'
import { findArticle } from '../article-of.server.ts'
import { articleView } from '../article-view.ts'
import { siteContent } from '../content.server.ts'
import { type EvidencePlace, evidencePlace, summarizeEvidence } from '../evidence-summary.ts'
import { readSite } from '../find-access.ts'
import { chosenStudies, studyRow } from '../study-rows.ts'
import { ArticleFoot, ArticleText } from './article-text.tsx'
import { EvidenceFigures } from './evidence-figures.tsx'
import { recordSheets } from './page-sheets.ts'
import { pageMeta } from './page-title.ts'
import { StudyTable } from './study-table.tsx'

export const loader = guardedLoader(readSite, async ({ clinic, params }) => {
  const content = siteContent()
  const condition = findArticle('condition', params.id)
  if (condition === undefined) notFound()
  const article = articleView(content, condition)
  const studies = chosenStudies(content, { topic: condition.topic ?? condition.id })
  const rows = (place: EvidencePlace) =>
    studies.filter((study) => evidencePlace(study) === place).map(studyRow)
  return {
    article,
    title: article.title,
    summary: article.summary,
    clinicName: clinic.name,
    evidence: summarizeEvidence(studies),
    counted: rows('counted'),
    withoutResult: rows('no-result'),
    beside: rows('beside'),
    unverified: rows('unverified'),
  }
})

export function meta({ loaderData }: MetaArgs<typeof loader>) {
  return pageMeta(loaderData)
}

export const links = recordSheets

export default function Condition() {
  const { article, evidence, counted, withoutResult, beside, unverified } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead kicker="Condition" title={article.title} lead={article.summary} />
      <ArticleText html={article.html} />
      <p className="section">
        <ButtonLink href="/request">Request a visit</ButtonLink>
      </p>
      <div id="evidence">
        <Section title="The evidence, added up">
          <EvidenceFigures summary={evidence} />
          <StudyTable
            shape="findings"
            rows={counted}
            caption="Trials that count: chance decided who got what, and they asked whether it helps"
          />
          {withoutResult.length > 0 && (
            <StudyTable
              shape="list"
              rows={withoutResult}
              caption="No result: under way, withdrawn or unpublished"
            />
          )}
          {beside.length > 0 && (
            <StudyTable
              shape="findings"
              rows={beside}
              caption="Listed, not counted: no groups made by chance, withdrawal in hospital, experiments, reviews"
            />
          )}
          {unverified.length > 0 && (
            <StudyTable
              shape="list"
              rows={unverified}
              caption="Unverified: could not be checked in the source"
            />
          )}
        </Section>
      </div>
      <ArticleFoot article={article} />
    </>
  )
}
