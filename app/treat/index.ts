export { type CountLine, itemsAt, lotsOwedBy } from './ledger/counts/count.ts'
export { sessionLedger } from './ledger/dose-movements.ts'
export { SAFE, type TakenFrom } from './ledger/movement.ts'
export { draftNote } from './note/session-note.ts'
export type { BedsideEntry } from './session/bedside-entry.ts'
export { foldSession, type SessionPhase, type SessionState } from './session/session.ts'
export {
  DISCHARGE_STEPS,
  type LotId,
  type SessionEvent,
  type SessionEventId,
  type SessionId,
} from './session/session-event.ts'
