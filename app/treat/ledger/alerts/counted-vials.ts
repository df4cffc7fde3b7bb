import type { Instant } from '../../../platform/time.ts'
import { type Count, type CountSheet, foldCount } from '../counts/count.ts'
import { balancesOf, type Movement, placeCode } from '../movement.ts'
import type { CountedLot } from './alert.ts'

/**
 * What finished counts said of opened vials beside the ledger. Sealed stock is left out: its counts agree exactly, or have a task.
 *
 * @param movements of so many days that every vial of these counts was opened within them: what such a vial held then is their sum
 */
export function countedVials(
  counts: readonly Count[],
  sheetsOf: ReadonlyMap<Count['id'], readonly CountSheet[]>,
  movements: readonly Movement[],
): CountedLot[] {
  const ordered = movements.toSorted((a, b) => a.seq - b.seq)
  return counts.flatMap((count) => {
    const here = placeCode(count.place)
    const ledger = {
      atBegin: balancesOf(ordered.filter(({ seq }) => seq <= count.begunSeq)).filter(
        ({ place }) => placeCode(place) === here,
      ),
      movements: ordered.filter(
        ({ seq, from, to }) =>
          seq > count.begunSeq && (placeCode(from.place) === here || placeCode(to.place) === here),
      ),
    }
    return foldCount(count, sheetsOf.get(count.id) ?? [], ledger).flatMap(({ settled, lotId }) => {
      if (!settled) return []
      const at = settled.entries
        .map((entry) => entry.at)
        .sort()
        .at(-1) as Instant
      return settled.verdicts.flatMap(({ container, expected, counted }): CountedLot[] =>
        container === undefined || counted === undefined
          ? []
          : [
              {
                id: `${count.id} ${container}`,
                at,
                lotId,
                container,
                place: count.place,
                expectedHundredths: expected,
                countedHundredths: counted,
                counters: settled.entries.map(({ by }) => by),
              },
            ],
      )
    })
  })
}
