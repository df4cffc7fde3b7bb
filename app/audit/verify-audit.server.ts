import type { Read } from '../platform/database.server.ts'
import type { ClinicId } from '../platform/ids.ts'
import { type ChainBreak, chainVerifier } from './audit-chain.ts'
import { chainHead, chainPage } from './audit-queries.server.ts'

const PAGE = 5_000

/** Walks a clinic's whole chain in pages. @returns how many entries it saw, and the first break if any */
export async function verifyAudit(
  db: Read,
  clinicId: ClinicId,
): Promise<{ entries: number; broken: ChainBreak | undefined }> {
  const verifier = chainVerifier()
  let since = 0
  let entries = 0
  walk: for (;;) {
    const page = await chainPage(db, clinicId, since, PAGE)
    for (const entry of page) {
      entries += 1
      since = entry.seq
      if (!verifier.look(entry)) break walk
    }
    if (page.length < PAGE) break
  }
  return { entries, broken: verifier.end(await chainHead(db, clinicId)) }
}
