import { checkDoses, checkTimes, type Dose } from './dose.ts'
import type { Model, Residual, Variability } from './model.ts'
import { checkPerson, MOST_AGE_YEARS, type Person, WEIGHT_LIMITS_KG } from './person.ts'
import { type Refusal, refuse } from './refusal.ts'
import { type EffectSiteChoice, effectSiteOf } from './simulate.ts'

/** People drawn from a description: log-normal weight and uniform age, both within bounds. */
export type PeopleDistribution = {
  readonly weightKg: {
    readonly median: number
    readonly cv: number
    readonly least: number
    readonly most: number
  }
  readonly ageYears: { readonly least: number; readonly most: number }
}

/** One person many times, a list gone round, or a distribution. */
export type People = Person | readonly Person[] | PeopleDistribution

export type PopulationOptions = {
  /** How many people to draw. */
  readonly n: number
  /** Any whole number of 32 bits, with or without sign; the same seed gives the same result. */
  readonly seed: number
  /** How people differ; the model's own unless told. */
  readonly omega?: Variability | 'none'
  /** What a measured level differs by beside that; the model's own unless told. */
  readonly residual?: Residual | 'none'
  /**
   * Whether each level has its own residual, as a laboratory's would (unless told), or a person the same one throughout.
   * At any one time both have the same distribution; bands of few people are smooth over time only with the second.
   */
  readonly residualDrawn?: 'each-time' | 'once-per-person'
  /** Also draw from the standard errors of typical values and of the effect-site rate; yes unless told. */
  readonly parameterUncertainty?: boolean
  readonly effectSite?: EffectSiteChoice
  /** Shares between 0 and 1, ascending; 0.05, 0.25, 0.5, 0.75, 0.95 unless told. */
  readonly percentiles?: readonly number[]
}

/** All that a part of a population needs, plain data: it can be sent to a worker thread. */
export type PopulationJob = {
  readonly model: Model
  readonly people: People
  readonly doses: readonly Dose[]
  readonly timesMin: Float64Array
  readonly options: PopulationOptions
  /** Lower triangle of the Cholesky factor, row by row, over `spreadNames`. */
  readonly spreadNames: readonly string[]
  readonly factor: Float64Array
}

/** Standard deviation on the logarithmic scale beyond which one person in three differs by more than 150 times. */
const MOST_SD = 5

export const USUAL_PERCENTILES = [0.05, 0.25, 0.5, 0.75, 0.95] as const

export function isDistribution(people: People): people is PeopleDistribution {
  return !Array.isArray(people) && typeof (people as PeopleDistribution).weightKg === 'object'
}

/** Checks everything once, before work starts. */
export function jobOf(
  model: Model,
  people: People,
  doses: readonly Dose[],
  timesMin: ArrayLike<number>,
  options: PopulationOptions,
): PopulationJob | Refusal {
  const { n, seed, omega = model.variability, percentiles = USUAL_PERCENTILES, residual } = options
  if (!Number.isSafeInteger(n) || n < 1) return refuse('not-a-count', 'options.n', n)
  if (!Number.isSafeInteger(seed)) return refuse('not-a-number', 'options.seed', seed)
  if (seed < -2147483648 || seed > 4294967295) return refuse('out-of-range', 'options.seed', seed)
  for (const [at, share] of percentiles.entries()) {
    if (!(share >= 0 && share <= 1)) return refuse('not-a-share', `options.percentiles[${at}]`, share)
    if (at > 0 && !(share > percentiles[at - 1]!)) {
      return refuse('times-not-ascending', `options.percentiles[${at}]`, share)
    }
  }
  if (percentiles.length === 0) return refuse('nothing-given', 'options.percentiles', percentiles)
  if (residual && residual !== 'none' && !(Number.isFinite(residual.sd) && residual.sd >= 0)) {
    return refuse('below-zero', 'options.residual.sd', residual.sd)
  }
  if (residual && residual !== 'none' && residual.sd > MOST_SD) {
    return refuse('out-of-range', 'options.residual.sd', residual.sd)
  }
  const effect = effectSiteOf(model, options.effectSite)
  if (effect !== null && 'ok' in effect) return effect
  const wrong = checkPeople(people) ?? checkDoses(model, doses) ?? checkTimes(timesMin)
  if (wrong) return wrong
  const spread = omega === 'none' ? { names: [], factor: new Float64Array(0) } : factorise(model, omega)
  if ('ok' in spread) return spread
  return {
    model,
    people,
    doses,
    timesMin: Float64Array.from(timesMin),
    options,
    spreadNames: spread.names,
    factor: spread.factor,
  }
}

function checkPeople(people: People): Refusal | null {
  if (Array.isArray(people)) {
    if (people.length === 0) return refuse('nothing-given', 'people', people)
    for (const [at, person] of people.entries()) {
      const wrong = checkPerson(person, `people[${at}]`)
      if (wrong) return wrong
    }
    return null
  }
  if (!isDistribution(people)) return checkPerson(people as Person)
  const { weightKg, ageYears } = people
  for (const [name, value] of Object.entries(weightKg)) {
    if (!Number.isFinite(value)) return refuse('not-a-number', `people.weightKg.${name}`, value)
    if (value <= 0 && name !== 'cv') return refuse('not-above-zero', `people.weightKg.${name}`, value)
    if (value < 0) return refuse('below-zero', `people.weightKg.${name}`, value)
    const [least, most] = name === 'cv' ? [0, MOST_SD] : WEIGHT_LIMITS_KG
    if (value < least || value > most) return refuse('out-of-range', `people.weightKg.${name}`, value)
  }
  if (!(weightKg.least <= weightKg.median && weightKg.median <= weightKg.most)) {
    return refuse('out-of-range', 'people.weightKg.median', weightKg.median)
  }
  for (const [name, value] of Object.entries(ageYears)) {
    if (!Number.isFinite(value)) return refuse('not-a-number', `people.ageYears.${name}`, value)
    if (value < 0) return refuse('below-zero', `people.ageYears.${name}`, value)
    if (value > MOST_AGE_YEARS) return refuse('out-of-range', `people.ageYears.${name}`, value)
  }
  return ageYears.least <= ageYears.most
    ? null
    : refuse('out-of-range', 'people.ageYears.least', ageYears.least)
}

/** Cholesky factor of the covariances; a refusal when they are not those of anything. */
function factorise(
  model: Model,
  omega: Variability,
): { readonly names: readonly string[]; readonly factor: Float64Array } | Refusal {
  for (const [name, value] of Object.entries(omega.variances)) {
    if (!Object.hasOwn(model.parameters, name))
      return refuse('unknown-parameter', `options.omega.${name}`, name)
    if (!(Number.isFinite(value) && value >= 0)) {
      return refuse('below-zero', `options.omega.variances.${name}`, value)
    }
    if (value > MOST_SD * MOST_SD) return refuse('out-of-range', `options.omega.variances.${name}`, value)
  }
  // In the model's order, so that two ways of writing the same variability draw the same people.
  const names = Object.keys(model.parameters).filter((name) => (omega.variances[name] ?? 0) > 0)
  const size = names.length
  const factor = new Float64Array(size * size)
  for (let i = 0; i < size; i += 1) factor[i * size + i] = omega.variances[names[i]!]!
  for (const [at, { between, value }] of (omega.covariances ?? []).entries()) {
    const places = between.map((name) => names.indexOf(name)).sort((a, b) => a - b)
    if (places[0]! < 0 || places[0] === places[1] || !Number.isFinite(value)) {
      return refuse('not-a-covariance', `options.omega.covariances[${at}]`, between.join(', '))
    }
    factor[places[1]! * size + places[0]!] = value
  }
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = factor[i * size + j]!
      for (let k = 0; k < j; k += 1) sum -= factor[i * size + k]! * factor[j * size + k]!
      if (i === j) {
        if (!(sum > 0)) return refuse('not-a-covariance', 'options.omega', names[i])
        factor[i * size + i] = Math.sqrt(sum)
      } else factor[i * size + j] = sum / factor[j * size + j]!
    }
  }
  return { names, factor }
}
