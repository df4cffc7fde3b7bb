import { action, anyone, anyStaff, linkFor, role, theSystem } from '../platform/access.ts'
import { ROLES } from '../platform/actor.ts'

const anyMember = role(...ROLES)

export const openSignIn = action('identity.open-sign-in', anyone)
export const signIn = action('identity.sign-in', anyone)
/** Asks for what a passkey signs: nothing of a record, nothing about who has one. */
export const beginPasskeySignIn = action('identity.begin-passkey-sign-in', anyone)
export const beginPasskey = action('identity.begin-passkey', anyMember)
export const usePasskey = action('identity.use-passkey', anyone)
export const readPasskeys = action('identity.read-passkeys', anyMember)
export const addPasskey = action('identity.add-passkey', anyMember)
export const removePasskey = action('identity.remove-passkey', anyMember)
export const signOut = action('identity.sign-out', anyone)
/** How large the print is on this device: nothing of a record. */
export const choosePrint = action('identity.choose-print', anyone)
export const readPeople = action('identity.read-people', anyStaff)
export const registerPerson = action('identity.register-person', role('coordinator', 'prescriber'), theSystem)
export const readStaff = action('identity.read-staff', role('manager'))
export const readOutbox = action('identity.read-outbox', role('manager'))
export const addMember = action('identity.add-member', role('manager'), theSystem)
export const setUpClinic = action('identity.set-up-clinic', theSystem)
export const openWelcome = action('identity.open-welcome', anyone)
export const openPortalAccount = action('identity.open-portal-account', linkFor('portal'))
export const readPortalAccess = action(
  'identity.read-portal-access',
  role('coordinator', 'prescriber', 'nurse', 'therapist'),
)
export const makePortalLink = action('identity.make-portal-link', role('coordinator', 'prescriber', 'nurse'))
