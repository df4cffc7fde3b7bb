import { runQuery } from '../../platform/command.server.ts'
import { type FormAnswer, formProblem } from '../../platform/form.ts'
import type { PageArgs } from '../../platform/page.server.ts'
import { localDateOf } from '../../platform/time.ts'
import type { LotId } from '../session/session-event.ts'
import { readLotAt, readOtherLots, scanFieldOf } from '../session/session-form.ts'
import type { Scan } from './barcode/gs1.ts'
import { matchLot } from './barcode/match-lot.ts'
import { withScan } from './barcode/scan-form.ts'
import { type LotBalance, lots } from './lot-queries.server.ts'
import { placeCode, type StorePlace } from './movement.ts'

/** The serial that was scanned of each lot, where its code says one. */
export type Serials = Readonly<Record<LotId, string>>

/** What the hand that draws knows of it beside the lot. */
export type Taken = {
  readonly serials: Serials
  /** Where it was taken from, of a lot that stands in several places. */
  readonly place?: StorePlace
}

type InHand = { readonly ok: true; readonly form: FormData; readonly taken: Taken }

/**
 * Holds the codes that were scanned at the bedside against the lots of the dose: `scanned` against the one that was chosen (`lotId`), and
 * where a dose is drawn from several, one field each against its own (`scanFieldOf`). Another lot, expiry or product stops. Where nothing
 * was chosen, the one lot on hand that the code names is, if it stands in one place.
 *
 * @returns what the form is answered with instead; or the form to go on with (without a scan it is the same), the serials and the place
 */
export async function lotInHand(
  page: PageArgs & { readonly form: FormData },
): Promise<InHand | { readonly ok: false; readonly answer: FormAnswer }> {
  const { services, actor, clinic, form } = page
  const stop = (errors: Readonly<Record<string, string>>) => ({
    ok: false as const,
    answer: formProblem(form, errors),
  })
  const today = localDateOf(services.clock.now(), clinic.timeZone)
  const others = readOtherLots(String(form.get('otherLots') ?? '')) ?? []
  const first = readLotAt(String(form.get('lotId') ?? ''))
  const place = first?.place ? { place: first.place } : {}
  const chosen = [
    { field: 'scanned', lotId: first?.lotId ?? null },
    ...others.map(({ lotId }) => ({ field: scanFieldOf(lotId), lotId })),
  ]
  const errors: Record<string, string> = {}
  const scans: { readonly field: string; readonly lotId: LotId | null; readonly scan: Scan }[] = []
  for (const { field, lotId } of chosen) {
    const alone = new FormData()
    alone.set('scanned', String(form.get(field) ?? ''))
    const read = withScan(alone, today)
    if (read.errors.scanned) errors[field] = read.errors.scanned
    else if (read.scan) scans.push({ field, lotId, scan: read.scan })
  }
  if (Object.keys(errors).length > 0) return stop(errors)
  if (scans.length === 0) return { ok: true, form, taken: { serials: {}, ...place } }

  const all = await runQuery(services, actor, ({ db }) => lots(db, clinic.id))
  const serials: Record<LotId, string> = {}
  let filled = form
  for (const { field, lotId, scan } of scans) {
    const found = lotOf(scan, all, lotId)
    if (!found.ok) errors[found.aboutLot ? 'lotId' : field] = found.words
    else {
      if (found.lot.id !== lotId) filled = withLot(form, found.lot)
      if (lotId === null && standsApart(found.lot)) errors.lotId = whichPlace(found.lot)
      // One that may have run together with what follows is not known.
      if (scan.serial && !scan.mayRunOn) serials[found.lot.id] = scan.serial
    }
  }
  return Object.keys(errors).length > 0
    ? stop(errors)
    : { ok: true, form: filled, taken: { serials, ...place } }
}

/** The lot that was chosen, if the code does not speak against it; else the one on hand that it names. */
function lotOf(
  scan: Scan,
  all: readonly LotBalance[],
  lotId: LotId | null,
):
  | { readonly ok: true; readonly lot: LotBalance }
  | { readonly ok: false; readonly words: string; readonly aboutLot?: boolean } {
  const chosen = all.find(({ id }) => id === lotId)
  if (chosen) {
    const { form } = chosen
    const match = matchLot(
      scan,
      chosen,
      form === 'nasal-device' ? 'device' : form === 'tablet' ? 'package' : 'vial',
    )
    // A code that names no lot contradicts nothing: who chose the lot has read the label.
    const goesOn = match.kind === 'same' || match.kind === 'nothing-to-compare'
    return goesOn ? { ok: true, lot: chosen } : { ok: false, words: match.words }
  }
  const [only, another] = all.filter((lot) => lot.hundredths > 0 && matchLot(scan, lot).kind === 'same')
  if (!only) {
    return {
      ok: false,
      words: 'By the ledger nothing of what was scanned is in the stock. Do not use it; take another one.',
    }
  }
  if (another) {
    return {
      ok: false,
      aboutLot: true,
      words: `Two deliveries of lot ${only.lotNumber} are there: choose one.`,
    }
  }
  return { ok: true, lot: only }
}

/** Whether a lot stands in more than one place, so that its code does not say where it was taken from. */
export function standsApart({ standing }: LotBalance): boolean {
  return new Set(standing.map(({ place }) => placeCode(place))).size > 1
}

const whichPlace = ({ lotNumber }: LotBalance) =>
  `Lot ${lotNumber} stands in more than one place: choose where you took it from.`

function withLot(form: FormData, { id }: LotBalance): FormData {
  const filled = new FormData()
  for (const [name, value] of form) if (name !== 'lotId') filled.append(name, value)
  filled.set('lotId', id)
  return filled
}
