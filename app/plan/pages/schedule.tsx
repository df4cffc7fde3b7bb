import { useLoaderData } from 'react-router'
import { peopleToLookAtAgain } from '../../assess/index.server.ts'
import { people } from '../../identity/index.server.ts'
import { mayDo } from '../../platform/access.ts'
import { runQuery } from '../../platform/command.server.ts'
import { guardedLoader } from '../../platform/page.server.ts'
import {
  addDays,
  addMs,
  dateInWords,
  type Instant,
  instantAt,
  type LocalDate,
  localDateOf,
  MINUTE_MS,
  msBetween,
  parseLocalDate,
  timeInWords,
} from '../../platform/time.ts'
import {
  Button,
  DataTable,
  DateField,
  EmptyState,
  PageHead,
  Pager,
  Section,
  StateChip,
} from '../../ui/index.ts'
import { chairDay } from '../diary/day-grid.ts'
import { dosingVisits, entriesBetween } from '../diary/entry-queries.server.ts'
import { hoursOn } from '../diary/opening-hours.ts'
import { chairs } from '../diary/resource-queries.server.ts'
import planCss from '../plan.css?url'
import { bookVisits, readPlan, readSchedule } from '../plan-access.ts'

export const handle = { width: 'wide' }

export function links() {
  return [{ rel: 'stylesheet', href: planCss }]
}

/** A day asked for in the address; today when there is none, or none that exists. */
function dayAsked(text: string | null, today: LocalDate): LocalDate {
  try {
    return text ? parseLocalDate(text) : today
  } catch {
    return today
  }
}

export const loader = guardedLoader(readSchedule, async ({ services, actor, clinic, url }) =>
  runQuery(services, actor, async ({ db, at, audit }) => {
    const today = localDateOf(at, clinic.timeZone)
    const day = dayAsked(url.searchParams.get('day'), today)
    const dayStart = instantAt(day, '00:00', clinic.timeZone)
    const entries = await entriesBetween(
      db,
      clinic.id,
      dayStart,
      instantAt(addDays(day, 1), '00:00', clinic.timeZone),
    )
    const visits = dosingVisits(entries)
    const dosing = new Set(visits.map((v) => v.id))
    audit.read(readSchedule.id, { object: 'schedule', detail: { day, visits: entries.length } })
    const names = new Map((await people(db, clinic.id)).map((p) => [p.id, p.displayName]))
    const hours = hoursOn(clinic.openingHours, day)
    const { opens, quarters } = span(day, hours, visits, clinic.timeZone)
    const mayOpen = mayDo(actor, readPlan)
    const again = await peopleToLookAtAgain(db, clinic.id, [...new Set(visits.map((v) => v.personId))])
    const shown = visits.map((v) => ({
      id: v.id,
      chairId: v.chairId,
      startsAt: v.startsAt,
      endsAt: v.endsAt,
      time: `${timeInWords(v.startsAt, clinic.timeZone)} to ${timeInWords(v.endsAt, clinic.timeZone)}`,
      name: names.get(v.personId) ?? 'unknown',
      href: mayOpen ? `/work/plans/${v.planId}` : undefined,
      session: v.sessionNumber,
      lookAgain: again.has(v.personId),
      nurse: v.nurseName,
    }))
    const all = await chairs(db, clinic.id)
    return {
      day,
      title: dateInWords(day),
      isToday: day === today,
      closed: hours === 'closed',
      previous: addDays(day, -1),
      next: addDays(day, 1),
      visits: entries.length,
      others: entries
        .filter((e) => !dosing.has(e.id))
        .map((e) => ({
          id: e.id,
          time: `${timeInWords(e.startsAt, clinic.timeZone)} to ${timeInWords(e.endsAt, clinic.timeZone)}`,
          name: names.get(e.personId) ?? 'unknown',
          what: e.typeName,
          who: e.staff.map((s) => s.name).join(', '),
          place: e.place?.label ?? 'by telephone',
        })),
      mayBook: mayDo(actor, bookVisits),
      times: Array.from({ length: quarters }, (_, i) =>
        timeInWords(addMs(opens, i * 15 * MINUTE_MS), clinic.timeZone),
      ),
      columns: all.map((chair) => ({
        id: chair.id,
        label: `${chair.roomName}, ${chair.name}`,
        visits: shown.filter((v) => v.chairId === chair.id),
        cells: chairDay(chair, shown, opens, quarters),
      })),
    }
  }),
)

/** The hours drawn: the clinic's, widened by what is booked outside them. */
function span(
  day: LocalDate,
  hours: ReturnType<typeof hoursOn>,
  visits: readonly { readonly startsAt: Instant; readonly endsAt: Instant }[],
  timeZone: string,
): { opens: Instant; quarters: number } {
  const { opens, closes } = typeof hours === 'string' ? { opens: '08:00', closes: '18:00' } : hours
  const wall = (time: string) => instantAt(day, time, timeZone)
  const from = visits.reduce((least, v) => (v.startsAt < least ? v.startsAt : least), wall(opens))
  const to = visits.reduce((most, v) => (v.endsAt > most ? v.endsAt : most), wall(closes))
  const hour = wall(`${timeInWords(from, timeZone).slice(0, 2)}:00`)
  return { opens: hour, quarters: Math.ceil(msBetween(hour, to) / (15 * MINUTE_MS)) }
}

export function meta() {
  return [{ title: 'Schedule' }]
}

export default function Schedule() {
  const data = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        title={data.title}
        kicker={data.isToday ? 'Schedule · today' : 'Schedule'}
        lead={`${data.visits === 1 ? '1 visit' : `${data.visits} visits`}${data.closed ? '; the clinic is closed' : ''}`}
      />
      <Pager
        label="Days"
        previousHref={`/work/schedule?day=${data.previous}`}
        nextHref={`/work/schedule?day=${data.next}`}
        previousLabel="Day before"
        nextLabel="Day after"
        position={data.title}
      />
      <form method="get" className="row schedule-day">
        <DateField name="day" label="Another day" defaultValue={data.day} />
        <Button kind="quiet">Show</Button>
      </form>
      {data.columns.length === 0 ? (
        <EmptyState title="No chair yet">
          A manager adds rooms and chairs; then visits can be booked.
        </EmptyState>
      ) : (
        <>
          <DayTable data={data} />
          <DayList data={data} />
        </>
      )}
      <Section
        title="Without a chair"
        actions={data.mayBook ? <a href="/work/appointments/new">New appointment</a> : undefined}
      >
        <DataTable
          caption="Assessments, therapy and calls"
          captionHidden
          rows={data.others}
          rowKey={(row) => row.id}
          phone="stack"
          empty={<EmptyState title="None on this day" />}
          columns={[
            { key: 'time', head: 'When', names: true, cell: (row) => row.time },
            { key: 'name', head: 'Who', cell: (row) => row.name },
            { key: 'what', head: 'What', cell: (row) => row.what },
            { key: 'with', head: 'With', cell: (row) => row.who },
            { key: 'place', head: 'Where', cell: (row) => row.place },
          ]}
        />
      </Section>
    </>
  )
}

type Data = ReturnType<typeof useLoaderData<typeof loader>>
type Visit = Data['columns'][number]['visits'][number]

function VisitText({ visit }: { visit: Visit }) {
  return (
    <>
      <span className="schedule-time">{visit.time}</span>
      {visit.href ? <a href={visit.href}>{visit.name}</a> : <strong>{visit.name}</strong>}
      <span className="schedule-nurse">
        Session {visit.session} · {visit.nurse}
      </span>
      {visit.lookAgain && <StateChip state="amber" word="decision to be looked at again" />}
    </>
  )
}

/** Chairs side by side, time downwards. */
function DayTable({ data }: { data: Data }) {
  // Which cell begins at which quarter, chair by chair; a longer one covers the lines beneath it.
  const begins = data.columns.map((column) => {
    const byLine = new Map<number, (typeof column.cells)[number]>()
    let line = 0
    for (const cell of column.cells) {
      byLine.set(line, cell)
      line += cell.quarters
    }
    return { id: column.id, byLine }
  })
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the frame scrolls
    <section className="table-frame table-scroll schedule-frame" aria-label="Visits by chair" tabIndex={0}>
      <table className="schedule">
        <caption className="hidden">Visits on {data.title}, by chair</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="hidden">Time</span>
            </th>
            {data.columns.map((column) => (
              <th key={column.id} scope="col">
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.times.map((time, line) => (
            <tr key={time} className={time.endsWith(':00') ? 'schedule-hour' : undefined}>
              <th scope="row">{time.endsWith(':00') ? time : <span className="hidden">{time}</span>}</th>
              {begins.map(({ id, byLine }) => {
                const cell = byLine.get(line)
                if (!cell) return null
                return (
                  <td key={id} rowSpan={cell.quarters} className={`schedule-${cell.kind}`}>
                    {cell.kind === 'visit' && <VisitText visit={cell.visit} />}
                    {cell.kind === 'turnaround' && <span className="hidden">being cleaned</span>}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** The same for a narrow screen: each chair with its visits. */
function DayList({ data }: { data: Data }) {
  return (
    <div className="schedule-list">
      {data.columns.map((column) => (
        <section key={column.id}>
          <h2>{column.label}</h2>
          {column.visits.length === 0 ? (
            <p>Free all day</p>
          ) : (
            <ul>
              {column.visits.map((visit) => (
                <li key={visit.id}>
                  <VisitText visit={visit} />
                </li>
              ))}
            </ul>
          )}
        </section>
      ))}
    </div>
  )
}
