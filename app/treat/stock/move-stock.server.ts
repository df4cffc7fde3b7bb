import type { Command } from '../../platform/command.server.ts'
import type { Id } from '../../platform/ids.ts'
import { done, refused } from '../../platform/outcome.ts'
import type { LocalDate } from '../../platform/time.ts'
import { leftOverMl } from '../dose/infusion.ts'
import { accountOf } from '../session/recorder.ts'
import { foldSession } from '../session/session.ts'
import type { LotId, SessionId } from '../session/session-event.ts'
import { eventsOfSessions, lockSession } from '../session/session-queries.server.ts'
import { receiveStock as receiveAction, wasteStock as wasteAction } from '../treat-access.ts'
import {
  insertLot,
  insertMovement,
  lockLot,
  movementById,
  movementsOfSession,
} from './stock-queries.server.ts'

export type ReceivedStock = {
  /** Becomes the id of the lot's row, so that repeating the form receives nothing twice. */
  readonly key: LotId
  readonly drug: string
  readonly lotNumber: string
  readonly concentrationMgPerMl: number
  readonly containerMl: number
  readonly containers: number
  readonly expiresOn: LocalDate
  readonly reason: string
}

/** Puts a delivery on the books: the lot and its volume, in one transaction. */
export const receiveStock: Command<ReceivedStock, { readonly lotId: LotId }, never> = {
  action: receiveAction,
  async run({ db, at, ids, actor, audit, tell }, input) {
    const lot = {
      id: input.key,
      drug: input.drug,
      lotNumber: input.lotNumber,
      concentrationMgPerMl: input.concentrationMgPerMl,
      containerMl: input.containerMl,
      expiresOn: input.expiresOn,
      receivedAt: at,
    }
    if (!(await insertLot(db, actor.clinicId, lot))) return done({ lotId: input.key })
    await insertMovement(db, actor.clinicId, {
      id: ids.next(),
      lotId: input.key,
      kind: 'received',
      volumeMl: input.containerMl * input.containers,
      at,
      by: accountOf(actor),
      sessionId: undefined,
      reason: input.reason,
    })
    audit.write(receiveAction.id, { object: 'lot', objectId: input.key })
    tell('stock.changed', { lotId: input.key })
    return done({ lotId: input.key })
  },
}

export type WastedStock = {
  readonly key: Id<'stock-movement'>
  readonly lotId: LotId
  readonly volumeMl: number
  readonly reason: string
  /** Set when it was left in the syringe of this session: drawn before, so the lot's balance stays. */
  readonly sessionId?: SessionId
}

/** Records what was thrown away: from the stock, or what a syringe of a session still held. */
export const wasteStock: Command<
  WastedStock,
  { readonly balanceMl: number },
  'no-such-lot' | 'no-such-session' | 'not-enough-in-lot' | 'infusion-not-ended' | 'more-than-left-over'
> = {
  action: wasteAction,
  async run({ db, at, actor, audit, tell }, input) {
    const session = input.sessionId && (await lockSession(db, actor.clinicId, input.sessionId))
    if (input.sessionId && !session) return refused('no-such-session')
    const lot = await lockLot(db, actor.clinicId, input.lotId)
    if (!lot) return refused('no-such-lot')
    if (await movementById(db, actor.clinicId, input.key)) return done({ balanceMl: lot.balanceMl })
    if (session) {
      const events = (await eventsOfSessions(db, actor.clinicId, [session.id])).get(session.id) ?? []
      const { dose } = foldSession(events)
      const leftMl = dose?.lotId === input.lotId ? leftOverMl(dose) : undefined
      if (leftMl === undefined) return refused('infusion-not-ended')
      const wasted = await movementsOfSession(db, actor.clinicId, session.id)
      const before = wasted.filter(({ kind }) => kind === 'syringe-wasted')
      const openMl = before.reduce((sum, { volumeMl }) => sum - volumeMl, leftMl)
      if (input.volumeMl > openMl + 0.005) return refused('more-than-left-over', { leftMl: openMl })
    } else if (input.volumeMl > lot.balanceMl) {
      return refused('not-enough-in-lot', { balanceMl: lot.balanceMl })
    }
    await insertMovement(db, actor.clinicId, {
      id: input.key,
      lotId: lot.id,
      kind: session ? 'syringe-wasted' : 'wasted',
      volumeMl: input.volumeMl,
      at,
      by: accountOf(actor),
      sessionId: session?.id,
      reason: input.reason,
    })
    audit.write(wasteAction.id, {
      object: 'lot',
      objectId: lot.id,
      ...(session ? { personId: session.personId } : {}),
    })
    tell('stock.changed', { lotId: lot.id })
    return done({ balanceMl: session ? lot.balanceMl : lot.balanceMl - input.volumeMl })
  },
}
