import { type MetaArgs, useLoaderData } from 'react-router'
import { guardedLoader } from '../../platform/page.server.ts'
import { Button, PageHead, TextField } from '../../ui/index.ts'
import { readSite } from '../find-access.ts'
// Vite makes a worker's entry one file of its own; the page loads that file as a plain module, without React.
import searchScript from '../search-script.ts?worker&url'
import { searchAsked } from '../site-search.server.ts'
import { recordSheets } from './page-sheets.ts'
import { pageMeta } from './page-title.ts'
import { SearchAnswerView } from './search-answer-view.tsx'

export const loader = guardedLoader(readSite, async ({ clinic, url }) => ({
  ...searchAsked(clinic, url.searchParams),
  title: 'Search',
  summary: 'Search this site.',
  clinicName: clinic.name,
}))

/** What was searched for stays out of the title, so that it does not stand in the browser's history list. */
export function meta({ loaderData }: MetaArgs<typeof loader>) {
  return [...pageMeta(loaderData), { name: 'robots', content: 'noindex' }]
}

export const links = recordSheets

/** A form that works by itself; the script only saves pressing the button. */
export default function Search() {
  const { answer, kind, spanish } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title="Search" />
      <search data-search="" aria-label="This page">
        <form method="get" action="/search" className="search-form">
          <TextField
            name="q"
            id="search-again"
            label="What are you looking for?"
            type="search"
            defaultValue={answer.query}
            maxLength={200}
          />
          <Button>Search</Button>
        </form>
        <p className="hidden" role="status" data-search-status="" />
        <SearchAnswerView answer={answer} kind={kind} spanish={spanish} />
      </search>
      <script type="module" src={searchScript} />
    </>
  )
}
