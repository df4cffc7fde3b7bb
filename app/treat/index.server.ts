export { closeSession, type Discharge, dischargePerson } from './discharge-person.server.ts'
export { type BegunDose, dosesOfClinic } from './dose-facts-queries.server.ts'
export { doseRecord } from './dose-record.server.ts'
export { type ReceivedStock, receiveStock, type WastedStock, wasteStock } from './move-stock.server.ts'
export { openSession } from './open-session.server.ts'
export { recordSessionEvents } from './record-session-events.server.ts'
export { type DosedSession, dosedSessionsOfClinic } from './session-facts.server.ts'
export {
  firstDoseAt,
  firstDoses,
  type Session,
  type SessionSummary,
  sessionById,
  sessionsOfPerson,
} from './sessions.server.ts'
export { type StartDose, startDose } from './start-dose.server.ts'
export { type LotBalance, lots } from './stock-queries.server.ts'
export { addAddendum, type NoteText, saveNote, signNote } from './write-note.server.ts'
