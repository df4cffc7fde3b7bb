import { useLoaderData } from 'react-router'
import { ownPersonId } from '../../../platform/actor.ts'
import { runQuery } from '../../../platform/command.server.ts'
import { guardedAction, guardedLoader, notFound } from '../../../platform/page.server.ts'
import { Notice, PageHead } from '../../../ui/index.ts'
import { CHANNELS } from '../cadence.ts'
import { remindersView } from '../reminder-view.server.ts'
import { chooseReminders, readOwnReminders } from '../reminders-access.ts'
import { RemindersPart } from '../reminders-part.tsx'
import { chooseFrom } from '../reminders-post.server.ts'

export const loader = guardedLoader(readOwnReminders, async ({ services, actor, clinic, url }) =>
  runQuery(services, actor, async ({ db, at, audit }) => {
    const personId = ownPersonId(actor) ?? notFound()
    audit.read(readOwnReminders.id, { personId, object: 'reminders' })
    return {
      view: (await remindersView(db, clinic.id, personId, clinic.timeZone, at)) ?? notFound(),
      keys: Object.fromEntries(CHANNELS.map((channel) => [channel, services.ids.next() as string])),
      done: url.searchParams.get('done'),
    }
  }),
)

const own = () => undefined

export const action = guardedAction({
  on: [chooseReminders, chooseFrom('on', own)],
  off: [chooseReminders, chooseFrom('off', own)],
})

export function meta() {
  return [{ title: 'Reminders' }]
}

export default function OwnReminders() {
  const { view, keys, done } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title="Reminders" lead="You decide whether and how we remind you of a visit." />
      {done && (
        <Notice
          state="calm"
          announce="status"
          title={done === 'on' ? 'We will remind you' : 'We will not remind you any more'}
        />
      )}
      <RemindersPart view={view} keys={keys} own />
      <p className="spaced">
        <a href="/portal/appointments">To your appointments</a>
      </p>
    </>
  )
}
