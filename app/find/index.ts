export { speaksOfCrisis } from './search-crisis.ts'
