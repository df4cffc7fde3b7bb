import type { Sex } from '../../identity/index.ts'
import type { DoseProblem } from './dose-arithmetic.ts'
import { type ArithmeticLine, NOTHING, roundTo, say, within } from './rounding.ts'

/** Which weight a dose is counted from. Chosen by the prescriber, never assumed. */
export type WeightBasis = 'actual' | 'ideal' | 'adjusted'

/** What is known of a body that a dose is counted for. */
export type BodyFacts = {
  readonly actualWeightKg: number
  /** Undefined when never measured: only the actual weight can then be used. */
  readonly heightCm: number | undefined
  readonly sex: Sex | undefined
}

export type BasisWeight =
  | { readonly ok: true; readonly weightKg: number; readonly lines: readonly ArithmeticLine[] }
  | { readonly ok: false; readonly problem: DoseProblem; readonly lines: readonly ArithmeticLine[] }

const CM_PER_INCH = 2.54
const PLAUSIBLE = { weightKg: [25, 350], heightCm: [100, 230] } as const

/**
 * The weight a dose is counted from, with its working. Pure.
 *
 * Ideal weight is Devine's (50 or 45.5 kg and 2.3 kg for each inch above 60), adjusted weight adds two fifths of the
 * difference to the actual one. Both are undefined below 60 inches and without a sex the formula knows: then only
 * the actual weight can be chosen; nothing is chosen silently.
 *
 * @example basisWeight({ actualWeightKg: 110, heightCm: 177.8, sex: 'male' }, 'ideal') // 73 kg
 */
export function basisWeight(
  { actualWeightKg, heightCm, sex }: BodyFacts,
  weightBasis: WeightBasis,
): BasisWeight {
  if (!within(actualWeightKg, PLAUSIBLE.weightKg))
    return { ok: false, problem: 'implausible-weight', lines: [] }
  if (heightCm !== undefined && !within(heightCm, PLAUSIBLE.heightCm))
    return { ok: false, problem: 'implausible-height', lines: [] }
  const actual: ArithmeticLine = {
    label: 'Actual weight',
    working: 'as measured',
    result: `${say(actualWeightKg)} kg`,
  }
  if (weightBasis === 'actual') return { ok: true, weightKg: actualWeightKg, lines: [actual] }
  if (heightCm === undefined) return { ok: false, problem: 'height-unknown', lines: [actual] }
  if (sex !== 'female' && sex !== 'male') return { ok: false, problem: 'sex-unknown', lines: [actual] }
  const inches = heightCm / CM_PER_INCH
  if (inches < 60 - NOTHING) return { ok: false, problem: 'under-60-inches', lines: [actual] }
  // Of a light or tall body these formulas come out above what is there: never unsaid.
  const result = (kg: number) =>
    isHigherThanActual(kg, actualWeightKg) ? `${say(kg)} kg, ${HIGHER_WORDS}` : `${say(kg)} kg`
  const start = sex === 'male' ? 50 : 45.5
  const idealKg = roundTo(start + 2.3 * (inches - 60), 0.1)
  const ideal: ArithmeticLine = {
    label: 'Ideal weight (Devine)',
    working: `${start} kg + 2.3 kg × (${say(inches, 1)} in − 60)`,
    result: result(idealKg),
  }
  if (weightBasis === 'ideal') return { ok: true, weightKg: idealKg, lines: [actual, ideal] }
  const adjustedKg = roundTo(idealKg + 0.4 * (actualWeightKg - idealKg), 0.1)
  const adjusted: ArithmeticLine = {
    label: 'Adjusted weight',
    working: `${say(idealKg)} kg + 0.4 × (${say(actualWeightKg)} − ${say(idealKg)}) kg`,
    result: result(adjustedKg),
  }
  return { ok: true, weightKg: adjustedKg, lines: [actual, ideal, adjusted] }
}

/** How a weight that passes `isHigherThanActual` is marked wherever it is shown. */
export const HIGHER_WORDS = 'higher than the actual weight'

/** Whether a dose counted from this weight is more than the body there would get: then an order needs a reason. */
export function isHigherThanActual(basisKg: number | undefined, actualKg: number | undefined): boolean {
  return basisKg !== undefined && actualKg !== undefined && basisKg > actualKg + NOTHING
}
