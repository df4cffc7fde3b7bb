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
  localDateOf,
  momentInWords,
  timeInWords,
} from '../../platform/time.ts'
import { knownLots } from '../ledger/lot-queries.server.ts'
import { recordSessionEvents } from '../session/record-session-events.server.ts'
import { refusalWords } from '../session/refusal-words.ts'
import { foldSession } from '../session/session.ts'
import type { SessionId } from '../session/session-event.ts'
import { eventsOfSessions, sessionsWithDevices } from '../session/session-queries.server.ts'
import { type Session, sessionById } from '../session/sessions.server.ts'
import { readSession, recordSession } from '../treat-access.ts'
import { byUrgency, remsDue } from './rems-due.ts'
import { remsAnswers, remsForm, remsSentForm } from './rems-form.ts'
import { submissionsOf } from './rems-queries.server.ts'
import { REMS_FORM, remsConcerns, remsContradictions, remsSheet } from './rems-sheet.ts'
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
      due:
        state.dose &&
        remsDue(
          localDateOf(state.dose.startedAt, clinic.timeZone),
          { left: state.dischargedAt !== undefined, sent: sent.length > 0 },
          localDateOf(at, clinic.timeZone),
        ),
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
  const all = await knownLots(db, clinic.id)
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

/** How far back the list shows forms that were sent; those that were not stay until they are. */
const SENT_DAYS = 120

/** Every session with devices whose form was not recorded as sent, the most urgent first, and those sent lately. */
export async function loadRemsList({ services, actor, clinic }: PageArgs) {
  return runQuery(services, actor, async ({ db, at, audit }) => {
    audit.read(readSession.id, { object: 'rems' })
    const records = await sessionsWithDevices(db, clinic.id)
    const sent = new Set(
      (await submissionsOf(db, clinic.id, idsOf(records))).map(({ sessionId }) => sessionId),
    )
    const since = addMs(at, -SENT_DAYS * DAY_MS)
    const listed = records.filter(({ id, openedAt }) => !sent.has(id) || openedAt >= since)
    const logs = await eventsOfSessions(db, clinic.id, idsOf(listed))
    const today = localDateOf(at, clinic.timeZone)
    const rows = await Promise.all(
      listed.map(async (record) => {
        const { dose, dischargedAt } = foldSession(logs.get(record.id) ?? [])
        if (!dose?.units || dose.atOnce) return []
        const dosedOn = localDateOf(dose.startedAt, clinic.timeZone)
        return [
          {
            sessionId: record.id,
            person: (await personById(db, clinic.id, record.personId))?.displayName ?? 'unknown',
            when: momentInWords(dose.startedAt, clinic.timeZone),
            due: remsDue(dosedOn, { left: dischargedAt !== undefined, sent: sent.has(record.id) }, today),
          },
        ]
      }),
    )
    return { rows: rows.flat().sort((a, b) => byUrgency(a.due, b.due)), days: SENT_DAYS }
  })
}

const idsOf = (records: readonly { readonly id: SessionId }[]) => records.map(({ id }) => id)

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
