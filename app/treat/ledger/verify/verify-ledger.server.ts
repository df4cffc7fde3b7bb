import { createPublicKey, type KeyObject } from 'node:crypto'
import { runQuery } from '../../../platform/command.server.ts'
import type { Read } from '../../../platform/database.server.ts'
import type { ClinicId } from '../../../platform/ids.ts'
import type { Services } from '../../../platform/services.server.ts'
import { hashOf } from '../chain.server.ts'
import type { InventoryId } from '../inventory/inventory.ts'
import { inventoryTexts } from '../inventory/inventory-queries.server.ts'
import { type ChainReport, ledgerChainVerifier, type SignedEnd } from './chain-verifier.server.ts'
import { type Checkpoint, keyIdOf, readPublicKey, signatureHolds } from './checkpoint.server.ts'
import { type CheckpointFile, checkpointFileOf, readCheckpointFile } from './checkpoint-file.server.ts'
import { type Finding, figuresCheck } from './figures-check.ts'
import { findLedgerKey } from './ledger-key.server.ts'
import {
  eachLedgerRow,
  lotsAsTheyStand,
  readOneMoment,
  storedCheckpoints,
  storedEnd,
} from './verify-queries.server.ts'

/** What is known of the checkpoints themselves. */
export type CheckpointsSeen = {
  readonly inDatabase: number
  readonly inFile: number
  /** Signed, in a file, and no longer in the database. */
  readonly onlyInFile: number
  /** In the database under a known key, with a signature that is not that key's. */
  readonly forged: number
  /** In the database, signed with a key that neither this clinic nor a file has: nothing can be said of them. */
  readonly ofUnknownKeys: number
  /** Lines of files that are no checkpoint of this clinic. */
  readonly unreadableLines: number
}

export type LedgerVerification = {
  readonly chain: ChainReport
  /** Of the rows before the first damage. */
  readonly figures: { readonly found: number; readonly findings: readonly Finding[] }
  readonly checkpoints: CheckpointsSeen
  /** Signed inventories, and those of them whose text no longer gives the digest that was signed. */
  readonly inventories: { readonly signed: number; readonly altered: readonly InventoryId[] }
}

/**
 * Walks a clinic's whole ledger as it stands at one moment: hashes, stored end, checkpoints of the database and of files, lots,
 * milligrams, balances, and the digests of inventories. Memory does not grow with the rows.
 *
 * @param copies checkpoint files kept elsewhere, beside the one in the data folder
 * @throws Error when a file is there and cannot be read, or the key cannot
 */
export async function verifyLedger(
  services: Services,
  clinicId: ClinicId,
  copies: readonly string[] = [],
): Promise<LedgerVerification> {
  // Before the database: what stands in a file was committed by then.
  const files = [checkpointFileOf(services.config, clinicId), ...copies].map((file) =>
    readCheckpointFile(file, clinicId),
  )
  const own = findLedgerKey(services.config)
  return runQuery(services, { kind: 'system', clinicId, name: 'ledger-verify' }, async ({ db }) => {
    await readOneMoment(db)
    const judged = judge(await storedCheckpoints(db, clinicId), files, own && createPublicKey(own))
    const verifier = ledgerChainVerifier(await storedEnd(db, clinicId), judged.signed)
    const figures = figuresCheck(await lotsAsTheyStand(db, clinicId))
    await eachLedgerRow(db, clinicId, 0, (row) => {
      verifier.look(row)
      if (!verifier.isBroken()) figures.look(row.seq, row.hashed)
    })
    const inventories = await inventoryTexts(db, clinicId)
    const altered = inventories.filter(({ text, digest }) => hashOf(text) !== digest).map(({ id }) => id)
    return {
      chain: verifier.end(),
      figures: figures.end(),
      checkpoints: judged.seen,
      inventories: { signed: inventories.length, altered },
    }
  })
}

/** Rows written since a checkpoint, whether they follow from it and lead to the stored end. */
export async function verifySince(
  db: Read,
  clinicId: ClinicId,
  since: SignedEnd | undefined,
): Promise<ChainReport> {
  const verifier = ledgerChainVerifier(await storedEnd(db, clinicId), since ? [since] : [], since)
  await eachLedgerRow(db, clinicId, since?.seq ?? 0, (row) => verifier.look(row))
  return verifier.end()
}

/**
 * Which checkpoints count: those of files by the key in their own line (who owns the database does not own the file), those of the
 * database by the clinic's key and the keys of the files.
 *
 * @param own the clinic's public key
 */
export function judge(
  stored: readonly Checkpoint[],
  files: readonly CheckpointFile[],
  own: KeyObject | undefined,
): {
  readonly signed: readonly SignedEnd[]
  readonly held: readonly Checkpoint[]
  readonly seen: CheckpointsSeen
} {
  const keys = new Map<string, KeyObject>(own ? [[keyIdOf(own), own]] : [])
  const filed = new Map(files.flatMap(({ checkpoints }) => checkpoints).map((each) => [each.signature, each]))
  for (const { keyId, publicKey } of filed.values()) {
    if (!keys.has(keyId)) keys.set(keyId, readPublicKey(publicKey)!)
  }
  const known = stored.filter(({ keyId }) => keys.has(keyId))
  const held = known.filter((each) => signatureHolds(each, keys.get(each.keyId)!))
  const inDatabase = new Set(held.map(({ signature }) => signature))
  const onlyInFile = [...filed.values()].filter(({ signature }) => !inDatabase.has(signature))
  return {
    signed: [...held, ...onlyInFile],
    held,
    seen: {
      inDatabase: held.length,
      inFile: filed.size,
      onlyInFile: onlyInFile.length,
      forged: known.length - held.length,
      ofUnknownKeys: stored.length - known.length,
      unreadableLines: files.reduce((sum, { unreadable }) => sum + unreadable, 0),
    },
  }
}
