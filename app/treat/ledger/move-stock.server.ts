import { clinicById } from '../../identity/index.server.ts'
import type { Command, Needs } from '../../platform/command.server.ts'
import { done, refused } from '../../platform/outcome.ts'
import { localDateOf } from '../../platform/time.ts'
import type { LotId, SessionId } from '../session/session-event.ts'
import { lockSession } from '../session/session-queries.server.ts'
import { moveStock as moveAction, returnUnits as returnAction } from '../treat-access.ts'
import { appendMovements } from './append-movements.server.ts'
import { cabinets, movementsOfAct } from './ledger-queries.server.ts'
import { lockLot, strengthOf } from './lot-queries.server.ts'
import {
  heldAt,
  type MovementId,
  type PlannedMovement,
  placeCode,
  SAFE,
  type Side,
  type StorePlace,
} from './movement.ts'
import { saysTheSame } from './sent-again.ts'
import { isWhole, lotState } from './standing-stock.ts'

export type MovedStock = {
  /** Becomes the id of the movement, so that repeating the form moves nothing twice. */
  readonly key: MovementId
  readonly lotId: LotId
  readonly from: Side & { readonly place: StorePlace }
  readonly to: StorePlace
  /** Hundredths of a mL, or of a unit; an opened vial goes whole. */
  readonly hundredths: number
  readonly reason: string
}

/**
 * Carries sealed stock or an opened vial from the safe to a cabinet, back, or between cabinets. A lot that is expired or called
 * back goes to the safe only, where nobody takes it for a dose.
 */
export const moveStock: Command<
  MovedStock,
  Record<never, never>,
  | 'no-such-lot'
  | 'no-such-cabinet'
  | 'same-place'
  | 'lot-expired'
  | 'lot-recalled'
  | 'not-whole'
  | 'not-enough-there'
  | 'recorded-otherwise'
> = {
  action: moveAction,
  async run(needs, input) {
    const { db, at, actor, audit } = needs
    const lot = await lockLot(db, actor.clinicId, input.lotId)
    if (!lot) return refused('no-such-lot')
    const { from, to } = input
    const planned: PlannedMovement = {
      id: input.key,
      kind: 'move',
      at,
      lotId: lot.id,
      from,
      to: { place: to, ...(from.container ? { container: from.container } : {}) },
      hundredths: input.hundredths,
      reason: input.reason,
    }
    const stored = await storedOtherwise(needs, planned)
    if (stored !== undefined) return stored ? refused('recorded-otherwise') : done({})
    if (placeCode(from.place) === placeCode(to)) return refused('same-place')
    const known = await cabinets(db, actor.clinicId)
    const isThere = (place: StorePlace) => place.at === 'safe' || known.some(({ id }) => id === place.id)
    if (!isThere(from.place) || !isThere(to)) return refused('no-such-cabinet')
    if (to.at === 'cabinet') {
      const timeZone = (await clinicById(db, actor.clinicId))?.timeZone ?? 'UTC'
      const state = lotState(lot, localDateOf(at, timeZone))
      if (state === 'recalled') return refused('lot-recalled')
      if (state === 'expired') return refused('lot-expired')
    }
    const holds = heldAt(lot.standing, from)
    const whole = from.container ? input.hundredths >= holds : isWhole(lot, from, input.hundredths, holds)
    if (holds > 0 && !whole) return refused('not-whole')
    const written = await appendMovements(needs, new Map([[lot.id, strengthOf(lot)]]), [planned])
    if (!written.ok) return refused('not-enough-there', { holds: written.holds })
    audit.write(moveAction.id, { object: 'lot', objectId: lot.id })
    return done({})
  },
}

export type ReturnedUnits = {
  readonly key: MovementId
  readonly sessionId: SessionId
  readonly lotId: LotId
  /** Hundredths of a device or tablet: whole ones. */
  readonly hundredths: number
  readonly reason: string
}

/** Puts devices or tablets that were taken for a session and never opened back into the safe. What was drawn from a vial is wasted. */
export const returnUnits: Command<
  ReturnedUnits,
  Record<never, never>,
  'no-such-session' | 'no-such-lot' | 'not-unopened' | 'not-whole' | 'not-enough-there' | 'recorded-otherwise'
> = {
  action: returnAction,
  async run(needs, input) {
    const { db, at, actor, audit } = needs
    const session = await lockSession(db, actor.clinicId, input.sessionId)
    if (!session) return refused('no-such-session')
    const lot = await lockLot(db, actor.clinicId, input.lotId)
    if (!lot) return refused('no-such-lot')
    const planned: PlannedMovement = {
      id: input.key,
      kind: 'return',
      at,
      lotId: lot.id,
      from: { place: { at: 'syringe', id: session.id } },
      to: { place: SAFE },
      hundredths: input.hundredths,
      sessionId: session.id,
      reason: input.reason,
    }
    const stored = await storedOtherwise(needs, planned)
    if (stored !== undefined) return stored ? refused('recorded-otherwise') : done({})
    if (lot.form === 'vial') return refused('not-unopened')
    if (input.hundredths % 100 !== 0) return refused('not-whole')
    const written = await appendMovements(needs, new Map([[lot.id, strengthOf(lot)]]), [planned])
    if (!written.ok) return refused('not-enough-there', { holds: written.holds })
    audit.write(returnAction.id, { object: 'lot', objectId: lot.id, personId: session.personId })
    return done({})
  },
}

/**
 * Whether a movement of this key stands already: undefined when none does, else whether it says something else. It happens as it is
 * recorded, so that a form sent again names no time.
 */
async function storedOtherwise({ db, actor }: Needs, planned: PlannedMovement): Promise<boolean | undefined> {
  const [stored] = await movementsOfAct(db, actor.clinicId, planned.id)
  return stored && !saysTheSame(stored, { ...planned, at: undefined })
}
