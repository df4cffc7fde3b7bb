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
  type DrugLot,
  insertLot,
  insertMovement,
  type LotBalance,
  lockLot,
  type Moved,
  movementById,
  movementsOfSession,
  syringeWastedMl,
  type UnitLot,
} from './stock-queries.server.ts'

export type ReceivedStock = {
  /** Becomes the id of the lot's row, so that repeating the form receives nothing twice. */
  readonly key: LotId
  readonly drug: string
  readonly lotNumber: string
  readonly expiresOn: LocalDate
  readonly reason: string
} & (
  | {
      readonly form?: 'vial'
      readonly concentrationMgPerMl: number
      readonly containerMl: number
      readonly containers: number
    }
  | { readonly form: UnitLot['form']; readonly unitMg: number; readonly units: number }
)

/** Puts a delivery on the books: the lot and its volume or units, in one transaction. */
export const receiveStock: Command<ReceivedStock, { readonly lotId: LotId }, never> = {
  action: receiveAction,
  async run({ db, at, ids, actor, audit, tell }, input) {
    const { key: id, drug, lotNumber, expiresOn } = input
    const every = { id, drug, lotNumber, expiresOn, receivedAt: at }
    const inUnits = 'unitMg' in input
    const lot: DrugLot = inUnits
      ? { ...every, form: input.form, unitMg: input.unitMg }
      : {
          ...every,
          form: 'vial',
          concentrationMgPerMl: input.concentrationMgPerMl,
          containerMl: input.containerMl,
        }
    if (!(await insertLot(db, actor.clinicId, lot))) return done({ lotId: input.key })
    await insertMovement(db, actor.clinicId, {
      id: ids.next(),
      lotId: input.key,
      kind: 'received',
      moved: inUnits ? { units: input.units } : { volumeMl: input.containerMl * input.containers },
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
  /** mL of a vial or a syringe, or devices and tablets. */
  readonly moved: Moved
  readonly reason: string
  /** Set when it was left in the syringe of this session: drawn before, so the lot's balance stays. */
  readonly sessionId?: SessionId
}

/** Records what was thrown away: from the stock, or what a syringe of a session still held. */
export const wasteStock: Command<
  WastedStock,
  { readonly balance: number },
  | 'no-such-lot'
  | 'no-such-session'
  | 'not-enough-in-lot'
  | 'counted-otherwise'
  | 'infusion-not-ended'
  | 'more-than-left-over'
> = {
  action: wasteAction,
  async run({ db, at, actor, audit, tell }, input) {
    const session = input.sessionId && (await lockSession(db, actor.clinicId, input.sessionId))
    if (input.sessionId && !session) return refused('no-such-session')
    const lot = await lockLot(db, actor.clinicId, input.lotId)
    if (!lot) return refused('no-such-lot')
    if (await movementById(db, actor.clinicId, input.key)) return done({ balance: balanceOf(lot) })
    const amount = 'units' in input.moved ? input.moved.units : input.moved.volumeMl
    if ('units' in input.moved === (lot.form === 'vial')) return refused('counted-otherwise')
    if (session) {
      const events = (await eventsOfSessions(db, actor.clinicId, [session.id])).get(session.id) ?? []
      const { dose } = foldSession(events)
      const leftMl = dose?.lotId === input.lotId ? leftOverMl(dose) : undefined
      if (leftMl === undefined) return refused('infusion-not-ended')
      const openMl = leftMl - syringeWastedMl(await movementsOfSession(db, actor.clinicId, session.id))
      if (amount > openMl + 0.005) return refused('more-than-left-over', { leftMl: openMl })
    } else if (amount > balanceOf(lot)) {
      return refused('not-enough-in-lot', { balance: balanceOf(lot) })
    }
    await insertMovement(db, actor.clinicId, {
      id: input.key,
      lotId: lot.id,
      kind: session ? 'syringe-wasted' : 'wasted',
      moved: input.moved,
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
    return done({ balance: session ? balanceOf(lot) : balanceOf(lot) - amount })
  },
}

function balanceOf(lot: LotBalance): number {
  return lot.form === 'vial' ? lot.balanceMl : lot.balanceUnits
}
