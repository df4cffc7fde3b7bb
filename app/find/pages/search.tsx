import { type MetaArgs, useLoaderData } from 'react-router'
import { guardedLoader } from '../../platform/page.server.ts'
import { Button, ButtonLink, LinkList, Notice, PageHead, TextField } from '../../ui/index.ts'
import { readSite } from '../find-access.ts'
import { type SearchKind, searchKinds } from '../search.ts'
import type { Segment } from '../search-snippet.ts'
import { siteSearch } from '../site-search.server.ts'
import { recordSheets } from './page-sheets.ts'
import { pageMeta } from './page-title.ts'

export const loader = guardedLoader(readSite, async ({ clinic, url }) => {
  const kind = searchKinds.find((candidate) => candidate === url.searchParams.get('kind'))
  const answer = siteSearch(clinic).search(url.searchParams.get('q') ?? '', kind)
  return { answer, kind, title: 'Search', summary: 'Search this site.', clinicName: clinic.name }
})

/** What was searched for stays out of the title, so that it does not stand in the browser's history list. */
export function meta({ loaderData }: MetaArgs<typeof loader>) {
  return [...pageMeta(loaderData), { name: 'robots', content: 'noindex' }]
}

export const links = recordSheets

const kindLabels: Readonly<Record<SearchKind, string>> = {
  page: 'Pages',
  condition: 'Conditions',
  question: 'Questions',
  article: 'Articles',
  service: 'Services',
  term: 'Words',
  study: 'Studies',
}

const kindOfOne: Readonly<Record<SearchKind, string>> = {
  page: 'Page',
  condition: 'Condition',
  question: 'Question',
  article: 'Article',
  service: 'Service',
  term: 'Word',
  study: 'Study',
}

export default function Search() {
  const { answer, kind } = useLoaderData<typeof loader>()
  const { query, results, counts, corrected, crisis, elsewhere } = answer
  const all = searchKinds.reduce((sum, one) => sum + counts[one], 0)
  const corrections = corrected.map(({ typed, used }) => `“${used}” for “${typed}”`).join(', ')
  return (
    <>
      <PageHead title="Search" />
      {crisis && (
        <Notice state="amber" title="If you may be in danger, get help first">
          <p>
            Call or text 988, day or night. If someone may die or is badly hurt, call 911. Nobody reads what
            you type here.
          </p>
          <div className="help-calls">
            <ButtonLink href="tel:988">Call 988</ButtonLink>
            <ButtonLink kind="quiet" href="sms:988">
              Text 988
            </ButtonLink>
            <ButtonLink kind="quiet" href="tel:911">
              Call 911
            </ButtonLink>
            <ButtonLink kind="quiet" href="/help-now">
              What to do now
            </ButtonLink>
          </div>
        </Notice>
      )}
      <form method="get" action="/search" className="search-form">
        <TextField
          name="q"
          id="search-again"
          label="What are you looking for?"
          type="search"
          defaultValue={query}
          maxLength={200}
        />
        <Button>Search</Button>
      </form>
      {query !== '' && all > 0 && (
        <ul className="search-kinds" aria-label="Show only">
          <li>
            <a href={searchHref(query)} aria-current={kind === undefined ? 'true' : undefined}>
              All ({all})
            </a>
          </li>
          {searchKinds
            .filter((one) => counts[one] > 0)
            .map((one) => (
              <li key={one}>
                <a href={searchHref(query, one)} aria-current={kind === one ? 'true' : undefined}>
                  {kindLabels[one]} ({counts[one]})
                </a>
              </li>
            ))}
        </ul>
      )}
      {corrections !== '' && <p>Showing results with {corrections}.</p>}
      {results.length > 0 && (
        <LinkList
          items={results.map((result) => ({
            href: result.href,
            title: <Marked segments={result.title} />,
            text: <Marked segments={result.snippet} />,
            meta: kindOfOne[result.kind],
          }))}
        />
      )}
      {results.length === 0 && (
        <div className="section">
          {query !== '' && !crisis && (
            <>
              <h2>Nothing found for “{query}”</h2>
              <p>Try fewer or other words. Or begin here:</p>
            </>
          )}
          <LinkList items={elsewhere.map(({ href, label }) => ({ href, title: label }))} />
        </div>
      )}
    </>
  )
}

function searchHref(query: string, kind?: SearchKind): string {
  return `/search?${new URLSearchParams(kind === undefined ? { q: query } : { q: query, kind })}`
}

function Marked({ segments }: { segments: readonly Segment[] }) {
  return (
    <>
      {segments.map((segment, index) =>
        segment.marked ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: segments never move
          <mark key={index}>{segment.text}</mark>
        ) : (
          segment.text
        ),
      )}
    </>
  )
}
