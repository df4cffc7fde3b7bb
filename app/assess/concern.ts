import type { Role } from '../platform/actor.ts'
import type { Id, MembershipId, PersonId } from '../platform/ids.ts'
import { addMs, HOUR_MS, type Instant } from '../platform/time.ts'

/**
 * A safety concern: an answer that a named person must respond to. It is never deleted or hidden, also not when
 * the answer is changed later, and it closes only after somebody has recorded what was done.
 */
export type ConcernId = Id<'concern'>

/** A first response is due this long after the answer. A design default, for the medical director to set. */
const RESPONSE_DUE_MS = HOUR_MS

export type ConcernSeverity = 'critical' | 'warning'

export type Concern = {
  readonly id: ConcernId
  readonly personId: PersonId
  /** Where it came from ("intake", "check-in" …) and the id there. */
  readonly source: string
  readonly objectId: string
  /** The trigger that fired, such as "phq9-item9". */
  readonly trigger: string
  readonly severity: ConcernSeverity
  /** Who is named to respond; undefined only when the clinic has no staff at all. */
  readonly ownerMembershipId: MembershipId | undefined
  readonly raisedAt: Instant
  readonly dueAt: Instant
}

/** How the person was reached, or not. */
export const CONTACTS = ['reached', 'no-answer', 'in-person', 'not-tried'] as const
export type Contact = (typeof CONTACTS)[number]

/** What follows. `still-open` says that more must be done: a concern whose last outcome it is cannot close. */
export const OUTCOMES = [
  'safety-plan',
  'same-day-visit',
  'emergency-service',
  'other-care',
  'no-present-danger',
  'still-open',
] as const
export type ConcernOutcome = (typeof OUTCOMES)[number]

/** What can only be said of somebody who was reached. */
const NEEDS_CONTACT: ReadonlySet<ConcernOutcome> = new Set([
  'safety-plan',
  'same-day-visit',
  'no-present-danger',
])

/**
 * Whether a response contradicts itself: nobody who was not reached is without danger, made a plan, or is coming today.
 */
export function saysTooMuch(contact: Contact, outcome: ConcernOutcome): boolean {
  return (contact === 'no-answer' || contact === 'not-tried') && NEEDS_CONTACT.has(outcome)
}

export type ConcernEvent = {
  readonly id: Id<'concern-event'>
  readonly at: Instant
  /** Account id. */
  readonly by: string
} & (
  | {
      readonly kind: 'responded'
      readonly told: string
      readonly contact: Contact
      readonly outcome: ConcernOutcome
      readonly note: string
    }
  | { readonly kind: 'closed' }
)

export type ConcernState = 'waiting' | 'overdue' | 'in-hand' | 'closed'

/**
 * | events | before due | from due on |
 * |---|---|---|
 * | none | waiting | overdue |
 * | a response | in-hand | in-hand |
 * | closed | closed | closed |
 */
export function concernState(
  concern: Pick<Concern, 'dueAt'>,
  events: readonly ConcernEvent[],
  at: Instant,
): ConcernState {
  if (events.some((event) => event.kind === 'closed')) return 'closed'
  if (events.some((event) => event.kind === 'responded')) return 'in-hand'
  return at < concern.dueAt ? 'waiting' : 'overdue'
}

/** Why a concern may not close yet; undefined when it may. */
export function whyNotClose(
  events: readonly ConcernEvent[],
): 'no-response-recorded' | 'outcome-still-open' | undefined {
  const responses = events.filter((event) => event.kind === 'responded')
  if (responses.length === 0) return 'no-response-recorded'
  const last = responses.reduce((a, b) => (a.at > b.at || (a.at === b.at && a.id > b.id) ? a : b))
  return last.kind === 'responded' && last.outcome === 'still-open' ? 'outcome-still-open' : undefined
}

export function dueAt(raisedAt: Instant): Instant {
  return addMs(raisedAt, RESPONSE_DUE_MS)
}

/** Who is asked when nobody is on duty, in this order. */
const ASKED_IN_TURN: readonly Role[] = ['prescriber', 'manager', 'nurse', 'therapist', 'coordinator']

/**
 * Who is named for a new concern: the member on duty by the clinic's setting while active, else the first active
 * prescriber by name, else the manager, else anybody on the staff, so that a concern is never without a name.
 *
 * @param members active members of the clinic
 */
export function chooseOwner<M extends { membershipId: MembershipId; name: string; roles: readonly Role[] }>(
  members: readonly M[],
  onDuty: MembershipId | undefined,
): M | undefined {
  const staff = members.filter((member) => member.roles.some((role) => role !== 'patient'))
  const chosen = staff.find((member) => member.membershipId === onDuty)
  if (chosen) return chosen
  const byName = [...staff].sort(
    (a, b) => a.name.localeCompare(b.name, 'en') || a.membershipId.localeCompare(b.membershipId),
  )
  for (const role of ASKED_IN_TURN) {
    const found = byName.find((member) => member.roles.includes(role))
    if (found) return found
  }
  return undefined
}
