import { inMinutes } from './constant.ts'
import type { PathUse } from './dose.ts'
import { type Model, parametersOf } from './model.ts'
import type { Person } from './person.ts'
import { exp, log, power } from './portable-math.ts'

/** Most peripheral compartments (the liver is one) that any disposition here has. */
export const MOST_PERIPHERALS = 4

/**
 * A mammillary system in minutes and litres: central ⇄ each peripheral. Mutable on purpose: a population refills one
 * of these person by person without allocating.
 */
export type System = {
  volumeL: number
  /** Elimination straight from the central compartment. */
  lossPerMin: number
  peripherals: number
  readonly outPerMin: Float64Array
  readonly backPerMin: Float64Array
  /** Elimination from a peripheral (the liver). */
  readonly peripheralLossPerMin: Float64Array
  /** Share of swallowed drug that passes gut wall and liver, where the model computes it. */
  gutAndLiverShare: number
}

export function emptySystem(): System {
  return {
    volumeL: 1,
    lossPerMin: 0,
    peripherals: 0,
    outPerMin: new Float64Array(MOST_PERIPHERALS),
    backPerMin: new Float64Array(MOST_PERIPHERALS),
    peripheralLossPerMin: new Float64Array(MOST_PERIPHERALS),
    gutAndLiverShare: 1,
  }
}

/** A model's names turned into places in an array, once, so that people can be filled in quickly. */
export type CompiledModel = {
  readonly model: Model
  readonly names: readonly string[]
  readonly place: ReadonlyMap<string, number>
  /** Typical values at 70 kg in litres, minutes and shares. */
  readonly typical: Float64Array
  /** Of a model in which weight does not act: the usual powers, for the doubt whether it should. */
  readonly weightExponent: Float64Array
  readonly sizeActs: boolean
  /** 1 where people differ on the logit scale. */
  readonly logit: Uint8Array
  /** 1 where the value is a share, which nobody's can exceed. */
  readonly isShare: Uint8Array
  readonly fill: (parameters: Float64Array, system: System) => void
}

export function compileModel(model: Model): CompiledModel {
  const names = Object.keys(model.parameters)
  const place = new Map(names.map((name, at) => [name, at]))
  const typical = new Float64Array(names.length)
  const weightExponent = new Float64Array(names.length)
  const logit = new Uint8Array(names.length)
  const isShare = new Uint8Array(names.length)
  for (const [at, name] of names.entries()) {
    const parameter = model.parameters[name]!
    const perKg = parameter.unit === 'L/kg' ? 70 : parameter.unit === 'L/h/kg^0.75' ? power(70, 0.75) : 1
    typical[at] = inMinutes(parameter) * perKg
    weightExponent[at] = parameter.weightExponent
    logit[at] = parameter.spread === 'logit-normal' ? 1 : 0
    isShare[at] = parameter.unit === 'share' ? 1 : 0
  }
  const sizeActs = weightExponent.some((exponent) => exponent !== 0)
  if (!sizeActs) fillUsualExponents(model, place, weightExponent)
  return {
    model,
    names,
    place,
    typical,
    weightExponent,
    sizeActs,
    logit,
    isShare,
    fill: filler(model, place),
  }
}

/** Volumes with weight, flows with its power 0.75, rates of loss with their quotient: as in the models that have size. */
function fillUsualExponents(model: Model, place: CompiledModel['place'], into: Float64Array): void {
  const usual: Partial<Record<string, number>> = {
    L: 1,
    'L/h': 0.75,
    'L/min': 0.75,
    '1/h': -0.25,
    '1/min': -0.25,
  }
  for (const name of parametersOf(model.disposition))
    into[place.get(name)!] = usual[model.parameters[name]!.unit] ?? 0
}

/** How the disposition's names fill a system; closed over places, so filling looks nothing up. */
function filler(model: Model, place: ReadonlyMap<string, number>): CompiledModel['fill'] {
  const disposition = model.disposition
  const at = (name: string) => place.get(name)!
  const volume = at(disposition.volume)
  if (disposition.kind === 'rate-constants') {
    const elimination = at(disposition.elimination)
    const out = disposition.peripherals.map((p) => at(p.out))
    const back = disposition.peripherals.map((p) => at(p.back))
    return (p, system) => {
      system.volumeL = p[volume]!
      system.lossPerMin = p[elimination]!
      system.peripherals = out.length
      for (let i = 0; i < out.length; i += 1) {
        system.outPerMin[i] = p[out[i]!]!
        system.backPerMin[i] = p[back[i]!]!
      }
    }
  }
  const flow = disposition.peripherals.map((p) => at(p.flow))
  const volumes = disposition.peripherals.map((p) => at(p.volume))
  const exchange = (p: Float64Array, system: System) => {
    system.volumeL = p[volume]!
    system.peripherals = flow.length
    for (let i = 0; i < flow.length; i += 1) {
      system.outPerMin[i] = p[flow[i]!]! / p[volume]!
      system.backPerMin[i] = p[flow[i]!]! / p[volumes[i]!]!
    }
  }
  if (disposition.kind === 'clearances') {
    const clearance = at(disposition.clearance)
    return (p, system) => {
      exchange(p, system)
      system.lossPerMin = p[clearance]! / p[volume]!
    }
  }
  if (disposition.kind === 'liver-compartment') {
    const liverFlow = at(disposition.liver.flow)
    const liverVolume = at(disposition.liver.volume)
    const losses = disposition.liver.losses.map(at)
    return (p, system) => {
      exchange(p, system)
      const liver = system.peripherals
      let loss = 0
      for (let i = 0; i < losses.length; i += 1) loss += p[losses[i]!]!
      system.outPerMin[liver] = p[liverFlow]! / p[volume]!
      system.backPerMin[liver] = p[liverFlow]! / p[liverVolume]!
      system.peripheralLossPerMin[liver] = loss
      system.peripherals = liver + 1
    }
  }
  const liverFlow = at(disposition.liverFlow)
  const intrinsic = at(disposition.liverIntrinsic)
  const unbound = at(disposition.unboundInBlood)
  const gutIntrinsic = at(disposition.gutIntrinsic)
  const permeability = at(disposition.gutPermeability)
  const villous = at(disposition.villousShareOfFlow)
  return (p, system) => {
    exchange(p, system)
    const cleared = p[intrinsic]! * p[unbound]!
    const extraction = cleared / (p[liverFlow]! + cleared)
    system.lossPerMin = (p[liverFlow]! * extraction) / p[volume]!
    const villousFlow = p[villous]! * p[liverFlow]!
    const gutFlow = (villousFlow * p[permeability]!) / (villousFlow + p[permeability]!)
    system.gutAndLiverShare = (gutFlow / (gutFlow + p[gutIntrinsic]!)) * (1 - extraction)
  }
}

/**
 * log(weight/70), times how far size acts. Belief 1 = as the model says, 0 = the other way: not at all, or, where the model
 * has no size, as usual.
 */
export function logSize({ sizeActs }: CompiledModel, weightKg: number, belief = 1): number {
  const acting = sizeActs ? belief : 1 - belief
  return acting === 0 ? 0 : acting * log(weightKg / 70)
}

/**
 * The parameters of one person: typical value × size × e^deviate (or the deviate added on the logit scale).
 *
 * @param sizeLog `logSize` of the person
 * @param deviates one per parameter, 0 for the typical person
 */
export function fillParameters(
  compiled: CompiledModel,
  person: Person,
  sizeLog: number,
  deviates: Float64Array | null,
  into: Float64Array,
): void {
  const { typical, weightExponent, logit, isShare, model } = compiled
  for (let i = 0; i < typical.length; i += 1) {
    const deviate = deviates === null ? 0 : deviates[i]!
    const base = typical[i]!
    if (logit[i] === 1 && deviate !== 0) {
      into[i] = base <= 0 || base >= 1 ? base : 1 / (1 + ((1 - base) / base) * exp(-deviate))
      continue
    }
    const scale = weightExponent[i]! * sizeLog + deviate
    const value = scale === 0 ? base : base * exp(scale)
    into[i] = value > 1 && isShare[i] === 1 ? 1 : value
  }
  const byAge = model.liverFlowByAge
  if (byAge && person.ageYears !== undefined && person.ageYears > 60) {
    const at = compiled.place.get(byAge.parameter)!
    const fall = inMinutes(byAge.perYearOver60) * (person.ageYears - 60)
    // The published line would reach zero at 129 years; it is not followed below a tenth.
    into[at]! *= Math.max(0.1, 1 - fall / typical[at]!)
  }
}

/** What one path does for one person. */
export type PathValues = {
  share: number
  ratePerMin: number
  releasedOverMin: number
  lagMin: number
}

export function fillPath(
  compiled: CompiledModel,
  use: PathUse,
  p: Float64Array,
  system: System,
  into: PathValues,
): void {
  const { place } = compiled
  let share = 1
  for (const factor of use.path.share) {
    if ('passes' in factor) {
      share *= system.gutAndLiverShare
      continue
    }
    const name = 'of' in factor ? factor.of : factor.rest
    let part = p[place.get(name)!]!
    if (use.later && factor.laterDoses) part *= p[place.get(factor.laterDoses)!]!
    share *= 'of' in factor ? part : 1 - part
  }
  const path = use.path
  into.share = share
  into.ratePerMin = 'rate' in path && path.rate ? p[place.get(path.rate)!]! : 0
  into.releasedOverMin = 'releasedOver' in path && path.releasedOver ? p[place.get(path.releasedOver)!]! : 0
  into.lagMin = 'lag' in path && path.lag ? p[place.get(path.lag)!]! : 0
}

/**
 * Multiplies the clearance of a system. Where a liver compartment clears, its rate constants change by as much as its
 * extraction needs; clearance cannot exceed the liver's flow.
 */
export function scaleClearance(system: System, factor: number): void {
  if (factor === 1) return
  system.lossPerMin *= factor
  for (let p = 0; p < system.peripherals; p += 1) {
    const loss = system.peripheralLossPerMin[p]!
    if (loss === 0) continue
    const extraction = loss / (loss + system.backPerMin[p]!)
    const wanted = Math.min(0.98, extraction * factor)
    system.peripheralLossPerMin[p] = (system.backPerMin[p]! * wanted) / (1 - wanted)
  }
}
