export type { SearchDocument } from './search.ts'
export { speaksOfCrisis } from './search-crisis.ts'
export { namesOf } from './search-names.ts'
export { words } from './search-words.ts'
