import { sql } from 'kysely'
import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { ClinicId, PersonId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { ResponseId } from '../instrument-response.ts'
import { INFORMING_TRIGGERS, type ResultReview } from './result-review.ts'

/** The only place that names the table of reviews. Of the responses it reads what the waiting list needs. */
type ResultTables = {
  result_review: {
    clinic_id: ClinicId
    id: ResultReview['id']
    response_id: ResponseId
    reviewed_at: Instant
    reviewed_by: string
    note: string
  }
  instrument_response: {
    clinic_id: ClinicId
    id: ResponseId
    person_id: PersonId
    instrument_id: string
    scores: unknown
    completed_at: Instant
  }
}

const read = (db: Read) => reader<ResultTables>(db)
const write = (db: Write) => writer<ResultTables>(db)

/** @returns false when this review exists already (a double click) */
export async function insertReview(db: Write, clinicId: ClinicId, review: ResultReview): Promise<boolean> {
  const row = await write(db)
    .insertInto('result_review')
    .values({
      clinic_id: clinicId,
      id: review.id,
      response_id: review.responseId,
      reviewed_at: review.at,
      reviewed_by: review.by,
      note: review.note,
    })
    .onConflict((c) => c.columns(['clinic_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** What was noted about each of these responses, oldest first. A response that nobody looked at is not in the map. */
export async function reviewsOf(
  db: Read,
  clinicId: ClinicId,
  responseIds: readonly ResponseId[],
): Promise<Map<ResponseId, ResultReview[]>> {
  const found = new Map<ResponseId, ResultReview[]>()
  if (responseIds.length === 0) return found
  const rows = await read(db)
    .selectFrom('result_review')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('response_id', 'in', [...responseIds])
    .orderBy('reviewed_at')
    .orderBy('id')
    .execute()
  for (const row of rows) {
    const reviews = found.get(row.response_id) ?? []
    reviews.push({
      id: row.id,
      responseId: row.response_id,
      at: row.reviewed_at,
      by: row.reviewed_by,
      note: row.note,
    })
    found.set(row.response_id, reviews)
  }
  return found
}

/** Responses of the clinic in which a trigger asked for a look and nobody has looked yet, oldest first. */
export async function waitingResponseIds(
  db: Read,
  clinicId: ClinicId,
): Promise<{ readonly id: ResponseId; readonly personId: PersonId; readonly instrumentId: string }[]> {
  const rows = await read(db)
    .selectFrom('instrument_response')
    .select(['instrument_response.id', 'instrument_response.person_id', 'instrument_response.instrument_id'])
    .where('instrument_response.clinic_id', '=', clinicId)
    .where(sql<boolean>`jsonb_array_length(instrument_response.scores -> 'triggers') > 0`)
    .where(
      sql<boolean>`not instrument_response.scores -> 'triggers' <@ ${JSON.stringify(INFORMING_TRIGGERS)}::jsonb`,
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('result_review')
            .select('result_review.id')
            .where('result_review.clinic_id', '=', clinicId)
            .whereRef('result_review.response_id', '=', 'instrument_response.id'),
        ),
      ),
    )
    .orderBy('instrument_response.completed_at')
    .orderBy('instrument_response.id')
    .execute()
  return rows.map((row) => ({ id: row.id, personId: row.person_id, instrumentId: row.instrument_id }))
}
