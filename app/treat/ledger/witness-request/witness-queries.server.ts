import { sql } from 'kysely'
import { type Read, reader, type Write, writer } from '../../../platform/database.server.ts'
import type { ClinicId } from '../../../platform/ids.ts'
import type { Instant } from '../../../platform/time.ts'
import type {
  WitnessAnswer,
  WitnessAnswerId,
  WitnessedActKind,
  WitnessRequest,
  WitnessRequestId,
} from './witness-request.ts'

/** The only file that names the tables of requests to a witness and of their answers. */
type WitnessTables = {
  witness_request: {
    clinic_id: ClinicId
    id: WitnessRequestId
    act: WitnessedActKind
    act_key: string
    round: number
    input: string
    words: string
    digest: string
    asked_at: Instant
    expires_at: Instant
    asked_by: string
  }
  witness_answer: {
    clinic_id: ClinicId
    request_id: WitnessRequestId
    id: WitnessAnswerId
    kind: WitnessAnswer['kind']
    reason: string | null
    at: Instant
    by_account_id: string
  }
}

const read = (db: Read) => reader<WitnessTables>(db)
const write = (db: Write) => writer<WitnessTables>(db)

function toRequest(row: WitnessTables['witness_request']): WitnessRequest {
  return {
    id: row.id,
    act: row.act,
    actKey: row.act_key,
    round: row.round,
    input: row.input,
    words: row.words,
    digest: row.digest,
    askedAt: row.asked_at,
    expiresAt: row.expires_at,
    askedBy: row.asked_by,
  }
}

function toAnswer(row: WitnessTables['witness_answer']): WitnessAnswer {
  return {
    id: row.id,
    requestId: row.request_id,
    kind: row.kind,
    ...(row.reason === null ? {} : { reason: row.reason }),
    at: row.at,
    by: row.by_account_id,
  }
}

export async function requestById(
  db: Read,
  clinicId: ClinicId,
  id: WitnessRequestId,
): Promise<WitnessRequest | undefined> {
  const row = await read(db)
    .selectFrom('witness_request')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toRequest(row)
}

/** The newest request for an act. */
export async function newestRequestFor(
  db: Read,
  clinicId: ClinicId,
  actKey: string,
): Promise<WitnessRequest | undefined> {
  const row = await read(db)
    .selectFrom('witness_request')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('act_key', '=', actKey)
    .orderBy('round', 'desc')
    .executeTakeFirst()
  return row && toRequest(row)
}

/** Requests nobody has answered and that have not run out, the oldest first. */
export async function unansweredRequests(
  db: Read,
  clinicId: ClinicId,
  at: Instant,
): Promise<WitnessRequest[]> {
  const rows = await read(db)
    .selectFrom('witness_request as request')
    .leftJoin('witness_answer as answer', (join) =>
      join.onRef('answer.clinic_id', '=', 'request.clinic_id').onRef('answer.request_id', '=', 'request.id'),
    )
    .selectAll('request')
    .where('request.clinic_id', '=', clinicId)
    .where('request.expires_at', '>', at)
    .where('answer.id', 'is', null)
    .orderBy('request.asked_at')
    .orderBy('request.id')
    .execute()
  return rows.map(toRequest)
}

/** The newest requests that somebody made or answered, with their answers, newest first. */
export async function requestsOf(
  db: Read,
  clinicId: ClinicId,
  accountId: string,
  limit: number,
): Promise<{ readonly request: WitnessRequest; readonly answer: WitnessAnswer | undefined }[]> {
  const rows = await read(db)
    .selectFrom('witness_request as request')
    .leftJoin('witness_answer as answer', (join) =>
      join.onRef('answer.clinic_id', '=', 'request.clinic_id').onRef('answer.request_id', '=', 'request.id'),
    )
    .selectAll('request')
    .where('request.clinic_id', '=', clinicId)
    .where((row) =>
      row.or([row('request.asked_by', '=', accountId), row('answer.by_account_id', '=', accountId)]),
    )
    .orderBy('request.asked_at', 'desc')
    .orderBy('request.id', 'desc')
    .limit(limit)
    .execute()
  const requests = rows.map(toRequest)
  const answers = await answersOf(
    db,
    clinicId,
    requests.map(({ id }) => id),
  )
  return requests.map((request) => ({ request, answer: answers.get(request.id) }))
}

async function answersOf(
  db: Read,
  clinicId: ClinicId,
  requestIds: readonly WitnessRequestId[],
): Promise<Map<WitnessRequestId, WitnessAnswer>> {
  if (requestIds.length === 0) return new Map()
  const rows = await read(db)
    .selectFrom('witness_answer')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('request_id', 'in', [...requestIds])
    .execute()
  return new Map(rows.map((row) => [row.request_id, toAnswer(row)]))
}

export async function answerOf(
  db: Read,
  clinicId: ClinicId,
  requestId: WitnessRequestId,
): Promise<WitnessAnswer | undefined> {
  return (await answersOf(db, clinicId, [requestId])).get(requestId)
}

/** @returns false when this round of this act was asked for already */
export async function insertRequest(
  db: Write,
  clinicId: ClinicId,
  request: WitnessRequest,
): Promise<boolean> {
  const row = await write(db)
    .insertInto('witness_request')
    .values({
      clinic_id: clinicId,
      id: request.id,
      act: request.act,
      act_key: request.actKey,
      round: request.round,
      input: request.input,
      words: request.words,
      digest: request.digest,
      asked_at: request.askedAt,
      expires_at: request.expiresAt,
      asked_by: request.askedBy,
    })
    .onConflict((c) => c.columns(['clinic_id', 'act_key', 'round']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Ends a request. Whoever comes second waits here until the first is done.
 *
 * @returns false when it has an answer already
 */
export async function insertAnswer(db: Write, clinicId: ClinicId, answer: WitnessAnswer): Promise<boolean> {
  const row = await write(db)
    .insertInto('witness_answer')
    .values({
      clinic_id: clinicId,
      request_id: answer.requestId,
      id: answer.id,
      kind: answer.kind,
      reason: answer.reason ?? null,
      at: answer.at,
      by_account_id: answer.by,
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Runs a part of a transaction; what it wrote is undone unless it says `keep`. */
export async function tentatively<Value>(
  db: Write,
  part: () => Promise<{ readonly keep: boolean; readonly value: Value }>,
): Promise<Value> {
  await sql`savepoint tentative`.execute(write(db))
  const { keep, value } = await part()
  await (keep ? sql`release savepoint tentative` : sql`rollback to savepoint tentative`).execute(write(db))
  return value
}
