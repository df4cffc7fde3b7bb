import type { LotForm } from '../lot-queries.server.ts'
import type { CountItem, CountLine } from './count.ts'

/** Fields of one item: whole containers or units, and mL of opened vials. */
export function itemFields({ lotId, container }: CountItem): {
  readonly whole?: string
  readonly ml: string
} {
  return container ? { ml: `vial-${container}` } : { whole: `sealed-${lotId}`, ml: `loose-${lotId}` }
}

/** An item with what is needed to read what was typed for it. */
export type AskedItem = CountItem & { readonly form: LotForm; readonly containerHundredths: number }

const MOST = 100_000

/**
 * Reads what somebody typed for each item they were asked to count. Nothing typed is not nothing there: it is asked again.
 *
 * @param typed the text of a field; undefined where it was not sent
 * @returns the lines, or a message for each field that does not hold
 */
export function readSheet(
  items: readonly AskedItem[],
  typed: (field: string) => string | undefined,
):
  | { readonly ok: true; readonly lines: CountLine[] }
  | { readonly ok: false; readonly errors: Record<string, string> } {
  const errors: Record<string, string> = {}
  const lines = items.map((item): CountLine => {
    const { lotId, container, form, containerHundredths } = item
    const { whole, ml } = itemFields(item)
    if (!whole) {
      const openedHundredths = mlOf(typed(ml))
      if (openedHundredths === undefined)
        errors[ml] = tooManyMl(typed(ml)) ?? 'Enter the mL that are left, to two places: 3.50, or 0.'
      return {
        lotId,
        container: container!,
        openedHundredths: openedHundredths ?? 0,
        hundredths: openedHundredths ?? 0,
      }
    }
    const text = typed(whole)?.trim() ?? ''
    const sealed = /^\d{1,6}$/.test(text) && Number(text) <= MOST ? Number(text) : undefined
    if (sealed === undefined) {
      errors[whole] = /^\d+$/.test(text)
        ? `At most ${MOST.toLocaleString('en-US')}.`
        : 'Enter how many you see, as a whole number: 0 if none.'
    }
    const loose = form === 'vial' && (typed(ml) ?? '').trim() !== '' ? mlOf(typed(ml)) : 0
    if (loose === undefined)
      errors[ml] = tooManyMl(typed(ml)) ?? 'Enter mL to two places, or leave this empty.'
    const openedHundredths = loose ?? 0
    return {
      lotId,
      sealed: sealed ?? 0,
      openedHundredths,
      hundredths: (sealed ?? 0) * containerHundredths + openedHundredths,
    }
  })
  return Object.keys(errors).length === 0 ? { ok: true, lines } : { ok: false, errors }
}

/** The limit, for who typed a figure above it. */
function tooManyMl(text: string | undefined): string | undefined {
  return /^\d{5,}([.,]\d{1,2})?$/.test(text?.trim() ?? '') ? 'At most 9,999.99 mL.' : undefined
}

/** Hundredths of a mL from text such as "3.5" or "3,50"; undefined for anything else. */
function mlOf(text: string | undefined): number | undefined {
  const trimmed = text?.trim() ?? ''
  if (!/^\d{1,4}([.,]\d{1,2})?$/.test(trimmed)) return undefined
  return Math.round(Number(trimmed.replace(',', '.')) * 100)
}
