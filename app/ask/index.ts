export type { RequestAnswers, RequestId } from './request.ts'
export type { OfferId } from './request-events.ts'
export { FEWEST_TIMES, MOST_TIMES, type OfferState, type TimeOffer } from './time-offer.ts'
