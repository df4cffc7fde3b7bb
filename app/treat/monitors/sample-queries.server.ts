import type { MonitoredSign } from '@evenkeel/vital-signs'
import { sql } from 'kysely'
import { type Read, reader } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { SessionId } from '../session/session-event.ts'
import type { DeviceId } from './device.ts'
import type { KeptPart } from './monitor-queries.server.ts'
import type { MonitorStretch } from './monitor-stretches.ts'
import type { StoredNotice, StoredSample } from './stored-sample.ts'

/** Reads what monitors sent of sessions; it is written beside the batches it came in. */
type SampleTables = {
  session_sample: {
    clinic_id: ClinicId
    session_id: SessionId
    device_id: DeviceId
    run: string
    sequence: number
    first_at: Instant
    last_at: Instant
    received_at: Instant
    samples: string
    technical: string
  }
  monitor_device: { clinic_id: ClinicId; id: DeviceId; name: string }
}

const read = (db: Read) => reader<SampleTables>(db)

/** What monitors sent of sessions, by session, in the order of the first value of each part. @param since received from here on */
export async function sessionSamples(
  db: Read,
  clinicId: ClinicId,
  sessionIds: readonly SessionId[],
  since?: Instant,
): Promise<Map<SessionId, (KeptPart & { readonly receivedAt: Instant })[]>> {
  const found = new Map<SessionId, (KeptPart & { readonly receivedAt: Instant })[]>(
    sessionIds.map((id) => [id, []]),
  )
  if (sessionIds.length === 0) return found
  let query = read(db)
    .selectFrom('session_sample')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('session_id', 'in', [...sessionIds])
    .orderBy('first_at')
    .orderBy('device_id')
    .orderBy('sequence')
  if (since !== undefined) query = query.where('received_at', '>=', since)
  for (const row of await query.execute()) {
    found.get(row.session_id)?.push({
      deviceId: row.device_id,
      run: row.run,
      sequence: row.sequence,
      firstAt: row.first_at,
      lastAt: row.last_at,
      receivedAt: row.received_at,
      samples: row.samples as unknown as StoredSample[],
      technical: row.technical as unknown as StoredNotice[],
    })
  }
  return found
}

/** How many parts of batches were stored of each session; those of which there is none are left out. @param since received from here on */
export async function countSessionSamples(
  db: Read,
  clinicId: ClinicId,
  sessionIds: readonly SessionId[],
  since: Instant,
): Promise<Map<SessionId, number>> {
  if (sessionIds.length === 0) return new Map()
  const rows = await read(db)
    .selectFrom('session_sample')
    .select(['session_id', (q) => q.fn.countAll<string>().as('parts')])
    .where('clinic_id', '=', clinicId)
    .where('session_id', 'in', [...sessionIds])
    .where('received_at', '>=', since)
    .groupBy('session_id')
    .execute()
  return new Map(rows.map((row) => [row.session_id, Number(row.parts)]))
}

/**
 * What monitors measured of a session by stretches of time: of each sign and device the last value, the lowest and the highest.
 * What the device called invalid or took back is left out.
 *
 * @param stretchMs how long a stretch is; they begin at whole multiples since 1970
 * @returns by time, then sign
 */
export async function monitorStretches(
  db: Read,
  clinicId: ClinicId,
  sessionId: SessionId,
  stretchMs: number,
): Promise<MonitorStretch[]> {
  const { rows } = await sql<{
    device: string
    sign: MonitoredSign
    from_ms: string
    values: MonitorStretch['last'][]
  }>`
    with kept as (
      select p.device_id, x ->> 's' as sign, (x ->> 'at')::bigint as at_ms, min((x ->> 'v')::float8) as v,
             bool_or(x ->> 'q' = 'questionable') as doubted
      from session_sample p, jsonb_array_elements(p.samples) as x
      where p.clinic_id = ${clinicId} and p.session_id = ${sessionId}
      group by 1, 2, 3
      having not coalesce(bool_or(x ->> 'q' = 'invalid'), false)
    )
    select d.name as device, k.sign, (k.at_ms / ${stretchMs}::bigint) * ${stretchMs}::bigint as from_ms,
           jsonb_build_array(
             (array_agg(jsonb_build_object('value', v, 'atMs', at_ms, 'doubted', coalesce(doubted, false)) order by at_ms desc))[1],
             (array_agg(jsonb_build_object('value', v, 'atMs', at_ms, 'doubted', coalesce(doubted, false)) order by v, at_ms))[1],
             (array_agg(jsonb_build_object('value', v, 'atMs', at_ms, 'doubted', coalesce(doubted, false)) order by v desc, at_ms))[1]
           ) as values
    from kept k join monitor_device d on d.clinic_id = ${clinicId} and d.id = k.device_id
    group by 1, 2, 3
    order by 3, 2, 1`.execute(read(db))
  return rows.map(({ device, sign, from_ms, values: [last, low, high] }) => ({
    device,
    sign,
    fromMs: Number(from_ms),
    last: last!,
    low: low!,
    high: high!,
  }))
}
