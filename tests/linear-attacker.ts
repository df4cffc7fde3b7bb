/**
 * Somebody who reads what was published and works out what was not, by linear algebra: every published figure is an equation over
 * unknown counts. Shares no code with what decides about publishing.
 */
export type Published = {
  /** Which unknown counts add up to what was published. */
  readonly equations: readonly { readonly of: readonly number[]; readonly sum: number }[]
  /** The truth. It serves as one table that agrees with everything published; the attacker starts from it. */
  readonly truth: readonly number[]
  /** What is known of each count without arithmetic, for instance that it is not 0. */
  readonly least: readonly number[]
}

/**
 * The least and the most that a sum of unknown counts can be, over all counts that agree with what was published. Whole numbers are not
 * demanded: where the equations are a network (tables, series) the ends are whole anyway.
 */
export function rangeOf(published: Published, of: readonly number[]): { least: number; most: number } {
  const { truth } = published
  const free = directionsLeft(published)
  const here = of.reduce((sum, at) => sum + truth[at]!, 0)
  const gains = free.map((direction) => of.reduce((sum, at) => sum + direction[at]!, 0))
  const room = truth.map((value, at) => value - published.least[at]!)
  const climb = (sign: number) =>
    largest(
      free[0] === undefined ? [] : truth.map((_, at) => free.map((direction) => -direction[at]!)),
      room,
      gains.map((gain) => sign * gain),
    )
  return { least: here - climb(-1), most: here + climb(1) }
}

/** A basis of the directions in which the counts could be changed without changing anything published (Gauss–Jordan). */
function directionsLeft({ equations, truth }: Published): number[][] {
  const unknowns = truth.length
  const rows = equations.map(({ of }) => {
    const row = new Array<number>(unknowns).fill(0)
    for (const at of of) row[at]! += 1
    return row
  })
  const leads: number[] = []
  for (let column = 0; column < unknowns && leads.length < rows.length; column++) {
    const lead = leads.length
    const pivot = rows.findIndex((row, at) => at >= lead && Math.abs(row[column]!) > 1e-9)
    if (pivot < 0) continue
    ;[rows[lead], rows[pivot]] = [rows[pivot]!, rows[lead]!]
    const scale = rows[lead]![column]!
    rows[lead] = rows[lead]!.map((value) => value / scale)
    rows.forEach((row, at) => {
      const factor = row[column]!
      if (at !== lead && Math.abs(factor) > 1e-9)
        rows[at] = row.map((value, c) => value - factor * rows[lead]![c]!)
    })
    leads.push(column)
  }
  return Array.from({ length: unknowns }, (_, column) => column)
    .filter((column) => !leads.includes(column))
    .map((column) => {
      const direction = new Array<number>(unknowns).fill(0)
      direction[column] = 1
      for (const [at, lead] of leads.entries()) direction[lead] = -rows[at]![column]!
      return direction
    })
}

/** The largest gain · y with limits · y ≤ room, y of any sign; room ≥ 0 (simplex, Bland's rule). Infinity when nothing stops it. */
function largest(
  limits: readonly (readonly number[])[],
  room: readonly number[],
  gain: readonly number[],
): number {
  const both = (row: readonly number[]) => [...row, ...row.map((value) => -value)]
  const table = limits.map((row, at) => [
    ...both(row),
    ...limits.map((_, other) => (other === at ? 1 : 0)),
    room[at]!,
  ])
  const width = 2 * gain.length + limits.length
  let goal = [...both(gain), ...limits.map(() => 0), 0]
  const basis = limits.map((_, at) => 2 * gain.length + at)
  for (;;) {
    const enter = goal.findIndex((value, at) => at < width && value > 1e-9)
    if (enter < 0) return -goal[width]!
    let leave = -1
    for (const [at, row] of table.entries()) {
      if (row[enter]! <= 1e-9) continue
      const better =
        leave < 0 ||
        row[width]! / row[enter]! < table[leave]![width]! / table[leave]![enter]! - 1e-12 ||
        (row[width]! / row[enter]! <= table[leave]![width]! / table[leave]![enter]! + 1e-12 &&
          basis[at]! < basis[leave]!)
      if (better) leave = at
    }
    if (leave < 0) return Number.POSITIVE_INFINITY
    const scale = table[leave]![enter]!
    table[leave] = table[leave]!.map((value) => value / scale)
    const without = (row: number[]) => {
      const factor = row[enter]!
      return factor === 0 ? row : row.map((value, at) => value - factor * table[leave]![at]!)
    }
    for (const [at, row] of table.entries()) if (at !== leave) table[at] = without(row)
    goal = without(goal)
    basis[leave] = enter
  }
}
