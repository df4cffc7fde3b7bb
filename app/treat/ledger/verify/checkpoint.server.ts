import { createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto'
import type { ClinicId, Id } from '../../../platform/ids.ts'
import type { Instant } from '../../../platform/time.ts'
import type { StoredEnd } from './chain-verifier.server.ts'

export type CheckpointId = Id<'ledger-checkpoint'>

/** Says by its signature: at this instant the ledger of this clinic ended with this row. */
export type Checkpoint = StoredEnd & {
  readonly clinicId: ClinicId
  readonly id: CheckpointId
  readonly at: Instant
  /** Which key signed it (`keyIdOf`). */
  readonly keyId: string
  /** Ed25519, base64. */
  readonly signature: string
}

/** What the signature covers: one field a line. Anybody with the public key can make it and check it. */
function signedText({ clinicId, seq, hash: end, at, keyId }: Omit<Checkpoint, 'id' | 'signature'>): Buffer {
  return Buffer.from(['evenkeel ledger checkpoint 1', clinicId, seq, end, at, keyId].join('\n'))
}

/** @param key the private key */
export function signEnd(
  key: KeyObject,
  end: StoredEnd & { readonly clinicId: ClinicId; readonly id: CheckpointId; readonly at: Instant },
): Checkpoint {
  const unsigned = { ...end, keyId: keyIdOf(createPublicKey(key)) }
  return { ...unsigned, signature: sign(null, signedText(unsigned), key).toString('base64') }
}

export function signatureHolds(checkpoint: Checkpoint, publicKey: KeyObject): boolean {
  if (checkpoint.keyId !== keyIdOf(publicKey)) return false
  return verify(null, signedText(checkpoint), publicKey, Buffer.from(checkpoint.signature, 'base64'))
}

/** A short name of a public key: the first 16 hex digits of the SHA-256 of its DER form (SPKI). */
export function keyIdOf(publicKey: KeyObject): string {
  return hash('sha256', publicKey.export({ type: 'spki', format: 'der' })).slice(0, 16)
}

/** A public key as text: base64 of its DER form. */
export function publicKeyText(publicKey: KeyObject): string {
  return publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
}

/** @returns undefined when the text is no Ed25519 public key */
export function readPublicKey(text: string): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64'), type: 'spki', format: 'der' })
    return key.asymmetricKeyType === 'ed25519' ? key : undefined
  } catch {
    return undefined
  }
}
