import { guardedLoader } from '../../../platform/page.server.ts'
import { readConsents } from '../../plan-access.ts'
import { copyDownload } from '../copy-file.server.ts'
import { copyOfPerson } from '../copy-page.server.ts'

/** A signed copy as one file, for staff. */
export const loader = guardedLoader(readConsents, async (page) => copyDownload(await copyOfPerson(page)))
