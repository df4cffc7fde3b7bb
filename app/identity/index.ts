export { ageYears, type Contact, type Person, type Sex } from './person.ts'
