import type { ChairId } from '../../plan/index.ts'
import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { AccountId, ClinicId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { SessionId } from '../session/session-event.ts'
import type { DeviceId, DeviceKey, DeviceKeyId, MonitorDevice, Placement, Unassigned } from './device.ts'
import type { StoredNotice, StoredSample } from './stored-sample.ts'

/** The only file that names the tables of devices and of what they sent. */
type BatchName = { readonly device_id: DeviceId; readonly run: string; readonly sequence: number }
type Stretch = { readonly first_at: Instant; readonly last_at: Instant; readonly received_at: Instant }
type MonitorTables = {
  monitor_device: {
    clinic_id: ClinicId
    id: DeviceId
    wire_name: string
    name: string
    made_at: Instant
    made_by: AccountId
    retired_at: Instant | null
  }
  monitor_key: {
    clinic_id: ClinicId
    id: DeviceKeyId
    device_id: DeviceId
    key_hash: string
    made_at: Instant
    made_by: AccountId
    revoked_at: Instant | null
    revoked_by: AccountId | null
  }
  monitor_placement: {
    clinic_id: ClinicId
    id: string
    device_id: DeviceId
    chair_id: ChairId | null
    since: Instant
    placed_by: AccountId
  }
  monitor_batch: BatchName & {
    clinic_id: ClinicId
    content_hash: string
    received_at: Instant
    accepted: number
  }
  session_sample: BatchName &
    Stretch & { clinic_id: ClinicId; session_id: SessionId; samples: string; technical: string }
  unassigned_sample: BatchName &
    Stretch & {
      clinic_id: ClinicId
      why: Unassigned
      values_held: number
      samples: string
      technical: string
    }
}

const read = (db: Read) => reader<MonitorTables>(db)
const write = (db: Write) => writer<MonitorTables>(db)

// Devices, keys, places

export async function monitorDevices(db: Read, clinicId: ClinicId): Promise<MonitorDevice[]> {
  const rows = await read(db)
    .selectFrom('monitor_device')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .orderBy('name')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    wireName: row.wire_name,
    name: row.name,
    madeAt: row.made_at,
    retiredAt: row.retired_at ?? undefined,
  }))
}

/** @returns false when the clinic has a device of this id or of this name on the wire */
export async function insertDevice(
  db: Write,
  clinicId: ClinicId,
  device: { readonly id: DeviceId; readonly wireName: string; readonly name: string },
  madeAt: Instant,
  madeBy: AccountId,
): Promise<boolean> {
  const row = await write(db)
    .insertInto('monitor_device')
    .values({
      clinic_id: clinicId,
      id: device.id,
      wire_name: device.wireName,
      name: device.name,
      made_at: madeAt,
      made_by: madeBy,
      retired_at: null,
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** A device, kept for this transaction, so that two people change its keys or its place one after the other. */
export async function lockDevice(
  db: Write,
  clinicId: ClinicId,
  id: DeviceId,
): Promise<MonitorDevice | undefined> {
  const row = await write(db)
    .selectFrom('monitor_device')
    .select('id')
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  return row && (await monitorDevices(db, clinicId)).find((device) => device.id === id)
}

/** Keys by which devices may send or once could, the newest first. */
export async function deviceKeys(db: Read, clinicId: ClinicId): Promise<DeviceKey[]> {
  const rows = await read(db)
    .selectFrom('monitor_key')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .orderBy('made_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    deviceId: row.device_id,
    hash: row.key_hash,
    madeAt: row.made_at,
    madeBy: row.made_by,
    revokedAt: row.revoked_at ?? undefined,
  }))
}

export async function insertKey(
  db: Write,
  clinicId: ClinicId,
  key: { readonly id: DeviceKeyId; readonly deviceId: DeviceId; readonly hash: string },
  madeAt: Instant,
  madeBy: AccountId,
): Promise<boolean> {
  const row = await write(db)
    .insertInto('monitor_key')
    .values({
      clinic_id: clinicId,
      id: key.id,
      device_id: key.deviceId,
      key_hash: key.hash,
      made_at: madeAt,
      made_by: madeBy,
      revoked_at: null,
      revoked_by: null,
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Ends every key of a device that is not ended yet.
 *
 * @param but the one that stays
 * @returns how many
 */
export async function revokeKeys(
  db: Write,
  clinicId: ClinicId,
  deviceId: DeviceId,
  at: Instant,
  by: AccountId,
  but?: DeviceKeyId,
): Promise<number> {
  let query = write(db)
    .updateTable('monitor_key')
    .set({ revoked_at: at, revoked_by: by })
    .where('clinic_id', '=', clinicId)
    .where('device_id', '=', deviceId)
    .where('revoked_at', 'is', null)
  if (but) query = query.where('id', '!=', but)
  return (await query.returning('id').execute()).length
}

/** Where each device has stood, oldest first. */
export async function placements(db: Read, clinicId: ClinicId): Promise<Placement[]> {
  const rows = await read(db)
    .selectFrom('monitor_placement')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .orderBy('since')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    deviceId: row.device_id,
    chairId: row.chair_id ?? undefined,
    since: row.since,
  }))
}

export async function insertPlacement(
  db: Write,
  clinicId: ClinicId,
  placement: { readonly id: string; readonly deviceId: DeviceId; readonly chairId: ChairId | undefined },
  since: Instant,
  by: AccountId,
): Promise<void> {
  await write(db)
    .insertInto('monitor_placement')
    .values({
      clinic_id: clinicId,
      id: placement.id,
      device_id: placement.deviceId,
      chair_id: placement.chairId ?? null,
      since,
      placed_by: by,
    })
    .execute()
}

// Batches and values

export type NewBatch = {
  readonly deviceId: DeviceId
  readonly run: string
  readonly sequence: number
  readonly contentHash: string
  readonly accepted: number
}

/** Names a batch among those of a clinic. */
export function batchKey(batch: {
  readonly deviceId: string
  readonly run: string
  readonly sequence: number
}): string {
  return `${batch.deviceId}/${batch.run}/${batch.sequence}`
}

/** Notes batches as taken. @returns the keys of those that are new */
export async function insertBatches(
  db: Write,
  clinicId: ClinicId,
  batches: readonly NewBatch[],
  receivedAt: Instant,
): Promise<ReadonlySet<string>> {
  const rows = await write(db)
    .insertInto('monitor_batch')
    .values(
      batches.map((batch) => ({
        clinic_id: clinicId,
        device_id: batch.deviceId,
        run: batch.run,
        sequence: batch.sequence,
        content_hash: batch.contentHash,
        received_at: receivedAt,
        accepted: batch.accepted,
      })),
    )
    .onConflict((c) => c.doNothing())
    .returning(['device_id', 'run', 'sequence'])
    .execute()
  return new Set(rows.map((row) => batchKey({ ...row, deviceId: row.device_id })))
}

/** The content of a batch that was taken, as a hash. */
export async function batchHash(
  db: Read,
  clinicId: ClinicId,
  batch: { readonly deviceId: DeviceId; readonly run: string; readonly sequence: number },
): Promise<string | undefined> {
  const row = await read(db)
    .selectFrom('monitor_batch')
    .select('content_hash')
    .where('clinic_id', '=', clinicId)
    .where('device_id', '=', batch.deviceId)
    .where('run', '=', batch.run)
    .where('sequence', '=', batch.sequence)
    .executeTakeFirst()
  return row?.content_hash
}

/** Part of a batch: what of it belongs to one session, or to none for one reason. */
export type KeptPart = {
  readonly deviceId: DeviceId
  readonly run: string
  readonly sequence: number
  readonly firstAt: Instant
  readonly lastAt: Instant
  readonly samples: readonly StoredSample[]
  readonly technical: readonly StoredNotice[]
}

export async function insertSessionSamples(
  db: Write,
  clinicId: ClinicId,
  parts: readonly (KeptPart & { readonly sessionId: SessionId })[],
  receivedAt: Instant,
): Promise<void> {
  if (parts.length === 0) return
  await write(db)
    .insertInto('session_sample')
    .values(parts.map((part) => ({ ...keptRow(clinicId, part, receivedAt), session_id: part.sessionId })))
    .execute()
}

export async function insertUnassignedSamples(
  db: Write,
  clinicId: ClinicId,
  parts: readonly (KeptPart & { readonly why: Unassigned })[],
  receivedAt: Instant,
): Promise<void> {
  if (parts.length === 0) return
  await write(db)
    .insertInto('unassigned_sample')
    .values(
      parts.map((part) => ({
        ...keptRow(clinicId, part, receivedAt),
        why: part.why,
        values_held: part.samples.length,
      })),
    )
    .execute()
}

function keptRow(clinicId: ClinicId, part: KeptPart, receivedAt: Instant) {
  return {
    clinic_id: clinicId,
    device_id: part.deviceId,
    run: part.run,
    sequence: part.sequence,
    first_at: part.firstAt,
    last_at: part.lastAt,
    received_at: receivedAt,
    samples: JSON.stringify(part.samples),
    technical: JSON.stringify(part.technical),
  }
}

/** Whether anything of a device was taken in between two instants. */
export async function wasHeard(
  db: Read,
  clinicId: ClinicId,
  deviceId: DeviceId,
  from: Instant,
  until: Instant,
): Promise<boolean> {
  const row = await read(db)
    .selectFrom('monitor_batch')
    .select('sequence')
    .where('clinic_id', '=', clinicId)
    .where('device_id', '=', deviceId)
    .where('received_at', '>=', from)
    .where('received_at', '<', until)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

// What the manager's page says of them

/** When each device was last heard, by the server's clock. */
export async function lastHeard(
  db: Read,
  clinicId: ClinicId,
  deviceIds: readonly DeviceId[],
): Promise<Map<DeviceId, Instant>> {
  const found = new Map<DeviceId, Instant>()
  for (const deviceId of deviceIds) {
    const row = await read(db)
      .selectFrom('monitor_batch')
      .select('received_at')
      .where('clinic_id', '=', clinicId)
      .where('device_id', '=', deviceId)
      .orderBy('received_at', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (row) found.set(deviceId, row.received_at)
  }
  return found
}

/** How many values of each device belong to no session, and why. */
export async function unassignedValues(
  db: Read,
  clinicId: ClinicId,
): Promise<{ deviceId: DeviceId; why: Unassigned; values: number; lastAt: Instant }[]> {
  const rows = await read(db)
    .selectFrom('unassigned_sample')
    .select([
      'device_id',
      'why',
      (q) => q.fn.sum<number>('values_held').as('values'),
      (q) => q.fn.max<Instant>('last_at').as('last'),
    ])
    .where('clinic_id', '=', clinicId)
    .groupBy(['device_id', 'why'])
    .execute()
  return rows.map((row) => ({
    deviceId: row.device_id,
    why: row.why,
    values: Number(row.values),
    lastAt: row.last,
  }))
}

/** Forgets what belongs to no session and was received before an instant, and the names of batches from before another. */
export async function forgetOldBatches(
  db: Write,
  clinicId: ClinicId,
  before: { readonly unassigned: Instant; readonly names: Instant },
): Promise<void> {
  for (const { id } of await monitorDevices(db, clinicId)) {
    await write(db)
      .deleteFrom('unassigned_sample')
      .where('clinic_id', '=', clinicId)
      .where('device_id', '=', id)
      .where('received_at', '<', before.unassigned)
      .execute()
    await write(db)
      .deleteFrom('monitor_batch')
      .where('clinic_id', '=', clinicId)
      .where('device_id', '=', id)
      .where('received_at', '<', before.names)
      .execute()
  }
}
