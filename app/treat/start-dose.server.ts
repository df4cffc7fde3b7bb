import { decisionOf, holdsAt } from '../assess/index.server.ts'
import { clinicById } from '../identity/index.server.ts'
import { activeOrder, consentState, planById } from '../plan/index.server.ts'
import { type DoseOrder, protocolById } from '../plan/index.ts'
import type { Command } from '../platform/command.server.ts'
import type { Read } from '../platform/database.server.ts'
import type { ClinicId } from '../platform/ids.ts'
import { done, refused } from '../platform/outcome.ts'
import { type Instant, localDateOf } from '../platform/time.ts'
import { appendEvent } from './append-event.server.ts'
import { saysTheSame } from './bedside-entry.ts'
import { type DoseFacts, type DoseHindrance, doseChecks, lotHindrance } from './dose-gate.ts'
import { accountOf } from './recorder.ts'
import { foldSession, type SessionState } from './session.ts'
import type { LotId, SessionEvent, SessionEventId, SessionId } from './session-event.ts'
import { eventsOfSessions, lockSession, type SessionRecord } from './session-queries.server.ts'
import { insertMovement, lockLot } from './stock-queries.server.ts'
import { startDose as startDoseAction } from './treat-access.ts'

/** What the gate before a dose looks at, read from the slices that own it. */
export async function doseFacts(
  db: Read,
  clinicId: ClinicId,
  session: SessionRecord,
  state: SessionState,
  at: Instant,
): Promise<DoseFacts & { readonly order: DoseOrder | undefined }> {
  const plan = await planById(db, clinicId, session.planId as DoseOrder['planId'])
  if (!plan) throw new Error(`session ${session.id} has no plan`)
  const protocol = protocolById(plan.protocolId, plan.protocolVersion)
  if (!protocol) throw new Error(`plan ${plan.id} has no protocol`)
  const holds = await holdsAt(db, clinicId, session.personId, at)
  const consent = await consentState(db, clinicId, session.personId)
  return {
    state,
    atMs: Date.parse(at),
    decision: await decisionOf(db, clinicId, plan.assessmentId),
    heldBy: holds.filter(({ truth }) => truth === 'not-met').map(({ ruleId }) => ruleId),
    missingDocuments: consent.missing.map((document) => document.title),
    order: await activeOrder(db, clinicId, plan.id, at),
    baselineWithinMs: protocol.monitoring.beforeStartWithinMs,
  }
}

export type StartDose = {
  readonly sessionId: SessionId
  /** Becomes the id of the event and of the movement of the stock. */
  readonly key: SessionEventId
  readonly at?: Instant
  readonly lotId: LotId
  readonly drawnMl: number
}

/**
 * Starts the infusion: the last gate, the event and the drug's way out of the stock, in one transaction. Every
 * refusal says what is missing; `detail.hindrances` lists all of it.
 */
export const startDose: Command<
  StartDose,
  { readonly state: SessionState },
  'no-such-session' | 'future-time' | 'recorded-otherwise' | DoseHindrance
> = {
  action: startDoseAction,
  async run(needs, input) {
    const { db, actor } = needs
    const at = input.at ?? needs.at
    const session = await lockSession(db, actor.clinicId, input.sessionId)
    if (!session) return refused('no-such-session')
    const events = (await eventsOfSessions(db, actor.clinicId, [session.id])).get(session.id) ?? []
    const state = foldSession(events)
    const stored = events.find(({ id }) => id === input.key)
    if (stored) {
      const figures = { lotId: input.lotId, drawnMl: input.drawnMl }
      const same = saysTheSame({ kind: 'dose-started', data: figures }, stored)
      return same ? done({ state }) : refused('recorded-otherwise')
    }
    if (at > needs.at) return refused('future-time')

    const facts = await doseFacts(db, actor.clinicId, session, state, at)
    const hindrances = doseChecks(facts).flatMap(({ hindrance }) => hindrance ?? [])
    const order = facts.order
    if (hindrances[0] || !order) return refused(hindrances[0] ?? 'no-active-order', { hindrances })

    // Whoever locks the lot first draws first; the next one sees what is left.
    const lot = await lockLot(db, actor.clinicId, input.lotId)
    const clinic = await clinicById(db, actor.clinicId)
    const today = localDateOf(at, clinic?.timeZone ?? 'UTC')
    const against = lotHindrance(lot, order, input.drawnMl, today)
    if (against || !lot) {
      return refused(against ?? 'no-lot', {
        hindrances: [against ?? 'no-lot'],
        balanceMl: lot?.balanceMl ?? null,
      })
    }

    const event: SessionEvent = {
      id: input.key,
      kind: 'dose-started',
      at,
      by: accountOf(actor),
      data: {
        orderId: order.id,
        lotId: lot.id,
        drawnMl: input.drawnMl,
        lotConcentrationMgPerMl: lot.concentrationMgPerMl,
        orderedMg: order.doseMg,
        rateMgPerH: (order.doseMg / order.durationMin) * 60,
        durationMin: order.durationMin,
      },
    }
    await appendEvent(needs, session, event)
    await insertMovement(db, actor.clinicId, {
      id: needs.ids.next(),
      lotId: lot.id,
      kind: 'drawn',
      volumeMl: input.drawnMl,
      at,
      by: accountOf(actor),
      sessionId: session.id,
      reason: 'dose',
    })
    needs.tell('stock.changed', { lotId: lot.id })
    return done({ state: foldSession([...events, event]) })
  },
}
