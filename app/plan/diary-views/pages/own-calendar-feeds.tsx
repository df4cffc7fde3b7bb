import { useActionData, useLoaderData } from 'react-router'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import { Breadcrumb, Button, FormActions, PageHead, Section } from '../../../ui/index.ts'
import planCss from '../../plan.css?url'
import diaryCss from '../diary-views.css?url'
import { makeOwnFeed, readOwnFeeds, revokeFeed } from '../feeds-access.ts'
import { feedsPage, postOwnFeed, postRevoke } from '../feeds-page.server.ts'
import { FeedAnswer, FeedList } from './feed-list.tsx'

export function links() {
  return [planCss, diaryCss].map((href) => ({ rel: 'stylesheet', href }))
}

export const loader = guardedLoader(readOwnFeeds, (page) => feedsPage(page, readOwnFeeds.id))

export const action = guardedAction<Awaited<ReturnType<typeof postOwnFeed>> | Response>({
  own: [makeOwnFeed, (page) => postOwnFeed(page, 'person')],
  revoke: [revokeFeed, postRevoke],
})

export function meta() {
  return [{ title: 'Your calendar' }]
}

export default function OwnCalendarFeeds() {
  const data = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const made = answer && !(answer instanceof Response) ? answer : undefined
  return (
    <>
      <PageHead
        breadcrumb={<Breadcrumb items={[{ href: '/portal/appointments', label: 'Appointments' }]} />}
        title="Appointments in your own calendar"
        lead="Your calendar then shows “Appointment” at the right time, and keeps up when a time changes. It says nothing about us, and no place."
      />
      <FeedAnswer answer={made} done={data.done} />
      <form method="post">
        <FormActions>
          <Button name="intent" value="own">
            Make an address
          </Button>
        </FormActions>
      </form>
      <Section title="Open addresses">
        <p>A lost telephone? Revoke its address: its calendar hears nothing more from then on.</p>
        <FeedList feeds={data.feeds} />
      </Section>
    </>
  )
}
