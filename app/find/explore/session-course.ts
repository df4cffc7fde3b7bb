import { peakOf, type Refusal, simulate, simulatePopulation } from '@evenkeel/pharmacokinetics'
import { lastMinute } from './chosen.ts'
import { type SessionRoute, shownPerson } from './session-route.ts'

/** What the model says of one way, minute by minute from 0; all arrays have the same length, values are ng/mL. */
export type SessionCourse = {
  /** The typical person. */
  readonly middle: Float64Array
  /** Nine in ten drawn people lie between these two, if the model and its differences between people are right. */
  readonly low: Float64Array
  readonly high: Float64Array
  /** The modelled effect, following the blood with a delay; null where no delay was measured with such blood. */
  readonly effect: Float64Array | null
  readonly peakNgPerMl: number
  readonly peakMinute: number
  readonly effectPeakNgPerMl: number | null
  /** The names of what may not go unsaid beside a band. */
  readonly variability: string
}

const minutes = Float64Array.from({ length: lastMinute + 1 }, (_, minute) => minute)
const draws = {
  n: 4_000,
  seed: 20_201,
  percentiles: [0.05, 0.95],
  // The picture shows a band of courses; scatter from one minute to the next would look like the body's.
  residualDrawn: 'once-per-person',
} as const

/**
 * The course of a way of giving in the person of the pictures, with the band of 4,000 drawn people.
 *
 * Blood estimated in a vein is the arterial model through the delay of the arm. That delay is our choice within a range,
 * so the band is the widest over the range's ends and middle.
 *
 * @throws Error when the package refuses; the ways are fixed, so that is a fault of ours
 * @example sessionCourse(sessionRoutes.drip).middle[40] // 253.05…
 */
export function sessionCourse(route: SessionRoute): SessionCourse {
  const { model, doses, blood } = route
  const delay = blood === 'vein-estimated' ? model.armDelay : undefined
  if (!delay) {
    const typical = answered(simulate(model, shownPerson, doses, minutes))
    const drawn = answered(simulatePopulation(model, shownPerson, doses, minutes, draws))
    const peak = peakOf(typical.curves.concentration)!
    const [low, high] = drawn.concentrationNgPerMl as [Float64Array, Float64Array]
    const effectPeak = typical.curves.effectSite && peakOf(typical.curves.effectSite)
    return {
      middle: fromNothing(typical.concentrationNgPerMl),
      low,
      high,
      effect: typical.effectSiteNgPerMl,
      peakNgPerMl: peak.value,
      peakMinute: peak.atMin,
      effectPeakNgPerMl: effectPeak?.value ?? null,
      variability: drawn.variability,
    }
  }
  const halfLifeMin = delay.halfLifeMin.value
  // A delay is a delay: the arm is seen like an effect site with another half-life, as `expectedVenousDraw` does.
  const typical = answered(simulate(model, shownPerson, doses, minutes, { effectSite: { halfLifeMin } }))
  const bands = [halfLifeMin, ...delay.rangeMin].map((each) =>
    answered(
      simulatePopulation(model, shownPerson, doses, minutes, {
        ...draws,
        effectSite: { halfLifeMin: each },
      }),
    ),
  )
  const peak = peakOf(typical.curves.effectSite!)!
  return {
    middle: fromNothing(typical.effectSiteNgPerMl!),
    low: fromNothing(minutes.map((_, i) => Math.min(...bands.map((b) => b.effectSiteNgPerMl![0]![i]!)))),
    high: fromNothing(minutes.map((_, i) => Math.max(...bands.map((b) => b.effectSiteNgPerMl![1]![i]!)))),
    effect: null,
    peakNgPerMl: peak.value,
    peakMinute: peak.atMin,
    effectPeakNgPerMl: null,
    variability: bands[0]!.variability,
  }
}

/** Every dose begins at minute 0, when nobody has any in the blood; what rounding leaves there is not a level. */
function fromNothing(levels: Float64Array): Float64Array {
  return levels.map((level, minute) => (minute === 0 ? 0 : level))
}

function answered<Answer extends { readonly ok: true }>(answer: Answer | Refusal): Answer {
  if (!answer.ok) throw new Error(`The package refused ${answer.field}: ${answer.reason}`)
  return answer
}
