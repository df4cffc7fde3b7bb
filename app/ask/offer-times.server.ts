import type { Needs, ReadNeeds } from '../platform/command.server.ts'
import type { PersonId } from '../platform/ids.ts'
import { planMail } from '../platform/mail.server.ts'
import { done, type Outcome, refused } from '../platform/outcome.ts'
import type { Instant } from '../platform/time.ts'
import { type ConsultationRequest, lockRequest, requestById, requestEvents } from './ask-queries.server.ts'
import { makeStateLink } from './find-state.server.ts'
import { accountOf, append } from './handle-request.server.ts'
import { requestOfSecret } from './link-queries.server.ts'
import { type OfferMailClinic, offerMail } from './offer-mail.ts'
import type { RequestAnswers, RequestId } from './request.ts'
import { type OfferId, requestStatus } from './request-events.ts'
import { decideChoice, decideOffer, type OfferState, offerState, type TimeOffer } from './time-offer.ts'

/**
 * Part of a command: offers times to the sender of a request that was accepted, and tells them by a neutral e-mail with a link
 * of its own when they gave an address. The same offer sent again is stored once.
 *
 * @param linkBase where links in messages begin
 */
export async function storeOffer(
  needs: Needs,
  input: {
    readonly requestId: RequestId
    readonly offerId: OfferId
    readonly typeCode: string
    readonly starts: readonly Instant[]
    readonly clinic: OfferMailClinic
    readonly linkBase: string
  },
): Promise<Outcome<{ readonly mailed: boolean }, 'no-such-request' | 'not-accepted' | 'how-many'>> {
  const { db, at, actor } = needs
  const { requestId, offerId, typeCode, starts } = input
  const found = await lockRequest(db, actor.clinicId, requestId)
  if (!found) return refused('no-such-request')
  const { email } = found.request.answers
  if (found.events.some((event) => event.kind === 'times-offered' && event.offerId === offerId))
    return done({ mailed: email !== undefined })
  const decided = decideOffer(found.events, { by: accountOf(actor), at, offerId, typeCode, starts })
  if (!decided.ok) return decided
  await append(needs, found, decided.value, () => needs.ids.next())
  if (email !== undefined) {
    const stateHref = `${input.linkBase}/request/state/${await makeStateLink(needs, requestId)}`
    await planMail(needs, actor.clinicId, {
      key: `request-times ${offerId}`,
      to: email,
      ...offerMail(input.clinic, { reference: found.request.reference, stateHref }),
    })
  }
  return done({ mailed: email !== undefined })
}

/** What an offer is for, and how it stands, as whoever has the link to a request may know it. */
export type OfferSeen = {
  readonly requestId: RequestId
  readonly reference: string
  readonly answers: RequestAnswers
  readonly personId: PersonId
  readonly state: OfferState
}

/** The offer that a secret opens; undefined when it opens no request, or one that was not accepted. */
export async function offerOfSecret(
  needs: Pick<ReadNeeds, 'db' | 'at' | 'actor'>,
  tokenHash: string,
): Promise<OfferSeen | undefined> {
  const request = await requestOfSecret(needs.db, needs.actor.clinicId, tokenHash, needs.at)
  return request && seen(needs, request)
}

/** The same by the request's id, for staff. */
export async function offerOfRequest(
  needs: Pick<ReadNeeds, 'db' | 'actor'>,
  id: RequestId,
): Promise<OfferSeen | undefined> {
  const request = await requestById(needs.db, needs.actor.clinicId, id)
  return request && seen(needs, request)
}

async function seen(
  { db, actor }: Pick<ReadNeeds, 'db' | 'actor'>,
  request: ConsultationRequest,
): Promise<OfferSeen | undefined> {
  const events = await requestEvents(db, actor.clinicId, request.id)
  const status = requestStatus(events)
  if (status.kind !== 'accepted') return undefined
  return {
    requestId: request.id,
    reference: request.reference,
    answers: request.answers,
    personId: status.personId,
    state: offerState(events),
  }
}

/**
 * Part of a command: the person chooses a time. Whoever asks at the same moment through another link waits. The choice is
 * stored only when it can be booked.
 *
 * @param listed whether the time is one that was offered or shown in place of one that was taken
 * @param book books the time; its refusal undoes the choice
 */
export async function storeChoice<Reason extends string>(
  needs: Needs,
  choice: { readonly requestId: RequestId; readonly offerId: OfferId; readonly startsAt: Instant },
  listed: (offer: TimeOffer) => Promise<boolean>,
  book: (offer: TimeOffer, personId: PersonId) => Promise<Outcome<unknown, Reason>>,
): Promise<Outcome<undefined, Reason | 'no-such-request' | 'not-offered' | 'already-chosen'>> {
  const { db, at, actor } = needs
  const found = await lockRequest(db, actor.clinicId, choice.requestId)
  const status = found && requestStatus(found.events)
  if (!found || status?.kind !== 'accepted') return refused('no-such-request')
  const now = offerState(found.events)
  const isListed = now.kind === 'open' && (await listed(now.offer))
  const { offerId, startsAt } = choice
  const decided = decideChoice(found.events, { offerId, startsAt, at }, () => isListed)
  if (!decided.ok) return decided
  if (decided.value.length === 0 || now.kind !== 'open') return done(undefined)
  const booked = await book(now.offer, status.personId)
  if (!booked.ok) return booked
  await append(needs, found, decided.value, () => needs.ids.next())
  return done(undefined)
}
