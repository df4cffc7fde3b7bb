import { createHash } from 'node:crypto'
import { accountNames } from '../../../identity/index.server.ts'
import { isFreshStepUp, type StepUp } from '../../../identity/index.ts'
import type { ClinicProfile } from '../../../platform/clinic-profile.ts'
import type { Command } from '../../../platform/command.server.ts'
import type { Read } from '../../../platform/database.server.ts'
import { done, refused } from '../../../platform/outcome.ts'
import { type Instant, instantAt, localDateOf, momentInWords, timeInWords } from '../../../platform/time.ts'
import { accountOf } from '../../session/recorder.ts'
import type { LotId } from '../../session/session-event.ts'
import { signInventory as signAction } from '../../treat-access.ts'
import { type BalancesThrough, ledgerBalances } from '../balances-through.server.ts'
import { countsFinishedSince } from '../counts/count-queries.server.ts'
import { type CountInWork, countInWork } from '../counts/count-stock.server.ts'
import { countedInWords, countItemInWords, placeTitle } from '../counts/count-words.ts'
import { openDiscrepancies } from '../counts/discrepancy-queries.server.ts'
import { stockFacts } from '../counts/stock-facts.server.ts'
import { ledgerEnd, lockLedgerHead, movementsAtPlace } from '../ledger-queries.server.ts'
import { type Movement, type Place, placeCode } from '../movement.ts'
import { placeInWords } from '../movement-words.ts'
import { checkWitness, type WitnessRefusal } from '../witness.server.ts'
import { countedLots, lotAtPlace } from './counted-lots.ts'
import {
  type InventoryCount,
  type InventoryDocument,
  type InventoryDraft,
  type InventoryId,
  type InventoryKind,
  inventoryRows,
} from './inventory.ts'
import {
  insertInventory,
  inventories,
  inventoryById,
  type SignedInventory,
} from './inventory-queries.server.ts'

type Clinic = Pick<ClinicProfile, 'id' | 'name' | 'addressLines' | 'city' | 'region' | 'timeZone'>

/**
 * What an inventory would say now.
 *
 * @param through sums of the ledger that the caller has kept
 */
export async function draftInventory(
  db: Read,
  clinic: Clinic,
  at: Instant,
  through: BalancesThrough = ledgerBalances(db, clinic.id),
): Promise<InventoryDraft> {
  const ledgerSeq = await ledgerEnd(db, clinic.id)
  const { lotOf, vials, cabinetNames } = await stockFacts(db, clinic.id)
  const countOf = await countsOfDay(db, clinic, at, ledgerSeq, through)
  const balances = await through(ledgerSeq)
  const standing = new Map<string, Place>([['safe', { at: 'safe' }]])
  for (const { place } of balances) if (place.at === 'cabinet') standing.set(placeCode(place), place)
  return {
    version: 1,
    clinic: clinic.name,
    address: [...clinic.addressLines, [clinic.city, clinic.region].filter(Boolean).join(', ')].filter(
      Boolean,
    ),
    ledgerSeq,
    places: [...standing.values()].map((place) => placeInWords(place, cabinetNames)),
    rows: inventoryRows(balances, lotOf, cabinetNames, countOf),
    discrepancies: (await openDiscrepancies(db, clinic.id)).map((each) => {
      const lot = lotOf.get(each.lotId)
      const counted =
        each.counted === undefined
          ? 'two counters did not agree'
          : `${countedInWords(each.counted, each, lot)} counted`
      return `${placeTitle(each.place, cabinetNames)}, lot ${lot?.lotNumber ?? 'unknown'}, ${countItemInWords(each, lot, vials)}: ${counted}, ${countedInWords(each.expected, each, lot)} in the ledger, open since ${momentInWords(each.openedAt, clinic.timeZone)}`
    }),
  }
}

/** What counts finished on this day say of a lot at a place, with what was moved since. */
async function countsOfDay(
  db: Read,
  { id: clinicId, timeZone }: Clinic,
  at: Instant,
  ledgerSeq: number,
  through: BalancesThrough,
): Promise<(place: Place, lotId: LotId) => InventoryCount | null> {
  const dayBegan = instantAt(localDateOf(at, timeZone), '00:00', timeZone)
  const works: CountInWork[] = []
  const movements: Movement[] = []
  for (const { id, place, begunSeq } of await countsFinishedSince(db, clinicId, dayBegan)) {
    const work = await countInWork(db, clinicId, id, ledgerSeq, through)
    if (work) works.push(work)
    movements.push(...(await movementsAtPlace(db, clinicId, place, begunSeq, ledgerSeq)))
  }
  const counted = countedLots(works, movements, dayBegan)
  const names = await accountNames(
    db,
    [...counted.values()].flatMap(({ by }) => by),
  )
  return (place, lotId) => {
    const count = counted.get(lotAtPlace(place, lotId))
    if (!count) return null
    const { at: when, by, differed, movedSince } = count
    return {
      when: timeInWords(when, timeZone),
      by: by.map((account) => names.get(account) ?? 'unknown'),
      differed,
      movedSince,
    }
  }
}

/** SHA-256 in hex of a text, or of a value as JSON. */
export function digestOf(value: string | InventoryDraft): string {
  return createHash('sha256')
    .update(typeof value === 'string' ? value : JSON.stringify(value))
    .digest('hex')
}

export type InventoryToSign = {
  /** Becomes the document's id. */
  readonly key: InventoryId
  readonly kind: InventoryKind
  readonly dayPart: InventoryDocument['dayPart']
  /** `digestOf` the draft that stood on the page. */
  readonly shown: string
  readonly clinic: Clinic
  readonly stepUp: StepUp
  readonly second: StepUp
}

/**
 * Signs an inventory with a second person. The first one of a clinic is the initial inventory, and no later one is. What is signed is
 * kept as text with its digest and never changes.
 */
export const signInventory: Command<
  InventoryToSign,
  { readonly id: InventoryId },
  'not-confirmed' | 'not-as-shown' | 'not-the-first' | 'is-the-first' | 'recorded-otherwise' | WitnessRefusal
> = {
  action: signAction,
  async run(needs, { key, kind, dayPart, shown, clinic, stepUp, second }) {
    const { db, at, actor, audit, tell } = needs
    if (!isFreshStepUp(stepUp, actor, at)) return refused('not-confirmed')
    const balances = ledgerBalances(db, actor.clinicId)
    // Everything is summed before the end is held; afterwards only what is moved meanwhile.
    await draftInventory(db, clinic, at, balances)
    // Nothing is moved, counted or signed between the draft and the document.
    await lockLedgerHead(db, actor.clinicId)
    const stored = await inventoryById(db, actor.clinicId, key)
    if (stored) {
      return isSame(stored, { kind, dayPart, shown, by: accountOf(actor), second: second.accountId })
        ? done({ id: key })
        : refused('recorded-otherwise')
    }
    const witness = await checkWitness(needs, second, true)
    if (!witness.ok) return refused(witness.reason)
    const before = await inventories(db, actor.clinicId)
    if (kind === 'initial' && before.length > 0) return refused('not-the-first')
    if (kind !== 'initial' && before.length === 0) return refused('is-the-first')
    const draft = await draftInventory(db, clinic, at, balances)
    if (digestOf(draft) !== shown) return refused('not-as-shown')
    const [signedBy, secondSignedBy] = [accountOf(actor), witness.witness!]
    const names = await accountNames(db, [signedBy, secondSignedBy])
    const document: InventoryDocument = {
      ...draft,
      kind,
      takenOn: localDateOf(at, clinic.timeZone),
      dayPart,
      at,
      when: momentInWords(at, clinic.timeZone),
      signedBy: names.get(signedBy) ?? 'unknown',
      secondSignedBy: names.get(secondSignedBy) ?? 'unknown',
    }
    const text = JSON.stringify(document)
    await insertInventory(db, actor.clinicId, {
      id: key,
      text,
      document,
      digest: digestOf(text),
      signedBy,
      secondSignedBy,
    })
    audit.write(signAction.id, { object: 'stock-inventory', objectId: key, detail: { kind } })
    tell('stock.inventory', { inventoryId: key })
    return done({ id: key })
  },
}

/** Whether an inventory on record is what is signed again: the same draft, called the same, by the same two. */
function isSame(
  { signedBy, secondSignedBy, document }: SignedInventory,
  again: Pick<InventoryToSign, 'kind' | 'dayPart' | 'shown'> & {
    readonly by: string
    readonly second: string
  },
): boolean {
  const {
    kind,
    takenOn: _day,
    dayPart,
    at: _at,
    when: _when,
    signedBy: _by,
    secondSignedBy: _second,
    ...draft
  } = document
  return (
    kind === again.kind &&
    dayPart === again.dayPart &&
    digestOf(draft) === again.shown &&
    signedBy === again.by &&
    secondSignedBy === again.second
  )
}
