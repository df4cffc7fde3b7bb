import { type Facts, type Names, placeOf, prepareCondition, type ScoreFact } from './conditions.ts'
import type { Band, ItemScore } from './instrument.ts'
import type { ReadResponse } from './prepared-instrument.ts'
import type { ScoreResult, ScoreStatus } from './response.ts'
import { roundHalfUp } from './rounding.ts'
import { type NumberScore, prepareMethod } from './score-methods.ts'
import { TRUE } from './truth.ts'

/** A score made ready: from answers to the result that is stored and the fact that conditions look at. */
export type PreparedScore = {
  readonly id: string
  readonly score: (
    response: ReadResponse,
    facts: Facts,
  ) => { readonly result: ScoreResult; readonly fact: ScoreFact }
}

/** A mean or percentage without a stated precision keeps what a float can hold without drift. */
const DECIMALS_WITHOUT_PRECISION = 9

/** The label of the first band that holds the value and applies. */
function prepareBands(bands: readonly Band[], names: Names) {
  const tests = bands.map(({ when }) => (when ? prepareCondition(when, names) : null))
  return (value: number, facts: Facts): string | null =>
    bands.find(({ min, max }, index) => {
      if (value < min || value > max) return false
      const applies = tests[index] ?? null
      return applies === null || applies(facts) === TRUE
    })?.label ?? null
}

function placesOf(names: Names, ids: readonly string[]): number[] {
  return ids.map((id) => placeOf(names, 'items', id))
}

/** Items of a score without those that a known context leaves out. */
function prepareExclusions(score: ItemScore, names: Names, places: readonly number[]) {
  const exclusions = score.excludeIf?.map(({ items, when }) => ({
    excluded: placesOf(names, items),
    test: prepareCondition(when, names),
  }))
  return (facts: Facts): readonly number[] =>
    exclusions === undefined
      ? places
      : exclusions.reduce<readonly number[]>(
          (left, { excluded, test }) =>
            test(facts) === TRUE ? left.filter((place) => !excluded.includes(place)) : left,
          places,
        )
}

/** What a score may be called when some of its items have no answer. */
function statusOf(score: ItemScore, answered: number, missing: number): ScoreStatus {
  const { rule, maxMissing = 0 } = score.missing
  // With every item left out by the context a sum or a count is 0; nothing else is anything.
  if (missing === 0 && (answered > 0 || score.method === 'sum' || score.method === 'count')) return 'ok'
  if (answered === 0 || rule === 'strict') return 'incomplete'
  if (rule === 'prorate') return missing <= maxMissing ? 'prorated' : 'incomplete'
  return 'partial'
}

function numberScore(score: NumberScore, names: Names, places: readonly number[]): PreparedScore['score'] {
  const { evaluate, range, statesBounds } = prepareMethod(score, names.items)
  const applicable = prepareExclusions(score, names, places)
  const decimals = score.precision ?? DECIMALS_WITHOUT_PRECISION
  const bandOf = score.bands && prepareBands(score.bands, names)

  return ({ effective: { values, low, high }, dispensable }, facts) => {
    let used = applicable(facts)
    if (score.method === 'sumOfGroups') used = used.filter((place) => !dispensable.includes(place))
    let missing = 0
    for (const place of used) if (Number.isNaN(values[place] as number)) missing += 1
    const answered = used.length - missing
    const status = statusOf(score, answered, missing)

    let value: number | null = null
    const more: { exact?: number; bounds?: [number, number] } = {}
    if (status === 'prorated') {
      const prorated = (evaluate(values, used) * used.length) / answered
      value = roundHalfUp(prorated, 0)
      more.exact = roundHalfUp(prorated, 2)
    } else if (status !== 'incomplete') value = roundHalfUp(evaluate(values, used), decimals)

    let fact: ScoreFact
    if (status === 'ok') fact = { value, low: value as number, high: value as number }
    else {
      // What the missing answers may still change is not certain: conditions see the bounds, not the estimate.
      const [least, most] = range(low, high, used)
      fact = { value, low: roundHalfUp(least, decimals), high: roundHalfUp(most, decimals) }
      if (value === null && answered > 0 && statesBounds) more.bounds = [fact.low, fact.high]
    }
    const result = bandOf
      ? { value, status, ...more, band: value === null ? null : bandOf(value, facts) }
      : { value, status, ...more }
    return { result, fact }
  }
}

/** Digits set side by side, never added: a profile, not a quantity. */
function concatScore(places: readonly number[]): PreparedScore['score'] {
  return ({ effective: { values } }) => {
    const digits = places.map((place) => values[place] as number)
    const value = digits.some(Number.isNaN) ? null : digits.join('')
    const status = value === null ? 'incomplete' : 'ok'
    return { result: { value, status }, fact: { value, low: Number.NaN, high: Number.NaN } }
  }
}

/** A drinking level by grams per day. Unknown or other sex uses the lower limits, which are the female ones. */
function levelScore(
  { bandsOn, levels }: Extract<ItemScore, { method: 'bandIndex' }>,
  names: Names,
): PreparedScore['score'] {
  const place = placeOf(names, 'items', bandsOn)
  return ({ effective: { values, low, high } }, { context }) => {
    const own = context.sex === 'male' ? levels.male : levels.female
    const levelOf = (grams: readonly number[]) =>
      own.find(({ maxGrams }) => maxGrams === null || (grams[place] as number) <= maxGrams)
    const open = Number.isNaN(values[place] as number)
    const found = open ? undefined : levelOf(values)
    const value = found?.level ?? null
    return {
      result: { value, status: open ? 'incomplete' : 'ok', label: found?.label ?? null },
      fact: { value, low: levelOf(low)?.level ?? Number.NaN, high: levelOf(high)?.level ?? Number.NaN },
    }
  }
}

/**
 * Makes a score ready to be computed many times.
 *
 * @throws when its data names an item that does not exist
 */
export function prepareScore(
  score: ItemScore,
  names: Names,
  scored: (place: number) => boolean,
): PreparedScore {
  const places = placesOf(names, score.items).filter(scored)
  const compute =
    score.method === 'concat'
      ? concatScore(places)
      : score.method === 'bandIndex'
        ? levelScore(score, names)
        : numberScore(score, names, places)
  return { id: score.id, score: compute }
}
