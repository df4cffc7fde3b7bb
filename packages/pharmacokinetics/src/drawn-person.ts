import type { DosePlan } from './dose.ts'
import { type CompiledModel, compileModel, fillParameters, logSize } from './individual.ts'
import type { AbsorptionPath } from './model.ts'
import { varianceOfCv } from './models/parts.ts'
import type { Person } from './person.ts'
import { isDistribution, type PopulationJob } from './population-options.ts'
import { exp, log } from './portable-math.ts'
import { bits, emptyStream, normal, restart, uniform } from './random.ts'
import { effectSiteOf } from './simulate.ts'
import { type Doubt, doubtAbout } from './validity.ts'

const LN2 = Math.LN2

/** One drawn person; mutable, refilled for each. */
export type DrawnPerson = {
  readonly parameters: Float64Array
  clearance: number
  swallowedShare: number
  /** 0 without an effect site. */
  ke0PerMin: number
  /** Factor on the whole effect-site course: the residual, once per person. */
  effectFactor: number
  /** Where this person's chance for residuals begins. */
  residualSeed: number
}

/** Draws people by number: the same number is the same person, whoever asks. */
export function drawerOf(
  job: PopulationJob,
  plan: DosePlan,
): {
  readonly compiled: CompiledModel
  readonly drawn: DrawnPerson
  readonly draw: (person: number) => void
} {
  const { model, people, options, spreadNames, factor } = job
  const compiled = compileModel(model)
  const count = compiled.names.length
  const places = Int32Array.from(spreadNames, (name) => compiled.place.get(name)!)
  const size = places.length
  const raw = new Float64Array(size)
  const omega = options.omega ?? model.variability
  const tied = omega !== 'none' && (omega.covariances ?? []).length > 0
  const needed = neededOf(job, plan, tied)
  const deviates = new Float64Array(count)
  const useUncertainty = options.parameterUncertainty !== false
  const uncertain = Object.entries(model.uncertainty)
    .filter(([name]) => useUncertainty && name !== 'ke0')
    .map(([name, { sd }]) => ({ at: compiled.place.get(name)!, sd }))
  const chosen = effectSiteOf(model, options.effectSite)
  const effect = chosen && !('ok' in chosen) ? chosen : null
  const interval = effect?.halfLifeMin.interval95
  // The chosen site's own interval, not the default's.
  const ke0Sd = useUncertainty && interval ? log(interval[1] / interval[0]) / (2 * 1.959963984540054) : 0
  const ke0 = effect ? LN2 / effect.halfLifeMin.value : 0
  const residual = options.residual ?? model.residual
  const effectSd = residual === 'none' ? 0 : residual.sd
  const stream = emptyStream()

  const list: readonly Person[] | null = isDistribution(people)
    ? null
    : Array.isArray(people)
      ? people
      : [people as Person]
  const described = isDistribution(people) ? people : null
  const weightSd = described ? Math.sqrt(varianceOfCv(described.weightKg.cv)) : 0
  const doubts: Doubt[] = []

  const drawn: DrawnPerson = {
    parameters: new Float64Array(count),
    clearance: 1,
    swallowedShare: 1,
    ke0PerMin: ke0,
    effectFactor: 1,
    residualSeed: 0,
  }

  function draw(number: number): void {
    restart(stream, options.seed, number)
    let person: Person
    let doubt: Doubt
    if (described) {
      person = describedPerson()
      doubt = doubtAbout(model, person)
    } else {
      const at = number % list!.length
      person = list![at]!
      doubt = doubts[at] ??= doubtAbout(model, person)
    }
    for (let i = 0; i < size; i += 1) {
      // One number is taken for each parameter even where the doses do not need it, so other doses meet the same person.
      if (needed[i] === 1) raw[i] = normal(stream)
      else bits(stream)
    }
    deviates.fill(0)
    for (let i = 0; i < size; i += 1) {
      if (needed[i] === 0) continue
      let sum = factor[i * size + i]! * raw[i]!
      if (tied) for (let k = 0; k < i; k += 1) sum += factor[i * size + k]! * raw[k]!
      deviates[places[i]!] = sum
    }
    for (let u = 0; u < uncertain.length; u += 1) {
      deviates[uncertain[u]!.at]! += uncertain[u]!.sd * normal(stream)
    }
    drawn.ke0PerMin = ke0 === 0 ? 0 : ke0Sd === 0 ? ke0 : ke0 * exp(ke0Sd * normal(stream))
    const belief = doubt.size ? uniform(stream) : 1
    drawn.clearance = between(doubt.clearance)
    drawn.swallowedShare = between(doubt.swallowedShare)
    drawn.effectFactor =
      effectSd === 0
        ? 1
        : residual !== 'none' && residual.form === 'log-normal'
          ? exp(effectSd * normal(stream))
          : Math.max(0, 1 + effectSd * normal(stream))
    drawn.residualSeed = bits(stream)
    fillParameters(compiled, person, logSize(compiled, person.weightKg, belief), deviates, drawn.parameters)
  }

  function between([low, high]: readonly [number, number]): number {
    if (low === high) return low
    return low * exp(log(high / low) * uniform(stream))
  }

  function describedPerson(): Person {
    const { weightKg, ageYears } = described!
    let weight = 0
    // Redrawn while outside; a description that hardly allows its own bounds ends at them.
    for (let attempt = 0; attempt < 20; attempt += 1) {
      weight = weightKg.median * exp(weightSd * normal(stream))
      if (weight >= weightKg.least && weight <= weightKg.most) break
    }
    return {
      weightKg: Math.min(weightKg.most, Math.max(weightKg.least, weight)),
      ageYears: ageYears.least + (ageYears.most - ageYears.least) * uniform(stream),
    }
  }

  return { compiled, drawn, draw }
}

/** Which of the spread parameters these doses can make use of: all of the disposition, and those of paths in use. */
function neededOf({ model, spreadNames }: PopulationJob, plan: DosePlan, tied: boolean): Uint8Array {
  const routeNames = new Set(Object.values(model.routes).flatMap((paths) => paths.flatMap(namesOfPath)))
  const used = new Set(plan.uses.flatMap(({ path }) => namesOfPath(path)))
  return Uint8Array.from(spreadNames, (name) => (tied || !routeNames.has(name) || used.has(name) ? 1 : 0))
}

function namesOfPath(path: DosePlan['uses'][number]['path'] | AbsorptionPath): string[] {
  const { rate, releasedOver, lag, share }: Partial<AbsorptionPath> = path
  const inShare = (share ?? []).flatMap((factor) =>
    'of' in factor
      ? [factor.of, factor.laterDoses]
      : 'rest' in factor
        ? [factor.rest, factor.laterDoses]
        : [],
  )
  return [rate, releasedOver, lag, ...inShare].filter((name) => name !== undefined)
}
