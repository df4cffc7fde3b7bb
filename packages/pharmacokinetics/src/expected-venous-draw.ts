import type { Dose } from './dose.ts'
import type { Model } from './model.ts'
import { clements1981 } from './models/clements-1981.ts'
import type { Person } from './person.ts'
import { type Refusal, refuse } from './refusal.ts'
import { simulate } from './simulate.ts'

export type VenousDraw = {
  readonly ok: true
  readonly timesMin: Float64Array
  /** The arterial course through one first-order delay of the arm: ours, unpublished. */
  readonly estimatedNgPerMl: Float64Array
  /** Lowest and highest over the range of that delay. */
  readonly lowerNgPerMl: Float64Array
  readonly upperNgPerMl: Float64Array
  readonly label: string
  /** A published venous model beside it; null where it has no such route. */
  readonly published: { readonly modelId: string; readonly concentrationNgPerMl: Float64Array } | null
}

/**
 * What a laboratory would find in blood from a vein, for an arterial model that has a delay of the arm. It lies below
 * the arterial course while a drug runs in and above it later. Refused for a model without one.
 *
 * @example expectedVenousDraw(kamp2020, { weightKg: 70 }, doses, [40]) // 185 ng/mL (156 to 215) after 35 mg over 40 min
 */
export function expectedVenousDraw(
  model: Model,
  person: Person,
  doses: readonly Dose[],
  timesMin: ArrayLike<number>,
): VenousDraw | Refusal {
  const delay = model.armDelay
  if (!delay) return refuse('unknown-parameter', 'model.armDelay', model.id)
  const courses: Float64Array[] = []
  // A delay is a delay: the arm is seen like an effect site with another half-life.
  for (const halfLifeMin of [delay.halfLifeMin.value, ...delay.rangeMin]) {
    const course = simulate(model, person, doses, timesMin, { effectSite: { halfLifeMin } })
    if (!course.ok) return course
    courses.push(course.effectSiteNgPerMl!)
  }
  const [estimated, ...range] = courses as [Float64Array, Float64Array, Float64Array]
  const published = simulate(clements1981, person, doses, timesMin)
  return {
    ok: true,
    timesMin: Float64Array.from(timesMin),
    estimatedNgPerMl: estimated,
    lowerNgPerMl: estimated.map((value, i) => Math.min(value, ...range.map((course) => course[i]!))),
    upperNgPerMl: estimated.map((value, i) => Math.max(value, ...range.map((course) => course[i]!))),
    label: 'estimated laboratory draw from a vein (derived here, unpublished)',
    published: published.ok
      ? { modelId: clements1981.id, concentrationNgPerMl: published.concentrationNgPerMl }
      : null,
  }
}
