import type { Instant } from '../../../platform/time.ts'
import type { LotId, SessionId } from '../../session/session-event.ts'
import type { ContainerId, MovementId, PlannedMovement, Side, StorePlace, TakenFrom } from '../movement.ts'

/** What may stand on a line of the sheet. What was given is not: the log of the session says it, and the ledger follows. */
export const PAPER_KINDS = ['draw', 'open', 'waste', 'move', 'return', 'lose'] as const
export type PaperKind = (typeof PAPER_KINDS)[number]

/** One line of a sheet, as it is entered when the power is back. */
export type PaperLine = {
  /** Becomes the id of the first movement, so that a line sent twice is entered once. */
  readonly key: MovementId
  /** What stands at the head of the sheet; see `sheetNumber`. */
  readonly sheet?: string
  /** When it happened, by the paper. */
  readonly at: Instant
  readonly kind: PaperKind
  readonly lotId: LotId
  readonly from: TakenFrom
  /** Where something was carried to. */
  readonly to?: StorePlace
  /** Hundredths of a mL, or of a unit. */
  readonly hundredths: number
  /** Whose syringe it was drawn into. What leaves a syringe is that session's anyway. */
  readonly sessionId?: SessionId
  readonly reason: string
}

/** A vial that the line opened: it gets its place on record. */
export type OpenedByLine = { readonly id: ContainerId; readonly holds: number }

/**
 * The movements of a line. A draw from sealed stock opens the vial first; what was drawn back into the safe is a return.
 *
 * @param opened the vial the line opens; left out where it opens none
 * @param nextId for every movement after the first
 */
export function movementsOfLine(
  line: PaperLine,
  opened: OpenedByLine | undefined,
  nextId: () => MovementId,
  more: Pick<PlannedMovement, 'witness' | 'detail'>,
): PlannedMovement[] {
  const { at, lotId, reason, from } = line
  const sessionId = from.place.at === 'syringe' ? from.place.id : line.sessionId
  const each = { at, lotId, reason, ...more, ...(sessionId ? { sessionId } : {}) }
  const planned: PlannedMovement[] = []
  let source: Side = from
  if (opened) {
    source = { place: from.place, container: opened.id }
    planned.push({ ...each, id: line.key, kind: 'open', from, to: source, hundredths: opened.holds })
    if (line.kind === 'open') return planned
  }
  const id = planned.length === 0 ? line.key : nextId()
  planned.push({
    ...each,
    id,
    kind: line.kind,
    from: source,
    to: destination(line, source),
    hundredths: line.hundredths,
  })
  return planned
}

function destination({ kind, to, sessionId }: PaperLine, { container }: Side): Side {
  switch (kind) {
    case 'draw':
      return { place: { at: 'syringe', id: sessionId! } }
    case 'waste':
      return { place: { at: 'waste' } }
    case 'lose':
      return { place: { at: 'lost' } }
    default:
      return { place: to ?? { at: 'safe' }, ...(container && kind === 'move' ? { container } : {}) }
  }
}

/** Whether a line of this kind can take from there: a syringe gives no draws, the safe takes nothing back from itself. */
export function kindFits(
  { kind, from, to, sessionId }: PaperLine,
  form: 'vial' | 'nasal-device' | 'tablet',
): boolean {
  const syringe = from.place.at === 'syringe'
  switch (kind) {
    case 'draw':
      return !syringe && sessionId !== undefined
    case 'open':
      return !syringe && form === 'vial' && from.container === undefined
    case 'move':
      return !syringe && to !== undefined
    case 'return':
      return syringe && form !== 'vial'
    default:
      return true
  }
}
