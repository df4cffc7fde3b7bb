import type { LocalDate } from '../../platform/time.ts'
import { matchLot } from './barcode/match-lot.ts'
import { withScan } from './barcode/scan-form.ts'
import type { LotBalance } from './lot-queries.server.ts'
import { itemInWords, readAmount, type StandingItem } from './standing-stock.ts'

/** Which item of the stock a form is about, and how much of it. */
export type ChosenItem = {
  readonly ok: true
  readonly item: StandingItem
  readonly lot: LotBalance
  readonly hundredths: number
  /** What somebody has to look at before they go on. */
  readonly remarks: readonly string[]
}

/** Messages by field: `scanned`, `from`, `amount`. */
type NotChosen = { readonly ok: false; readonly errors: Readonly<Record<string, string>> }

/**
 * Reads the fields `scanned`, `from`, `amount` and `all` of a form against what stands. A code that is scanned chooses what stands of
 * its lot when that is one thing; beside a choice from the list it must not say another lot.
 *
 * @param form as posted, for the scan
 * @param typed the other fields: `from` an `itemCode`, `amount` as typed, `all` set by the button that takes all that is left
 */
export function readChosen(
  form: FormData,
  typed: { readonly from?: string; readonly amount?: string; readonly all?: string },
  items: readonly StandingItem[],
  stock: { readonly lots: readonly LotBalance[]; readonly today: LocalDate },
): ChosenItem | NotChosen {
  const scanned = withScan(onlyScan(form), stock.today)
  if (scanned.errors.scanned) return { ok: false, errors: { scanned: scanned.errors.scanned } }
  const lotOf = (item: StandingItem) => stock.lots.find(({ id }) => id === item.lotId)!
  const { scan } = scanned
  const remarks: string[] = []
  let item = items.find(({ code }) => code === typed.from)
  if (scan && item) {
    const lot = lotOf(item)
    const match = matchLot(scan, lot, lot.form === 'vial' ? 'vial' : 'package', 'stock')
    if (match.kind === 'nothing-to-compare') remarks.push(match.words)
    else if (match.kind !== 'same') return { ok: false, errors: { scanned: match.words } }
  } else if (scan) {
    const found = items.filter((each) => matchLot(scan, lotOf(each)).kind === 'same')
    if (found.length === 0) {
      const words =
        'By the ledger nothing of what was scanned stands here. Choose it from the list, or look again.'
      return { ok: false, errors: { scanned: words } }
    }
    if (found.length > 1) {
      const words = `Of lot ${found[0]!.lotNumber} several things stand: choose ${found.map(itemInWords).join('; or ')}.`
      return { ok: false, errors: { from: words } }
    }
    item = found[0]
  }
  if (!item) return { ok: false, errors: { from: 'Scan the package, or choose what it is about.' } }
  const lot = lotOf(item)
  if (typed.all) return { ok: true, item, lot, hundredths: item.hundredths, remarks }
  const amount = readAmount(typed.amount ?? '', item)
  return amount.ok
    ? { ok: true, item, lot, hundredths: amount.hundredths, remarks }
    : { ok: false, errors: { amount: amount.message } }
}

/** The scan alone: no other field of this form is filled by it. */
function onlyScan(form: FormData): FormData {
  const alone = new FormData()
  alone.set('scanned', String(form.get('scanned') ?? ''))
  return alone
}
