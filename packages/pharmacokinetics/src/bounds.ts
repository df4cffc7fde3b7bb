import type { Dose } from './dose.ts'
import type { Model } from './model.ts'
import type { Person } from './person.ts'
import type { Refusal } from './refusal.ts'
import { type SimulateOptions, simulate, simulateAsIf } from './simulate.ts'
import { type Assumption, cornersOf, doubtAbout, type Warning } from './validity.ts'

export type Bounds = {
  readonly ok: true
  /** False when a warning says that the model was not made for this. */
  readonly within: boolean
  readonly warnings: readonly Warning[]
  readonly timesMin: Float64Array
  readonly concentrationNgPerMl: Float64Array
  /** Lowest and highest of the typical courses under every belief about this person. */
  readonly lowerNgPerMl: Float64Array
  readonly upperNgPerMl: Float64Array
  readonly assumptions: readonly Assumption[]
}

/**
 * How far the typical course is in doubt for a person whom the model was not made for, or with an exposure factor.
 * Outside the range of weight, size acts as the model says or not at all; above the range of age, clearance may have
 * fallen with liver flow; factors reach from nothing to what was published. The middle line is never shifted.
 *
 * @example boundsOutsideValidity(kamp2020, { weightKg: 150 }, [{ route: 'iv-infusion', startMin: 0, durationMin: 40, doseMg: 75 }], [40])
 * // 286 ng/mL as the model says; up to about 542 if size does not matter
 */
export function boundsOutsideValidity(
  model: Model,
  person: Person,
  doses: readonly Dose[],
  timesMin: ArrayLike<number>,
): Bounds | Refusal {
  const quiet: SimulateOptions = { effectSite: 'none' }
  const middle = simulate(model, person, doses, timesMin, quiet)
  if (!middle.ok) return middle
  const lower = Float64Array.from(middle.concentrationNgPerMl)
  const upper = Float64Array.from(middle.concentrationNgPerMl)
  const assumptions = cornersOf(doubtAbout(model, person))
  for (const assume of assumptions) {
    const course = simulateAsIf(model, person, doses, timesMin, quiet, assume)
    if (!course.ok) return course
    for (let i = 0; i < lower.length; i += 1) {
      lower[i] = Math.min(lower[i]!, course.concentrationNgPerMl[i]!)
      upper[i] = Math.max(upper[i]!, course.concentrationNgPerMl[i]!)
    }
  }
  return {
    ok: true,
    within: middle.warnings.every(({ reason }) => reason === 'age-unknown'),
    warnings: middle.warnings,
    timesMin: middle.timesMin,
    concentrationNgPerMl: middle.concentrationNgPerMl,
    lowerNgPerMl: lower,
    upperNgPerMl: upper,
    assumptions,
  }
}
