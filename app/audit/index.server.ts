export { appendAudit, entriesAboutPerson } from './audit-queries.server.ts'
export { verifyAudit } from './verify-audit.server.ts'
