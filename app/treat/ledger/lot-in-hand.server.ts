import { runQuery } from '../../platform/command.server.ts'
import { type FormAnswer, formProblem } from '../../platform/form.ts'
import type { PageArgs } from '../../platform/page.server.ts'
import { localDateOf } from '../../platform/time.ts'
import { matchLot } from './barcode/match-lot.ts'
import { withScan } from './barcode/scan-form.ts'
import { lots } from './lot-queries.server.ts'

/**
 * Holds the code that was scanned at the bedside (`scanned`) against the lot that was chosen (`lotId`): another lot, expiry or product
 * stops. Where nothing was chosen, the one lot on hand that the code names is.
 *
 * @returns what the form is answered with instead, or the form to go on with; without a scan it is the same
 */
export async function lotInHand({
  services,
  actor,
  clinic,
  form,
}: PageArgs & { readonly form: FormData }): Promise<
  { readonly ok: true; readonly form: FormData } | { readonly ok: false; readonly answer: FormAnswer }
> {
  const stop = (errors: Readonly<Record<string, string>>) => ({
    ok: false as const,
    answer: formProblem(form, errors),
  })
  const alone = new FormData()
  alone.set('scanned', String(form.get('scanned') ?? ''))
  const read = withScan(alone, localDateOf(services.clock.now(), clinic.timeZone))
  if (read.errors.scanned) return stop({ scanned: read.errors.scanned })
  const { scan } = read
  if (!scan) return { ok: true, form }
  const all = await runQuery(services, actor, ({ db }) => lots(db, clinic.id))
  const chosen = all.find(({ id }) => id === form.get('lotId'))
  if (chosen) {
    const match = matchLot(
      scan,
      chosen,
      chosen.form === 'nasal-device' ? 'device' : chosen.form === 'tablet' ? 'package' : 'vial',
    )
    // A code that names no lot contradicts nothing: who chose the lot has read the label.
    const goesOn = match.kind === 'same' || match.kind === 'nothing-to-compare'
    return goesOn ? { ok: true, form } : stop({ scanned: match.words })
  }
  const named = all.filter((lot) => lot.hundredths > 0 && matchLot(scan, lot).kind === 'same')
  const [only, another] = named
  if (!only) {
    return stop({
      scanned: 'By the ledger nothing of what was scanned is in the stock. Do not use it; take another one.',
    })
  }
  if (another) return stop({ lotId: `Two deliveries of lot ${only.lotNumber} are there: choose one.` })
  const filled = new FormData()
  for (const [name, value] of form) if (name !== 'lotId') filled.append(name, value)
  filled.set('lotId', only.id)
  return { ok: true, form: filled }
}
