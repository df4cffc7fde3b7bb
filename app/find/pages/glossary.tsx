import { type MetaArgs, useLoaderData } from 'react-router'
import { guardedLoader } from '../../platform/page.server.ts'
import { PageHead } from '../../ui/index.ts'
import { siteContent } from '../content.server.ts'
import { readSite } from '../find-access.ts'
import { glossaryView, type TermView } from '../glossary-view.ts'
import { textSheets } from './page-sheets.ts'
import { pageMeta } from './page-title.ts'

export const loader = guardedLoader(readSite, async ({ clinic }) => ({
  title: 'Glossary',
  summary: 'Words you may meet here, in plain language. Not yet reviewed by a clinician.',
  clinicName: clinic.name,
  letters: glossaryView(siteContent()),
}))

export function meta({ loaderData }: MetaArgs<typeof loader>) {
  return pageMeta(loaderData)
}

export const links = textSheets

export default function Glossary() {
  const { title, summary, letters } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title={title} lead={summary} />
      <nav aria-label="Letters">
        <ul className="letters">
          {letters.map(({ letter, anchor }) => (
            <li key={anchor}>
              <a href={`#${anchor}`}>{letter}</a>
            </li>
          ))}
        </ul>
      </nav>
      {letters.map(({ letter, anchor, terms }) => (
        <section key={anchor} id={anchor} className="letter" aria-labelledby={`${anchor}-title`}>
          <h2 id={`${anchor}-title`}>{letter}</h2>
          <dl>
            {terms.map((term) => (
              <Term key={term.id} term={term} />
            ))}
          </dl>
        </section>
      ))}
    </>
  )
}

function Term({ term: { id, term, also, definition, see, more, source } }: { term: TermView }) {
  return (
    <div id={id} className="term-entry">
      <dt>{term}</dt>
      {also.length > 0 && <dd className="term-also">Also: {also.join(', ')}</dd>}
      <dd>{definition}</dd>
      {(see.length > 0 || more !== null) && (
        <dd className="term-see">
          See{' '}
          {[...see, ...(more === null ? [] : [more])].map(({ href, label }, index) => (
            <span key={href}>
              {index > 0 && ' · '}
              <a href={href}>{label}</a>
            </span>
          ))}
        </dd>
      )}
      {source !== null && (
        <dd className="term-see">
          Source: {source.href === null ? source.label : <a href={source.href}>{source.label}</a>}
          {source.unverified && ' (unverified)'}
        </dd>
      )}
    </div>
  )
}
