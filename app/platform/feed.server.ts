import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import { asWrite, type Read, reader, setTenant, type Write, writer } from './database.server.ts'
import type { DomainEvent, FeedEvent } from './domain-event.ts'
import type { ClinicId } from './ids.ts'
import type { Instant } from './time.ts'

/**
 * The live feed. Every event of a clinic has a sequence number given under a lock on the clinic's head row, so
 * the order of numbers is the order of commits and nobody can see number 8 before 7. A client sends the last
 * number it has, gets what it missed from the table, then follows. One process: followers are called from
 * memory; the hub also looks at the table now and then, so events of another process arrive late, not never.
 */
export type FeedTables = {
  feed_head: { clinic_id: ClinicId; seq: number }
  feed_event: {
    clinic_id: ClinicId
    seq: number
    id: string
    kind: string
    at: Instant
    data: Record<string, unknown>
  }
}

export type FeedHub = {
  /** Tells followers of a clinic what has been committed. */
  publish(events: readonly FeedEvent[]): void
  /**
   * Calls `deliver` with every event after `since`, missed ones first, in order, each once.
   * @returns stop following
   */
  follow(clinicId: ClinicId, since: number, follower: Follower): () => void
  followers(): number
  /** Reads the table for followers that may have missed something another process wrote. */
  look(): Promise<void>
}

export type Follower = {
  deliver(events: readonly FeedEvent[]): void
  /** The follower was too slow, or the store failed: it must reconnect. */
  close(reason: string): void
}

/** Appends events in the caller's transaction and gives them their numbers. Call it last: it locks the head row. */
export async function appendFeed(
  db: Write,
  clinicId: ClinicId,
  events: readonly DomainEvent[],
): Promise<FeedEvent[]> {
  if (events.length === 0) return []
  const tables = writer<FeedTables>(db)
  const head = await tables
    .insertInto('feed_head')
    .values({ clinic_id: clinicId, seq: events.length })
    .onConflict((c) => c.column('clinic_id').doUpdateSet({ seq: sql`feed_head.seq + excluded.seq` }))
    .returning('seq')
    .executeTakeFirstOrThrow()
  const first = head.seq - events.length + 1
  const numbered = events.map((event, i) => ({ ...event, seq: first + i }))
  await tables
    .insertInto('feed_event')
    .values(
      numbered.map((e) => ({
        clinic_id: clinicId,
        seq: e.seq,
        id: e.id,
        kind: e.kind,
        at: e.at,
        data: e.data,
      })),
    )
    .execute()
  return numbered
}

/** Events after `since`, oldest first. */
export async function feedSince(
  db: Read,
  clinicId: ClinicId,
  since: number,
  limit: number,
): Promise<FeedEvent[]> {
  const rows = await reader<FeedTables>(db)
    .selectFrom('feed_event')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('seq', '>', since)
    .orderBy('seq')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    clinicId,
    kind: row.kind,
    at: row.at,
    data: row.data,
    seq: row.seq,
  }))
}

/** The number of the clinic's newest event; 0 when nothing has happened yet. */
export async function feedHead(db: Read, clinicId: ClinicId): Promise<number> {
  const row = await reader<FeedTables>(db)
    .selectFrom('feed_head')
    .select('seq')
    .where('clinic_id', '=', clinicId)
    .executeTakeFirst()
  return row?.seq ?? 0
}

const PAGE = 500
/** A follower that has this many events waiting while it catches up is closed rather than kept in memory. */
const MAX_BUFFER = 5_000

export function feedHub(db: Kysely<never>, onError: (error: unknown) => void): FeedHub {
  type Following = {
    clinicId: ClinicId
    at: number
    busy: boolean
    ended: boolean
    waiting: FeedEvent[]
    follower: Follower
  }
  const all = new Set<Following>()

  const load = (clinicId: ClinicId, since: number) =>
    db.transaction().execute(async (transaction) => {
      await setTenant(transaction, clinicId)
      return feedSince(asWrite(transaction), clinicId, since, PAGE)
    })

  const give = (following: Following, events: readonly FeedEvent[]) => {
    const fresh = events.filter((event) => event.seq > following.at)
    if (fresh.length === 0 || following.ended) return
    following.at = fresh[fresh.length - 1]!.seq
    following.follower.deliver(fresh)
  }

  const end = (following: Following, reason: string) => {
    if (following.ended) return
    following.ended = true
    all.delete(following)
    following.follower.close(reason)
  }

  async function catchUp(following: Following): Promise<void> {
    if (following.busy || following.ended) return
    following.busy = true
    try {
      for (;;) {
        const missed = await load(following.clinicId, following.at)
        give(following, missed)
        if (following.ended) return
        if (missed.length === PAGE) continue
        // Events published meanwhile: those that follow without a gap go out now. One behind a gap is in the table
        // with all that came before it, so it is read there at once.
        const waiting = following.waiting
        following.waiting = []
        give(following, withoutGap(waiting, following.at))
        if (waiting.every((event) => event.seq <= following.at)) break
      }
    } catch (error) {
      onError(error)
      end(following, 'the feed could not be read')
    } finally {
      following.busy = false
    }
  }

  return {
    publish(events) {
      for (const following of all) {
        const own = events.filter((event) => event.clinicId === following.clinicId)
        if (own.length === 0) continue
        if (following.busy) {
          following.waiting.push(...own)
          if (following.waiting.length > MAX_BUFFER) end(following, 'too far behind')
        } else if (own[0]!.seq <= following.at + 1) {
          give(following, own)
        } else {
          // Another process or a later commit came in between: read the table, which has the order.
          void catchUp(following)
        }
      }
    },
    follow(clinicId, since, follower) {
      const following: Following = { clinicId, at: since, busy: false, ended: false, waiting: [], follower }
      all.add(following)
      void catchUp(following)
      return () => {
        following.ended = true
        all.delete(following)
      }
    },
    followers: () => all.size,
    async look() {
      await Promise.all([...all].map(catchUp))
    },
  }
}

function withoutGap(events: readonly FeedEvent[], at: number): FeedEvent[] {
  const sorted = [...events].sort((a, b) => a.seq - b.seq)
  const kept: FeedEvent[] = []
  let last = at
  for (const event of sorted) {
    if (event.seq <= last) continue
    if (event.seq !== last + 1) break
    kept.push(event)
    last = event.seq
  }
  return kept
}
