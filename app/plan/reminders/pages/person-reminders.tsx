import { useLoaderData } from 'react-router'
import { runQuery } from '../../../platform/command.server.ts'
import { parseId } from '../../../platform/ids.ts'
import { guardedAction, guardedLoader, notFound, type PageArgs } from '../../../platform/page.server.ts'
import { Breadcrumb, Notice, PageHead } from '../../../ui/index.ts'
import { CHANNELS } from '../cadence.ts'
import { remindersView } from '../reminder-view.server.ts'
import { chooseReminders, readReminders } from '../reminders-access.ts'
import { RemindersPart } from '../reminders-part.tsx'
import { chooseFrom } from '../reminders-post.server.ts'

const personOf = ({ params }: PageArgs) => parseId<'person'>(params.id) ?? notFound()

export const loader = guardedLoader(readReminders, async (page) =>
  runQuery(page.services, page.actor, async ({ db, at, audit }) => {
    const { services, clinic, url } = page
    const personId = personOf(page)
    const view = (await remindersView(db, clinic.id, personId, clinic.timeZone, at)) ?? notFound()
    audit.read(readReminders.id, { personId, object: 'reminders' })
    return {
      personId: personId as string,
      view,
      keys: Object.fromEntries(CHANNELS.map((channel) => [channel, services.ids.next() as string])),
      done: url.searchParams.get('done'),
    }
  }),
)

export const action = guardedAction({
  on: [chooseReminders, chooseFrom('on', personOf)],
  off: [chooseReminders, chooseFrom('off', personOf)],
})

export function meta() {
  return [{ title: 'Reminders' }]
}

export default function PersonReminders() {
  const { personId, view, keys, done } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        breadcrumb={<Breadcrumb items={[{ href: `/work/people/${personId}`, label: view.name }]} />}
        title="Reminders"
        lead={`${view.name}: only what they asked for is sent. Change it on their word alone.`}
      />
      {done && <Notice state="calm" announce="status" title={done === 'on' ? 'Turned on' : 'Turned off'} />}
      <RemindersPart view={view} keys={keys} own={false} />
    </>
  )
}
