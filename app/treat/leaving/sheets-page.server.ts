import { accountNames, actorOfLink, makeAccessLink, personById } from '../../identity/index.server.ts'
import { appointmentsOfPerson, planById, protocolOfPlan } from '../../plan/index.server.ts'
import type { DoseOrder } from '../../plan/index.ts'
import { type Actor, ownPersonId } from '../../platform/actor.ts'
import { type ClinicProfile, phoneHref } from '../../platform/clinic-profile.ts'
import { type Command, runCommand, runQuery } from '../../platform/command.server.ts'
import type { Read } from '../../platform/database.server.ts'
import type { FormAnswer } from '../../platform/form.ts'
import type { PersonId } from '../../platform/ids.ts'
import { parseId } from '../../platform/ids.ts'
import { done, refused } from '../../platform/outcome.ts'
import { notFound, type PageArgs } from '../../platform/page.server.ts'
import { addMs, dayInWords, type Instant, momentInWords, timeInWords } from '../../platform/time.ts'
import { MONITOR_STRETCH_MS } from '../monitors/monitor-stretches.ts'
import { newestStored } from '../monitors/monitors.server.ts'
import { monitorStretches } from '../monitors/sample-queries.server.ts'
import type { SessionId } from '../session/session-event.ts'
import { type Session, sessionById } from '../session/sessions.server.ts'
import { openTakeHomeLink, readSession, recordSession } from '../treat-access.ts'
import { MONITOR_SPEAKS_MS } from './discharge-gate.ts'
import { gateAsTheyLeft, handOver } from './hand-over.ts'
import { nextVisitAfter, takeHome } from './take-home.ts'

const idOf = ({ params }: PageArgs): SessionId => parseId<'session'>(params.id) ?? notFound()

/** The sheet for the next colleague, as the log stands. */
export async function loadHandOver(page: PageArgs) {
  const { services, actor, clinic } = page
  const id = idOf(page)
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const session = (await sessionById(db, clinic.id, id)) ?? notFound()
    const person = (await personById(db, clinic.id, session.personId)) ?? notFound()
    audit.read(readSession.id, { personId: session.personId, object: 'session', objectId: id })
    const plan = await planById(db, clinic.id, session.planId as DoseOrder['planId'])
    const protocol = plan && (await protocolOfPlan(db, clinic.id, plan))
    const { state, events } = session
    const asOf = state.dischargedAt ?? at
    const samples = (
      await newestStored(db, clinic.id, [id], addMs(asOf, -MONITOR_SPEAKS_MS), state.dischargedAt)
    )[id]
    const names = await accountNames(db, [
      ...new Set(
        events.flatMap(({ by, data }) => [
          by,
          ...('orderedBy' in data && data.orderedBy ? [data.orderedBy] : []),
        ]),
      ),
    ])
    return {
      sessionId: id,
      personName: person.displayName,
      sessionNumber: session.sessionNumber,
      when: momentInWords(state.dose?.startedAt ?? session.openedAt, clinic.timeZone),
      clinic: clinic.name,
      made: at,
      printed: momentInWords(at, clinic.timeZone),
      parts: handOver(state, events, {
        time: (instant) => timeInWords(instant as Instant, clinic.timeZone),
        moment: (instant) => momentInWords(instant as Instant, clinic.timeZone),
        stretches: await monitorStretches(db, clinic.id, id, MONITOR_STRETCH_MS),
        name: (account) => names.get(account) ?? 'unknown',
        gate: gateAsTheyLeft(state, events, at, protocol?.discharge, samples),
      }),
    }
  })
}

export type HandOverPage = Awaited<ReturnType<typeof loadHandOver>>

async function takeHomeOf(
  db: Read,
  clinic: ClinicProfile,
  personId: PersonId,
  session: Session | undefined,
  at: Instant,
) {
  const leftAt = session?.state.dischargedAt
  const visits = session ? await appointmentsOfPerson(db, clinic.id, personId) : []
  const next = session && nextVisitAfter(visits, { ...session, leftAt }, at)
  return {
    day: leftAt && dayInWords(leftAt, clinic.timeZone),
    phone: clinic.phoneDisplay || undefined,
    phoneHref: phoneHref(clinic.phoneDisplay),
    clinicName: clinic.name,
    parts: takeHome({
      clinicName: clinic.name,
      phone: clinic.phoneDisplay || undefined,
      leftAt: leftAt && momentInWords(leftAt, clinic.timeZone),
      nextVisit: next && momentInWords(next.startsAt, clinic.timeZone),
    }),
  }
}

/** The sheet for the way home, for printing at the chair. */
export async function loadTakeHome(page: PageArgs) {
  const { services, actor, clinic } = page
  const id = idOf(page)
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const session = (await sessionById(db, clinic.id, id)) ?? notFound()
    audit.read(readSession.id, { personId: session.personId, object: 'session', objectId: id })
    return {
      sessionId: id,
      made: at,
      printed: momentInWords(at, clinic.timeZone),
      ...(await takeHomeOf(db, clinic, session.personId, session, at)),
    }
  })
}

/** How long the link for the way home opens. A design default. */
const LINK_DAYS = 7
/** What such a link is for; the session that it is about follows after a space. */
const TAKE_HOME = 'take-home'

/** Makes a link to the sheet for the way home, for the person or whoever takes them home. It shows no name. */
const makeTakeHomeLink: Command<
  { readonly sessionId: SessionId },
  { readonly token: string },
  'no-such-session'
> = {
  action: recordSession,
  async run(needs, { sessionId }) {
    const session = await sessionById(needs.db, needs.actor.clinicId, sessionId)
    if (!session) return refused('no-such-session')
    const token = await makeAccessLink(needs, {
      personId: session.personId,
      purpose: `${TAKE_HOME} ${session.id}`,
      validDays: LINK_DAYS,
    })
    return done({ token })
  },
}

type Posted = PageArgs & { readonly form: FormData }

/** Answers with the link on the same page: it is shown once and cannot be read back. */
export async function postTakeHomeLink(page: Posted): Promise<FormAnswer | { readonly link: string }> {
  const outcome = await runCommand(page.services, page.actor, makeTakeHomeLink, { sessionId: idOf(page) })
  if (!outcome.ok) return notFound()
  return { link: `${page.services.config.linkBase}/home/${outcome.value.token}` }
}

/** The sheet as the bearer of a link sees it: nothing of who it is for. */
export async function loadTakeHomeByLink(page: PageArgs) {
  const actor = await actorOfLink(page.services, page.params.token ?? '', TAKE_HOME)
  if (!actor) return { known: false as const }
  const clinic = await page.services.clinicProfile(actor.clinicId)
  const personId = ownPersonId(actor)!
  return runQuery(page.services, actor, async ({ db, at, audit }) => {
    audit.read(openTakeHomeLink.id, { personId, object: 'take-home' })
    const session = await sessionOfLink(db, actor)
    return { known: true as const, ...(await takeHomeOf(db, clinic, personId, session, at)) }
  })
}

/** The session that a link was made for. Links from before they named it are about nothing but the rules. */
async function sessionOfLink(db: Read, actor: Actor): Promise<Session | undefined> {
  const named = actor.kind === 'link' ? actor.purpose.slice(TAKE_HOME.length + 1) : ''
  const id = parseId<'session'>(named)
  return id && (await sessionById(db, actor.clinicId, id))
}
