import { accountNames, personById } from '../../identity/index.server.ts'
import { ageYears } from '../../identity/index.ts'
import { appointmentById, orderById } from '../../plan/index.server.ts'
import type { Appointment, OrderId } from '../../plan/index.ts'
import { runQuery } from '../../platform/command.server.ts'
import { notFound, type PageArgs } from '../../platform/page.server.ts'
import { localDateOf } from '../../platform/time.ts'
import { sessionIdOf } from '../bedside/session-actions.server.ts'
import { boardVisit } from '../bedside/session-page.server.ts'
import { MONITOR_STRETCH_MS, seriesOf } from '../monitors/monitor-stretches.ts'
import { monitorStretches } from '../monitors/sample-queries.server.ts'
import { accountsNamed } from '../session/named-in-entry.ts'
import { sessionById } from '../session/sessions.server.ts'
import { readSession } from '../treat-access.ts'
import { minuteAsked, replaySpan } from './replay.ts'

/** A session to look back along: its whole log, and the minute asked for. Read in one transaction, audited once. */
export async function loadReplay(page: PageArgs) {
  const { services, actor, clinic, url } = page
  const id = sessionIdOf(page)
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const session = (await sessionById(db, clinic.id, id)) ?? notFound()
    const appointment =
      (await appointmentById(db, clinic.id, session.appointmentId as Appointment['id'])) ?? notFound()
    const person = (await personById(db, clinic.id, session.personId)) ?? notFound()
    audit.read(readSession.id, { personId: session.personId, object: 'session', objectId: id })
    const { dose } = session.state
    const order = dose && (await orderById(db, clinic.id, dose.orderId as OrderId))
    const names = await accountNames(db, [...new Set(session.events.flatMap(accountsNamed))])
    const span = replaySpan(session.events)
    const today = localDateOf(at, clinic.timeZone)
    return {
      sessionId: id,
      visit: await boardVisit(db, clinic.id, appointment, id, today, clinic.timeZone, at),
      events: session.events,
      monitors: seriesOf(await monitorStretches(db, clinic.id, id, MONITOR_STRETCH_MS)),
      names: Object.fromEntries(names),
      timeZone: clinic.timeZone,
      person: {
        name: person.displayName,
        weightKg: order?.actualWeightKg,
        ageYears: ageYears(person.birthDate, localDateOf(dose?.startedAt ?? at, clinic.timeZone)),
        sex: person.sex,
      },
      span,
      typed: url.searchParams.get('minute') ?? undefined,
      asked: span && minuteAsked(url.searchParams.get('minute'), span),
    }
  })
}

export type ReplayPage = Awaited<ReturnType<typeof loadReplay>>
