import type { WeightBasis } from './basis-weight.ts'
import type { DoseChoice, DoseProblem } from './dose-arithmetic.ts'
import { PUMP } from './infusion-arithmetic.ts'
import type { OrderRefusal } from './order-decision.ts'
import type { RaiseFact, Told } from './raise-rule.ts'

/** Which field of the order form a problem belongs to, and what to do about it. */
export const PROBLEM_WORDS: Readonly<Record<DoseProblem, readonly [field: string, words: string]>> = {
  'weight-unknown': ['form', 'No weight is recorded. Weigh the person and record it on the assessment page.'],
  'implausible-weight': ['form', 'The recorded weight cannot be right. Weigh again and record it.'],
  'implausible-height': [
    'weightBasis',
    'The recorded height cannot be right. Measure again, or choose the actual weight.',
  ],
  'implausible-dose': ['dose', 'This dose is far outside what anybody is given. Check the decimal point.'],
  'implausible-duration': ['durationMin', 'Enter a duration between 5 and 240 minutes in all.'],
  'push-too-fast': ['durationMin', 'Nothing is pushed into a vein in less than one minute.'],
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
  'volume-too-large': [
    'totalVolumeMl',
    `No more than ${PUMP.mostMl} mL in all (a design default). Check the decimal point, or enter a smaller volume.`,
  ],
  'pump-rate-too-high': [
    'totalVolumeMl',
    `A pump runs at no more than ${PUMP.mostMlPerH} mL/h (a design default). Enter a smaller volume or a longer duration.`,
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
    'This is faster than the ceiling of the protocol. Enter a longer duration or a lower dose.',
  ],
  'pump-mismatch': [
    'totalVolumeMl',
    'Dose and pump rate do not meet when counted backwards. Enter a larger volume.',
  ],
  'too-much-for-sites': [
    'concentrationMgPerMl',
    'The places of an injection cannot hold this volume. Choose a stronger vial.',
  ],
  'not-whole-units': ['unitMg', 'The dose is not a whole number of these. Enter another strength.'],
  'not-a-dose-of-devices': ['mg', 'Esketamine spray is given as exactly 56 mg or 84 mg.'],
  'wrong-ceilings': ['form', 'The ceilings of this protocol do not count what its dose counts.'],
}

export const BASIS_WORDS: Readonly<Record<WeightBasis, string>> = {
  actual: 'actual weight',
  ideal: 'ideal weight',
  adjusted: 'adjusted weight',
}

/** What a dose is never raised after, as it is asked on the form. */
export const RAISE_WORDS: Readonly<Record<RaiseFact | 'improvement', string>> = {
  'systolic-180': 'systolic pressure of 180 or more',
  'moaas-2': 'MOAA/S of 2 or less',
  'spo2-92': 'oxygen saturation below 92 %',
  'distress-stop': 'stopped for distress',
  vomiting: 'vomiting, without a plan against it now',
  improvement: 'how much better the person is',
}

export const TOLD_WORDS: Readonly<Record<Told, string>> = { yes: 'yes', no: 'no', unknown: 'not known' }

/** What was chosen in one line: "0.11 mg/kg over 2 min, then 0.6 mg/kg over 50 min". */
export function choiceWords(choice: DoseChoice): string {
  switch (choice.kind) {
    case 'infusion':
      return choice.steps.map((s) => `${s.mgPerKg} mg/kg over ${s.durationMin} min`).join(', then ')
    case 'at-once-per-kg':
      return `${choice.mgPerKg} mg/kg at once`
    default:
      return `${choice.mg} mg`
  }
}

/**
 * Which weight “Compare regimens” counts a dose from.
 *
 * @param basis undefined before one is chosen on the order
 * @param basisWeightKg what that weight comes to
 */
export function compareWords(basis: WeightBasis | undefined, basisWeightKg: number | undefined): string {
  if (basis === undefined) {
    return 'counts from the actual weight until one is chosen above and the order is worked out.'
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
  'consent-withdrawn': [
    'form',
    'Consent to treatment is taken back. No order is signed until the person has signed again.',
  ],
  'not-orderable': ['form', 'This protocol cannot be ordered: figures it needs are not known.'],
  'other-route': [
    'form',
    'The order is given as its protocol is. No dose is turned into one of another route: that is another plan.',
  ],
  'weight-unknown': ['form', 'No weight is recorded. Weigh the person and record it on the assessment page.'],
  'weight-not-measured': [
    'form',
    'The newest weight is what the person told. Weigh them and record it on the assessment page.',
  ],
  'weight-too-old': [
    'form',
    'The newest weight is too old. Weigh again and record it on the assessment page.',
  ],
  'weight-changed': [
    'weightChangeAcknowledged',
    'The weight changed by more than 10 % since the last order. Check it, then tick the box.',
  ],
  'not-a-choice': ['mg', 'This is none of the doses of the protocol.'],
  'not-on-the-first-day': ['mg', 'Before the first dose only the protocol’s first-day dose can be ordered.'],
  'raise-not-answered': [
    'raise-systolic-180',
    'This is above the last dose. Say for each line below how the last one was borne.',
  ],
  'never-raise': ['raise-systolic-180', 'After this the dose is never raised. Order the last dose or less.'],
  'raise-half-better': [
    'raise-improvement',
    'The person is better by half or more: there is nothing to raise the dose for.',
  ],
  'reason-missing': [
    'reason',
    'Give a reason of at least ten characters: this is not the protocol’s dose, above the soft ceiling, counted from a weight above the actual one, or raised without knowing all.',
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
