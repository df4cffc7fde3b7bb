import { guardedLoader } from '../../../platform/page.server.ts'
import { readOwnDocuments } from '../../plan-access.ts'
import { copyDownload } from '../copy-file.server.ts'
import { ownCopy } from '../copy-page.server.ts'

/** A patient's own signed copy as one file. */
export const loader = guardedLoader(readOwnDocuments, async (page) => copyDownload(await ownCopy(page)))
