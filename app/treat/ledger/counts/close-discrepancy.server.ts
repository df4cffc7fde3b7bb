import { isFreshStepUp, type StepUp } from '../../../identity/index.ts'
import type { Command, Needs } from '../../../platform/command.server.ts'
import type { Read } from '../../../platform/database.server.ts'
import type { ClinicId } from '../../../platform/ids.ts'
import { done, type Outcome, refused } from '../../../platform/outcome.ts'
import { accountOf } from '../../session/recorder.ts'
import { closeDiscrepancy as closeAction, noteDiscrepancy as noteAction } from '../../treat-access.ts'
import { appendMovements } from '../append-movements.server.ts'
import { type BalancesThrough, ledgerBalances } from '../balances-through.server.ts'
import { ledgerEnd, lockLedgerHead } from '../ledger-queries.server.ts'
import { lockLot, strengthOf } from '../lot-queries.server.ts'
import { type Balance, heldAt, type MovementId, placeCode } from '../movement.ts'
import { enteredLate } from '../movement-list-queries.server.ts'
import { checkWitness, type WitnessRefusal } from '../witness.server.ts'
import { countsBegunAfter } from './count-queries.server.ts'
import { countInWork } from './count-stock.server.ts'
import {
  type Basis,
  basisOf,
  type Discrepancy,
  type DiscrepancyId,
  type DiscrepancyNote,
  type Finding,
  type Settlement,
  settlementOf,
} from './discrepancy.ts'
import {
  discrepancyById,
  insertDiscrepancyClosing,
  insertDiscrepancyNote,
  notesOfDiscrepancy,
} from './discrepancy-queries.server.ts'

/** Adds to what was found out about a discrepancy, also after it is closed. Nothing written is changed. */
export const noteDiscrepancy: Command<
  { readonly key: DiscrepancyNote['id']; readonly discrepancyId: DiscrepancyId; readonly words: string },
  { readonly id: DiscrepancyId },
  'no-such-discrepancy' | 'recorded-otherwise'
> = {
  action: noteAction,
  async run({ db, at, actor, audit }, { key, discrepancyId, words }) {
    if (!(await discrepancyById(db, actor.clinicId, discrepancyId))) return refused('no-such-discrepancy')
    const note = { id: key, at, by: accountOf(actor), words }
    if (await insertDiscrepancyNote(db, actor.clinicId, discrepancyId, note)) {
      audit.write(noteAction.id, { object: 'discrepancy', objectId: discrepancyId })
      return done({ id: discrepancyId })
    }
    const stored = (await notesOfDiscrepancy(db, actor.clinicId, discrepancyId)).find(({ id }) => id === key)
    const same = stored?.words === words && stored.by === note.by
    return same ? done({ id: discrepancyId }) : refused('recorded-otherwise')
  },
}

/**
 * The newest count that settled the item of a discrepancy: a later one where there is one, else the one that found it. Two counts of a
 * lot at a place never overlap, so one that settled the lot counts also where it was stopped afterwards, or still goes on with other
 * lots: it opened no discrepancy of its own. Of a closed one it is the count by which it was closed.
 */
export async function basisOfDiscrepancy(
  db: Read,
  clinicId: ClinicId,
  discrepancy: Discrepancy,
  balances: BalancesThrough = ledgerBalances(db, clinicId),
): Promise<Basis> {
  const { closing } = discrepancy
  const lateOf = async (looked: Parameters<typeof enteredLate>[3]) =>
    closing ? [] : enteredLate(db, clinicId, discrepancy, looked)
  const later = await countsBegunAfter(db, clinicId, discrepancy.countId)
  for (const { id, place, lotId } of later.toReversed()) {
    if (placeCode(place) !== placeCode(discrepancy.place)) continue
    if (lotId && lotId !== discrepancy.lotId) continue
    if (closing && closing.countId !== id) continue
    const work = await countInWork(db, clinicId, id, await ledgerEnd(db, clinicId), balances)
    const settled = work?.state.find((lot) => lot.lotId === discrepancy.lotId)?.settled
    const basis = settled && basisOf(discrepancy, id, settled.verdicts)
    if (!basis) continue
    const before = settled.entries.map(({ at }) => at).reduce((last, at) => (at > last ? at : last))
    return { ...basis, late: await lateOf({ after: settled.atSeq, before }) }
  }
  const { countId, expected, counted, atSeq, openedAt } = discrepancy
  const late = await lateOf({ after: atSeq, before: openedAt })
  return { countId, expected, counted, agrees: false, late }
}

export type ClosedDiscrepancy = {
  /** Becomes the movement's id. */
  readonly key: MovementId
  readonly discrepancyId: DiscrepancyId
  /** The count by whose figures the page showed what would be moved. */
  readonly seenBasis: string
  readonly finding: Finding
  readonly words: string
  readonly stepUp: StepUp
  readonly witness?: StepUp
  /** The words that a witness on another device read: they stand in the chain. */
  readonly signed?: string
}

type CloseRefusal =
  | 'no-such-discrepancy'
  | 'closed-already'
  | 'recorded-otherwise'
  | 'counted-since'
  | 'count-again-first'
  | 'nothing-is-missing'
  | 'not-enough-there'
  | WitnessRefusal

type Closed = { readonly movementId: MovementId | undefined }

/**
 * Closes a discrepancy with a finding. What differs becomes a movement that adjusts or loses it, seen by a witness; a discrepancy is
 * closed once.
 */
export const closeDiscrepancy: Command<ClosedDiscrepancy, Closed, CloseRefusal | 'not-confirmed'> = {
  action: closeAction,
  async run(needs, input) {
    if (!isFreshStepUp(input.stepUp, needs.actor, needs.at)) return refused('not-confirmed')
    return closeSigned(needs, input)
  },
}

/** The same, where whoever closes it has signed already: when they asked a witness on another device. */
export async function closeSigned(
  needs: Needs,
  input: Omit<ClosedDiscrepancy, 'stepUp'>,
): Promise<Outcome<Closed, CloseRefusal>> {
  const { db, at, actor, audit } = needs
  const found = await discrepancyById(db, actor.clinicId, input.discrepancyId)
  const balances = ledgerBalances(db, actor.clinicId)
  // What the counts rest on is summed before anything is held; it is judged again below.
  if (found) await basisOfDiscrepancy(db, actor.clinicId, found, balances)
  const lot = found && (await lockLot(db, actor.clinicId, found.lotId))
  // Again, now that nobody else can close it: whoever does holds the lot. No count settles anything meanwhile either.
  await lockLedgerHead(db, actor.clinicId)
  const discrepancy = lot && (await discrepancyById(db, actor.clinicId, input.discrepancyId))
  if (!discrepancy) return refused('no-such-discrepancy')
  if (discrepancy.closing) {
    const { movementId, finding, words, by, witness } = discrepancy.closing
    if (by !== accountOf(actor) || (movementId ?? input.key) !== input.key) return refused('closed-already')
    const witnessed = input.witness === undefined || input.witness.accountId === witness
    const same = finding === input.finding && words === input.words && witnessed
    return same ? done({ movementId }) : refused('recorded-otherwise')
  }
  const basis = await basisOfDiscrepancy(db, actor.clinicId, discrepancy, balances)
  if (basis.countId !== input.seenBasis) return refused('counted-since')
  const settlement = settlementNow(discrepancy, input.finding, basis, lot.standing)
  if (!settlement.ok) return refused(settlement.reason)
  const { movement } = settlement
  const second = await checkWitness(needs, input.witness, movement !== undefined)
  if (!second.ok) return refused(second.reason)
  if (movement) {
    const { container } = discrepancy
    const stock = { place: discrepancy.place, ...(container ? { container } : {}) }
    const outside = { place: { at: movement.kind === 'lose' ? ('lost' as const) : ('adjusted' as const) } }
    const out = movement.direction === 'out'
    const written = await appendMovements(needs, new Map([[lot.id, strengthOf(lot)]]), [
      {
        id: input.key,
        kind: movement.kind,
        at,
        lotId: lot.id,
        from: out ? stock : outside,
        to: out ? outside : stock,
        hundredths: movement.hundredths,
        ...(second.witness ? { witness: second.witness } : {}),
        reason: 'A discrepancy was closed',
        detail: {
          discrepancyId: discrepancy.id,
          countId: basis.countId,
          finding: input.finding,
          ...(input.signed ? { signed: input.signed } : {}),
        },
      },
    ])
    if (!written.ok) return refused('not-enough-there', { holds: written.holds })
  }
  const movementId = movement && input.key
  await insertDiscrepancyClosing(db, actor.clinicId, discrepancy.id, {
    finding: input.finding,
    words: input.words,
    at,
    by: accountOf(actor),
    ...(second.witness ? { witness: second.witness } : {}),
    ...(movementId ? { movementId } : {}),
    countId: basis.countId as Basis['countId'],
  })
  audit.write(closeAction.id, {
    object: 'discrepancy',
    objectId: discrepancy.id,
    detail: { finding: input.finding },
  })
  return done({ movementId })
}

/** What closing it moves by these figures. */
export function settlementNow(
  discrepancy: Discrepancy,
  finding: Finding,
  basis: Basis,
  standing: readonly Balance[],
): Settlement {
  const there = heldAt(standing, discrepancy)
  const settlement = settlementOf(finding, basis, there)
  // An opened vial that was carried away since: what it holds is for a count where it stands now.
  const { container: vial } = discrepancy
  const gone = vial !== undefined && there === 0
  const away = gone && standing.some(({ container }) => container === vial)
  const stale = basis.late.length > 0
  // One that is not there any more is on the list of no further count.
  if (stale && !gone) return { ok: false, reason: 'count-again-first' }
  return (away || stale) && settlement.ok ? { ok: true, movement: undefined } : settlement
}
