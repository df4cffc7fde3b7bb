import type { Actor } from '../../platform/actor.ts'
import { type GroupCounts, OWN_LABEL } from './group-blocks.ts'
import type { StateCounts } from './missing-shares.ts'
import { knowsClinicians } from './viewer.ts'

/**
 * Clinicians with their people, the most first: by name for the manager, by number for everybody else, oneself as "you".
 *
 * @param units by account; an empty group is not known
 * @param namesOf asked for names only for somebody who may know them
 */
export async function labelledClinicians(
  units: readonly (StateCounts & { readonly group: string })[],
  actor: Actor,
  namesOf: (accountIds: string[]) => Promise<ReadonlyMap<string, string>>,
): Promise<GroupCounts[]> {
  const sorted = [...units].sort((a, b) => sizeOf(b) - sizeOf(a) || (a.group < b.group ? -1 : 1))
  const mayKnow = knowsClinicians(actor)
  const names = mayKnow ? await namesOf(sorted.map(({ group }) => group)) : new Map<string, string>()
  const self = actor.kind === 'member' ? actor.accountId : undefined
  return sorted.map(({ group, ...counts }, at) => ({
    label:
      group === '' ? 'not known' : group === self ? OWN_LABEL : (names.get(group) ?? `Clinician ${at + 1}`),
    counts,
  }))
}

const sizeOf = (counts: StateCounts) => counts['no-use'] + counts.use + counts.missing
