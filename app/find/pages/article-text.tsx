import type { ArticleView, SourceLine } from '../article-view.ts'

/** The running text of an article. The HTML is made from our own Markdown; `renderMarkdown` obeys no other HTML. */
export function ArticleText({ html }: { html: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: our own text, HTML in it is escaped when rendered
  return <div className="prose" dangerouslySetInnerHTML={{ __html: html }} />
}

/** Who stands behind a text, when it was reviewed, and its sources. */
export function ArticleFoot({ article }: { article: ArticleView }) {
  return (
    <footer className="article-foot">
      <p>
        Written by: {article.authorRole}. {reviewInWords(article)}
      </p>
      <SourceList sources={article.sources} />
    </footer>
  )
}

function reviewInWords({ reviewedOn, reviewerRole }: ArticleView): string {
  return reviewedOn === null
    ? `Not yet reviewed by a clinician; the review is the ${reviewerRole}’s.`
    : `Reviewed by the ${reviewerRole} on ${reviewedOn}.`
}

/** The list of sources under a text, with its heading. */
export function SourceList({ sources }: { sources: readonly SourceLine[] }) {
  return (
    <>
      <h2 id="sources">Sources</h2>
      <ul>
        {sources.map((source) => (
          <li key={source.id} id={source.id}>
            {source.href === null ? source.label : <a href={source.href}>{source.label}</a>}
            {source.unverified && (
              <>
                {' '}
                <span className="unverified">Unverified</span>
              </>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}
