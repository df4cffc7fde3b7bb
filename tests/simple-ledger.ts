import type { Role } from '../app/platform/actor.ts'
import type { CountId } from '../app/treat/ledger/counts/count.ts'
import type { DiscrepancyId, Finding } from '../app/treat/ledger/counts/discrepancy.ts'
import type { ContainerId } from '../app/treat/ledger/movement.ts'
import type { LotId, SessionId } from '../app/treat/session/session-event.ts'

/**
 * The ledger in a few lines, for the test that does random things to both: who may, what stands where, what a dose takes and what
 * a count says. Vials of 5 mL at 10 mg/mL, amounts in hundredths of a mL, so that 0.1 mg is one of them. Nothing here asks the
 * ledger's own rules.
 */

export const PEOPLE = ['nurse', 'secondNurse', 'manager', 'prescriber', 'coordinator', 'therapist'] as const
export type Who = (typeof PEOPLE)[number]
const having = (...roles: readonly Role[]): readonly Who[] =>
  PEOPLE.filter((who) => roles.includes(who === 'secondNurse' ? 'nurse' : who))

export const MAY_MOVE = having('nurse', 'manager')
export const MAY_TAKE_OUT = having('nurse', 'prescriber', 'manager')
export const MAY_DOSE = having('nurse', 'prescriber')
export const MAY_COUNT = having('nurse', 'prescriber', 'manager')
export const MAY_WITNESS = having('nurse', 'prescriber', 'manager')
export const MAY_CLOSE_DISCREPANCY = having('manager')

export const VIAL = 500
/** What every order says: 56 mg. */
export const DOSE = 560
const OPENED_VIAL_MS = 6 * 3_600_000
/** Estimates of opened vials may lie so far from the ledger. */
const TOLERANCE = 10

export type Where = 'safe' | 'cabinet'
export type Vial = { id: ContainerId; number: number; place: Where; openedAtMs: number; rest: number }

/** What a session has of a lot. */
export type Held = { drawn: number; given: number; wasted: number; inSyringe: number }

export type Lot = {
  readonly id: LotId
  readonly receivedAtMs: number
  readonly received: number
  readonly sealed: Record<Where, number>
  readonly vials: Vial[]
  readonly held: Map<SessionId, Held>
  /** Into waste, lost, destroyed and returned. */
  gone: number
  /** Taken out as adjusted, less what was put in. */
  adjusted: number
}

export type Session = {
  readonly id: SessionId
  /** Until when its visit is taken as just begun; none of a session that only lends its syringe. */
  readonly freshUntilMs?: number
  /** What the dose took of each lot, the first lot first, and what the log says was given of it. */
  dose?: { readonly parts: readonly (readonly [Lot, number])[]; given?: number }
  closed: boolean
}

/** An open discrepancy with what the newest count said. */
export type Difference = {
  readonly id: DiscrepancyId
  readonly lot: Lot
  readonly at: Where
  readonly vial?: Vial
  basis: {
    readonly countId: CountId
    readonly expected: number
    readonly counted: number
    readonly lookedMs: number
    /** Something was entered since with a time before the look. */
    late: boolean
  }
}

export function newLot(id: LotId, vials: number, receivedAtMs: number): Lot {
  const received = vials * VIAL
  return {
    id,
    receivedAtMs,
    received,
    sealed: { safe: received, cabinet: 0 },
    vials: [],
    held: new Map(),
    gone: 0,
    adjusted: 0,
  }
}

export function heldBy(lot: Lot, session: Session): Held {
  const held = lot.held.get(session.id) ?? { drawn: 0, given: 0, wasted: 0, inSyringe: 0 }
  lot.held.set(session.id, held)
  return held
}

/** Whether the second person will do: somebody else with the right, or nobody where nobody is asked for. */
export function witnessed(by: Who, witness: Who | undefined, needed: boolean): boolean {
  return witness === undefined ? !needed : witness !== by && MAY_WITNESS.includes(witness)
}

/** All that stands in safe and cabinet. */
export function inStore({ sealed, vials }: Lot): number {
  return vials.reduce((sum, { rest }) => sum + rest, sealed.safe + sealed.cabinet)
}

/** What a dose may be drawn from now. */
export function drawable({ sealed, vials }: Lot, nowMs: number): number {
  return vials
    .filter(({ openedAtMs }) => openedAtMs >= nowMs - OPENED_VIAL_MS)
    .reduce((sum, { rest }) => sum + rest, sealed.safe + sealed.cabinet)
}

/** Takes out of the safe or a cabinet what is there. */
export function takeFrom(lot: Lot, from: Where | Vial, hundredths: number): void {
  if (typeof from === 'string') lot.sealed[from] -= hundredths
  else from.rest -= hundredths
}

/** Whether a dose with these parts can be drawn: what a syringe has already is not drawn again. */
export function canStart(
  session: Session,
  parts: readonly (readonly [Lot, number])[],
  nowMs: number,
): boolean {
  const fits = new Set(parts.map(([lot]) => lot)).size === parts.length && parts.every(([, part]) => part > 0)
  return (
    fits &&
    !session.dose &&
    !session.closed &&
    parts.every(([lot, part]) => part - heldBy(lot, session).inSyringe <= drawable(lot, nowMs))
  )
}

export function startDose(session: Session, parts: readonly (readonly [Lot, number])[]): void {
  for (const [lot, part] of parts) {
    const held = heldBy(lot, session)
    const more = Math.max(0, part - held.inSyringe)
    held.drawn += more
    held.inSyringe += more
  }
  session.dose = { parts }
}

/** What the log says was given of a lot: the first lot's before it is the second's. */
function givenByLog({ dose }: Session, lot: Lot): number {
  let rest = dose?.given ?? 0
  for (const [of, drawn] of dose?.parts ?? []) {
    const part = Math.min(rest, drawn)
    if (of === lot) return part
    rest -= part
  }
  return 0
}

/** The ledger follows the log as far as the syringe holds it. */
export function follow(session: Session): void {
  for (const [lot] of session.dose?.parts ?? []) {
    const held = heldBy(lot, session)
    const change = givenByLog(session, lot) - held.given
    const moved = change > 0 ? Math.min(change, held.inSyringe) : change
    held.given += moved
    held.inSyringe -= moved
  }
}

/** What is in a syringe once the ledger has followed the log; undefined while a dose runs. */
export function leftOver(session: Session, lot: Lot): number | undefined {
  if (session.dose && session.dose.given === undefined) return undefined
  const { inSyringe, given } = heldBy(lot, session)
  if (!session.dose) return inSyringe
  const change = givenByLog(session, lot) - given
  return inSyringe - Math.min(change, inSyringe)
}

/** What of the waste was given, as the log says. */
export function wastedWrongly(session: Session, lot: Lot): number {
  if (session.dose?.given === undefined) return 0
  const { wasted, given, inSyringe } = heldBy(lot, session)
  return Math.max(0, Math.min(wasted, givenByLog(session, lot) - given - inSyringe))
}

export function setRight(session: Session, lot: Lot, hundredths: number): void {
  const held = heldBy(lot, session)
  held.wasted -= hundredths
  held.inSyringe += hundredths
  lot.gone -= hundredths
  follow(session)
}

/** What stands of an item of a count. */
export function standing(lot: Lot, at: Where, vial: Vial | undefined): number {
  if (!vial) return lot.sealed[at]
  return vial.place === at ? vial.rest : 0
}

export const agrees = (vial: Vial | undefined, expected: number, counted: number) =>
  Math.abs(counted - expected) <= (vial ? TOLERANCE : 0)

/** A line from paper about a place makes the figures of every later count of it too old to move anything. */
export function enteredLate(
  differences: readonly Difference[],
  lot: Lot,
  places: readonly Where[],
  atMs: number,
): void {
  for (const difference of differences) {
    const { basis } = difference
    if (difference.lot === lot && places.includes(difference.at) && atMs < basis.lookedMs) basis.late = true
  }
}

/** What closing a difference moves: out of the store above 0, into it below; undefined where it is refused. */
export function settlement(difference: Difference, finding: Finding): number | undefined {
  const { lot, at, vial, basis } = difference
  const gone = vial !== undefined && standing(lot, at, vial) === 0
  if (basis.late && !gone) return undefined
  const moved = byFigures(difference, finding)
  // A vial is in one place: what was found in it is not put where it stood.
  const away = vial !== undefined && vial.rest > 0 && vial.place !== at
  return moved !== undefined && (away || basis.late) ? 0 : moved
}

function byFigures({ lot, at, vial, basis: { expected, counted } }: Difference, finding: Finding) {
  const missing = expected - counted
  const now = standing(lot, at, vial)
  const same = agrees(vial, expected, counted)
  if (finding === 'counting-error') return same ? 0 : undefined
  if (finding === 'theft-or-loss') return !same && missing > 0 && now >= missing ? missing : undefined
  if (same || (missing > 0 && now === 0)) return 0
  if (finding === 'spillage' && missing < 0) return undefined
  return now >= missing ? missing : undefined
}
