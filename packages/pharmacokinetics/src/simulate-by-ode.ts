import { personalPlan } from './absorption.ts'
import { integratorOf, type OdeControl } from './dormand-prince.ts'
import { checkDoses, checkTimes, type Dose, planDoses } from './dose.ts'
import { compileModel, emptySystem, fillParameters, logSize } from './individual.ts'
import type { Model } from './model.ts'
import { checkPerson, type Person } from './person.ts'
import type { Refusal } from './refusal.ts'
import { type EffectSiteChoice, effectSiteOf } from './simulate.ts'

const LN2 = Math.LN2

export type OdeOptions = Partial<OdeControl> & {
  readonly effectSite?: EffectSiteChoice
  /**
   * Multiplies the elimination rate, by time and concentration: saturation, or a change during the session. With it no
   * closed form exists; no published model here needs it.
   */
  readonly eliminationFactor?: (timeMin: number, concentrationNgPerMl: number) => number
}

export type OdeSimulation = {
  readonly ok: true
  readonly timesMin: Float64Array
  readonly concentrationNgPerMl: Float64Array
  readonly effectSiteNgPerMl: Float64Array | null
  readonly areaNgMinPerMl: Float64Array
}

/**
 * The same course as `simulate`, flow by flow with an ODE solver: for elimination that has no closed form, and to check
 * the closed form by another way. Tolerances 1e-9 relative and 1e-12 mg absolute unless told.
 */
export function simulateByOde(
  model: Model,
  person: Person,
  doses: readonly Dose[],
  timesMin: ArrayLike<number>,
  options: OdeOptions = {},
): OdeSimulation | Refusal {
  const effect = effectSiteOf(model, options.effectSite)
  const wrong = checkPerson(person) ?? checkDoses(model, doses) ?? checkTimes(timesMin)
  if (wrong) return wrong
  if (effect !== null && 'ok' in effect) return effect
  const compiled = compileModel(model)
  const parameters = new Float64Array(compiled.names.length)
  fillParameters(compiled, person, logSize(compiled, person.weightKg), null, parameters)
  const system = emptySystem()
  compiled.fill(parameters, system)
  const plan = planDoses(model, doses)
  const { paths, events } = personalPlan(compiled, plan, parameters, system)
  const n = system.peripherals
  const uses = plan.uses.length
  const EFFECT = 1 + n
  const AREA = EFFECT + 1
  const DEPOTS = AREA + 1
  const y = new Float64Array(DEPOTS + uses)
  const fed = new Float64Array(uses)
  const ke0 = effect ? LN2 / effect.halfLifeMin.value : 0
  const toNgPerMl = 1000 / system.volumeL
  const factor = options.eliminationFactor
  const control = { relative: options.relative ?? 1e-9, absolute: options.absolute ?? 1e-12 }
  const entry = plan.uses.map((use) => (use.path.into === 'liver' ? n : 0))

  const derivative = (time: number, amount: Float64Array, into: Float64Array) => {
    const central = amount[0]!
    const scale = factor ? factor(time, central * toNgPerMl) : 1
    let flow = -system.lossPerMin * scale * central
    for (let p = 0; p < n; p += 1) {
      const exchange = system.outPerMin[p]! * central - system.backPerMin[p]! * amount[1 + p]!
      flow -= exchange
      into[1 + p] = exchange - system.peripheralLossPerMin[p]! * scale * amount[1 + p]!
    }
    into[0] = flow
    for (let u = 0; u < uses; u += 1) {
      const rate = paths[u]!.ratePerMin
      const arriving = rate > 0 ? rate * amount[DEPOTS + u]! : fed[u]!
      into[DEPOTS + u] = rate > 0 ? fed[u]! - arriving : 0
      into[entry[u]!]! += arriving
    }
    into[EFFECT] = ke0 * (central * toNgPerMl - amount[EFFECT]!)
    into[AREA] = central * toNgPerMl
  }

  const advance = integratorOf(derivative, y.length, control)
  const ordered = [...events].sort((a, b) => a.atMin - b.atMin)
  const concentration = new Float64Array(timesMin.length)
  const effectSite = new Float64Array(timesMin.length)
  const area = new Float64Array(timesMin.length)
  let time = Math.min(timesMin[0]!, ordered[0]?.atMin ?? timesMin[0]!)
  let next = 0
  const happenUntil = (until: number) => {
    for (; next < ordered.length && ordered[next]!.atMin <= until; next += 1) {
      const { atMin, input, bolus, rateChange } = ordered[next]!
      advance(y, time, atMin)
      time = atMin
      fed[input]! += rateChange
      y[paths[input]!.ratePerMin > 0 ? DEPOTS + input : entry[input]!]! += bolus
    }
    advance(y, time, until)
    time = until
  }
  for (let i = 0; i < timesMin.length; i += 1) {
    happenUntil(timesMin[i]!)
    concentration[i] = y[0]! * toNgPerMl
    effectSite[i] = y[EFFECT]!
    area[i] = y[AREA]!
  }
  return {
    ok: true,
    timesMin: Float64Array.from(timesMin),
    concentrationNgPerMl: concentration,
    effectSiteNgPerMl: effect ? effectSite : null,
    areaNgMinPerMl: area,
  }
}
