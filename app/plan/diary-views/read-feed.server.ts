import { members, readSecretToken } from '../../identity/index.server.ts'
import type { Actor } from '../../platform/actor.ts'
import { runQuery } from '../../platform/command.server.ts'
import type { Read } from '../../platform/database.server.ts'
import type { ClinicId, PersonId } from '../../platform/ids.ts'
import { notFound, type PageArgs } from '../../platform/page.server.ts'
import { countTry, type RateRule } from '../../platform/rate-limit.server.ts'
import { addMs, HOUR_MS, type Instant } from '../../platform/time.ts'
import type { DiaryEntry } from '../diary/diary-entry.ts'
import { entriesOfResource } from '../diary/entry-queries.server.ts'
import { resource } from '../diary/hold.ts'
import { allChairs } from '../diary/resource-queries.server.ts'
import { type CalendarFeed, FEED_KEEPS_MS, feedEvents } from './calendar-feed.ts'
import { feedByHash } from './calendar-feed-queries.server.ts'
import { openFeed } from './feeds-access.ts'
import { writeCalendar } from './icalendar.ts'

/** A calendar asks a few times an hour; each of somebody's devices may. */
const PER_FEED: RateRule = { windowMs: HOUR_MS, most: 60 }
/** Guessing. Addresses of good secrets are not counted: large calendar services ask for many people from one. */
const WRONG_PER_ADDRESS: RateRule = { windowMs: HOUR_MS, most: 60 }

/** The calendar behind a secret address. Nothing is told apart: a wrong, revoked or orphaned secret is not found. */
export async function calendarFile({ services, params, address }: PageArgs): Promise<Response> {
  const at = services.clock.now()
  const token = /^([\w-]{54})\.ics$/.exec(params.file ?? '')?.[1]
  const read = token === undefined ? undefined : readSecretToken(token)
  const found = read && (await feedText(services, read.clinicId, read.hash, at))
  const waitMs = found
    ? await countTry(services.db, `calendar feed ${found.feedId}`, PER_FEED, at)
    : await countTry(services.db, `calendar feed wrong ${address}`, WRONG_PER_ADDRESS, at)
  if (waitMs > 0)
    return new Response('Asked too often. Try again later.', {
      status: 429,
      headers: { 'Retry-After': String(Math.ceil(waitMs / 1000)), 'Cache-Control': 'no-store' },
    })
  if (!found) return notFound()
  return new Response(found.text, {
    headers: {
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': 'inline; filename="appointments.ics"',
      'Cache-Control': 'no-store',
      'X-Robots-Tag': 'noindex, nofollow',
      'Referrer-Policy': 'no-referrer',
    },
  })
}

async function feedText(
  services: PageArgs['services'],
  clinicId: ClinicId,
  hash: string,
  at: Instant,
): Promise<{ readonly feedId: string; readonly text: string } | undefined> {
  const bearer: Actor = { kind: 'system', clinicId, name: 'calendar-feed' }
  return runQuery(services, bearer, async ({ db, audit }) => {
    const feed = await feedByHash(db, clinicId, hash)
    const entries = feed && (await entriesOfFeed(db, clinicId, feed, addMs(at, -FEED_KEEPS_MS)))
    if (!feed || !entries) return undefined
    audit.read(openFeed.id, {
      ...(feed.kind === 'person' && { personId: feed.subjectId as unknown as PersonId }),
      object: 'calendar-feed',
      objectId: feed.id,
      detail: { kind: feed.kind, visits: entries.length },
    })
    return { feedId: feed.id, text: writeCalendar('Appointments', feedEvents(feed.kind, entries), at) }
  })
}

/** @returns undefined when whose calendar it was no longer works here */
async function entriesOfFeed(
  db: Read,
  clinicId: ClinicId,
  feed: CalendarFeed,
  from: Instant,
): Promise<DiaryEntry[] | undefined> {
  if (feed.kind === 'staff') {
    const here = (await members(db, clinicId)).some((m) => (m.membershipId as string) === feed.subjectId)
    if (!here) return undefined
  }
  const chairs =
    feed.kind === 'room'
      ? (await allChairs(db, clinicId))
          .filter((c) => (c.roomId as string) === feed.subjectId)
          .map((c) => c.id)
      : []
  const all: DiaryEntry[] = []
  for (const id of [feed.subjectId, ...chairs])
    all.push(...(await entriesOfResource(db, clinicId, resource(id), from)))
  return all.sort((a, b) => a.startsAt.localeCompare(b.startsAt))
}
