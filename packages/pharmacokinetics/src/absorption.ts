import type { CurveEvent } from './curve.ts'
import type { DosePlan } from './dose.ts'
import { type ExponentialSum, scaled, through } from './exponential-sum.ts'
import { type CompiledModel, fillPath, type PathValues, type System } from './individual.ts'
import type { Decay } from './mammillary.ts'

/** A dose plan for one person: what each path does, and when what enters it. */
export type PersonalPlan = { readonly paths: readonly PathValues[]; readonly events: readonly CurveEvent[] }

/** Shares, release times and lags of a person put to a plan. An event's input is the place of its path. */
export function personalPlan(
  compiled: CompiledModel,
  plan: DosePlan,
  parameters: Float64Array,
  system: System,
  swallowedFactor = 1,
): PersonalPlan {
  const paths = plan.uses.map((use) => {
    const values: PathValues = { share: 1, ratePerMin: 0, releasedOverMin: 0, lagMin: 0 }
    fillPath(compiled, use, parameters, system, values)
    if (use.path.swallowed) values.share = Math.min(1, values.share * swallowedFactor)
    return values
  })
  const events: CurveEvent[] = []
  for (const input of plan.inputs) {
    const { share, releasedOverMin, lagMin } = paths[input.use]!
    const atMin = input.atMin + lagMin
    if (input.kind === 'rate') {
      events.push({ atMin, input: input.use, bolus: 0, rateChange: input.changeMgPerMin * share })
    } else if (releasedOverMin > 0) {
      const rateChange = (input.doseMg * share) / releasedOverMin
      events.push({ atMin, input: input.use, bolus: 0, rateChange })
      events.push({ atMin: atMin + releasedOverMin, input: input.use, bolus: 0, rateChange: -rateChange })
    } else {
      events.push({ atMin, input: input.use, bolus: input.doseMg * share, rateChange: 0 })
    }
  }
  return { paths, events }
}

/**
 * Amount in a compartment after a unit was put into another, for a system without depots. Compartment −1 is central.
 */
function disposed(
  { rates, weights, count }: Decay,
  system: System,
  from: number,
  to: number,
): ExponentialSum {
  const ratesOut: number[] = []
  const weightsOut: number[] = []
  for (let i = 0; i < count; i += 1) {
    let weight = weights[i]!
    if (from >= 0) weight *= system.backPerMin[from]! / gap(system, from, rates[i]!)
    if (to >= 0) weight *= system.outPerMin[to]! / gap(system, to, rates[i]!)
    ratesOut.push(rates[i]!)
    weightsOut.push(weight)
  }
  return { rates: ratesOut, weights: weightsOut }
}

function gap(system: System, peripheral: number, rate: number): number {
  return system.backPerMin[peripheral]! + system.peripheralLossPerMin[peripheral]! - rate
}

/** What a unit into each path does to the amount in a compartment (−1 central, then the peripherals). */
export function answersOf(
  plan: DosePlan,
  { paths }: PersonalPlan,
  system: System,
  decay: Decay,
  compartment: number,
): ExponentialSum[] {
  return plan.uses.map((use, at) => {
    const from = use.path.into === 'liver' ? system.peripherals - 1 : -1
    const direct = disposed(decay, system, from, compartment)
    const rate = paths[at]!.ratePerMin
    return rate > 0 ? through(direct, rate, rate) : direct
  })
}

/** Milligrams per litre to nanograms per millilitre. */
const NG_PER_ML = 1000

export function concentrationAnswers(
  plan: DosePlan,
  personal: PersonalPlan,
  system: System,
  decay: Decay,
): ExponentialSum[] {
  return answersOf(plan, personal, system, decay, -1).map((sum) => scaled(sum, NG_PER_ML / system.volumeL))
}

/** The same, seen through a first-order delay of the given rate. */
export function delayed(answers: readonly ExponentialSum[], ratePerMin: number): ExponentialSum[] {
  return answers.map((sum) => through(sum, ratePerMin, ratePerMin))
}
