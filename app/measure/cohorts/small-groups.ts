import { isSmall } from '../../platform/disclosure.ts'
import type { CohortBlock } from './cohort-block.ts'
import { type CohortRows, peopleIn } from './cohort-rows.ts'

/**
 * True when the whole cohort, or a group of it, holds 1 to 9 people: whoever knows one of them could find them in its
 * figures.
 */
export function hasSmallGroup(cohort: CohortRows): boolean {
  if (isSmall(peopleIn(cohort))) return true
  if (cohort.kind === 'counts-by-arm') return cohort.rows.some(({ people }) => isSmall(people))
  const groups = new Map<string, Set<number>>()
  const rows: readonly { readonly group: string; readonly person?: number }[] = cohort.rows
  for (const [at, { group, person = at }] of rows.entries())
    groups.set(group, (groups.get(group) ?? new Set()).add(person))
  return [...groups.values()].some(({ size }) => isSmall(size))
}

/** What stands in place of the figures of such a cohort for who does not treat people here. */
export const withheldBlock: CohortBlock = {
  id: 'withheld',
  title: 'Withheld',
  finding: [
    'A group in this file holds fewer than ten people. Its figures are shown to those who treat people here; nothing here says that the file is public. If it is, a manager can mark it as published.',
  ],
  facts: [],
  drawing: undefined,
  tables: [],
  numbers: [],
  definitions: [],
}
