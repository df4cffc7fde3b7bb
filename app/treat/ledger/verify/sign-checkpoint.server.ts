import { createPublicKey } from 'node:crypto'
import { type Command, runCommand, runQuery } from '../../../platform/command.server.ts'
import type { ClinicId } from '../../../platform/ids.ts'
import type { JobHandler } from '../../../platform/jobs.server.ts'
import { done } from '../../../platform/outcome.ts'
import type { Services } from '../../../platform/services.server.ts'
import { signLedger } from '../../treat-access.ts'
import type { Damage, SignedEnd } from './chain-verifier.server.ts'
import { type Checkpoint, keyIdOf, publicKeyText, signEnd } from './checkpoint.server.ts'
import { appendToCheckpointFile, checkpointFileOf, readCheckpointFile } from './checkpoint-file.server.ts'
import { openLedgerKey } from './ledger-key.server.ts'
import { judge, verifySince } from './verify-ledger.server.ts'
import { insertCheckpoint, readOneMoment, storedCheckpoints, storedEnd } from './verify-queries.server.ts'

/** What became of signing the end of a ledger. */
export type SignedState =
  | { readonly state: 'signed'; readonly seq: number }
  /** No row since the last checkpoint, or none ever. */
  | { readonly state: 'nothing-new' }
  /** The rows since the last checkpoint do not follow from it: such an end is never signed. */
  | { readonly state: 'damaged'; readonly damage: Damage }

const keepCheckpoint: Command<Checkpoint, Record<never, never>, never> = {
  action: signLedger,
  async run({ db }, checkpoint) {
    await insertCheckpoint(db, checkpoint)
    return done({})
  },
}

/**
 * Signs where a clinic's ledger ends now, in the database and in the file beside the data, after looking at the rows since the last
 * checkpoint: each hour, and after whatever should be held soon, such as a count. What a full disk kept from the file is added
 * by the next call. Harmless when repeated.
 *
 * @throws Error when the key or the file cannot be read or written; the checkpoint in the database stays
 */
export async function signCheckpoint(services: Services, clinicId: ClinicId): Promise<SignedState> {
  const key = openLedgerKey(services.config)
  const publicKey = createPublicKey(key)
  const file = checkpointFileOf(services.config, clinicId)
  const filed = readCheckpointFile(file, clinicId)
  const system = { kind: 'system', clinicId, name: 'ledger' } as const
  const looked = await runQuery(services, system, async ({ db, at }) => {
    await readOneMoment(db)
    const { signed, held } = judge(await storedCheckpoints(db, clinicId), [filed], publicKey)
    const last = furthest(signed)
    const { damage } = await verifySince(db, clinicId, last)
    return { at, held, last, damage, end: await storedEnd(db, clinicId) }
  })
  const { at, held, last, damage, end } = looked
  const inFile = new Set(filed.checkpoints.map(({ signature }) => signature))
  const missing = held.filter((each) => each.keyId === keyIdOf(publicKey) && !inFile.has(each.signature))
  let state: SignedState = { state: 'nothing-new' }
  if (damage) {
    state = { state: 'damaged', damage }
  } else if (end && end.seq > (last?.seq ?? 0)) {
    const checkpoint = signEnd(key, { clinicId, id: services.ids.next(), ...end, at })
    await runCommand(services, system, keepCheckpoint, checkpoint)
    missing.push(checkpoint)
    state = { state: 'signed', seq: end.seq }
  }
  appendToCheckpointFile(
    file,
    missing.map((each) => ({ ...each, publicKey: publicKeyText(publicKey) })),
  )
  return state
}

/** Signs the end, and logs where it cannot because the ledger is damaged: trying again would change nothing. */
export async function holdLedgerEnd(services: Services, clinicId: ClinicId): Promise<void> {
  const signed = await signCheckpoint(services, clinicId)
  if (signed.state !== 'damaged') return
  const { kind, seq } = signed.damage
  const error = new Error(`the ledger is damaged: row ${seq} ${kind}; run ledger:verify`)
  services.log.error('ledger.damaged', error, { clinicId, kind, seq })
}

/** Signs clinic by clinic. One that fails keeps no other from it; the job tries again. */
export function signCheckpointsJob(
  services: Services,
  clinics: () => Promise<readonly ClinicId[]>,
): JobHandler {
  return async () => {
    let failed: unknown
    for (const clinicId of await clinics()) {
      try {
        await holdLedgerEnd(services, clinicId)
      } catch (error) {
        services.log.error('ledger.checkpoint-failed', error, { clinicId })
        failed = error
      }
    }
    if (failed) throw failed
  }
}

/** The checkpoint that reaches furthest. */
export function furthest(signed: readonly SignedEnd[]): SignedEnd | undefined {
  return signed.reduce<SignedEnd | undefined>(
    (far, each) => (far && far.seq >= each.seq ? far : each),
    undefined,
  )
}
