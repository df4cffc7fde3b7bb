import type { LocalDate } from '../../platform/time.ts'
import type { ReleasePeriod } from './release-period.ts'

/** What must be known of a release to tell where it stands among the others. */
type Placed = {
  readonly number: number
  readonly added: ReleasePeriod
  readonly withdrawn: unknown
}

/**
 * Where the releases of a clinic stand. Only the newest that stands may be withdrawn, and what was withdrawn is corrected from the oldest
 * quarters on: so the quarters of those that stand follow each other without a gap, and each page adds up the ones before it.
 *
 * @param all in any order
 * @returns `standing`: not withdrawn, newest quarters first. `toCorrect`: withdrawn and not yet corrected, of the oldest quarters; after
 * several tries at the same quarters the last one
 */
export function releaseSequence<Release extends Placed>(
  all: readonly Release[],
): { readonly standing: readonly Release[]; readonly toCorrect: Release | undefined } {
  const standing = all
    .filter(({ withdrawn }) => !withdrawn)
    .sort((a, b) => (a.added.to < b.added.to ? 1 : -1))
  const coveredTo: LocalDate | undefined = standing[0]?.added.to
  const open = all.filter(
    ({ withdrawn, added }) => withdrawn && (coveredTo === undefined || added.to > coveredTo),
  )
  const [toCorrect] = open.sort((a, b) =>
    a.added.from === b.added.from ? b.number - a.number : a.added.from < b.added.from ? -1 : 1,
  )
  return { standing, toCorrect }
}
