import { action, anyone, linkFor, role, theSystem } from '../../platform/access.ts'

/** Who opens the page of a link; what is behind it is seen by the link alone. */
export const openDayBeforeLink = action('day-before.open-link', anyone)
export const readOwnDayBefore = action('day-before.read-own', linkFor('day-before'), role('patient'))
export const answerDayBefore = action('day-before.answer', linkFor('day-before'), role('patient'))
/** Who prepares the day: calls, hears answers, hands out a link. */
export const readDayBefore = action('day-before.read', role('coordinator', 'nurse', 'prescriber'))
export const noteDayBefore = action('day-before.note', role('coordinator', 'nurse', 'prescriber'))
export const makeDayBeforeLink = action(
  'day-before.make-link',
  role('coordinator', 'nurse', 'prescriber'),
  theSystem,
)
