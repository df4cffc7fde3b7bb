export {
  firstDoseAt,
  firstDoses,
  type Session,
  type SessionSummary,
  sessionById,
  sessionsOfPerson,
} from './sessions.server.ts'
export { type LotBalance, lots } from './treat-queries.server.ts'
