import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { ClinicId, Id } from '../../platform/ids.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import type { SessionId } from '../session/session-event.ts'

/** The only file that names the table of forms sent to the REMS. */
type RemsTables = {
  rems_submission: {
    clinic_id: ClinicId
    id: Id<'rems-submission'>
    session_id: SessionId
    sent_on: LocalDate
    how: 'portal' | 'fax'
    confirmation: string
    form_version: string
    recorded_at: Instant
    recorded_by: string
  }
}

/** A form that was sent, as somebody recorded it. */
export type RemsSubmission = {
  readonly id: Id<'rems-submission'>
  readonly sessionId: SessionId
  readonly sentOn: LocalDate
  readonly how: 'portal' | 'fax'
  readonly confirmation: string
  readonly formVersion: string
  readonly recordedAt: Instant
  readonly recordedBy: string
}

/** @returns false when it was recorded before under this id */
export async function insertSubmission(
  db: Write,
  clinicId: ClinicId,
  sent: RemsSubmission,
): Promise<boolean> {
  const row = await writer<RemsTables>(db)
    .insertInto('rems_submission')
    .values({
      clinic_id: clinicId,
      id: sent.id,
      session_id: sent.sessionId,
      sent_on: sent.sentOn,
      how: sent.how,
      confirmation: sent.confirmation,
      form_version: sent.formVersion,
      recorded_at: sent.recordedAt,
      recorded_by: sent.recordedBy,
    })
    .onConflict((c) => c.columns(['clinic_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** What was sent of these sessions, oldest first. */
export async function submissionsOf(
  db: Read,
  clinicId: ClinicId,
  sessionIds: readonly SessionId[],
): Promise<RemsSubmission[]> {
  if (sessionIds.length === 0) return []
  const rows = await reader<RemsTables>(db)
    .selectFrom('rems_submission')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('session_id', 'in', [...sessionIds])
    .orderBy('recorded_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    sessionId: row.session_id,
    sentOn: row.sent_on,
    how: row.how,
    confirmation: row.confirmation,
    formVersion: row.form_version,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
  }))
}
