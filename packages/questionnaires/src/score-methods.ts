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
}

/** A score whose value is a number made of items. */
export type NumberScore = Exclude<ItemScore, { method: 'concat' | 'bandIndex' }>
type WeightedTerm = Extract<ItemScore, { method: 'weighted' }>['terms'][number]

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

const mean: Evaluate = (values, places) =>
  sum(values, places) / places.filter((place) => !Number.isNaN(values[place])).length

const max: Evaluate = (values, places) =>
  places.reduce((most, place) => {
    const value = values[place] as number
    return value > most ? value : most
  }, Number.NEGATIVE_INFINITY)

/** 1-based place in the list of the last item answered above 0; 0 when none is. */
const highestIndex: Evaluate = (values, places) =>
  places.findLastIndex((place) => (values[place] as number) > 0) + 1

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

function weightedMethod(terms: readonly WeightedTerm[], items: ReadonlyMap<string, number>): ScoreMethod {
  const places = terms.map(({ item }) => items.get(item) as number)
  const total =
    (choose: (a: number, b: number) => number) => (low: readonly number[], high: readonly number[]) =>
      terms.reduce((result, { multiply, add }, index) => {
        const place = places[index] as number
        const part = choose(multiply * (low[place] as number), multiply * (high[place] as number)) + add
        return Number.isNaN(part) ? result : result + part
      }, 0)
  const least = total(Math.min)
  const most = total(Math.max)
  return {
    evaluate: (values) => least(values, values),
    range: (low, high) => [least(low, high), most(low, high)],
    statesBounds: false,
  }
}

function groupsMethod(groups: readonly ScoreGroup[], items: ReadonlyMap<string, number>): ScoreMethod {
  const prepared = groups.map(({ op, items: ids }) => ({
    evaluate: op === 'max' ? max : sum,
    places: ids.map((id) => items.get(id) as number),
  }))
  return rising((values, used) => {
    let total = 0
    for (const { evaluate, places } of prepared) {
      const value = evaluate(
        values,
        places.filter((place) => used.includes(place)),
      )
      if (Number.isFinite(value)) total += value
    }
    return total
  }, true)
}

/** The arithmetic of a score that makes a number of items. */
export function prepareMethod(score: NumberScore, items: ReadonlyMap<string, number>): ScoreMethod {
  switch (score.method) {
    case 'sum': {
      const { multiply = 1 } = score
      return rising((values, places) => sum(values, places) * multiply, true)
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
      return weightedMethod(score.terms, items)
  }
}
