import type { ClinicProfile } from '../../platform/clinic-profile.ts'
import type { ReadNeeds } from '../../platform/command.server.ts'
import type { LocalDate } from '../../platform/time.ts'
import { localDateOf } from '../../platform/time.ts'
import { foldSession } from '../session/session.ts'
import type { SessionId } from '../session/session-event.ts'
import { eventsOfSessions, sessionRecord } from '../session/session-queries.server.ts'
import { sessionLedger } from './dose-movements.ts'
import { cabinets, movementsOfSession, openedVials } from './ledger-queries.server.ts'
import { type LotBalance, lots } from './lot-queries.server.ts'
import type { LedgerSettings } from './settings/ledger-settings.ts'
import { ledgerSettings } from './settings/settings-queries.server.ts'
import { itemOf, type StandingFacts, type StandingItem, standingItems } from './standing-stock.ts'

/** Everything that stands in the safe and the cabinets now, lot by lot, first to expire first. */
export type StandingNow = {
  readonly today: LocalDate
  readonly lots: readonly LotBalance[]
  /** Items of every lot, in the order of the lots. */
  readonly items: readonly StandingItem[]
  readonly facts: StandingFacts
  readonly settings: LedgerSettings
}

export async function standingNow(
  { db, at }: Pick<ReadNeeds, 'db' | 'at'>,
  { id: clinicId, timeZone }: Pick<ClinicProfile, 'id' | 'timeZone'>,
): Promise<StandingNow> {
  const all = await lots(db, clinicId)
  const ids = all.map(({ id }) => id)
  const vials = await openedVials(db, clinicId, ids)
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

/**
 * What is still in the syringe of a session, by the ledger.
 *
 * @returns undefined when there is no such session; `ended` says whether what was given is known
 */
export async function syringeOf(
  { db }: Pick<ReadNeeds, 'db'>,
  clinicId: ClinicProfile['id'],
  sessionId: SessionId,
  { lots: all, facts }: StandingNow,
) {
  const session = await sessionRecord(db, clinicId, sessionId)
  if (!session) return undefined
  const { dose } = foldSession((await eventsOfSessions(db, clinicId, [sessionId])).get(sessionId) ?? [])
  const drug = sessionLedger(sessionId, await movementsOfSession(db, clinicId, sessionId))
  const items = drug.flatMap(({ lotId, inSyringe: hundredths }) => {
    const lot = all.find(({ id }) => id === lotId)
    const place = { at: 'syringe', id: sessionId } as const
    return lot && hundredths > 0 ? [itemOf(lot, { lotId, place, hundredths }, facts)] : []
  })
  return { session, items, ended: dose?.ended !== undefined }
}
