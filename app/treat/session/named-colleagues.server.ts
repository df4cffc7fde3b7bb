import { members } from '../../identity/index.server.ts'
import type { Role } from '../../platform/actor.ts'
import type { Read } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import type { BedsideEntry } from './bedside-entry.ts'

/** Whom an entry names, and what they must be for it; undefined for entries that name nobody. */
function named(entry: BedsideEntry): { account: string; roles: readonly Role[] | undefined } | undefined {
  switch (entry.kind) {
    case 'medicine-given':
      return entry.data.orderedBy === null
        ? undefined
        : { account: entry.data.orderedBy, roles: ['prescriber'] }
    case 'sitter-in':
      return entry.data.accountId === null ? undefined : { account: entry.data.accountId, roles: undefined }
    case 'handover-offered':
      return { account: entry.data.to, roles: ['nurse', 'prescriber'] }
    default:
      return undefined
  }
}

/**
 * The first entry that names somebody who cannot be meant: a medicine ordered by nobody who prescribes here, a watch
 * offered to nobody who may take it, a sitter who does not work here. Undefined when all may be.
 */
export async function namesNobodyHere(
  db: Read,
  clinicId: ClinicId,
  entries: readonly BedsideEntry[],
): Promise<BedsideEntry | undefined> {
  const naming = entries.filter((entry) => named(entry) !== undefined)
  if (naming.length === 0) return undefined
  const here = await members(db, clinicId)
  return naming.find((entry) => {
    const { account, roles } = named(entry)!
    const member = here.find(({ accountId }) => accountId === account)
    return !member || (roles && !member.roles.some((role) => roles.includes(role)))
  })
}
