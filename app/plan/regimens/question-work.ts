import type { AskedRegimen, RegimenQuestion } from './regimen-question.ts'

/** How many drawn people get an exact curve for the spread of figures. */
export const FIGURES_OF = 200

/** Looks at a curve's slope in each stretch between doses, and what an exponential costs. */
const LOOKS = 96
const EXPONENTIAL = 20
/** What a minute of a drawn person costs beside its terms: to be kept or counted. */
const COUNTED = 20

/** What one page may make the server compute, for `workOf`: between two and three seconds of a usual core. */
export const MOST_WORK = 1_200_000_000

type Size = Pick<RegimenQuestion, 'regimens' | 'n' | 'untilMin'>

/**
 * What a question costs to work out, in steps of about two nanoseconds: every minute of everybody drawn, and for every
 * dose the search of every exact figure. An estimate, linear in the people.
 */
export function workOf({ regimens, n, untilMin }: Size): number {
  let work = 0
  for (const regimen of regimens) {
    const { terms, pieces } = sizeOf(regimen)
    work += n * ((untilMin + 1) * (terms + COUNTED) + pieces * terms * EXPONENTIAL)
    work += FIGURES_OF * terms * pieces * LOOKS * EXPONENTIAL
  }
  return work
}

/** How many people, in hundreds, `MOST_WORK` allows in the same regimens and minutes. */
export function mostPeople(question: Size): number {
  const fixed = workOf({ ...question, n: 0 })
  const each = workOf({ ...question, n: 1 }) - fixed
  return Math.floor((MOST_WORK - fixed) / each / 100) * 100
}

/** Exponentials of a regimen's curve, and the stretches that its doses cut it into. */
function sizeOf({ model, rows }: AskedRegimen): { readonly terms: number; readonly pieces: number } {
  const { disposition } = model
  const absorbed = new Set<string>()
  let pieces = 0
  for (const { route, times } of rows) {
    if (route === 'infusion') pieces += 2 * times
    else if (route === 'bolus' || route === 'rate') pieces += times
    else {
      for (const { id, releasedOver } of model.routes[route] ?? []) {
        absorbed.add(id)
        pieces += (releasedOver ? 2 : 1) * times
      }
    }
  }
  const body = 1 + disposition.peripherals.length + (disposition.kind === 'liver-compartment' ? 1 : 0)
  // One more for the effect site, where there is one.
  const effect = Object.keys(model.effectSites).length > 0 ? 1 : 0
  return { terms: body + absorbed.size + effect, pieces }
}
