import { guardedLoader } from '../../../platform/page.server.ts'
import { readConsents } from '../../plan-access.ts'
import { copyPdf } from '../copy-file.server.ts'
import { copyOfPerson } from '../copy-page.server.ts'

/** A signed copy as PDF, for staff. */
export const loader = guardedLoader(readConsents, async (page) => copyPdf(await copyOfPerson(page)))
