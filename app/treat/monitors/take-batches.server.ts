import { createHash } from 'node:crypto'
import type { Batch } from '@evenkeel/vital-signs'
import { readSecretToken } from '../../identity/index.server.ts'
import { asWrite, setTenant } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import type { Services } from '../../platform/services.server.ts'
import { type Instant, instantFromMs, toMs } from '../../platform/time.ts'
import type { SessionId } from '../session/session-event.ts'
import { type DeviceId, type MonitorDevice, sessionOfValue, type Unassigned } from './device.ts'
import { type ClockRight, deviceTimes } from './device-clock.ts'
import {
  batchHash,
  batchKey,
  insertBatches,
  insertSessionSamples,
  insertUnassignedSamples,
  type KeptPart,
} from './monitor-queries.server.ts'
import type { MonitoredPlaces, PlacesOf } from './monitored-places.server.ts'
import { type StoredNotice, type StoredSample, storedNotice, storedSample } from './stored-sample.ts'

/** Who holds a key, and where. */
export type KeyHolder = { readonly clinicId: ClinicId; readonly device: MonitorDevice }

export type TakenBatch =
  | { readonly kind: 'taken'; readonly accepted: number; readonly duplicates: number }
  /** The same sequence was taken with other content. */
  | { readonly kind: 'changed' }
  /** Nothing was taken; the same batch may come again. */
  | { readonly kind: 'busy'; readonly retryAfterS: number }

/** What was stored of one session, after commit. */
export type TakenPart = {
  readonly sessionId: SessionId
  readonly device: MonitorDevice
  readonly run: string
  readonly sequence: number
  /** When it was stored, by the server's clock. */
  readonly receivedAt: Instant
  readonly samples: readonly StoredSample[]
  readonly technical: readonly StoredNotice[]
}

export type Intake = {
  /** @returns undefined for a key that is not known, was revoked, or is no key */
  holderOf(key: string): Promise<KeyHolder | undefined>
  /** Stores a batch; settled when it is committed, or certain not to be. */
  take(holder: KeyHolder, batch: Batch): Promise<TakenBatch>
}

/** How many batches one transaction takes. */
const MOST_AT_ONCE = 64
/** How many may wait; more are sent back, to come again. */
const MOST_WAITING = 1_000
/** How old what is known of keys, places and sessions may be. Changes made in this process are known at once. */
const PLACES_MS = 2_000
/** A key or a session that is not known is looked for anew, but not more often than this. */
const LOOK_AGAIN_MS = 250

type Waiting = {
  readonly holder: KeyHolder
  readonly batch: Batch
  readonly contentHash: string
  readonly answer: (taken: TakenBatch) => void
}

/**
 * Takes in what devices send. What comes while a transaction runs is written together by the next one, so that many
 * devices wait for few commits; each is answered only when its own values are committed.
 *
 * @param taken called after each commit with what is new
 */
export function batchIntake(
  services: Services,
  places: PlacesOf,
  taken: (clinicId: ClinicId, parts: readonly TakenPart[]) => void,
): Intake {
  const queues = new Map<ClinicId, { waiting: Waiting[]; running: boolean }>()
  const clocks = new Map<DeviceId, ClockRight>()

  async function drain(clinicId: ClinicId, queue: { waiting: Waiting[]; running: boolean }): Promise<void> {
    queue.running = true
    try {
      while (queue.waiting.length > 0) await store(clinicId, queue.waiting.splice(0, MOST_AT_ONCE))
    } finally {
      queue.running = false
    }
  }

  async function store(clinicId: ClinicId, group: readonly Waiting[]): Promise<void> {
    try {
      const at = services.clock.now()
      const sorted = await sortOut(clinicId, group, at)
      const { answers, parts } = await write(services, clinicId, group, sorted, at)
      taken(clinicId, parts)
      for (const [i, waiting] of group.entries()) waiting.answer(answers[i]!)
    } catch (error) {
      services.log.error('devices.intake', error, { batches: group.length })
      places.forget(clinicId)
      for (const { answer } of group) answer({ kind: 'busy', retryAfterS: 2 })
    }
  }

  async function sortOut(clinicId: ClinicId, group: readonly Waiting[], at: Instant): Promise<Sorted[]> {
    const sortAll = (known: MonitoredPlaces) =>
      group.map((waiting) => sortValues(waiting, known, toMs(at), clocks))
    const sorted = sortAll(await places.of(clinicId, PLACES_MS))
    const lost = sorted.some(({ parts }) => parts.some((part) => 'why' in part))
    return lost ? sortAll(await places.of(clinicId, LOOK_AGAIN_MS)) : sorted
  }

  return {
    async holderOf(key) {
      const read = readSecretToken(key)
      if (!read) return undefined
      for (const youngerThanMs of [PLACES_MS, LOOK_AGAIN_MS]) {
        const known = await places.of(read.clinicId, youngerThanMs)
        const device = known.deviceByKeyHash.get(read.hash)
        if (device) return { clinicId: read.clinicId, device }
      }
      return undefined
    },
    take(holder, batch) {
      const queue = queues.get(holder.clinicId) ?? { waiting: [], running: false }
      queues.set(holder.clinicId, queue)
      if (queue.waiting.length >= MOST_WAITING) return Promise.resolve({ kind: 'busy', retryAfterS: 1 })
      return new Promise((answer) => {
        queue.waiting.push({ holder, batch, contentHash: hashOf(batch), answer })
        if (!queue.running) void drain(holder.clinicId, queue)
      })
    },
  }
}

/** What makes two batches the same: their values, not when they were sent. */
function hashOf({ samples, technical }: Batch): string {
  return createHash('sha256')
    .update(JSON.stringify([samples, technical]))
    .digest('hex')
}

type Sorted = {
  readonly key: string
  readonly parts: readonly (KeptPart & ({ readonly sessionId: SessionId } | { readonly why: Unassigned }))[]
}

/** Splits a batch by whose its values are. */
function sortValues(
  { holder, batch }: Waiting,
  places: MonitoredPlaces,
  nowMs: number,
  clocks: Map<DeviceId, ClockRight>,
): Sorted {
  const name = { deviceId: holder.device.id, run: batch.run, sequence: batch.sequence }
  const times = deviceTimes(batch, nowMs, clocks.get(holder.device.id))
  clocks.set(holder.device.id, times.clockRight)
  const standing = places.placements.get(holder.device.id) ?? []
  type Part = {
    of: ReturnType<typeof sessionOfValue>
    samples: StoredSample[]
    technical: StoredNotice[]
    first: number
    last: number
  }
  const parts = new Map<string, Part>()
  const partAt = (atMs: number): Part => {
    const of = sessionOfValue(atMs, standing, places.sessions, nowMs)
    const key = 'why' in of ? of.why : of.sessionId
    const part = parts.get(key) ?? { of, samples: [], technical: [], first: atMs, last: atMs }
    part.first = Math.min(part.first, atMs)
    part.last = Math.max(part.last, atMs)
    parts.set(key, part)
    return part
  }
  for (const sample of batch.samples) {
    const filed = times.of(sample.measuredAtMs, sample.receivedAtMs)
    partAt(filed.atMs).samples.push(storedSample(sample, filed))
  }
  for (const notice of batch.technical) {
    const filed = times.of(notice.atMs)
    partAt(filed.atMs).technical.push(storedNotice(notice, filed))
  }
  return {
    key: batchKey(name),
    parts: [...parts.values()].map(({ of, samples, technical, first, last }) => ({
      ...name,
      samples,
      technical,
      firstAt: instantFromMs(first),
      lastAt: instantFromMs(last),
      ...('why' in of ? { why: of.why } : { sessionId: of.sessionId as SessionId }),
    })),
  }
}

/** One transaction for the whole group. A batch that is there already writes nothing. */
async function write(
  services: Services,
  clinicId: ClinicId,
  group: readonly Waiting[],
  sorted: readonly Sorted[],
  at: Instant,
): Promise<{ answers: TakenBatch[]; parts: TakenPart[] }> {
  return services.db.transaction().execute(async (transaction) => {
    await setTenant(transaction, clinicId)
    const db = asWrite(transaction)
    const fresh = new Set(
      await insertBatches(
        db,
        clinicId,
        group.map(({ holder, batch, contentHash }) => ({
          deviceId: holder.device.id,
          run: batch.run,
          sequence: batch.sequence,
          contentHash,
          accepted: batch.samples.length,
        })),
        at,
      ),
    )
    const answers: TakenBatch[] = []
    const parts: TakenPart[] = []
    const kept: Sorted['parts'][number][] = []
    const hashes = new Map<string, string>()
    for (const [i, { holder, batch, contentHash }] of group.entries()) {
      const { key, parts: own } = sorted[i]!
      if (fresh.delete(key)) {
        hashes.set(key, contentHash)
        kept.push(...own)
        for (const part of own)
          if ('sessionId' in part) parts.push({ ...part, device: holder.device, receivedAt: at })
        answers.push({ kind: 'taken', accepted: batch.samples.length, duplicates: 0 })
        continue
      }
      const name = { deviceId: holder.device.id, run: batch.run, sequence: batch.sequence }
      const stored = hashes.get(key) ?? (await batchHash(db, clinicId, name))
      answers.push(
        stored === contentHash
          ? { kind: 'taken', accepted: 0, duplicates: batch.samples.length }
          : { kind: 'changed' },
      )
    }
    await insertSessionSamples(
      db,
      clinicId,
      kept.filter((part) => 'sessionId' in part),
      at,
    )
    await insertUnassignedSamples(
      db,
      clinicId,
      kept.filter((part) => 'why' in part),
      at,
    )
    return { answers, parts }
  })
}
