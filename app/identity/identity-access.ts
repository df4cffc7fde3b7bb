import { action, anyone, anyStaff, role, theSystem } from '../platform/access.ts'

export const openSignIn = action('identity.open-sign-in', anyone)
export const signIn = action('identity.sign-in', anyone)
export const signOut = action('identity.sign-out', anyone)
export const readPeople = action('identity.read-people', anyStaff)
export const registerPerson = action('identity.register-person', role('coordinator', 'prescriber'), theSystem)
export const readStaff = action('identity.read-staff', role('manager'))
export const readOutbox = action('identity.read-outbox', role('manager'))
export const addMember = action('identity.add-member', role('manager'), theSystem)
export const setUpClinic = action('identity.set-up-clinic', theSystem)
