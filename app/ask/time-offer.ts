import type { AccountId } from '../platform/ids.ts'
import { done, type Outcome, refused } from '../platform/outcome.ts'
import type { Instant } from '../platform/time.ts'
import { type OfferId, type RequestEvent, requestStatus } from './request-events.ts'

/** How many times may be offered at once: a choice, and none that is a burden. */
export const FEWEST_TIMES = 2
export const MOST_TIMES = 4

export type TimeOffer = {
  readonly id: OfferId
  readonly typeCode: string
  /** In order of time. */
  readonly starts: readonly Instant[]
  readonly at: Instant
}

/** Where the offer of times stands: only the newest one counts. */
export type OfferState =
  | { readonly kind: 'none' }
  | { readonly kind: 'open'; readonly offer: TimeOffer }
  | { readonly kind: 'chosen'; readonly offer: TimeOffer; readonly startsAt: Instant }

/** What became of the times offered, from what happened to a request. */
export function offerState(events: readonly RequestEvent[]): OfferState {
  let state: OfferState = { kind: 'none' }
  for (const event of events) {
    if (event.kind === 'times-offered') {
      const { offerId, typeCode, starts, at } = event
      state = { kind: 'open', offer: { id: offerId, typeCode, starts, at } }
    }
    if (event.kind === 'time-chosen' && state.kind === 'open' && state.offer.id === event.offerId)
      state = { kind: 'chosen', offer: state.offer, startsAt: event.startsAt }
  }
  return state
}

/** Offers times to somebody who was accepted. A new offer takes the place of the one before. */
export function decideOffer(
  events: readonly RequestEvent[],
  offer: {
    readonly by: AccountId
    readonly at: Instant
    readonly offerId: OfferId
    readonly typeCode: string
    readonly starts: readonly Instant[]
  },
): Outcome<readonly RequestEvent[], 'not-accepted' | 'how-many'> {
  if (requestStatus(events).kind !== 'accepted') return refused('not-accepted')
  const starts = [...new Set(offer.starts)].sort()
  if (starts.length < FEWEST_TIMES || starts.length > MOST_TIMES) return refused('how-many')
  return done([{ kind: 'times-offered', ...offer, starts }])
}

/**
 * The person chooses a time. Choosing the same one again changes nothing; after a choice another one is refused.
 *
 * @param listed whether the time was offered, or shown as free when the offered ones were taken
 */
export function decideChoice(
  events: readonly RequestEvent[],
  choice: { readonly offerId: OfferId; readonly startsAt: Instant; readonly at: Instant },
  listed: (offer: TimeOffer) => boolean,
): Outcome<readonly RequestEvent[], 'not-offered' | 'already-chosen'> {
  const state = offerState(events)
  if (state.kind === 'none' || state.offer.id !== choice.offerId) return refused('not-offered')
  if (state.kind === 'chosen') {
    return state.startsAt === choice.startsAt
      ? done([])
      : refused('already-chosen', { startsAt: state.startsAt })
  }
  return listed(state.offer) ? done([{ kind: 'time-chosen', ...choice }]) : refused('not-offered')
}
