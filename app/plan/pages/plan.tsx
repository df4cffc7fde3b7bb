import { useActionData, useLoaderData } from 'react-router'
import * as z from 'zod'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { type FormAnswer, fieldErrors, formProblem, parseForm } from '../../platform/form.ts'
import { parseId } from '../../platform/ids.ts'
import { goTo, guardedAction, guardedLoader, notFound, type PageArgs } from '../../platform/page.server.ts'
import {
  Breadcrumb,
  ButtonLink,
  ErrorSummary,
  Facts,
  Notice,
  PageHead,
  Section,
  StateChip,
} from '../../ui/index.ts'
import { PlanConsent } from '../consents/pages/plan-consent.tsx'
import { withdrawConsent } from '../consents/withdraw-consent.server.ts'
import { bookSeries, type WantedVisit } from '../diary/book-series.server.ts'
import { cancelAppointment } from '../diary/cancel-appointment.server.ts'
import { CANCEL_REASONS } from '../diary/cancel-reason.ts'
import { bookForm, clockProblems, moveForm, wallInstant } from '../diary/diary-form.ts'
import { diaryRefusalWords } from '../diary/diary-words.ts'
import { moveAppointment } from '../diary/move-appointment.server.ts'
import { PlanOrders } from '../orders/pages/plan-orders.tsx'
import { withdrawOrder } from '../orders/sign-order.server.ts'
import { SHORT_VISITS_ADVICE } from '../orders/visit-short.ts'
import planCss from '../plan.css?url'
import type { Plan, PlanId } from '../plan.ts'
import { noteDeviation, readPlan } from '../plan-access.ts'
import { holdsInWords } from '../plan-holds.ts'
import { planPage } from '../plan-page.server.ts'
import { planById } from '../plan-queries.server.ts'
import { plannedSessions } from '../protocols/course.ts'
import { protocolOfPlan } from '../protocols/protocol-of.server.ts'
import { postDeviation } from '../protocols/record-deviation.server.ts'
import { PlanDeviations } from './plan-deviations.tsx'
import { PlanDiary } from './plan-diary.tsx'
import { PlanProtocol } from './plan-protocol.tsx'

export const handle = { width: 'wide' }

export function links() {
  return [{ rel: 'stylesheet', href: planCss }]
}

type Posted = PageArgs & { form: FormData }

const idOf = (page: Pick<PageArgs, 'params'>): PlanId => parseId<'plan'>(page.params.id) ?? notFound()
const back = (page: PageArgs, code: string) => goTo(`/work/plans/${idOf(page)}?done=${code}`)

export const loader = guardedLoader(readPlan, async (page) => planPage(page, idOf(page)))

async function thePlan({ services, actor, clinic, params }: PageArgs): Promise<Plan> {
  const plan = await runQuery(services, actor, ({ db }) => planById(db, clinic.id, idOf({ params })))
  return plan ?? notFound()
}

async function book(page: Posted): Promise<FormAnswer | Response> {
  const { services, actor, clinic, form } = page
  const plan = await thePlan(page)
  const protocol = await runQuery(services, actor, ({ db }) => protocolOfPlan(db, clinic.id, plan))
  const numbers = Array.from({ length: plannedSessions(protocol) }, (_, i) => i + 1).filter((n) =>
    form.has(`start-${n}`),
  )
  const parsed = parseForm(bookForm(numbers), form)
  if (!parsed.ok) return parsed.answer
  const key = parseId<'series'>(form.get('key')) ?? notFound()
  const fields = parsed.value as Record<string, never>
  const clock = clockProblems(
    Object.fromEntries(numbers.map((n) => [`start-${n}`, fields[`start-${n}`]])),
    clinic.timeZone,
  )
  if (Object.keys(clock).length > 0) return formProblem(form, clock)
  const visits = numbers.map(
    (n): WantedVisit => ({
      sessionNumber: n,
      startsAt: wallInstant(fields[`start-${n}`]!, clinic.timeZone),
      chairId: fields[`chair-${n}`]!,
      nurseMembershipId: fields[`nurse-${n}`]!,
    }),
  )
  const outcome = await runCommand(services, actor, bookSeries, { key, planId: plan.id, visits })
  if (outcome.ok) return back(page, `booked-${numbers.length}`)
  if (outcome.reason === 'no-such-plan') return notFound()
  const { sessionNumber, words } = diaryRefusalWords(outcome, clinic.timeZone)
  return formProblem(form, { [sessionNumber > 0 ? `start-${sessionNumber}` : 'form']: words })
}

async function move(page: Posted): Promise<FormAnswer | Response> {
  const { services, actor, clinic, form } = page
  const parsed = parseForm(moveForm, form)
  const appointmentId = parseId<'appointment'>(form.get('appointment')) ?? notFound()
  if (!parsed.ok) {
    const errors = Object.entries(parsed.answer.errors).map(([name, words]) => [
      `${name}-${appointmentId}`,
      words,
    ])
    return { ...parsed.answer, errors: Object.fromEntries(errors) }
  }
  const { start } = clockProblems({ start: parsed.value.start }, clinic.timeZone)
  if (start) return formProblem(form, { [`start-${appointmentId}`]: start })
  const outcome = await runCommand(services, actor, moveAppointment, {
    appointmentId,
    startsAt: wallInstant(parsed.value.start, clinic.timeZone),
    chairId: parsed.value.chair,
    nurseMembershipId: parsed.value.nurse,
  })
  if (outcome.ok) return back(page, 'moved')
  if (outcome.reason === 'no-such-appointment') return notFound()
  const words = diaryRefusalWords(outcome, clinic.timeZone).words
  return formProblem(form, { [`start-${appointmentId}`]: words })
}

async function cancel(page: Posted): Promise<FormAnswer | Response> {
  const { services, actor, form } = page
  const appointmentId = parseId<'appointment'>(form.get('appointment')) ?? notFound()
  const reason = z.enum(CANCEL_REASONS.map((r) => r.id)).safeParse(form.get('reason'))
  if (!reason.success)
    return formProblem(form, { [`reason-${appointmentId}`]: 'Choose why it is cancelled.' })
  const outcome = await runCommand(services, actor, cancelAppointment, { appointmentId, reason: reason.data })
  if (outcome.ok) return back(page, 'cancelled')
  if (outcome.reason === 'no-such-appointment') return notFound()
  return formProblem(form, {
    [`reason-${appointmentId}`]: diaryRefusalWords(outcome, page.clinic.timeZone).words,
  })
}

async function takeBackOrder(page: Posted): Promise<FormAnswer | Response> {
  const { services, actor, form } = page
  const orderId = parseId<'order'>(form.get('order')) ?? notFound()
  const reason = String(form.get('withdrawReason') ?? '').trim()
  if (reason.length < 5 || reason.length > 400)
    return formProblem(form, { withdrawReason: 'Say in a few words why it is withdrawn.' })
  const outcome = await runCommand(services, actor, withdrawOrder, { orderId, reason })
  return outcome.ok ? back(page, 'order-withdrawn') : notFound()
}

async function takeBackConsent(page: Posted): Promise<FormAnswer | Response> {
  const { services, actor, form } = page
  const plan = await thePlan(page)
  const documentId = String(form.get('document') ?? '')
  const outcome = await runCommand(services, actor, withdrawConsent, { personId: plan.personId, documentId })
  return outcome.ok ? back(page, 'consent-withdrawn') : notFound()
}

export const action = guardedAction<FormAnswer | Response>({
  book: [bookSeries.action, book],
  move: [moveAppointment.action, move],
  cancel: [cancelAppointment.action, cancel],
  'withdraw-order': [withdrawOrder.action, takeBackOrder],
  'withdraw-consent': [withdrawConsent.action, takeBackConsent],
  deviate: [noteDeviation, postDeviation],
})

/** What was just done, in words; a booking says how many visits it took. */
function doneWords(code: string | undefined): string | undefined {
  const booked = Number(/^booked-(\d{1,3})$/.exec(code ?? '')?.[1])
  if (booked > 0) return booked === 1 ? '1 visit is booked.' : `${booked} visits are booked.`
  return code && DONE_WORDS[code]
}

const DONE_WORDS: Readonly<Record<string, string>> = {
  created: 'The plan is made.',
  deviation: 'Noted. It stands with this plan and is counted with its protocol.',
  moved: 'The visit is moved.',
  cancelled: 'The visit is cancelled; its chair and nurse are free.',
  ordered: 'The order is signed.',
  'order-withdrawn': 'The order is withdrawn. Nothing can be dosed from it.',
  'consent-withdrawn': 'The consent is taken back. What it stops has stopped.',
}

export function meta() {
  return [{ title: 'Plan' }]
}

export default function PlanPage() {
  const data = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer : undefined
  const done = doneWords(data.done)
  return (
    <>
      <PageHead
        breadcrumb={<Breadcrumb items={[{ href: '/work/plans', label: 'Plans' }]} />}
        kicker={`Plan · ${data.protocol.title}`}
        title={data.person.name}
        lead={data.person.synthetic ? 'An invented person.' : undefined}
        actions={
          <ButtonLink kind="quiet" href={`/work/people/${data.person.id}`}>
            Open the person
          </ButtonLink>
        }
      />
      {done && <Notice state="calm" announce="status" title={done} />}
      <ErrorSummary errors={fieldErrors(problem)} />
      <NextThing data={data} />
      <Section title="Where it stands">
        <Facts
          facts={[
            ...data.steps.map((step) => ({
              term: STEP_WORDS[step.id],
              value: <StateChip state={step.done ? 'calm' : 'due'} word={step.text} />,
              source: step.id === 'decision' ? data.decision?.source : undefined,
            })),
            {
              term: 'Weight',
              value: data.weight && `${data.weight.kg} kg`,
              source:
                data.weight &&
                `${data.weight.when}${data.weight.obstacle ? `; ${WEIGHT_WORDS[data.weight.obstacle]}` : ''}`,
            },
            { term: 'Plan made', value: data.made },
          ]}
        />
      </Section>
      <PlanDiary data={data} problem={problem} />
      {data.shortVisits && (
        <Notice state="due" title={data.shortVisits}>
          <p>{SHORT_VISITS_ADVICE}</p>
        </Notice>
      )}
      {data.orders && <PlanOrders data={data} orders={data.orders} problem={problem} />}
      <PlanConsent data={data} />
      {data.deviations && <PlanDeviations deviations={data.deviations} problem={problem} />}
      <PlanProtocol protocol={data.protocol} />
    </>
  )
}

const STEP_WORDS = { decision: 'Decision', consent: 'Documents', order: 'Order', visits: 'Visits' } as const
const WEIGHT_WORDS = {
  'weight-unknown': 'not known',
  'weight-not-measured': 'told, not measured: weigh before ordering',
  'weight-too-old': 'older than 30 days: weigh before ordering',
} as const

type Data = Awaited<ReturnType<typeof planPage>>

/** The one thing to do next, said first. */
function NextThing({ data }: { data: Data }) {
  const step = data.steps.find((s) => s.id === data.next)
  if (!step) {
    if (!data.nextVisit) return <Notice state="calm" title="Everything is done for this plan." />
    const { state, word } = holdsInWords(data.holds)
    const when = `The next visit is ${data.nextVisit.when}`
    return (
      <Notice state={state} title={`${when}: ${word}.`}>
        {data.holds.length > 0 ? (
          <ul>
            {data.holds.map((hold) => (
              <li key={hold.id}>
                {hold.text} {hold.detail}
              </li>
            ))}
          </ul>
        ) : (
          <p>Readings, breath, withdrawal and the checklist are judged on the day.</p>
        )}
      </Notice>
    )
  }
  return (
    <Notice state="due" title={`Next: ${step.text}`}>
      {step.id === 'decision' && (
        <>
          {data.decision && data.decision.changes.length > 0 && (
            <ul>
              {data.decision.changes.map((change) => (
                <li key={change.ruleId}>
                  {change.title}: {change.words}
                </li>
              ))}
            </ul>
          )}
          <ButtonLink href={`/work/assessments/${data.assessmentId}/decision`}>
            Look at the rules and decide
          </ButtonLink>
        </>
      )}
      {step.id === 'consent' && (
        <p>
          {data.person.name} finds them in the portal under Documents. Offer time and a place to read here,
          and answer questions; nobody signs for somebody else.
        </p>
      )}
      {step.id === 'order' && data.may.order && (
        <ButtonLink href={`/work/plans/${data.id}/order`}>Write the order</ButtonLink>
      )}
      {step.id === 'visits' && data.may.book && <ButtonLink href="#visits">Book the visits</ButtonLink>}
    </Notice>
  )
}
