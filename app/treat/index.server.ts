export { acknowledgeAlarm } from './alarms/answer-alarm.server.ts'
export { watchAlarms } from './alarms/watch-alarms.server.ts'
export { type BegunDose, dosesOfClinic } from './dose/dose-facts-queries.server.ts'
export { doseRecord } from './dose/dose-record.server.ts'
export { type StartDose, startDose } from './dose/start-dose.server.ts'
export { closeSession, type Discharge, dischargePerson } from './leaving/discharge-person.server.ts'
export { beginCount, countInWork, enterSheet } from './ledger/counts/count-stock.server.ts'
export { openDiscrepancies } from './ledger/counts/discrepancy-queries.server.ts'
export { digestOf, draftInventory, signInventory } from './ledger/inventory/sign-inventory.server.ts'
export { ledgerEnd, movementsOfSession, openedVials } from './ledger/ledger-queries.server.ts'
export { type LotBalance, lots } from './ledger/lot-queries.server.ts'
export { type ReceivedStock, receiveStock } from './ledger/receive-stock.server.ts'
export { holdLedgerEnd, signCheckpointsJob } from './ledger/verify/sign-checkpoint.server.ts'
export { type TakenOut, takeOut } from './ledger/waste-stock.server.ts'
export { signRequest } from './ledger/witness-request/answer-request.server.ts'
export { askWitness } from './ledger/witness-request/ask-witness.server.ts'
export { waitingForWitness } from './ledger/witness-request/witness-page.server.ts'
export { forgetBatchesJob } from './monitors/forget-batches.server.ts'
export { addMonitor, placeMonitor, renewMonitorKey } from './monitors/manage-devices.server.ts'
export { monitorDevices } from './monitors/monitor-queries.server.ts'
export { type Monitors, startMonitors } from './monitors/monitors.server.ts'
export type { SamplesChannel } from './monitors/samples-channel.server.ts'
export type { KeyHolder } from './monitors/take-batches.server.ts'
export { addAddendum, type NoteText, saveNote, signNote } from './note/write-note.server.ts'
export { openSession } from './session/open-session.server.ts'
export { recordSessionEvents } from './session/record-session-events.server.ts'
export { type DosedSession, dosedSessionsOfClinic } from './session/session-facts.server.ts'
export {
  firstDoseAt,
  firstDoses,
  type Session,
  type SessionSummary,
  sessionById,
  sessionsOfPerson,
} from './session/sessions.server.ts'
