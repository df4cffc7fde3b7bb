import { orderLinkValues } from '../regimens/ready-made.ts'
import { linkOf } from '../regimens/regimen-fields.ts'
import type { WeightBasis } from './basis-weight.ts'
import { compareWords } from './order-words.ts'

/** Where the regimens of an order are compared, and which weight they count from. */
export type CompareLink = { readonly link: string; readonly words: string }

/**
 * The workbench for this person and an infusion of one step: a weight, an age and a sex; neither name nor id
 * (`orderLinkValues` says why).
 *
 * @param basis undefined before a weight is chosen
 */
export function compareLink(
  person: Parameters<typeof orderLinkValues>[0],
  { mgPerKg, durationMin }: { readonly mgPerKg: number; readonly durationMin: number },
  basis: { readonly weight: WeightBasis; readonly kg: number } | undefined,
): CompareLink {
  const countedFrom =
    basis && basis.weight !== 'actual' ? { basis: basis.weight, weightKg: basis.kg } : undefined
  return {
    link: linkOf(orderLinkValues(person, { mgPerKg, durationMin, ...(countedFrom ? { countedFrom } : {}) })),
    words: compareWords(basis?.weight, basis?.kg),
  }
}
