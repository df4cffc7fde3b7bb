import { sql } from 'kysely'
import { type Read, reader, type Write, writer } from '../platform/database.server.ts'
import type { AccountId, ClinicId, Id, PersonId } from '../platform/ids.ts'
import type { Instant } from '../platform/time.ts'
import { emailKey, phoneKey, type RequestAnswers, type RequestId, requestReference } from './request.ts'
import type { RequestEvent, StoredRequestEvent } from './request-events.ts'
import type { DraftAnswers, StepId, Typed } from './request-form.ts'

/** The only file that names this slice's tables. */
type AskTables = {
  request_draft: {
    clinic_id: ClinicId
    id: RequestId
    token_hash: string
    answers: DraftAnswers
    started_at: Instant
    opened_at: Instant | null
    saved_at: Instant
  }
  consultation_request: {
    clinic_id: ClinicId
    id: RequestId
    reference: string
    token_hash: string
    answers: RequestAnswers
    email_key: string | null
    phone_key: string | null
    synthetic: boolean
    received_at: Instant
  }
  request_event: {
    clinic_id: ClinicId
    request_id: RequestId
    seq: number
    id: Id<'request-event'>
    kind: RequestEvent['kind']
    at: Instant
    account_id: AccountId | null
    person_id: PersonId | null
    data: Record<string, unknown>
  }
}

const read = (db: Read) => reader<AskTables>(db)
const write = (db: Write) => writer<AskTables>(db)

// Drafts

/** A form somebody is still filling in. Its id becomes the request's. */
export type Draft = {
  readonly id: RequestId
  readonly answers: DraftAnswers
  readonly startedAt: Instant
  /** When its first page was opened, by what the server signed. */
  readonly openedAt: Instant | undefined
  readonly savedAt: Instant
}

/** Makes a draft; the same secret makes it once. */
export async function insertDraft(
  db: Write,
  clinicId: ClinicId,
  draft: {
    readonly id: RequestId
    readonly tokenHash: string
    readonly openedAt: Instant | undefined
    readonly at: Instant
  },
): Promise<void> {
  await write(db)
    .insertInto('request_draft')
    .values({
      clinic_id: clinicId,
      id: draft.id,
      token_hash: draft.tokenHash,
      answers: {},
      started_at: draft.at,
      opened_at: draft.openedAt ?? null,
      saved_at: draft.at,
    })
    .onConflict((c) => c.doNothing())
    .execute()
}

const toDraft = (row: AskTables['request_draft']): Draft => ({
  id: row.id,
  answers: row.answers,
  startedAt: row.started_at,
  openedAt: row.opened_at ?? undefined,
  savedAt: row.saved_at,
})

/** @param savedSince older drafts count as forgotten, even before the job has removed them */
export async function draftByHash(
  db: Read,
  clinicId: ClinicId,
  tokenHash: string,
  savedSince: Instant,
): Promise<Draft | undefined> {
  const row = await read(db)
    .selectFrom('request_draft')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('token_hash', '=', tokenHash)
    .where('saved_at', '>', savedSince)
    .executeTakeFirst()
  return row && toDraft(row)
}

/** The same, and nobody else may send or change it until this transaction ends. */
export async function lockDraft(
  db: Write,
  clinicId: ClinicId,
  tokenHash: string,
): Promise<Draft | undefined> {
  const row = await write(db)
    .selectFrom('request_draft')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('token_hash', '=', tokenHash)
    .forUpdate()
    .executeTakeFirst()
  return row && toDraft(row)
}

/** Puts one page into the draft; other pages, perhaps saved from a second tab, stay. */
export async function saveDraftPage(
  db: Write,
  clinicId: ClinicId,
  page: { readonly tokenHash: string; readonly step: StepId; readonly typed: Typed; readonly at: Instant },
): Promise<boolean> {
  const result = await write(db)
    .updateTable('request_draft')
    .set({
      answers: sql<DraftAnswers>`answers || ${JSON.stringify({ [page.step]: page.typed })}::jsonb`,
      saved_at: page.at,
    })
    .where('clinic_id', '=', clinicId)
    .where('token_hash', '=', page.tokenHash)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

export async function deleteDraft(db: Write, clinicId: ClinicId, tokenHash: string): Promise<boolean> {
  const result = await write(db)
    .deleteFrom('request_draft')
    .where('clinic_id', '=', clinicId)
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}

/** @returns how many were removed */
export async function deleteDraftsBefore(db: Write, clinicId: ClinicId, before: Instant): Promise<number> {
  const result = await write(db)
    .deleteFrom('request_draft')
    .where('clinic_id', '=', clinicId)
    .where('saved_at', '<=', before)
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}

// Requests

/** A request as it was sent. */
export type ConsultationRequest = {
  readonly id: RequestId
  readonly reference: string
  readonly answers: RequestAnswers
  readonly synthetic: boolean
  readonly receivedAt: Instant
}

export type NewRequest = {
  readonly id: RequestId
  readonly tokenHash: string
  readonly answers: RequestAnswers
  readonly synthetic: boolean
  readonly at: Instant
}

const toRequest = (row: AskTables['consultation_request']): ConsultationRequest => ({
  id: row.id,
  reference: row.reference,
  answers: row.answers,
  synthetic: row.synthetic,
  receivedAt: row.received_at,
})

/** @returns false when this request is there already (the same command repeated) */
export async function insertRequest(db: Write, clinicId: ClinicId, request: NewRequest): Promise<boolean> {
  const row = await write(db)
    .insertInto('consultation_request')
    .values({
      clinic_id: clinicId,
      id: request.id,
      reference: requestReference(request.id),
      token_hash: request.tokenHash,
      answers: request.answers,
      email_key: emailKey(request.answers.email) ?? null,
      phone_key: phoneKey(request.answers.phone) ?? null,
      synthetic: request.synthetic,
      received_at: request.at,
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function requestById(
  db: Read,
  clinicId: ClinicId,
  id: RequestId,
): Promise<ConsultationRequest | undefined> {
  const row = await read(db)
    .selectFrom('consultation_request')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toRequest(row)
}

export async function requestByHash(
  db: Read,
  clinicId: ClinicId,
  tokenHash: string,
): Promise<ConsultationRequest | undefined> {
  const row = await read(db)
    .selectFrom('consultation_request')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
  return row && toRequest(row)
}

/** The newest request with this reference. */
export async function requestByReference(
  db: Read,
  clinicId: ClinicId,
  reference: string,
): Promise<ConsultationRequest | undefined> {
  const row = await read(db)
    .selectFrom('consultation_request')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('reference', '=', reference)
    .orderBy('received_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && toRequest(row)
}

/** A request on which nobody else decides until this transaction ends, with what happened to it so far. */
export async function lockRequest(
  db: Write,
  clinicId: ClinicId,
  id: RequestId,
): Promise<{ request: ConsultationRequest; events: readonly StoredRequestEvent[] } | undefined> {
  const row = await write(db)
    .selectFrom('consultation_request')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row && { request: toRequest(row), events: await requestEvents(db, clinicId, id) }
}

/** Other requests with the same e-mail address or telephone number, newest first: proposed as duplicates. */
export async function requestsOfSameContact(
  db: Read,
  clinicId: ClinicId,
  request: Pick<ConsultationRequest, 'id' | 'answers'>,
): Promise<ConsultationRequest[]> {
  const email = emailKey(request.answers.email)
  const phone = phoneKey(request.answers.phone)
  if (!email && !phone) return []
  const rows = await read(db)
    .selectFrom('consultation_request')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('id', '<>', request.id)
    .where((where) =>
      where.or([
        ...(email ? [where('email_key', '=', email)] : []),
        ...(phone ? [where('phone_key', '=', phone)] : []),
      ]),
    )
    .orderBy('received_at', 'desc')
    .limit(20)
    .execute()
  return rows.map(toRequest)
}

/** One line of the inbox before anything is computed. */
export type InboxEntry = {
  readonly request: ConsultationRequest
  readonly events: readonly StoredRequestEvent[]
  /** Other requests of the same contact, decided ones too. */
  readonly sameContact: number
}

/**
 * Requests with their events.
 *
 * @param which `open`: without a decision, oldest first; `decided`: newest first
 */
export async function inboxEntries(
  db: Read,
  clinicId: ClinicId,
  which: 'open' | 'decided',
  limit: number,
): Promise<InboxEntry[]> {
  const rows = await read(db)
    .selectFrom('consultation_request as r')
    .selectAll('r')
    .select((e) =>
      e
        .selectFrom('consultation_request as o')
        .select((o) => o.fn.countAll<number>().as('n'))
        .where('o.clinic_id', '=', clinicId)
        .whereRef('o.clinic_id', '=', 'r.clinic_id')
        .whereRef('o.id', '<>', 'r.id')
        .where((w) =>
          w.or([w('o.email_key', '=', w.ref('r.email_key')), w('o.phone_key', '=', w.ref('r.phone_key'))]),
        )
        .as('same_contact'),
    )
    .where('r.clinic_id', '=', clinicId)
    .where((where) => {
      const decided = where.exists(
        where
          .selectFrom('request_event as d')
          .select('d.id')
          .where('d.clinic_id', '=', clinicId)
          .whereRef('d.clinic_id', '=', 'r.clinic_id')
          .whereRef('d.request_id', '=', 'r.id')
          .where('d.kind', 'in', ['accepted', 'declined']),
      )
      return which === 'decided' ? decided : where.not(decided)
    })
    .orderBy('r.received_at', which === 'open' ? 'asc' : 'desc')
    .limit(limit)
    .execute()
  const events = await eventsOfRequests(
    db,
    clinicId,
    rows.map((row) => row.id),
  )
  return rows.map((row) => ({
    request: toRequest(row),
    events: events.get(row.id) ?? [],
    sameContact: Number(row.same_contact ?? 0),
  }))
}

// Events

export async function requestEvents(
  db: Read,
  clinicId: ClinicId,
  requestId: RequestId,
): Promise<readonly StoredRequestEvent[]> {
  return (await eventsOfRequests(db, clinicId, [requestId])).get(requestId) ?? []
}

/** What happened to several requests, each in its order. */
export async function eventsOfRequests(
  db: Read,
  clinicId: ClinicId,
  requestIds: readonly RequestId[],
): Promise<Map<RequestId, StoredRequestEvent[]>> {
  const found = new Map<RequestId, StoredRequestEvent[]>()
  if (requestIds.length === 0) return found
  const rows = await read(db)
    .selectFrom('request_event')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('request_id', 'in', requestIds)
    .orderBy('request_id')
    .orderBy('seq')
    .execute()
  for (const row of rows) {
    const list = found.get(row.request_id) ?? []
    list.push(toEvent(row))
    found.set(row.request_id, list)
  }
  return found
}

function toEvent(row: AskTables['request_event']): StoredRequestEvent {
  return {
    ...row.data,
    id: row.id,
    kind: row.kind,
    at: row.at,
    ...(row.account_id ? { by: row.account_id } : {}),
    ...(row.person_id ? { personId: row.person_id } : {}),
  } as unknown as StoredRequestEvent
}

/**
 * Appends an event. The caller holds the request's lock, so the place in the order is the number of those before.
 *
 * @param seq 1 for the submission
 */
export async function appendRequestEvent(
  db: Write,
  clinicId: ClinicId,
  requestId: RequestId,
  seq: number,
  event: StoredRequestEvent,
): Promise<void> {
  const { id, kind, at, ...rest } = event
  const { by, personId, ...data } = rest as { by?: AccountId; personId?: PersonId } & Record<string, unknown>
  await write(db)
    .insertInto('request_event')
    .values({
      clinic_id: clinicId,
      request_id: requestId,
      seq,
      id,
      kind,
      at,
      account_id: by ?? null,
      person_id: personId ?? null,
      data,
    })
    .execute()
}
