import { guardedLoader } from '../../../platform/page.server.ts'
import { readOwnDocuments } from '../../plan-access.ts'
import { copyPdf } from '../copy-file.server.ts'
import { ownCopy } from '../copy-page.server.ts'

/** A patient's own signed copy as PDF. */
export const loader = guardedLoader(readOwnDocuments, async (page) => copyPdf(await ownCopy(page)))
