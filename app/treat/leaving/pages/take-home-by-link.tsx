import { useLoaderData } from 'react-router'
import { guardedLoader } from '../../../platform/page.server.ts'
import { CrisisHelp, PageHead } from '../../../ui/index.ts'
import { openTakeHomeLink } from '../../treat-access.ts'
import { loadTakeHomeByLink } from '../sheets-page.server.ts'
import { TakeHomeSheet } from '../take-home-sheet.tsx'

export const loader = guardedLoader(openTakeHomeLink, loadTakeHomeByLink)

export function meta() {
  return [{ title: 'For the way home' }]
}

export default function TakeHomeByLink() {
  const page = useLoaderData<typeof loader>()
  if (!page.known) {
    return (
      <>
        <PageHead title="This link has ended" lead="Links of this kind open for seven days." />
        <CrisisHelp kind="block" />
      </>
    )
  }
  return (
    <>
      <PageHead
        title="For the way home"
        lead={page.day ? `After the visit on ${page.day}.` : 'After today’s visit.'}
        actions={page.phoneHref && <a href={page.phoneHref}>Call {page.phone}</a>}
      />
      <TakeHomeSheet parts={page.parts} />
    </>
  )
}
