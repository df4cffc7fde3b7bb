import { useActionData, useLoaderData } from 'react-router'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { parseId } from '../../platform/ids.ts'
import { goTo, guardedAction, guardedLoader, notFound } from '../../platform/page.server.ts'
import { Button, DataTable, EmptyState, Notice, PageHead, Section, StateChip } from '../../ui/index.ts'
import { makeCheckInLink as makeLinkAction, noteContactAction, readFollowUp } from '../follow-up-access.ts'
import { followUpList } from '../follow-up-list.server.ts'
import { makeCheckInLink, noteContact } from '../invitations.server.ts'

export const loader = guardedLoader(readFollowUp, async ({ services, actor, clinic, url }) =>
  runQuery(services, actor, async (needs) => {
    const list = await followUpList(needs, clinic.timeZone)
    needs.audit.read(readFollowUp.id, { object: 'follow-up-list', detail: { people: list.everybody.length } })
    return {
      ...list,
      done: url.searchParams.get('done'),
      strongUrges: list.strongUrges.map((row) => ({ ...row, key: services.ids.next<'check-in-contact'>() })),
      notAnswering: list.notAnswering.map((row) => ({
        ...row,
        key: services.ids.next<'check-in-contact'>(),
      })),
    }
  }),
)

export const action = guardedAction<Response | { link: string; name: string }>({
  link: [
    makeLinkAction,
    async ({ services, actor, form, url }) => {
      const personId = parseId<'person'>(form.get('person')) ?? notFound()
      const made = await runCommand(services, actor, makeCheckInLink, { personId })
      if (!made.ok) notFound()
      return { link: `${services.config.publicUrl ?? url.origin}${made.value.path}`, name: made.value.name }
    },
  ],
  contact: [
    noteContactAction,
    async ({ services, actor, form }) => {
      const personId = parseId<'person'>(form.get('person')) ?? notFound()
      const key = parseId<'check-in-contact'>(form.get('key')) ?? notFound()
      const outcome = (['reached', 'message-left', 'not-reached'] as const).find(
        (o) => o === form.get('outcome'),
      )
      if (!outcome) notFound()
      const noted = await runCommand(services, actor, noteContact, { key, personId, outcome })
      if (!noted.ok) notFound()
      return goTo('/work/follow-up?done=noted')
    },
  ],
})

export const handle = { width: 'wide' as const }

export function meta() {
  return [{ title: 'Follow-up' }]
}

export default function FollowUpList() {
  const { done, strongUrges, notAnswering, everybody } = useLoaderData<typeof loader>()
  const given = useActionData<typeof action>()
  const made = given && 'link' in given ? given : undefined
  return (
    <>
      <PageHead
        title="Follow-up"
        lead="How people are after their first session, and whom somebody should call. Check-ins are not watched live."
      />
      {done === 'noted' && <Notice state="calm" announce="status" title="The contact is noted." />}
      {made && (
        <Notice state="calm" announce="status" title={`A link for ${made.name}, good for eight days`}>
          <p>
            <code>{made.link}</code>
          </p>
          <p>
            It is shown only now. Hand it over or read it out; whoever holds it can check in for this person.
          </p>
        </Notice>
      )}
      <Section title="Strong urges today and yesterday">
        <DataTable
          caption="Check-ins with an urge of 7 or more, the newest first"
          rows={strongUrges}
          phone="stack"
          rowKey={(row) => row.personId}
          empty={
            <EmptyState title="Nobody told us of a strong urge">
              <p>
                Who gives 7 or more in a check-in stands here until the end of the next day: offer a call or
                the coping plan the same day.
              </p>
            </EmptyState>
          }
          columns={[
            {
              key: 'name',
              head: 'Person',
              names: true,
              cell: (row) => <a href={`/work/people/${row.personId}`}>{row.name}</a>,
            },
            { key: 'craving', head: 'Urge', unit: '0–10', align: 'figure', cell: (row) => row.craving },
            { key: 'day', head: 'Check-in of', cell: (row) => row.day },
            { key: 'phone', head: 'Telephone', cell: (row) => <Reach {...row} /> },
            { key: 'contact', head: 'Last contact', cell: (row) => <LastContact contact={row.contact} /> },
            {
              key: 'note',
              head: 'Note a call',
              cell: (row) => <NoteContact personId={row.personId} formKey={row.key} name={row.name} />,
            },
          ]}
        />
      </Section>
      <Section title="Not answering">
        <DataTable
          caption="Six invitations in a row without an answer: no more are sent until they check in"
          rows={notAnswering}
          phone="stack"
          rowKey={(row) => row.personId}
          empty={
            <EmptyState title="Everybody who is asked has answered lately">
              <p>
                Whoever leaves six invitations in a row unanswered stands here, to be called or given a link.
              </p>
            </EmptyState>
          }
          columns={[
            {
              key: 'name',
              head: 'Person',
              names: true,
              cell: (row) => <a href={`/work/people/${row.personId}`}>{row.name}</a>,
            },
            { key: 'last', head: 'Last check-in', cell: (row) => row.lastCheckIn ?? 'none yet' },
            { key: 'phone', head: 'Telephone', cell: (row) => <Reach {...row} /> },
            { key: 'contact', head: 'Last contact', cell: (row) => <LastContact contact={row.contact} /> },
            {
              key: 'note',
              head: 'Note a call',
              cell: (row) => <NoteContact personId={row.personId} formKey={row.key} name={row.name} />,
            },
            {
              key: 'link',
              head: 'Link',
              cell: (row) => <MakeLink personId={row.personId} name={row.name} />,
            },
          ]}
        />
      </Section>
      <Section title="Everybody in follow-up">
        <DataTable
          caption={`${everybody.length} people within a year of their first session`}
          rows={everybody}
          rowKey={(row) => row.personId}
          empty={
            <EmptyState title="Nobody has had a first session yet">
              <p>People appear here on the day of their first dose.</p>
            </EmptyState>
          }
          columns={[
            {
              key: 'name',
              head: 'Person',
              names: true,
              cell: (row) => <a href={`/work/people/${row.personId}`}>{row.name}</a>,
            },
            {
              key: 'day',
              head: 'Since first session',
              unit: 'days',
              align: 'figure',
              cell: (row) => row.daysSince,
            },
            { key: 'last', head: 'Last check-in', cell: (row) => row.lastCheckIn ?? 'none yet' },
            {
              key: 'state',
              head: 'Being asked',
              cell: (row) => <StateChip state={row.chip} word={row.stateWord} />,
            },
            {
              key: 'link',
              head: 'Link',
              cell: (row) => <MakeLink personId={row.personId} name={row.name} />,
            },
          ]}
        />
      </Section>
    </>
  )
}

function Reach({ phone, safeTimes }: { phone: string | undefined; safeTimes: string | undefined }) {
  if (!phone) return <>not known</>
  return (
    <>
      <a href={`tel:${phone.replace(/[^\d+]/g, '')}`}>{phone}</a>
      {safeTimes && <span className="fact-source">{safeTimes}</span>}
    </>
  )
}

function LastContact({ contact }: { contact: { when: string; by: string; outcome: string } | undefined }) {
  if (!contact) return <StateChip state="due" word="Not called yet" />
  return (
    <>
      {contact.outcome}
      <span className="fact-source">
        {contact.when} · {contact.by}
      </span>
    </>
  )
}

function NoteContact({ personId, formKey, name }: { personId: string; formKey: string; name: string }) {
  const outcomes = [
    ['reached', 'Reached'],
    ['message-left', 'Message left'],
    ['not-reached', 'Not reached'],
  ] as const
  return (
    <form method="post" className="row">
      <input type="hidden" name="intent" value="contact" />
      <input type="hidden" name="person" value={personId} />
      <input type="hidden" name="key" value={formKey} />
      {outcomes.map(([value, label]) => (
        <Button key={value} kind="quiet" size="small" name="outcome" value={value}>
          {label}
          <span className="hidden">: {name}</span>
        </Button>
      ))}
    </form>
  )
}

function MakeLink({ personId, name }: { personId: string; name: string }) {
  return (
    <form method="post">
      <input type="hidden" name="intent" value="link" />
      <input type="hidden" name="person" value={personId} />
      <Button kind="plain" size="small">
        Make a link<span className="hidden"> for {name}</span>
      </Button>
    </form>
  )
}
