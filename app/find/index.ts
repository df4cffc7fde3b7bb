export { speaksOfCrisis } from './search-words.ts'
