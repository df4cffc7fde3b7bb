import type { TimeOffer } from '../../ask/index.ts'
import type { Instant } from '../../platform/time.ts'

/** Fewer times than this are no choice: then others are shown too. */
const FEW = 2
const SPARE = 3

/** What somebody can choose from now. */
export type TimesNow = {
  /** Of those that were offered, those that are still free. */
  readonly free: readonly Instant[]
  /** Of those that were offered, those that somebody else has now, or that have passed. */
  readonly gone: readonly Instant[]
  /** Free times shown in place of the ones that are gone, the soonest first. */
  readonly spare: readonly Instant[]
}

/**
 * Which times of an offer can be chosen now, and which are shown in place of those that were taken meanwhile.
 *
 * @param freeStarts every time that is free for this kind of visit, soonest first
 * @param others free times spread over the days, from which the spare ones are taken
 */
export function timesNow(
  offer: Pick<TimeOffer, 'starts'>,
  freeStarts: readonly Instant[],
  others: readonly Instant[],
): TimesNow {
  const open = new Set(freeStarts)
  const free = offer.starts.filter((start) => open.has(start))
  const gone = offer.starts.filter((start) => !open.has(start))
  const spare =
    free.length < FEW
      ? [...others]
          .sort()
          .filter((start) => !offer.starts.includes(start))
          .slice(0, SPARE)
      : []
  return { free, gone, spare }
}
