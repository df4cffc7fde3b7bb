import type { StepUp } from '../../identity/index.ts'
import type { Command } from '../../platform/command.server.ts'
import { done, refused } from '../../platform/outcome.ts'
import type { Instant } from '../../platform/time.ts'
import { foldSession } from '../session/session.ts'
import type { LotId, SessionId } from '../session/session-event.ts'
import { eventsOfSessions, lockSession } from '../session/session-queries.server.ts'
import { wasteStock as wasteAction } from '../treat-access.ts'
import { appendMovements } from './append-movements.server.ts'
import { sessionLedger, wasteToSetRight } from './dose-movements.ts'
import { settleGiven } from './draw-for-dose.server.ts'
import { movementsOfAct, movementsOfSession } from './ledger-queries.server.ts'
import { lockLots, strengthOf } from './lot-queries.server.ts'
import type { MovementId, PlannedMovement } from './movement.ts'
import { saysTheSame } from './sent-again.ts'
import { checkWitness, type WitnessRefusal } from './witness.server.ts'

export type WasteSetRight = {
  /** Becomes the id of the movement, so that repeating the form sets right once. */
  readonly key: MovementId
  readonly sessionId: SessionId
  readonly lotId: LotId
  /** Hundredths of a mL, or of a unit. */
  readonly hundredths: number
  /** When it was put into words. */
  readonly at?: Instant
  readonly reason: string
  /** Always asked for, whatever the clinic has set for waste. */
  readonly witness?: StepUp
  /** The sentence that was shown and signed: it stands in the chain. */
  readonly signed?: string
}

/**
 * Takes back what a session has on record as waste and was given, as its corrected log says: from waste into the syringe, and from
 * there, as every dose, into the person. Never more than was wasted of that session and lot, nor than the log says the ledger lacks.
 */
export const setWasteRight: Command<
  WasteSetRight,
  Record<never, never>,
  'no-such-session' | 'no-such-lot' | 'not-in-log' | 'recorded-otherwise' | WitnessRefusal
> = {
  action: wasteAction,
  async run(needs, input) {
    const { db, actor, audit } = needs
    const session = await lockSession(db, actor.clinicId, input.sessionId)
    if (!session) return refused('no-such-session')
    const ledger = sessionLedger(session.id, await movementsOfSession(db, actor.clinicId, session.id))
    if (!ledger.some(({ lotId }) => lotId === input.lotId)) return refused('no-such-lot')
    // All of the session's lots, since what is given may be of any of them.
    const held = await lockLots(
      db,
      actor.clinicId,
      ledger.map(({ lotId }) => lotId),
    )
    const planned = {
      kind: 'waste-back',
      lotId: input.lotId,
      from: { place: { at: 'waste' } },
      to: { place: { at: 'syringe', id: session.id } },
      hundredths: input.hundredths,
      sessionId: session.id,
      reason: input.reason,
    } as const
    const [stored] = await movementsOfAct(db, actor.clinicId, input.key)
    if (stored) return saysTheSame(stored, planned) ? done({}) : refused('recorded-otherwise')
    if (input.reason.trim() === '') throw new Error('waste is set right with a reason')
    const events = (await eventsOfSessions(db, actor.clinicId, [session.id])).get(session.id) ?? []
    const state = foldSession(events)
    const wrong = wasteToSetRight(state.dose, ledger).find(({ lotId }) => lotId === input.lotId)
    if (!wrong || input.hundredths > wrong.hundredths) return refused('not-in-log')
    const second = await checkWitness(needs, input.witness, true)
    if (!second.ok) return refused(second.reason)
    const movement: PlannedMovement = {
      ...planned,
      id: input.key,
      at: input.at && input.at < needs.at ? input.at : needs.at,
      ...(second.witness ? { witness: second.witness } : {}),
      ...(input.signed ? { detail: { signed: input.signed } } : {}),
    }
    const strengths = new Map([...held].map(([id, lot]) => [id, strengthOf(lot)]))
    const written = await appendMovements(needs, strengths, [movement])
    if (!written.ok) throw new Error(`waste of session ${session.id} could not be taken back`)
    await settleGiven(needs, session.id, state)
    audit.write(wasteAction.id, {
      object: 'lot',
      objectId: input.lotId,
      personId: session.personId,
      detail: { kind: 'waste-back' },
    })
    return done({})
  },
}
