import type { Actor } from '../../platform/actor.ts'
import type { Read } from '../../platform/database.server.ts'
import { dateInWords, type Instant, localDateOf } from '../../platform/time.ts'
import { drawnAhead, drawSources, withDrawn } from '../ledger/draw-for-dose.server.ts'
import { cabinets } from '../ledger/ledger-queries.server.ts'
import { standsApart } from '../ledger/lot-in-hand.server.ts'
import { type LotBalance, lots, type VialBalance } from '../ledger/lot-queries.server.ts'
import { placeCode, type StorePlace } from '../ledger/movement.ts'
import { amountInWords, type CabinetNames, placeInWords } from '../ledger/movement-words.ts'
import { ledgerSettings } from '../ledger/settings/settings-queries.server.ts'
import type { LotId, SessionId } from '../session/session-event.ts'
import { lotHindrance, type OrderFacts, unitLotHindrance } from './dose-gate.ts'
import {
  drawable,
  drawInWords,
  type LotToDraw,
  lotAt,
  type ProposalFacts,
  placesToDraw,
  splitOverLots,
} from './draw-proposal.ts'

/** A lot that can be chosen for a dose. */
export type LotChoice = {
  readonly id: LotId
  readonly label: string
  /** Where it is taken from, of a lot that stands in several places. */
  readonly place?: StorePlace
  /** From which of its vials the dose is drawn. */
  readonly draw?: string
}

/** A dose out of several lots, because none holds all of it. */
export type SplitChoice = {
  readonly parts: readonly {
    readonly lotId: LotId
    readonly lotNumber: string
    readonly ml: number
    readonly words: string
  }[]
}

export type FittingLots = { readonly lots: readonly LotChoice[]; readonly split: SplitChoice | undefined }

/**
 * Lots from which an order can be taken now, first to expire first, each with its vials and, where it stands in several places, once for
 * each; or how several of them make the dose together.
 *
 * @param room where the person is: its cabinet comes first
 */
export async function fittingLots(
  needs: { readonly db: Read; readonly actor: Pick<Actor, 'clinicId'> },
  sessionId: SessionId,
  order: OrderFacts,
  at: Instant,
  timeZone: string,
  room?: string,
): Promise<FittingLots> {
  const { db, actor } = needs
  const today = localDateOf(at, timeZone)
  const { drawn, given, route } = order
  const all = await lots(db, actor.clinicId)
  const names = new Map((await cabinets(db, actor.clinicId)).map(({ id, name }) => [id, name]))
  if (given.kind === 'units') {
    const choices: LotChoice[] = []
    for (const lot of all) {
      const counted = withDrawn(lot, await drawnAhead(needs, sessionId, lot.id))
      if (unitLotHindrance(counted, { route, unitMg: given.unitMg }, 1, today) !== undefined) continue
      const wanted = (route === 'nasal-esketamine' ? 1 : given.units) * 100
      const toDraw = { sources: await drawSources(needs, lot, at, at), containerHundredths: wanted }
      for (const place of placesToDraw(toDraw, wanted, names, room)) {
        choices.push(choiceOf(lot, place, names))
      }
    }
    return { lots: choices, split: undefined }
  }
  if (!drawn) return { lots: [], split: undefined }
  const { openedVialHours } = await ledgerSettings(db, actor.clinicId)
  const facts: ProposalFacts = { openedVialHours, cabinets: names, timeZone }
  const wanted = Math.round(drawn.volumeMl * 100)
  const choices: LotChoice[] = []
  const candidates: LotToDraw[] = []
  for (const lot of all) {
    if (lot.form !== 'vial') continue
    const ahead = await drawnAhead(needs, sessionId, lot.id)
    // What speaks against the lot itself; how much of it may be drawn is asked of its vials.
    const against = lotHindrance({ ...lot, balanceMl: drawn.volumeMl }, drawn, drawn.volumeMl, today)
    if (against !== undefined || (ahead === 0 && lot.hundredths === 0)) continue
    const toDraw = await lotToDraw(needs, lot, at)
    if (ahead === 0) candidates.push(toDraw)
    if (drawable(toDraw) + ahead < wanted) continue
    for (const place of placesToDraw(toDraw, Math.max(0, wanted - ahead), names, room)) {
      const draw = drawWords(lotAt(toDraw, place), wanted, ahead, facts)
      choices.push({ ...choiceOf(lot, place, names), draw })
    }
  }
  const split = choices.length === 0 ? splitOverLots(candidates, wanted) : undefined
  return {
    lots: choices,
    split: split && {
      parts: split.map(({ lotId, hundredths }) => {
        const lot = candidates.find(({ id }) => id === lotId)!
        const vials = drawInWords(lot, hundredths, facts)
        return {
          lotId,
          lotNumber: lot.lotNumber,
          ml: hundredths / 100,
          words: `${amountInWords(hundredths, 'vial')} of lot ${lot.lotNumber} (${vials})`,
        }
      }),
    },
  }
}

async function lotToDraw(
  needs: { readonly db: Read; readonly actor: Pick<Actor, 'clinicId'> },
  lot: VialBalance,
  at: Instant,
): Promise<LotToDraw> {
  const { id, lotNumber, expiresOn, containerMl } = lot
  const containerHundredths = Math.round(containerMl * 100)
  const sources = await drawSources(needs, lot, at, at)
  return { id, lotNumber, expiresOn, containerHundredths, sources }
}

function drawWords(lot: LotToDraw, wanted: number, ahead: number, facts: ProposalFacts): string {
  const rest = wanted - ahead
  const paper = `${amountInWords(ahead, 'vial')} were drawn on paper already`
  if (rest <= 0) return `${paper}; nothing more`
  const vials = drawInWords(lot, rest, facts) ?? ''
  return ahead > 0 ? `${paper}; then ${vials}` : vials
}

/** One choice of the form: a lot and, where it stands in several places, which of them, with what stands there. */
function choiceOf(lot: LotBalance, place: StorePlace | undefined, names: CabinetNames): LotChoice {
  const there = place
    ? lot.standing.filter((each) => placeCode(each.place) === placeCode(place))
    : lot.standing
  const left = there.reduce((sum, { hundredths }) => sum + hundredths, 0) / 100
  const from = place ? ` from ${placeInWords(place, names)}` : standsApart(lot) ? ' from several places' : ''
  const counted =
    lot.form === 'vial'
      ? `${lot.concentrationMgPerMl} mg/mL, ${left} mL`
      : `${lot.unitMg} mg each, ${left} left`
  const label = `Lot ${lot.lotNumber}${from}, ${counted}, expires ${dateInWords(lot.expiresOn)}`
  return { id: lot.id, label, ...(place ? { place } : {}) }
}
