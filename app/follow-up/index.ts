export { LAST_ASKED_DAY } from './cadence.ts'
export {
  type CheckIn,
  type CheckInAnswers,
  type CheckInId,
  currentCheckIns,
  substanceWord,
  type Used,
} from './check-in.ts'
export { type DaysKept, dayStates, daysKept } from './days-kept.ts'
