import { type Instant, MINUTE_MS, msBetween } from '../../platform/time.ts'
import type { Protocol } from '../protocols/protocol.ts'
import { leastVisitMin } from '../protocols/visit-holds.ts'

/** A visit as it is booked. */
type Booked = { readonly startsAt: Instant; readonly endsAt: Instant }

/**
 * By how many minutes a booked visit is too short for an infusion: the other parts of the protocol's visit keep their
 * length. A visit stays as long as it was booked, whatever is ordered for it.
 *
 * @param infusionMin minutes of the ordered infusion; undefined for a dose given at once
 * @returns 0 when the visit holds it, and where no length is known
 * @example visitShortMin(audKare, 70, visitOf180Minutes) // 30
 */
export function visitShortMin(
  protocol: Pick<Protocol, 'dose' | 'visit' | 'discharge'>,
  infusionMin: number | undefined,
  { startsAt, endsAt }: Booked,
): number {
  const needed = infusionMin === undefined ? undefined : leastVisitMin(protocol, infusionMin)
  if (needed === undefined) return 0
  return Math.max(0, Math.ceil(needed - msBetween(startsAt, endsAt) / MINUTE_MS))
}

/** What is done about such visits. */
export const SHORT_VISITS_ADVICE =
  'A visit keeps the length it was booked with. Make room in the diary before the day, or order an infusion that the visits hold.'

/**
 * What an ordered infusion means for the visits ahead that are booked, in words.
 *
 * @param infusionMin minutes of the infusion; undefined for a dose given at once
 * @param visits booked and not cancelled; those that have begun are left out
 * @returns undefined when each of them holds it
 * @example shortVisitsWords(audKare, 70, visits, at) // '2 booked visits are too short for an infusion of 70 min, by 30 min.'
 */
export function shortVisitsWords(
  protocol: Pick<Protocol, 'dose' | 'visit' | 'discharge'>,
  infusionMin: number | undefined,
  visits: readonly (Booked & { readonly cancelledAt?: Instant | undefined })[],
  at: Instant,
): string | undefined {
  const short = visits
    .filter(({ cancelledAt, startsAt }) => !cancelledAt && startsAt > at)
    .map((visit) => visitShortMin(protocol, infusionMin, visit))
    .filter((minutes) => minutes > 0)
  if (short.length === 0) return undefined
  const [least, most] = [Math.min(...short), Math.max(...short)]
  const by = least === most ? `${most} min` : `${least} to ${most} min`
  const which = short.length === 1 ? 'One booked visit is' : `${short.length} booked visits are`
  return `${which} too short for an infusion of ${infusionMin} min, by ${by}.`
}
