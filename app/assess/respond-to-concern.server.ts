import { members } from '../identity/index.server.ts'
import type { Command } from '../platform/command.server.ts'
import type { Id, MembershipId } from '../platform/ids.ts'
import { done, refused } from '../platform/outcome.ts'
import { respondToConcern as respondAction, setSafetyDuty as setDutyAction } from './assess-access.ts'
import {
  type ConcernEvent,
  type ConcernId,
  type ConcernOutcome,
  type Contact,
  saysTooMuch,
  whyNotClose,
} from './concern.ts'
import { concernById, concernEvents, insertConcernEvent, insertSafetyDuty } from './concern-queries.server.ts'

export type ConcernResponse = {
  readonly concernId: ConcernId
  /** Made by the form, so that a double click records one response. */
  readonly key: Id<'concern-event'>
  /** Who was told. */
  readonly told: string
  readonly contact: Contact
  readonly outcome: ConcernOutcome
  readonly note: string
}

/** Records what was done about a concern. Any number of responses may follow each other until it is closed. */
export const respondToConcern: Command<
  ConcernResponse,
  { concernId: ConcernId },
  'no-such-concern' | 'already-closed' | 'id-taken' | 'not-reached'
> = {
  action: respondAction,
  async run({ db, at, actor, audit, tell }, input) {
    const concern = await concernById(db, actor.clinicId, input.concernId)
    if (!concern || actor.kind !== 'member') return refused('no-such-concern')
    const events = (await concernEvents(db, actor.clinicId, [concern.id])).get(concern.id) ?? []
    const earlier = events.find((event) => event.id === input.key)
    if (earlier) {
      const same =
        earlier.kind === 'responded' && earlier.note === input.note && earlier.outcome === input.outcome
      return same ? done({ concernId: concern.id }) : refused('id-taken')
    }
    if (events.some((event) => event.kind === 'closed')) return refused('already-closed')
    const { told, contact, outcome, note } = input
    if (saysTooMuch(contact, outcome)) return refused('not-reached')
    const event: ConcernEvent = {
      kind: 'responded',
      id: input.key,
      at,
      by: actor.accountId,
      told,
      contact,
      outcome,
      note,
    }
    if (await insertConcernEvent(db, actor.clinicId, concern.id, event)) {
      audit.write('assess.respond-to-concern', {
        personId: concern.personId,
        object: 'concern',
        objectId: concern.id,
        detail: { contact, outcome },
      })
      tell('concern.responded', { concernId: concern.id })
    }
    return done({ concernId: concern.id })
  },
}

/** Closes a concern. It cannot close in silence: a response must say what was done, and nothing may be left open. */
export const closeConcern: Command<
  { concernId: ConcernId },
  { concernId: ConcernId },
  'no-such-concern' | 'no-response-recorded' | 'outcome-still-open'
> = {
  action: respondAction,
  async run({ db, at, ids, actor, audit, tell }, { concernId }) {
    const concern = await concernById(db, actor.clinicId, concernId)
    if (!concern || actor.kind !== 'member') return refused('no-such-concern')
    const events = (await concernEvents(db, actor.clinicId, [concern.id])).get(concern.id) ?? []
    if (events.some((event) => event.kind === 'closed')) return done({ concernId })
    const why = whyNotClose(events)
    if (why) return refused(why)
    const closed = await insertConcernEvent(db, actor.clinicId, concern.id, {
      kind: 'closed',
      id: ids.next(),
      at,
      by: actor.accountId,
    })
    if (closed) {
      audit.write('assess.close-concern', {
        personId: concern.personId,
        object: 'concern',
        objectId: concern.id,
      })
      tell('concern.closed', { concernId })
    }
    return done({ concernId })
  },
}

/** Sets who is named for new concerns from now on; see `chooseOwner` for what holds when they leave. */
export const setSafetyDuty: Command<
  { key: Id<'safety-duty'>; membershipId: MembershipId },
  { membershipId: MembershipId },
  'no-such-member'
> = {
  action: setDutyAction,
  async run({ db, at, actor, audit }, { key, membershipId }) {
    const staff = (await members(db, actor.clinicId)).filter((m) =>
      m.roles.some((role) => role !== 'patient'),
    )
    if (actor.kind !== 'member' || !staff.some((m) => m.membershipId === membershipId)) {
      return refused('no-such-member')
    }
    await insertSafetyDuty(db, actor.clinicId, { id: key, membershipId, since: at, setBy: actor.accountId })
    audit.write('assess.set-safety-duty', { object: 'membership', objectId: membershipId })
    return done({ membershipId })
  },
}
