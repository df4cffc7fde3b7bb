export { addMember, type NewMember, openClinic, setProfile, setUpClinic } from './add-member.server.ts'
export { confirmColleague } from './confirm-colleague.server.ts'
export {
  accountNames,
  clinicById,
  directory,
  holdPerson,
  members,
  people,
  peopleByIds,
  personById,
} from './identity-queries.server.ts'
export { confirmIdentity, confirmSecond } from './passkeys/confirm-identity.server.ts'
export { hashPassword } from './password.server.ts'
export {
  endAccessLinks,
  makeAccessLink,
  makeAccessLinks,
  recordPersonBasics,
  registerPerson,
} from './register-person.server.ts'
export { newSecretToken, readSecretToken } from './secret-token.server.ts'
export {
  actorOfLink,
  actorOfSession,
  actorWhileUsed,
  beginSession,
  confirmPassword,
  endSession,
  signInWithPassword,
} from './sign-in.server.ts'
