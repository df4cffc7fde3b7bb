import { isSmall } from '../../platform/disclosure.ts'

/**
 * Groups side by side whose parts add up, part by part, to sums that a reader may know from elsewhere: which of them must
 * not be told. A group is closed when one of its parts is 1 to 9; then further groups, the smallest first, until there are
 * two of them and what the others leave over of each part is 0 or ten and more.
 *
 * `discloseTable` withholds cells and, where needed, sums; here the sums stand on other pages, and a share needs all parts.
 *
 * @param groups the parts of each group, in the same order, excluding each other
 * @param first places that are closed for another reason
 * @returns the places of closed groups; the others may be told with all their parts
 * @example closedGroups([[30, 40], [25, 3], [12, 15]]) // 1, and 2 so that the 3 cannot be subtracted
 */
export function closedGroups(
  groups: readonly (readonly number[])[],
  first: Iterable<number> = [],
): ReadonlySet<number> {
  const size = (at: number) => groups[at]!.reduce((sum, count) => sum + count, 0)
  const closed = new Set([...first, ...groups.flatMap((parts, at) => (parts.some(isSmall) ? [at] : []))])
  const leavesSmall = () =>
    (groups[0] ?? []).some((_, part) => isSmall([...closed].reduce((sum, at) => sum + groups[at]![part]!, 0)))
  while (closed.size > 0 && closed.size < groups.length && (closed.size < 2 || leavesSmall())) {
    const [next] = groups
      .map((_, at) => at)
      .filter((at) => !closed.has(at) && size(at) > 0)
      .sort((a, b) => size(a) - size(b))
    if (next === undefined) break
    closed.add(next)
  }
  return closed
}
