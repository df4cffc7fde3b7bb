/** A visit as the grid showed it. */
export type ShownVisit = {
  readonly id: string
  readonly name: string
  readonly state: string
  /** "Tue 24 Nov 2026, 10:15, Room 1, Chair A" */
  readonly where: string
}

/** One reading of a view, with what somebody does in it. */
type Reading = {
  /** View and day. */
  readonly key: string
  readonly shown: readonly ShownVisit[]
  readonly data: {
    readonly moving: { readonly id: string } | undefined
    /** The visit moved here last. */
    readonly moved: string | undefined
  }
}

/**
 * What is told of others' changes after another reading. It begins anew in another view, when a visit is picked up and
 * when it was put down elsewhere: what stood there before is old by then.
 */
export function changesTold(told: readonly string[], was: Reading, is: Reading): readonly string[] {
  if (was.key !== is.key) return []
  const found = changeWords(was.shown, is.shown, is.data.moved)
  const acted = was.data.moving?.id !== is.data.moving?.id || was.data.moved !== is.data.moved
  return found.length > 0 || acted ? found : told
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
