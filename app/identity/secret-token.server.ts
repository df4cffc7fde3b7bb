import { createHash, randomBytes } from 'node:crypto'
import { type ClinicId, parseId } from '../platform/ids.ts'

/**
 * Secrets that travel (session cookies, links): 24 random bytes after the clinic's id, in base64url. The
 * database keeps only the SHA-256 of the secret part, so a copied table opens nothing.
 */
export function newSecretToken(clinicId: ClinicId): { token: string; hash: string } {
  const secret = randomBytes(24)
  const clinic = Buffer.from(clinicId.replaceAll('-', ''), 'hex')
  return { token: Buffer.concat([clinic, secret]).toString('base64url'), hash: hashOf(secret) }
}

/** @returns undefined when the text cannot be such a token */
export function readSecretToken(token: string): { clinicId: ClinicId; hash: string } | undefined {
  if (!/^[\w-]{54}$/.test(token)) return undefined
  const bytes = Buffer.from(token, 'base64url')
  const hex = bytes.subarray(0, 16).toString('hex')
  const clinicId = parseId<'clinic'>(
    `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`,
  )
  return clinicId && { clinicId, hash: hashOf(bytes.subarray(16)) }
}

function hashOf(secret: Uint8Array): string {
  return createHash('sha256').update(secret).digest('hex')
}
