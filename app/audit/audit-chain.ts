import { createHash } from 'node:crypto'

/**
 * The audit's hash chain, one per clinic. Each entry's hash covers its own fields and the hash before it, so a
 * changed, removed, inserted or reordered entry breaks every hash after it.
 */
export type ChainedEntry = {
  readonly clinicId: string
  readonly seq: number
  readonly at: string
  readonly actorKind: string
  readonly actorId: string
  readonly roles: readonly string[]
  readonly action: string
  readonly power: string
  readonly personId: string | null
  readonly object: string | null
  readonly objectId: string | null
  readonly detail: Readonly<Record<string, unknown>> | null
}

/** The hash before the first entry. */
export const CHAIN_START = '0'.repeat(64)

/** SHA-256 in hex over the previous hash and the entry's fields in fixed order, keys of `detail` sorted. */
export function entryHash(previousHash: string, entry: ChainedEntry): string {
  const fields = [
    previousHash,
    entry.clinicId,
    entry.seq,
    entry.at,
    entry.actorKind,
    entry.actorId,
    entry.roles,
    entry.action,
    entry.power,
    entry.personId,
    entry.object,
    entry.objectId,
    entry.detail === null ? null : Object.entries(entry.detail).sort(([a], [b]) => (a < b ? -1 : 1)),
  ]
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex')
}

export type ChainBreak = {
  readonly seq: number
  readonly damage: 'changed' | 'missing' | 'reordered' | 'cut-at-the-end'
}

/** Looks at a clinic's entries one by one, in order of `seq`, and remembers the first break. */
export function chainVerifier() {
  let seq = 0
  let hash = CHAIN_START
  let found: ChainBreak | undefined
  return {
    /** @returns false when the chain is broken and looking further tells nothing more */
    look(entry: ChainedEntry & { readonly previousHash: string; readonly hash: string }): boolean {
      if (found) return false
      if (entry.seq !== seq + 1) found = { seq: seq + 1, damage: 'missing' }
      else if (entryHash(entry.previousHash, entry) !== entry.hash)
        found = { seq: entry.seq, damage: 'changed' }
      else if (entry.previousHash !== hash) found = { seq: entry.seq, damage: 'reordered' }
      seq = entry.seq
      hash = entry.hash
      return found === undefined
    },
    /** @param head the clinic's stored head: where the chain should end */
    end(head: { readonly seq: number; readonly hash: string }): ChainBreak | undefined {
      if (found) return found
      if (seq < head.seq) return { seq: seq + 1, damage: 'cut-at-the-end' }
      if (hash !== head.hash || seq !== head.seq) return { seq, damage: 'changed' }
      return undefined
    },
  }
}
