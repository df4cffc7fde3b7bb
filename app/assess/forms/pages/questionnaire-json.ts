import { guardedLoader } from '../../../platform/page.server.ts'
import { readInstruments } from '../edition-access.ts'
import { loadQuestionnaire } from '../edition-page.server.ts'

/** The form as a FHIR Questionnaire, for another program. */
export const loader = guardedLoader(readInstruments, loadQuestionnaire)
