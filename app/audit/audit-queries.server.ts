import type { Actor } from '../platform/actor.ts'
import type { AuditEntry } from '../platform/audit-trail.ts'
import { type Read, reader, type Write, writer } from '../platform/database.server.ts'
import type { ClinicId, PersonId } from '../platform/ids.ts'
import type { Instant } from '../platform/time.ts'
import { CHAIN_START, type ChainedEntry, entryHash } from './audit-chain.ts'

type AuditTables = {
  audit_head: { clinic_id: ClinicId; seq: number; hash: string }
  audit_entry: {
    clinic_id: ClinicId
    seq: number
    at: Instant
    actor_kind: string
    actor_id: string
    roles: readonly string[]
    action: string
    power: string
    person_id: string | null
    object: string | null
    object_id: string | null
    detail: Record<string, unknown> | null
    previous_hash: string
    hash: string
  }
}

/** Who the audit names: an account, a link, a visitor, or a part of the machinery. */
function actorName(actor: Actor): string {
  switch (actor.kind) {
    case 'member':
      return actor.accountId
    case 'link':
      return actor.linkId
    case 'system':
      return actor.name
    case 'visitor':
      return '-'
  }
}

/**
 * Appends entries to the clinic's chain. The head row is locked until the caller's transaction ends, so that
 * chains never fork; therefore this is called as the last thing before commit.
 */
export async function appendAudit(
  db: Write,
  clinicId: ClinicId,
  actor: Actor,
  at: Instant,
  entries: readonly AuditEntry[],
): Promise<void> {
  const tables = writer<AuditTables>(db)
  let { seq, hash } = (await lockHead(db, clinicId)) ?? (await firstHead(db, clinicId))
  const rows = entries.map((entry) => {
    seq += 1
    const chained: ChainedEntry = {
      clinicId,
      seq,
      at,
      actorKind: actor.kind,
      actorId: actorName(actor),
      roles: actor.kind === 'member' ? actor.roles : [],
      action: entry.action,
      power: entry.power,
      personId: entry.personId ?? null,
      object: entry.object ?? null,
      objectId: entry.objectId ?? null,
      detail: entry.detail ?? null,
    }
    const previousHash = hash
    hash = entryHash(previousHash, chained)
    return {
      clinic_id: clinicId,
      seq,
      at,
      actor_kind: chained.actorKind,
      actor_id: chained.actorId,
      roles: chained.roles,
      action: chained.action,
      power: chained.power,
      person_id: chained.personId,
      object: chained.object,
      object_id: chained.objectId,
      detail: chained.detail,
      previous_hash: previousHash,
      hash,
    }
  })
  await tables.insertInto('audit_entry').values(rows).execute()
  await tables.updateTable('audit_head').set({ seq, hash }).where('clinic_id', '=', clinicId).execute()
}

async function lockHead(db: Write, clinicId: ClinicId) {
  return writer<AuditTables>(db)
    .selectFrom('audit_head')
    .select(['seq', 'hash'])
    .where('clinic_id', '=', clinicId)
    .forUpdate()
    .executeTakeFirst()
}

/** Begins the clinic's chain, or waits for whoever begins it at the same time. */
async function firstHead(db: Write, clinicId: ClinicId) {
  await writer<AuditTables>(db)
    .insertInto('audit_head')
    .values({ clinic_id: clinicId, seq: 0, hash: CHAIN_START })
    .onConflict((c) => c.column('clinic_id').doNothing())
    .execute()
  const head = await lockHead(db, clinicId)
  if (!head) throw new Error(`the audit of clinic ${clinicId} has no beginning`)
  return head
}

/** A page of the chain after `since`, in order, as the verifier wants it. */
export async function chainPage(db: Read, clinicId: ClinicId, since: number, limit: number) {
  const rows = await reader<AuditTables>(db)
    .selectFrom('audit_entry')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('seq', '>', since)
    .orderBy('seq')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    clinicId: row.clinic_id,
    seq: row.seq,
    at: row.at,
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    roles: row.roles,
    action: row.action,
    power: row.power,
    personId: row.person_id,
    object: row.object,
    objectId: row.object_id,
    detail: row.detail,
    previousHash: row.previous_hash,
    hash: row.hash,
  }))
}

export async function chainHead(db: Read, clinicId: ClinicId): Promise<{ seq: number; hash: string }> {
  const row = await reader<AuditTables>(db)
    .selectFrom('audit_head')
    .select(['seq', 'hash'])
    .where('clinic_id', '=', clinicId)
    .executeTakeFirst()
  return row ?? { seq: 0, hash: CHAIN_START }
}

/** Who read or changed one person's record, newest first. */
export async function entriesAboutPerson(db: Read, clinicId: ClinicId, personId: PersonId, limit: number) {
  return reader<AuditTables>(db)
    .selectFrom('audit_entry')
    .select(['seq', 'at', 'actor_kind', 'actor_id', 'roles', 'action', 'power', 'object'])
    .where('clinic_id', '=', clinicId)
    .where('person_id', '=', personId)
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute()
}
