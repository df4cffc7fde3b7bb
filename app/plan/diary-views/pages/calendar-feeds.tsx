import { useActionData, useLoaderData } from 'react-router'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import { Breadcrumb, Button, FormActions, PageHead, Section, SelectField } from '../../../ui/index.ts'
import planCss from '../../plan.css?url'
import diaryCss from '../diary-views.css?url'
import { makeOwnFeed, makePlaceFeed, readFeeds, revokeFeed } from '../feeds-access.ts'
import { feedsPage, postOwnFeed, postPlaceFeed, postRevoke } from '../feeds-page.server.ts'
import { FeedAnswer, FeedList } from './feed-list.tsx'

export function links() {
  return [planCss, diaryCss].map((href) => ({ rel: 'stylesheet', href }))
}

export const loader = guardedLoader(readFeeds, (page) => feedsPage(page, readFeeds.id))

export const action = guardedAction<Awaited<ReturnType<typeof postOwnFeed>> | Response>({
  own: [makeOwnFeed, (page) => postOwnFeed(page, 'staff')],
  place: [makePlaceFeed, postPlaceFeed],
  revoke: [revokeFeed, postRevoke],
})

export function meta() {
  return [{ title: 'Calendar feeds' }]
}

export default function CalendarFeeds() {
  const data = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const made = answer && !(answer instanceof Response) ? answer : undefined
  return (
    <>
      <PageHead
        breadcrumb={<Breadcrumb items={[{ href: '/work/schedule', label: 'Schedule' }]} />}
        title="Calendar feeds"
        lead="Your visits in the calendar of your telephone. It shows times and places, and never who comes or why."
      />
      <FeedAnswer answer={made} done={data.done} />
      <form method="post">
        <FormActions>
          <Button name="intent" value="own">
            Make an address of my calendar
          </Button>
        </FormActions>
      </form>
      {data.places.length > 0 && (
        <Section title="A chair or room">
          <form method="post" className="measure" noValidate>
            <SelectField
              name="place"
              label="Chair or room"
              prompt="Choose"
              options={data.places}
              error={made && 'errors' in made ? made.errors.place : undefined}
            />
            <FormActions>
              <Button name="intent" value="place" kind="quiet">
                Make an address of its calendar
              </Button>
            </FormActions>
          </form>
        </Section>
      )}
      <Section title="Open addresses">
        <FeedList feeds={data.feeds} />
      </Section>
    </>
  )
}
