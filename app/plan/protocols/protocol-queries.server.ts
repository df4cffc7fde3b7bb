import { sql } from 'kysely'
import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { AccountId, ClinicId, Id, PersonId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { PlanId } from '../plan.ts'
import type { Deviation } from './deviation.ts'
import { parseStoredProtocol } from './parse-protocol.ts'
import type { Protocol } from './protocol.ts'
import {
  type OwnVersion,
  ownVersionName,
  type ProtocolEvent,
  type ProtocolEventKind,
  type ProtocolVersionId,
  type StoredSimulation,
} from './protocol-version.ts'
import type { SimulationReport } from './simulation-report.ts'

/** Names the tables of a clinic's own versions, what happened to them, their simulations, and deviations. */
type ProtocolTables = {
  protocol_version: {
    clinic_id: ClinicId
    id: ProtocolVersionId
    protocol_id: string
    number: number
    based_on: string
    drafted_by: AccountId | null
    drafted_at: Instant
  }
  protocol_revision: {
    clinic_id: ClinicId
    version_id: ProtocolVersionId
    revision: number
    /** jsonb, written as text. */
    content: unknown
    saved_by: AccountId | null
    saved_at: Instant
  }
  protocol_head: { clinic_id: ClinicId; protocol_id: string; changes: number }
  protocol_event: {
    clinic_id: ClinicId
    id: ProtocolEvent['id']
    protocol_id: string
    version: string
    kind: ProtocolEventKind
    revision: number | null
    reason: string | null
    happened_by: AccountId | null
    happened_at: Instant
  }
  protocol_simulation: {
    clinic_id: ClinicId
    id: StoredSimulation['id']
    /** Of an own version; null for a version of the library, which the two names below tell. */
    version_id: ProtocolVersionId | null
    protocol_id: string | null
    version: string | null
    revision: number
    seed: number
    /** jsonb, written as text. */
    report: SimulationReport | string
    run_by: AccountId | null
    run_at: Instant
  }
  protocol_deviation: {
    clinic_id: ClinicId
    id: Deviation['id']
    plan_id: PlanId
    person_id: PersonId
    protocol_id: string
    protocol_version: string
    kind: Deviation['kind']
    protocol_says: string
    done_instead: string
    reason: string
    object: string | null
    object_id: string | null
    noted_by: AccountId | null
    noted_at: Instant
  }
}

const read = (db: Read) => reader<ProtocolTables>(db)
const write = (db: Write) => writer<ProtocolTables>(db)

/** Waits until nobody else changes this protocol in this clinic, and holds it until the transaction ends. */
export async function holdProtocol(db: Write, clinicId: ClinicId, protocolId: string): Promise<void> {
  await write(db)
    .insertInto('protocol_head')
    .values({ clinic_id: clinicId, protocol_id: protocolId, changes: 1 })
    .onConflict((c) =>
      c
        .columns(['clinic_id', 'protocol_id'])
        .doUpdateSet({ changes: sql<number>`protocol_head.changes + 1` }),
    )
    .execute()
}

// Versions

/** @returns false when this version exists already (the same form sent twice) */
export async function insertVersion(
  db: Write,
  clinicId: ClinicId,
  version: {
    readonly id: ProtocolVersionId
    readonly protocolId: string
    readonly number: number
    readonly basedOn: string
    readonly by: AccountId | undefined
    readonly at: Instant
  },
): Promise<boolean> {
  const row = await write(db)
    .insertInto('protocol_version')
    .values({
      clinic_id: clinicId,
      id: version.id,
      protocol_id: version.protocolId,
      number: version.number,
      based_on: version.basedOn,
      drafted_by: version.by ?? null,
      drafted_at: version.at,
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** @returns false when somebody else saved this revision first */
export async function insertRevision(
  db: Write,
  clinicId: ClinicId,
  saved: {
    readonly versionId: ProtocolVersionId
    readonly revision: number
    readonly protocol: Protocol
    readonly by: AccountId | undefined
    readonly at: Instant
  },
): Promise<boolean> {
  const row = await write(db)
    .insertInto('protocol_revision')
    .values({
      clinic_id: clinicId,
      version_id: saved.versionId,
      revision: saved.revision,
      content: JSON.stringify(saved.protocol),
      saved_by: saved.by ?? null,
      saved_at: saved.at,
    })
    .onConflict((c) => c.columns(['clinic_id', 'version_id', 'revision']).doNothing())
    .returning('revision')
    .executeTakeFirst()
  return row !== undefined
}

/**
 * The clinic's own versions, of one protocol or of all, each with its newest content, by number.
 *
 * @throws Error when a stored version is in a form that is not read: it must never pass as something else
 */
export async function ownVersions(db: Read, clinicId: ClinicId, protocolId?: string): Promise<OwnVersion[]> {
  let wanted = read(db)
    .selectFrom('protocol_version as v')
    .innerJoin('protocol_revision as r', (j) =>
      j.onRef('r.clinic_id', '=', 'v.clinic_id').onRef('r.version_id', '=', 'v.id'),
    )
    .select([
      'v.id',
      'v.protocol_id',
      'v.number',
      'v.based_on',
      'v.drafted_at',
      'r.revision',
      'r.content',
      'r.saved_by',
      'r.saved_at',
    ])
    .where('v.clinic_id', '=', clinicId)
    .orderBy('v.protocol_id')
    .orderBy('v.number')
    .orderBy('r.revision')
  if (protocolId !== undefined) wanted = wanted.where('v.protocol_id', '=', protocolId)
  const rows = await wanted.execute()
  const events = await protocolEvents(db, clinicId, protocolId)
  const byId = new Map<ProtocolVersionId, typeof rows>()
  for (const row of rows) byId.set(row.id, [...(byId.get(row.id) ?? []), row])
  return [...byId.values()].map((revisions) => {
    const last = revisions.at(-1)!
    const version = ownVersionName(last.number)
    return {
      id: last.id,
      protocolId: last.protocol_id,
      number: last.number,
      version,
      basedOn: last.based_on,
      revision: last.revision,
      protocol: storedProtocol(last.content, last.protocol_id, version),
      authors: [...new Set(revisions.map(({ saved_by }) => saved_by ?? undefined))],
      draftedAt: last.drafted_at,
      savedAt: last.saved_at,
      events: events.filter((e) => e.protocolId === last.protocol_id && e.version === version),
    }
  })
}

/** The content of one own version, in the revision it has now. */
export async function ownVersionContent(
  db: Read,
  clinicId: ClinicId,
  protocolId: string,
  number: number,
): Promise<Protocol | undefined> {
  const row = await read(db)
    .selectFrom('protocol_version as v')
    .innerJoin('protocol_revision as r', (j) =>
      j.onRef('r.clinic_id', '=', 'v.clinic_id').onRef('r.version_id', '=', 'v.id'),
    )
    .select('r.content')
    .where('v.clinic_id', '=', clinicId)
    .where('v.protocol_id', '=', protocolId)
    .where('v.number', '=', number)
    .orderBy('r.revision', 'desc')
    .executeTakeFirst()
  return row && storedProtocol(row.content, protocolId, ownVersionName(number))
}

function storedProtocol(content: unknown, id: string, version: string): Protocol {
  const parsed = parseStoredProtocol({ ...(content as object), id, version })
  if (parsed.ok) return parsed.protocol
  const first = parsed.problems[0]
  throw new Error(
    `protocol ${id} ${version} is stored in a form that is not read: ${first?.path} ${first?.words}`,
  )
}

// Events

export async function insertProtocolEvent(
  db: Write,
  clinicId: ClinicId,
  event: ProtocolEvent,
): Promise<void> {
  await write(db)
    .insertInto('protocol_event')
    .values({
      clinic_id: clinicId,
      id: event.id,
      protocol_id: event.protocolId,
      version: event.version,
      kind: event.kind,
      revision: event.revision ?? null,
      reason: event.reason ?? null,
      happened_by: event.by ?? null,
      happened_at: event.at,
    })
    .execute()
}

/** What happened to versions in this clinic, oldest first. */
export async function protocolEvents(
  db: Read,
  clinicId: ClinicId,
  protocolId?: string,
): Promise<ProtocolEvent[]> {
  let wanted = read(db)
    .selectFrom('protocol_event')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .orderBy('happened_at')
    .orderBy('id')
  if (protocolId !== undefined) wanted = wanted.where('protocol_id', '=', protocolId)
  return (await wanted.execute()).map((row) => ({
    id: row.id,
    protocolId: row.protocol_id,
    version: row.version,
    kind: row.kind,
    revision: row.revision ?? undefined,
    reason: row.reason ?? undefined,
    by: row.happened_by ?? undefined,
    at: row.happened_at,
  }))
}

// Simulations

/** A version of the library by its names, or an own one by its id. */
type SimulatedVersion = {
  readonly ownId: ProtocolVersionId | undefined
  readonly protocolId: string
  readonly version: string
}

export async function insertSimulation(
  db: Write,
  clinicId: ClinicId,
  of: SimulatedVersion,
  simulation: StoredSimulation,
): Promise<void> {
  await write(db)
    .insertInto('protocol_simulation')
    .values({
      clinic_id: clinicId,
      id: simulation.id,
      version_id: of.ownId ?? null,
      protocol_id: of.ownId ? null : of.protocolId,
      version: of.ownId ? null : of.version,
      revision: simulation.revision,
      seed: simulation.seed,
      report: JSON.stringify(simulation.report),
      run_by: simulation.by ?? null,
      run_at: simulation.at,
    })
    .execute()
}

/** The newest simulation of a version, of whichever revision; undefined when there was none. */
export async function newestSimulation(
  db: Read,
  clinicId: ClinicId,
  of: SimulatedVersion,
): Promise<StoredSimulation | undefined> {
  const all = read(db).selectFrom('protocol_simulation').selectAll().where('clinic_id', '=', clinicId)
  const wanted = of.ownId
    ? all.where('version_id', '=', of.ownId)
    : all.where('protocol_id', '=', of.protocolId).where('version', '=', of.version)
  const row = await wanted
    .orderBy('revision', 'desc')
    .orderBy('run_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      revision: row.revision,
      seed: row.seed,
      report: row.report as SimulationReport,
      by: row.run_by ?? undefined,
      at: row.run_at,
    }
  )
}

// Deviations

export async function insertDeviation(db: Write, clinicId: ClinicId, noted: Deviation): Promise<void> {
  await write(db)
    .insertInto('protocol_deviation')
    .values({
      clinic_id: clinicId,
      id: noted.id,
      plan_id: noted.planId,
      person_id: noted.personId,
      protocol_id: noted.protocolId,
      protocol_version: noted.protocolVersion,
      kind: noted.kind,
      protocol_says: noted.protocolSays,
      done_instead: noted.doneInstead,
      reason: noted.reason,
      object: noted.object?.kind ?? null,
      object_id: noted.object?.id ?? null,
      noted_by: noted.by ?? null,
      noted_at: noted.at,
    })
    .execute()
}

/** Where one plan left its protocol, oldest first. */
export async function deviationsOfPlan(db: Read, clinicId: ClinicId, planId: PlanId): Promise<Deviation[]> {
  const rows = await read(db)
    .selectFrom('protocol_deviation')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('plan_id', '=', planId)
    .orderBy('noted_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    planId: row.plan_id,
    personId: row.person_id,
    protocolId: row.protocol_id,
    protocolVersion: row.protocol_version,
    kind: row.kind,
    protocolSays: row.protocol_says,
    doneInstead: row.done_instead,
    reason: row.reason,
    object: row.object && row.object_id ? { kind: row.object, id: row.object_id as Id<string> } : undefined,
    by: row.noted_by ?? undefined,
    at: row.noted_at,
  }))
}

/** How often plans left each version of a protocol, by kind, and how many plans did. */
export async function deviationCounts(
  db: Read,
  clinicId: ClinicId,
  protocolId: string,
): Promise<{ version: string; kind: Deviation['kind']; deviations: number; plans: number }[]> {
  const rows = await read(db)
    .selectFrom('protocol_deviation')
    .select([
      'protocol_version as version',
      'kind',
      sql<number>`count(*)`.as('deviations'),
      sql<number>`count(distinct plan_id)`.as('plans'),
    ])
    .where('clinic_id', '=', clinicId)
    .where('protocol_id', '=', protocolId)
    .groupBy(['protocol_version', 'kind'])
    .orderBy('protocol_version')
    .orderBy('kind')
    .execute()
  return rows.map((row) => ({ ...row, deviations: Number(row.deviations), plans: Number(row.plans) }))
}
