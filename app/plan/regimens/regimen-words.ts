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
 * @example rowInWords(row, 70) // "0.5 mg/kg (35 mg at 70 kg) into a vein over 40 min, from the start"
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
      ? `pump stopped ${at(atMin, 'at')}`
      : `pump at ${amount} ${unit}${inMg} ${at(atMin, 'from')}`
  }
  const way =
    route === 'infusion'
      ? `into a vein over ${overMin} min`
      : route === 'bolus'
        ? 'into a vein at once'
        : ROUTE_WORDS[route]
  const again = times > 1 ? `, ${times} times, ${everyMin} min apart` : ''
  return `${amount} ${unit}${inMg} ${way}, ${at(atMin, route === 'infusion' ? 'from' : 'at')}${again}`
}

function at(minute: number, word: 'at' | 'from'): string {
  return minute === 0 ? `${word} the start` : `${word} minute ${minute}`
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

const FIELD_WORDS: Readonly<Record<string, string>> = {
  who: 'curves for',
  weight: 'weight',
  age: 'age',
  sex: 'sex',
  meanWeight: 'mean weight',
  sdWeight: 'spread of weight',
  leastWeight: 'lightest',
  mostWeight: 'heaviest',
  leastAge: 'youngest',
  mostAge: 'oldest',
  women: 'women',
  n: 'people to draw',
  seed: 'seed',
  effect: 'delay of the effect',
  threshold: 'time above',
  until: 'show until minute',
  name: 'name',
  model: 'model',
  drug: 'drug',
  route: 'route',
  amount: 'amount',
  unit: 'unit',
  at: 'at minute',
  over: 'over',
  times: 'times in all',
  every: 'every',
}

/**
 * A message as it can stand away from its field: which regimen, dose and field it is about, then what to do.
 *
 * @example errorInWords('r2-d1-amount', 'Write a number.') // "Regimen 2, dose 1, amount: write a number."
 */
export function errorInWords(field: string, message: string): string {
  const [, place, row, own = field] = /^r(\d)-(?:d(\d)-)?(.+)$/.exec(field) ?? []
  const where = [
    ...(place ? [`Regimen ${place}`] : []),
    ...(row ? [`dose ${row}`] : []),
    FIELD_WORDS[own] ?? own,
  ].join(', ')
  // Only words that are small in a sentence: names of models keep their capital.
  const said = message.replace(/^(?:Write|Choose|Without|Over|After|When|The|This|A|At|Two)\b/, (word) =>
    word.toLowerCase(),
  )
  return `${where[0]!.toUpperCase()}${where.slice(1)}: ${said}`
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
