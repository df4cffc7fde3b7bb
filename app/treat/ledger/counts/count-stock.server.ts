import { isFreshStepUp, type StepUp } from '../../../identity/index.ts'
import type { Command, Needs } from '../../../platform/command.server.ts'
import type { Read } from '../../../platform/database.server.ts'
import type { ClinicId, Id } from '../../../platform/ids.ts'
import { done, refused } from '../../../platform/outcome.ts'
import { localDateOf } from '../../../platform/time.ts'
import { accountOf } from '../../session/recorder.ts'
import type { LotId } from '../../session/session-event.ts'
import { countStock } from '../../treat-access.ts'
import { type BalancesThrough, ledgerBalances } from '../balances-through.server.ts'
import { cabinets, ledgerEnd, lockLedgerHead, movementsAtPlace } from '../ledger-queries.server.ts'
import { knownLots } from '../lot-queries.server.ts'
import { placeCode, type StorePlace } from '../movement.ts'
import { ledgerSettings } from '../settings/settings-queries.server.ts'
import { nextBusinessDay } from './business-day.ts'
import {
  type Count,
  type CountId,
  type CountLedger,
  type CountLine,
  type CountSheet,
  foldCount,
  itemCode,
  itemsAt,
  type LotCount,
  lotsOwedBy,
  type SheetId,
} from './count.ts'
import {
  countById,
  countsUnderWay,
  insertCount,
  insertCountEnd,
  insertSheet,
  type KeptCount,
  sheetsOfCounts,
} from './count-queries.server.ts'
import type { DiscrepancyId } from './discrepancy.ts'
import { insertDiscrepancy, openDiscrepancies } from './discrepancy-queries.server.ts'

export type BegunCount = {
  /** Becomes the count's id, so that a form sent twice begins one. */
  readonly key: CountId
  readonly place: StorePlace
  /** Only this lot; all that stand there when left out. */
  readonly lotId?: LotId
}

/** Begins a count of a place. A place is counted by one count at a time. */
export const beginCount: Command<
  BegunCount,
  { readonly countId: CountId },
  'no-such-place' | 'no-such-lot' | 'nothing-stands-there' | 'count-under-way' | 'recorded-otherwise'
> = {
  action: countStock,
  async run({ db, at, actor, audit, tell }, { key, place, lotId }) {
    const balances = ledgerBalances(db, actor.clinicId)
    // Before the end is held: then only what is moved meanwhile is left to sum.
    await balances(await ledgerEnd(db, actor.clinicId))
    const head = await lockLedgerHead(db, actor.clinicId)
    const stored = await countById(db, actor.clinicId, key)
    if (stored) {
      const same = placeCode(stored.place) === placeCode(place) && stored.lotId === lotId
      return same ? done({ countId: key }) : refused('recorded-otherwise')
    }
    if (place.at === 'cabinet' && !(await cabinets(db, actor.clinicId)).some(({ id }) => id === place.id)) {
      return refused('no-such-place')
    }
    if (lotId && !(await knownLots(db, actor.clinicId)).some(({ id }) => id === lotId))
      return refused('no-such-lot')
    const other = (await countsUnderWay(db, actor.clinicId)).find(
      (each) => placeCode(each.place) === placeCode(place) && (!each.lotId || !lotId || each.lotId === lotId),
    )
    if (other) return refused('count-under-way', { countId: other.id })
    const standing = await balances(head.seq)
    if (!lotId && !standing.some((balance) => placeCode(balance.place) === placeCode(place))) {
      return refused('nothing-stands-there')
    }
    const { twoPersonCount } = await ledgerSettings(db, actor.clinicId)
    await insertCount(db, actor.clinicId, {
      id: key,
      place,
      ...(lotId ? { lotId } : {}),
      people: twoPersonCount ? 2 : 1,
      begunAt: at,
      begunBy: accountOf(actor),
      begunSeq: head.seq,
    })
    audit.write(countStock.id, { object: 'stock-count', objectId: key, detail: { step: 'begun' } })
    tell('stock.count', { countId: key })
    return done({ countId: key })
  },
}

/** A count with its sheets, the ledger beside it, and what follows from them. */
export type CountInWork = {
  readonly count: KeptCount
  readonly sheets: readonly CountSheet[]
  readonly ledger: CountLedger
  readonly state: readonly LotCount[]
}

/**
 * A count with what follows from its sheets.
 *
 * @param through the end of the ledger; what was moved after the last sheet of an ended count says nothing of it
 * @param balances sums of the ledger that the caller has kept
 */
export async function countInWork(
  db: Read,
  clinicId: ClinicId,
  id: CountId,
  through: number,
  balances: BalancesThrough = ledgerBalances(db, clinicId),
): Promise<CountInWork | undefined> {
  const count = await countById(db, clinicId, id)
  if (!count) return undefined
  const sheets = (await sheetsOfCounts(db, clinicId, [id])).get(id) ?? []
  const last = count.end ? Math.max(count.begunSeq, ...sheets.map(({ enteredSeq }) => enteredSeq)) : through
  const atBegin = (await balances(count.begunSeq)).filter(
    ({ place }) => placeCode(place) === placeCode(count.place),
  )
  const ledger = {
    atBegin,
    movements: await movementsAtPlace(db, clinicId, count.place, count.begunSeq, last),
  }
  return { count, sheets, ledger, state: foldCount(count, sheets, ledger) }
}

export type EnteredSheet = {
  /** Becomes the sheet's id. */
  readonly key: SheetId
  readonly countId: CountId
  /** The end of the ledger when the page to count by was drawn. */
  readonly seenSeq: number
  readonly lines: readonly CountLine[]
  readonly besides: string
  readonly stepUp: StepUp
  /** In whose zone a business day ends. */
  readonly timeZone: string
}

/**
 * Takes in what one person saw, signed by themselves. Whoever has counted a lot in this round counts it again only in the next. The
 * last sheet that a lot needs settles it, opens a discrepancy where counted and ledger differ and none is open yet, and ends the
 * count with the last lot.
 */
export const enterSheet: Command<
  EnteredSheet,
  { readonly settled: number; readonly discrepancies: readonly DiscrepancyId[] },
  'not-confirmed' | 'no-such-count' | 'count-ended' | 'counted-already' | 'other-list' | 'recorded-otherwise'
> = {
  action: countStock,
  async run(needs, input) {
    const { db, at, ids, actor, audit, tell } = needs
    if (!isFreshStepUp(input.stepUp, actor, at)) return refused('not-confirmed')
    const balances = ledgerBalances(db, actor.clinicId)
    const begun = await countById(db, actor.clinicId, input.countId)
    if (begun) await balances(begun.begunSeq)
    // Nothing is moved and no other sheet comes between reading the ledger and writing this one.
    const head = await lockLedgerHead(db, actor.clinicId)
    const before = await countInWork(db, actor.clinicId, input.countId, head.seq, balances)
    if (!before) return refused('no-such-count')
    const { count, sheets, ledger, state } = before
    const by = accountOf(actor)
    const stored = sheets.find(({ id }) => id === input.key)
    if (stored) {
      const same =
        stored.by === by &&
        stored.besides === input.besides &&
        figuresOf(stored.lines) === figuresOf(input.lines)
      return same ? done({ settled: 0, discrepancies: [] }) : refused('recorded-otherwise')
    }
    if (count.end) return refused('count-ended')
    const owed = lotsOwedBy(state, by)
    if (owed.length === 0) return refused('counted-already')
    const fits = input.seenSeq >= count.begunSeq && input.seenSeq <= head.seq
    const asked = itemsAt(owed, ledger, count.place, input.seenSeq).map(itemCode).toSorted()
    if (!fits || asked.join() !== input.lines.map(itemCode).toSorted().join()) return refused('other-list')
    const sheet: CountSheet = {
      id: input.key,
      number: sheets.length + 1,
      by,
      at,
      seenSeq: input.seenSeq,
      enteredSeq: head.seq,
      lines: input.lines,
      besides: input.besides,
    }
    await insertSheet(
      db,
      actor.clinicId,
      count.id,
      sheet,
      sheet.lines.map(() => ids.next<'count-line'>()),
    )
    const after = foldCount(count, [...sheets, sheet], ledger)
    const settled = after.filter((lot, index) => lot.settled && !state[index]!.settled)
    const discrepancies = await openDiscrepanciesOf(needs, count, settled, input.timeZone)
    if (after.every((lot) => lot.settled)) {
      await insertCountEnd(db, actor.clinicId, count.id, { how: 'finished', reason: '', at, by })
    }
    audit.write(countStock.id, {
      object: 'stock-count',
      objectId: count.id,
      detail: { step: 'sheet', discrepancies: discrepancies.length },
    })
    tell('stock.count', { countId: count.id })
    return done({ settled: settled.length, discrepancies })
  },
}

const figuresOf = (lines: readonly CountLine[]) =>
  lines
    .map((line) => `${itemCode(line)} ${line.sealed ?? ''} ${line.hundredths}`)
    .toSorted()
    .join()

async function openDiscrepanciesOf(
  { db, at, ids, actor }: Needs,
  count: Count,
  settled: readonly LotCount[],
  timeZone: string,
): Promise<DiscrepancyId[]> {
  const opened: DiscrepancyId[] = []
  // What is open of an item takes in the figures of the newest count; a second one would move the same difference twice.
  const open = new Set(
    (await openDiscrepancies(db, actor.clinicId))
      .filter((each) => placeCode(each.place) === placeCode(count.place))
      .map(itemCode),
  )
  for (const { verdicts, atSeq } of settled.flatMap((lot) => lot.settled ?? [])) {
    for (const { lotId, container, expected, counted, agrees } of verdicts) {
      if (agrees || open.has(itemCode({ lotId, ...(container ? { container } : {}) }))) continue
      const id: DiscrepancyId = ids.next()
      await insertDiscrepancy(db, actor.clinicId, {
        id,
        countId: count.id,
        place: count.place,
        lotId,
        ...(container ? { container } : {}),
        expected,
        counted,
        atSeq,
        openedAt: at,
        dueOn: nextBusinessDay(localDateOf(at, timeZone)),
      })
      opened.push(id)
    }
  }
  return opened
}

/** Ends a count that will not be finished, with a reason. What was entered stays on record. */
export const stopCount: Command<
  { readonly countId: CountId; readonly reason: string },
  { readonly countId: Id<'stock-count'> },
  'no-such-count' | 'count-ended' | 'recorded-otherwise'
> = {
  action: countStock,
  async run({ db, at, actor, audit, tell }, { countId, reason }) {
    await lockLedgerHead(db, actor.clinicId)
    const count = await countById(db, actor.clinicId, countId)
    if (!count) return refused('no-such-count')
    if (count.end?.how === 'finished') return refused('count-ended')
    const by = accountOf(actor)
    if (count.end) {
      const same = count.end.by === by && count.end.reason === reason
      return same ? done({ countId }) : refused('recorded-otherwise')
    }
    await insertCountEnd(db, actor.clinicId, countId, { how: 'stopped', reason, at, by })
    audit.write(countStock.id, { object: 'stock-count', objectId: countId, detail: { step: 'stopped' } })
    tell('stock.count', { countId })
    return done({ countId })
  },
}
