import type { Actor } from '../../platform/actor.ts'
import type { Needs } from '../../platform/command.server.ts'
import type { Read } from '../../platform/database.server.ts'
import { addMs, HOUR_MS, type Instant, MINUTE_MS } from '../../platform/time.ts'
import { accountOf } from '../session/recorder.ts'
import type { SessionState } from '../session/session.ts'
import type { LotId, SessionId } from '../session/session-event.ts'
import { appendMovements } from './append-movements.server.ts'
import { givenToFollow, sessionLedger } from './dose-movements.ts'
import { insertOpenedVial, movementsOfSession, openedVials } from './ledger-queries.server.ts'
import { type LotBalance, lockLots, strengthOf } from './lot-queries.server.ts'
import {
  type DrawSource,
  type Place,
  type PlannedMovement,
  placeCode,
  planDraw,
  type StorePlace,
} from './movement.ts'
import { ledgerSettings } from './settings/settings-queries.server.ts'

type Looking = { readonly db: Read; readonly actor: Pick<Actor, 'clinicId'> }
type DrawNeeds = Pick<Needs, 'db' | 'at' | 'ids' | 'actor' | 'tell'>

/** A draw of one lot for the dose of a session. */
export type Draw = {
  /** Held by the caller (`lockLot`). */
  readonly lot: LotBalance
  readonly hundredths: number
  readonly sessionId: SessionId
  readonly at: Instant
  /** What the code of the vial or device in hand says, where it was scanned. */
  readonly serial?: string | undefined
  /** Where it was taken from; left out where the lot stands in one place, or no one place holds it all. */
  readonly place?: StorePlace | undefined
}

/**
 * What the syringe of a session holds of a lot before its dose is recorded: drawn while the power was out, and entered from paper.
 *
 * @returns hundredths
 */
export async function drawnAhead(
  { db, actor }: Looking,
  sessionId: SessionId,
  lotId: LotId,
): Promise<number> {
  const ledger = sessionLedger(sessionId, await movementsOfSession(db, actor.clinicId, sessionId))
  return Math.max(0, ledger.find((each) => each.lotId === lotId)?.inSyringe ?? 0)
}

/** A lot with what was drawn of it ahead counted as still there: for judging whether it suffices. */
export function withDrawn(lot: LotBalance, hundredths: number): LotBalance {
  const more = hundredths / 100
  return lot.form === 'vial'
    ? { ...lot, balanceMl: lot.balanceMl + more }
    : { ...lot, balanceUnits: lot.balanceUnits + more }
}

/**
 * Part of a command: takes drug of one lot into the syringe of a session, from opened vials that may still be used first, then
 * from sealed ones, which are opened on record. What the syringe holds already is not drawn again.
 *
 * @returns false when the lot does not hold that much that may still be drawn
 */
export async function drawForDose(needs: DrawNeeds, asked: Draw): Promise<boolean> {
  const { db, ids, actor } = needs
  const { lot, sessionId, at } = asked
  const draw = {
    ...asked,
    hundredths: asked.hundredths - (await drawnAhead(needs, sessionId, lot.id)),
  }
  if (draw.hundredths <= 0) return true
  const sources = (await drawSources(needs, lot, at, needs.at)).filter(isTakenFrom(asked))
  const syringe = { place: { at: 'syringe', id: sessionId } } as const
  const each = { at, lotId: lot.id, sessionId, reason: '' }
  const strengths = new Map([[lot.id, strengthOf(lot)]])
  if (lot.form !== 'vial') {
    const parts = planDraw(sources, draw.hundredths, draw.hundredths)
    if (!parts) return false
    const drawn = parts.map(
      ({ place, hundredths }): PlannedMovement => ({
        ...each,
        id: ids.next(),
        kind: 'draw',
        from: { place },
        to: syringe,
        hundredths,
      }),
    )
    return (await appendMovements(needs, strengths, withSerial(drawn, 0, draw.serial))).ok
  }
  const vials = await openedVials(db, actor.clinicId, [lot.id])
  const containerHundredths = Math.round(lot.containerMl * 100)
  const parts = planDraw(sources, draw.hundredths, containerHundredths)
  if (!parts) return false
  const planned: PlannedMovement[] = []
  // The code is of the opened vial that has this serial, else of the first one that is opened for this draw.
  const known = draw.serial && vials.find(({ serial }) => serial === draw.serial)?.id
  let opens = known || !draw.serial ? undefined : draw.serial
  const sealed = new Map(
    sources.flatMap(({ place, container, hundredths }) => (container ? [] : [[place, hundredths] as const])),
  )
  // One that was opened while the power was out may have a number of its own.
  let number = vials.at(-1)?.number ?? 0
  for (const { place, container, hundredths } of parts) {
    if (container) {
      const from = { place, container }
      planned.push({ ...each, id: ids.next(), kind: 'draw', from, to: syringe, hundredths })
      continue
    }
    number += 1
    const opened = { place, container: ids.next<'drug-container'>() }
    const standing = sealed.get(place) ?? 0
    const holds = Math.min(containerHundredths, standing)
    sealed.set(place, standing - holds)
    await insertOpenedVial(db, actor.clinicId, {
      id: opened.container,
      lotId: lot.id,
      number,
      ...(opens ? { serial: opens } : {}),
      openedAt: at,
      openedBy: accountOf(actor),
    })
    opens = undefined
    planned.push(
      { ...each, id: ids.next(), kind: 'open', from: { place }, to: opened, hundredths: holds },
      { ...each, id: ids.next(), kind: 'draw', from: opened, to: syringe, hundredths },
    )
  }
  const of = planned.findIndex(({ kind, from }) => (known ? from.container === known : kind === 'open'))
  const first = planned.findIndex(({ kind }) => kind === 'draw')
  return (await appendMovements(needs, strengths, withSerial(planned, of < 0 ? first : of, draw.serial))).ok
}

/** The row that the code was scanned for says its serial, so that the chain covers it. */
function withSerial(
  planned: readonly PlannedMovement[],
  of: number,
  serial: string | undefined,
): readonly PlannedMovement[] {
  if (serial === undefined) return planned
  return planned.map((movement, index) => (index === of ? { ...movement, detail: { serial } } : movement))
}

/**
 * What may be drawn of a lot at an instant: sealed stock, and opened vials that are neither too long open nor another person's. What
 * came or was opened after that minute was not there.
 *
 * @param now what the clock says
 */
export async function drawSources(
  { db, actor }: Looking,
  lot: LotBalance,
  at: Instant,
  now: Instant,
): Promise<DrawSource[]> {
  const { openedVialHours, vialForOnePersonOnly } = await ledgerSettings(db, actor.clinicId)
  const vials = new Map((await openedVials(db, actor.clinicId, [lot.id])).map((vial) => [vial.id, vial]))
  const oldest = addMs(at, -openedVialHours * HOUR_MS)
  if (isLater(lot.receivedAt, at, now)) return []
  return lot.standing.flatMap(({ place, container: id, hundredths }): DrawSource[] => {
    const source = { place: place as StorePlace, hundredths }
    if (!id) return [source]
    const vial = vials.get(id)
    if (!vial || vialForOnePersonOnly || vial.openedAt < oldest) return []
    if (isLater(vial.openedAt, at, now)) return []
    return [{ ...source, container: { id, number: vial.number, openedAt: vial.openedAt } }]
  })
}

/**
 * Whether what stands in the ledger came only after an instant. Times that are typed know minutes: what came in that minute was there.
 * A time that is still to come is from before the clock was set back and says nothing of the order: what has it was there (decision 0022).
 */
export function isLater(came: Instant, at: Instant, now: Instant): boolean {
  return came >= addMs(at, MINUTE_MS) && came <= now
}

/** Whether something stands where a draw is taken from. */
function isTakenFrom({ place }: Pick<Draw, 'place'>): (standing: { readonly place: Place }) => boolean {
  return (standing) => place === undefined || placeCode(standing.place) === placeCode(place)
}

/** Why `drawForDose` drew nothing. */
export async function whyNotDrawn(
  { db, actor, at: now }: Looking & Pick<Needs, 'at'>,
  { place, lot, hundredths, at }: Draw,
): Promise<'not-there-then' | 'opened-vials-over' | 'not-enough-in-lot' | 'not-enough-there'> {
  if (lot.hundredths < hundredths) return 'not-enough-in-lot'
  const there = lot.standing.filter(isTakenFrom({ place }))
  if (there.reduce((sum, each) => sum + each.hundredths, 0) < hundredths) return 'not-enough-there'
  const vials = await openedVials(db, actor.clinicId, [lot.id])
  const cameLater = vials.some(
    ({ id, openedAt }) =>
      isLater(openedAt, at, now) && lot.standing.some(({ container }) => container === id),
  )
  return cameLater || isLater(lot.receivedAt, at, now) ? 'not-there-then' : 'opened-vials-over'
}

/**
 * Part of a command: lets the ledger follow what the session's log says was given, as far as the syringe holds it. A later
 * correction to less takes back, one to more gives more; what the syringe does not hold, and mg that are no whole devices or tablets,
 * stay open and keep the session open. The session is held by the caller, so that nothing of it moves meanwhile.
 */
export async function settleGiven(
  needs: DrawNeeds,
  sessionId: SessionId,
  state: Pick<SessionState, 'dose'>,
): Promise<void> {
  const { dose } = state
  if (!dose) return
  const { db, ids, actor } = needs
  const before = sessionLedger(sessionId, await movementsOfSession(db, actor.clinicId, sessionId))
  const syringe = { place: { at: 'syringe', id: sessionId } } as const
  const patient = { place: { at: 'patient', id: sessionId } } as const
  const at = [dose.ended?.at, dose.devices.at(-1)?.at, needs.at].find((each) => each !== undefined)!
  const planned = givenToFollow(dose, before).map(({ lotId, hundredths }): PlannedMovement => {
    const every = { id: ids.next<'ledger-movement'>(), lotId, sessionId, reason: '' }
    return hundredths > 0
      ? { ...every, kind: 'give', at, from: syringe, to: patient, hundredths }
      : { ...every, kind: 'take-back', at: needs.at, from: patient, to: syringe, hundredths: -hundredths }
  })
  // Every lot before the ledger's head, so that two sessions of the same lots do not wait for each other in a circle.
  const held = await lockLots(
    db,
    actor.clinicId,
    planned.map(({ lotId }) => lotId),
  )
  const strengths = new Map([...held].map(([id, lot]) => [id, strengthOf(lot)]))
  const written = await appendMovements(needs, strengths, planned)
  if (!written.ok) throw new Error(`session ${sessionId}: the ledger has not what its own rows say`)
}
