import type { Needs } from '../../platform/command.server.ts'
import { MINUTE_MS, msBetween } from '../../platform/time.ts'
import { accountOf } from '../session/recorder.ts'
import type { LotId } from '../session/session-event.ts'
import { balancesOfLots, insertMovements, lockLedgerHead, recordedAtOf } from './ledger-queries.server.ts'
import {
  type Balance,
  balancesOf,
  HOLDS,
  heldAt,
  joins,
  type Movement,
  microgramsOf,
  type PlannedMovement,
} from './movement.ts'

/** Two who write at once may pass each other by less; a row that is older by more was written by another clock. */
const SAME_CLOCK_MS = MINUTE_MS

/** A movement would take more than stands where it takes from. */
export type Overdrawn = { readonly lotId: LotId; readonly holds: number; readonly asked: number }

/**
 * Part of a command: writes the movements of one act behind the clinic's chain, or says which takes more than is there. The caller
 * holds the lots (`lockLot`), so that of two who take the last of a vial one is answered after the other. Rows stand in the
 * order given, and each sees those before it. No row is recorded before the one it follows: where the server's clock was set back,
 * it takes that row's time and keeps the clock's own in its detail (`serverClock`, decision 0022).
 *
 * @param strengthOf mg per mL or per unit of each lot
 * @throws when a movement joins places its kind does not join, or moves no whole hundredths: a fault of ours, never of input
 */
export async function appendMovements(
  { db, at, actor, tell }: Pick<Needs, 'db' | 'at' | 'actor' | 'tell'>,
  strengthOf: ReadonlyMap<LotId, number>,
  planned: readonly PlannedMovement[],
): Promise<{ readonly ok: true } | ({ readonly ok: false } & Overdrawn)> {
  const [first] = planned
  if (!first) return { ok: true }
  const lotIds = [...new Set(planned.map(({ lotId }) => lotId))]
  const standing = await balancesOfLots(db, actor.clinicId, lotIds)
  for (const [index, movement] of planned.entries()) {
    const { lotId, from, to, hundredths, kind } = movement
    if (!joins(kind, from, to) || !Number.isInteger(hundredths) || hundredths <= 0) {
      throw new Error(
        `a ${kind} of ${hundredths} hundredths from ${from.place.at} to ${to.place.at} is no movement`,
      )
    }
    if (!HOLDS.includes(from.place.at)) continue
    const ofLot = (balance: Balance) => balance.lotId === lotId
    const holds = heldAt([...standing, ...balancesOf(planned.slice(0, index))].filter(ofLot), from)
    if (holds < hundredths) return { ok: false, lotId, holds, asked: hundredths }
  }
  const head = await lockLedgerHead(db, actor.clinicId)
  const by = accountOf(actor)
  const last = head.seq > 0 ? await recordedAtOf(db, actor.clinicId, head.seq) : undefined
  const recordedAt = last !== undefined && last > at ? last : at
  const setBack = msBetween(at, recordedAt) > SAME_CLOCK_MS
  const movements = planned.map((movement, index): Movement => {
    const strength = strengthOf.get(movement.lotId)
    if (strength === undefined) throw new Error(`no strength of lot ${movement.lotId}`)
    return {
      ...movement,
      seq: head.seq + 1 + index,
      actId: first.id,
      recordedAt,
      micrograms: microgramsOf(movement.hundredths, strength),
      by,
      ...(setBack ? { detail: { ...movement.detail, serverClock: at } } : {}),
    }
  })
  await insertMovements(db, actor.clinicId, head, movements)
  for (const lotId of lotIds) tell('stock.changed', { lotId })
  return { ok: true }
}
