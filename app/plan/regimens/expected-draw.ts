import {
  clements1981,
  type Exposure,
  expectedVenousDraw,
  exposureOf,
  type Person,
  simulate,
} from '@evenkeel/pharmacokinetics'
import { drugFormsOf } from './read-question.ts'
import { type AskedRegimen, dosesFor } from './regimen-question.ts'

/** What a laboratory would find in a vein where the model is of arteries: an estimate, in ng/mL and minutes. */
export type ExpectedDraw = {
  readonly timesMin: Float64Array
  readonly estimated: Float64Array
  /** Over the range of the arm's delay, not over people. */
  readonly low: Float64Array
  readonly high: Float64Array
  /** Exact figures of the estimate, then of the shortest and the longest delay. */
  readonly figures: readonly [Exposure, Exposure, Exposure]
  /** Highest level of a published venous model on the same minutes; undefined where it is not of this drug or has no such route. */
  readonly publishedPeakNgPerMl: number | undefined
  readonly publishedTitle: string
}

/**
 * The expected laboratory draw of a regimen in the typical person, or undefined for a model without a delay of the arm.
 *
 * @param timesMin strictly ascending minutes
 */
export function expectedDraw(
  { model, drug, rows }: AskedRegimen,
  person: Person,
  timesMin: Float64Array,
  thresholdNgPerMl: number | undefined,
): ExpectedDraw | undefined {
  if (model.armDelay === undefined) return undefined
  const doses = dosesFor(rows, person.weightKg)
  const drawn = expectedVenousDraw(model, person, doses, timesMin)
  if (!drawn.ok) return undefined
  const { halfLifeMin, rangeMin } = model.armDelay
  const [estimate, ...range] = [halfLifeMin.value, ...rangeMin].map((delayMin) => {
    // A delay is a delay: the package sees the arm like an effect site with another half-life.
    const course = simulate(model, person, doses, [0], { effectSite: { halfLifeMin: delayMin } })
    return course.ok && course.curves.effectSite
      ? exposureOf(course.curves.effectSite, thresholdNgPerMl)
      : undefined
  })
  if (!estimate || !range[0] || !range[1]) return undefined
  return {
    timesMin,
    estimated: drawn.estimatedNgPerMl,
    low: drawn.lowerNgPerMl,
    high: drawn.upperNgPerMl,
    figures: [estimate, range[0], range[1]],
    publishedPeakNgPerMl:
      drawn.published && drugFormsOf(clements1981).includes(drug)
        ? Math.max(...drawn.published.concentrationNgPerMl)
        : undefined,
    publishedTitle: clements1981.title,
  }
}
