import type { StateKind } from '../../../ui/state-kind.ts'
import type { OpenedVial } from '../ledger-queries.server.ts'
import type { DrugLot } from '../lot-queries.server.ts'
import type { Place } from '../movement.ts'
import { amountInWords, type CabinetNames, placeInWords } from '../movement-words.ts'
import { strengthInWords } from '../standing-stock.ts'
import type { CountItem } from './count.ts'
import type { discrepancyClock, Finding } from './discrepancy.ts'

/** How sure a sentence is, as on the page of the settings: seen in a source, from memory, or a default of ours. */
export type Said = { readonly text: string; readonly tag: 'S' | 'M' | 'D' }

/** What is asked of whom counts. */
export const ESTIMATE: Said = {
  text: 'Sealed containers and units are counted one by one. What is in an opened vial may be estimated; only an opened container of more than 1000 tablets is counted exactly (21 CFR 1304.11).',
  tag: 'S',
}

/** What a discrepancy asks for, the clock first. */
export const DISCREPANCY_DUTIES: readonly Said[] = [
  { text: 'One business day to find out what happened is our own default.', tag: 'D' },
  {
    text: 'A theft or a significant loss is told to the field office of the DEA in writing within one business day of its discovery.',
    tag: 'S',
  },
  { text: 'Form 106 is filed at the DEA’s own site, electronically only since 24 July 2023.', tag: 'S' },
  { text: 'It is to be complete within 45 days of the discovery.', tag: 'M' },
]

export const FINDING_WORDS: Readonly<Record<Finding, { readonly label: string; readonly does: string }>> = {
  'counting-error': {
    label: 'Counted wrong',
    does: 'Only when a later count agrees with the ledger. Nothing is moved.',
  },
  'recording-error': {
    label: 'Recorded wrong or not at all',
    does: 'A movement sets the ledger to what was counted, with your finding and a witness.',
  },
  spillage: { label: 'Spilled or broken', does: 'A movement sets the ledger to what was counted.' },
  unexplained: {
    label: 'No explanation found',
    does: 'A movement sets the ledger to what was counted. It stays an unexplained difference on record.',
  },
  'theft-or-loss': {
    label: 'Theft or loss',
    does: 'What is missing leaves the ledger as lost. The draft of a loss report is then at hand.',
  },
}

export const CLOCK_CHIPS: Readonly<
  Record<ReturnType<typeof discrepancyClock>, { readonly state: StateKind; readonly word: string }>
> = {
  overdue: { state: 'red', word: 'overdue' },
  'due-today': { state: 'amber', word: 'due today' },
  open: { state: 'due', word: 'open' },
  closed: { state: 'calm', word: 'closed' },
}

/** "Ketamine hydrochloride 10 mg/mL, vials of 20 mL" */
export function drugInWords(lot: DrugLot): string {
  const holds = lot.form === 'vial' ? `, vials of ${lot.containerMl} mL` : ''
  return `${lot.drug} ${strengthInWords(lot)}${holds}`
}

/** What one item is on the shelf: "sealed vials", "vial 2", "tablets". */
export function countItemInWords(
  item: CountItem,
  lot: DrugLot | undefined,
  vials: readonly OpenedVial[],
): string {
  if (item.container) {
    const number = vials.find(({ id }) => id === item.container)?.number
    return number === undefined ? 'a vial no longer known' : `vial ${number}`
  }
  if (lot?.form === 'nasal-device') return 'devices'
  return lot?.form === 'tablet' ? 'tablets' : 'sealed vials'
}

/** An amount as somebody who counts says it: sealed vials as containers where they come out whole. */
export function countedInWords(hundredths: number, item: CountItem, lot: DrugLot | undefined): string {
  if (lot?.form !== 'vial') return amountInWords(hundredths, lot?.form ?? 'vial')
  const each = Math.round(lot.containerMl * 100)
  const ml = amountInWords(hundredths, 'vial')
  if (item.container || hundredths % each !== 0) return ml
  const containers = hundredths / each
  return `${containers} ${containers === 1 ? 'vial' : 'vials'} (${ml})`
}

/** "−1.00 mL", "+2 tablets", "0.00 mL" */
export function differenceInWords(hundredths: number, lot: DrugLot | undefined): string {
  const sign = hundredths > 0 ? '+' : hundredths < 0 ? '−' : ''
  return `${sign}${amountInWords(Math.abs(hundredths), lot?.form ?? 'vial')}`
}

/** A place at the begin of a line: "The safe", "Cabinet Room 2". */
export function placeTitle(place: Place, cabinets: CabinetNames): string {
  const words = placeInWords(place, cabinets)
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`
}
