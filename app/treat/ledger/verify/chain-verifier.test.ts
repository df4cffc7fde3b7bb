import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseInstant } from '../../../platform/time.ts'
import { CHAIN_START, FIELD_END, movementHash } from '../chain.server.ts'
import {
  type LedgerRow,
  ledgerChainVerifier,
  type SignedEnd,
  type StoredEnd,
} from './chain-verifier.server.ts'

/** A row without its hashes: what a tamperer changes; the text is made from it as the database would. */
type Bare = { readonly id: string; readonly amount: number }

const textOf = (seq: number, { id, amount }: Bare) =>
  ['clinic', seq, id, id, 'move', 'at', '2026-11-22T15:00:00.000000Z', amount].join(FIELD_END)

/** A stored row that remembers what it was made of, so that a test can change one thing of it. */
type Stored = Bare & { readonly seq: number; readonly previousHash: string; readonly hash: string }

function hashed(seq: number, bare: Bare, previousHash: string): Stored {
  return {
    seq,
    id: bare.id,
    amount: bare.amount,
    previousHash,
    hash: movementHash(previousHash, textOf(seq, bare)),
  }
}

function chain(length: number): Stored[] {
  let previousHash = CHAIN_START
  return Array.from({ length }, (_, i) => {
    const row = hashed(i + 1, { id: `id-${i + 1}`, amount: 100 + i }, previousHash)
    previousHash = row.hash
    return row
  })
}

/** Calculates every hash anew from the row at `index` on, numbers too. */
function rehash(rows: readonly Stored[], index: number): Stored[] {
  const done = rows.slice(0, index)
  for (const row of rows.slice(index))
    done.push(hashed(done.length + 1, row, done.at(-1)?.hash ?? CHAIN_START))
  return done
}

const renumber = (rows: readonly Stored[]) => rows.map((row, i) => ({ ...row, seq: i + 1 }))
const endOf = (rows: readonly Stored[]): StoredEnd => ({
  seq: rows.at(-1)?.seq ?? 0,
  hash: rows.at(-1)?.hash ?? CHAIN_START,
})
const at = parseInstant('2026-11-22T15:00:00Z')
const signed = (rows: readonly Stored[], ...seqs: readonly number[]): SignedEnd[] =>
  seqs.map((seq) => ({ seq, hash: rows[seq - 1]!.hash, at }))

function verify(
  rows: readonly Stored[],
  head: StoredEnd | undefined,
  checkpoints: readonly SignedEnd[] = [],
) {
  const verifier = ledgerChainVerifier(head, checkpoints)
  for (const row of rows.toSorted((a, b) => a.seq - b.seq)) {
    const hashed = [row.previousHash, textOf(row.seq, row)].join(FIELD_END)
    const looked: LedgerRow = { seq: row.seq, hash: row.hash, hashed }
    verifier.look(looked)
  }
  return verifier.end()
}

const rows = chain(10)
const head = endOf(rows)
const forged = (seq: number): Stored => ({ ...hashed(seq, { id: 'forged', amount: 7 }, rows[seq - 2]!.hash) })

describe('a chain that is whole', () => {
  it('passes, with what the last checkpoint proves', () => {
    expect(verify(rows, head)).toEqual({ rows: 10, sure: { provenTo: 0, fitsTo: 10 } })
    expect(verify(rows, head, signed(rows, 4, 8))).toEqual({
      rows: 10,
      sure: { provenTo: 8, provenAt: at, fitsTo: 10 },
    })
  })

  it('may be empty', () => {
    expect(verify([], undefined).damage).toBeUndefined()
    expect(verify([], { seq: 0, hash: CHAIN_START }).damage).toBeUndefined()
  })
})

describe('a changed row', () => {
  it('is named when its hash was left, with what is sure before and after it', () => {
    const changed = rows.map((row) => (row.seq === 5 ? { ...row, amount: 1 } : row))
    expect(verify(changed, head, signed(rows, 3, 9))).toEqual({
      rows: 10,
      damage: {
        kind: 'changed',
        seq: 5,
        earliest: 5,
        evidence: 'fields-do-not-give-the-hash',
        row: { id: 'id-5', recordedAt: '2026-11-22T15:00:00.000000Z' },
      },
      sure: {
        provenTo: 3,
        provenAt: at,
        fitsTo: 4,
        after: { from: 6, to: 10, provenTo: 9, shift: 0 },
      },
    })
  })

  it('is named by the row after it when its own hash was calculated again', () => {
    const changed = rows.map((row) =>
      row.seq === 5 ? hashed(5, { ...row, amount: 1 }, row.previousHash) : row,
    )
    expect(verify(changed, head, signed(rows, 3)).damage).toEqual({
      kind: 'changed',
      seq: 5,
      earliest: 4,
      evidence: 'next-row-remembers-another-hash',
    })
    expect(verify(changed, head).sure.after).toEqual({ from: 6, to: 10, provenTo: 0, shift: 0 })
  })

  it('is named by the stored end when it is the last, also with its hash', () => {
    const changed = rows.map((row) =>
      row.seq === 10 ? hashed(10, { ...row, amount: 1 }, row.previousHash) : row,
    )
    expect(verify(changed, head, signed(rows, 9)).damage).toEqual({
      kind: 'changed',
      seq: 10,
      earliest: 10,
      evidence: 'stored-end-has-another-hash',
    })
  })

  it('is the first itself when it remembers another beginning and everything was calculated again', () => {
    const first = hashed(1, rows[0]!, 'b'.repeat(64))
    const again = rehash([first, ...rows.slice(1)], 1)
    expect(verify(again, endOf(again)).damage).toMatchObject({
      kind: 'changed',
      seq: 1,
      earliest: 1,
      evidence: 'link-was-changed',
    })
  })

  it('is named when only what it remembers of the row before was changed', () => {
    const changed = rows.map((row) => (row.seq === 5 ? { ...row, previousHash: 'f'.repeat(64) } : row))
    expect(verify(changed, head).damage).toMatchObject({
      kind: 'changed',
      seq: 5,
      evidence: 'link-was-changed',
    })
    const anew = rows.map((row) => (row.seq === 5 ? hashed(5, row, 'f'.repeat(64)) : row))
    expect(verify(anew, head).damage).toMatchObject({ kind: 'changed', seq: 5, evidence: 'link-was-changed' })
  })

  it('shows only by a checkpoint once everything after it was calculated again', () => {
    const changed = rehash(
      rows.map((row) => (row.seq === 5 ? { ...row, amount: 1 } : row)),
      4,
    )
    expect(verify(changed, endOf(changed)).damage).toBeUndefined()
    expect(verify(changed, endOf(changed), signed(rows, 3, 4, 8, 9))).toMatchObject({
      damage: { kind: 'rewritten', seq: 8, earliest: 5, evidence: 'checkpoint-has-another-hash' },
      sure: { provenTo: 4 },
    })
    expect(verify(changed, endOf(changed), signed(rows, 4, 5)).damage).toMatchObject({
      kind: 'changed',
      seq: 5,
    })
  })
})

describe('a removed row', () => {
  const without = rows.filter((row) => row.seq !== 4 && row.seq !== 5)
  it('is named by the numbers that are missing', () => {
    expect(verify(without, head)).toMatchObject({
      damage: { kind: 'removed', seq: 4, rows: 2, evidence: 'numbers-are-missing' },
      sure: { fitsTo: 3, after: { from: 6, to: 10, shift: 0 } },
    })
    expect(verify(rows.slice(1), head).damage).toMatchObject({ kind: 'removed', seq: 1, rows: 1 })
  })

  it('is named by the numbers under which the rows after it give their hashes, also with the end put back', () => {
    const renumbered = renumber(without)
    for (const end of [head, endOf(renumbered)]) {
      expect(verify(renumbered, end, signed(rows, 2, 9))).toMatchObject({
        damage: { kind: 'removed', seq: 4, rows: 2, evidence: 'later-rows-were-renumbered' },
        sure: { provenTo: 2, after: { from: 4, to: 8, shift: 2, provenTo: 7 } },
      })
    }
  })

  it('leaves stretches that fit together, each with its own numbers', () => {
    const some = rows.flatMap((row) =>
      row.seq === 3 ? [] : [row.seq === 4 || row.seq === 5 ? { ...row, seq: row.seq - 1 } : row],
    )
    expect(verify(some, head)).toMatchObject({
      damage: { kind: 'removed', seq: 3 },
      sure: { after: { from: 6, to: 10, shift: 0 } },
    })
  })

  it('is named when the row after it was made to point past it', () => {
    const relinked = renumber(without).map((row) =>
      row.seq === 4 ? { ...row, previousHash: rows[2]!.hash } : row,
    )
    expect(verify(relinked, endOf(relinked)).damage).toMatchObject({ kind: 'removed', seq: 4, rows: 2 })
  })
})

describe('moved rows', () => {
  it('are named when two swapped their numbers', () => {
    const swapped = rows.map((row) => ({ ...row, seq: row.seq === 5 ? 6 : row.seq === 6 ? 5 : row.seq }))
    expect(verify(swapped, head)).toMatchObject({
      damage: { kind: 'reordered', seq: 5, standsAt: 6, evidence: 'stands-elsewhere' },
      sure: { fitsTo: 4, after: { from: 7, to: 10 } },
    })
    const far = rows.map((row) => ({ ...row, seq: row.seq === 2 ? 9 : row.seq === 9 ? 2 : row.seq }))
    expect(verify(far, head).damage).toMatchObject({ kind: 'reordered', seq: 2, standsAt: 9 })
  })

  it('are named when what they remember was swapped too', () => {
    const swapped = rows.map((row) =>
      row.seq === 5
        ? { ...row, seq: 6, previousHash: rows[5]!.previousHash }
        : row.seq === 6
          ? { ...row, seq: 5, previousHash: rows[4]!.previousHash }
          : row,
    )
    expect(verify(swapped, head).damage).toMatchObject({ kind: 'reordered', seq: 5, standsAt: 6 })
  })

  /** Two rows change places, and what each remembers stays at its place. */
  const changePlaces = (one: number, other: number) =>
    rows.map((row) => {
      const from = row.seq === one ? rows[other - 1]! : row.seq === other ? rows[one - 1]! : row
      return { ...from, seq: row.seq, previousHash: row.previousHash }
    })

  it('are named by the row that was written right after the other, also where no later row remembers them', () => {
    expect(verify(changePlaces(9, 10), head).damage).toMatchObject({
      kind: 'reordered',
      seq: 9,
      standsAt: 10,
    })
  })

  it('are named by the later row that remembers them, also where they were not written one after the other', () => {
    expect(verify(changePlaces(5, 8), head).damage).toMatchObject({
      kind: 'reordered',
      seq: 5,
      standsAt: 8,
    })
  })

  it('are named when one was moved to the end, with or without a gap', () => {
    const moved = rows.map((row) => (row.seq === 3 ? { ...row, seq: 11 } : row))
    expect(verify(moved, head).damage).toMatchObject({ kind: 'reordered', seq: 3, standsAt: 11 })
    const closed = renumber([...rows.filter((row) => row.seq !== 3), rows[2]!])
    expect(verify(closed, head).damage).toMatchObject({ kind: 'reordered', seq: 3, standsAt: 10 })
  })

  it('are named when one was moved forward', () => {
    const moved = renumber([...rows.slice(0, 2), rows[7]!, ...rows.slice(2, 7), ...rows.slice(8)])
    expect(verify(moved, head).damage).toMatchObject({ kind: 'reordered', seq: 3, standsAt: 4 })
  })
})

describe('a row that was put in', () => {
  it('is named when its own hash is right', () => {
    const put = renumber([...rows.slice(0, 4), forged(5), ...rows.slice(4)])
    expect(verify(put, endOf(put), signed(rows, 3, 9))).toMatchObject({
      damage: { kind: 'inserted', seq: 5, rows: 1, evidence: 'later-rows-were-renumbered' },
      sure: { provenTo: 3, fitsTo: 4, after: { from: 6, to: 11, shift: -1, provenTo: 10 } },
    })
  })

  it('is named when its own hash is not', () => {
    const put = renumber([...rows.slice(0, 4), { ...forged(5), hash: 'a'.repeat(64) }, ...rows.slice(4)])
    expect(verify(put, endOf(put)).damage).toMatchObject({ kind: 'inserted', seq: 5, rows: 1 })
  })

  it('is named when it stands behind the stored end; put behind it with the end it cannot be told', () => {
    const put = [...rows, hashed(11, { id: 'forged', amount: 7 }, rows[9]!.hash)]
    expect(verify(put, head).damage).toEqual({
      kind: 'inserted',
      seq: 11,
      earliest: 11,
      rows: 1,
      evidence: 'rows-behind-the-stored-end',
    })
    expect(verify(put, endOf(put)).damage).toBeUndefined()
  })

  it('is named when the number stands twice', () => {
    expect(verify([...rows, { ...forged(5), previousHash: rows[4]!.hash }], head).damage).toMatchObject({
      kind: 'inserted',
      seq: 5,
      evidence: 'number-stands-twice',
    })
  })
})

describe('rows cut at the end', () => {
  const cut = rows.slice(0, 7)
  it('show by the stored end, and by a checkpoint when that was put back', () => {
    expect(verify(cut, head, signed(rows, 5))).toEqual({
      rows: 7,
      damage: { kind: 'cut-at-the-end', seq: 8, earliest: 6, rows: 3, evidence: 'stored-end-is-further' },
      sure: { provenTo: 5, provenAt: at, fitsTo: 7 },
    })
    expect(verify(cut, endOf(cut), signed(rows, 5, 9)).damage).toEqual({
      kind: 'cut-at-the-end',
      seq: 8,
      earliest: 6,
      rows: 2,
      evidence: 'checkpoint-is-further',
    })
    expect(verify(cut, endOf(cut), signed(rows, 7)).damage).toBeUndefined()
  })

  it('show when nothing is left at all', () => {
    expect(verify([], head).damage).toMatchObject({ kind: 'cut-at-the-end', seq: 1, rows: 10 })
    expect(verify([], undefined, signed(rows, 9)).damage).toMatchObject({
      kind: 'cut-at-the-end',
      seq: 1,
      rows: 9,
    })
  })
})

describe('the stored end', () => {
  it('is named when it alone was changed', () => {
    expect(verify(rows, undefined).damage).toMatchObject({ seq: 10, evidence: 'stored-end-was-changed' })
    expect(verify(rows, endOf(rows.slice(0, 6)), signed(rows, 8)).damage).toMatchObject({
      kind: 'changed',
      seq: 6,
      evidence: 'stored-end-was-changed',
    })
    expect(verify(rows, { seq: 10, hash: 'b'.repeat(64) }, signed(rows, 10)).damage).toMatchObject({
      evidence: 'stored-end-was-changed',
    })
  })
})

/** Each way to tamper with a chain, and the first number it touches. */
type Tampering = { readonly rows: readonly Stored[]; readonly head: StoredEnd; readonly first: number }
const tamperings: readonly ((rows: readonly Stored[], i: number, j: number) => Tampering)[] = [
  (all, i) =>
    keep(
      all,
      all.map((row, k) => (k === i ? { ...row, amount: -1 } : row)),
      i,
    ),
  (all, i) =>
    keep(
      all,
      all.map((row, k) => (k === i ? { ...row, hash: 'c'.repeat(64) } : row)),
      i,
    ),
  (all, i) =>
    keep(
      all,
      all.map((row, k) => (k === i ? hashed(k + 1, { ...row, amount: -1 }, row.previousHash) : row)),
      i,
    ),
  (all, i) =>
    anew(
      rehash(
        all.map((row, k) => (k === i ? { ...row, amount: -1 } : row)),
        i,
      ),
      i,
    ),
  (all, i) =>
    keep(
      all,
      all.filter((_, k) => k !== i),
      i,
    ),
  (all, i) => keep(all, renumber(all.filter((_, k) => k !== i)), i),
  (all, i) => anew(renumber(all.filter((_, k) => k !== i)), i),
  (all, i) =>
    anew(
      rehash(
        all.filter((_, k) => k !== i),
        i,
      ),
      i,
    ),
  (all, i, j) =>
    keep(
      all,
      all.map((row, k) => ({ ...row, seq: k === i ? j + 1 : k === j ? i + 1 : k + 1 })),
      i,
    ),
  (all, i, j) =>
    anew(
      rehash(
        all.map((_, k) => all[k === i ? j : k === j ? i : k]!),
        i,
      ),
      i,
    ),
  (all, i) =>
    anew(
      renumber([
        ...all.slice(0, i),
        hashed(i + 1, { id: 'x', amount: 7 }, all[i - 1]?.hash ?? CHAIN_START),
        ...all.slice(i),
      ]),
      i,
    ),
  (all, i) => keep(all, renumber([...all.slice(0, i), { ...all[i]!, id: 'x' }, ...all.slice(i)]), i),
  (all, i) => anew(rehash([...all.slice(0, i), { ...all[i]!, id: 'x' }, ...all.slice(i)], i), i),
  (all, i) => keep(all, all.slice(0, i), i),
  (all, i) => anew(all.slice(0, i), i),
]
function keep(all: readonly Stored[], rows: readonly Stored[], index: number): Tampering {
  return { rows, head: endOf(all), first: index + 1 }
}
function anew(rows: readonly Stored[], index: number): Tampering {
  return { rows, head: endOf(rows), first: index + 1 }
}

describe('whatever is done to a chain', () => {
  it('is never called sound, and lies where it was done', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 30 }),
        fc.nat(),
        fc.nat(),
        fc.nat({ max: tamperings.length - 1 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 6 }),
        (length, a, b, which, at) => {
          const all = chain(length)
          const i = a % (length - 1)
          const j = i + 1 + (b % (length - 1 - i))
          const done = tamperings[which]!(all, i, j)
          // The clinic signed its end before: that is what shows a chain that was calculated anew as a whole.
          const checkpoints = signed(all, ...new Set([...at.filter((seq) => seq <= length), length]))
          const { damage, sure } = verify(done.rows, done.head, checkpoints)
          if (!damage) throw new Error(`tampering ${which} at ${done.first} of ${length} was not seen`)
          expect(damage.earliest).toBeLessThanOrEqual(done.first)
          expect(damage.seq).toBeGreaterThanOrEqual(done.first)
          // Only hashes that were calculated again leave more than one row open.
          if (![2, 3, 7, 9, 12, 13, 14].includes(which)) expect(damage.seq).toBe(damage.earliest)
          // What is called proven was never touched.
          expect(sure.provenTo).toBeLessThan(done.first)
        },
      ),
      { numRuns: 300 },
    )
  })
})
