import { type MetaArgs, useLoaderData } from 'react-router'
import { guardedLoader } from '../../platform/page.server.ts'
import { Breadcrumb, ButtonLink, PageHead, Section } from '../../ui/index.ts'
import { findArticle } from '../article-of.server.ts'
import { articleView } from '../article-view.ts'
import { studiesOfCondition } from '../condition-list.ts'
import { siteContent } from '../content.server.ts'
import { evidencePicture } from '../evidence-picture.ts'
import { pictureView } from '../evidence-picture-words.ts'
import { type EvidencePlace, evidencePlace, summarizeEvidence } from '../evidence-summary.ts'
import { readSite } from '../find-access.ts'
import { pageNotFound } from '../page-not-found.server.ts'
import { studyRow } from '../study-rows.ts'
import { ArticleFoot, ArticleText } from './article-text.tsx'
import { EvidenceFigures } from './evidence-figures.tsx'
import pictureCss from './evidence-picture.css?url'
import { EvidencePictureView } from './evidence-picture-view.tsx'
import { recordSheets } from './page-sheets.ts'
import { pageMeta } from './page-title.ts'
import { StudyTable } from './study-table.tsx'

export const loader = guardedLoader(readSite, async ({ clinic, params, url }) => {
  const content = siteContent()
  const condition = findArticle('condition', params.id)
  if (condition === undefined) pageNotFound({ clinic, url })
  const article = articleView(content, condition)
  const studies = studiesOfCondition(content, condition)
  const evidence = summarizeEvidence(studies)
  const rows = (place: EvidencePlace) =>
    studies.filter((study) => evidencePlace(study) === place).map(studyRow)
  return {
    article,
    title: article.title,
    summary: article.summary,
    clinicName: clinic.name,
    evidence,
    picture: pictureView(evidencePicture(studies), evidence),
    noStudy: studies.length === 0,
    counted: rows('counted'),
    withoutResult: rows('no-result'),
    beside: rows('beside'),
    unverified: rows('unverified'),
  }
})

export function meta({ loaderData }: MetaArgs<typeof loader>) {
  return pageMeta(loaderData)
}

export function links() {
  return [...recordSheets(), { rel: 'stylesheet', href: pictureCss }]
}

export default function Condition() {
  const { article, evidence, picture, noStudy, counted, withoutResult, beside, unverified } =
    useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        breadcrumb={<Breadcrumb items={[{ href: '/conditions', label: 'Conditions' }]} />}
        title={article.title}
        lead={article.summary}
      />
      <ArticleText html={article.html} />
      <p className="section">
        <ButtonLink href="/request">Request a visit</ButtonLink>
      </p>
      <div id="evidence">
        <Section title="The evidence, added up">
          <EvidenceFigures summary={evidence} />
          {noStudy ? (
            <p className="measure after-grade">
              <strong>There is no study of ketamine for this at all</strong> among the studies we know of. So
              there is no picture and no table.
            </p>
          ) : (
            <EvidencePictureView picture={picture} />
          )}
          {counted.length > 0 && (
            <StudyTable
              shape="findings"
              rows={counted}
              caption="Trials that count: chance decided who got what, and they asked whether it helps"
            />
          )}
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
          {!noStudy && (
            <p className="measure after-grade">
              How ketamine was given in them, and whether we offer it:{' '}
              <a href="/protocols">plans from studies</a>.
            </p>
          )}
        </Section>
      </div>
      <ArticleFoot article={article} />
    </>
  )
}
