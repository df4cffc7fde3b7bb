import { Button, DataTable, EmptyState, Section, StateChip } from '../../ui/index.ts'
import type { remindersView } from './reminder-view.server.ts'

type View = NonNullable<Awaited<ReturnType<typeof remindersView>>>

/**
 * Which reminders somebody wants, and where those of their visits stand; the same for the person and for staff.
 *
 * @param keys by channel, so that one press is one choice
 * @param own whether the reader is the person themselves
 */
export function RemindersPart({
  view,
  keys,
  own,
}: {
  view: View
  keys: Readonly<Record<string, string>>
  own: boolean
}) {
  return (
    <>
      <Section title={own ? 'How we may remind you' : 'How they want to be reminded'}>
        <DataTable
          caption="Channels"
          captionHidden
          rows={view.channels}
          rowKey={(row) => row.channel}
          phone="stack"
          empty={<EmptyState title="No channel" />}
          columns={[
            { key: 'name', head: 'By', names: true, cell: (row) => row.name },
            {
              key: 'state',
              head: 'State',
              cell: (row) => (
                <>
                  <StateChip
                    state={row.on && row.available ? 'calm' : 'unknown'}
                    word={row.available ? (row.on ? 'On' : 'Off') : 'Off: not set up here yet'}
                  />
                  {row.available && <span className="fact-source">{row.address ?? 'no address known'}</span>}
                  {row.since && (
                    <span className="fact-source">
                      since {row.since}
                      {row.byStaff && ', noted by the team'}
                    </span>
                  )}
                </>
              ),
            },
            {
              key: 'change',
              head: 'Change',
              cell: (row) =>
                row.available && (
                  <form method="post">
                    <input type="hidden" name="intent" value={row.on ? 'off' : 'on'} />
                    <input type="hidden" name="channel" value={row.channel} />
                    <input type="hidden" name="key" value={keys[row.channel]} />
                    <Button type="submit" kind="quiet">
                      {row.on ? 'Turn off' : 'Turn on'}
                      <span className="hidden"> {row.name}</span>
                    </Button>
                  </form>
                ),
            },
          ]}
        />
        <p className="field-hint spaced">
          At most three messages before a visit: seven days, two days and one day before, at ten in the
          morning on the clinic’s clock. They say when and where, and nothing of what for. Nothing is sent
          unless it is turned on.
        </p>
      </Section>
      <Section title="Messages about the visits ahead">
        <DataTable
          caption="Where each message stands"
          captionHidden
          rows={view.rows}
          rowKey={(row) => row.id}
          phone="stack"
          empty={<EmptyState title="No visit ahead" />}
          columns={[
            { key: 'visit', head: 'Visit', names: true, cell: (row) => row.visit },
            { key: 'what', head: 'Message', cell: (row) => row.what },
            { key: 'state', head: 'State', cell: (row) => <StateChip state={row.state} word={row.word} /> },
          ]}
        />
      </Section>
    </>
  )
}
