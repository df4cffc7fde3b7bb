import { HOUR_MS, type Instant, msBetween } from '../../platform/time.ts'
import type { BookingMode } from '../diary/appointment-type.ts'

/** Until so long before a visit the person may change it themselves. A design default, to be set by the clinic. */
export const NOTICE_HOURS = 24

/** What somebody may do with a visit of their own. */
export type OwnChange =
  | { readonly kind: 'self' }
  | { readonly kind: 'ask' }
  | { readonly kind: 'phone'; readonly why: 'too-late' | 'by-phone' }
  | { readonly kind: 'none'; readonly why: 'cancelled' | 'over' }

/** @param mode how the kind of appointment is booked, which is also how it is changed */
export function ownChange(
  visit: { readonly startsAt: Instant; readonly cancelled: boolean },
  mode: BookingMode,
  at: Instant,
): OwnChange {
  if (visit.cancelled) return { kind: 'none', why: 'cancelled' }
  if (visit.startsAt <= at) return { kind: 'none', why: 'over' }
  if (msBetween(at, visit.startsAt) < NOTICE_HOURS * HOUR_MS) return { kind: 'phone', why: 'too-late' }
  if (mode === 'off') return { kind: 'phone', why: 'by-phone' }
  return { kind: mode === 'instant' ? 'self' : 'ask' }
}

/** What becomes of the other visits of a course, said before something is changed. */
export function seriesWords(
  visit: { readonly sessionNumber: number | undefined },
  othersAhead: number,
  change: 'move' | 'cancel',
): string {
  const stay =
    othersAhead === 0
      ? 'You have no other visit ahead.'
      : `Your other ${othersAhead === 1 ? 'visit stays' : `${othersAhead} visits stay`} where ${othersAhead === 1 ? 'it is' : 'they are'}.`
  if (visit.sessionNumber === undefined) return stay
  return change === 'move'
    ? `${stay} Only times that keep the days between visits of your treatment are offered.`
    : `${stay} Visit ${visit.sessionNumber} of your treatment is then not booked: we call you about another day, since the days between visits matter.`
}
