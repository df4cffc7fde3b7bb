import { personById } from '../../identity/index.server.ts'
import { consentState, orderById } from '../../plan/index.server.ts'
import { infusionOf, type OrderId, takenBackAt } from '../../plan/index.ts'
import type { Command } from '../../platform/command.server.ts'
import { done, refused } from '../../platform/outcome.ts'
import { settleGiven } from '../ledger/draw-for-dose.server.ts'
import { recordSession } from '../treat-access.ts'
import { appendEvents } from './append-event.server.ts'
import { acceptEntry, type BedsideEntry, type EntryRefusal, saysTheSame } from './bedside-entry.ts'
import { mgWorkedOutAnew } from './mg-anew.ts'
import { namesNobodyHere } from './named-colleagues.server.ts'
import { accountOf } from './recorder.ts'
import { foldSession, type SessionState } from './session.ts'
import type { SessionEvent, SessionId } from './session-event.ts'
import { eventsOfSessions, lockSession, sessionOfEvent } from './session-queries.server.ts'

/**
 * Adds what was recorded at the bedside to the log: all of it or nothing. An entry whose id is in the log already
 * was stored before (a repeated post, a queue sent twice) and is passed over, also after the session is over.
 *
 * Where one of them changes the mg of a stop that is in the log already, a correction of the clinic's own says so.
 *
 * A refusal's detail names the entry, the order's rate where a new one was judged by it, and what was recorded for later
 * where that says otherwise: `{ eventId, orderedRateMlPerH?, against?, stands?, question?, arrivedAt? }`.
 */
export const recordSessionEvents: Command<
  { readonly sessionId: SessionId; readonly entries: readonly BedsideEntry[] },
  { readonly state: SessionState; readonly added: number },
  'no-such-session' | 'key-in-use' | 'nobody-here' | 'birth-date-not-known' | EntryRefusal
> = {
  action: recordSession,
  async run(needs, { sessionId, entries }) {
    const { db, at, actor } = needs
    // Held until commit, so that two people stopping the same pump are answered one after the other.
    const session = await lockSession(db, actor.clinicId, sessionId)
    if (!session) return refused('no-such-session')
    const events: SessionEvent[] = [
      ...((await eventsOfSessions(db, actor.clinicId, [sessionId])).get(sessionId) ?? []),
    ]
    const known = new Map<string, SessionEvent>(events.map((event) => [event.id, event]))
    const unknown = entries.filter(({ id }) => !known.has(id))
    const stranger = await namesNobodyHere(db, actor.clinicId, unknown)
    if (stranger) return refused('nobody-here', { eventId: stranger.id })
    const byBirthDate = unknown.find(
      ({ kind, data }) => kind === 'identity-checked' && data.identifiers.includes('birth-date'),
    )
    if (byBirthDate && !(await personById(db, actor.clinicId, session.personId))?.birthDate) {
      return refused('birth-date-not-known', { eventId: byBirthDate.id })
    }
    let state = foldSession(events)
    const added: SessionEvent[] = []
    const changesRate = entries.some(({ kind }) => kind === 'dose-rate-changed')
    const order =
      changesRate && state.dose
        ? await orderById(db, actor.clinicId, state.dose.orderId as OrderId)
        : undefined
    const givesMore =
      changesRate || entries.some(({ kind }) => kind === 'dose-resumed' || kind === 'bolus-given')
    const context = {
      openedAt: session.openedAt,
      orderedRateMlPerH: order && infusionOf(order)?.rateMlPerH,
      consentTakenBackAt: givesMore
        ? takenBackAt(await consentState(db, actor.clinicId, session.personId))
        : undefined,
    }
    for (const entry of entries) {
      const stored = known.get(entry.id)
      if (stored && !saysTheSame(entry, stored)) return refused('recorded-otherwise', { eventId: entry.id })
      if (stored) continue
      const accepted = acceptEntry(entry, state, events, context, at, accountOf(actor))
      if (!accepted.ok) {
        const { orderedRateMlPerH } = context
        const { ok: _, reason, ...detail } = accepted
        return refused(reason, { eventId: entry.id, ...(order ? { orderedRateMlPerH } : {}), ...detail })
      }
      events.push(accepted.event)
      known.set(entry.id, accepted.event)
      added.push(accepted.event)
      state = foldSession(events)
    }
    const anew = added.length > 0 && mgWorkedOutAnew(state, events, () => needs.ids.next(), at)
    const written = await appendEvents(needs, session, anew ? [...added, anew] : added)
    const elsewhere = added.find(({ id }) => !written.has(id))
    if (elsewhere) {
      return refused('key-in-use', { session: await sessionOfEvent(db, actor.clinicId, elsewhere.id) })
    }
    const after = anew ? foldSession([...events, anew]) : state
    // What was given is known once the dose has ended, and may be corrected later: the ledger follows in the same transaction.
    if (after.dose?.ended && written.size > 0) await settleGiven(needs, session.id, after)
    return done({ state: after, added: added.length })
  },
}
