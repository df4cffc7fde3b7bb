import { useFetcher, useLoaderData, useLocation } from 'react-router'
import { accountNames } from '../../identity/index.server.ts'
import { mayDo } from '../../platform/access.ts'
import { BY_ITSELF } from '../../platform/by-itself.ts'
import { runQuery } from '../../platform/command.server.ts'
import { feedHead } from '../../platform/feed.server.ts'
import { goTo, guardedAction, guardedLoader } from '../../platform/page.server.ts'
import { msBetween } from '../../platform/time.ts'
import { Button, Notice, PageHead, TextField, useFeedLine } from '../../ui/index.ts'
import { assign, readInbox } from '../ask-access.ts'
import { type InboxEntry, inboxEntries, requestByReference } from '../ask-queries.server.ts'
import { weekHours } from '../clinic-hours.ts'
import { inboxCookie, keptInboxView } from '../inbox-cookie.ts'
import { INBOX_KEYS } from '../inbox-keys.ts'
import { INBOX_VIEWS, inboxView, standsIn } from '../inbox-views.ts'
import { readReference } from '../request.ts'
import { compareInbox, requestStatus } from '../request-events.ts'
import { type Beholding, standing } from '../request-presenter.ts'
import { topicWords } from '../request-words.ts'
import { useElapsedMs, useInboxKeys, useNextDue } from '../use-inbox.ts'
import { isSecure } from '../visitor-draft.server.ts'
import askCss from './ask.css?url'
import { type InboxRow, RequestTable } from './request-table.tsx'

export function links() {
  return [{ rel: 'stylesheet', href: askCss }]
}

export const handle = { width: 'wide', hydrate: true }

const MOST_OPEN = 500
const MOST_DECIDED = 100

function line(entry: InboxEntry, beholding: Beholding, mayTake: boolean) {
  const { request, events, sameContact } = entry
  const { status, due, shown, dueWords, alarm } = standing(events, beholding)
  const row: InboxRow = {
    id: request.id,
    reference: request.reference,
    name: request.answers.name,
    forOther: request.answers.forWhom === 'other',
    topics: topicWords(request.answers.topics).join(', '),
    inSpanish: request.answers.language === 'es',
    shown,
    alarm,
    due: dueWords && { what: dueWords.what, by: dueWords.by, lateMs: dueWords.lateMs },
    ageMs: msBetween(request.receivedAt, beholding.at),
    owner: status.owner === undefined ? undefined : (beholding.names.get(status.owner) ?? 'unknown'),
    sameContact,
    mayTake,
  }
  return { status, due, alarm, late: dueWords?.late !== undefined, row }
}

export const loader = guardedLoader(readInbox, async ({ services, actor, clinic, request, url }) =>
  runQuery(services, actor, async ({ db, at, audit }) => {
    const reference = url.searchParams.get('reference')?.trim().slice(0, 40)
    if (reference) {
      const found = await requestByReference(db, clinic.id, readReference(reference))
      if (found) throw goTo(`/work/requests/${found.id}`)
    }
    const me = actor.kind === 'member' ? actor.accountId : undefined
    const kept = me && keptInboxView(request.headers.get('cookie'), me)
    const view = inboxView(url.searchParams.get('view')) ?? kept ?? 'open'
    // Read before the list: what comes in between is then told by the line, never missed.
    const seq = await feedHead(db, clinic.id)
    const open = await inboxEntries(db, clinic.id, 'open', MOST_OPEN)
    const decided = view === 'decided' ? await inboxEntries(db, clinic.id, 'decided', MOST_DECIDED) : []
    audit.read(readInbox.id, {
      object: 'request-list',
      detail: { requests: open.length + decided.length, view },
    })
    const entries = [...open, ...decided]
    const owners = entries.flatMap((entry) => requestStatus(entry.events).owner ?? [])
    const beholding: Beholding = {
      at,
      timeZone: clinic.timeZone,
      hours: weekHours(clinic.openingHours),
      names: await accountNames(db, owners),
    }
    const mayTake = mayDo(actor, assign)
    const lines = open.map((entry) => line(entry, beholding, mayTake)).sort(compareInbox(at))
    const shown =
      view === 'decided'
        ? decided.map((entry) => line(entry, beholding, false))
        : lines.filter((one) => standsIn(view, one, me))
    const waits = lines.flatMap(({ row }) => (row.due && row.due.lateMs < 0 ? [-row.due.lateMs] : []))
    return {
      view,
      isFirst: view === (kept ?? 'open'),
      seq,
      notFound: reference,
      views: INBOX_VIEWS.map(({ id, words }) => ({
        id,
        words,
        count: id === 'decided' ? undefined : lines.filter((one) => standsIn(id, one, me)).length,
      })),
      alarms: lines.filter((one) => one.alarm).length,
      nextDueInMs: waits.length > 0 ? Math.min(...waits) : undefined,
      rows: shown.map((one) => one.row),
      cut: view === 'decided' ? decided.length === MOST_DECIDED : open.length === MOST_OPEN,
    }
  }),
)

export const action = guardedAction({
  keep: [
    readInbox,
    async (page) => {
      const view = inboxView(String(page.form.get('view'))) ?? 'open'
      const { actor } = page
      return actor.kind === 'member'
        ? goTo(`/work/requests?view=${view}`, {
            'Set-Cookie': inboxCookie(actor.accountId, view, isSecure(page)),
          })
        : goTo('/work/requests')
    },
  ],
})

type Inbox = Awaited<ReturnType<typeof loader>>

const EMPTY: Readonly<Record<Inbox['view'], string>> = {
  open: 'No request is waiting',
  mine: 'You have no open request',
  nobody: 'Every open request is with somebody',
  urgent: 'Nobody who speaks of danger is waiting',
  overdue: 'Nothing is overdue',
  waiting: 'No reply is awaited',
  aside: 'Nothing is set aside',
  decided: 'No request has been decided yet',
}

const LEADS: Partial<Record<Inbox['view'], string>> = {
  waiting: 'Tried or written to, and not reached yet.',
  aside:
    'These look as if a program had sent them. Each may be a person, whose page names the time by which we answer: “Take it up” puts one among the open ones.',
  decided: 'Accepted and declined, newest first.',
}

/** The newest reading: the page's own, or one that came by itself since. */
function useNewest(): { readonly data: Inbox; readonly elapsedMs: number } {
  const read = useLoaderData<typeof loader>()
  const { search } = useLocation()
  const fetcher = useFetcher<typeof loader>({ key: `inbox ${search}` })
  const later = fetcher.data
  const data = later && later.view === read.view && later.seq >= read.seq ? later : read
  const address = `/work/requests?view=${read.view}&${BY_ITSELF}=`
  const again = () => void fetcher.load(address)
  useFeedLine('request.', read.seq, again)
  useNextDue(data.nextDueInMs, data.seq, again)
  return { data, elapsedMs: useElapsedMs(data.seq) }
}

export default function Requests() {
  const { data, elapsedMs } = useNewest()
  const { view, isFirst, views, rows, alarms, cut, notFound } = data
  const keys = useInboxKeys()
  const words = INBOX_VIEWS.find((one) => one.id === view)!.words
  return (
    <>
      <title>Requests</title>
      <PageHead
        title="Requests"
        lead={LEADS[view] ?? 'Urgent ones first, then what is overdue, then what is due soonest.'}
        actions={<a href="/work/requests/texts">Texts to answer with</a>}
      />
      {alarms > 0 && (
        <Notice
          state="red"
          title={`${alarms === 1 ? 'One person speaks' : `${alarms} people speak`} of danger and ${alarms === 1 ? 'has' : 'have'} not been reached. Call first.`}
        />
      )}
      <div className="inbox-head">
        <nav className="inbox-views" aria-label="Views of the inbox">
          <ul>
            {views.map((one) => (
              <li key={one.id}>
                <a href={`/work/requests?view=${one.id}`} aria-current={one.id === view ? 'page' : undefined}>
                  {one.words}
                  {one.count !== undefined && <span className="inbox-count">{one.count}</span>}
                </a>
              </li>
            ))}
          </ul>
        </nav>
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
      </div>
      <RequestTable
        caption={`${words}: ${rows.length}`}
        rows={rows}
        empty={EMPTY[view]}
        elapsedMs={elapsedMs}
      />
      {!isFirst && (
        <form method="post" action="/work/requests" className="after-form">
          <input type="hidden" name="view" value={view} />
          <Button kind="plain" name="intent" value="keep">
            Begin with “{words}” on this device
          </Button>
        </form>
      )}
      {cut && <p>More exist than are listed here. Decide some, or look by reference.</p>}
      {keys && (
        <p className="inbox-keys">
          {INBOX_KEYS.map(({ key, words: what }) => (
            <span key={key}>
              <kbd>{key}</kbd> {what}
            </span>
          ))}
        </p>
      )}
    </>
  )
}
