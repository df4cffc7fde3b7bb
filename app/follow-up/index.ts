export { type CheckIn, type CheckInAnswers, type CheckInId, currentCheckIns, type Used } from './check-in.ts'
export { type DaysKept, dayStates, daysKept } from './days-kept.ts'
