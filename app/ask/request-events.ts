import type { AccountId, Id, PersonId } from '../platform/ids.ts'
import { done, type Outcome, refused } from '../platform/outcome.ts'
import { addMs, HOUR_MS, type Instant } from '../platform/time.ts'
import { businessDaysAfter, type WeekHours } from './clinic-hours.ts'
import type { Suspicion } from './suspicion.ts'

export const REPLY_CHANNELS = [
  { id: 'phone', words: 'Telephone' },
  { id: 'email', words: 'E-mail' },
  { id: 'text', words: 'Text message' },
  { id: 'other', words: 'Other' },
] as const
export type ReplyChannel = (typeof REPLY_CHANNELS)[number]['id']

/** Why a request is declined; `toThem` is what their state page says. */
export const DECLINE_REASONS = [
  {
    id: 'not-suitable',
    words: 'Treatment here is not suitable',
    toThem: 'From what we know, treatment here would not be safe or right.',
  },
  {
    id: 'needs-other-care',
    words: 'Needs another kind of care first',
    toThem: 'Another kind of care should come first.',
  },
  {
    id: 'not-offered',
    words: 'We do not offer what is asked for',
    toThem: 'We do not offer what you asked for.',
  },
  {
    id: 'not-reached',
    words: 'Could not be reached',
    toThem: 'We tried to reach you and could not.',
  },
  { id: 'withdrawn', words: 'They no longer want it', toThem: 'You told us that you no longer want this.' },
  { id: 'not-genuine', words: 'Not a genuine request', toThem: 'We closed this request.' },
] as const
export type DeclineReason = (typeof DECLINE_REASONS)[number]['id']

/** What can happen to a request. The first event is always its submission. */
export type RequestEvent =
  | {
      readonly kind: 'submitted'
      readonly at: Instant
      readonly urgent: boolean
      readonly suspicion?: Suspicion | undefined
    }
  | {
      readonly kind: 'assigned'
      readonly at: Instant
      readonly by: AccountId
      readonly to: AccountId
      /** What the next one should know, when it was handed over. */
      readonly note?: string | undefined
    }
  | {
      readonly kind: 'replied'
      readonly at: Instant
      readonly by: AccountId
      readonly channel: ReplyChannel
      /** Whether the person was reached, or only tried. */
      readonly reached: boolean
      readonly words: string
      /** Sent by us as an e-mail, rather than written down afterwards. */
      readonly mailed?: boolean | undefined
    }
  | {
      readonly kind: 'accepted'
      readonly at: Instant
      readonly by: AccountId
      readonly personId: PersonId
    }
  | {
      readonly kind: 'declined'
      readonly at: Instant
      readonly by: AccountId
      readonly reason: DeclineReason
      /** Where else to go; shown to the person. */
      readonly elsewhere: string
      /** Public helps named with it (`OTHER_HELPS`). */
      readonly helps?: readonly string[] | undefined
    }
  | {
      readonly kind: 'times-offered'
      readonly at: Instant
      readonly by: AccountId
      readonly offerId: OfferId
      /** Kind of appointment, as the diary names it. */
      readonly typeCode: string
      readonly starts: readonly Instant[]
    }
  | {
      /** By the person themselves, through their link. */
      readonly kind: 'time-chosen'
      readonly at: Instant
      readonly offerId: OfferId
      readonly startsAt: Instant
    }

/** Names one offer of times; what is booked by it carries the same id as its series. */
export type OfferId = Id<'time-offer'>

/** An event as stored: with its own id, by which a repeated form is recognised. */
export type StoredRequestEvent = RequestEvent & { readonly id: Id<'request-event'> }

type Progress = {
  readonly since: Instant
  readonly urgent: boolean
  readonly owner: AccountId | undefined
  /** Times somebody tried and did not reach them since they were last reached. */
  readonly triesWithoutReaching: number
}

export type RequestStatus =
  /** Nobody has it. */
  | (Progress & { readonly kind: 'new' })
  /** Looks automatic, says nothing of danger, and nobody has taken it up. */
  | (Progress & { readonly kind: 'set-aside'; readonly suspicion: Suspicion })
  /** Somebody has it and has not reached them yet. */
  | (Progress & { readonly kind: 'in-hand' })
  /** They were reached; a decision is next. */
  | (Progress & { readonly kind: 'answered' })
  | (Progress & { readonly kind: 'accepted'; readonly by: AccountId; readonly personId: PersonId })
  | (Progress & {
      readonly kind: 'declined'
      readonly by: AccountId
      readonly reason: DeclineReason
      readonly elsewhere: string
      readonly helps: readonly string[]
    })

/**
 * The one place that says where a request stands. The first row that holds decides:
 *
 * | decided        | reached | owner | looks automatic, not urgent | state     |
 * |----------------|---------|-------|-----------------------------|-----------|
 * | accepted       | any     | any   | any                         | accepted  |
 * | declined       | any     | any   | any                         | declined  |
 * | no             | yes     | any   | any                         | answered  |
 * | no             | no      | yes   | any                         | in-hand   |
 * | no             | no      | no    | yes                         | set-aside |
 * | no             | no      | no    | no                          | new       |
 *
 * @param events in the order in which they were stored
 * @throws Error when they do not begin with the submission: such a row cannot have been written by us
 */
export function requestStatus(events: readonly RequestEvent[]): RequestStatus {
  const [first, ...rest] = events
  if (first?.kind !== 'submitted') throw new Error('a request begins with its submission')
  let owner: AccountId | undefined
  let since = first.at
  let reached = false
  let triesWithoutReaching = 0
  for (const event of rest) {
    if (event.kind === 'submitted') throw new Error('a request is submitted once')
    since = event.at
    if (event.kind === 'assigned') owner = event.to
    if (event.kind === 'replied') {
      reached ||= event.reached
      triesWithoutReaching = event.reached ? 0 : triesWithoutReaching + 1
    }
    if (event.kind === 'accepted' || event.kind === 'declined') {
      const progress = { since, urgent: first.urgent, owner, triesWithoutReaching, by: event.by }
      return event.kind === 'accepted'
        ? { kind: 'accepted', ...progress, personId: event.personId }
        : {
            kind: 'declined',
            ...progress,
            reason: event.reason,
            elsewhere: event.elsewhere,
            helps: event.helps ?? [],
          }
    }
  }
  const progress = { since, urgent: first.urgent, owner, triesWithoutReaching }
  if (reached) return { kind: 'answered', ...progress }
  if (owner !== undefined) return { kind: 'in-hand', ...progress }
  if (first.suspicion && !first.urgent) return { kind: 'set-aside', ...progress, suspicion: first.suspicion }
  return { kind: 'new', ...progress }
}

export function isDecided(
  status: RequestStatus,
): status is Extract<RequestStatus, { readonly kind: 'accepted' | 'declined' }> {
  return status.kind === 'accepted' || status.kind === 'declined'
}

export type AlreadyDecided = {
  readonly decision: 'accepted' | 'declined'
  readonly by: AccountId
  readonly at: Instant
}

type Decision = Outcome<readonly RequestEvent[], 'already-decided'>

/** Runs `next` unless the request is decided; a second decision learns who made the first. */
function unlessDecided(events: readonly RequestEvent[], next: () => readonly RequestEvent[]): Decision {
  const status = requestStatus(events)
  if (!isDecided(status)) return done(next())
  const detail: AlreadyDecided = { decision: status.kind, by: status.by, at: status.since }
  return refused('already-decided', detail)
}

/** Gives the request to somebody; nothing happens when they have it already. */
export function decideAssign(
  events: readonly RequestEvent[],
  assignment: Omit<Extract<RequestEvent, { kind: 'assigned' }>, 'kind'>,
): Decision {
  return unlessDecided(events, () =>
    requestStatus(events).owner === assignment.to ? [] : [{ kind: 'assigned', ...assignment }],
  )
}

/** Notes what was said or tried. Whoever answers a request that nobody has, has it from then on. */
export function decideReply(
  events: readonly RequestEvent[],
  reply: Omit<Extract<RequestEvent, { kind: 'replied' }>, 'kind'>,
): Decision {
  return unlessDecided(events, () => [
    ...(requestStatus(events).owner === undefined
      ? [{ kind: 'assigned' as const, at: reply.at, by: reply.by, to: reply.by }]
      : []),
    { kind: 'replied', ...reply },
  ])
}

export function decideAccept(
  events: readonly RequestEvent[],
  acceptance: { readonly by: AccountId; readonly at: Instant; readonly personId: PersonId },
): Decision {
  return unlessDecided(events, () => [{ kind: 'accepted', ...acceptance }])
}

export function decideDecline(
  events: readonly RequestEvent[],
  refusal: Omit<Extract<RequestEvent, { kind: 'declined' }>, 'kind'>,
): Decision {
  return unlessDecided(events, () => [{ kind: 'declined', ...refusal }])
}

/** What is due next and until when. */
export type NextDue = { readonly what: 'answer' | 'next-try' | 'decision'; readonly by: Instant }

const URGENT_MS = HOUR_MS
const ANSWER_BUSINESS_DAYS = 1
const DECISION_BUSINESS_DAYS = 5

/**
 * Due times, rules of this clinic:
 * - urgent: an answer within one hour by the clock, at night too. Nobody is there at night, so an urgent request
 *   of the night is overdue in the morning, and stands first; that is meant.
 * - others: an answer within one business day in clinic hours.
 * - not reached: the next try within the same time again.
 * - reached: a decision within five business days.
 * - set aside: as any other that is not urgent, since its page names a time for the answer to whoever sent it.
 * What is decided has no due time.
 */
export function nextDue(
  events: readonly RequestEvent[],
  hours: WeekHours,
  timeZone: string,
): NextDue | undefined {
  const status = requestStatus(events)
  if (isDecided(status)) return undefined
  const lastReply = events.findLast((event) => event.kind === 'replied')
  if (status.kind === 'answered' && lastReply) {
    return { what: 'decision', by: businessDaysAfter(lastReply.at, DECISION_BUSINESS_DAYS, hours, timeZone) }
  }
  const from = lastReply?.at ?? events[0]!.at
  return {
    what: lastReply ? 'next-try' : 'answer',
    by: status.urgent
      ? addMs(from, URGENT_MS)
      : businessDaysAfter(from, ANSWER_BUSINESS_DAYS, hours, timeZone),
  }
}

/** One line of the inbox, as far as its place in the order goes. */
export type InboxPlace = { readonly status: RequestStatus; readonly due: NextDue | undefined }

/**
 * Order of the inbox: urgent ones that nobody has reached yet, then what is overdue, then what is due soonest;
 * set aside and decided last.
 */
export function compareInbox(at: Instant): (a: InboxPlace, b: InboxPlace) => number {
  const rank = ({ status, due }: InboxPlace) => {
    if (!due || status.kind === 'set-aside') return 3
    if (status.urgent && status.kind !== 'answered') return 0
    return due.by <= at ? 1 : 2
  }
  return (a, b) => {
    const byRank = rank(a) - rank(b)
    if (byRank !== 0) return byRank
    const [first, second] = [a.due?.by ?? a.status.since, b.due?.by ?? b.status.since]
    return first < second ? -1 : first > second ? 1 : 0
  }
}
