import {
  addDays,
  addMs,
  dateInWords,
  HOUR_MS,
  type Instant,
  type LocalDate,
  momentInWords,
  timeInWords,
} from '../../platform/time.ts'
import { plainFigure, unsureComma } from '../session/plain-figure.ts'
import type { LotId } from '../session/session-event.ts'
import type { OpenedVial } from './ledger-queries.server.ts'
import type { DrugLot, LotBalance, LotForm } from './lot-queries.server.ts'
import { type Balance, microgramsOf, type Place, type TakenFrom } from './movement.ts'
import { amountInWords, type CabinetNames, countInWords, mgInWords, placeInWords } from './movement-words.ts'
import type { LedgerSettings } from './settings/ledger-settings.ts'

/** A lot that expires within this many days is marked, so that it is used first. A design default. */
export const SOON_DAYS = 30

export type LotState = 'in-date' | 'soon' | 'expired' | 'recalled'

/** Whether a lot may be used; a recall comes before its date. */
export function lotState(lot: Pick<LotBalance, 'expiresOn' | 'recalled'>, today: LocalDate): LotState {
  if (lot.recalled !== undefined) return 'recalled'
  if (lot.expiresOn < today) return 'expired'
  return lot.expiresOn <= addDays(today, SOON_DAYS) ? 'soon' : 'in-date'
}

/** @example strengthInWords({ form: 'vial', concentrationMgPerMl: 10, … }) // '10 mg/mL' */
export function strengthInWords(lot: DrugLot): string {
  return lot.form === 'vial' ? `${lot.concentrationMgPerMl} mg/mL` : `${lot.unitMg} mg each`
}

/** What stands together: the sealed stock of a lot in one place, one opened vial, or what is in a session's syringe. */
export type StandingItem = {
  /** Names it in a form: see `itemCode`. */
  readonly code: string
  readonly lotId: LotId
  readonly lotNumber: string
  readonly form: LotForm
  readonly from: TakenFrom
  readonly hundredths: number
  /** What one sealed vial holds; set for sealed vials only. */
  readonly sealedVial?: number
  /** "the safe", "cabinet Room 2", "the syringe" */
  readonly where: string
  /** "3 sealed vials", "vial 2, opened 14:05", "4 devices" */
  readonly what: string
  /** "60.00 mL", "4 devices" */
  readonly amount: string
  readonly mg: string
  /** Of an opened vial: until when it may be drawn from, and whether that is still so. */
  readonly draw?: { readonly words: string; readonly may: boolean }
}

/** What standing items are told from: cabinets' names, opened vials, rules and the clinic's clock. */
export type StandingFacts = {
  readonly cabinets: CabinetNames
  readonly vials: readonly OpenedVial[]
  readonly settings: Pick<LedgerSettings, 'openedVialHours' | 'vialForOnePersonOnly'>
  readonly at: Instant
  readonly timeZone: string
}

/** One text for a place and vial of a lot. @example 'LOT|safe||' */
export function itemCode(lotId: LotId, { place, container }: TakenFrom): string {
  return [lotId, place.at, 'id' in place ? place.id : '', container ?? ''].join('|')
}

/** What stands of a lot: opened vials first (they go first), then what is sealed; the safe before cabinets. */
export function standingItems(lot: LotBalance, facts: StandingFacts): StandingItem[] {
  return lot.standing
    .map((balance) => itemOf(lot, balance, facts))
    .toSorted(
      (a, b) =>
        Number(b.draw !== undefined) - Number(a.draw !== undefined) ||
        Number(a.from.place.at !== 'safe') - Number(b.from.place.at !== 'safe') ||
        a.where.localeCompare(b.where) ||
        a.what.localeCompare(b.what, 'en', { numeric: true }),
    )
}

/** What one balance is, for somebody who looks at the shelf. */
export function itemOf(lot: DrugLot, balance: Balance, facts: StandingFacts): StandingItem {
  const { place, container, hundredths } = balance as Balance & { readonly place: TakenFrom['place'] }
  const from: TakenFrom = { place, ...(container ? { container } : {}) }
  const vial = facts.vials.find(({ id }) => id === container)
  const sealed = lot.form === 'vial' && !container && place.at !== 'syringe'
  const each = sealed ? Math.round(lot.containerMl * 100) : undefined
  return {
    code: itemCode(lot.id, from),
    lotId: lot.id,
    lotNumber: lot.lotNumber,
    form: lot.form,
    from,
    hundredths,
    ...(each ? { sealedVial: each } : {}),
    where: placeInWords(place as Place, facts.cabinets),
    what: whatStands(lot, hundredths, each, vial, facts),
    amount: amountInWords(hundredths, lot.form),
    mg: mgInWords(microgramsOf(hundredths, lot.form === 'vial' ? lot.concentrationMgPerMl : lot.unitMg)),
    ...(vial ? { draw: drawUntil(vial, facts) } : {}),
  }
}

function whatStands(
  lot: DrugLot,
  hundredths: number,
  each: number | undefined,
  vial: OpenedVial | undefined,
  facts: StandingFacts,
): string {
  if (vial)
    return `vial ${vial.number}${serialInWords(vial.serial)}, opened ${momentInWords(vial.openedAt, facts.timeZone)}`
  if (lot.form !== 'vial') return amountInWords(hundredths, lot.form)
  if (!each) return `${amountInWords(hundredths, 'vial')} drawn`
  // What was in the stock before the ledger may hold a vial that nobody has on record as opened.
  return hundredths % each === 0
    ? `${countInWords(hundredths / each, 'sealed vial', 'sealed vials')} of ${lot.containerMl} mL`
    : `${amountInWords(hundredths, 'vial')} in vials of ${lot.containerMl} mL, not all full`
}

/** @example serialInWords('77') // ' (serial 77)' */
function serialInWords(serial: string | undefined): string {
  return serial === undefined ? '' : ` (serial ${serial})`
}

function drawUntil(
  { openedAt }: OpenedVial,
  { settings, at, timeZone }: StandingFacts,
): NonNullable<StandingItem['draw']> {
  if (settings.vialForOnePersonOnly) {
    return { may: false, words: 'for one person only: waste what is left' }
  }
  const until = addMs(openedAt, settings.openedVialHours * HOUR_MS)
  if (until < at) return { may: false, words: `time was over at ${momentInWords(until, timeZone)}: waste it` }
  return { may: true, words: `may be drawn from until ${timeInWords(until, timeZone)}` }
}

/** Everything of an item in one line, for a list to choose from. */
export function itemInWords({ lotNumber, where, what, amount, form, sealedVial }: StandingItem): string {
  const held = form === 'vial' && (sealedVial === undefined || what.includes('sealed')) ? `: ${amount}` : ''
  return `${lotNumber}, ${what} in ${where}${held}`
}

/** What an amount of an item is counted in when somebody types it. */
export function unitOf(
  item: Pick<StandingItem, 'form' | 'sealedVial'>,
): 'vials' | 'mL' | 'devices' | 'tablets' {
  if (item.form === 'vial') return item.sealedVial ? 'vials' : 'mL'
  return item.form === 'tablet' ? 'tablets' : 'devices'
}

/**
 * What was typed for an item, in hundredths: mL to two places of an opened vial or a syringe, whole sealed vials, whole units.
 *
 * @returns a message instead where it cannot be
 * @example readAmount('1.2', { form: 'vial', hundredths: 560, … }) // { ok: true, hundredths: 120 }
 */
export function readAmount(
  typed: string,
  item: Pick<StandingItem, 'form' | 'sealedVial' | 'hundredths' | 'amount'>,
): { readonly ok: true; readonly hundredths: number } | { readonly ok: false; readonly message: string } {
  const unit = unitOf(item)
  const figure = plainFigure(unit === 'mL' ? typed.replace(/\s*ml\s*$/i, '') : typed)
  const fits = figure !== undefined && figure > 0 && Number(figure.toFixed(unit === 'mL' ? 2 : 0)) === figure
  if (!fits) {
    const message =
      unit === 'mL'
        ? 'Enter the mL to two places, such as 1.20.'
        : `Enter how many ${unit}, as a whole number${unit === 'vials' ? ': a sealed vial is taken whole' : ''}.`
    return { ok: false, message: unsureComma(typed) ?? message }
  }
  const each = unit === 'vials' ? item.sealedVial! : 100
  const hundredths = Math.round(figure * each)
  if (hundredths <= item.hundredths) return { ok: true, hundredths }
  const whole = Math.floor(item.hundredths / each)
  const there = unit === 'vials' ? countInWords(whole, 'sealed vial', 'sealed vials') : item.amount
  return {
    ok: false,
    message: `Only ${there} ${unit !== 'mL' && whole === 1 ? 'is' : 'are'} there. Look again, or count.`,
  }
}

/** Whether so much of an item can be taken: sealed vials and units whole, or all that is left. */
export function isWhole(lot: DrugLot, from: TakenFrom, hundredths: number, standing: number): boolean {
  // Also a half of a tablet that is left of one and a half.
  if (hundredths === standing) return true
  if (from.container || from.place.at === 'syringe') return lot.form === 'vial' || hundredths % 100 === 0
  return hundredths % (lot.form === 'vial' ? Math.round(lot.containerMl * 100) : 100) === 0
}

/** "Ketamine hydrochloride 10 mg/mL, usable through Sun 31 Dec 2028" */
export function lotInWords(lot: DrugLot): string {
  return `${lot.drug} ${strengthInWords(lot)}, usable through ${dateInWords(lot.expiresOn)}`
}

/** Lots to narrow a list by: what stands first, what is used up after it under a heading of its own. */
export function lotChoices(all: readonly LotBalance[]) {
  const choice = ({ id, lotNumber, drug }: LotBalance) => ({
    value: id as string,
    label: `${lotNumber}, ${drug}`,
  })
  return [
    ...all.filter(({ hundredths }) => hundredths > 0).map(choice),
    ...all.filter(({ hundredths }) => hundredths <= 0).map((lot) => ({ ...choice(lot), group: 'Used up' })),
  ]
}

/**
 * An amount of an item with its mg and its lot, as somebody signs it.
 *
 * @example '2 sealed vials (40.00 mL, 400 mg) of lot L1 (Ketamine hydrochloride 10 mg/mL)'
 */
export function amountOfLot(
  item: Pick<StandingItem, 'form' | 'sealedVial'>,
  hundredths: number,
  lot: DrugLot,
): string {
  const strength = lot.form === 'vial' ? lot.concentrationMgPerMl : lot.unitMg
  const mg = mgInWords(microgramsOf(hundredths, strength))
  const amount = amountInWords(hundredths, lot.form)
  const { sealedVial } = item
  const counted =
    sealedVial !== undefined && hundredths % sealedVial === 0
      ? `${countInWords(hundredths / sealedVial, 'sealed vial', 'sealed vials')} (${amount}, ${mg})`
      : `${amount} (${mg})`
  return `${counted} of lot ${lot.lotNumber} (${lot.drug} ${strengthInWords(lot)})`
}
