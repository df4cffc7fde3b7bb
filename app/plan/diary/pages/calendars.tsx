import { useActionData, useLoaderData } from 'react-router'
import { type FormAnswer, fieldErrors } from '../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import { DataTable, EmptyState, ErrorSummary, Notice, PageHead, Section } from '../../../ui/index.ts'
import { readDiarySettings } from '../../plan-access.ts'
import { type CalendarsData, calendarsPage } from '../calendars-page.server.ts'
import {
  postClosure,
  postClosureRemoved,
  postHolidays,
  postLeave,
  postLeaveRemoved,
  postWeek,
} from '../calendars-post.server.ts'
import { ConflictTable } from '../conflict-table.tsx'
import {
  enterClosures,
  enterLeave,
  removeClosure,
  removeLeave,
  setWorkingWeek,
} from '../set-calendars.server.ts'
import { ClosedDayForm, HolidayForm, LeaveForm, RemoveForm, WeekForm } from './calendar-forms.tsx'

export const loader = guardedLoader(readDiarySettings, (page) => calendarsPage(page))

export const action = guardedAction<FormAnswer | Response>({
  week: [setWorkingWeek.action, postWeek],
  leave: [enterLeave.action, postLeave],
  'remove-leave': [removeLeave.action, postLeaveRemoved],
  closure: [enterClosures.action, postClosure],
  holidays: [enterClosures.action, postHolidays],
  'remove-closure': [removeClosure.action, postClosureRemoved],
})

export function meta() {
  return [{ title: 'Calendars' }]
}

const DONE_WORDS: Readonly<Record<string, string>> = {
  week: 'The working week is saved.',
  leave: 'The leave is entered. Visits it touches are listed under “To be moved”.',
  'leave-removed': 'The leave is taken back.',
  closure: 'The day is entered. Visits it touches are listed under “To be moved”.',
  holidays: 'The days are entered. Visits they touch are listed under “To be moved”.',
  'closure-removed': 'The day is as in every week again.',
}

export default function Calendars() {
  const data = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer : undefined
  const done = DONE_WORDS[data.done ?? '']
  return (
    <>
      <PageHead
        title="Calendars"
        lead="Who works when, who is away, and on which days the clinic is closed. Nothing that is booked is moved by itself."
        actions={
          <p className="row">
            <a href="/work/appointment-types">Kinds of appointments</a>
            <a href="/work/chairs">Rooms and chairs</a>
          </p>
        }
      />
      {done && <Notice state="calm" announce="status" title={done} />}
      <ErrorSummary errors={fieldErrors(problem)} />
      <Conflicts rows={data.conflicts} />
      <Section title="Working weeks">
        <DataTable
          caption={`Hours on the clinic’s clock, ${data.timeZone}`}
          rows={data.staff}
          rowKey={(row) => row.id}
          phone="stack"
          empty={<EmptyState title="Nobody to be booked yet">Add people under Staff.</EmptyState>}
          columns={[
            { key: 'name', head: 'Who', names: true, cell: (row) => row.name },
            {
              key: 'week',
              head: 'Works',
              cell: (row) =>
                [row.week ?? 'Not written down: hours are not checked', row.later].filter(Boolean).join('; '),
            },
            {
              key: 'change',
              head: 'Change',
              cell: (row) => (
                <a href={`/work/calendars?member=${row.id}#week`}>
                  {row.week === undefined ? 'Write down' : 'Change'}
                  <span className="hidden"> the hours of {row.name}</span>
                </a>
              ),
            },
          ]}
        />
        <WeekForm data={data} problem={problem} />
      </Section>
      <Section title="Leave">
        <DataTable
          caption="Who is away"
          captionHidden
          rows={data.leaves}
          rowKey={(row) => row.id}
          phone="stack"
          empty={<EmptyState title="Nobody is away">Enter leave below, as soon as it is known.</EmptyState>}
          columns={[
            { key: 'name', head: 'Who', names: true, cell: (row) => row.name },
            { key: 'from', head: 'From', cell: (row) => row.from },
            { key: 'until', head: 'Until', cell: (row) => row.until },
            { key: 'kind', head: 'Kind', cell: (row) => row.kind },
            {
              key: 'remove',
              head: 'Take back',
              cell: (row) => <RemoveForm intent="remove-leave" id={row.id} what={`leave of ${row.name}`} />,
            },
          ]}
        />
        <LeaveForm data={data} problem={problem} />
      </Section>
      <Section title="Days unlike the week">
        <DataTable
          caption="Closed days, and days with other hours"
          captionHidden
          rows={data.closures}
          rowKey={(row) => row.id}
          phone="stack"
          empty={<EmptyState title="No such day">Enter holidays and closed days below.</EmptyState>}
          columns={[
            { key: 'day', head: 'Day', names: true, cell: (row) => row.day },
            { key: 'title', head: 'Why', cell: (row) => row.title },
            { key: 'hours', head: 'Hours', cell: (row) => row.hours },
            {
              key: 'remove',
              head: 'Take back',
              cell: (row) => <RemoveForm intent="remove-closure" id={row.id} what={row.day} />,
            },
          ]}
        />
        <HolidayForm data={data} problem={problem} />
        <ClosedDayForm data={data} problem={problem} />
      </Section>
    </>
  )
}

/** Work for a person: visits that what was entered since no longer allows. */
function Conflicts({ rows }: { rows: CalendarsData['conflicts'] }) {
  if (rows.length === 0) return null
  return (
    <Section title={`To be moved: ${rows.length}`}>
      <ConflictTable rows={rows} />
    </Section>
  )
}
