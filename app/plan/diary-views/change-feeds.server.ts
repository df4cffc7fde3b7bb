import { newSecretToken } from '../../identity/index.server.ts'
import { type Action, mayDo } from '../../platform/access.ts'
import { type Actor, hasRole, ownPersonId } from '../../platform/actor.ts'
import type { Command, Needs } from '../../platform/command.server.ts'
import type { Id, PersonId } from '../../platform/ids.ts'
import { done, refused } from '../../platform/outcome.ts'
import { allChairs, rooms } from '../diary/resource-queries.server.ts'
import type { CalendarFeed, FeedId, FeedKind } from './calendar-feed.ts'
import { feedById, insertFeed, markRevoked, openFeeds } from './calendar-feed-queries.server.ts'
import {
  makeOwnFeed as makeOwnAction,
  makePlaceFeed as makePlaceAction,
  revokeFeed as revokeAction,
} from './feeds-access.ts'

/** So many addresses of one calendar may be open at once: one for each device, not one for each try. */
const MOST_OPEN = 5

type Made = { readonly feedId: FeedId; readonly token: string }

/**
 * A new secret address of one's own calendar: a patient's of their visits, a member's of the visits they are booked for.
 * The secret is given back once and kept as a hash only.
 *
 * @param as which of both, for somebody who works here and is treated here
 */
export const makeOwnFeed: Command<{ readonly as: 'staff' | 'person' }, Made, 'not-yours' | 'too-many'> = {
  action: makeOwnAction,
  async run(needs, { as }) {
    const subjectId = ownSubject(needs.actor, as)
    if (!subjectId) return refused('not-yours')
    return make(needs, makeOwnAction, as, subjectId)
  },
}

/** A new secret address of the calendar of a chair or room. */
export const makePlaceFeed: Command<
  { readonly kind: 'chair' | 'room'; readonly id: Id<string> },
  Made,
  'no-such-place' | 'too-many'
> = {
  action: makePlaceAction,
  async run(needs, { kind, id }) {
    const { db, actor } = needs
    const all: readonly { readonly id: Id<string> }[] =
      kind === 'chair' ? await allChairs(db, actor.clinicId) : await rooms(db, actor.clinicId)
    if (!all.some((each) => each.id === id)) return refused('no-such-place')
    return make(needs, makePlaceAction, kind, id)
  },
}

async function make(needs: Needs, wanted: Action, kind: FeedKind, subjectId: Id<string>) {
  const { db, at, ids, actor, audit } = needs
  if (actor.kind !== 'member') throw new Error('a calendar feed is made by somebody who is signed in')
  const open = (await openFeeds(db, actor.clinicId)).filter((f) => f.subjectId === subjectId)
  if (open.length >= MOST_OPEN) return refused('too-many' as const)
  const { token, hash } = newSecretToken(actor.clinicId)
  const id = ids.next<'calendar-feed'>()
  await insertFeed(db, actor.clinicId, { id, kind, subjectId, hash, madeAt: at, by: actor.accountId })
  audit.write(wanted.id, {
    ...(kind === 'person' && { personId: subjectId as unknown as PersonId }),
    object: 'calendar-feed',
    objectId: id,
    detail: { kind },
  })
  return done({ feedId: id, token })
}

/** Ends an address at once. Repeating it changes nothing. */
export const revokeFeed: Command<{ readonly feedId: FeedId }, { readonly feedId: FeedId }, 'no-such-feed'> = {
  action: revokeAction,
  async run({ db, at, actor, audit }, { feedId }) {
    const feed = await feedById(db, actor.clinicId, feedId)
    if (!feed || actor.kind !== 'member' || !mayRevoke(actor, feed)) return refused('no-such-feed')
    if (feed.revokedAt) return done({ feedId })
    await markRevoked(db, actor.clinicId, feedId, actor.accountId, at)
    audit.write(revokeAction.id, {
      ...(feed.kind === 'person' && { personId: feed.subjectId as unknown as PersonId }),
      object: 'calendar-feed',
      objectId: feedId,
      detail: { kind: feed.kind },
    })
    return done({ feedId })
  },
}

/** Whose feeds somebody sees and ends. */
export function mayRevoke(actor: Actor, feed: Pick<CalendarFeed, 'kind' | 'subjectId'>): boolean {
  if (feed.kind === 'chair' || feed.kind === 'room') return mayDo(actor, makePlaceAction)
  if (feed.subjectId === ownSubject(actor, feed.kind)) return true
  return feed.kind === 'staff' && hasRole(actor, 'manager')
}

function ownSubject(actor: Actor, as: 'staff' | 'person'): Id<string> | undefined {
  if (as === 'person') return ownPersonId(actor)
  return actor.kind === 'member' && actor.roles.some((role) => role !== 'patient')
    ? actor.membershipId
    : undefined
}
