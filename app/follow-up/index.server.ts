export { type ClinicCheckIn, checkInsOfClinic, checkInsOfPerson } from './follow-up-queries.server.ts'
export { inviteDueCheckIns, resumeInvitations, stopInvitations } from './invitations.server.ts'
export { submitCheckIn } from './submit-check-in.server.ts'
