import type { Id } from '../../../platform/ids.ts'
import type { Instant } from '../../../platform/time.ts'
import type { LotId } from '../../session/session-event.ts'
import { type Balance, type ContainerId, type Movement, placeCode, type StorePlace } from '../movement.ts'

export type CountId = Id<'stock-count'>
export type SheetId = Id<'count-sheet'>

/**
 * How far an estimate of an opened vial may lie from the ledger, and two estimates from each other: 0.1 mL. A design default, for
 * the medical director to set; sealed containers and units agree exactly or not at all.
 */
export const OPENED_TOLERANCE = 10

/** One thing to count: the sealed stock of a lot (its devices or tablets), or one opened vial. */
export type CountItem = { readonly lotId: LotId; readonly container?: ContainerId }

/** What somebody saw of one item. */
export type CountLine = CountItem & {
  /** Whole containers or units; of an opened vial none. */
  readonly sealed?: number
  /** mL of the opened vial, or of opened ones without a number beside the sealed ones, in hundredths. */
  readonly openedHundredths: number
  /** All of it. */
  readonly hundredths: number
}

/** What one person saw and signed. */
export type CountSheet = {
  readonly id: SheetId
  readonly number: number
  readonly by: string
  readonly at: Instant
  /** The end of the ledger when they were given the list, and when they signed. */
  readonly seenSeq: number
  readonly enteredSeq: number
  readonly lines: readonly CountLine[]
  /** What stood there and was on no list. */
  readonly besides: string
}

/** What a count is of. */
export type Count = {
  readonly id: CountId
  readonly place: StorePlace
  readonly lotId?: LotId
  readonly people: 1 | 2
  readonly begunAt: Instant
  readonly begunBy: string
  readonly begunSeq: number
}

/** What the ledger says beside a count: what stood at its place when it began, and every movement there since, in order. */
export type CountLedger = {
  readonly atBegin: readonly Balance[]
  readonly movements: readonly Movement[]
}

/** What one counter said of a lot in one round. */
export type CounterEntry = {
  readonly sheetId: SheetId
  readonly by: string
  readonly at: Instant
  readonly seenSeq: number
  readonly enteredSeq: number
  readonly lines: readonly CountLine[]
}

/** A round that settled nothing, and why. */
export type PastRound = {
  readonly entries: readonly CounterEntry[]
  readonly why:
    | { readonly kind: 'moved'; readonly movements: readonly Movement[] }
    | { readonly kind: 'differ'; readonly items: readonly CountItem[] }
}

/** What a count says of one item beside the ledger. Two counters who do not agree leave `counted` open. */
export type Verdict = CountItem & {
  readonly expected: number
  readonly counted: number | undefined
  readonly agrees: boolean
}

/**
 * How far the count of one lot is: nobody has counted, one of two has, they have to count again (something was moved, or they
 * differ), or it is settled.
 */
export type LotCount = {
  readonly lotId: LotId
  /** Counts from 1. */
  readonly round: number
  readonly past: readonly PastRound[]
  /** Of the round that goes on; nothing of it is shown to anybody but who said it. */
  readonly entries: readonly CounterEntry[]
  readonly settled?: {
    readonly entries: readonly CounterEntry[]
    readonly verdicts: readonly Verdict[]
    readonly atSeq: number
  }
}

/** After this many rounds in which two counters differ, the difference is judged as it stands. A design default. */
const DIFFER_ROUNDS = 2

/**
 * What follows from the sheets of a count. The same for the same sheets: nothing is stored but what people signed. A lot belongs to
 * the count when it stood at the place as the count began, or is the one that is counted.
 */
export function foldCount(count: Count, sheets: readonly CountSheet[], ledger: CountLedger): LotCount[] {
  return lotsOfCount(count, ledger).map((lotId) => foldLot(count, lotId, sheets, ledger))
}

/** The lots of a count, in the order in which they stood. */
function lotsOfCount(count: Pick<Count, 'lotId'>, { atBegin }: CountLedger): LotId[] {
  return count.lotId ? [count.lotId] : [...new Set(atBegin.map(({ lotId }) => lotId))]
}

/** What somebody is asked to count at this state of the ledger: sealed stock of each lot, then its opened vials. */
export function itemsAt(
  lotIds: readonly LotId[],
  ledger: CountLedger,
  place: StorePlace,
  seq: number,
): CountItem[] {
  return lotIds.flatMap((lotId) => [
    { lotId },
    ...standingAt(ledger, place, seq).flatMap(({ lotId: of, container, hundredths }) =>
      of === lotId && container && hundredths > 0 ? [{ lotId, container }] : [],
    ),
  ])
}

/** The lots that somebody has still to count: not settled, and not counted by them in this round. */
export function lotsOwedBy(state: readonly LotCount[], account: string): LotId[] {
  return state.flatMap(({ lotId, settled, entries }) =>
    settled || entries.some(({ by }) => by === account) ? [] : [lotId],
  )
}

/** One word for an item, the same for the same item. */
export function itemCode({ lotId, container }: CountItem): string {
  return container ? `${lotId} ${container}` : lotId
}

function foldLot(
  { people, place }: Count,
  lotId: LotId,
  sheets: readonly CountSheet[],
  ledger: CountLedger,
): LotCount {
  const past: PastRound[] = []
  let entries: CounterEntry[] = []
  for (const sheet of sheets.toSorted((a, b) => a.number - b.number)) {
    const lines = sheet.lines.filter((line) => line.lotId === lotId)
    if (lines.length === 0 || entries.some(({ by }) => by === sheet.by)) continue
    const { id: sheetId, by, at, seenSeq, enteredSeq } = sheet
    entries = [...entries, { sheetId, by, at, seenSeq, enteredSeq, lines }]
    if (entries.length < people) continue
    const from = Math.min(...entries.map((entry) => entry.seenSeq))
    const atSeq = Math.max(...entries.map((entry) => entry.enteredSeq))
    const moved = ledger.movements.filter(
      (movement) => movement.lotId === lotId && movement.seq > from && movement.seq <= atSeq,
    )
    const differ = apart(entries)
    const earlier = past.filter(({ why }) => why.kind === 'differ').length
    if (moved.length > 0) {
      past.push({ entries, why: { kind: 'moved', movements: moved } })
    } else if (differ.length > 0 && earlier + 1 < DIFFER_ROUNDS) {
      past.push({ entries, why: { kind: 'differ', items: differ } })
    } else {
      const verdicts = judge(lotId, entries, ledger, place, atSeq)
      return { lotId, round: past.length + 1, past, entries: [], settled: { entries, verdicts, atSeq } }
    }
    entries = []
  }
  return { lotId, round: past.length + 1, past, entries }
}

/** The items on which counters say different things. */
function apart(entries: readonly CounterEntry[]): CountItem[] {
  return itemsOf(entries).filter((item) => counted(entries, item) === undefined)
}

function itemsOf(entries: readonly CounterEntry[]): CountItem[] {
  const items = new Map<string, CountItem>()
  for (const { lotId, container } of entries.flatMap(({ lines }) => lines)) {
    const item = container ? { lotId, container } : { lotId }
    items.set(itemCode(item), item)
  }
  return [...items.values()].toSorted((a, b) => Number(!!a.container) - Number(!!b.container))
}

/** What the counters say together: the same figure, or the middle of two estimates that lie within the tolerance. */
function counted(entries: readonly CounterEntry[], item: CountItem): number | undefined {
  const said = entries.map(({ lines }) => lines.find((line) => itemCode(line) === itemCode(item))?.hundredths)
  const figures = said.flatMap((each) => (each === undefined ? [] : [each]))
  if (figures.length < said.length) return undefined
  const spread = Math.max(...figures) - Math.min(...figures)
  if (spread > (item.container ? OPENED_TOLERANCE : 0)) return undefined
  return Math.round(figures.reduce((sum, each) => sum + each, 0) / figures.length)
}

function judge(
  lotId: LotId,
  entries: readonly CounterEntry[],
  ledger: CountLedger,
  place: StorePlace,
  atSeq: number,
): Verdict[] {
  const standing = standingAt(ledger, place, atSeq).filter((balance) => balance.lotId === lotId)
  return itemsOf(entries).map((item) => {
    const expected = standing.find(({ container }) => container === item.container)?.hundredths ?? 0
    const figure = counted(entries, item)
    const off = figure === undefined ? undefined : Math.abs(figure - expected)
    return {
      ...item,
      expected,
      counted: figure,
      agrees: off !== undefined && off <= (item.container ? OPENED_TOLERANCE : 0),
    }
  })
}

/** What the place holds once the movement with this number is written: what stood at the begin, and what was moved since. */
function standingAt({ atBegin, movements }: CountLedger, place: StorePlace, seq: number): Balance[] {
  const code = placeCode(place)
  const sums = new Map<string, Balance>()
  const put = (item: CountItem, change: number) => {
    const hundredths = (sums.get(itemCode(item))?.hundredths ?? 0) + change
    const { lotId, container } = item
    sums.set(itemCode(item), { lotId, place, ...(container ? { container } : {}), hundredths })
  }
  for (const balance of atBegin) put(balance, balance.hundredths)
  for (const { seq: number, lotId, from, to, hundredths } of movements) {
    if (number > seq) break
    for (const [side, change] of [
      [from, -hundredths],
      [to, hundredths],
    ] as const) {
      if (placeCode(side.place) !== code) continue
      put(side.container ? { lotId, container: side.container } : { lotId }, change)
    }
  }
  return [...sums.values()].filter(({ hundredths }) => hundredths !== 0)
}
