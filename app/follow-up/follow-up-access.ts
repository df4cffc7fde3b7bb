import { action, anyone, linkFor, role, theSystem } from '../platform/access.ts'

const clinical = role('nurse', 'therapist', 'coordinator', 'prescriber')

export const openPortal = action('follow-up.open-portal', role('patient'))
/** The page behind a secret link: whether the link is known is checked by the page, so that it can say so in words. */
export const openCheckInLink = action('follow-up.open-link', anyone)
export const submitCheckInAction = action('follow-up.submit-check-in', role('patient'), linkFor('check-in'))
export const readOwnCheckIns = action('follow-up.read-own-check-ins', role('patient'), linkFor('check-in'))
export const chooseInvitations = action(
  'follow-up.choose-invitations',
  role('patient'),
  linkFor('check-in'),
  clinical,
)
export const readFollowUp = action('follow-up.read-list', clinical)
export const makeCheckInLink = action('follow-up.make-link', clinical)
export const noteContactAction = action('follow-up.note-contact', clinical)
export const inviteAction = action('follow-up.invite', theSystem)
