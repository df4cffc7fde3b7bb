import type { DoseProblem, WeightBasis } from './dose-arithmetic.ts'
import type { OrderRefusal } from './order-decision.ts'

/** Which field of the order form a problem belongs to, and what to do about it. */
export const PROBLEM_WORDS: Readonly<Record<DoseProblem, readonly [field: string, words: string]>> = {
  'implausible-weight': ['form', 'The recorded weight cannot be right. Weigh again and record it.'],
  'implausible-height': [
    'weightBasis',
    'The recorded height cannot be right. Measure again, or choose the actual weight.',
  ],
  'implausible-dose': ['mgPerKg', 'Enter a dose between 0.05 and 3 mg/kg.'],
  'implausible-duration': ['durationMin', 'Enter a duration between 5 and 240 minutes.'],
  'height-unknown': ['weightBasis', 'No height is recorded: only the actual weight can be used.'],
  'sex-unknown': ['weightBasis', 'The formula needs female or male: only the actual weight can be used.'],
  'under-60-inches': [
    'weightBasis',
    'The formula is not defined under 60 inches (152.4 cm): only the actual weight can be used.',
  ],
  'volume-too-small': [
    'totalVolumeMl',
    'The pump must hold at least what is drawn from the vial. Enter a larger volume.',
  ],
  'must-be-diluted': [
    'totalVolumeMl',
    '100 mg/mL is diluted at least one to one: enter at least twice the volume drawn.',
  ],
  'rounding-too-large': [
    'concentrationMgPerMl',
    'Rounding to the syringe would change the dose by more than 5 %. Choose another concentration.',
  ],
  'rate-ceiling': [
    'durationMin',
    'This is faster than 0.025 mg/kg per minute. Enter a longer duration or a lower dose.',
  ],
  'pump-mismatch': [
    'totalVolumeMl',
    'Dose and pump rate do not meet when counted backwards. Enter a larger volume.',
  ],
}

export const BASIS_WORDS: Readonly<Record<WeightBasis, string>> = {
  actual: 'actual weight',
  ideal: 'ideal weight',
  adjusted: 'adjusted weight',
}

/**
 * Which weight “Compare regimens” counts a dose from.
 *
 * @param basis undefined before one is chosen on the order
 * @param basisWeightKg what that weight comes to
 */
export function compareWords(basis: WeightBasis | undefined, basisWeightKg: number | undefined): string {
  if (basis === undefined) {
    return 'counts from the actual weight until one is chosen below and the order is worked out.'
  }
  if (basis === 'actual') return 'counts from the actual weight, as this order does.'
  return `counts from the ${BASIS_WORDS[basis]} of ${basisWeightKg} kg, as this order does; the body on the curve has its actual weight.`
}

/** Why an order may not be signed, except for the dose itself. */
export const ORDER_REFUSALS: Readonly<
  Record<
    Exclude<OrderRefusal, 'dose'> | 'not-confirmed' | 'not-allowed' | 'already-signed',
    readonly [string, string]
  >
> = {
  'not-eligible': ['form', 'The decision is not “eligible” any more. Decide again before ordering.'],
  'decision-stale': ['form', 'Facts have changed since the decision. Decide again before ordering.'],
  'weight-unknown': ['form', 'No weight is recorded. Weigh the person and record it on the assessment page.'],
  'weight-not-measured': [
    'form',
    'The newest weight is what the person told. Weigh them and record it on the assessment page.',
  ],
  'weight-too-old': [
    'form',
    'The newest weight is older than 30 days. Weigh again and record it on the assessment page.',
  ],
  'weight-changed': [
    'weightChangeAcknowledged',
    'The weight changed by more than 10 % since the last order. Check it, then tick the box.',
  ],
  'reason-missing': [
    'reason',
    'Give a reason of at least ten characters: this is not the protocol’s dose, or above the soft ceiling.',
  ],
  'second-prescriber-missing': [
    'secondEmail',
    'This is above the hard ceiling. A second prescriber must sign with their own e-mail and password.',
  ],
  'second-prescriber-not-valid': [
    'secondEmail',
    'The second signature must come from another prescriber of this clinic.',
  ],
  'not-confirmed': ['password', 'Enter your password again to sign.'],
  'already-signed': [
    'form',
    'This form has signed another order already. Open the order page anew to write the next one.',
  ],
  'not-allowed': ['form', 'Only prescribers sign orders.'],
}
