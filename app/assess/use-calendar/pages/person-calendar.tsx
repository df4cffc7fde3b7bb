import { useActionData, useLoaderData } from 'react-router'
import * as z from 'zod'
import { personById } from '../../../identity/index.server.ts'
import { runCommand, runQuery } from '../../../platform/command.server.ts'
import { formProblem, parseForm } from '../../../platform/form.ts'
import { type Id, isUuid, parseId } from '../../../platform/ids.ts'
import { goTo, guardedAction, guardedLoader, notFound, type PageArgs } from '../../../platform/page.server.ts'
import { dateInWords } from '../../../platform/time.ts'
import { ButtonLink, Notice, Section, Timeline } from '../../../ui/index.ts'
import { PersonPageHead } from '../../pages/person-page-head.tsx'
import { keepFigures as keepFiguresAction, readCalendar, tellDays } from '../calendar-access.ts'
import { calendarFigures, levelChange } from '../calendar-figures.ts'
import { CalendarGrid, CalendarLegend } from '../calendar-grid.tsx'
import { calendarView } from '../calendar-page.server.ts'
import { postAnchor, postDay, postRange } from '../calendar-post.server.ts'
import { spanOf, windowOf } from '../calendar-window.ts'
import { AnchorForm, DayForm } from '../day-form.tsx'
import { FiguresPart, NOT_KEPT_WORDS } from '../figures-part.tsx'
import { keepFigures } from '../keep-figures.server.ts'
import { RangeForm } from '../range-form.tsx'
import { dayOf } from '../use-day-form.ts'
import calendarCss from './calendar.css?url'

export const loader = guardedLoader(readCalendar, async ({ services, actor, clinic, params, url }) => {
  const id = parseId<'person'>(params.id) ?? notFound()
  return runQuery(services, actor, async (needs) => {
    const person = (await personById(needs.db, clinic.id, id)) ?? notFound()
    needs.audit.read(readCalendar.id, { personId: id, object: 'calendar', objectId: id })
    const { calendar, doses, context, lastDay, view } = await calendarView(needs, person, clinic, url)
    const window = windowOf(url.searchParams.get('window'))
    const span = spanOf(window, doses, lastDay)
    const told = dayOf(url.searchParams.get('told') ?? '')
    return {
      person: { id: id as string, name: person.displayName },
      view,
      window,
      context,
      figures: span && calendarFigures(calendar, span, context),
      change: levelChange(calendar, doses[0], lastDay, context),
      keepKey: services.ids.next<'kept-figures'>() as string,
      done: doneWords(url.searchParams.get('done'), told && dateInWords(told), url.searchParams.get('n')),
    }
  })
})

const keepForm = z.object({ key: z.string().refine(isUuid), window: z.string() })

async function postFigures(page: PageArgs & { readonly form: FormData }) {
  const { services, actor, clinic, form, url } = page
  const parsed = parseForm(keepForm, form)
  if (!parsed.ok) return parsed.answer
  const kept = await runCommand(services, actor, keepFigures, {
    personId: personOf(page),
    key: parsed.value.key as Id<'kept-figures'>,
    window: windowOf(parsed.value.window),
    timeZone: clinic.timeZone,
    gramsPerDrink: clinic.gramsPerStandardDrink,
  })
  if (kept.ok) return goTo(`${url.pathname}?done=kept&window=${windowOf(parsed.value.window)}#figures`)
  switch (kept.reason) {
    case 'nothing-known':
    case 'amount-unknown':
    case 'too-few-days':
      return formProblem(form, { form: NOT_KEPT_WORDS[kept.reason] })
    case 'no-days':
      return formProblem(form, { form: 'There was no session here from which these days could be counted.' })
    default:
      return notFound()
  }
}

function personOf({ params }: PageArgs) {
  return parseId<'person'>(params.id) ?? notFound()
}

export const action = guardedAction({
  day: [tellDays, async (page) => postDay(page, personOf(page))],
  range: [tellDays, async (page) => postRange(page, personOf(page))],
  anchor: [tellDays, async (page) => postAnchor(page, personOf(page))],
  keep: [keepFiguresAction, postFigures],
})

export const handle = { width: 'wide' as const }

export function links() {
  return [{ rel: 'stylesheet', href: calendarCss }]
}

export function meta({ loaderData }: { loaderData?: { person: { name: string } } }) {
  return [{ title: `Calendar of ${loaderData?.person.name ?? 'a person'}` }]
}

function doneWords(what: string | null, day: string | undefined, n: string | null): string | undefined {
  if (what === 'day') return day ? `Kept: ${day}.` : 'Kept.'
  if (what === 'range') return n === '1' ? 'One day was kept.' : `${Number(n ?? 0)} days were kept.`
  if (what === 'kept') return 'Kept as a result, with the days it rests on.'
  return what === 'anchor' ? 'The note is kept.' : undefined
}

export default function PersonCalendar() {
  const { person, view, window, figures, context, change, keepKey, done } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer : undefined
  const { chosen } = view
  return (
    <>
      <PersonPageHead
        person={person}
        title="Use calendar"
        lead="What was used day by day, as told by the person or together with them. A day that is open is not known."
        actions={<a href={`/work/people/${person.id}/tests`}>Biological tests</a>}
      />
      {done && !problem && <Notice state="calm" announce="status" title={done} />}
      {chosen && (
        <section className="section use-day-part" id="the-day" aria-label={chosen.title}>
          <h2>{chosen.title}</h2>
          <DayForm view={view} chosen={chosen} answer={problem} own={false} />
          <AnchorForm chosen={chosen} answer={problem} />
          {chosen.history.length > 0 && (
            <>
              <h3 className="use-part-head">Told so far</h3>
              <Timeline
                label="Every telling of this day, newest first"
                items={chosen.history.map((one, i) => ({
                  key: String(one.revision),
                  when: one.zone ? `${one.when} (${one.zone})` : one.when,
                  dateTime: one.dateTime,
                  title: i === 0 ? one.words : `${one.words} (replaced)`,
                  by: one.by,
                }))}
              />
            </>
          )}
        </section>
      )}
      <FiguresPart
        path={view.path}
        window={window}
        figures={figures}
        context={context}
        change={change}
        keepKey={keepKey}
        problem={problem?.values.intent === 'keep' ? problem.errors.form : undefined}
      />
      <Section
        title="Days"
        actions={
          !chosen &&
          view.nextOpen && (
            <ButtonLink kind="quiet" size="small" href={`${view.path}?day=${view.nextOpen}#the-day`}>
              Tell {view.nextOpenWords} together
            </ButtonLink>
          )
        }
      >
        <p>
          {view.open === 0
            ? 'All of the last 90 days are told.'
            : `${view.open} of the last 90 days are open.`}{' '}
          {view.wholeYear ? (
            <a href={view.path}>Show the last 90 days</a>
          ) : (
            <a href={`${view.path}?span=year`}>Show the whole year</a>
          )}
        </p>
        <CalendarLegend drink={view.drink} />
        <CalendarGrid view={view} />
        <RangeForm view={view} answer={problem} />
      </Section>
    </>
  )
}
