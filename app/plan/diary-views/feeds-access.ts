import { action, anyone, anyStaff, role } from '../../platform/access.ts'

/** Where a member of staff makes and revokes the addresses of their calendar. */
export const readFeeds = action('plan.read-calendar-feeds', anyStaff)
export const makeOwnFeed = action('plan.make-own-calendar-feed', anyStaff, role('patient'))
/** A chair's or room's calendar, for a screen at its door. */
export const makePlaceFeed = action('plan.make-place-calendar-feed', role('coordinator', 'manager'))
/** One's own; a chair's or room's by those who make them; anybody's by a manager. */
export const revokeFeed = action('plan.revoke-calendar-feed', anyStaff, role('patient'))
export const readOwnFeeds = action('plan.read-own-calendar-feeds', role('patient'))
/** Whoever has the secret; without a good one there is nothing. */
export const openFeed = action('plan.open-calendar-feed', anyone)
