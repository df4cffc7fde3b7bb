import { useActionData, useLoaderData } from 'react-router'
import { personById } from '../../../identity/index.server.ts'
import { ownPersonId } from '../../../platform/actor.ts'
import { runQuery } from '../../../platform/command.server.ts'
import { guardedAction, guardedLoader, notFound } from '../../../platform/page.server.ts'
import { dateInWords } from '../../../platform/time.ts'
import { ButtonLink, Notice, PageHead, Section } from '../../../ui/index.ts'
import { readOwnCalendar, tellDays } from '../calendar-access.ts'
import { calendarFigures } from '../calendar-figures.ts'
import { CalendarGrid, CalendarLegend } from '../calendar-grid.tsx'
import { calendarView } from '../calendar-page.server.ts'
import { postAnchor, postDay, postRange } from '../calendar-post.server.ts'
import { spanOf } from '../calendar-window.ts'
import { AnchorForm, DayForm } from '../day-form.tsx'
import { GentleFigures } from '../figures-part.tsx'
import { RangeForm } from '../range-form.tsx'
import { dayOf } from '../use-day-form.ts'
import calendarCss from './calendar.css?url'

export const loader = guardedLoader(readOwnCalendar, async ({ services, actor, clinic, url }) => {
  const personId = ownPersonId(actor) ?? notFound()
  return runQuery(services, actor, async (needs) => {
    const person = (await personById(needs.db, clinic.id, personId)) ?? notFound()
    needs.audit.read(readOwnCalendar.id, { personId, object: 'calendar' })
    const { calendar, doses, context, lastDay, view } = await calendarView(needs, person, clinic, url)
    const told = dayOf(url.searchParams.get('told') ?? '')
    const written = Number(url.searchParams.get('n') ?? 0)
    return {
      view,
      figures: calendarFigures(calendar, spanOf('30', doses, lastDay)!, context),
      done: doneWords(url.searchParams.get('done'), told && dateInWords(told), written),
    }
  })
})

export const action = guardedAction({
  day: [tellDays, async (page) => postDay(page, ownPersonId(page.actor) ?? notFound())],
  range: [tellDays, async (page) => postRange(page, ownPersonId(page.actor) ?? notFound())],
  anchor: [tellDays, async (page) => postAnchor(page, ownPersonId(page.actor) ?? notFound())],
})

export function links() {
  return [{ rel: 'stylesheet', href: calendarCss }]
}

export function meta() {
  return [{ title: 'Your calendar' }]
}

function doneWords(what: string | null, day: string | undefined, written: number): string | undefined {
  if (what === 'day') return day ? `Kept: ${day}.` : 'Kept.'
  if (what === 'range') return written === 1 ? 'One day was kept.' : `${written} days were kept.`
  return what === 'anchor' ? 'The note is kept.' : undefined
}

export default function OwnCalendar() {
  const { view, figures, done } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer : undefined
  const { chosen } = view
  return (
    <>
      <PageHead
        title="Your calendar"
        lead="Day by day, as well as you remember. A day you leave open is simply not known; nobody takes it for a day without use, or for the other."
      />
      {done && !problem && <Notice state="calm" announce="status" title={done} />}
      {chosen ? (
        <section className="section use-day-part" id="the-day" aria-label={chosen.title}>
          <h2>{chosen.title}</h2>
          {chosen.now && <p>Told so far: {chosen.now}.</p>}
          <DayForm view={view} chosen={chosen} answer={problem} own />
          <AnchorForm chosen={chosen} answer={problem} />
        </section>
      ) : (
        <p className="row">
          <ButtonLink href={`${view.path}?day=${view.today}#the-day`}>Tell today</ButtonLink>
          {view.nextOpen && (
            <ButtonLink kind="quiet" href={`${view.path}?day=${view.nextOpen}#the-day`}>
              Tell {view.nextOpenWords}
            </ButtonLink>
          )}
        </p>
      )}
      <Section title="Your days">
        <p>
          {view.open === 0
            ? 'All of the last 90 days are told.'
            : `${view.open} of the last 90 days are open. Choose a day to tell or change it.`}
        </p>
        <CalendarLegend drink={view.drink} />
        <CalendarGrid view={view} />
        <p className="use-more">
          {view.wholeYear ? (
            <a href={view.path}>Show the last 90 days</a>
          ) : (
            <a href={`${view.path}?span=year`}>Show the whole year</a>
          )}
        </p>
        <RangeForm view={view} answer={problem} />
      </Section>
      <Section title="What the last 30 days say">
        <GentleFigures figures={figures} />
      </Section>
    </>
  )
}
