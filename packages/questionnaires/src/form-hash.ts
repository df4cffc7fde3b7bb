import type { Instrument } from './instrument.ts'

const OFFSET_BASIS = 0xcbf29ce484222325n
const PRIME = 0x100000001b3n
const MASK = 0xffffffffffffffffn

/** The bytes of a text in UTF-8; a lone half of a surrogate pair becomes U+FFFD, as everywhere else. */
function* utf8(text: string): Generator<number> {
  for (const character of text) {
    let code = character.codePointAt(0) as number
    if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd
    if (code < 0x80) yield code
    else if (code < 0x800) yield* [0xc0 | (code >> 6), 0x80 | (code & 63)]
    else if (code < 0x10000) yield* [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)]
    else
      yield* [0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)]
  }
}

/**
 * FNV-1a, 64 bits, as 16 hexadecimal digits.
 *
 * It tells versions of a text apart. It is no protection against somebody who wants two texts to look alike.
 * Source: Fowler, Noll, Vo; RFC 9923.
 */
export function fnv1a64(text: string): string {
  let hash = OFFSET_BASIS
  for (const byte of utf8(text)) hash = ((hash ^ BigInt(byte)) * PRIME) & MASK
  return hash.toString(16).padStart(16, '0')
}

/** JSON with the keys of every object in order, so that moving a line in a source file changes nothing. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).filter(([, part]) => part !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`).join(',')}}`
}

/**
 * Names what a person saw when they answered: introduction, recall sentence, every prompt, label, value, range and
 * skip rule, in order. Another word or another order gives another hash; a new citation or cut-off does not.
 *
 * @returns for example `fnv1a64-af63dc4c8601ec8c`
 */
export function formHash(instrument: Instrument): string {
  const { id, version, edition, introduction, recall, items } = instrument
  const seen = items.map(({ concept: _concept, loinc: _loinc, ...shown }) => shown)
  return `fnv1a64-${fnv1a64(canonical({ id, version, edition, introduction, recall, items: seen }))}`
}
