import { members } from '../../identity/index.server.ts'
import { isRecentStepUp, type StepUp } from '../../identity/index.ts'
import { planById, protocolOfPlan } from '../../plan/index.server.ts'
import type { DoseOrder } from '../../plan/index.ts'
import type { Command } from '../../platform/command.server.ts'
import { done, refused } from '../../platform/outcome.ts'
import { addMs, type Instant } from '../../platform/time.ts'
import { openDrug } from '../ledger/open-drug.server.ts'
import { newestStored } from '../monitors/monitors.server.ts'
import { appendEvent } from '../session/append-event.server.ts'
import { stepInstant } from '../session/event-time.ts'
import { accountOf } from '../session/recorder.ts'
import { foldSession, type SessionState } from '../session/session.ts'
import type { SessionEvent, SessionEventId, SessionId } from '../session/session-event.ts'
import { eventsOfSessions, lockSession } from '../session/session-queries.server.ts'
import { closeSession as closeAction, dischargePerson as dischargeAction } from '../treat-access.ts'
import { dischargeGate, holdingBack, MONITOR_SPEAKS_MS, notAsShown } from './discharge-gate.ts'

export type Discharge = {
  readonly sessionId: SessionId
  readonly key: SessionEventId
  readonly at?: Instant
  /** A second clinician who has just given their own password, and why the person may go all the same. */
  readonly override?: {
    readonly stepUp: StepUp
    readonly reason: string
    /** What held the person back on the page that both read, see `heldBackBy`. */
    readonly shown: string
  }
}

/**
 * Lets somebody leave. Every condition of the gate must be met and known; otherwise a second clinician, never the
 * first, takes it on with a reason, and what was not met stays on the record. What was not on the list that they read
 * is not theirs (`not-as-shown`, with its titles). A running infusion cannot be overridden.
 */
export const dischargePerson: Command<
  Discharge,
  { readonly state: SessionState },
  | 'no-such-session'
  | 'future-time'
  | 'before-last-event'
  | 'recorded-otherwise'
  | 'key-in-use'
  | 'already-left'
  | 'no-dose-given'
  | 'infusion-running'
  | 'gate-not-met'
  | 'not-as-shown'
  | 'second-not-confirmed'
  | 'second-is-the-first'
  | 'second-not-a-clinician'
> = {
  action: dischargeAction,
  async run(needs, input) {
    const { db, actor } = needs
    const session = await lockSession(db, actor.clinicId, input.sessionId)
    if (!session) return refused('no-such-session')
    const events = (await eventsOfSessions(db, actor.clinicId, [session.id])).get(session.id) ?? []
    const state = foldSession(events)
    const stored = events.find(({ id }) => id === input.key)
    if (stored) return stored.kind === 'discharged' ? done({ state }) : refused('recorded-otherwise')
    if (state.phase === 'leave') return refused('already-left')
    const when = stepInstant(input.at, needs.at, events)
    if (!when.ok) return refused(when.reason)
    const { at } = when
    if (!state.dose) return refused('no-dose-given')
    if (!state.dose.ended) return refused('infusion-running')

    const plan = await planById(db, actor.clinicId, session.planId as DoseOrder['planId'])
    const protocol = plan && (await protocolOfPlan(db, actor.clinicId, plan))
    // Up to the server's now, whatever time is typed: leaving is not put before a bad value of the monitor.
    const since = addMs(needs.at, -MONITOR_SPEAKS_MS)
    const samples = (await newestStored(db, actor.clinicId, [session.id], since))[session.id]
    const items = dischargeGate(state, Date.parse(at), protocol?.discharge, samples)
    const notMet = holdingBack(items).map(({ id }) => id)
    const override = notMet.length > 0 ? input.override : undefined
    if (notMet.length > 0 && !override) return refused('gate-not-met', { notMet })
    if (override) {
      const second = override.stepUp.accountId
      if (!isRecentStepUp(override.stepUp, needs.at)) return refused('second-not-confirmed')
      if (second === accountOf(actor)) return refused('second-is-the-first')
      const clinicians = await members(db, actor.clinicId, ['nurse', 'prescriber'])
      if (!clinicians.some(({ accountId }) => accountId === second)) {
        return refused('second-not-a-clinician')
      }
      const other = notAsShown(items, override.shown)
      if (other.length > 0)
        return refused('not-as-shown', { now: other.map(({ title, value }) => `${title}: ${value}`) })
    }
    const event: SessionEvent = {
      id: input.key,
      kind: 'discharged',
      at,
      by: accountOf(actor),
      data: { overrideBy: override?.stepUp.accountId ?? null, notMet },
      ...(override ? { words: { reason: override.reason } } : {}),
    }
    if (!(await appendEvent(needs, session, event))) return refused('key-in-use')
    needs.tell('session.completed', { sessionId: session.id, personId: session.personId })
    return done({ state: foldSession([...events, event]) })
  },
}

/** Ends a session in which no dose was given, with the reason. With a dose, leaving goes through the gate. */
export const closeSession: Command<
  {
    readonly sessionId: SessionId
    readonly key: SessionEventId
    readonly at?: Instant
    readonly reason: string
  },
  { readonly state: SessionState },
  | 'no-such-session'
  | 'future-time'
  | 'before-last-event'
  | 'recorded-otherwise'
  | 'key-in-use'
  | 'already-left'
  | 'dose-was-given'
  | 'drug-unsettled'
> = {
  action: closeAction,
  async run(needs, input) {
    const { db, actor } = needs
    const session = await lockSession(db, actor.clinicId, input.sessionId)
    if (!session) return refused('no-such-session')
    const events = (await eventsOfSessions(db, actor.clinicId, [session.id])).get(session.id) ?? []
    const state = foldSession(events)
    const stored = events.find(({ id }) => id === input.key)
    if (stored) return stored.kind === 'session-closed' ? done({ state }) : refused('recorded-otherwise')
    if (state.phase === 'leave') return refused('already-left')
    const when = stepInstant(input.at, needs.at, events)
    if (!when.ok) return refused(when.reason)
    const { at } = when
    if (state.dose) return refused('dose-was-given')
    // A draw that was entered from paper waits in the syringe.
    const open = await openDrug(db, actor.clinicId, session.id, undefined)
    if (open.length > 0) return refused('drug-unsettled', { open })
    const event: SessionEvent = {
      id: input.key,
      kind: 'session-closed',
      at,
      by: accountOf(actor),
      data: { outcome: 'ended-without-dose' },
      words: { reason: input.reason },
    }
    if (!(await appendEvent(needs, session, event))) return refused('key-in-use')
    return done({ state: foldSession([...events, event]) })
  },
}
