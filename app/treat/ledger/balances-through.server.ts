import type { Read } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import { changesBetween } from './ledger-queries.server.ts'
import { type Balance, placeCode } from './movement.ts'

/**
 * What stood everywhere once the movement with this number was written, of every lot, by lot and vial. Zero balances are left out.
 *
 * @param seq no further than the end of the ledger as it was read
 */
export type BalancesThrough = (seq: number) => Promise<readonly Balance[]>

/**
 * Sums of the ledger within one transaction. Rows once written never change, so what was summed is kept, and a later number adds only
 * the rows between: whoever is about to hold the end of the ledger asks for what they will need before, and everybody else waits
 * for a handful of rows instead of all of them (a million take some seconds).
 */
export function ledgerBalances(db: Read, clinicId: ClinicId): BalancesThrough {
  const known = new Map<number, readonly Balance[]>()
  return async (seq) => {
    const summed = known.get(seq)
    if (summed) return summed
    const base = Math.max(0, ...[...known.keys()].filter((each) => each < seq))
    const changes = await changesBetween(db, clinicId, base, seq)
    const balances = added(known.get(base) ?? [], changes)
    known.set(seq, balances)
    return balances
  }
}

/** Both lists as one, in the order in which the database gives it. */
export function added(before: readonly Balance[], changes: readonly Balance[]): readonly Balance[] {
  if (before.length === 0 || changes.length === 0) return before.length === 0 ? changes : before
  const sums = new Map(before.map((balance) => [codeOf(balance), balance]))
  for (const change of changes) {
    const hundredths = (sums.get(codeOf(change))?.hundredths ?? 0) + change.hundredths
    if (hundredths === 0) sums.delete(codeOf(change))
    else sums.set(codeOf(change), { ...change, hundredths })
  }
  return [...sums.values()].toSorted(
    (a, b) =>
      compare(a.lotId, b.lotId) ||
      compare(a.container ?? '', b.container ?? '') ||
      compare(placeCode(a.place), placeCode(b.place)),
  )
}

const codeOf = ({ lotId, place, container }: Balance) => `${lotId} ${placeCode(place)} ${container ?? ''}`
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
