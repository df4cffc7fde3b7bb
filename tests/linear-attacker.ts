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
 *
 * @param farEnough stops looking further in a direction once it has come so far from the truth
 */
export function rangeOf(
  published: Published,
  of: readonly number[],
  farEnough = Number.POSITIVE_INFINITY,
): { least: number; most: number } {
  const { truth } = published
  let free = known.get(published)
  if (!free) {
    free = directionsLeft(published)
    known.set(published, free)
  }
  const directions = free
  const here = of.reduce((sum, at) => sum + truth[at]!, 0)
  const gains = directions.map((direction) => of.reduce((sum, at) => sum + direction[at]!, 0))
  const room = truth.map((value, at) => value - published.least[at]!)
  const climb = (sign: number) =>
    largest(
      directions[0] === undefined ? [] : truth.map((_, at) => directions.map((direction) => -direction[at]!)),
      room,
      gains.map((gain) => sign * gain),
      farEnough,
    )
  return { least: here - climb(-1), most: here + climb(1) }
}

const known = new WeakMap<Published, number[][]>()

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
  farEnough: number,
): number {
  const both = (row: readonly number[]) => [...row, ...row.map((value) => -value)]
  const width = 2 * gain.length + limits.length
  const table = limits.map((row, at) =>
    Float64Array.from([...both(row), ...limits.map((_, other) => (other === at ? 1 : 0)), room[at]!]),
  )
  const goal = Float64Array.from([...both(gain), ...limits.map(() => 0), 0])
  const basis = limits.map((_, at) => 2 * gain.length + at)
  for (let pivots = 0; ; pivots++) {
    const enter = entering(goal, width, pivots)
    if (enter < 0 || -goal[width]! >= farEnough) return -goal[width]!
    let leave = -1
    for (const [at, row] of table.entries()) {
      if (row[enter]! <= 1e-9) continue
      const [ratio, least] = [
        row[width]! / row[enter]!,
        leave < 0 ? 0 : table[leave]![width]! / table[leave]![enter]!,
      ]
      if (leave < 0 || ratio < least - 1e-12 || (ratio <= least + 1e-12 && basis[at]! < basis[leave]!))
        leave = at
    }
    if (leave < 0) return Number.POSITIVE_INFINITY
    const pivot = table[leave]!
    const scale = pivot[enter]!
    for (let c = 0; c <= width; c++) pivot[c]! /= scale
    for (const row of [...table, goal]) {
      const factor = row[enter]!
      if (row === pivot || factor === 0) continue
      for (let c = 0; c <= width; c++) row[c]! -= factor * pivot[c]!
    }
    basis[leave] = enter
  }
}

/** The steepest at first; after many pivots the first, with which the search cannot go round in circles. */
function entering(goal: Float64Array, width: number, pivots: number): number {
  let best = -1
  for (let at = 0; at < width; at++) {
    if (goal[at]! <= 1e-9) continue
    if (pivots > 300) return at
    if (best < 0 || goal[at]! > goal[best]!) best = at
  }
  return best
}

/** A sum of values of people that a reader knows to an interval: a rounded mean times the number of people. */
export type KnownSum = { readonly of: readonly number[]; readonly least: number; readonly most: number }

/** "mean 0.35 of 40 people, rounded to 0.05": their sum lies between 13 and 15. */
export function sumOfMean(of: readonly number[], mean: number, step: number): KnownSum {
  return { of, least: of.length * (mean - step / 2), most: of.length * (mean + step / 2) }
}

/**
 * The least and the most that the values of some people can add up to, over all values on a scale that agree with sums known to
 * intervals. What an interval leaves open is one more unknown that takes up the difference, so the same search serves.
 *
 * @param truth the real values, by person; they agree with every known sum
 */
export function rangeOfValues(
  truth: readonly number[],
  sums: readonly KnownSum[],
  scale: { readonly least: number; readonly most: number },
  of: readonly number[],
): { least: number; most: number } {
  const people = truth.length
  const sumOf = (places: readonly number[]) => places.reduce((sum, at) => sum + truth[at]!, 0)
  // Value + what is missing to the top of the scale = the top; sum + what is missing to the interval's end = its end; the
  // sum itself less what is missing to its beginning: each an unknown that is not negative.
  const room = truth.map((value) => scale.most - value)
  const up = sums.map(({ of, most }) => most - sumOf(of))
  const down = sums.map(({ of, least }) => sumOf(of) - least)
  if ([...room, ...up, ...down].some((value) => value < -1e-9)) throw new RangeError('the truth disagrees')
  const at = { up: 2 * people, down: 2 * people + sums.length }
  return rangeOf(
    {
      truth: [...truth, ...room, ...up, ...down],
      least: [...truth.map(() => scale.least), ...room, ...up, ...down].map((value, i) =>
        i < people ? value : 0,
      ),
      equations: [
        ...truth.map((_, i) => ({ of: [i, people + i], sum: scale.most })),
        ...sums.flatMap(({ of, least, most }, i) => [
          { of: [...of, at.up + i], sum: most },
          { of: [at.up + i, at.down + i], sum: most - least },
        ]),
      ],
    },
    of,
  )
}
