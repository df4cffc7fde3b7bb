import { addMs, HOUR_MS, type Instant, type LocalDate, timeInWords } from '../../platform/time.ts'
import { type DrawSource, placeCode, planDraw, type StorePlace } from '../ledger/movement.ts'
import { amountInWords, type CabinetNames, placeInWords } from '../ledger/movement-words.ts'
import type { LotId } from '../session/session-event.ts'

/** A lot as a draw looks at it: what may still be drawn of it, and what a sealed vial holds. */
export type LotToDraw = {
  readonly id: LotId
  readonly lotNumber: string
  readonly expiresOn: LocalDate
  readonly containerHundredths: number
  /** Vials that may no longer be drawn from left out; see `drawSources`. */
  readonly sources: readonly DrawSource[]
}

/** One lot's part of a dose. */
export type LotPart = { readonly lotId: LotId; readonly hundredths: number }

/** What may be drawn of a lot in all. */
export function drawable({ sources }: Pick<LotToDraw, 'sources'>): number {
  return sources.reduce((sum, { hundredths }) => sum + hundredths, 0)
}

/**
 * How a dose is put together from several lots because none holds all of it: first to expire first, each with all it holds.
 *
 * @param lots of the ordered drug and strength, first to expire first
 * @returns undefined where one lot suffices, or all of them do not
 * @example splitOverLots([{ … holds 120 }, { … holds 900 }], 1000) // [{ lotId: 'a', hundredths: 120 }, { lotId: 'b', hundredths: 880 }]
 */
export function splitOverLots(
  lots: readonly LotToDraw[],
  hundredths: number,
): readonly LotPart[] | undefined {
  if (hundredths <= 0 || lots.some((lot) => drawable(lot) >= hundredths)) return undefined
  const parts: LotPart[] = []
  let left = hundredths
  for (const lot of lots) {
    const take = Math.min(left, drawable(lot))
    if (take > 0) parts.push({ lotId: lot.id, hundredths: take })
    left -= take
  }
  return left === 0 ? parts : undefined
}

/**
 * From where a lot may be drawn that stands in several places, each place that holds the whole amount one choice: what the ledger would
 * take by itself first (opened vials before sealed ones), before it the cabinet of the room.
 *
 * @param room the room's name: a cabinet that bears it in its own stands there
 * @returns undefined in the list is several places together; one undefined where the lot stands in one place
 */
export function placesToDraw(
  lot: Pick<LotToDraw, 'sources' | 'containerHundredths'>,
  hundredths: number,
  cabinets: CabinetNames,
  room = '',
): readonly (StorePlace | undefined)[] {
  const places = new Map(lot.sources.map(({ place }) => [placeCode(place), place]))
  if (places.size < 2) return [undefined]
  const byItself = planDraw(lot.sources, hundredths, lot.containerHundredths) ?? []
  const taken = byItself.map(({ place }) => placeCode(place))
  const whole = [...places].filter(([code]) => drawable(atPlace(lot, code)) >= hundredths)
  const rank = ([code, place]: [string, StorePlace]) => {
    if (room !== '' && place.at === 'cabinet' && nameOf(place, cabinets).includes(room.toLowerCase()))
      return 0
    return 1 + (taken.includes(code) ? taken.indexOf(code) : taken.length)
  }
  const ordered = whole.toSorted((a, b) => rank(a) - rank(b)).map(([, place]) => place)
  const first = taken[0]
  return first !== undefined && whole.some(([code]) => code === first) ? ordered : [...ordered, undefined]
}

/** What of a lot stands at one place. */
export function lotAt<Lot extends Pick<LotToDraw, 'sources'>>(lot: Lot, place: StorePlace | undefined): Lot {
  return place ? atPlace(lot, placeCode(place)) : lot
}

function atPlace<Lot extends Pick<LotToDraw, 'sources'>>(lot: Lot, code: string): Lot {
  return { ...lot, sources: lot.sources.filter(({ place }) => placeCode(place) === code) }
}

const nameOf = (place: StorePlace, cabinets: CabinetNames) => placeInWords(place, cabinets).toLowerCase()

/** What the words of a proposal need beside the lots. */
export type ProposalFacts = {
  readonly openedVialHours: number
  readonly cabinets: CabinetNames
  readonly timeZone: string
}

/**
 * From which vials of a lot an amount is drawn, as the ledger will write it down: opened ones first, the longest open first.
 *
 * @returns undefined where the lot does not hold so much that may be drawn
 * @example 'opened vial 2 first: 3.40 mL, until 17:40; then a new vial: 1.80 mL'
 */
export function drawInWords(lot: LotToDraw, hundredths: number, facts: ProposalFacts): string | undefined {
  const parts = planDraw(lot.sources, hundredths, lot.containerHundredths)
  if (!parts) return undefined
  const places = new Set(lot.sources.map(({ place }) => placeInWords(place, facts.cabinets)))
  const said = parts.map(({ place, container, hundredths: taken }, index) => {
    const vial = lot.sources.find((source) => source.container && source.container.id === container)
    const where = places.size > 1 ? ` in ${placeInWords(place, facts.cabinets)}` : ''
    const amount = amountInWords(taken, 'vial')
    if (!vial?.container) return `a new vial${where}: ${amount}`
    const until = timeInWords(untilOf(vial.container.openedAt, facts), facts.timeZone)
    const first = index === 0 && parts.length > 1 ? ' first' : ''
    const all = taken === vial.hundredths ? ', all of it' : ` of ${amountInWords(vial.hundredths, 'vial')}`
    return `opened vial ${vial.container.number}${where}${first}: ${amount}${all}, until ${until}`
  })
  return said.join('; then ')
}

function untilOf(openedAt: Instant, { openedVialHours }: ProposalFacts): Instant {
  return addMs(openedAt, openedVialHours * HOUR_MS)
}
