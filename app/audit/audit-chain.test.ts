import { describe, expect, it } from 'vitest'
import { CHAIN_START, type ChainedEntry, chainVerifier, entryHash } from './audit-chain.ts'

function chain(length: number) {
  let previousHash = CHAIN_START
  return Array.from({ length }, (_, i) => {
    const entry: ChainedEntry = {
      clinicId: 'c',
      seq: i + 1,
      at: '2026-01-01T00:00:00.000Z',
      actorKind: 'member',
      actorId: 'a',
      roles: ['nurse'],
      action: 'chart.read',
      power: 'read',
      personId: `p${i}`,
      object: null,
      objectId: null,
      detail: i % 2 ? { b: 1, a: 2 } : null,
    }
    const hash = entryHash(previousHash, entry)
    const row = { ...entry, previousHash, hash }
    previousHash = hash
    return row
  })
}

function verify(rows: ReturnType<typeof chain>, head: { seq: number; hash: string }) {
  const verifier = chainVerifier()
  for (const row of rows) if (!verifier.look(row)) break
  return verifier.end(head)
}

describe('the audit chain', () => {
  const rows = chain(6)
  const head = { seq: 6, hash: rows[5]!.hash }

  it('passes when whole', () => {
    expect(verify(rows, head)).toBeUndefined()
    expect(verify([], { seq: 0, hash: CHAIN_START })).toBeUndefined()
  })

  it('does not depend on the order of keys in detail', () => {
    const { previousHash, hash, ...entry } = rows[1]!
    expect(entryHash(previousHash, { ...entry, detail: { a: 2, b: 1 } })).toBe(hash)
  })

  it('names the first entry that was changed, removed, swapped or cut', () => {
    expect(
      verify(
        rows.map((r) => (r.seq === 3 ? { ...r, personId: 'other' } : r)),
        head,
      ),
    ).toEqual({
      seq: 3,
      damage: 'changed',
    })
    expect(
      verify(
        rows.filter((r) => r.seq !== 4),
        head,
      ),
    ).toEqual({ seq: 4, damage: 'missing' })
    const rehashed = rows.map((r) => {
      if (r.seq !== 3) return r
      const changed = { ...r, personId: 'other' }
      return { ...changed, hash: entryHash(r.previousHash, changed) }
    })
    expect(verify(rehashed, head)).toEqual({ seq: 4, damage: 'reordered' })
    expect(verify(rows.slice(0, 4), head)).toEqual({ seq: 5, damage: 'cut-at-the-end' })
  })
})
