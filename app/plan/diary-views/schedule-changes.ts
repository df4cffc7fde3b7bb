/** A visit as the grid showed it. */
export type ShownVisit = {
  readonly id: string
  readonly name: string
  readonly state: string
  /** "Tue 24 Nov 2026, 10:15, Room 1, Chair A" */
  readonly where: string
}

/**
 * What somebody else changed between two readings of the same view, in words.
 *
 * @param own the visit that was moved here, of which nothing is said
 */
export function changeWords(
  before: readonly ShownVisit[],
  after: readonly ShownVisit[],
  own?: string,
): string[] {
  const was = new Map(before.map((v) => [v.id, v]))
  const is = new Map(after.map((v) => [v.id, v]))
  return [
    ...[...is.values()]
      .filter((v) => v.id !== own && was.get(v.id)?.state !== v.state)
      .map((v) => {
        const old = was.get(v.id)
        return old ? `${v.name} is now ${v.where} (was ${old.where}).` : `New here: ${v.name}, ${v.where}.`
      }),
    ...[...was.values()]
      .filter((v) => v.id !== own && !is.has(v.id))
      .map((v) => `No longer here: ${v.name}, ${v.where}.`),
  ]
}
