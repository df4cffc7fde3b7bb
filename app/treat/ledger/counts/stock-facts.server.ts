import type { Read } from '../../../platform/database.server.ts'
import type { ClinicId } from '../../../platform/ids.ts'
import type { LotId } from '../../session/session-event.ts'
import { cabinets, type OpenedVial, openedVials } from '../ledger-queries.server.ts'
import { type DrugLot, knownLots } from '../lot-queries.server.ts'
import type { CabinetNames } from '../movement-words.ts'

/** What pages of counts and inventories call things by. */
export type StockFacts = {
  readonly lotOf: ReadonlyMap<LotId, DrugLot>
  readonly vials: readonly OpenedVial[]
  readonly cabinetNames: CabinetNames
}

/** Every lot, opened vial and cabinet of a clinic by its name. */
export async function stockFacts(db: Read, clinicId: ClinicId): Promise<StockFacts> {
  const all = await knownLots(db, clinicId)
  const vials = await openedVials(
    db,
    clinicId,
    all.map(({ id }) => id),
  )
  const places = await cabinets(db, clinicId)
  return {
    lotOf: new Map(all.map((lot) => [lot.id, lot])),
    vials,
    cabinetNames: new Map(places.map(({ id, name }) => [id, name])),
  }
}
