import type { Id } from '../../../platform/ids.ts'
import { addDays, type Instant, type LocalDate } from '../../../platform/time.ts'
import type { LotId } from '../../session/session-event.ts'
import type { DrugLot } from '../lot-queries.server.ts'
import { type Balance, microgramsOf, ON_HAND, type Place, placeCode } from '../movement.ts'
import { type CabinetNames, placeInWords } from '../movement-words.ts'
import { strengthInWords } from '../standing-stock.ts'

export type InventoryId = Id<'stock-inventory'>

export const INVENTORY_KINDS = ['initial', 'biennial', 'on-demand'] as const
export type InventoryKind = (typeof INVENTORY_KINDS)[number]

/** What stands of one lot at one place. */
export type InventoryRow = {
  readonly place: string
  readonly drug: string
  readonly form: DrugLot['form']
  readonly strength: string
  readonly lotNumber: string
  readonly expiresOn: LocalDate
  /** mL of one sealed vial; null for units. */
  readonly containerMl: number | null
  /** Sealed vials, or units. */
  readonly sealed: number
  /** Opened vials, and what is in them: with it what stands sealed on record and is no whole vial. */
  readonly opened: number
  readonly openedHundredths: number
  readonly hundredths: number
  readonly micrograms: number
  /** What a count of the same day says of this lot at this place; null where none included it. */
  readonly counted: InventoryCount | null
}

export type InventoryCount = {
  readonly when: string
  readonly by: readonly string[]
  readonly differed: boolean
  readonly movedSince: boolean
}

/** What two people sign: figures and what they rest on, all in words that need no look-up. */
export type InventoryDraft = {
  readonly version: 1
  readonly clinic: string
  readonly address: readonly string[]
  /** The number of the ledger's last movement that it covers. */
  readonly ledgerSeq: number
  /** The safe and every cabinet that holds something. */
  readonly places: readonly string[]
  readonly rows: readonly InventoryRow[]
  /** Differences that are not closed, a sentence each. */
  readonly discrepancies: readonly string[]
}

export type InventoryDocument = InventoryDraft & {
  readonly kind: InventoryKind
  readonly takenOn: LocalDate
  readonly dayPart: 'opening' | 'close'
  readonly at: Instant
  readonly when: string
  readonly signedBy: string
  readonly secondSignedBy: string
}

/**
 * What is on hand by place and lot: the safe, then cabinets, then what is drawn and not settled.
 *
 * @param balances of every lot, at one number of the ledger
 * @param countOf what a count of the day says of a lot at a place
 */
export function inventoryRows(
  balances: readonly Balance[],
  lotOf: ReadonlyMap<LotId, DrugLot>,
  cabinets: CabinetNames,
  countOf: (place: Place, lotId: LotId) => InventoryCount | null,
): InventoryRow[] {
  const groups = new Map<string, Balance[]>()
  for (const balance of balances) {
    if (!ON_HAND.includes(balance.place.at) || !lotOf.has(balance.lotId)) continue
    // What is drawn stands in one row a lot, whoever it is for.
    const where = balance.place.at === 'syringe' ? '' : placeCode(balance.place)
    const key = `${ON_HAND.indexOf(balance.place.at)} ${where} ${balance.lotId}`
    groups.set(key, [...(groups.get(key) ?? []), balance])
  }
  return [...groups.keys()].sort().map((key): InventoryRow => {
    const group = groups.get(key)!
    const [{ place, lotId }] = group as [Balance]
    const lot = lotOf.get(lotId)!
    const sum = (of: readonly Balance[]) => of.reduce((total, { hundredths }) => total + hundredths, 0)
    const vials = group.filter(({ container }) => container)
    const unopened = place.at === 'syringe' ? 0 : sum(group.filter(({ container }) => !container))
    const each = lot.form === 'vial' ? Math.round(lot.containerMl * 100) : 100
    const sealed = Math.floor(unopened / each)
    const hundredths = sum(group)
    return {
      place: place.at === 'syringe' ? 'drawn for sessions, not settled' : placeInWords(place, cabinets),
      drug: lot.drug,
      form: lot.form,
      strength: strengthInWords(lot),
      lotNumber: lot.lotNumber,
      expiresOn: lot.expiresOn,
      containerMl: lot.form === 'vial' ? lot.containerMl : null,
      sealed,
      opened: vials.length,
      openedHundredths: hundredths - sealed * each,
      hundredths,
      micrograms: microgramsOf(hundredths, lot.form === 'vial' ? lot.concentrationMgPerMl : lot.unitMg),
      counted: place.at === 'syringe' ? null : countOf(place, lotId),
    }
  })
}

/** Amber from so many days before the next biennial inventory is due. A design default. */
export const DUE_SOON_DAYS = 60

export type InventoryDue =
  | { readonly kind: 'none-yet' }
  | { readonly kind: 'overdue' | 'soon' | 'later'; readonly on: LocalDate }

/**
 * By when the next biennial inventory is taken: two years after the last initial or biennial one. One on demand does not count.
 *
 * @param last the day of that one; undefined where there is none
 */
export function inventoryDue(last: LocalDate | undefined, today: LocalDate): InventoryDue {
  if (!last) return { kind: 'none-yet' }
  const year = Number(last.slice(0, 4)) + 2
  // Two years after 29 February is the day before 1 March.
  const on = (last.endsWith('-02-29') ? `${year}-02-28` : `${year}${last.slice(4)}`) as LocalDate
  if (today > on) return { kind: 'overdue', on }
  return { kind: today >= addDays(on, -DUE_SOON_DAYS) ? 'soon' : 'later', on }
}

/** Whether the figure of a row is what was counted that day: counted, as the ledger says, and nothing moved since. */
export function restsOnCount({ counted }: Pick<InventoryRow, 'counted'>): boolean {
  return !!counted && !counted.movedSince && !counted.differed
}

/** What the figure of one row rests on. */
export function countedInWords({ counted }: Pick<InventoryRow, 'counted'>): string {
  if (!counted) return 'not counted: the ledger’s figure'
  const against = [counted.differed ? ['it differed'] : [], counted.movedSince ? ['moved since'] : []].flat()
  const words = [`counted ${counted.when} by ${counted.by.join(' and ')}`, ...against].join(', ')
  return against.length > 0 ? `${words}: the ledger’s figure` : words
}

/** What the figures of a document rest on, place by place, in sentences: counted and held, differed, moved, not counted. */
export function restsOn({ places, rows }: Pick<InventoryDraft, 'places' | 'rows'>): string[] {
  return places.map((place) => {
    const title = `${place.slice(0, 1).toUpperCase()}${place.slice(1)}`
    const lots = rows.filter((row) => row.place === place)
    const groups = HOW_COUNTED.flatMap(({ is, words }) => {
      const count = lots.filter(({ counted }) => is(counted)).length
      return count > 0 ? [{ count, words }] : []
    })
    const [first, ...others] = groups
    if (!first) return `${title}: by the ledger nothing stands here.`
    const told =
      others.length === 0
        ? `every lot was ${first.words}`
        : `of ${lots.length} lots ${groups.map(({ count, words }) => `${count} ${words}`).join(', ')}`
    if (lots.every(restsOnCount)) return `${title}: ${told}.`
    return lots.every(({ counted }) => counted === null)
      ? `${title}: no lot was counted on this day. The figures are the ledger’s, and nobody has looked whether they hold.`
      : `${title}: ${told}. Where no count holds, the figure is the ledger’s; each line says so.`
  })
}

const HOW_COUNTED: readonly {
  readonly is: (counted: InventoryRow['counted']) => boolean
  readonly words: string
}[] = [
  { is: (counted) => restsOnCount({ counted }), words: 'counted on this day and held' },
  { is: (counted) => counted?.differed === true, words: 'counted and differed' },
  {
    is: (counted) => counted?.movedSince === true && !counted.differed,
    words: 'counted and moved since',
  },
  { is: (counted) => counted === null, words: 'not counted' },
]

/** mg of each drug in each form and strength, over all places. */
export function inventoryTotals(rows: readonly InventoryRow[]): {
  readonly what: string
  readonly form: DrugLot['form']
  readonly hundredths: number
  readonly micrograms: number
}[] {
  const sums = new Map<string, ReturnType<typeof inventoryTotals>[number]>()
  for (const { drug, form, strength, hundredths, micrograms } of rows) {
    const what = `${drug} ${strength}`
    const before = sums.get(`${what} ${form}`)
    sums.set(`${what} ${form}`, {
      what,
      form,
      hundredths: (before?.hundredths ?? 0) + hundredths,
      micrograms: (before?.micrograms ?? 0) + micrograms,
    })
  }
  return [...sums.values()]
}

export const KIND_TITLES: Readonly<Record<InventoryKind, string>> = {
  initial: 'Initial inventory',
  biennial: 'Biennial inventory',
  'on-demand': 'Inventory on demand',
}

export const DAY_PART_WORDS = { opening: 'opening of business', close: 'close of business' } as const
