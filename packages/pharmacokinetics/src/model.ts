import { type Constant, checkConstant } from './constant.ts'

/** Where blood was drawn for the data behind a model. The brain sees arterial; a laboratory draw is venous. */
export type Sampling = 'arterial' | 'venous' | 'unspecified'

export type AbsorbedRoute = 'im' | 'intranasal' | 'sublingual' | 'oral'

/** A parameter of a model: its constant, how weight acts on it, and how people differ. */
export type Parameter = Constant & {
  /** Power of weight/70 kg; 0 when weight does not act. A constant per kilogram has 1 and is multiplied by 70 kg first. */
  readonly weightExponent: number
  readonly spread: 'log-normal' | 'logit-normal'
}

/** How named parameters make compartments. All are mammillary: one central compartment, others exchange with it alone. */
export type Disposition =
  | {
      readonly kind: 'clearances'
      readonly volume: string
      readonly clearance: string
      readonly peripherals: readonly { readonly flow: string; readonly volume: string }[]
    }
  | {
      readonly kind: 'rate-constants'
      readonly volume: string
      readonly elimination: string
      readonly peripherals: readonly { readonly out: string; readonly back: string }[]
    }
  | {
      /** Elimination happens in a liver compartment that exchanges with the central one by its blood flow. */
      readonly kind: 'liver-compartment'
      readonly volume: string
      readonly peripherals: readonly { readonly flow: string; readonly volume: string }[]
      readonly liver: { readonly flow: string; readonly volume: string; readonly losses: readonly string[] }
    }
  | {
      /** Clearance = flow × extraction of a well-stirred liver; what is swallowed passes gut wall and liver first. */
      readonly kind: 'well-stirred-liver'
      readonly volume: string
      readonly peripherals: readonly { readonly flow: string; readonly volume: string }[]
      readonly liverFlow: string
      readonly liverIntrinsic: string
      readonly unboundInBlood: string
      readonly gutIntrinsic: string
      readonly gutPermeability: string
      readonly villousShareOfFlow: string
    }

/** One factor of the share of a dose that a path carries. */
export type ShareFactor =
  | { readonly of: string; readonly laterDoses?: string }
  | { readonly rest: string; readonly laterDoses?: string }
  | { readonly passes: 'gut-and-liver' }

/** One way of a dose into the body: share × (zero-order release) × (first-order rate) × (lag). */
export type AbsorptionPath = {
  readonly id: string
  readonly into: 'central' | 'liver'
  readonly share: readonly ShareFactor[]
  readonly rate?: string
  readonly releasedOver?: string
  readonly lag?: string
  /** Carries what is swallowed, so gut and liver interactions act on it. */
  readonly swallowed: boolean
}

export type Variability = {
  /** Variance of each named parameter on its own scale (logarithm, or logit). */
  readonly variances: Readonly<Record<string, number>>
  readonly covariances?: readonly { readonly between: readonly [string, string]; readonly value: number }[]
  readonly status: 'published' | 'surrogate' | 'published in part, the rest surrogate' | 'yours'
  readonly source: string
}

export type Residual = {
  readonly form: 'proportional' | 'log-normal'
  readonly sd: number
  readonly status: 'published' | 'surrogate' | 'yours'
  readonly source: string
}

/** Delay between this model's concentration and an effect. A rate belongs to the model it was fitted with. */
export type EffectSite = {
  readonly halfLifeMin: Constant
  readonly endpoint: string
}

export type Model = {
  readonly id: string
  readonly title: string
  readonly analyte: string
  readonly sampling: Sampling
  readonly source: string
  readonly population: string
  readonly disposition: Disposition
  readonly parameters: Readonly<Record<string, Parameter>>
  readonly routes: Readonly<Partial<Record<AbsorbedRoute, readonly AbsorptionPath[]>>>
  readonly variability: Variability
  readonly residual: Residual
  /** Standard error of parameters on their own scale, where published: how well the typical value is known. */
  readonly uncertainty: Readonly<Record<string, { readonly sd: number; readonly source: string }>>
  readonly effectSites: Readonly<Partial<Record<'default' | 'fast', EffectSite>>>
  /** First-order delay from arterial concentration to an estimated venous draw. */
  readonly armDelay?: { readonly halfLifeMin: Constant; readonly rangeMin: readonly [number, number] }
  /** Yearly fall of liver flow above 60 years, where the model has it. */
  readonly liverFlowByAge?: { readonly parameter: string; readonly perYearOver60: Constant }
  readonly validFor: {
    readonly ageYears: readonly [number, number]
    readonly weightKg: readonly [number, number]
    readonly doseMgPerKg: readonly [number, number]
    readonly source: string
  }
  /** What must stand beside a curve of this model. */
  readonly cautions: readonly string[]
}

/**
 * Checks a model and freezes it: every parameter has value, unit, source and confidence; every name that the structure,
 * routes or variability use exists; volumes and flows are above zero.
 *
 * @throws TypeError or RangeError naming model and field
 */
export function defineModel(model: Model): Model {
  const say = (field: string) => `${model.id}.${field}`
  if (model.source.trim() === '') throw new TypeError(`${say('source')} is empty`)
  const known = (name: string, where: string) => {
    if (!Object.hasOwn(model.parameters, name)) throw new TypeError(`${say(where)} names unknown ${name}`)
  }
  for (const [name, parameter] of Object.entries(model.parameters)) {
    checkConstant(say(name), parameter)
    if (parameter.value === 0 && parameter.unit !== 'share') throw new RangeError(`${say(name)} is 0`)
    if (parameter.spread === 'logit-normal' && parameter.unit !== 'share') {
      throw new TypeError(`${say(name)}: only a share is spread on the logit scale`)
    }
  }
  for (const name of parametersOf(model.disposition)) known(name, 'disposition')
  for (const [route, paths] of Object.entries(model.routes)) {
    for (const path of paths) {
      for (const factor of path.share) {
        if ('of' in factor) known(factor.of, route)
        if ('rest' in factor) known(factor.rest, route)
        if ('laterDoses' in factor && factor.laterDoses) known(factor.laterDoses, route)
      }
      for (const name of [path.rate, path.releasedOver, path.lag]) if (name) known(name, route)
      if (path.into === 'liver' && model.disposition.kind !== 'liver-compartment') {
        throw new TypeError(`${say(route)} leads into a liver that the model does not have`)
      }
    }
  }
  for (const [name, value] of Object.entries(model.variability.variances)) {
    known(name, 'variability')
    if (!(value >= 0)) throw new RangeError(`${say(`variability.${name}`)} is ${value}`)
  }
  for (const name of Object.keys(model.uncertainty)) if (name !== 'ke0') known(name, 'uncertainty')
  for (const effect of Object.values(model.effectSites)) checkConstant(say('effectSites'), effect.halfLifeMin)
  if (model.armDelay) checkConstant(say('armDelay'), model.armDelay.halfLifeMin)
  return deepFreeze(model)
}

/** Every parameter name in a disposition, in whatever depth it stands. */
export function parametersOf(disposition: Disposition): string[] {
  return namesIn(disposition)
}

function namesIn(part: unknown): string[] {
  if (typeof part === 'string') return [part]
  if (part === null || typeof part !== 'object') return []
  return Object.entries(part).flatMap(([key, value]) => (key === 'kind' ? [] : namesIn(value)))
}

function deepFreeze<T>(value: T): T {
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const part of Object.values(value)) deepFreeze(part)
  }
  return value
}
