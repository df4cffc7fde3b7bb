export type { SearchDocument } from './search.ts'
export { speaksOfCrisis } from './search-crisis.ts'
