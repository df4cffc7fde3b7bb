import type { Instant } from '../../../platform/time.ts'
import { CHAIN_START, FIELD_END, hashOf, movementHash } from '../chain.server.ts'

/** A row as the database holds it now. */
export type LedgerRow = {
  readonly seq: number
  /**
   * What its hash should cover: the hash it remembers of the row before, the sign that parts fields, and its text (`movementText`,
   * made by SQL from the columns). One string, so that a million rows are hashed without being put together first.
   */
  readonly hashed: string
  readonly hash: string
}

/** Where the chain of a clinic ends, by what is stored beside it. */
export type StoredEnd = { readonly seq: number; readonly hash: string }

/** What a checkpoint says, its signature found right: at this instant the chain ended with this row. */
export type SignedEnd = StoredEnd & { readonly at: Instant }

/** `rewritten`: one row or more of a stretch was changed, removed, moved or put in, and every hash after it calculated again. */
export type DamageKind = 'changed' | 'removed' | 'reordered' | 'inserted' | 'cut-at-the-end' | 'rewritten'

/** What gave the damage away. */
export type Evidence =
  | 'fields-do-not-give-the-hash'
  | 'link-was-changed'
  | 'number-was-changed'
  | 'next-row-remembers-another-hash'
  | 'stored-end-has-another-hash'
  | 'checkpoint-has-another-hash'
  | 'numbers-are-missing'
  | 'later-rows-were-renumbered'
  | 'stands-elsewhere'
  | 'number-stands-twice'
  | 'rows-behind-the-stored-end'
  | 'stored-end-is-further'
  | 'checkpoint-is-further'
  | 'stored-end-was-changed'

export type Damage = {
  readonly kind: DamageKind
  /** The first damaged row, or the number of the first that is missing. */
  readonly seq: number
  /** Where it may have begun: below `seq` only when hashes were calculated again and no checkpoint lies between. */
  readonly earliest: number
  readonly evidence: Evidence
  /** How many rows are missing or were put in, as far as it can be told. */
  readonly rows?: number
  /** The number at which a moved row stands now. */
  readonly standsAt?: number
  /** What stands at `seq` now says of itself. */
  readonly row?: { readonly id: string; readonly recordedAt: string }
}

/** What is still sure beside the damage. */
export type StillSure = {
  /** Rows 1 to here are as they were written: the last checkpoint before the damage holds. 0: no checkpoint says so. */
  readonly provenTo: number
  /** When that checkpoint was signed. */
  readonly provenAt?: Instant
  /** Rows 1 to here fit together; those above `provenTo` were at least not changed one by one. */
  readonly fitsTo: number
  /** The last stretch that fits together again, by the numbers that stand there now. */
  readonly after?: {
    readonly from: number
    readonly to: number
    /** Up to here a later checkpoint holds, so that these rows are as they were written. 0: none. */
    readonly provenTo: number
    /** By how much the rows were numbered higher when they were written. */
    readonly shift: number
  }
}

export type ChainReport = {
  readonly rows: number
  readonly damage?: Damage
  readonly sure: StillSure
}

type FirstBad = {
  readonly row: LedgerRow
  /** The row before it, sound by itself. */
  readonly before: Pick<LedgerRow, 'seq' | 'hash'>
  /** The number under which it was written, by its own hash; undefined when it gives that hash under none. */
  readonly written: number | undefined
}

type Later = { readonly row: LedgerRow; readonly written: number | undefined }

/** What is learned beyond the first damage. */
type Beyond = {
  /** Where the row stands now that should stand first. */
  trueRowAt: number | undefined
  /** Whether the first bad row was written right after that one. */
  isFollower: boolean
  /** Whether a later row than the next remembers the first bad one. */
  rememberedLater: boolean
  fits: { from: number; to: number; provenTo: number; shift: number } | undefined
  before: LedgerRow
}

/** How far around its place the number of a row is sought, beside the numbers that are known to have existed. */
const SOUGHT_AROUND = 10_000

/**
 * Looks at a clinic's rows one by one in order of `seq`, whoever changed them: the owner of the database may have changed
 * rows, their hashes, the stored end and the checkpoints in the database. It names the first damage and its kind by what survives:
 * a row's own hash (also under another number: renumbered rows still give their hash under the number they were written with), the
 * hash that the next row remembers, the stored end, and checkpoints signed with a key that the database does not have.
 *
 * Not to be seen by it: rows rewritten or cut after the newest checkpoint together with every hash and the stored end, and a row that
 * was put behind the end as the application would have done it. Both are found by counting the stock, never by hashes.
 *
 * Memory does not grow with the rows.
 *
 * @param head where the clinic's chain ends by what is stored, read with the rows; undefined when nothing is
 * @param checkpoints of the database and of every file, signatures already judged; in any order
 * @param start the row before the first that will be looked at; left out: the beginning
 */
export function ledgerChainVerifier(
  head: StoredEnd | undefined,
  checkpoints: readonly SignedEnd[],
  start: StoredEnd = { seq: 0, hash: CHAIN_START },
) {
  const signed = [...checkpoints].sort((a, b) => a.seq - b.seq)
  /** The numbers that once existed, as far as anything says so. */
  const knownTop = Math.max(signed.at(-1)?.seq ?? 0, head?.seq ?? 0)
  const held: SignedEnd[] = []
  let nextSigned = 0
  let rows = 0
  let last = start
  let hashAtHead = head?.seq === start.seq ? start.hash : undefined
  let differs: SignedEnd | undefined
  let bad: FirstBad | undefined
  let second: Later | undefined
  let beyond: Beyond | undefined

  /** Compares with the checkpoints of this number. @returns whether one holds */
  function compare(seq: number, hash: string): boolean {
    let holds = false
    while (nextSigned < signed.length && signed[nextSigned]!.seq < seq) nextSigned += 1
    for (; signed[nextSigned]?.seq === seq; nextSigned += 1) {
      const checkpoint = signed[nextSigned]!
      if (checkpoint.hash === hash) {
        holds = true
        if (!bad && !differs) held.push(checkpoint)
      } else if (!bad) differs ??= checkpoint
    }
    return holds
  }

  /** Beyond the first damage: where the row is that should stand there, and from where on rows fit together again. */
  function lookBeyond(first: FirstBad, row: LedgerRow): void {
    const isFirst = row === first.row
    beyond ??= {
      trueRowAt: undefined,
      isFollower: false,
      rememberedLater: false,
      fits: undefined,
      before: row,
    }
    if (beyond.trueRowAt === undefined) {
      const n = first.before.seq + 1
      const asN = movementHash(first.before.hash, withSeq(textOf(row), n))
      if (asN === row.hash || (!isFirst && asN === first.row.hash)) {
        beyond.trueRowAt = row.seq
        beyond.isFollower = movementHash(row.hash, withSeq(textOf(first.row), n + 1)) === first.row.hash
      }
    }
    if (!isFirst && !second) {
      second = { row, written: first.written === undefined ? numberOf(row, SOUGHT_AROUND) : undefined }
    } else if (!isFirst && remembers(row, first.row.hash)) beyond.rememberedLater = true

    const renumbered = first.written === undefined ? second : first
    const by = (renumbered?.written ?? row.seq) - (renumbered?.written ? renumbered.row.seq : row.seq)
    const shift = by !== 0 && gives(row, row.seq + by) ? by : 0
    const { fits, before } = beyond
    if (shift === 0 && !gives(row, row.seq)) beyond.fits = undefined
    else if (fits && remembers(row, before.hash) && fits.shift === shift) fits.to = row.seq
    else beyond.fits = { from: row.seq, to: row.seq, provenTo: 0, shift }
    if (compare(row.seq + shift, row.hash) && beyond.fits) beyond.fits.provenTo = row.seq
    beyond.before = row
  }

  return {
    /** @param row the next one in order of `seq` */
    look(row: LedgerRow): void {
      rows += 1
      if (row.seq === head?.seq) hashAtHead = row.hash
      if (!bad && row.seq === last.seq + 1 && remembers(row, last.hash) && gives(row, row.seq)) {
        compare(row.seq, row.hash)
        last = row
        return
      }
      bad ??= { row, before: last, written: numberOf(row, Math.max(knownTop, row.seq) + SOUGHT_AROUND) }
      lookBeyond(bad, row)
    },

    /** Whether a row that was looked at is damaged: what follows is not to be taken at its word. */
    isBroken(): boolean {
      return bad !== undefined
    },

    end(): ChainReport {
      const seen = bad && broken(bad)
      // A break that lies no later explains the checkpoint too, and says more.
      const damage =
        differs && !(seen && seen.seq <= differs.seq) ? rewritten(differs) : (seen ?? endDamage())
      if (!damage) return { rows, sure: sureBefore(last.seq + 1) }
      const sure = { ...sureBefore(damage.earliest), fitsTo: damage.seq - 1 }
      return { rows, damage, sure: beyond?.fits ? { ...sure, after: beyond.fits } : sure }
    },
  }

  function sureBefore(seq: number): StillSure {
    const checkpoint = held.findLast((each) => each.seq < seq)
    return {
      provenTo: checkpoint?.seq ?? 0,
      ...(checkpoint ? { provenAt: checkpoint.at } : {}),
      fitsTo: seq - 1,
    }
  }

  /** Everything fits together, but not with what was signed: the damage lies behind the last checkpoint that holds. */
  function rewritten({ seq }: SignedEnd): Damage {
    const earliest = sureBefore(seq).provenTo + 1
    const kind = earliest === seq ? 'changed' : 'rewritten'
    return { kind, seq, earliest, evidence: 'checkpoint-has-another-hash' }
  }

  function broken({ row, before: sound, written }: FirstBad): Damage {
    const { trueRowAt, isFollower, rememberedLater } = beyond!
    const n = sound.seq + 1
    const at = (seq: number) => ({ seq, earliest: seq })
    const standing = { row: whatItSays(row) }
    if (row.seq < n) {
      return { kind: 'inserted', ...at(row.seq), evidence: 'number-stands-twice', rows: 1, ...standing }
    }
    if (trueRowAt === row.seq) {
      const evidence = row.seq > n ? 'number-was-changed' : 'link-was-changed'
      return { kind: 'changed', ...at(n), evidence, standsAt: row.seq, ...standing }
    }
    if (trueRowAt !== undefined) {
      const moved = row.seq > n || (written !== undefined && written > n) || isFollower || rememberedLater
      return moved
        ? { kind: 'reordered', ...at(n), evidence: 'stands-elsewhere', standsAt: trueRowAt, ...standing }
        : {
            kind: 'inserted',
            ...at(n),
            evidence: 'later-rows-were-renumbered',
            rows: trueRowAt - n,
            ...standing,
          }
    }
    if (row.seq > n) {
      return { kind: 'removed', ...at(n), evidence: 'numbers-are-missing', rows: (written ?? row.seq) - n }
    }
    if (written !== undefined && written > n) {
      return { kind: 'removed', ...at(n), evidence: 'later-rows-were-renumbered', rows: written - n }
    }
    if (written !== undefined && written < n) {
      return { kind: 'inserted', ...at(written), evidence: 'later-rows-were-renumbered', rows: n - written }
    }
    if (written === n) {
      // Whole in itself, but behind another row than the one that stands before it.
      const goesOn = second ? remembers(second.row, row.hash) : head?.hash === row.hash
      if (!goesOn || n === 1) return { kind: 'changed', ...at(n), evidence: 'link-was-changed', ...standing }
      return {
        kind: 'changed',
        seq: n - 1,
        earliest: sureBefore(n).provenTo + 1,
        evidence: 'next-row-remembers-another-hash',
      }
    }
    if (second?.written !== undefined && second.written > second.row.seq) {
      const missing = second.written - second.row.seq
      return { kind: 'removed', ...at(n), evidence: 'later-rows-were-renumbered', rows: missing }
    }
    return { kind: 'changed', ...at(n), evidence: 'fields-do-not-give-the-hash', ...standing }
  }

  function endDamage(): Damage | undefined {
    const stored = head?.seq ?? 0
    if (rows === 0 && stored < start.seq) {
      const seq = stored + 1
      const evidence = 'checkpoint-is-further'
      return { kind: 'cut-at-the-end', seq, earliest: seq, evidence, rows: start.seq - stored }
    }
    const furthest = Math.max(knownTop, last.seq)
    if (furthest > last.seq) {
      const evidence = stored > last.seq ? 'stored-end-is-further' : 'checkpoint-is-further'
      const seq = last.seq + 1
      // No row after the cut remembers the last one that is left, so only a checkpoint says that it was the one.
      const earliest = sureBefore(seq).provenTo + 1
      return { kind: 'cut-at-the-end', seq, earliest, evidence, rows: furthest - last.seq }
    }
    if (head?.seq === last.seq ? head.hash === last.hash : !head && last.seq === 0) return undefined
    const seq = head?.seq ?? last.seq
    const { provenTo } = sureBefore(last.seq + 1)
    // What was signed stands as it was signed: then it is the stored end that was changed.
    if (!head || provenTo > seq || (provenTo === seq && hashAtHead !== head.hash)) {
      return { kind: 'changed', seq, earliest: seq, evidence: 'stored-end-was-changed' }
    }
    if (hashAtHead === head.hash) {
      const evidence = 'rows-behind-the-stored-end'
      return { kind: 'inserted', seq: seq + 1, earliest: seq + 1, evidence, rows: last.seq - seq }
    }
    return { kind: 'changed', seq, earliest: provenTo + 1, evidence: 'stored-end-has-another-hash' }
  }
}

/** The number under which a row gives its own hash: the one it stands at first, then the nearest. */
function numberOf(row: LedgerRow, furthest: number): number | undefined {
  if (gives(row, row.seq)) return row.seq
  for (let away = 1; away <= furthest; away++) {
    if (gives(row, row.seq + away)) return row.seq + away
    if (row.seq > away && gives(row, row.seq - away)) return row.seq - away
  }
  return undefined
}

/** Whether a row's text, with this number in it, gives its hash. */
function gives({ seq, hashed, hash }: LedgerRow, number: number): boolean {
  if (number === seq) return hashOf(hashed) === hash
  const from = hashed.indexOf(FIELD_END) + 1
  return hashOf(hashed.slice(0, from) + withSeq(hashed.slice(from), number)) === hash
}

/** Whether this is the hash a row remembers of the one before it. */
function remembers({ hashed }: LedgerRow, hash: string): boolean {
  return hashed.startsWith(hash) && hashed.startsWith(FIELD_END, hash.length)
}

function textOf({ hashed }: LedgerRow): string {
  return hashed.slice(hashed.indexOf(FIELD_END) + 1)
}

/** The text with another number: the second field of every row. */
function withSeq(text: string, seq: number): string {
  const from = text.indexOf(FIELD_END) + 1
  return `${text.slice(0, from)}${seq}${text.slice(text.indexOf(FIELD_END, from))}`
}

function whatItSays(row: LedgerRow): NonNullable<Damage['row']> {
  const fields = textOf(row).split(FIELD_END)
  return { id: fields[2] ?? '', recordedAt: fields[6] ?? '' }
}
