import { clinicById } from '../../../identity/index.server.ts'
import { isFreshStepUp, type StepUp } from '../../../identity/index.ts'
import type { Command, Needs } from '../../../platform/command.server.ts'
import type { Read } from '../../../platform/database.server.ts'
import { done, refused } from '../../../platform/outcome.ts'
import { foldSession } from '../../session/session.ts'
import { eventsOfSessions, lockSession, sessionRecord } from '../../session/session-queries.server.ts'
import { recordFromPaper as paperAction } from '../../treat-access.ts'
import { appendMovements } from '../append-movements.server.ts'
import { isLater } from '../draw-for-dose.server.ts'
import {
  cabinets,
  insertOpenedVial,
  movementsOfAct,
  type OpenedVial,
  openedVials,
} from '../ledger-queries.server.ts'
import { type LotBalance, lockLot, strengthOf } from '../lot-queries.server.ts'
import {
  type ContainerId,
  heldAt,
  type Movement,
  type MovementId,
  type PlannedMovement,
  placeCode,
} from '../movement.ts'
import { saysTheSame } from '../sent-again.ts'
import { ledgerSettings } from '../settings/settings-queries.server.ts'
import { isWhole } from '../standing-stock.ts'
import { lockLotsOfSession, needsWitness, settled } from '../waste-stock.server.ts'
import { checkWitness, type WitnessRefusal } from '../witness.server.ts'
import { kindFits, movementsOfLine, type OpenedByLine, type PaperLine } from './paper-line.ts'
import { hashOf } from './paper-queries.server.ts'
import { readSheetNumber } from './sheet-number.ts'
import { type AgainstLine, standsAgainstLine } from './stands-against-line.server.ts'

export type FromPaper = PaperLine & {
  /** The number written on the vial that the line opens; the next of its lot when left out. */
  readonly vialNumber?: number
  /** What whoever enters it gave just now: their own password or passkey. A line that is sent again needs none. */
  readonly stepUp?: StepUp
  readonly witness?: StepUp
  /** The sentence that was shown and signed: it stands in the chain. */
  readonly signed: string
  /** What was asked about, word for word, and is right. */
  readonly sure: readonly string[]
}

export type PaperRefusal =
  | 'not-confirmed'
  | 'recorded-otherwise'
  | 'no-such-lot'
  | 'no-such-session'
  | 'draw-after-closing'
  | 'no-such-cabinet'
  | 'no-such-sheet'
  | 'future-time'
  | 'before-received'
  | 'not-this-kind'
  | 'not-whole'
  | 'over-one-vial'
  | 'vial-number-taken'
  | 'infusion-not-ended'
  | 'not-enough-there'
  | 'asked-anew'
  | 'why-missing'
  | WitnessRefusal

/**
 * Enters one line of a day sheet after the power is back, with both times: when it happened and, as for every movement, when it was
 * written. What it takes must be there at the end of the chain; what cannot have been there at its own time is asked about and needs a
 * reason in words, which stays on the line (`why-missing`, detail `{ cannotBe }`); what a count since then did not know is asked
 * about too (`asked-anew`, detail `{ questions }`).
 */
export const recordFromPaper: Command<FromPaper, { readonly seq: number }, PaperRefusal> = {
  action: paperAction,
  async run(needs, input) {
    const { db, at, actor, audit } = needs
    const { stepUp } = input
    if (stepUp && !isFreshStepUp(stepUp, actor, at)) return refused('not-confirmed')
    // Sessions are held before lots everywhere, so that nobody waits in a circle.
    const of = input.from.place.at === 'syringe' ? input.from.place.id : input.sessionId
    const session = of && (await lockSession(db, actor.clinicId, of))
    if (of && !session) return refused('no-such-session')
    // What is settled below may be of any lot of the session: all of them are held in one order.
    const held =
      input.from.place.at === 'syringe' && session ? await lockLotsOfSession(needs, session) : undefined
    const lot = held ? held.get(input.lotId) : await lockLot(db, actor.clinicId, input.lotId)
    if (!lot) return refused('no-such-lot')
    const stored = await movementsOfAct(db, actor.clinicId, input.key)
    const [last] = stored.slice(-1)
    if (last) {
      const vials = await openedVials(db, actor.clinicId, [last.lotId])
      return sameLine(input, stored, vials) ? done({ seq: last.seq }) : refused('recorded-otherwise')
    }
    if (!stepUp) return refused('not-confirmed')
    const looked = await lookAtLine(needs, input, lot)
    if (!looked.ok) return refused(looked.reason, looked.detail)
    const { planned, opened, number, questions, cannotBe } = looked
    if (cannotBe.length > 0 && input.reason.trim() === '') return refused('why-missing', { cannotBe })
    const anew = questions.filter((question) => !input.sure.includes(question))
    if (anew.length > 0) return refused('asked-anew', { questions })
    if (session && input.from.place.at === 'syringe' && input.kind !== 'return') {
      if (!(await settled(needs, session))) return refused('infusion-not-ended')
    }
    const { twoPersonWaste } = await ledgerSettings(db, actor.clinicId)
    const takesOut = input.kind === 'waste' || input.kind === 'lose'
    const required = takesOut && needsWitness(input.kind, twoPersonWaste)
    const second = await checkWitness(needs, input.witness, required)
    if (!second.ok) return refused(second.reason)
    if (opened) {
      await insertOpenedVial(db, actor.clinicId, {
        id: opened.id,
        lotId: lot.id,
        number,
        openedAt: input.at,
        openedBy: stepUp.accountId,
      })
    }
    const detail = {
      fromPaper: true,
      ...(input.sheet ? { sheet: input.sheet } : {}),
      signed: input.signed,
      ...(questions.length > 0 ? { confirmed: questions } : {}),
    }
    const signedLines = planned.map(
      (movement): PlannedMovement => ({
        ...movement,
        detail,
        ...(second.witness ? { witness: second.witness } : {}),
      }),
    )
    const written = await appendMovements(needs, new Map([[lot.id, strengthOf(lot)]]), signedLines)
    if (!written.ok) return refused('not-enough-there', { holds: written.holds })
    const [newest] = (await movementsOfAct(db, actor.clinicId, input.key)).slice(-1)
    audit.write(paperAction.id, {
      object: 'lot',
      objectId: lot.id,
      detail: { kind: input.kind, at: input.at },
      ...(session ? { personId: session.personId } : {}),
    })
    return done({ seq: newest!.seq })
  },
}

/** Whether the movements of a line that was entered are those that this line would write: all of them, and the vial it opened. */
function sameLine(line: FromPaper, stored: readonly Movement[], vials: readonly OpenedVial[]): boolean {
  const [first] = stored
  const container = first?.kind === 'open' ? first.to.container : undefined
  const opened = container && { id: container, holds: first!.hundredths }
  const planned = movementsOfLine(line, opened, () => line.key, {})
  const number = vials.find(({ id }) => id === container)?.number
  return (
    planned.length === stored.length &&
    planned.every((movement, index) =>
      saysTheSame(stored[index]!, { ...movement, witness: line.witness?.accountId }),
    ) &&
    first?.detail?.sheet === line.sheet &&
    (line.vialNumber === undefined || !container || line.vialNumber === number)
  )
}

/** A line with everything that speaks for and against it, before anybody signs. */
export type LookedAt =
  | { readonly ok: false; readonly reason: PaperRefusal; readonly detail?: unknown }
  | ({
      readonly ok: true
      readonly planned: readonly PlannedMovement[]
      readonly opened: OpenedByLine | undefined
      /** Number of the vial that is opened. */
      readonly number: number
    } & AgainstLine)

/**
 * Works out what a line would write and what has to be asked about. Writes nothing: the page shows it before the command judges it
 * anew with the lot held.
 */
export async function lookAtLine(
  { db, at, actor, ids }: Pick<Needs, 'at' | 'actor' | 'ids'> & { readonly db: Read },
  line: PaperLine & Pick<FromPaper, 'vialNumber'>,
  lot: LotBalance,
): Promise<LookedAt> {
  const no = (reason: PaperRefusal, detail?: unknown) => ({ ok: false as const, reason, detail })
  const { clinicId } = actor
  if (line.at > at) return no('future-time')
  if (isLater(lot.receivedAt, line.at, at)) return no('before-received')
  if (!kindFits(line, lot.form)) return no('not-this-kind')
  if (line.sheet && !(await isSheet(db, clinicId, line.sheet))) return no('no-such-sheet')
  if (line.sessionId && !(await sessionRecord(db, clinicId, line.sessionId))) return no('no-such-session')
  if (line.kind === 'draw' && line.sessionId) {
    const events = (await eventsOfSessions(db, clinicId, [line.sessionId])).get(line.sessionId) ?? []
    if (foldSession(events).closed) return no('draw-after-closing')
  }
  const names = new Map((await cabinets(db, clinicId)).map(({ id, name }) => [id, name]))
  for (const place of [line.from.place, line.to]) {
    if (place?.at === 'cabinet' && !names.has(place.id)) return no('no-such-cabinet')
  }
  const holds = heldAt(lot.standing, line.from)
  const opens = lot.form === 'vial' && !line.from.container && (line.kind === 'draw' || line.kind === 'open')
  const vials = await openedVials(db, clinicId, [lot.id])
  const number = line.vialNumber ?? (vials.at(-1)?.number ?? 0) + 1
  let opened: OpenedByLine | undefined
  if (opens && lot.form === 'vial') {
    if (holds === 0) return no('not-enough-there', { holds })
    const one = Math.min(Math.round(lot.containerMl * 100), holds)
    if (line.hundredths > one) return no('over-one-vial', { holds: one })
    const taken = vials.find((vial) => vial.number === number)
    if (taken) return no('vial-number-taken', { openedAt: taken.openedAt })
    opened = { id: ids.next<'drug-container'>() as ContainerId, holds: one }
  } else if (line.from.place.at !== 'syringe' && line.hundredths > holds) {
    return no('not-enough-there', { holds })
  } else if (!isWhole(lot, line.from, line.hundredths, holds)) {
    return no('not-whole')
  }
  if (line.kind === 'move' && line.from.container && line.hundredths !== holds) return no('not-whole')
  if (line.to && placeCode(line.to) === placeCode(line.from.place)) return no('not-this-kind')
  const planned = movementsOfLine(line, opened, () => ids.next() as MovementId, {})
  const timeZone = (await clinicById(db, clinicId))?.timeZone ?? 'UTC'
  const against = await standsAgainstLine({ db, actor }, line, lot, planned, { timeZone, cabinets: names })
  return { ok: true, planned, opened, number, ...against }
}

/** Whether a sheet of this number can have been printed: the ledger had that end. */
async function isSheet(db: Read, clinicId: Needs['actor']['clinicId'], sheet: string): Promise<boolean> {
  const read = readSheetNumber(sheet)
  return read !== undefined && ((await hashOf(db, clinicId, read.seq))?.startsWith(read.short) ?? false)
}
