import { guardedLoader } from '../../../platform/page.server.ts'
import { readResult } from '../result-access.ts'
import { loadFhirBundle } from '../result-fhir.server.ts'

/** One result as a FHIR bundle, for another system. */
export const loader = guardedLoader(readResult, loadFhirBundle)
