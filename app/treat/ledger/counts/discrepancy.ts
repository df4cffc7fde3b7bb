import type { Id } from '../../../platform/ids.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import type { Movement, MovementId, StorePlace } from '../movement.ts'
import { type CountId, type CountItem, itemCode, type Verdict } from './count.ts'

export type DiscrepancyId = Id<'count-discrepancy'>

/** What the manager found. */
export const FINDINGS = [
  'counting-error',
  'recording-error',
  'spillage',
  'unexplained',
  'theft-or-loss',
] as const
export type Finding = (typeof FINDINGS)[number]

export type DiscrepancyNote = {
  readonly id: Id<'discrepancy-note'>
  readonly at: Instant
  readonly by: string
  readonly words: string
}

export type DiscrepancyClosing = {
  readonly finding: Finding
  readonly words: string
  readonly at: Instant
  readonly by: string
  readonly witness?: string
  readonly movementId?: MovementId
  /** The count whose figures it was closed by. */
  readonly countId: CountId
}

/** Counted and ledger told different amounts of one item at one place. Amounts in hundredths. */
export type Discrepancy = CountItem & {
  readonly id: DiscrepancyId
  readonly countId: CountId
  readonly place: StorePlace
  readonly expected: number
  /** Undefined where two counters did not agree with each other either. */
  readonly counted: number | undefined
  readonly atSeq: number
  readonly openedAt: Instant
  /** The day by whose end it should be closed. */
  readonly dueOn: LocalDate
  readonly closing?: DiscrepancyClosing
}

/** What a count said of the same item, for closing. */
export type Basis = {
  readonly countId: CountId
  readonly expected: number
  readonly counted: number | undefined
  readonly agrees: boolean
  /**
   * What was entered of the lot at the place since, with a time before the look: the count knew of it, the ledger it was compared with
   * did not. Figures with such rows carry no movement.
   */
  readonly late: readonly Movement[]
}

/** What a later count said of the same item, if it was part of that count. */
export function basisOf(
  item: CountItem,
  countId: CountId,
  verdicts: readonly Verdict[],
): Omit<Basis, 'late'> | undefined {
  const verdict = verdicts.find((each) => itemCode(each) === itemCode(item))
  return verdict && { countId, expected: verdict.expected, counted: verdict.counted, agrees: verdict.agrees }
}

/** What closing writes into the ledger: nothing, so much taken out as adjusted or lost, or so much put in. */
export type Settlement =
  | { readonly ok: true; readonly movement: undefined }
  | {
      readonly ok: true
      readonly movement: {
        readonly kind: 'adjust' | 'lose'
        readonly direction: 'out' | 'in'
        readonly hundredths: number
      }
    }
  | { readonly ok: false; readonly reason: 'count-again-first' | 'nothing-is-missing' }

/**
 * What a finding asks of the ledger. An error of counting needs a later count that agrees with the ledger; everything else moves what
 * differs, so that the ledger says what was counted. Never silently: what moves is a movement of its own.
 *
 * @param basis the newest count of the item that was settled
 * @param standing hundredths of the item by the ledger now; where nothing stands any more, nothing is left to move
 */
export function settlementOf(finding: Finding, basis: Omit<Basis, 'late'>, standing: number): Settlement {
  if (finding === 'counting-error') {
    return basis.agrees ? { ok: true, movement: undefined } : { ok: false, reason: 'count-again-first' }
  }
  if (basis.counted === undefined) return { ok: false, reason: 'count-again-first' }
  const change = basis.counted - basis.expected
  if (finding === 'theft-or-loss') {
    if (basis.agrees || change >= 0) return { ok: false, reason: 'nothing-is-missing' }
    if (standing === 0) return { ok: false, reason: 'count-again-first' }
    return { ok: true, movement: { kind: 'lose', direction: 'out', hundredths: -change } }
  }
  // A later count within the tolerance of the ledger, or an item that is gone: there is nothing to set right.
  if (basis.agrees || (change < 0 && standing === 0)) return { ok: true, movement: undefined }
  // What was spilled or broken is missing: it never puts anything in.
  if (finding === 'spillage' && change > 0) return { ok: false, reason: 'nothing-is-missing' }
  return {
    ok: true,
    movement: { kind: 'adjust', direction: change < 0 ? 'out' : 'in', hundredths: Math.abs(change) },
  }
}

/**
 * How pressing a discrepancy is: closed, past its business day, due today, or with time left.
 *
 * @param today by the clinic's clock
 */
export function discrepancyClock(
  { dueOn, closing }: Pick<Discrepancy, 'dueOn' | 'closing'>,
  today: LocalDate,
): 'closed' | 'overdue' | 'due-today' | 'open' {
  if (closing) return 'closed'
  if (today > dueOn) return 'overdue'
  return today === dueOn ? 'due-today' : 'open'
}
