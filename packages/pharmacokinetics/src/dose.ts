import type { AbsorbedRoute, Model } from './model.ts'
import { type Refusal, refuse } from './refusal.ts'

/** Milligrams are of base (28 mg esketamine base = 32.3 mg hydrochloride). Minutes count from any zero; negative is before it. */
export type Dose =
  | { readonly route: 'iv-bolus'; readonly atMin: number; readonly doseMg: number }
  | {
      readonly route: 'iv-infusion'
      readonly startMin: number
      readonly durationMin: number
      readonly doseMg: number
    }
  /** A pump as it was run: each step holds until the next; a rate of 0 stops it; the last step goes on without end. */
  | {
      readonly route: 'iv-rate'
      readonly steps: readonly { readonly atMin: number; readonly mgPerMin: number }[]
    }
  | {
      readonly route: AbsorbedRoute
      readonly atMin: number
      readonly doseMg: number
      /** Sublingual or intranasal: the share that goes the oral way of the model instead. Only for models without an own split. */
      readonly swallowedShare?: number
    }

/** The way into a vein: at once, whole, into the central compartment. */
const VEIN = { id: 'vein', into: 'central', share: [], swallowed: false } as const

const ABSORBED = ['im', 'intranasal', 'sublingual', 'oral'] as const

/**
 * Far beyond what anybody is given, and far within what a double can carry: a kilogram (or a kilogram a minute), nineteen
 * years from the zero of time. Within these no sum overflows and no minute is lost to rounding.
 */
const MOST = { amount: 1e6, minute: 1e7, duration: 1e7 } as const
/** 60 milliseconds: what is quicker is a bolus. */
const LEAST_DURATION_MIN = 0.001

/** Null when the doses can be simulated with this model; otherwise the first thing wrong, by field and value. */
export function checkDoses(model: Model, doses: readonly Dose[]): Refusal | null {
  for (const [place, dose] of doses.entries()) {
    const wrong = checkDose(model, dose, `doses[${place}]`)
    if (wrong) return wrong
  }
  return null
}

function checkDose(model: Model, dose: Dose, field: string): Refusal | null {
  const number = (name: string, value: number, what: keyof typeof MOST) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      return refuse('not-a-number', `${field}.${name}`, value)
    }
    if (what !== 'minute' && value < 0) return refuse('below-zero', `${field}.${name}`, value)
    if (what === 'duration' && value === 0) return refuse('not-above-zero', `${field}.${name}`, value)
    const outside = Math.abs(value) > MOST[what] || (what === 'duration' && value < LEAST_DURATION_MIN)
    return outside ? refuse('out-of-range', `${field}.${name}`, value) : null
  }
  if (dose.route === 'iv-rate') {
    if (dose.steps.length === 0) return refuse('nothing-given', `${field}.steps`, dose.steps)
    let before = Number.NEGATIVE_INFINITY
    for (const [at, step] of dose.steps.entries()) {
      const wrong =
        number(`steps[${at}].atMin`, step.atMin, 'minute') ??
        number(`steps[${at}].mgPerMin`, step.mgPerMin, 'amount')
      if (wrong) return wrong
      if (step.atMin <= before)
        return refuse('times-not-ascending', `${field}.steps[${at}].atMin`, step.atMin)
      before = step.atMin
    }
    return null
  }
  if (dose.route === 'iv-infusion') {
    return (
      number('doseMg', dose.doseMg, 'amount') ??
      number('startMin', dose.startMin, 'minute') ??
      number('durationMin', dose.durationMin, 'duration')
    )
  }
  if (dose.route === 'iv-bolus')
    return number('doseMg', dose.doseMg, 'amount') ?? number('atMin', dose.atMin, 'minute')
  if (!ABSORBED.includes(dose.route)) return refuse('unknown-route', `${field}.route`, (dose as Dose).route)
  if (!model.routes[dose.route]) return refuse('route-not-in-model', `${field}.route`, dose.route)
  if (dose.swallowedShare !== undefined) {
    const share = dose.swallowedShare
    if (!(share >= 0 && share <= 1)) return refuse('not-a-share', `${field}.swallowedShare`, share)
    if (share > 0 && (!model.routes.oral || model.routes[dose.route]!.length > 1)) {
      return refuse('route-not-in-model', `${field}.swallowedShare`, share)
    }
  }
  return number('doseMg', dose.doseMg, 'amount') ?? number('atMin', dose.atMin, 'minute')
}

/** One use of a path: which path, whether a dose on it came before (devices of a nasal spray differ), and of how much. */
export type PathUse = {
  readonly path: typeof VEIN | NonNullable<Model['routes'][AbsorbedRoute]>[number]
  readonly later: boolean
}

export type PlannedInput =
  | { readonly kind: 'bolus'; readonly use: number; readonly atMin: number; readonly doseMg: number }
  | { readonly kind: 'rate'; readonly use: number; readonly atMin: number; readonly changeMgPerMin: number }

/** Doses as what goes into which path when, before a person's share, release time and lag are known. */
export type DosePlan = { readonly uses: readonly PathUse[]; readonly inputs: readonly PlannedInput[] }

/**
 * The doses as uses of paths; the order in which doses are listed does not matter. Of several at one minute the largest
 * counts as the first (where later ones differ), and 0 mg is no dose that another could come after.
 */
export function planDoses(model: Model, doses: readonly Dose[]): DosePlan {
  const uses: PathUse[] = []
  const inputs: PlannedInput[] = []
  const useOf = (path: PathUse['path'], later: boolean) => {
    const laterMatters = path.share.some((factor) => 'laterDoses' in factor && factor.laterDoses)
    const found = uses.findIndex((u) => u.path === path && (!laterMatters || u.later === later))
    return found >= 0 ? found : uses.push({ path, later: laterMatters && later }) - 1
  }
  const ordered = [...doses].sort((a, b) => startOf(a) - startOf(b) || firstMg(b) - firstMg(a))
  const seen = new Set<AbsorbedRoute>()
  for (const dose of ordered) {
    if (dose.route === 'iv-bolus') {
      inputs.push({ kind: 'bolus', use: useOf(VEIN, false), atMin: dose.atMin, doseMg: dose.doseMg })
    } else if (dose.route === 'iv-infusion') {
      const use = useOf(VEIN, false)
      const endMin = dose.startMin + dose.durationMin
      // By the minutes that are left after rounding, so that all of the dose is given.
      const changeMgPerMin = dose.doseMg / (endMin - dose.startMin)
      inputs.push({ kind: 'rate', use, atMin: dose.startMin, changeMgPerMin })
      inputs.push({ kind: 'rate', use, atMin: endMin, changeMgPerMin: -changeMgPerMin })
    } else if (dose.route === 'iv-rate') {
      let rate = 0
      for (const step of dose.steps) {
        const changeMgPerMin = step.mgPerMin - rate
        inputs.push({ kind: 'rate', use: useOf(VEIN, false), atMin: step.atMin, changeMgPerMin })
        rate = step.mgPerMin
      }
    } else {
      const later = seen.has(dose.route)
      if (dose.doseMg > 0) seen.add(dose.route)
      const swallowed = dose.swallowedShare ?? 0
      const give = (path: PathUse['path'], doseMg: number) =>
        inputs.push({ kind: 'bolus', use: useOf(path, later), atMin: dose.atMin, doseMg })
      for (const path of model.routes[dose.route]!) give(path, dose.doseMg * (1 - swallowed))
      if (swallowed > 0) for (const path of model.routes.oral!) give(path, dose.doseMg * swallowed)
    }
  }
  return { uses, inputs }
}

function startOf(dose: Dose): number {
  return dose.route === 'iv-infusion'
    ? dose.startMin
    : dose.route === 'iv-rate'
      ? dose.steps[0]!.atMin
      : dose.atMin
}

/** What is given at once; a pump gives nothing at once. */
function firstMg(dose: Dose): number {
  return dose.route === 'iv-rate' ? 0 : dose.doseMg
}

/** All milligrams of the schedule; null while a pump runs without end. */
export function totalDoseMg(doses: readonly Dose[]): number | null {
  let total = 0
  for (const dose of doses) {
    if (dose.route !== 'iv-rate') {
      total += dose.doseMg
      continue
    }
    for (const [at, { atMin, mgPerMin }] of dose.steps.entries()) {
      const next = dose.steps[at + 1]
      if (next) total += mgPerMin * (next.atMin - atMin)
      else if (mgPerMin > 0) return null
    }
  }
  return total
}

/** Null when times can be used as a grid: finite, strictly ascending and within nineteen years of zero. */
export function checkTimes(timesMin: ArrayLike<number>, field = 'timesMin'): Refusal | null {
  if (timesMin.length === 0) return refuse('nothing-given', field, timesMin.length)
  for (let i = 0; i < timesMin.length; i += 1) {
    const time = timesMin[i]!
    if (!Number.isFinite(time)) return refuse('not-a-number', `${field}[${i}]`, time)
    if (Math.abs(time) > MOST.minute) return refuse('out-of-range', `${field}[${i}]`, time)
    if (i > 0 && time <= timesMin[i - 1]!) return refuse('times-not-ascending', `${field}[${i}]`, time)
  }
  return null
}
