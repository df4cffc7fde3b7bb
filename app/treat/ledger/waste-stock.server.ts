import type { StepUp } from '../../identity/index.ts'
import type { Command, Needs } from '../../platform/command.server.ts'
import { done, refused } from '../../platform/outcome.ts'
import type { Instant } from '../../platform/time.ts'
import { foldSession } from '../session/session.ts'
import type { LotId } from '../session/session-event.ts'
import { eventsOfSessions, lockSession, type SessionRecord } from '../session/session-queries.server.ts'
import { wasteStock as wasteAction } from '../treat-access.ts'
import { appendMovements } from './append-movements.server.ts'
import { leftOverIsKnown } from './dose-movements.ts'
import { settleGiven } from './draw-for-dose.server.ts'
import { balancesOfLots, movementsOfAct, movementsOfSession } from './ledger-queries.server.ts'
import { type LotBalance, lockLot, lockLots, strengthOf } from './lot-queries.server.ts'
import { heldAt, type MovementId, type TakenFrom } from './movement.ts'
import { saysTheSame } from './sent-again.ts'
import { ledgerSettings } from './settings/settings-queries.server.ts'
import { isWhole } from './standing-stock.ts'
import { checkWitness, type WitnessRefusal } from './witness.server.ts'

/** What becomes of it: thrown away, gone without a trace, sent to the supplier or a reverse distributor, destroyed as stock. */
export type TakenOut = {
  /** Becomes the id of the movement, so that repeating the form takes nothing twice. */
  readonly key: MovementId
  readonly kind: 'waste' | 'lose' | 'send-back' | 'destroy'
  readonly lotId: LotId
  readonly from: TakenFrom
  /** Hundredths of a mL, or of a unit. */
  readonly hundredths: number
  /** When it happened, if that was before it is written. */
  readonly at?: Instant
  readonly reason: string
  readonly witness?: StepUp
  /** The sentence that was shown to who records and who witnesses: it stands in the chain. */
  readonly signed?: string
  /** What they were told to look at beside it: it stands there too. */
  readonly remarks?: readonly string[]
}

/**
 * Takes drug out of the stock, or out of the syringe of a session whose dose has ended. Waste, and what is not to be found, ask for a
 * witness where the clinic wants one, destruction of stock always does (21 CFR 1317.95: two authorised employees).
 */
export const takeOut: Command<
  TakenOut,
  { readonly left: number },
  | 'no-such-lot'
  | 'no-such-session'
  | 'infusion-not-ended'
  | 'not-whole'
  | 'not-enough-there'
  | 'recorded-otherwise'
  | WitnessRefusal
> = {
  action: wasteAction,
  async run(needs, input) {
    const { db, actor, audit } = needs
    const { place } = input.from
    const session = place.at === 'syringe' ? await lockSession(db, actor.clinicId, place.id) : undefined
    if (place.at === 'syringe' && !session) return refused('no-such-session')
    const lot = session
      ? (await lockLotsOfSession(needs, session)).get(input.lotId)
      : await lockLot(db, actor.clinicId, input.lotId)
    if (!lot) return refused('no-such-lot')
    const { kind, from, hundredths, reason } = input
    const planned = {
      kind,
      lotId: lot.id,
      from,
      to: { place: { at: WHERETO[kind] } },
      hundredths,
      ...(session ? { sessionId: session.id } : {}),
      reason,
    }
    const [stored] = await movementsOfAct(db, actor.clinicId, input.key)
    if (stored) {
      const same = saysTheSame(stored, { ...planned, at: input.at, witness: input.witness?.accountId })
      return same ? done({ left: lot.hundredths }) : refused('recorded-otherwise')
    }
    if (session && !(await settled(needs, session))) return refused('infusion-not-ended')
    const holds = heldAt(await balancesOfLots(db, actor.clinicId, [lot.id]), from)
    if (hundredths >= 1 && hundredths <= holds && !isWhole(lot, from, hundredths, holds))
      return refused('not-whole')
    const { twoPersonWaste } = await ledgerSettings(db, actor.clinicId)
    const required = needsWitness(input.kind, twoPersonWaste)
    const second = await checkWitness(needs, input.witness, required)
    if (!second.ok) return refused(second.reason)
    const written = await appendMovements(needs, new Map([[lot.id, strengthOf(lot)]]), [
      {
        ...planned,
        id: input.key,
        at: input.at && input.at < needs.at ? input.at : needs.at,
        ...(second.witness ? { witness: second.witness } : {}),
        detail: {
          ...(input.signed ? { signed: input.signed } : {}),
          ...(input.remarks?.length ? { remarks: input.remarks } : {}),
        },
      },
    ])
    if (!written.ok) return refused('not-enough-there', { holds: written.holds })
    audit.write(wasteAction.id, {
      object: 'lot',
      objectId: lot.id,
      detail: { kind: input.kind },
      ...(session ? { personId: session.personId } : {}),
    })
    return done({ left: session ? lot.hundredths : lot.hundredths - input.hundredths })
  },
}

/** Whether a second person has to see it: destruction of stock always; waste, and what is not to be found, where the clinic has set so. */
export function needsWitness(kind: TakenOut['kind'], twoPersonWaste: boolean): boolean {
  return kind === 'destroy' || ((kind === 'waste' || kind === 'lose') && twoPersonWaste)
}

const WHERETO = { waste: 'waste', lose: 'lost', 'send-back': 'returned', destroy: 'destroyed' } as const

/**
 * Part of a command: every lot of which something was moved for a session, held in the one order before any of them is settled. The
 * session is held by the caller.
 */
export async function lockLotsOfSession(
  { db, actor }: Pick<Needs, 'db' | 'actor'>,
  { id }: Pick<SessionRecord, 'id'>,
): Promise<Map<LotId, LotBalance>> {
  const moved = await movementsOfSession(db, actor.clinicId, id)
  return lockLots(
    db,
    actor.clinicId,
    moved.map(({ lotId }) => lotId),
  )
}

/**
 * Whether what the person was given is known, and the ledger has followed it: only then is the rest of the syringe left over. Where
 * no dose began nothing was given, and all of it is.
 */
export async function settled(needs: Needs, session: SessionRecord): Promise<boolean> {
  const { db, actor } = needs
  const events = (await eventsOfSessions(db, actor.clinicId, [session.id])).get(session.id) ?? []
  const state = foldSession(events)
  if (!leftOverIsKnown(state)) return false
  await settleGiven(needs, session.id, state)
  return true
}
