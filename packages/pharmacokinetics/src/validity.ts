import { type Dose, totalDoseMg } from './dose.ts'
import { type ExposureFactor, exposureFactorById, rangeFor } from './exposure-factors.ts'
import type { Model } from './model.ts'
import type { Person } from './person.ts'

/** Something that must stand beside a curve. `widens` is false for those that only flag: an unusual dose, an unknown age. */
export type Warning = {
  readonly reason:
    | 'weight-below-range'
    | 'weight-above-range'
    | 'age-below-range'
    | 'age-above-range'
    | 'age-unknown'
    | 'dose-below-range'
    | 'dose-above-range'
    | 'factor'
    | 'unknown-factor'
  readonly value: number | string | null
  readonly range: readonly [number, number] | null
  readonly widens: boolean
  readonly words: string
}

/** Everything about this person and schedule that the model was not made for. Empty = within range. */
export function warningsFor(model: Model, person: Person, doses: readonly Dose[]): Warning[] {
  const warnings: Warning[] = []
  const { weightKg, ageYears, doseMgPerKg } = model.validFor
  // What widens is read off the doubt itself, so that the two cannot say different things.
  const doubt = doubtAbout(model, { ...person, factors: [] })
  const compare = (
    what: 'weight' | 'age' | 'dose',
    value: number,
    range: readonly [number, number],
    unit: string,
    widens: boolean,
  ) => {
    // A dose computed from a weight comes back with a rounding remainder.
    if (value >= range[0] * (1 - 1e-9) && value <= range[1] * (1 + 1e-9)) return
    warnings.push({
      reason: `${what}-${value < range[0] ? 'below' : 'above'}-range`,
      value,
      range,
      widens,
      words: `${what} ${Number(value.toPrecision(3))} ${unit} is outside ${range[0]} to ${range[1]} ${unit}, for which this model was made`,
    })
  }
  compare('weight', person.weightKg, weightKg, 'kg', doubt.size)
  if (person.ageYears === undefined) {
    warnings.push({
      reason: 'age-unknown',
      value: null,
      range: ageYears,
      widens: false,
      words: `age unknown; this model was made for ${ageYears[0]} to ${ageYears[1]} years`,
    })
  } else {
    const [low, high] = doubt.clearance
    compare('age', person.ageYears, ageYears, 'years', low < 1 || high > 1)
  }
  const total = totalDoseMg(doses)
  if (total !== null && total > 0) compare('dose', total / person.weightKg, doseMgPerKg, 'mg/kg', false)
  for (const id of person.factors ?? []) {
    const factor = exposureFactorById(id)
    if (factor) warnings.push(...factorWarning(factor, doses))
    else {
      warnings.push({
        reason: 'unknown-factor',
        value: id,
        range: null,
        widens: false,
        words: `nothing is known here about ${id}`,
      })
    }
  }
  return warnings
}

function factorWarning(factor: ExposureFactor, doses: readonly Dose[]): Warning[] {
  const ranges = doses.map((dose) => rangeFor(factor, dose.route)).filter((range) => range !== null)
  const range: [number, number] = [
    Math.min(1, ...ranges.map(([low]) => low)),
    Math.max(1, ...ranges.map(([, high]) => high)),
  ]
  const widens = range[0] < 1 || range[1] > 1
  return [{ reason: 'factor', value: factor.id, range: widens ? range : null, widens, words: factor.words }]
}

/**
 * How far the truth may lie from the model for this person: factors on clearance, and whether size is in doubt.
 * A population draws between them evenly; a typical course is bounded by them.
 */
export type Doubt = {
  /** Size may act as the model says, or not at all; where the model has none, it may act as in the others. */
  readonly size: boolean
  /** Clearance may be multiplied by anything in this range. */
  readonly clearance: readonly [number, number]
  /** The same for the absorbed share of what is swallowed. */
  readonly swallowedShare: readonly [number, number]
}

/**
 * Perez-Ruixo 2021: liver flow falls 2.19 L/h for each year above 60; at 80 years S-ketamine's clearance is 84 instead
 * of 109 L/h. Per year above 60, as a share of clearance.
 */
const CLEARANCE_FALL_PER_YEAR = (1 - 84 / 109) / 20
/** Children's models against the default's 84 L/h: 38.9 (Hornik 2018) to 112 L/h (Flint 2017, ventilated children). */
const OF_CHILDREN = [38.9 / 84, 112 / 84] as const
/** The interval of 18 studies of other adults around their mean: 79 L/h (69 to 90), Kamp 2020. That it holds here is ours (D). */
const OF_OTHER_ADULTS = [69 / 79, 90 / 79] as const
/** However old, no quarter or fourfold of a clearance is exceeded: ours. */
const MOST_DOUBT = 4

/** By what clearance may have to be multiplied outside a model's ages; never exactly what the model says there. */
function ageDoubt(model: Model, age: number | undefined): readonly [number, number] {
  const [least, most] = model.validFor.ageYears
  if (age === undefined || (age >= least && age <= most)) return [1, 1]
  if (age < 18) return OF_CHILDREN
  const fallen = CLEARANCE_FALL_PER_YEAR * Math.max(0, age - 60)
  if (model.liverFlowByAge && age > 60) {
    // The model's own line goes on beyond those who were measured: it may have ended there, or fall twice as steeply.
    const left = Math.max(1 / MOST_DOUBT, 1 - fallen)
    const beyond = (CLEARANCE_FALL_PER_YEAR * (age - Math.max(60, most))) / left
    return [Math.max(1 / MOST_DOUBT, 1 - beyond), Math.min(MOST_DOUBT, 1 + beyond)]
  }
  // Up to 60 no study saw age act; a model of the young alone is as unsure there as studies of adults differ.
  const [low, high] = age < least || most < 60 ? OF_OTHER_ADULTS : [1, 1]
  return [Math.max(1 / MOST_DOUBT, low * (1 - fallen)), high]
}

export function doubtAbout(model: Model, person: Person): Doubt {
  const [leastKg, mostKg] = model.validFor.weightKg
  let [low, high] = ageDoubt(model, person.ageYears)
  let shareLow = 1
  let shareHigh = 1
  for (const id of person.factors ?? []) {
    const factor = exposureFactorById(id)
    if (!factor) continue
    low /= factor.vein[1]
    high /= factor.vein[0]
    if (factor.swallowed) {
      // What gut and liver add on the way in, beyond what the slower clearance already does.
      shareLow *= Math.min(1, factor.swallowed[0] / factor.vein[0])
      shareHigh *= Math.max(1, factor.swallowed[1] / factor.vein[1])
    }
  }
  return {
    size: person.weightKg < leastKg || person.weightKg > mostKg,
    clearance: [low, high],
    swallowedShare: [shareLow, shareHigh],
  }
}

/** One belief about a person within a doubt: how far size acts, and what multiplies clearance and swallowed share. */
export type Assumption = {
  readonly size: number
  readonly clearance: number
  readonly swallowedShare: number
}

export const AS_THE_MODEL_SAYS: Assumption = { size: 1, clearance: 1, swallowedShare: 1 }

/** The corners of a doubt; the first is the model itself. */
export function cornersOf({ size, clearance, swallowedShare }: Doubt): Assumption[] {
  const corners: Assumption[] = [AS_THE_MODEL_SAYS]
  for (const s of size ? [1, 0] : [1]) {
    for (const c of new Set([1, ...clearance])) {
      for (const w of new Set([1, ...swallowedShare])) {
        if (s !== 1 || c !== 1 || w !== 1) corners.push({ size: s, clearance: c, swallowedShare: w })
      }
    }
  }
  return corners
}
