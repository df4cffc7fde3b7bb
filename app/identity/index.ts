export { ageYears, type Contact, type Person, type Sex } from './person.ts'
export type { StepUp } from './step-up.ts'
