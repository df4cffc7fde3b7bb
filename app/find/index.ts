export { PageNotFound } from './pages/page-not-found.tsx'
export type { PageFacts } from './meta/page-facts.server.ts'
export { PageFactsView } from './meta/page-facts-view.tsx'
export { speaksOfCrisis } from './search-crisis.ts'
