export { ageYears, type Contact, type Person, type Sex } from './person.ts'
export {
  isFreshStepUp,
  isRecentStepUp,
  type NotConfirmed,
  notConfirmedWords,
  parseSignedForm,
  type StepUp,
} from './step-up.ts'
