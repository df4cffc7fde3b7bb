import { accountNames, members, personById } from '../../identity/index.server.ts'
import { planById, protocolOfPlan } from '../../plan/index.server.ts'
import { type PlanId, ROUTE_WORDS } from '../../plan/index.ts'
import { mayDo } from '../../platform/access.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import type { Read } from '../../platform/database.server.ts'
import { type FormAnswer, formProblem, parseForm } from '../../platform/form.ts'
import { parseId } from '../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import {
  addMs,
  DAY_MS,
  dateInWords,
  dayInWords,
  daysBetween,
  type Instant,
  localDateOf,
  momentInWords,
  timeInWords,
} from '../../platform/time.ts'
import { recordSessionEvents } from '../session/record-session-events.server.ts'
import { refusalWords } from '../session/refusal-words.ts'
import { foldSession } from '../session/session.ts'
import type { SessionId } from '../session/session-event.ts'
import { eventsOfSessions, sessionsOpenedSince } from '../session/session-queries.server.ts'
import { type Session, sessionById } from '../session/sessions.server.ts'
import { lots } from '../stock/stock-queries.server.ts'
import { readSession, recordSession } from '../treat-access.ts'
import { remsAnswers, remsForm, remsSentForm } from './rems-form.ts'
import { submissionsOf } from './rems-queries.server.ts'
import { REMS_FORM, remsConcerns, remsContradictions, remsDueOn, remsSheet } from './rems-sheet.ts'
import { recordRemsSent } from './send-rems.server.ts'

const idOf = ({ params }: PageArgs): SessionId => parseId<'session'>(params.id) ?? notFound()

/** The sheet of one session with what was answered, what is missing and by when it is to be sent. */
export async function loadRems(page: PageArgs) {
  const { services, actor, clinic, url } = page
  const id = idOf(page)
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const session = (await sessionById(db, clinic.id, id)) ?? notFound()
    audit.read(readSession.id, { personId: session.personId, object: 'session', objectId: id })
    const { state } = session
    const sections = await sheetOf(db, page, session)
    const sent = await submissionsOf(db, clinic.id, [id])
    const names = await accountNames(
      db,
      sent.map(({ recordedBy }) => recordedBy),
    )
    const person = await personById(db, clinic.id, session.personId)
    const plan = (await planById(db, clinic.id, session.planId as PlanId)) ?? notFound()
    const { route } = await protocolOfPlan(db, clinic.id, plan)
    return {
      sessionId: id,
      /** Another route than the nose: the REMS asks nothing; how the plan gives it, in words. */
      notAsked: remsConcerns(state, route) ? undefined : { route: ROUTE_WORDS[route] },
      personName: person?.displayName ?? 'unknown',
      form: REMS_FORM,
      clinic: clinic.name,
      made: at,
      printed: momentInWords(at, clinic.timeZone),
      sections,
      /** Fields that say that they do not know. */
      missing: (sections ?? []).flatMap(({ fields }) =>
        fields.filter(({ known }) => !known).map(({ title }) => title),
      ),
      contradictions: remsContradictions(state),
      answers: state.care.rems,
      open: state.closed === undefined,
      left: state.dischargedAt !== undefined,
      due: state.dischargedAt ? dueOf(state.dischargedAt, sent.length > 0, at, clinic.timeZone) : undefined,
      sent: sent.map((each) => ({
        id: each.id,
        text: `Sent ${dateInWords(each.sentOn)} by ${each.how === 'fax' ? 'fax' : 'the portal'}, ${each.confirmation}; recorded by ${names.get(each.recordedBy) ?? 'unknown'}`,
      })),
      today: localDateOf(at, clinic.timeZone),
      keys: { answers: services.ids.next(), sent: services.ids.next() },
      done: url.searchParams.get('done') ?? undefined,
      mayRecord: mayDo(actor, recordSession),
    }
  })
}

export type RemsPage = Awaited<ReturnType<typeof loadRems>>

async function sheetOf(db: Read, { clinic }: PageArgs, session: Session) {
  const person = await personById(db, clinic.id, session.personId)
  const watching = session.state.care.watch?.by ?? session.state.readings.at(-1)?.by
  const staff = watching ? await members(db, clinic.id, ['nurse', 'prescriber']) : []
  const provider = staff.find(({ accountId }) => accountId === watching)
  const all = await lots(db, clinic.id)
  return remsSheet(session.state, {
    person: {
      name: person?.displayName ?? 'unknown',
      birthDate: person?.birthDate && dateInWords(person.birthDate),
      sex: person?.sex,
    },
    site: {
      name: clinic.name,
      address: [...clinic.addressLines, [clinic.city, clinic.region].filter(Boolean).join(', ')].join(', '),
      phone: clinic.phoneDisplay || undefined,
    },
    provider: { name: provider?.name, email: provider?.email },
    lotNumber: (lotId) => all.find(({ id }) => id === lotId)?.lotNumber,
    day: (instant) => dayInWords(instant, clinic.timeZone),
    time: (instant) => timeInWords(instant, clinic.timeZone),
  })
}

/** By when a form is to be sent, as a chip says it: late is an alarm, the last two days are due. */
function dueOf(leftAt: Instant, isSent: boolean, at: Instant, timeZone: string) {
  const dueOn = remsDueOn(localDateOf(leftAt, timeZone))
  const days = daysBetween(localDateOf(at, timeZone), dueOn)
  const words = dateInWords(dueOn)
  if (isSent) return { state: 'calm' as const, word: 'Sent', days, dueOn }
  if (days < 0) return { state: 'red' as const, word: `Was due ${words}`, days, dueOn }
  return { state: days <= 2 ? ('amber' as const) : ('due' as const), word: `Due by ${words}`, days, dueOn }
}

/** How far back the list looks for forms that were never sent. */
const LIST_DAYS = 120

/** Every session with devices whose form was not recorded as sent, the most urgent first, and those sent lately. */
export async function loadRemsList({ services, actor, clinic }: PageArgs) {
  return runQuery(services, actor, async ({ db, at, audit }) => {
    audit.read(readSession.id, { object: 'rems' })
    const records = await sessionsOpenedSince(db, clinic.id, addMs(at, -LIST_DAYS * DAY_MS))
    const logs = await eventsOfSessions(
      db,
      clinic.id,
      records.map(({ id }) => id),
    )
    const nasal = records
      .map((record) => ({ record, state: foldSession(logs.get(record.id) ?? []) }))
      .filter(({ state }) => state.dose?.units && !state.dose.atOnce)
    const sent = await submissionsOf(
      db,
      clinic.id,
      nasal.map(({ record }) => record.id),
    )
    const rows = await Promise.all(
      nasal.map(async ({ record, state }) => ({
        sessionId: record.id,
        person: (await personById(db, clinic.id, record.personId))?.displayName ?? 'unknown',
        when: momentInWords(state.dose!.startedAt, clinic.timeZone),
        due: state.dischargedAt
          ? dueOf(
              state.dischargedAt,
              sent.some(({ sessionId }) => sessionId === record.id),
              at,
              clinic.timeZone,
            )
          : { state: 'calm' as const, word: 'Still here', days: 7, dueOn: undefined },
      })),
    )
    return {
      rows: rows.sort(
        (a, b) => Number(a.due.word === 'Sent') - Number(b.due.word === 'Sent') || a.due.days - b.due.days,
      ),
      days: LIST_DAYS,
    }
  })
}

type Posted = PageArgs & { readonly form: FormData }

export async function recordAnswers(page: Posted): Promise<FormAnswer | Response> {
  const parsed = parseForm(remsForm, page.form)
  if (!parsed.ok) return parsed.answer
  const data = remsAnswers(parsed.value)
  if (Object.keys(data).length === 0) return formProblem(page.form, { form: 'Answer at least one question.' })
  const sessionId = idOf(page)
  const outcome = await runCommand(page.services, page.actor, recordSessionEvents, {
    sessionId,
    entries: [{ id: parsed.value.key, kind: 'rems', at: page.services.clock.now(), data }],
  })
  if (outcome.ok) return goTo(`/work/sessions/${sessionId}/rems?done=answers`)
  if (outcome.reason === 'no-such-session') notFound()
  return formProblem(page.form, { form: refusalWords(outcome.reason) })
}

export async function recordSent(page: Posted): Promise<FormAnswer | Response> {
  const parsed = parseForm(remsSentForm, page.form)
  if (!parsed.ok) return parsed.answer
  const sessionId = idOf(page)
  const { key, ...sent } = parsed.value
  const outcome = await runCommand(page.services, page.actor, recordRemsSent, {
    ...sent,
    key: parseId<'rems-submission'>(key) ?? notFound(),
    sessionId,
  })
  if (outcome.ok) return goTo(`/work/sessions/${sessionId}/rems?done=sent`)
  switch (outcome.reason) {
    case 'before-session':
      return formProblem(page.form, { sentOn: 'That day lies before the session.' })
    case 'future-day':
      return formProblem(page.form, { sentOn: 'That day lies in the future: record it once it is sent.' })
    case 'not-left-yet':
      return formProblem(page.form, { form: 'The person is still here: the form is sent after the session.' })
    default:
      return notFound()
  }
}
