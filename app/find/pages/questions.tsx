import { type MetaArgs, useLoaderData } from 'react-router'
import { guardedLoader } from '../../platform/page.server.ts'
import { PageHead } from '../../ui/index.ts'
import { type ArticleView, articleView } from '../article-view.ts'
import { siteContent } from '../content.server.ts'
import { readSite } from '../find-access.ts'
import { ArticleText } from './article-text.tsx'
import { textSheets } from './page-sheets.ts'
import { pageMeta } from './page-title.ts'

export const loader = guardedLoader(readSite, async ({ clinic }) => {
  const content = siteContent()
  return {
    title: 'Questions people ask',
    summary: 'Short answers with their sources. What is not known is said to be not known.',
    clinicName: clinic.name,
    questions: content.articles
      .filter((article) => article.kind === 'question')
      .map((article) => withOwnAnchors(articleView(content, article))),
  }
})

/** Several answers on one page share sources, so each answer's source anchors carry its own id. */
function withOwnAnchors(view: ArticleView): ArticleView {
  return {
    ...view,
    html: view.html.replaceAll('href="#source-', `href="#${view.id}-source-`),
    sources: view.sources.map((source) => ({ ...source, id: `${view.id}-${source.id}` })),
  }
}

export function meta({ loaderData }: MetaArgs<typeof loader>) {
  return pageMeta(loaderData)
}

export const links = textSheets

export default function Questions() {
  const { title, summary, questions } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title={title} lead={summary} />
      <nav aria-label="Questions">
        <ul className="question-index">
          {questions.map((question) => (
            <li key={question.id}>
              <a href={`#${question.id}`}>{question.title}</a>
            </li>
          ))}
        </ul>
      </nav>
      {questions.map((question) => (
        <article key={question.id} id={question.id} className="answer">
          <h2>{question.title}</h2>
          <ArticleText html={question.html} />
          <ul className="answer-sources" aria-label={`Sources of “${question.title}”`}>
            {question.sources.map((source) => (
              <li key={source.id} id={source.id}>
                {source.href === null ? source.label : <a href={source.href}>{source.label}</a>}
                {source.unverified && ' (unverified)'}
              </li>
            ))}
          </ul>
          <p className="answer-sources">
            {question.reviewedOn === null
              ? `Not yet reviewed by a clinician; the review is the ${question.reviewerRole}’s.`
              : `Reviewed by the ${question.reviewerRole} on ${question.reviewedOn}.`}
          </p>
        </article>
      ))}
    </>
  )
}
