import { members, personById, registerPerson } from '../identity/index.server.ts'
import type { Contact } from '../identity/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Command, Needs } from '../platform/command.server.ts'
import type { AccountId, Id, PersonId } from '../platform/ids.ts'
import { planMail } from '../platform/mail.server.ts'
import { done, refused } from '../platform/outcome.ts'
import { accept, assign, decline, reply } from './ask-access.ts'
import { appendRequestEvent, type ConsultationRequest, lockRequest } from './ask-queries.server.ts'
import { oneLine } from './neutral-words.ts'
import { planReceipt } from './plan-receipt.server.ts'
import { messageProblem } from './reply-template.ts'
import type { RequestId } from './request.ts'
import {
  type DeclineReason,
  decideAccept,
  decideAssign,
  decideDecline,
  decideReply,
  type ReplyChannel,
  type RequestEvent,
  type RequestStatus,
  requestStatus,
  type StoredRequestEvent,
} from './request-events.ts'

/** Why handling a request may be refused. `already-decided` carries an `AlreadyDecided`. */
type Refusal = 'no-such-request' | 'already-decided'

/**
 * Gives a request to somebody who answers requests; to oneself when nobody is named.
 *
 * @param note what the next one should know
 */
export const assignRequest: Command<
  { readonly requestId: RequestId; readonly to?: AccountId; readonly note?: string | undefined },
  RequestStatus,
  Refusal | 'no-such-member'
> = {
  action: assign,
  async run(needs, { requestId, to, note }) {
    const { db, at, ids, actor } = needs
    const by = accountOf(actor)
    const found = await lockRequest(db, actor.clinicId, requestId)
    if (!found) return refused('no-such-request')
    const owner = to ?? by
    const able = await members(db, actor.clinicId, ['coordinator'])
    if (!able.some((member) => member.accountId === owner)) return refused('no-such-member')
    const decided = decideAssign(found.events, { by, to: owner, at, ...(note ? { note } : {}) })
    if (!decided.ok) return decided
    const status = await append(needs, found, decided.value, () => ids.next())
    if (decided.value.length > 0) record(needs, assign.id, 'request.assigned', requestId)
    const next = able.find((member) => member.accountId === owner)
    if (next && owner !== by && decided.value.length > 0) {
      await planMail(needs, actor.clinicId, {
        key: `request-handed ${requestId} ${found.events.length}`,
        to: next.email,
        subject: 'Something was handed to you',
        body: 'In the workspace, under “Requests”, a colleague has handed you a request. Please sign in and look at “Mine”.',
      })
    }
    if (requestStatus(found.events).kind === 'set-aside') {
      await planReceipt(needs, found.request, [...found.events, ...decided.value])
    }
    return done(status)
  },
}

/**
 * Notes what was said or tried by telephone, e-mail or otherwise. The same key notes it once.
 *
 * @param mail sends the words as an e-mail to the address given with the request; the subject is neutral
 * @returns refusal `not-neutral` with what is wrong with words that somebody else may read
 */
export const replyToRequest: Command<
  {
    readonly requestId: RequestId
    readonly key: Id<'request-event'>
    readonly channel: ReplyChannel
    readonly reached: boolean
    readonly words: string
    readonly mail?: { readonly subject: string }
  },
  RequestStatus,
  Refusal | 'no-address' | 'not-neutral'
> = {
  action: reply,
  async run(needs, { requestId, key, channel, reached, words, mail }) {
    const { db, at, ids, actor } = needs
    const found = await lockRequest(db, actor.clinicId, requestId)
    if (!found) return refused('no-such-request')
    if (found.events.some((event) => event.id === key)) return done(requestStatus(found.events))
    const to = found.request.answers.email
    if (mail && !to) return refused('no-address')
    const problem = mail && messageProblem(words)
    if (problem) return refused('not-neutral', { problem })
    const decided = decideReply(found.events, {
      at,
      by: accountOf(actor),
      channel,
      reached,
      words,
      ...(mail ? { mailed: true } : {}),
    })
    if (!decided.ok) return decided
    if (mail && to) {
      await planMail(needs, actor.clinicId, {
        key: `request-reply ${key}`,
        to,
        subject: oneLine(mail.subject),
        body: words,
      })
    }
    const status = await append(needs, found, decided.value, (event) =>
      event.kind === 'replied' ? key : ids.next(),
    )
    record(needs, reply.id, 'request.replied', requestId)
    return done(status)
  },
}

/**
 * Accepts: the person is made, with the given key as their id, and the assessment follows from the event
 * `request.accepted`. Repeated with the same key it answers the same; after another decision it is refused.
 *
 * @param displayName how the person to be treated wants to be called, when not as the request says
 * @param known somebody who has a record here already: the request becomes theirs, and nothing of the record is changed
 * @param contact how to reach the person to be treated, when not as the request says. For a request on behalf of
 *   somebody else nothing is taken over: the contact given belongs to who wrote.
 */
export const acceptRequest: Command<
  {
    readonly requestId: RequestId
    readonly key: PersonId
    readonly displayName?: string
    readonly contact?: Contact
    readonly known?: PersonId | undefined
  },
  { readonly requestId: RequestId; readonly personId: PersonId },
  Refusal | 'no-such-person'
> = {
  action: accept,
  async run(needs, { requestId, key, displayName, contact, known }) {
    const { db, at, ids, actor, audit, tell } = needs
    const found = await lockRequest(db, actor.clinicId, requestId)
    if (!found) return refused('no-such-request')
    const personId = known ?? key
    const before = requestStatus(found.events)
    if (before.kind === 'accepted' && before.personId === personId) return done({ requestId, personId })
    const decided = decideAccept(found.events, { by: accountOf(actor), at, personId })
    if (!decided.ok) return decided
    if (known === undefined) {
      const said = personOfRequest(found.request)
      await registerPerson(needs, {
        id: key,
        displayName: displayName ?? said.displayName,
        contact: contact ?? said.contact,
        synthetic: found.request.synthetic,
      })
    } else if (!(await personById(db, actor.clinicId, known))) return refused('no-such-person')
    await append(needs, found, decided.value, () => ids.next())
    audit.write(accept.id, { personId, object: 'request', objectId: requestId })
    tell('request.accepted', { requestId, personId })
    return done({ requestId, personId })
  },
}

/**
 * Declines with a reason, and where else to go. The same key declines once.
 *
 * @param helps ids of `OTHER_HELPS` that their page names
 */
export const declineRequest: Command<
  {
    readonly requestId: RequestId
    readonly key: Id<'request-event'>
    readonly reason: DeclineReason
    readonly elsewhere: string
    readonly helps?: readonly string[]
  },
  RequestStatus,
  Refusal
> = {
  action: decline,
  async run(needs, { requestId, key, reason, elsewhere, helps }) {
    const { db, at, actor } = needs
    const found = await lockRequest(db, actor.clinicId, requestId)
    if (!found) return refused('no-such-request')
    if (found.events.some((event) => event.id === key)) return done(requestStatus(found.events))
    const decided = decideDecline(found.events, {
      at,
      by: accountOf(actor),
      reason,
      elsewhere,
      ...(helps ? { helps } : {}),
    })
    if (!decided.ok) return decided
    const status = await append(needs, found, decided.value, () => key)
    record(needs, decline.id, 'request.declined', requestId)
    return done(status)
  },
}

/** What a request says of the person to be treated: name and, when they wrote themselves, how to reach them. */
export function personOfRequest({ answers }: Pick<ConsultationRequest, 'answers'>): {
  readonly displayName: string
  readonly contact: Contact
} {
  if (answers.forWhom === 'other') {
    return { displayName: answers.otherName ?? `Somebody known to ${answers.name}`, contact: {} }
  }
  return {
    displayName: answers.name,
    contact: {
      ...(answers.email ? { email: answers.email } : {}),
      ...(answers.phone ? { phone: answers.phone } : {}),
      ...(answers.safeTimes ? { safeTimes: answers.safeTimes } : {}),
    },
  }
}

/** Who does it. @throws Error for anybody but a member of the clinic: only they handle requests */
export function accountOf(actor: Actor): AccountId {
  if (actor.kind !== 'member') throw new Error('only a member of the clinic handles requests')
  return actor.accountId
}

/** Part of a command: stores what was decided behind what happened so far. @returns where the request stands then */
export async function append(
  { db, actor }: Pick<Needs, 'db' | 'actor'>,
  found: { readonly request: ConsultationRequest; readonly events: readonly StoredRequestEvent[] },
  events: readonly RequestEvent[],
  idOf: (event: RequestEvent) => Id<'request-event'>,
): Promise<RequestStatus> {
  let seq = found.events.length
  for (const event of events) {
    seq += 1
    await appendRequestEvent(db, actor.clinicId, found.request.id, seq, { ...event, id: idOf(event) })
  }
  return requestStatus([...found.events, ...events])
}

function record({ audit, tell }: Pick<Needs, 'audit' | 'tell'>, action: string, kind: string, id: RequestId) {
  audit.write(action, { object: 'request', objectId: id })
  tell(kind, { requestId: id })
}
