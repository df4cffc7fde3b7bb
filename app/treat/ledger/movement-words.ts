import { type Instant, timeInWords } from '../../platform/time.ts'
import type { LotForm } from './lot-queries.server.ts'
import type { CabinetId, MovementKind, Place } from './movement.ts'

export const KIND_WORDS: Readonly<Record<MovementKind, string>> = {
  receive: 'received',
  open: 'vial opened',
  move: 'moved',
  draw: 'drawn for a session',
  give: 'given',
  'take-back': 'not given after all',
  waste: 'wasted',
  'waste-back': 'not wasted after all',
  return: 'returned from a session',
  'send-back': 'sent back',
  destroy: 'destroyed',
  lose: 'lost',
  adjust: 'count settled',
}

/** One and several of what a lot is counted in, where that is not mL. */
export const UNIT_NAMES: Readonly<
  Record<Exclude<LotForm, 'vial'>, { readonly one: string; readonly many: string }>
> = {
  'nasal-device': { one: 'device', many: 'devices' },
  tablet: { one: 'tablet', many: 'tablets' },
}

/**
 * An amount as a lot of this form is counted.
 *
 * @param hundredths of a mL, or of a device or tablet
 * @example amountInWords(1240, 'vial') // '12.40 mL'
 * @example amountInWords(100, 'tablet') // '1 tablet'
 */
export function amountInWords(hundredths: number, form: LotForm): string {
  if (form === 'vial') return `${(hundredths / 100).toFixed(2)} mL`
  const { one, many } = UNIT_NAMES[form]
  return `${hundredths / 100} ${hundredths === 100 ? one : many}`
}

/** Micrograms as mg, without a tail of zeros. @example mgInWords(12_500) // '12.5 mg' */
export function mgInWords(micrograms: number): string {
  return `${mgFigure(micrograms)} mg`
}

/** The figure alone, for a column that says mg in its head. */
export function mgFigure(micrograms: number): string {
  return String(Number((micrograms / 1000).toFixed(3)))
}

/** @example countInWords(3, 'vial', 'vials') // '3 vials' */
export function countInWords(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}

/** Names of the clinic's cabinets. */
export type CabinetNames = ReadonlyMap<CabinetId, string>

const PLACE_WORDS: Readonly<Record<Exclude<Place['at'], 'cabinet'>, string>> = {
  safe: 'the safe',
  syringe: 'the syringe',
  patient: 'the person',
  supplier: 'the supplier',
  waste: 'waste',
  destroyed: 'destruction',
  returned: 'the supplier or a reverse distributor',
  lost: 'loss',
  adjusted: 'a settled count',
}

/** A place as people say it. A session's syringe and person are not named: the link beside it leads to them. */
export function placeInWords(place: Place, cabinets: CabinetNames): string {
  return place.at === 'cabinet'
    ? `cabinet ${cabinets.get(place.id) ?? 'no longer known'}`
    : PLACE_WORDS[place.at]
}

/** One side of a movement: the place, and the vial where one was opened. */
export function sideInWords(place: Place, vialNumber: number | undefined, cabinets: CabinetNames): string {
  const where = placeInWords(place, cabinets)
  return vialNumber === undefined ? where : `vial ${vialNumber}, ${where}`
}

/**
 * What somebody records and another signs, in one sentence.
 *
 * @param act.what amount with mg, and the lot
 * @param act.way where from and where to
 * @param act.by who records it
 * @example '1.20 mL (12 mg) of lot L1 (Ketamine hydrochloride 10 mg/mL) from the safe into waste, 14:05, recorded by Mara Quill.'
 */
export function actInWords(
  act: { readonly what: string; readonly way: string; readonly at: Instant; readonly by: string },
  timeZone: string,
): string {
  return `${act.what} ${act.way}, ${timeInWords(act.at, timeZone)}, recorded by ${act.by}.`
}
