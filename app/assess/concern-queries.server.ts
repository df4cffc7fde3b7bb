import { type Read, reader, type Write, writer } from '../platform/database.server.ts'
import type { ClinicId, Id, MembershipId, PersonId } from '../platform/ids.ts'
import type { Instant } from '../platform/time.ts'
import type { Concern, ConcernEvent, ConcernId, ConcernSeverity } from './concern.ts'

/** The only place that names the tables of safety concerns. */
type ConcernTables = {
  safety_concern: {
    clinic_id: ClinicId
    id: ConcernId
    person_id: PersonId
    source: string
    object_id: string
    trigger: string
    severity: ConcernSeverity
    dedupe_key: string
    owner_membership_id: MembershipId | null
    raised_at: Instant
    due_at: Instant
  }
  safety_concern_event: {
    clinic_id: ClinicId
    id: ConcernEvent['id']
    concern_id: ConcernId
    kind: ConcernEvent['kind']
    at: Instant
    by_account: string
    detail: unknown
  }
  safety_duty: {
    clinic_id: ClinicId
    id: Id<'safety-duty'>
    membership_id: MembershipId
    since: Instant
    set_by: string
  }
}

const read = (db: Read) => reader<ConcernTables>(db)
const write = (db: Write) => writer<ConcernTables>(db)

function toConcern(row: ConcernTables['safety_concern']): Concern {
  return {
    id: row.id,
    personId: row.person_id,
    source: row.source,
    objectId: row.object_id,
    trigger: row.trigger,
    severity: row.severity,
    ownerMembershipId: row.owner_membership_id ?? undefined,
    raisedAt: row.raised_at,
    dueAt: row.due_at,
  }
}

/** @returns false when a concern with this key was raised already */
export async function insertConcern(
  db: Write,
  clinicId: ClinicId,
  concern: Concern,
  dedupeKey: string,
): Promise<boolean> {
  const row = await write(db)
    .insertInto('safety_concern')
    .values({
      clinic_id: clinicId,
      id: concern.id,
      person_id: concern.personId,
      source: concern.source,
      object_id: concern.objectId,
      trigger: concern.trigger,
      severity: concern.severity,
      dedupe_key: dedupeKey,
      owner_membership_id: concern.ownerMembershipId ?? null,
      raised_at: concern.raisedAt,
      due_at: concern.dueAt,
    })
    .onConflict((c) => c.columns(['clinic_id', 'dedupe_key']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function concernByKey(
  db: Read,
  clinicId: ClinicId,
  dedupeKey: string,
): Promise<Concern | undefined> {
  const row = await read(db)
    .selectFrom('safety_concern')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('dedupe_key', '=', dedupeKey)
    .executeTakeFirst()
  return row && toConcern(row)
}

export async function concernById(db: Read, clinicId: ClinicId, id: ConcernId): Promise<Concern | undefined> {
  const row = await read(db)
    .selectFrom('safety_concern')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toConcern(row)
}

/** Concerns of the clinic, oldest first: those not closed, or all; of one person, or of everybody. */
export async function listConcerns(
  db: Read,
  clinicId: ClinicId,
  only: { readonly notClosed: boolean; readonly personId?: PersonId },
): Promise<Concern[]> {
  let query = read(db).selectFrom('safety_concern').selectAll().where('clinic_id', '=', clinicId)
  if (only.personId) query = query.where('person_id', '=', only.personId)
  if (only.notClosed) {
    query = query.where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('safety_concern_event')
            .select('safety_concern_event.id')
            .where('safety_concern_event.clinic_id', '=', clinicId)
            .whereRef('safety_concern_event.concern_id', '=', 'safety_concern.id')
            .where('safety_concern_event.kind', '=', 'closed'),
        ),
      ),
    )
  }
  return (await query.orderBy('raised_at').orderBy('id').execute()).map(toConcern)
}

/** What was done about each of these concerns, oldest first. */
export async function concernEvents(
  db: Read,
  clinicId: ClinicId,
  concernIds: readonly ConcernId[],
): Promise<Map<ConcernId, ConcernEvent[]>> {
  const found = new Map<ConcernId, ConcernEvent[]>(concernIds.map((id) => [id, []]))
  if (concernIds.length === 0) return found
  const rows = await read(db)
    .selectFrom('safety_concern_event')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('concern_id', 'in', [...concernIds])
    .orderBy('at')
    .orderBy('id')
    .execute()
  for (const row of rows) {
    found.get(row.concern_id)!.push({
      ...(row.detail as object),
      kind: row.kind,
      id: row.id,
      at: row.at,
      by: row.by_account,
    } as ConcernEvent)
  }
  return found
}

/** @returns false when this event exists already, or the concern is closed already */
export async function insertConcernEvent(
  db: Write,
  clinicId: ClinicId,
  concernId: ConcernId,
  event: ConcernEvent,
): Promise<boolean> {
  const { id, at, by, kind, ...detail } = event
  const row = await write(db)
    .insertInto('safety_concern_event')
    .values({
      clinic_id: clinicId,
      id,
      concern_id: concernId,
      kind,
      at,
      by_account: by,
      detail: JSON.stringify(detail),
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function insertSafetyDuty(
  db: Write,
  clinicId: ClinicId,
  duty: { id: Id<'safety-duty'>; membershipId: MembershipId; since: Instant; setBy: string },
): Promise<void> {
  await write(db)
    .insertInto('safety_duty')
    .values({
      clinic_id: clinicId,
      id: duty.id,
      membership_id: duty.membershipId,
      since: duty.since,
      set_by: duty.setBy,
    })
    .onConflict((c) => c.columns(['clinic_id', 'id']).doNothing())
    .execute()
}

/** Who is on duty for safety concerns by the clinic's setting. */
export async function safetyDuty(db: Read, clinicId: ClinicId): Promise<MembershipId | undefined> {
  const row = await read(db)
    .selectFrom('safety_duty')
    .select('membership_id')
    .where('clinic_id', '=', clinicId)
    .orderBy('since', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.membership_id
}
