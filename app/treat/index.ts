export type { BedsideEntry } from './bedside-entry.ts'
export { foldSession, type SessionPhase, type SessionState } from './session.ts'
export {
  DISCHARGE_STEPS,
  type LotId,
  type SessionEvent,
  type SessionEventId,
  type SessionId,
} from './session-event.ts'
export { draftNote } from './session-note.ts'
