import type { ClinicProfile } from '../../platform/clinic-profile.ts'
import type { ReadNeeds } from '../../platform/command.server.ts'
import type { LocalDate } from '../../platform/time.ts'
import { localDateOf } from '../../platform/time.ts'
import { foldSession } from '../session/session.ts'
import type { LotId, SessionId } from '../session/session-event.ts'
import { eventsOfSessions, sessionRecord } from '../session/session-queries.server.ts'
import { followed, givenToFollow, leftOverIsKnown, sessionLedger, wasteToSetRight } from './dose-movements.ts'
import { cabinets, movementsOfSession, openedVials } from './ledger-queries.server.ts'
import { type LotBalance, lots } from './lot-queries.server.ts'
import { type Balance, isStore, type Movement } from './movement.ts'
import { balancesBefore } from './sent-again.ts'
import type { LedgerSettings } from './settings/ledger-settings.ts'
import { ledgerSettings } from './settings/settings-queries.server.ts'
import { itemOf, type StandingFacts, type StandingItem, standingItems } from './standing-stock.ts'

/** Everything that stands in the safe and the cabinets now, lot by lot, first to expire first. */
export type StandingNow = {
  readonly today: LocalDate
  readonly lots: readonly LotBalance[]
  /** Items of every lot, in the order of the lots. */
  readonly items: readonly StandingItem[]
  /** Vials of lots of which something stands. */
  readonly facts: StandingFacts
  readonly settings: LedgerSettings
}

/**
 * Reads it.
 *
 * @param act what is on record of a form that is sent again: it is read against what stood before that
 */
export async function standingNow(
  { db, at }: Pick<ReadNeeds, 'db' | 'at'>,
  { id: clinicId, timeZone }: Pick<ClinicProfile, 'id' | 'timeZone'>,
  act: readonly Movement[] = [],
): Promise<StandingNow> {
  const all = (await lots(db, clinicId)).map((lot) =>
    act.some(({ lotId }) => lotId === lot.id)
      ? { ...lot, standing: balancesBefore(lot.standing, act).filter(isOf(lot.id)) }
      : lot,
  )
  const there = all.filter(({ standing }) => standing.length > 0)
  const vials = await openedVials(
    db,
    clinicId,
    there.map(({ id }) => id),
  )
  const names = new Map((await cabinets(db, clinicId)).map(({ id, name }) => [id, name]))
  const settings = await ledgerSettings(db, clinicId)
  const facts = { cabinets: names, vials, settings, at, timeZone }
  return {
    today: localDateOf(at, timeZone),
    lots: all,
    items: all.flatMap((lot) => standingItems(lot, facts)),
    facts,
    settings,
  }
}

const isOf =
  (lotId: LotId) =>
  (balance: Balance): boolean =>
    balance.lotId === lotId && isStore(balance.place)

/**
 * What is still in the syringe of a session, by the ledger as it is once it has followed the log: recording anything of the session does.
 *
 * @param act left out of it: that of a form that is sent again
 * @returns undefined when there is no such session; `ended` says whether what is left over is known; `wrong` is waste that was given, as the log
 * says
 */
export async function syringeOf(
  { db }: Pick<ReadNeeds, 'db'>,
  clinicId: ClinicProfile['id'],
  sessionId: SessionId,
  { lots: all, facts }: StandingNow,
  act: readonly Movement[] = [],
) {
  const session = await sessionRecord(db, clinicId, sessionId)
  if (!session) return undefined
  const state = foldSession((await eventsOfSessions(db, clinicId, [sessionId])).get(sessionId) ?? [])
  const movements = (await movementsOfSession(db, clinicId, sessionId)).filter(
    ({ seq }) => !act.some((movement) => movement.seq === seq),
  )
  const ledger = sessionLedger(sessionId, movements)
  const drug = followed(state.dose, ledger)
  const items = drug.flatMap(({ lotId, inSyringe: hundredths }) => {
    const lot = all.find(({ id }) => id === lotId)
    const place = { at: 'syringe', id: sessionId } as const
    return lot && hundredths > 0 ? [itemOf(lot, { lotId, place, hundredths }, facts)] : []
  })
  const wrong = wasteToSetRight(state.dose, drug)
  /** By the log more or less was given than the ledger has yet. */
  const follows = givenToFollow(state.dose, ledger).length > 0
  return { session, items, ended: leftOverIsKnown(state), wrong, follows }
}
