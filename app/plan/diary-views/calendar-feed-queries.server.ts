import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { AccountId, ClinicId, Id } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { CalendarFeed, FeedId, FeedKind } from './calendar-feed.ts'

/** Names the table of calendar feeds. */
type FeedTables = {
  calendar_feed: {
    clinic_id: ClinicId
    id: FeedId
    subject_kind: FeedKind
    subject_id: Id<string>
    secret_hash: string
    made_by: AccountId
    made_at: Instant
    revoked_by: AccountId | null
    revoked_at: Instant | null
  }
}

export async function insertFeed(
  db: Write,
  clinicId: ClinicId,
  feed: Pick<CalendarFeed, 'id' | 'kind' | 'subjectId' | 'madeAt'> & {
    readonly hash: string
    readonly by: AccountId
  },
): Promise<void> {
  await writer<FeedTables>(db)
    .insertInto('calendar_feed')
    .values({
      clinic_id: clinicId,
      id: feed.id,
      subject_kind: feed.kind,
      subject_id: feed.subjectId,
      secret_hash: feed.hash,
      made_by: feed.by,
      made_at: feed.madeAt,
      revoked_by: null,
      revoked_at: null,
    })
    .execute()
}

/** From here on its address leads nowhere. */
export async function markRevoked(
  db: Write,
  clinicId: ClinicId,
  id: FeedId,
  by: AccountId,
  at: Instant,
): Promise<void> {
  await writer<FeedTables>(db)
    .updateTable('calendar_feed')
    .set({ revoked_by: by, revoked_at: at })
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .execute()
}

/** The clinic's feeds that are open, the newest first. */
export async function openFeeds(db: Read, clinicId: ClinicId): Promise<CalendarFeed[]> {
  const rows = await feedRows(db, clinicId).where('revoked_at', 'is', null).execute()
  return rows.map(toFeed)
}

export async function feedById(db: Read, clinicId: ClinicId, id: FeedId): Promise<CalendarFeed | undefined> {
  const row = await feedRows(db, clinicId).where('id', '=', id).executeTakeFirst()
  return row && toFeed(row)
}

export async function feedByHash(
  db: Read,
  clinicId: ClinicId,
  hash: string,
): Promise<CalendarFeed | undefined> {
  const row = await feedRows(db, clinicId)
    .where('secret_hash', '=', hash)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return row && toFeed(row)
}

function feedRows(db: Read, clinicId: ClinicId) {
  return reader<FeedTables>(db)
    .selectFrom('calendar_feed')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .orderBy('made_at', 'desc')
}

function toFeed(row: FeedTables['calendar_feed']): CalendarFeed {
  return {
    id: row.id,
    kind: row.subject_kind,
    subjectId: row.subject_id,
    madeAt: row.made_at,
    revokedAt: row.revoked_at ?? undefined,
  }
}
