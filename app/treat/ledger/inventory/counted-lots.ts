import type { Instant } from '../../../platform/time.ts'
import type { LotId } from '../../session/session-event.ts'
import type { Count, LotCount } from '../counts/count.ts'
import { type Movement, type Place, placeCode } from '../movement.ts'

/** That a lot was counted at a place: when the last who counted it signed, and what is known since. */
export type CountedLot = {
  readonly at: Instant
  /** Accounts that counted it. */
  readonly by: readonly string[]
  /** The count and the ledger told different amounts, or two counters did. */
  readonly differed: boolean
  /** Something of the lot was moved at the place after the count: the figure is no longer the counted one. */
  readonly movedSince: boolean
}

/** One text for a lot at a place. */
export const lotAtPlace = (place: Place, lotId: LotId) => `${placeCode(place)} ${lotId}`

/**
 * What finished counts say of each lot at each place, the newest of each. A lot that came after a count began was not part of it.
 *
 * @param counts in the order in which they began: two of a lot at a place never overlap
 * @param movements at the places of these counts, from the earliest count on
 * @param since counts of a lot before this do not speak of the day
 */
export function countedLots(
  counts: readonly { readonly count: Pick<Count, 'place'>; readonly state: readonly LotCount[] }[],
  movements: readonly Pick<Movement, 'seq' | 'lotId' | 'from' | 'to'>[],
  since: Instant,
): Map<string, CountedLot> {
  const counted = new Map<string, CountedLot>()
  for (const { count, state } of counts) {
    const here = placeCode(count.place)
    for (const { lotId, settled } of state) {
      const at = settled?.entries.map((entry) => entry.at).reduce((one, other) => (one > other ? one : other))
      if (!settled || !at || at < since) continue
      counted.set(lotAtPlace(count.place, lotId), {
        at,
        by: [...new Set(settled.entries.map(({ by }) => by))],
        differed: settled.verdicts.some(({ agrees }) => !agrees),
        movedSince: movements.some(
          ({ seq, lotId: of, from, to }) =>
            of === lotId &&
            seq > settled.atSeq &&
            (placeCode(from.place) === here || placeCode(to.place) === here),
        ),
      })
    }
  }
  return counted
}
