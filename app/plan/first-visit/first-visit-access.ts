import { action, anyone, role } from '../../platform/access.ts'

/** Times for a first visit after a request was accepted: a coordinator offers some, whoever has the link chooses one. */
export const offerFirstVisit = action('first-visit.offer', role('coordinator'))
export const chooseFirstVisit = action('first-visit.choose', anyone)
