import { useLoaderData } from 'react-router'
import { accountNames } from '../../identity/index.server.ts'
import { runQuery } from '../../platform/command.server.ts'
import { goTo, guardedLoader } from '../../platform/page.server.ts'
import { momentInWords, msBetween } from '../../platform/time.ts'
import {
  Age,
  Button,
  DataTable,
  EmptyState,
  Notice,
  PageHead,
  Section,
  StateChip,
  TextField,
} from '../../ui/index.ts'
import { readInbox } from '../ask-access.ts'
import { type InboxEntry, inboxEntries, requestByReference } from '../ask-queries.server.ts'
import { weekHours } from '../clinic-hours.ts'
import { readReference } from '../request.ts'
import { compareInbox, requestStatus } from '../request-events.ts'
import { type Beholding, standing } from '../request-presenter.ts'
import { topicWords } from '../request-words.ts'
import askCss from './ask.css?url'

export function links() {
  return [{ rel: 'stylesheet', href: askCss }]
}

export const handle = { width: 'wide' }

const MOST_OPEN = 500
const MOST_DECIDED = 100

function line(entry: InboxEntry, beholding: Beholding) {
  const { request, events, sameContact } = entry
  const { status, due, shown, dueWords, alarm } = standing(events, beholding)
  return {
    place: { status, due },
    row: {
      id: request.id,
      reference: request.reference,
      name: request.answers.name,
      forOther: request.answers.forWhom === 'other',
      topics: topicWords(request.answers.topics).join(', '),
      shown,
      alarm,
      due: dueWords,
      ageMs: msBetween(request.receivedAt, beholding.at),
      since: momentInWords(status.since, beholding.timeZone),
      owner: status.owner === undefined ? undefined : (beholding.names.get(status.owner) ?? 'unknown'),
      sameContact,
    },
    setAside: status.kind === 'set-aside',
  }
}

export const loader = guardedLoader(readInbox, async ({ services, actor, clinic, url }) =>
  runQuery(services, actor, async ({ db, at, audit }) => {
    const reference = url.searchParams.get('reference')?.trim().slice(0, 40)
    if (reference) {
      const found = await requestByReference(db, clinic.id, readReference(reference))
      if (found) throw goTo(`/work/requests/${found.id}`)
    }
    const which = url.searchParams.get('show') === 'decided' ? 'decided' : 'open'
    const entries = await inboxEntries(db, clinic.id, which, which === 'open' ? MOST_OPEN : MOST_DECIDED)
    audit.read(readInbox.id, { object: 'request-list', detail: { requests: entries.length, which } })
    const owners = entries.flatMap((entry) => requestStatus(entry.events).owner ?? [])
    const beholding: Beholding = {
      at,
      timeZone: clinic.timeZone,
      hours: weekHours(clinic.openingHours),
      names: await accountNames(db, owners),
    }
    const lines = entries.map((entry) => line(entry, beholding))
    if (which === 'open') lines.sort((a, b) => compareInbox(at)(a.place, b.place))
    return {
      which,
      notFound: reference,
      rows: lines.filter((one) => !one.setAside).map((one) => one.row),
      setAside: lines.filter((one) => one.setAside).map((one) => one.row),
      cut: entries.length === (which === 'open' ? MOST_OPEN : MOST_DECIDED),
    }
  }),
)

type Row = ReturnType<typeof line>['row']

function RequestTable({ caption, rows, empty }: { caption: string; rows: readonly Row[]; empty: string }) {
  return (
    <DataTable
      caption={caption}
      phone="stack"
      rows={rows}
      rowKey={(row) => row.id}
      rowTone={(row) => (row.alarm ? 'red' : row.due?.late ? 'amber' : undefined)}
      empty={<EmptyState title={empty}>A request appears here the moment somebody sends one.</EmptyState>}
      columns={[
        {
          key: 'name',
          head: 'From',
          names: true,
          cell: (row) => (
            <>
              <a href={`/work/requests/${row.id}`}>{row.name}</a>
              <span className="request-reference">{row.reference}</span>
            </>
          ),
        },
        {
          key: 'state',
          head: 'State',
          cell: (row) => (
            <span className="row">
              {row.alarm && <StateChip state="red" word="Urgent: danger" />}
              <StateChip state={row.shown.state} word={row.shown.word} />
            </span>
          ),
        },
        {
          key: 'due',
          head: 'Due next',
          cell: (row) =>
            row.due ? (
              <span className="row">
                {row.due.late && <StateChip state="amber" word={`${row.due.late} late`} />}
                <span>
                  {row.due.what} by {row.due.by}
                </span>
              </span>
            ) : (
              'nothing'
            ),
        },
        { key: 'age', head: 'Sent', cell: (row) => <Age ageMs={row.ageMs} /> },
        { key: 'owner', head: 'Owner', cell: (row) => row.owner ?? 'nobody yet' },
        {
          key: 'topics',
          head: 'About',
          cell: (row) => `${row.topics}${row.forOther ? ' · for somebody else' : ''}`,
        },
        {
          key: 'same',
          head: 'Same contact',
          cell: (row) => (row.sameContact > 0 ? `${row.sameContact} more` : 'none'),
        },
      ]}
    />
  )
}

export default function Requests() {
  const { which, rows, setAside, cut, notFound } = useLoaderData<typeof loader>()
  const decided = which === 'decided'
  const waiting = rows.filter((row) => row.alarm).length
  const late = rows.filter((row) => row.due?.late).length
  return (
    <>
      <title>Requests</title>
      <PageHead
        title="Requests"
        lead={
          decided
            ? 'Accepted and declined, newest first.'
            : 'Urgent ones first, then what is overdue, then what is due soonest.'
        }
        actions={
          decided ? (
            <a href="/work/requests">Open requests</a>
          ) : (
            <a href="/work/requests?show=decided">Decided requests</a>
          )
        }
      />
      <form method="get" className="find-reference">
        <TextField
          name="reference"
          label="Find by reference"
          width="short"
          autoComplete="off"
          defaultValue={notFound}
          error={notFound && 'No request here has this reference. Compare it once more.'}
        />
        <Button kind="quiet">Find</Button>
      </form>
      {waiting > 0 && (
        <Notice
          state="red"
          title={`${waiting === 1 ? 'One person speaks' : `${waiting} people speak`} of danger and ${waiting === 1 ? 'has' : 'have'} not been reached. Call first.`}
        />
      )}
      <RequestTable
        caption={
          decided ? `${rows.length} decided` : `${rows.length} open${late > 0 ? `, ${late} overdue` : ''}`
        }
        rows={rows}
        empty={decided ? 'No request has been decided yet' : 'No request is waiting'}
      />
      {cut && <p>More exist than are listed here. Decide some, or look by reference.</p>}
      {setAside.length > 0 && (
        <Section title="Set aside">
          <p className="measure">
            These look as if a program had sent them. Look now and then: “Take it up” on its page puts one
            into the list above.
          </p>
          <RequestTable caption={`${setAside.length} set aside`} rows={setAside} empty="" />
        </Section>
      )}
    </>
  )
}
