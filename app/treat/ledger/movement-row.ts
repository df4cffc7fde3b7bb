import { type Instant, MINUTE_MS, momentInWords, msBetween } from '../../platform/time.ts'
import { FINDING_WORDS } from './counts/count-words.ts'
import type { DiscrepancyClosing } from './counts/discrepancy.ts'
import type { OpenedVial } from './ledger-queries.server.ts'
import type { DrugLot } from './lot-queries.server.ts'
import { changeOf, isStore, type Movement, type MovementId } from './movement.ts'
import { amountInWords, type CabinetNames, KIND_WORDS, mgFigure, sideInWords } from './movement-words.ts'

/** What a list of movements needs beside them. */
export type RowFacts = {
  readonly lots: readonly DrugLot[]
  readonly vials: readonly OpenedVial[]
  readonly cabinets: CabinetNames
  readonly names: ReadonlyMap<string, string>
  /** With what finding and words a count's difference was closed, by the movement that did it. */
  readonly closings: ReadonlyMap<MovementId, Pick<DiscrepancyClosing, 'finding' | 'words'>>
  readonly timeZone: string
  /** Whether who reads may open sessions. */
  readonly seesSessions: boolean
}

/** A movement as a line of a list: plain words, nothing to work out any more. */
export function movementRow(movement: Movement, facts: RowFacts) {
  const { from, to, lotId, at, recordedAt } = movement
  const lot = facts.lots.find(({ id }) => id === lotId)
  const vialNumber = (container: string | undefined) => facts.vials.find(({ id }) => id === container)?.number
  // Opening a vial takes it out of the sealed ones of the same place.
  const source = movement.kind === 'open' ? 'sealed stock' : undefined
  return {
    seq: movement.seq,
    when: momentInWords(at, facts.timeZone),
    recorded: isLater(at, recordedAt) ? momentInWords(recordedAt, facts.timeZone) : undefined,
    lotId: lotId as string,
    lot: lot?.lotNumber ?? 'unknown',
    kind: KIND_WORDS[movement.kind],
    from: source ?? sideInWords(from.place, vialNumber(from.container), facts.cabinets),
    to: sideInWords(to.place, vialNumber(to.container), facts.cabinets),
    amount: amountInWords(movement.hundredths, lot?.form ?? 'vial'),
    mg: mgFigure(movement.micrograms),
    by: byInWords(movement, facts.names),
    witness: movement.witness === undefined ? undefined : (facts.names.get(movement.witness) ?? 'unknown'),
    reason: reasonInWords(movement, facts.closings),
    /** As the code said that was scanned for it. */
    serial: typeof movement.detail?.serial === 'string' ? movement.detail.serial : undefined,
    /** What spoke against it and was called right by who entered it from paper. */
    confirmed: (movement.detail?.confirmed as readonly string[] | undefined) ?? [],
    session: facts.seesSessions ? (movement.sessionId as string | undefined) : undefined,
  }
}

export type MovementLine = ReturnType<typeof movementRow>

/** @example 'A discrepancy was closed. Theft or loss: nobody saw the vial again.' */
function reasonInWords({ id, reason }: Movement, closings: RowFacts['closings']): string {
  const closing = closings.get(id)
  return closing ? `${reason}. ${FINDING_WORDS[closing.finding].label}: ${closing.words}` : reason
}

/** Who recorded it. What stood there when the ledger was opened was brought in by nobody, and the row says so. */
function byInWords({ by, detail }: Movement, names: ReadonlyMap<string, string>): string {
  if (detail?.beforeTheLedger === true && typeof detail.by === 'string') return detail.by
  return names.get(by) ?? 'unknown'
}

/** Whether something was recorded so long after it happened that both times are said. */
function isLater(at: Instant, recordedAt: Instant): boolean {
  return msBetween(at, recordedAt) >= MINUTE_MS
}

/**
 * What of a lot stands in the safe and the cabinets after each of its movements, in hundredths.
 *
 * @param movements every one of the lot, in the order of the ledger
 */
export function runningBalance(movements: readonly Movement[]): Map<number, number> {
  const after = new Map<number, number>()
  let stands = 0
  for (const movement of movements) {
    stands += changeOf(movement, ({ place }) => isStore(place))
    after.set(movement.seq, stands)
  }
  return after
}
