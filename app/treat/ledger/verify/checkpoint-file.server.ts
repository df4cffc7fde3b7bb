import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import type { Config } from '../../../platform/config.ts'
import type { ClinicId } from '../../../platform/ids.ts'
import type { Instant } from '../../../platform/time.ts'
import { type Checkpoint, type CheckpointId, readPublicKey, signatureHolds } from './checkpoint.server.ts'

const lineSchema = z.object({
  clinicId: z.string(),
  id: z.string(),
  seq: z.number().int().positive(),
  hash: z.string(),
  at: z.string(),
  keyId: z.string(),
  signature: z.string(),
  publicKey: z.string(),
})

/** A checkpoint with the public key that checks it, so that a copy of the file can be read on its own. */
export type FiledCheckpoint = Checkpoint & { readonly publicKey: string }

export type CheckpointFile = {
  /** Of this clinic, with a right signature, by their number. */
  readonly checkpoints: readonly FiledCheckpoint[]
  /** Lines that are no checkpoint of this clinic or whose signature is wrong. */
  readonly unreadable: number
}

/** The file beside the data in which every checkpoint stands too, one JSON a line: whoever owns the database does not own it. */
export function checkpointFileOf({ dataFolder }: Pick<Config, 'dataFolder'>, clinicId: ClinicId): string {
  return join(dataFolder, 'ledger-checkpoints', `${clinicId}.jsonl`)
}

/**
 * @param newest only so many lines at the end: each costs the check of a signature
 * @returns nothing at all where there is no such file yet
 * @throws Error when the file is there and cannot be read
 */
export function readCheckpointFile(
  file: string,
  clinicId: ClinicId,
  newest = Number.POSITIVE_INFINITY,
): CheckpointFile {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { checkpoints: [], unreadable: 0 }
    throw error
  }
  const all = text.split('\n').filter((line) => line.trim() !== '')
  const lines = all.slice(Math.max(0, all.length - newest))
  const checkpoints = lines.flatMap((line) => readLine(line, clinicId) ?? [])
  return {
    checkpoints: checkpoints.toSorted((a, b) => a.seq - b.seq),
    unreadable: lines.length - checkpoints.length,
  }
}

function readLine(line: string, clinicId: ClinicId): FiledCheckpoint | undefined {
  let json: unknown
  try {
    json = JSON.parse(line)
  } catch {
    return undefined
  }
  const read = lineSchema.safeParse(json)
  if (!read.success || read.data.clinicId !== clinicId) return undefined
  const { data } = read
  const checkpoint = { ...data, clinicId, id: data.id as CheckpointId, at: data.at as Instant }
  const publicKey = readPublicKey(data.publicKey)
  return publicKey && signatureHolds(checkpoint, publicKey) ? checkpoint : undefined
}

/**
 * Adds lines at the end and waits until they are on the disk. A line that a crash left half written is ended first.
 *
 * @throws Error when the disk is full or the folder cannot be written
 */
export function appendToCheckpointFile(file: string, checkpoints: readonly FiledCheckpoint[]): void {
  if (checkpoints.length === 0) return
  mkdirSync(join(file, '..'), { recursive: true })
  const opened = openSync(file, 'a+', 0o644)
  try {
    const { size } = statSync(file)
    const last = Buffer.alloc(1)
    if (size > 0) readSync(opened, last, 0, 1, size - 1)
    const begin = size > 0 && last.toString() !== '\n' ? '\n' : ''
    const lines = Buffer.from(`${begin}${checkpoints.map((each) => JSON.stringify(each)).join('\n')}\n`)
    // A full disk may take a part: the rest is then refused with an error, and the line is ended by the next try.
    for (let written = 0; written < lines.length; ) written += writeSync(opened, lines, written)
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
}
