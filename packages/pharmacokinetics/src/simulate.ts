import { answersOf, concentrationAnswers, delayed, personalPlan } from './absorption.ts'
import { areasTo, type Curve, curveOf, totalArea, valueAt } from './curve.ts'
import { type Peak, peakAndStretches } from './curve-figures.ts'
import { checkDoses, checkTimes, type Dose, planDoses } from './dose.ts'
import {
  type CompiledModel,
  compileModel,
  emptySystem,
  fillParameters,
  logSize,
  type System,
  scaleClearance,
} from './individual.ts'
import { type Decay, decayOf, emptyDecay } from './mammillary.ts'
import type { EffectSite, Model, Sampling } from './model.ts'
import { checkPerson, type Person } from './person.ts'
import { type Refusal, refuse } from './refusal.ts'
import { AS_THE_MODEL_SAYS, type Assumption, type Warning, warningsFor } from './validity.ts'

const LN2 = Math.LN2

/** `default` and `fast` are the model's own; a half-life in minutes is a researcher's. */
export type EffectSiteChoice = 'default' | 'fast' | { readonly halfLifeMin: number } | 'none'

export type SimulateOptions = {
  readonly effectSite?: EffectSiteChoice
  /** Also give amounts by compartment. */
  readonly amounts?: boolean
}

export type Simulation = {
  readonly ok: true
  readonly modelId: string
  readonly sampling: Sampling
  readonly timesMin: Float64Array
  /** At the model's site of sampling. At the time of a bolus: just after it. */
  readonly concentrationNgPerMl: Float64Array
  /** Null where the model has none: an effect site needs arterial data and a rate fitted to them. */
  readonly effectSiteNgPerMl: Float64Array | null
  readonly effectSite: EffectSite | null
  /** Area under the concentration from the first dose to each time. */
  readonly areaNgMinPerMl: Float64Array
  /** Milligrams by compartment and depot, where asked for; what was cleared or never absorbed is not among them. */
  readonly amountsMg: Readonly<Record<string, Float64Array>> | null
  readonly curves: { readonly concentration: Curve; readonly effectSite: Curve | null }
  readonly warnings: readonly Warning[]
}

/** A typical person and a plan put together: what the parts of a simulation are made from. */
type Case = {
  readonly compiled: CompiledModel
  readonly system: System
  readonly decay: Decay
  readonly parameters: Float64Array
}

function caseOf(model: Model, person: Person, assume: Assumption): Case {
  const compiled = compileModel(model)
  const parameters = new Float64Array(compiled.names.length)
  fillParameters(compiled, person, logSize(compiled, person.weightKg, assume.size), null, parameters)
  const system = emptySystem()
  compiled.fill(parameters, system)
  scaleClearance(system, assume.clearance)
  const decay = emptyDecay()
  decayOf(system, decay)
  return { compiled, system, decay, parameters }
}

/**
 * The typical course of a schedule in a person: closed form, to rounding.
 *
 * @param timesMin strictly ascending; times before the first dose have 0
 * @returns a refusal by field and value for what cannot be simulated; outside the model's range a result with warnings
 * @example simulate(kamp2020, { weightKg: 70 }, [{ route: 'iv-infusion', startMin: 0, durationMin: 40, doseMg: 35 }], [10, 40])
 */
export function simulate(
  model: Model,
  person: Person,
  doses: readonly Dose[],
  timesMin: ArrayLike<number>,
  options: SimulateOptions = {},
): Simulation | Refusal {
  return simulateAsIf(model, person, doses, timesMin, options, AS_THE_MODEL_SAYS)
}

/** `simulate` under another belief about the person: for bounds outside a model's range. */
export function simulateAsIf(
  model: Model,
  person: Person,
  doses: readonly Dose[],
  timesMin: ArrayLike<number>,
  options: SimulateOptions,
  assume: Assumption,
): Simulation | Refusal {
  const effect = effectSiteOf(model, options.effectSite)
  const wrong = checkPerson(person) ?? checkDoses(model, doses) ?? checkTimes(timesMin)
  if (wrong) return wrong
  if (effect !== null && 'ok' in effect) return effect
  const { compiled, system, decay, parameters } = caseOf(model, person, assume)
  const plan = planDoses(model, doses)
  const personal = personalPlan(compiled, plan, parameters, system, assume.swallowedShare)
  const answers = concentrationAnswers(plan, personal, system, decay)
  const concentration = curveOf(answers, personal.events)
  const effectCurve = effect
    ? curveOf(delayed(answers, LN2 / effect.halfLifeMin.value), personal.events)
    : null
  const at = (curve: Curve) => Float64Array.from(timesMin, (time) => valueAt(curve, time))
  return {
    ok: true,
    modelId: model.id,
    sampling: model.sampling,
    timesMin: Float64Array.from(timesMin),
    concentrationNgPerMl: at(concentration),
    effectSiteNgPerMl: effectCurve && at(effectCurve),
    effectSite: effect,
    areaNgMinPerMl: areasTo(concentration, timesMin),
    amountsMg: options.amounts ? amountsOf() : null,
    curves: { concentration, effectSite: effectCurve },
    warnings: warningsFor(model, person, doses),
  }

  function amountsOf(): Record<string, Float64Array> {
    const amounts: Record<string, Float64Array> = {}
    for (let c = -1; c < system.peripherals; c += 1) {
      amounts[c < 0 ? 'central' : `peripheral ${c + 1}`] = at(
        curveOf(answersOf(plan, personal, system, decay, c), personal.events),
      )
    }
    for (const [place, { ratePerMin }] of personal.paths.entries()) {
      if (ratePerMin === 0) continue
      const depot = { rates: [ratePerMin], weights: [1] }
      const own = personal.events.filter((e) => e.input === place).map((e) => ({ ...e, input: 0 }))
      amounts[`depot ${plan.uses[place]!.path.id}${plan.uses[place]!.later ? ', later' : ''}`] = at(
        curveOf([depot], own),
      )
    }
    return amounts
  }
}

/** The effect site a choice means, a refusal for nonsense, null for none. */
export function effectSiteOf(
  model: Model,
  choice: EffectSiteChoice = 'default',
): EffectSite | null | Refusal {
  if (choice === 'none') return null
  if (choice === 'default' || choice === 'fast') return model.effectSites[choice] ?? null
  const { halfLifeMin } = choice
  if (!Number.isFinite(halfLifeMin)) return refuse('not-a-number', 'effectSite.halfLifeMin', halfLifeMin)
  if (halfLifeMin <= 0) return refuse('not-above-zero', 'effectSite.halfLifeMin', halfLifeMin)
  if (halfLifeMin < 1e-3 || halfLifeMin > 1e6)
    return refuse('out-of-range', 'effectSite.halfLifeMin', halfLifeMin)
  return {
    halfLifeMin: { value: halfLifeMin, unit: 'min', source: 'chosen by the person asking', confidence: 'D' },
    endpoint: 'chosen by the person asking',
  }
}

export type Exposure = {
  readonly peak: Peak | null
  /** Area to the end of time; null while a pump runs without end. */
  readonly totalAreaNgMinPerMl: number | null
  readonly minutesAbove: number | null
  /** When it falls below the threshold for good; null when it never does, or without a threshold. */
  readonly fallsBelowAtMin: number | null
}

/**
 * Exact figures of a curve: highest value and its time, area, minutes above a threshold and when it is left for good.
 *
 * @param thresholdNgPerMl above zero; without it the last two are null
 */
export function exposureOf(curve: Curve, thresholdNgPerMl?: number): Exposure {
  const known = thresholdNgPerMl !== undefined && thresholdNgPerMl > 0
  const found = peakAndStretches(curve, known ? thresholdNgPerMl : undefined)
  const last = found?.above.at(-1)
  const leaves = found !== null && known && !(last && last.toMin >= found.endMin)
  return {
    peak: found?.peak ?? null,
    totalAreaNgMinPerMl: totalArea(curve),
    minutesAbove: leaves ? found.above.reduce((sum, { fromMin, toMin }) => sum + toMin - fromMin, 0) : null,
    fallsBelowAtMin: leaves ? (last?.toMin ?? curve.startsMin[0]!) : null,
  }
}
