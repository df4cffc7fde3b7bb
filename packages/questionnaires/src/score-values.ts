import { type ConditionTest, type Facts, type Names, prepareCondition, type ScoreFact } from './conditions.ts'
import type { Band, ItemScore } from './instrument.ts'
import type { ScoreResult } from './response.ts'
import { roundHalfUp } from './rounding.ts'
import { prepareMethod } from './score-methods.ts'
import type { EffectiveAnswers } from './skip-logic.ts'
import { TRUE } from './truth.ts'

/** A score made ready: from answers to the result that is stored and the fact that conditions look at. */
export type PreparedScore = {
  readonly id: string
  readonly score: (
    answers: EffectiveAnswers,
    facts: Facts,
  ) => { readonly result: ScoreResult; readonly fact: ScoreFact }
}

/** A mean or percentage without a stated precision keeps what a float can hold without drift. */
const DECIMALS_WITHOUT_PRECISION = 9

type PreparedBand = { readonly band: Band; readonly applies: ConditionTest | null }

function bandOf(bands: readonly PreparedBand[], value: number, facts: Facts): string | null {
  for (const { band, applies } of bands) {
    if (value >= band.min && value <= band.max && (applies === null || applies(facts) === TRUE))
      return band.label
  }
  return null
}

function placesOf(names: Names, ids: readonly string[], scoreId: string): number[] {
  return ids.map((id) => {
    const place = names.items.get(id)
    if (place === undefined)
      throw new Error(`${names.instrument}: score ${scoreId} names the unknown item ${id}`)
    return place
  })
}

/** Items of a score without those that a known context leaves out. */
function prepareExclusions(score: ItemScore, names: Names, places: readonly number[]) {
  const exclusions = (score.excludeIf ?? []).map(({ items, when }) => ({
    places: placesOf(names, items, score.id),
    when: prepareCondition(when, names),
  }))
  if (exclusions.length === 0) return () => places
  return (facts: Facts) => {
    const excluded = exclusions
      .filter(({ when }) => when(facts) === TRUE)
      .flatMap((exclusion) => exclusion.places)
    return places.filter((place) => !excluded.includes(place))
  }
}

function numberScore(score: ItemScore, names: Names, places: readonly number[]): PreparedScore['score'] {
  const method = prepareMethod(score, names.items)
  const applicable = prepareExclusions(score, names, places)
  const decimals = score.precision ?? DECIMALS_WITHOUT_PRECISION
  const { rule, maxMissing = 0 } = score.missing
  const bands =
    score.bands === undefined
      ? null
      : score.bands.map((band) => ({ band, applies: band.when ? prepareCondition(band.when, names) : null }))
  const finish = (result: ScoreResult, facts: Facts): ScoreResult => {
    if (bands === null) return result
    return { ...result, band: typeof result.value === 'number' ? bandOf(bands, result.value, facts) : null }
  }

  return (answers, facts) => {
    const used = applicable(facts)
    const { values } = answers
    let missing = 0
    for (const place of used) if (Number.isNaN(values[place] as number)) missing += 1
    let counted = used
    if (missing > 0 && method.dispensable !== undefined) {
      const dispensable = method.dispensable(values)
      counted = used.filter((place) => !dispensable.has(place))
      missing -= used.length - counted.length
    }
    const answered = counted.length - missing
    if (missing === 0 && (answered > 0 || score.method === 'sum' || score.method === 'count')) {
      const value = roundHalfUp(method.evaluate(values, counted), decimals)
      return { result: finish({ value, status: 'ok' }, facts), fact: { value, low: value, high: value } }
    }
    const [low, high] = boundsOf(method, answers, counted, used, decimals)
    if (answered > 0 && rule === 'prorate' && missing <= maxMissing) {
      const prorated = (method.evaluate(values, counted) * counted.length) / answered
      const value = roundHalfUp(prorated, 0)
      const result: ScoreResult = { value, status: 'prorated', exact: roundHalfUp(prorated, 2) }
      // What the missing answers may still change is not certain: conditions see the bounds, not the estimate.
      return { result: finish(result, facts), fact: { value, low, high } }
    }
    if (answered > 0 && (rule === 'available' || rule === 'highest-answered')) {
      const value = roundHalfUp(method.evaluate(values, counted), decimals)
      return { result: finish({ value, status: 'partial' }, facts), fact: { value, low, high } }
    }
    const result: ScoreResult =
      answered > 0 && method.statesBounds
        ? { value: null, status: 'incomplete', bounds: [low, high] }
        : { value: null, status: 'incomplete' }
    return { result: finish(result, facts), fact: { value: null, low, high } }
  }
}

function boundsOf(
  method: ReturnType<typeof prepareMethod>,
  { low, high }: EffectiveAnswers,
  counted: readonly number[],
  used: readonly number[],
  decimals: number,
): [number, number] {
  const without = (values: readonly number[]) => {
    const copy = values.slice()
    for (const place of used) if (!counted.includes(place)) copy[place] = Number.NaN
    return copy
  }
  const narrowed = counted.length < used.length
  const [least, most] = narrowed
    ? method.range(without(low), without(high), counted)
    : method.range(low, high, counted)
  return [roundHalfUp(least, decimals), roundHalfUp(most, decimals)]
}

/** Digits set side by side, never added: a profile, not a quantity. */
function concatScore(places: readonly number[]): PreparedScore['score'] {
  return ({ values }) => {
    const digits = places.map((place) => values[place] as number)
    const value = digits.some(Number.isNaN) ? null : digits.join('')
    const status = value === null ? 'incomplete' : 'ok'
    return { result: { value, status }, fact: { value, low: Number.NaN, high: Number.NaN } }
  }
}

/** A drinking level by grams per day. Unknown or other sex uses the lower limits, which are the female ones. */
function levelScore(
  score: Extract<ItemScore, { method: 'bandIndex' }>,
  names: Names,
): PreparedScore['score'] {
  const [place] = placesOf(names, [score.bandsOn], score.id) as [number]
  return ({ values, low, high }, { context }) => {
    const levels = context.sex === 'male' ? score.levels.male : score.levels.female
    const levelOf = (grams: number) =>
      levels.find((level) => level.maxGrams === null || grams <= level.maxGrams)
    const grams = values[place] as number
    if (Number.isNaN(grams)) {
      const [least, most] = [low, high].map((bound) => levelOf(bound[place] as number)?.level ?? Number.NaN)
      return {
        result: { value: null, status: 'incomplete', label: null },
        fact: { value: null, low: least as number, high: most as number },
      }
    }
    const found = levelOf(grams)
    const value = found?.level ?? null
    return {
      result: { value, status: 'ok', label: found?.label ?? null },
      fact: { value, low: value ?? Number.NaN, high: value ?? Number.NaN },
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
  const places = placesOf(names, score.items, score.id).filter(scored)
  switch (score.method) {
    case 'concat':
      return { id: score.id, score: concatScore(places) }
    case 'bandIndex':
      return { id: score.id, score: levelScore(score, names) }
    default:
      return { id: score.id, score: numberScore(score, names, places) }
  }
}
