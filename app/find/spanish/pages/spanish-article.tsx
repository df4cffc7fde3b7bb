import { Notice } from '../../../ui/index.ts'
import { ArticleText } from '../../pages/article-text.tsx'
import type { SpanishView } from '../spanish-view.ts'
import { spanish } from '../spanish-words.ts'

/** A Spanish text: first, when it is so, that the English one is newer. */
export function SpanishText({ article }: { article: SpanishView }) {
  return (
    <>
      {article.behind && (
        <Notice state="due" title={spanish.englishNewer}>
          <p>
            {spanish.englishNewerText}{' '}
            <a href={article.englishHref} hrefLang="en">
              {spanish.readEnglish}
            </a>
          </p>
        </Notice>
      )}
      <ArticleText html={article.html} />
    </>
  )
}

/** Whose translation it is, whether anybody reviewed it, and the sources, which are in English. */
export function SpanishFoot({ article }: { article: SpanishView }) {
  return (
    <footer className="article-foot">
      <p>
        {article.reviewedOn === null ? spanish.translated : spanish.reviewed(article.reviewedOn)}{' '}
        <a href={article.englishHref} hrefLang="en">
          {spanish.readEnglish}
        </a>
      </p>
      <h2 id="sources">{spanish.sources}</h2>
      <ul>
        {article.sources.map((source) => (
          <li key={source.id} id={source.id}>
            {source.href === null ? (
              <span lang="en">{source.label}</span>
            ) : (
              <a href={source.href} lang="en" hrefLang="en">
                {source.label}
              </a>
            )}
            {source.unverified && (
              <>
                {' '}
                <span className="unverified">{spanish.unverified}</span>
              </>
            )}
          </li>
        ))}
      </ul>
    </footer>
  )
}
