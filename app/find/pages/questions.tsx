import { type MetaArgs, useLoaderData } from 'react-router'
import { guardedLoader } from '../../platform/page.server.ts'
import { ButtonLink, PageHead } from '../../ui/index.ts'
import { articleView } from '../article-view.ts'
import { siteContent } from '../content.server.ts'
import { readSite } from '../find-access.ts'
import { groupQuestions } from '../question-groups.ts'
import { termMarker } from '../term-marks.ts'
import { ArticleText, SourceList } from './article-text.tsx'
import { textSheets } from './page-sheets.ts'
import { pageMeta } from './page-title.ts'

export const loader = guardedLoader(readSite, async ({ clinic }) => {
  const content = siteContent()
  const mark = termMarker(content.glossary)
  const groups = groupQuestions(content.articles.filter(({ kind }) => kind === 'question')).map(
    ({ questions, ...group }) => ({
      ...group,
      questions: questions.map((question) => articleView(content, question, mark)),
    }),
  )
  const answers = groups.flatMap(({ questions }) => questions)
  return {
    title: 'Questions people ask',
    summary: 'Short answers with their sources. What is not known is said to be not known.',
    clinicName: clinic.name,
    groups,
    /** Answers share sources, so each stands once, at the end. */
    sources: [
      ...new Map(answers.flatMap(({ sources }) => sources).map((source) => [source.id, source])).values(),
    ],
    reviewed: answers.filter(({ reviewedOn }) => reviewedOn !== null).length,
    count: answers.length,
  }
})

export function meta({ loaderData }: MetaArgs<typeof loader>) {
  return pageMeta(loaderData)
}

export const links = textSheets

export default function Questions() {
  const { title, summary, groups, sources, reviewed, count } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title={title} lead={summary} />
      <nav aria-label="Questions" className="question-index">
        {groups.map((group) => (
          <div key={group.id}>
            <p className="index-subject">
              <a href={`#${group.id}`}>{group.title}</a>
            </p>
            <ul>
              {group.questions.map((question) => (
                <li key={question.id}>
                  <a href={`#${question.id}`}>{question.title}</a>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      {groups.map((group) => (
        <section key={group.id} id={group.id} className="answers" aria-labelledby={`${group.id}-title`}>
          <h2 id={`${group.id}-title`}>{group.title}</h2>
          {group.questions.map((question) => (
            <article key={question.id} id={question.id} className="answer">
              <h3>{question.title}</h3>
              <ArticleText html={question.html} />
              {question.reviewedOn !== null && (
                <p className="answer-review">
                  Reviewed by the {question.reviewerRole} on {question.reviewedOn}.
                </p>
              )}
            </article>
          ))}
        </section>
      ))}
      <section className="section">
        <p className="measure">
          Your question is not here? Ask it. Nobody has to decide anything to ask. Words you do not know stand
          in the <a href="/glossary">glossary</a>.
        </p>
        <p>
          <ButtonLink href="/request">Request a visit</ButtonLink>
        </p>
      </section>
      <footer className="article-foot">
        <p>{reviewInWords(reviewed, count)}</p>
        <SourceList sources={sources} />
      </footer>
    </>
  )
}

function reviewInWords(reviewed: number, count: number): string {
  if (reviewed === count) return 'Every answer has been reviewed; the day stands under it.'
  return reviewed === 0
    ? 'Written by: content editor. Not yet reviewed by a clinician.'
    : `Written by: content editor. ${reviewed} of ${count} answers have been reviewed by a clinician; the day stands under each.`
}
