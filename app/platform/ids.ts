declare const idBrand: unique symbol

/** A UUID that knows what it names: a `PersonId` is not a `SessionId`. */
export type Id<Name extends string> = string & { readonly [idBrand]: Name }

export type ClinicId = Id<'clinic'>
export type AccountId = Id<'account'>
export type MembershipId = Id<'membership'>
export type PersonId = Id<'person'>

/** Makes ids. Handed in, so that tests and the virtual clinic can repeat themselves. */
export type Ids = { next<Name extends string = never>(): Id<Name> }

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export function isUuid(text: unknown): text is string {
  return typeof text === 'string' && uuidPattern.test(text)
}

/** Reads an id from outside; undefined when it is not a lower-case UUID. */
export function parseId<Name extends string>(text: unknown): Id<Name> | undefined {
  return isUuid(text) ? (text as Id<Name>) : undefined
}

/**
 * A source of version 7 UUIDs (RFC 9562): 48 bits of Unix milliseconds, then random bits, so that ids sort
 * by the time they were made.
 *
 * @param nowMs milliseconds since 1970
 * @param fillRandom fills the array with random bytes
 */
export function uuidv7Source(nowMs: () => number, fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void): Ids {
  return {
    next<Name extends string = never>() {
      const bytes = new Uint8Array(16)
      fillRandom(bytes)
      let ms = nowMs()
      for (let i = 5; i >= 0; i--) {
        bytes[i] = ms % 256
        ms = Math.floor(ms / 256)
      }
      bytes[6] = (bytes[6]! & 0x0f) | 0x70
      bytes[8] = (bytes[8]! & 0x3f) | 0x80
      const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as Id<Name>
    },
  }
}

export const systemIds: Ids = uuidv7Source(Date.now, (bytes) => globalThis.crypto.getRandomValues(bytes))
