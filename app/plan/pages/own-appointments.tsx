import { useLoaderData } from 'react-router'
import { ownPersonId } from '../../platform/actor.ts'
import { phoneHref } from '../../platform/clinic-profile.ts'
import { runQuery } from '../../platform/command.server.ts'
import { guardedLoader, notFound } from '../../platform/page.server.ts'
import { dayInWords, momentInWords, timeInWords } from '../../platform/time.ts'
import { EmptyState, PageHead, Section } from '../../ui/index.ts'
import { gateOpensAt, gatePhase, preparing } from '../day-before/gate.ts'
import { nextDosingVisit } from '../day-before/load-gate.server.ts'
import { entriesOfPerson } from '../diary/entry-queries.server.ts'
import planCss from '../plan.css?url'
import { readOwnAppointments } from '../plan-access.ts'

export function links() {
  return [{ rel: 'stylesheet', href: planCss }]
}

export const loader = guardedLoader(readOwnAppointments, async ({ services, actor, clinic }) =>
  runQuery(services, actor, async ({ db, at, audit }) => {
    const personId = ownPersonId(actor) ?? notFound()
    const visits = await entriesOfPerson(db, clinic.id, personId)
    audit.read(readOwnAppointments.id, { personId, object: 'visit-list' })
    const shown = visits.map((v) => ({
      id: v.id,
      day: dayInWords(v.startsAt, clinic.timeZone),
      time: `${timeInWords(v.startsAt, clinic.timeZone)} to about ${timeInWords(v.endsAt, clinic.timeZone)}`,
      what: v.sessionNumber ? `visit ${v.sessionNumber}` : v.neutralName.toLowerCase(),
      who: v.staff.map((s) => s.name).join(' and '),
      ahead: v.endsAt > at,
      cancelled: v.cancelledAt !== undefined,
    }))
    const next = await nextDosingVisit(db, clinic.id, personId, clinic.timeZone, at)
    return {
      preparing: next && {
        title: `Before your visit on ${dayInWords(next.startsAt, clinic.timeZone)}:`,
        rules: preparing(next.dayOf),
        open: gatePhase(next.startsAt, at) === 'open',
        opens: momentInWords(gateOpensAt(next.startsAt), clinic.timeZone),
      },
      ahead: shown.filter((v) => v.ahead && !v.cancelled),
      cancelledAhead: shown.filter((v) => v.ahead && v.cancelled),
      past: shown.filter((v) => !v.ahead).reverse(),
      place: [...clinic.addressLines, clinic.city].filter(Boolean).join(', '),
      timeZone: clinic.timeZone,
      phone: clinic.phoneDisplay,
      phoneLink: phoneHref(clinic.phoneDisplay),
    }
  }),
)

export function meta() {
  return [{ title: 'Appointments' }]
}

export default function OwnAppointments() {
  const data = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title="Your appointments" lead={data.place} />
      {data.ahead.length === 0 ? (
        <EmptyState title="Nothing is booked">
          Your visits appear here as soon as they are booked. Questions? Call us.
        </EmptyState>
      ) : (
        <Section title="Ahead">
          <ul className="link-list">
            {data.ahead.map((v) => (
              <li key={v.id}>
                <a href={`/portal/appointments/${v.id}`}>
                  <strong>{v.day}</strong>
                </a>
                <p>
                  {v.time}, {v.what}
                  {v.who && `, with ${v.who}`}
                </p>
              </li>
            ))}
          </ul>
          {data.preparing && (
            <div className="spaced">
              <p>{data.preparing.title}</p>
              <ul>
                {data.preparing.rules.map((rule) => (
                  <li key={rule}>{rule}</li>
                ))}
              </ul>
              <p>
                {data.preparing.open ? (
                  <a href="/portal/day-before">Answer the questions before your visit</a>
                ) : (
                  `A few questions before your visit open here on ${data.preparing.opens}.`
                )}
              </p>
            </div>
          )}
        </Section>
      )}
      {data.phone && (
        <p className="spaced">
          Open a visit to change it. To ask something, call{' '}
          {data.phoneLink ? <a href={data.phoneLink}>{data.phone}</a> : data.phone}. Times are those of the
          clinic. <a href="/portal/reminders">Reminders</a>
        </p>
      )}
      <p className="spaced">
        <a href="/portal/calendar-feeds">Appointments in your own calendar</a>
      </p>
      {data.cancelledAhead.length > 0 && (
        <Section title="Cancelled">
          <ul className="link-list">
            {data.cancelledAhead.map((v) => (
              <li key={v.id}>
                {v.day}, {v.time}, {v.what}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {data.past.length > 0 && (
        <Section title="Before">
          <ul className="link-list">
            {data.past.map((v) => (
              <li key={v.id}>
                {v.day}, {v.what}
                {v.cancelled && ' (cancelled)'}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}
