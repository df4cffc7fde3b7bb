import { createPublicKey } from 'node:crypto'
import type { Read } from '../../../platform/database.server.ts'
import type { ClinicId } from '../../../platform/ids.ts'
import type { Services } from '../../../platform/services.server.ts'
import type { Instant } from '../../../platform/time.ts'
import type { Damage } from './chain-verifier.server.ts'
import type { Checkpoint } from './checkpoint.server.ts'
import { checkpointFileOf, readCheckpointFile } from './checkpoint-file.server.ts'
import { findLedgerKey, keyOpenToOthers } from './ledger-key.server.ts'
import { furthest } from './sign-checkpoint.server.ts'
import { judge, verifySince } from './verify-ledger.server.ts'
import { storedCheckpoints, storedEnd } from './verify-queries.server.ts'

/** How well the ledger's end is held, as a page can say it. */
export type CheckpointStanding = {
  /** The number of the last movement by the stored end; 0 where nothing was ever moved. */
  readonly end: number
  /** The newest checkpoint that is signed by this clinic's key or stands in its file. */
  readonly last: { readonly seq: number; readonly at: Instant } | undefined
  /** Rows written since; they may be rewritten unseen until the next one. Never below 0: an end before the last checkpoint is damage. */
  readonly rowsSince: number
  /** What is wrong with the rows since the last checkpoint. */
  readonly damage?: Damage
  /** Checkpoints that were taken out of the database or have a wrong signature there. */
  readonly wrong: number
  /** There are checkpoints, and not one of them can be checked. */
  readonly noneCheckable: boolean
  /** Checkpoints that are not in the file beside the data yet: the disk was full, or the folder cannot be written. */
  readonly notInFile: number
  /** The rights of the key's file ("644") where others may read it: nothing is signed with it. */
  readonly keyMode?: string
  /** Why the file or the key cannot be read ("EACCES"). */
  readonly unreadable?: string
}

/** So many of the newest checkpoints are looked at, each with its signature, so that no page gets slower by the year. */
const NEWEST = 200
/** More rows than this since the last checkpoint are left to `ledger:verify`. */
const ROWS_LOOKED_AT = 20_000

/** What stands beside the data, or why it cannot be read ("EACCES"). */
export type CheckpointFiles = ReturnType<typeof readCheckpointFiles>

/**
 * How well the end of a clinic's ledger is held now.
 *
 * @param files read before the database (`readCheckpointFiles`): what stands in them was committed by then
 * @param db reads one moment
 */
export async function checkpointStanding(
  files: CheckpointFiles,
  db: Read,
  clinicId: ClinicId,
): Promise<CheckpointStanding> {
  const stored = (await storedCheckpoints(db, clinicId)).slice(-NEWEST)
  const end = (await storedEnd(db, clinicId))?.seq ?? 0
  if (typeof files === 'string') {
    const nothing = { last: undefined, rowsSince: end, wrong: 0, noneCheckable: false }
    return { end, ...nothing, notInFile: stored.length, unreadable: files }
  }
  const { filed, publicKey, keyMode } = files
  const { signed, held, seen } = judge(stored, [filed], publicKey)
  const last = furthest(signed)
  const rowsSince = Math.max(0, end - (last?.seq ?? 0))
  const { damage } = last && rowsSince <= ROWS_LOOKED_AT ? await verifySince(db, clinicId, last) : {}
  const takenOut = absentFrom(held, filed.checkpoints, oldest(stored))
  return {
    end,
    last: last && { seq: last.seq, at: last.at },
    rowsSince,
    ...(damage ? { damage } : {}),
    wrong: seen.forged + takenOut,
    noneCheckable: signed.length === 0 && seen.ofUnknownKeys + seen.unreadableLines > 0,
    notInFile: absentFrom(filed.checkpoints, held, oldest(filed.checkpoints)),
    ...(keyMode ? { keyMode } : {}),
  }
}

/** The newest checkpoints of the file, and the key; or why they cannot be read. Read before the database's moment begins. */
export function readCheckpointFiles({ config }: Pick<Services, 'config'>, clinicId: ClinicId) {
  try {
    const key = findLedgerKey(config)
    return {
      filed: readCheckpointFile(checkpointFileOf(config, clinicId), clinicId, NEWEST),
      publicKey: key && createPublicKey(key),
      keyMode: keyOpenToOthers(config),
    }
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown'
  }
}

/** How many of `wanted`, from a number on, are not among those that are there. */
function absentFrom(there: readonly Checkpoint[], wanted: readonly Checkpoint[], from: number): number {
  const known = new Set(there.map(({ signature }) => signature))
  return wanted.filter(({ seq, signature }) => seq >= from && !known.has(signature)).length
}

/** From which number on these are all there are: everything, unless older ones were left out. */
function oldest(checkpoints: readonly { readonly seq: number }[]): number {
  return checkpoints.length < NEWEST ? 0 : checkpoints[0]!.seq
}
