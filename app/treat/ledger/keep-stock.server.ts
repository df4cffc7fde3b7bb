import type { Command } from '../../platform/command.server.ts'
import type { Id } from '../../platform/ids.ts'
import { done, refused } from '../../platform/outcome.ts'
import { accountOf } from '../session/recorder.ts'
import type { LotId } from '../session/session-event.ts'
import { addCabinet as addCabinetAction, recallLot as recallAction } from '../treat-access.ts'
import { sameLotNumber } from './barcode/match-lot.ts'
import { cabinets, insertCabinet } from './ledger-queries.server.ts'
import { insertRecall, knownLots, lockLots, recallById, recallsOf } from './lot-queries.server.ts'
import type { CabinetId } from './movement.ts'

/** A further place to keep drug: a cabinet in a room. Its name is never used twice. */
export const addCabinet: Command<
  { readonly key: CabinetId; readonly name: string },
  { readonly cabinetId: CabinetId },
  'name-taken' | 'recorded-otherwise'
> = {
  action: addCabinetAction,
  async run({ db, at, actor, audit }, { key, name }) {
    const there = await cabinets(db, actor.clinicId)
    const stored = there.find(({ id }) => id === key)
    if (stored) return stored.name === name ? done({ cabinetId: key }) : refused('recorded-otherwise')
    // Two that differ by case alone would be taken for one another.
    if (there.some((cabinet) => cabinet.name.toLowerCase() === name.toLowerCase()))
      return refused('name-taken')
    if (!(await insertCabinet(db, actor.clinicId, { id: key, name, at, by: accountOf(actor) }))) {
      // Somebody else was quicker, perhaps with this very form.
      const now = (await cabinets(db, actor.clinicId)).find(({ id }) => id === key)
      return now?.name === name ? done({ cabinetId: key }) : refused('name-taken')
    }
    audit.write(addCabinetAction.id, { object: 'cabinet', objectId: key })
    return done({ cabinetId: key })
  },
}

export type Recall = {
  readonly key: Id<'lot-recall'>
  readonly lotId: LotId
  readonly state: 'recalled' | 'cleared'
  readonly reason: string
}

/**
 * Calls a lot back, or says that this is over. It holds for every delivery of the same lot number and drug: the maker calls back
 * the lot, not one box of it.
 */
export const recallLot: Command<
  Recall,
  { readonly deliveries: number },
  'no-such-lot' | 'already-so' | 'recorded-otherwise'
> = {
  action: recallAction,
  async run({ db, at, ids, actor, audit, tell }, { key, lotId, state, reason }) {
    const all = await knownLots(db, actor.clinicId)
    const named = all.find(({ id }) => id === lotId)
    if (!named) return refused('no-such-lot')
    const same = all.filter(
      (other) => other.drug === named.drug && sameLotNumber(other.lotNumber, named.lotNumber),
    )
    // Whoever draws from one of these deliveries just now comes before us or after. In the order in which a dose locks them.
    await lockLots(
      db,
      actor.clinicId,
      same.map(({ id }) => id),
    )
    const recalled = (await recallsOf(db, actor.clinicId, [named])).size > 0
    const by = accountOf(actor)
    if (!(await insertRecall(db, actor.clinicId, { id: key, lotId, state, reason, at, by }))) {
      const stored = await recallById(db, actor.clinicId, key)
      const isSame = stored?.lotId === lotId && stored.state === state && stored.reason === reason
      return isSame ? done({ deliveries: same.length }) : refused('recorded-otherwise')
    }
    if (recalled === (state === 'recalled')) return refused('already-so')
    for (const other of same) {
      if (other.id !== lotId) {
        const row = { id: ids.next<'lot-recall'>(), lotId: other.id, state, reason, at, by }
        await insertRecall(db, actor.clinicId, row)
      }
      tell('stock.changed', { lotId: other.id })
    }
    audit.write(recallAction.id, { object: 'lot', objectId: lotId, detail: { state } })
    return done({ deliveries: same.length })
  },
}
