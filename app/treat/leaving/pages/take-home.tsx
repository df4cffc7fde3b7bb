import { useActionData, useLoaderData } from 'react-router'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import { Breadcrumb, Button, ButtonLink, Notice, PageHead } from '../../../ui/index.ts'
import { readSession, recordSession } from '../../treat-access.ts'
import { loadTakeHome, postTakeHomeLink } from '../sheets-page.server.ts'
import { TakeHomeSheet } from '../take-home-sheet.tsx'

export const loader = guardedLoader(readSession, loadTakeHome)

export const action = guardedAction({ link: [recordSession, postTakeHomeLink] })

export function meta() {
  return [{ title: 'For the way home' }]
}

export default function TakeHome() {
  const page = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  return (
    <>
      <PageHead
        breadcrumb={<Breadcrumb items={[{ href: `/work/sessions/${page.sessionId}`, label: 'Session' }]} />}
        title="For the way home"
        lead="For the person and whoever takes them home. It names no one, no drug and no treatment."
        actions={
          <ButtonLink href={`/work/sessions/${page.sessionId}/take-home.pdf`} kind="quiet">
            To print, as PDF
          </ButtonLink>
        }
      />
      {answered && 'link' in answered ? (
        <Notice state="calm" announce="status" title="The link opens this sheet for 7 days">
          <p>
            It is shown once, so copy it now: <code>{String(answered.link)}</code>
          </p>
        </Notice>
      ) : (
        <form method="post">
          <input type="hidden" name="intent" value="link" />
          <Button type="submit" kind="quiet">
            Make a link to this sheet
          </Button>
        </form>
      )}
      <TakeHomeSheet parts={page.parts} />
    </>
  )
}
