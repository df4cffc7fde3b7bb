import { mayDo } from '../../platform/access.ts'
import { runQuery } from '../../platform/command.server.ts'
import type { Read } from '../../platform/database.server.ts'
import { type ClinicId, parseId } from '../../platform/ids.ts'
import { goTo, type PageArgs } from '../../platform/page.server.ts'
import { dateInWords } from '../../platform/time.ts'
import {
  countStock,
  moveStock,
  noteAlert,
  readCounts,
  readForInspector,
  readSession,
  readStock,
  receiveStock,
  recordFromPaper,
  wasteStock,
} from '../treat-access.ts'
import { loadLedgerAlerts } from './alerts/load-alerts.server.ts'
import { openDifferences } from './counts/discrepancy-page.server.ts'
import { movementsOfAct } from './ledger-queries.server.ts'
import { type LotBalance, strengthOf } from './lot-queries.server.ts'
import { microgramsOf } from './movement.ts'
import { amountInWords, mgInWords, placeInWords, sideInWords } from './movement-words.ts'
import { type StandingNow, standingNow } from './standing-now.server.ts'
import { amountOfLot, lotState, strengthInWords } from './standing-stock.ts'
import { ownWaiting } from './witness-request/own-waiting.server.ts'

/**
 * What stands, lot by lot, first to expire first; what is used up only when asked for. A session's syringe has a page of its own, for
 * who may settle it.
 */
export async function loadStock({ services, actor, clinic, url }: PageArgs) {
  const sessionId = parseId<'session'>(url.searchParams.get('session'))
  if (sessionId && mayDo(actor, wasteStock)) throw goTo(`/work/stock/take-out?session=${sessionId}`)
  const everything = url.searchParams.has('all')
  return runQuery(services, actor, async ({ db, at, audit }) => {
    audit.read(readStock.id, { object: 'stock' })
    const stock = await standingNow({ db, at }, clinic)
    const standing = stock.lots.filter(({ hundredths }) => hundredths > 0)
    const usedUp = stock.lots.filter(({ hundredths }) => hundredths <= 0)
    const of = parseId<'session'>(url.searchParams.get('of'))
    return {
      alerts: await loadLedgerAlerts({ db, at, actor }, clinic),
      waiting: await ownWaiting({ db, at, actor }, clinic.timeZone),
      differences: mayDo(actor, readCounts) ? await openDifferences(db, clinic, at) : [],
      lots: (everything ? [...standing, ...usedUp] : standing).map((lot) => presentLot(lot, stock)),
      everything,
      usedUp: usedUp.length,
      done: url.searchParams.get('done') ?? undefined,
      moved: await movedInWords(db, clinic.id, url, stock),
      /** Where whoever came from a bedside goes back to. */
      backTo: of && mayDo(actor, readSession) ? `/work/sessions/${of}` : undefined,
      mayReceive: mayDo(actor, receiveStock),
      mayCount: mayDo(actor, countStock),
      mayInspect: mayDo(actor, readForInspector),
      mayEnterPaper: mayDo(actor, recordFromPaper),
      mayTakeOut: mayDo(actor, wasteStock),
      lookKey: mayDo(actor, noteAlert) ? (services.ids.next() as string) : undefined,
      mayMove: mayDo(actor, moveStock),
    }
  })
}

/** "Moved 2 sealed vials (20.00 mL, 200 mg) of lot L1 (…) from the safe to cabinet Room 2.", of the act that the address names. */
async function movedInWords(
  db: Read,
  clinicId: ClinicId,
  url: URL,
  { lots, facts }: StandingNow,
): Promise<string | undefined> {
  const actId = parseId<'ledger-movement'>(url.searchParams.get('act'))
  const [moved] = actId ? await movementsOfAct(db, clinicId, actId) : []
  const lot = lots.find(({ id }) => id === moved?.lotId)
  if (moved?.kind !== 'move' || !lot) return undefined
  const { from, to, hundredths } = moved
  const sealed = lot.form === 'vial' && !from.container
  const item = { form: lot.form, ...(sealed ? { sealedVial: Math.round(lot.containerMl * 100) } : {}) }
  const vial = facts.vials.find(({ id }) => id === from.container)?.number
  const way = `from ${sideInWords(from.place, vial, facts.cabinets)} to ${placeInWords(to.place, facts.cabinets)}`
  return `Moved ${amountOfLot(item, hundredths, lot)} ${way}.`
}

export type StockPage = Awaited<ReturnType<typeof loadStock>>

/** A lot with what stands of it, as pages show it. */
export function presentLot(lot: LotBalance, { items, today }: Pick<StandingNow, 'items' | 'today'>) {
  return {
    id: lot.id as string,
    lotNumber: lot.lotNumber,
    drug: lot.drug,
    strength: strengthInWords(lot),
    expires: dateInWords(lot.expiresOn),
    state: lot.hundredths > 0 ? lotState(lot, today) : ('used-up' as const),
    recalled: lot.recalled,
    left: amountInWords(lot.hundredths, lot.form),
    mg: mgInWords(microgramsOf(lot.hundredths, strengthOf(lot))),
    items: items
      .filter(({ lotId }) => lotId === lot.id)
      .map(({ code, where, what, amount, mg, draw }) => ({ code, where, what, amount, mg, draw })),
  }
}
