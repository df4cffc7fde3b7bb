import { createHash } from 'node:crypto'
import { join } from 'node:path'
import {
  checked,
  isSpoilt,
  isStopped,
  openSegment,
  readSegment,
  type Segment,
  type SpoolFiles,
} from './spool-segment.ts'

/**
 * The bridge's memory on disk: batches that are not yet with the server, in files that only grow. A batch is acknowledged to its monitor
 * after its bytes are on the disk and not before.
 *
 * Batches and what became of them are lines of the same files. What is lost of the second kind in a crash is sent once more, which the
 * server recognises by device and sequence.
 */

/** Why a batch was not taken; the monitor hears it and keeps the message. */
export type SpoolRefusal = 'spool-full' | 'device-backlog-full' | 'disk-refused' | 'spool-closed'

export type Appended =
  | {
      readonly ok: true
      readonly sequence: number
      /** The very same message was taken before; nothing was written. */
      readonly again: boolean
    }
  | { readonly ok: false; readonly reason: SpoolRefusal }

/** A batch as it waits: its text is on disk only. */
export type SpooledBatch = {
  readonly deviceId: string
  readonly sequence: number
  /** The batch as JSON, as it will be posted; undefined when the disk has spoilt it. */
  readonly body: string | undefined
}

export type Settlement = 'delivered' | 'refused'

export type SpoolLimits = {
  /** Of all files of the spool together. */
  readonly maxBytes: number
  /** Of one device's batches in wait, so that one lost key does not take the room of all others. */
  readonly maxBytesPerDevice: number
  /** A file is closed and the next begun beyond this. */
  readonly segmentBytes: number
}

export type Spool = {
  /**
   * Writes a batch and waits for the disk.
   *
   * @param input.fingerprint of the message it came from: a monitor that did not hear our answer sends the same bytes again.
   * @param input.body makes the batch's JSON for the sequence it is given.
   */
  append(input: {
    readonly deviceId: string
    readonly fingerprint: string
    body(sequence: number): string
  }): Promise<Appended>
  /** The oldest batch of a device that is not settled. */
  first(deviceId: string): Promise<SpooledBatch | undefined>
  /** Notes what became of a batch; it is not offered again. */
  settle(deviceId: string, sequence: number, as: Settlement): void
  /** Writes a line about a batch the server would not take to `refused.jsonl`, and waits for the disk. */
  keepRefused(line: string): Promise<void>
  /** Devices with something in wait. */
  devices(): string[]
  /** How many batches wait, and how many bytes the files hold. */
  readonly waiting: number
  readonly bytes: number
  /** What the last stop had left half-written or unreadable, in lines. */
  readonly damagedLines: number
  /** Called with the device of each batch that is safe. */
  onAppended: (deviceId: string) => void
  close(): Promise<void>
}

type Place = { segment: Segment; offset: number; length: number; readonly sequence: number }
/** What waits of one device, oldest first. */
type Queue = { places: Map<number, Place>; bytes: number }
type Line =
  | { readonly t: 'head'; readonly next: number }
  | { readonly t: 'batch'; readonly d: string; readonly s: number; readonly f: string; readonly b: string }
  | { readonly t: 'done'; readonly d: string; readonly s: number; readonly o: Settlement }

/** Fingerprints kept to recognise a message sent again; about the last minutes of a busy clinic. */
const REMEMBERED = 20_000

/** The fingerprint of a message: what a monitor sends again has the same bytes. */
export function fingerprintOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url')
}

/**
 * Opens the spool of a folder, and takes up what is there: a half-written line at the end is cut off (nobody was told that it is safe), a
 * broken line elsewhere is passed over and counted.
 *
 * @param needs.firstSequence the lowest sequence to give out. Sequences rise and may have gaps. Handing in the milliseconds since 1970 keeps
 *   them rising even after the folder was lost, so that a new batch never carries an old one's number.
 */
export async function openSpool(needs: {
  readonly folder: string
  readonly limits: SpoolLimits
  readonly firstSequence: number
  readonly files: SpoolFiles
}): Promise<Spool> {
  const { folder, limits, files } = needs
  await files.makeFolder(folder)
  const unlock = await files.lock(join(folder, 'lock'))
  const queues = new Map<string, Queue>()
  const newest = new Map<string, number>()
  const remembered = new Map<string, Promise<Appended>>()
  const segments: Segment[] = []
  let sequence = needs.firstSequence
  let damagedLines = 0
  let refusedBytes = await files.sizeOf(join(folder, 'refused.jsonl'))
  let closed = false

  for (const name of (await files.list(folder)).filter((file) => /^\d{8}\.spool$/.test(file)).sort()) {
    const found = await readSegment(files, join(folder, name))
    damagedLines += found.damaged
    const segment = await openSegment(files, join(folder, name), found.goodBytes)
    segments.push(segment)
    for (const { text, offset, length } of found.lines)
      take(JSON.parse(text) as Line, segment, offset, length)
  }
  for (const queue of queues.values()) inOrder(queue)
  if (segments.length === 0) await roll()

  /** Folds one line of the past. */
  function take(line: Line, segment: Segment, offset: number, length: number): void {
    if (line.t === 'head') sequence = Math.max(sequence, line.next)
    else if (line.t === 'done') drop(line.d, line.s)
    else {
      sequence = Math.max(sequence, line.s + 1)
      // A batch that was carried forward stands twice; the later place counts.
      drop(line.d, line.s)
      put(line.d, { segment, offset, length, sequence: line.s })
      remember(line.f, Promise.resolve({ ok: true, sequence: line.s, again: true }))
    }
  }

  function queueOf(deviceId: string): Queue {
    let queue = queues.get(deviceId)
    if (!queue) {
      queue = { places: new Map(), bytes: 0 }
      queues.set(deviceId, queue)
    }
    return queue
  }
  function put(deviceId: string, place: Place): void {
    const queue = queueOf(deviceId)
    queue.places.set(place.sequence, place)
    queue.bytes += place.length
    place.segment.waitingBytes += place.length
  }
  function drop(deviceId: string, sequence: number): boolean {
    const queue = queues.get(deviceId)
    const place = queue?.places.get(sequence)
    if (!queue || !place) return false
    queue.places.delete(sequence)
    queue.bytes -= place.length
    place.segment.waitingBytes -= place.length
    return true
  }
  function inOrder(queue: Queue): void {
    queue.places = new Map([...queue.places].sort(([a], [b]) => a - b))
  }
  function remember(fingerprint: string, answer: Promise<Appended>): void {
    remembered.set(fingerprint, answer)
    if (remembered.size > REMEMBERED) remembered.delete(remembered.keys().next().value!)
  }
  const newestOf = (deviceId: string) => newest.get(deviceId) ?? 0
  const bytes = () => segments.reduce((sum, segment) => sum + segment.bytes, refusedBytes)
  const current = () => segments.at(-1)!

  async function roll(): Promise<void> {
    const number = segments.length === 0 ? 1 : Number(/(\d{8})\.spool$/.exec(current().path)![1]) + 1
    const path = join(folder, `${String(number).padStart(8, '0')}.spool`)
    const segment = await openSegment(files, path, 0)
    try {
      await segment.append(lineOf({ t: 'head', next: sequence }), true)
      await files.syncFolder(folder)
    } catch (error) {
      await segment.remove().catch(() => {})
      throw error
    }
    segments.push(segment)
  }

  /**
   * Deletes files in which nothing waits, oldest first; the newest two stay, as what is remembered of messages sent again. A device whose
   * batches cannot be delivered does not hold on to everybody's old files: its few lines are carried forward.
   */
  let tidying: Promise<void> | undefined
  function tidy(): Promise<void> {
    tidying ??= (async () => {
      for (let index = 0; index < segments.length - 2 && !closed; ) {
        const segment = segments[index]!
        if (segment.waitingBytes > 0 && segment.waitingBytes < limits.segmentBytes / 4) await carry(segment)
        if (segment.waitingBytes === 0) {
          segments.splice(index, 1)
          await segment.remove()
        } else if (bytes() > limits.maxBytes / 2) index += 1
        else break
      }
    })()
      .catch(() => {})
      .finally(() => {
        tidying = undefined
      })
    return tidying
  }
  async function carry(from: Segment): Promise<void> {
    for (const [deviceId, queue] of queues) {
      for (const place of [...queue.places.values()].filter((one) => one.segment === from)) {
        const line = await from.read(place.offset, place.length)
        const to = current()
        const offset = await to.append(line, true)
        // Settled in the meantime: then the copy is sent once more after a restart, which harms nobody.
        if (!drop(deviceId, place.sequence)) continue
        put(deviceId, { ...place, segment: to, offset })
        inOrder(queue)
      }
    }
  }

  async function write(
    deviceId: string,
    fingerprint: string,
    body: (sequence: number) => string,
  ): Promise<Appended> {
    const own = sequence++
    const line = lineOf({ t: 'batch', d: deviceId, s: own, f: fingerprint, b: body(own) })
    if (bytes() + line.length > limits.maxBytes) {
      await tidy()
      if (bytes() + line.length > limits.maxBytes) return { ok: false, reason: 'spool-full' }
    }
    if (queueOf(deviceId).bytes + line.length > limits.maxBytesPerDevice)
      return { ok: false, reason: 'device-backlog-full' }
    try {
      if (current().bytes > limits.segmentBytes || current().broken) await rolling()
      const segment = current()
      const offset = await segment.append(line, true)
      put(deviceId, { segment, offset, length: line.length, sequence: own })
      // Two connections of one device may reach the disk in either order; they are delivered by sequence.
      if (own < newestOf(deviceId)) inOrder(queueOf(deviceId))
      newest.set(deviceId, Math.max(own, newestOf(deviceId)))
      return { ok: true, sequence: own, again: false }
    } catch (error) {
      return { ok: false, reason: isStopped(error) ? 'spool-closed' : 'disk-refused' }
    }
  }
  let rollingNow: Promise<void> | undefined
  function rolling(): Promise<void> {
    rollingNow ??= roll().finally(() => {
      rollingNow = undefined
    })
    return rollingNow
  }

  const spool: Spool = {
    append({ deviceId, fingerprint, body }) {
      if (closed) return Promise.resolve({ ok: false, reason: 'spool-closed' })
      const before = remembered.get(fingerprint)
      if (before) return before.then((answer) => (answer.ok ? { ...answer, again: true } : answer))
      const answer = write(deviceId, fingerprint, body)
      remember(fingerprint, answer)
      return answer.then((result) => {
        if (result.ok) spool.onAppended(deviceId)
        else remembered.delete(fingerprint)
        return result
      })
    },
    async first(deviceId) {
      const place = queues.get(deviceId)?.places.values().next().value
      if (!place) return undefined
      try {
        const text = (await place.segment.read(place.offset, place.length)).toString()
        // Behind the check sum and a blank.
        const line = JSON.parse(text.slice(9)) as Line
        return { deviceId, sequence: place.sequence, body: line.t === 'batch' ? line.b : undefined }
      } catch (error) {
        if (isSpoilt(error)) return { deviceId, sequence: place.sequence, body: undefined }
        throw error
      }
    },
    settle(deviceId, settled, as) {
      if (!drop(deviceId, settled)) return
      // Not waited for: a settlement lost is a batch sent twice, and the server knows it by its sequence.
      if (!closed)
        current()
          .append(lineOf({ t: 'done', d: deviceId, s: settled, o: as }), false)
          .catch(() => {})
      void tidy()
    },
    async keepRefused(line) {
      refusedBytes += await files.appendSafely(join(folder, 'refused.jsonl'), `${line}\n`)
    },
    devices: () => [...queues].filter(([, queue]) => queue.places.size > 0).map(([deviceId]) => deviceId),
    get waiting() {
      return [...queues.values()].reduce((sum, queue) => sum + queue.places.size, 0)
    },
    get bytes() {
      return bytes()
    },
    get damagedLines() {
      return damagedLines
    },
    onAppended: () => {},
    async close() {
      if (closed) return
      closed = true
      await tidying
      for (const segment of segments) await segment.close()
      await unlock()
    },
  }
  return spool
}

/** One line of a file: the check sum of its JSON, the JSON, a line end. */
function lineOf(line: Line): Buffer {
  return checked(JSON.stringify(line))
}
