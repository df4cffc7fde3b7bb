import { useEffect, useRef, useState } from 'react'
import { Link, useActionData, useLoaderData, useRevalidator } from 'react-router'
import type { FormAnswer } from '../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import {
  Button,
  ButtonLink,
  DateField,
  Dialog,
  DialogOpener,
  EmptyState,
  Notice,
  PageHead,
  useFeedLine,
} from '../../../ui/index.ts'
import { moveAppointment, readSchedule } from '../../plan-access.ts'
import diaryCss from '../diary-views.css?url'
import { SCHEDULE_VIEWS, type ScheduleView, scheduleHref } from '../schedule-address.ts'
import { changesTold, type ShownVisit } from '../schedule-changes.ts'
import { ROW_MIN } from '../schedule-layout.ts'
import { type SchedulePageData, schedulePage } from '../schedule-page.server.ts'
import { postDrop } from '../schedule-post.server.ts'
import { ScheduleGrid } from './schedule-grid.tsx'

export const handle = { width: 'wide', hydrate: true }

export function links() {
  return [{ rel: 'stylesheet', href: diaryCss }]
}

export const loader = guardedLoader(readSchedule, schedulePage)

export const action = guardedAction<FormAnswer | Response>({ move: [moveAppointment, postDrop] })

export function meta() {
  return [{ title: 'Schedule' }]
}

const VIEW_WORDS: Readonly<Record<ScheduleView, string>> = {
  day: 'Chairs',
  staff: 'Staff',
  rooms: 'Rooms',
  week: 'Week',
}

export default function Schedule() {
  const data = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer : undefined
  const { revalidate } = useRevalidator()
  const line = useFeedLine('appointment.', data.seq, revalidate)
  const [words, say] = useState('')
  const changes = useChanges(data)
  const nowRow = useNowRow(data)
  const { moving } = data
  return (
    <>
      <PageHead
        title={data.title}
        kicker={
          data.isToday ? (data.view === 'week' ? 'Schedule · this week' : 'Schedule · today') : 'Schedule'
        }
        lead={data.visits === 1 ? '1 visit' : `${data.visits} visits`}
        actions={
          <>
            {data.mayBook && (
              <ButtonLink kind="quiet" href="/work/appointments/new">
                New appointment
              </ButtonLink>
            )}
            <ButtonLink kind="quiet" href={`/work/schedule/sheet?day=${data.day}`}>
              Day sheet
            </ButtonLink>
          </>
        }
      />
      <div className="schedule-bar screen-only">
        <nav aria-label="View" className="schedule-views">
          {SCHEDULE_VIEWS.map((view) => (
            <Link
              key={view}
              to={scheduleHref({ view, day: data.day, moving: moving?.id })}
              aria-current={view === data.view ? 'page' : undefined}
            >
              {VIEW_WORDS[view]}
            </Link>
          ))}
        </nav>
        <nav aria-label="Days" className="schedule-days">
          <Link to={data.earlier} rel="prev">
            <span aria-hidden="true">← </span>
            {data.view === 'week' ? 'Week before' : 'Day before'}
          </Link>
          <Link to={scheduleHref({ view: data.view, day: data.today, moving: moving?.id })}>Today</Link>
          <Link to={data.later} rel="next">
            {data.view === 'week' ? 'Week after' : 'Day after'}
            <span aria-hidden="true"> →</span>
          </Link>
        </nav>
        <form method="get" className="row schedule-day">
          <input type="hidden" name="view" value={data.view} />
          {moving && <input type="hidden" name="moving" value={moving.id} />}
          <DateField key={data.day} name="day" label="Another day" defaultValue={data.day} />
          <Button kind="quiet">Show</Button>
        </form>
      </div>
      <div className="schedule-line screen-only">
        <p>{LINE_WORDS[line](data.now)}</p>
        {line !== 'still' && (
          <DialogOpener dialogId="schedule-keys" fallbackHref="#schedule-keys" kind="plain" size="small">
            Keys
          </DialogOpener>
        )}
        <a href="/work/calendar-feeds">Calendar feeds</a>
      </div>
      {moving && (
        <Notice state={problem ? 'due' : 'calm'} title={`Moving ${moving.name}, ${moving.what}`}>
          <p>
            Now: {moving.from}. It takes {moving.length}.{' '}
            {moving.free === 0
              ? 'Nothing is free in this view; look at another day or view.'
              : 'Choose a free time. Arrow keys go from one to the next, Enter confirms, Esc leaves it as it is.'}
          </p>
          {moving.allowed && <p>{moving.allowed}</p>}
          <p>
            <Link to={scheduleHref({ view: data.view, day: data.day })}>Leave it as it is</Link>
          </p>
        </Notice>
      )}
      <div role="alert">
        {problem && (
          <Notice state="due" title="Not moved">
            <p>{Object.values(problem.errors)[0]}</p>
          </Notice>
        )}
      </div>
      <div role="status" className="schedule-told">
        {data.moved && !moving && <p>Moved.</p>}
        {changes.map((change) => (
          <p key={change}>{change}</p>
        ))}
      </div>
      <p role="status" className="hidden" id="schedule-words">
        {words}
      </p>
      {data.columns.length === 0 || (data.view === 'day' && !data.hasChairs) ? (
        <EmptyState title="No chair yet">
          A manager adds rooms and chairs; then dosing visits can be booked.
        </EmptyState>
      ) : null}
      {data.columns.length > 0 && <ScheduleGrid data={data} nowRow={nowRow} say={say} />}
      <KeysDialog mayMove={data.mayMove} />
    </>
  )
}

const LINE_WORDS = {
  still: (now: string) => `As of ${now}. Reload to see what has changed.`,
  live: () => 'Live: what others change appears here.',
  lost: () => 'Not live: the connection is lost. What you see may be old; trying to connect.',
} as const

function KeysDialog({ mayMove }: { mayMove: boolean }) {
  const keys = [
    ['Arrow keys', 'to the next visit or free time'],
    ['Home, End', 'first and last of a column'],
    ['Enter', 'opens the visit; on a free time, a new appointment'],
    ...(mayMove
      ? [
          ['m', 'picks the visit up; arrows choose a free time, Enter confirms, Esc leaves it'],
          ['Drag', 'the same with a mouse or pen'],
        ]
      : []),
    ['n, p', 'next and previous day or week'],
    ['t', 'today'],
    ['?', 'these keys'],
  ] as const
  return (
    <Dialog id="schedule-keys" title="Keys of the schedule">
      <dl className="schedule-keys">
        {keys.map(([key, what]) => (
          <div key={key}>
            <dt>{key}</dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p>They work while the grid has the focus: press Tab until a visit or a time is marked.</p>
    </Dialog>
  )
}

/** What others changed since the view was opened; begins anew with another view or day. */
function useChanges(data: SchedulePageData): readonly string[] {
  const key = `${data.view} ${data.day}`
  const shown: ShownVisit[] = [
    ...new Map(
      data.columns
        .flatMap((c) => c.lanes.flat())
        .flatMap((c) => (c.kind === 'visit' ? [[c.visit.id, c.visit] as const] : [])),
    ).values(),
  ]
  const before = useRef({ key, shown, data })
  const [changes, setChanges] = useState<readonly string[]>([])
  // biome-ignore lint/correctness/useExhaustiveDependencies: compared once for each answer of the server
  useEffect(() => {
    const was = before.current
    if (was.data === data) return
    before.current = { key, shown, data }
    setChanges((told) => changesTold(told, was, { key, shown, data }))
  }, [data])
  return changes
}

/** The line of now: the server's when the page came, then onward by the browser's own count of minutes. */
function useNowRow({ isToday, nowMin, fromMin, times }: SchedulePageData): number {
  const [passedMin, setPassed] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: counts anew from each answer of the server
  useEffect(() => {
    const began = performance.now()
    setPassed(0)
    const timer = setInterval(() => setPassed((performance.now() - began) / 60_000), 20_000)
    return () => clearInterval(timer)
  }, [nowMin])
  const row = Math.floor((nowMin + passedMin - fromMin) / ROW_MIN)
  return isToday && row >= 0 && row < times.length ? row : -1
}
