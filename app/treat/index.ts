export { foldSession, type SessionPhase, type SessionState } from './session.ts'
export type { LotId, SessionEvent, SessionEventId, SessionId } from './session-event.ts'
