import type { Refusal, Sampling } from '@evenkeel/pharmacokinetics'
import type { AskedPeople, DoseRoute, DoseRow, DoseUnit, DrugForm } from './regimen-question.ts'

export const ROUTE_WORDS: Readonly<Record<DoseRoute, string>> = {
  infusion: 'into a vein, over minutes',
  bolus: 'into a vein, at once',
  rate: 'pump rate from this minute',
  im: 'into muscle',
  intranasal: 'into the nose',
  sublingual: 'under the tongue',
  oral: 'swallowed',
}
export const UNITS: readonly DoseUnit[] = ['mg/kg', 'mg', 'mg/kg/h', 'mg/min']
export const DRUG_WORDS: Readonly<Record<DrugForm, string>> = {
  racemate: 'racemic ketamine',
  esketamine: 'esketamine (S-ketamine)',
}
export const SITE_WORDS: Readonly<Record<Sampling, string>> = {
  arterial: 'arterial blood',
  venous: 'venous blood',
  unspecified: 'blood, site of sampling not stated',
}
export const EFFECT_WORDS = {
  default: '8.3 minutes (5.1 to 13.0), measured with infusions of esketamine',
  fast: '2.9 minutes, measured under anaesthesia with a dose at once',
} as const

/** What the letters beside a constant mean. */
export const CONFIDENCE_WORDS =
  'P read in the paper, S read in a transcription that names its table, R recalled and still to be checked, C computed, D our own choice.'

/**
 * A row of doses as one would say it, with the milligrams of a weight where it counts by weight.
 *
 * @example rowInWords(row, 70) // "0.5 mg/kg (35 mg at 70 kg) into a vein over 40 min, from minute 0"
 */
export function rowInWords(row: DoseRow, weightKg: number): string {
  const { route, amount, unit, atMin, overMin, times, everyMin } = row
  const inMg =
    unit === 'mg/kg'
      ? ` (${figure(amount * weightKg)} mg at ${figure(weightKg)} kg)`
      : unit === 'mg/kg/h'
        ? ` (${figure((amount * weightKg) / 60)} mg/min at ${figure(weightKg)} kg)`
        : ''
  if (route === 'rate') {
    return amount === 0
      ? `pump stopped at minute ${atMin}`
      : `pump at ${amount} ${unit}${inMg} from minute ${atMin}`
  }
  const way =
    route === 'infusion'
      ? `into a vein over ${overMin} min`
      : route === 'bolus'
        ? 'into a vein at once'
        : ROUTE_WORDS[route]
  const again = times > 1 ? `, ${times} times, ${everyMin} min apart` : ''
  return `${amount} ${unit}${inMg} ${way}, ${route === 'infusion' ? 'from' : 'at'} minute ${atMin}${again}`
}

/** For whom, in a sentence. */
export function peopleInWords(people: AskedPeople): string {
  if (people.kind === 'person') {
    const { weightKg, ageYears, sex } = people
    return `one person of ${weightKg} kg, ${ageYears === undefined ? 'age unknown' : `${ageYears} years`}${sex ? `, ${sex}` : ''}`
  }
  const { weightKg, ageYears, womenPercent } = people
  return `people of ${weightKg.mean} ± ${weightKg.sd} kg between ${weightKg.least} and ${weightKg.most} kg, ${ageYears.least} to ${ageYears.most} years, ${womenPercent} % women`
}

/** A refusal of the computation, for a question that the form let through. */
export function refusalInWords({ reason, field, value }: Refusal): string {
  if (reason === 'beyond-bins') {
    return 'Levels of this regimen lie above 4 million ng/mL, which are not counted for so many people. Check the amounts, or draw at most 1000 people.'
  }
  return `This cannot be computed: ${field} is ${String(value)} (${reason.replaceAll('-', ' ')}).`
}

/** Three significant figures without an exponent: 253, 41.3, 0.5. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return 'not known'
  // Smaller than anything measured here: a remainder of rounding, not a level.
  if (Math.abs(value) < 0.0005) return '0'
  return String(Number(Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3)))
}

/** The same with its sign, for a difference. */
export function signed(value: number): string {
  const words = figure(Math.abs(value))
  return words === '0' ? '0' : `${value < 0 ? '−' : '+'}${words}`
}
