import { prepareComparison } from './comparisons.ts'
import type { ItemScore, ScoreGroup } from './instrument.ts'
import { FALSE, TRUE } from './truth.ts'

/**
 * How a number is made of item values. `values` is indexed by item place; NaN marks a value to leave out
 * (callers ask only when at least one of `places` has a value).
 */
export type ScoreMethod = {
  readonly evaluate: (values: readonly number[], places: readonly number[]) => number
  /** The lowest and the highest result when each item lies anywhere from its low to its high. */
  readonly range: (
    low: readonly number[],
    high: readonly number[],
    places: readonly number[],
  ) => [number, number]
  /** Whether an incomplete score of this kind states its bounds. */
  readonly statesBounds: boolean
  /** Items that a blank leaves complete, given the answers (the blank twin of an either-or pair). */
  readonly dispensable?: (values: readonly number[]) => ReadonlySet<number>
}

type Evaluate = ScoreMethod['evaluate']

/** A method that never falls when an item rises: its range is that of the lows and that of the highs. */
function rising(evaluate: Evaluate, statesBounds: boolean): ScoreMethod {
  return {
    evaluate,
    range: (low, high, places) => [evaluate(low, places), evaluate(high, places)],
    statesBounds,
  }
}

const sum: Evaluate = (values, places) => {
  let total = 0
  for (const place of places) {
    const value = values[place] as number
    if (!Number.isNaN(value)) total += value
  }
  return total
}

const mean: Evaluate = (values, places) => {
  let total = 0
  let count = 0
  for (const place of places) {
    const value = values[place] as number
    if (Number.isNaN(value)) continue
    total += value
    count += 1
  }
  return total / count
}

const max: Evaluate = (values, places) => {
  let most = Number.NEGATIVE_INFINITY
  for (const place of places) {
    const value = values[place] as number
    if (value > most) most = value
  }
  return most
}

/** 1-based place in the list of the last item answered above 0; 0 when none is. */
const highestIndex: Evaluate = (values, places) => {
  for (let index = places.length - 1; index >= 0; index -= 1) {
    if ((values[places[index] as number] as number) > 0) return index + 1
  }
  return 0
}

function countMethod(score: Extract<ItemScore, { method: 'count' }>): ScoreMethod {
  const { holds, over } = prepareComparison(score.countIf, score.id)
  return {
    evaluate: (values, places) => {
      let count = 0
      for (const place of places) {
        const value = values[place] as number
        if (!Number.isNaN(value) && holds(value)) count += 1
      }
      return count
    },
    range: (low, high, places) => {
      let certain = 0
      let possible = 0
      for (const place of places) {
        const truth = over(low[place] as number, high[place] as number)
        if (truth === TRUE) certain += 1
        if (truth !== FALSE) possible += 1
      }
      return [certain, possible]
    },
    statesBounds: true,
  }
}

function weightedMethod(
  score: Extract<ItemScore, { method: 'weighted' }>,
  items: ReadonlyMap<string, number>,
): ScoreMethod {
  const terms = score.terms.map(({ item, multiply, add }) => ({
    place: items.get(item) as number,
    multiply,
    add,
  }))
  const total = (pick: (place: number, multiply: number) => number) => {
    let result = 0
    for (const { place, multiply, add } of terms) {
      const value = pick(place, multiply)
      if (!Number.isNaN(value)) result += multiply * value + add
    }
    return result
  }
  return {
    evaluate: (values) => total((place) => values[place] as number),
    range: (low, high) => [
      total((place, multiply) => (multiply < 0 ? high : low)[place] as number),
      total((place, multiply) => (multiply < 0 ? low : high)[place] as number),
    ],
    statesBounds: false,
  }
}

function groupsMethod(groups: readonly ScoreGroup[], items: ReadonlyMap<string, number>): ScoreMethod {
  const prepared = groups.map((group) => ({
    evaluate: group.op === 'max' ? max : sum,
    places: group.items.map((id) => items.get(id) as number),
    twins: (group.eitherOr ?? []).map((pair) => pair.map((id) => items.get(id) as number)),
  }))
  const evaluate: Evaluate = (values) => {
    let total = 0
    for (const group of prepared) {
      const value = group.evaluate(values, group.places)
      if (Number.isFinite(value)) total += value
    }
    return total
  }
  const dispensable = (values: readonly number[]) => {
    const blank = new Set<number>()
    for (const { twins } of prepared) {
      for (const pair of twins) {
        const missing = pair.filter((place) => Number.isNaN(values[place]))
        if (missing.length < pair.length) for (const place of missing) blank.add(place)
      }
    }
    return blank
  }
  return { ...rising(evaluate, true), dispensable }
}

/**
 * The arithmetic of a score.
 *
 * @throws for a method that makes no number (`concat`, `bandIndex`); those are scored apart
 */
export function prepareMethod(score: ItemScore, items: ReadonlyMap<string, number>): ScoreMethod {
  switch (score.method) {
    case 'sum': {
      const { multiply = 1 } = score
      return rising(multiply === 1 ? sum : (values, places) => sum(values, places) * multiply, true)
    }
    case 'mean':
      return rising(mean, true)
    case 'max':
      return rising(max, false)
    case 'single':
      return rising(sum, false)
    case 'highestIndex':
      return rising(highestIndex, false)
    case 'count':
      return countMethod(score)
    case 'percentOfRange': {
      const { rawMin, rawMax } = score
      return rising((values, places) => (100 * (sum(values, places) - rawMin)) / (rawMax - rawMin), true)
    }
    case 'sumOfGroups':
      return groupsMethod(score.groups, items)
    case 'weighted':
      return weightedMethod(score, items)
    default:
      throw new Error(`${score.id}: ${score.method} is not a method that makes a number of items`)
  }
}
