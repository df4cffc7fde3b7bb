import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { guardedLoader } from '../../platform/page.server.ts'
import { readSite } from '../find-access.ts'
import { searchAsked } from '../site-search.server.ts'
import { SearchAnswerView } from './search-answer-view.tsx'

/** The answer of `/search` alone, as HTML without the page around it, for the script that asks while somebody types. */
export const loader = guardedLoader(readSite, async ({ clinic, url }) => {
  const html = renderToStaticMarkup(createElement(SearchAnswerView, searchAsked(clinic, url.searchParams)))
  return new Response(html, {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Robots-Tag': 'noindex',
    },
  })
})
