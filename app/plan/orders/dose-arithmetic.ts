import type { Sex } from '../../identity/index.ts'
import type { DoseCeilings } from '../protocols/protocol.ts'

/** Which weight a dose is counted from. Chosen by the prescriber, never assumed. */
export type WeightBasis = 'actual' | 'ideal' | 'adjusted'

/** Vials ketamine comes in. */
export const CONCENTRATIONS_MG_PER_ML = [10, 50, 100] as const
export type ConcentrationMgPerMl = (typeof CONCENTRATIONS_MG_PER_ML)[number]

export type DoseQuestion = {
  readonly mgPerKg: number
  readonly weightBasis: WeightBasis
  readonly actualWeightKg: number
  /** Undefined when never measured: only the actual weight can then be used. */
  readonly heightCm: number | undefined
  readonly sex: Sex | undefined
  readonly concentrationMgPerMl: ConcentrationMgPerMl
  /** Drug and diluent together, as the pump will infuse it. */
  readonly totalVolumeMl: number
  readonly durationMin: number
  readonly ceilings: DoseCeilings
}

/** One step of the calculation as a person would write it down. */
export type ArithmeticLine = {
  readonly label: string
  readonly working: string
  readonly result: string
}

export type DoseProblem =
  | 'implausible-weight'
  | 'implausible-height'
  | 'implausible-dose'
  | 'implausible-duration'
  | 'height-unknown'
  | 'sex-unknown'
  | 'under-60-inches'
  | 'volume-too-small'
  | 'must-be-diluted'
  | 'rounding-too-large'
  | 'rate-ceiling'
  | 'pump-mismatch'

/** What an order beyond the ordinary needs before it may be signed. */
export type DoseNeed = 'reason' | 'second-prescriber'

export type DoseFigures = {
  readonly basisWeightKg: number
  /** Wanted, before rounding to what a syringe can hold. */
  readonly wantedMg: number
  readonly doseMg: number
  readonly volumeMl: number
  readonly totalVolumeMl: number
  readonly diluentMl: number
  readonly finalMgPerMl: number
  readonly rateMlPerH: number
  /** What the rounded syringe and the rounded pump rate together do to the wanted dose, in percent. */
  readonly roundingErrorPercent: number
  /** The dose in the syringe, per kg of the actual body: the ceilings look at the higher of this and the asked one. */
  readonly mgPerActualKg: number
  readonly mgPerKgPerMin: number
}

export type DoseAnswer =
  | {
      readonly ok: true
      readonly figures: DoseFigures
      readonly needs: readonly DoseNeed[]
      readonly lines: readonly ArithmeticLine[]
    }
  | {
      readonly ok: false
      readonly problems: readonly DoseProblem[]
      readonly lines: readonly ArithmeticLine[]
    }

const CM_PER_INCH = 2.54
const PLAUSIBLE = {
  weightKg: [25, 350],
  heightCm: [100, 230],
  mgPerKg: [0.05, 3],
  durationMin: [5, 240],
} as const
/** Design default: an order whose rounding moves the dose further than this wants another concentration or volume. */
const MOST_ROUNDING_PERCENT = 5
/** Wider than floating point, narrower than any figure here: 1.0 mg/kg over 40 min is at the ceiling, not over it. */
const NOTHING = 1e-9

/**
 * From mg/kg to what stands on the pump, every step written down. Pure.
 *
 * Ideal weight is Devine's (50 or 45.5 kg and 2.3 kg for each inch above 60), adjusted weight adds two fifths of the
 * difference to the actual one. Both are undefined below 60 inches and without a sex the formula knows: then only
 * the actual weight can be chosen; nothing is chosen silently. 100 mg/mL is diluted at least one to one.
 *
 * @returns figures with what the order still needs (a reason, a second prescriber), or every problem found
 * @example doseArithmetic({ mgPerKg: 0.8, weightBasis: 'actual', actualWeightKg: 70, heightCm: undefined, sex: undefined,
 *   concentrationMgPerMl: 50, totalVolumeMl: 50, durationMin: 40, ceilings })
 *   // 56 mg = 1.1 mL (55 mg), 75 mL/h
 */
export function doseArithmetic(question: DoseQuestion): DoseAnswer {
  const { mgPerKg, actualWeightKg, concentrationMgPerMl, totalVolumeMl, durationMin, ceilings } = question
  const problems: DoseProblem[] = []
  if (!within(actualWeightKg, PLAUSIBLE.weightKg)) problems.push('implausible-weight')
  if (question.heightCm !== undefined && !within(question.heightCm, PLAUSIBLE.heightCm))
    problems.push('implausible-height')
  if (!within(mgPerKg, PLAUSIBLE.mgPerKg)) problems.push('implausible-dose')
  if (!within(durationMin, PLAUSIBLE.durationMin)) problems.push('implausible-duration')
  if (problems.length > 0) return { ok: false, problems, lines: [] }

  const basis = basisWeight(question)
  if (!basis.ok) return { ok: false, problems: [basis.problem], lines: basis.lines }
  const basisWeightKg = basis.weightKg
  const lines: ArithmeticLine[] = [...basis.lines]

  const wantedMg = mgPerKg * basisWeightKg
  lines.push({
    label: 'Dose',
    working: `${say(mgPerKg)} mg/kg × ${say(basisWeightKg)} kg`,
    result: `${say(wantedMg)} mg`,
  })

  const exactMl = wantedMg / concentrationMgPerMl
  const stepMl = syringeStepMl(exactMl)
  const { volumeMl, roundedDown } = drawnVolume(question, wantedMg, exactMl, stepMl)
  const doseMg = tidy(volumeMl * concentrationMgPerMl)
  lines.push({
    label: 'Drawn from the vial',
    working: `${say(wantedMg)} mg ÷ ${concentrationMgPerMl} mg/mL = ${say(exactMl, 3)} mL, ${roundedDown ? `down to ${say(stepMl)} mL so that rounding passes no ceiling` : `to the nearest ${say(stepMl)} mL`}`,
    result: `${say(volumeMl)} mL`,
  })
  const drawnError = percentOff(doseMg, wantedMg)
  lines.push({
    label: 'In the syringe',
    working: `${say(volumeMl)} mL × ${concentrationMgPerMl} mg/mL; rounding ${signed(drawnError)} %`,
    result: `${say(doseMg)} mg`,
  })

  const diluentMl = tidy(totalVolumeMl - volumeMl)
  if (!Number.isFinite(totalVolumeMl) || diluentMl < -NOTHING) problems.push('volume-too-small')
  else if (concentrationMgPerMl === 100 && diluentMl + NOTHING < volumeMl) problems.push('must-be-diluted')
  if (problems.length > 0) return { ok: false, problems, lines }

  const finalMgPerMl = doseMg / totalVolumeMl
  lines.push({
    label: 'Diluted',
    working: `${say(volumeMl)} mL drug + ${say(diluentMl)} mL diluent = ${say(totalVolumeMl)} mL; ${say(doseMg)} mg ÷ ${say(totalVolumeMl)} mL`,
    result: `${say(finalMgPerMl, 3)} mg/mL`,
  })

  const rateMlPerH = roundTo((totalVolumeMl / durationMin) * 60, 0.1)
  lines.push({
    label: 'Pump rate',
    working: `${say(totalVolumeMl)} mL ÷ ${say(durationMin)} min × 60, to the nearest 0.1 mL/h`,
    result: `${say(rateMlPerH)} mL/h`,
  })
  // Back from what stands on the pump: were a figure mistyped or misplaced, the two ways would not meet.
  const backMg = (rateMlPerH / 60) * durationMin * finalMgPerMl
  const backMin = rateMlPerH > 0 ? (totalVolumeMl / rateMlPerH) * 60 : Number.POSITIVE_INFINITY
  lines.push({
    label: 'Checked backwards',
    working: `${say(rateMlPerH)} mL/h × ${say(durationMin)} min × ${say(finalMgPerMl, 3)} mg/mL; ${say(totalVolumeMl)} mL ÷ ${say(rateMlPerH)} mL/h = ${say(backMin, 1)} min`,
    result: `${say(backMg, 1)} mg`,
  })
  if (Math.abs(percentOff(backMg, doseMg)) > 1 || Math.abs(percentOff(backMin, durationMin)) > 1)
    problems.push('pump-mismatch')
  if (Math.abs(drawnError) > MOST_ROUNDING_PERCENT) problems.push('rounding-too-large')

  const mgPerActualKg = doseMg / actualWeightKg
  const highestMgPerKg = Math.max(mgPerKg, wantedMg / actualWeightKg, mgPerActualKg)
  const mgPerKgPerMin = highestMgPerKg / durationMin
  lines.push({
    label: 'Speed',
    working: `${say(highestMgPerKg)} mg/kg ÷ ${say(durationMin)} min; ceiling ${say(ceilings.rateMgPerKgPerMin, 3)}`,
    result: `${say(mgPerKgPerMin, 4)} mg/kg per min`,
  })
  lines.push({
    label: 'Per kg of the actual body',
    working: `${say(doseMg)} mg ÷ ${say(actualWeightKg)} kg; reason above ${say(ceilings.softMgPerKg)}, second prescriber above ${say(ceilings.hardMgPerKg)}`,
    result: `${say(mgPerActualKg, 3)} mg/kg`,
  })
  if (mgPerKgPerMin > ceilings.rateMgPerKgPerMin + NOTHING) problems.push('rate-ceiling')
  if (problems.length > 0) return { ok: false, problems, lines }

  const needs: DoseNeed[] = []
  if (highestMgPerKg > ceilings.softMgPerKg + NOTHING) needs.push('reason')
  if (highestMgPerKg > ceilings.hardMgPerKg + NOTHING) needs.push('second-prescriber')
  return {
    ok: true,
    needs,
    lines,
    figures: {
      basisWeightKg,
      wantedMg: tidy(wantedMg),
      doseMg,
      volumeMl,
      totalVolumeMl,
      diluentMl,
      finalMgPerMl,
      rateMlPerH,
      roundingErrorPercent: percentOff(backMg, wantedMg),
      mgPerActualKg,
      mgPerKgPerMin,
    },
  }
}

type Basis =
  | { readonly ok: true; readonly weightKg: number; readonly lines: readonly ArithmeticLine[] }
  | { readonly ok: false; readonly problem: DoseProblem; readonly lines: readonly ArithmeticLine[] }

function basisWeight({ weightBasis, actualWeightKg, heightCm, sex }: DoseQuestion): Basis {
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
  const start = sex === 'male' ? 50 : 45.5
  const idealKg = roundTo(start + 2.3 * (inches - 60), 0.1)
  const ideal: ArithmeticLine = {
    label: 'Ideal weight (Devine)',
    working: `${start} kg + 2.3 kg × (${say(inches, 1)} in − 60)`,
    result: `${say(idealKg)} kg`,
  }
  if (weightBasis === 'ideal') return { ok: true, weightKg: idealKg, lines: [actual, ideal] }
  const adjustedKg = roundTo(idealKg + 0.4 * (actualWeightKg - idealKg), 0.1)
  const adjusted: ArithmeticLine = {
    label: 'Adjusted weight',
    working: `${say(idealKg)} kg + 0.4 × (${say(actualWeightKg)} − ${say(idealKg)}) kg`,
    result: `${say(adjustedKg)} kg`,
  }
  return { ok: true, weightKg: adjustedKg, lines: [actual, ideal, adjusted] }
}

/**
 * The volume as the syringe can hold it: the nearest mark, or the one below when the nearest would carry the dose per
 * kg of the actual body over a ceiling that the wanted dose keeps.
 */
function drawnVolume(
  { mgPerKg, actualWeightKg, concentrationMgPerMl, durationMin, ceilings }: DoseQuestion,
  wantedMg: number,
  exactMl: number,
  stepMl: number,
): { readonly volumeMl: number; readonly roundedDown: boolean } {
  const nearestMl = roundTo(exactMl, stepMl)
  const askedMgPerKg = Math.max(mgPerKg, wantedMg / actualWeightKg)
  const roundedMgPerKg = (nearestMl * concentrationMgPerMl) / actualWeightKg
  const limits = [ceilings.softMgPerKg, ceilings.hardMgPerKg, ceilings.rateMgPerKgPerMin * durationMin]
  const passed = limits.some((limit) => askedMgPerKg <= limit + NOTHING && roundedMgPerKg > limit + NOTHING)
  if (!passed) return { volumeMl: nearestMl, roundedDown: false }
  return { volumeMl: tidy(Math.floor(tidy(exactMl / stepMl)) * stepMl), roundedDown: true }
}

/** What a syringe of fitting size is marked in: 0.01 mL under one millilitre, 0.1 mL from there. A design default. */
export function syringeStepMl(volumeMl: number): number {
  return volumeMl < 1 ? 0.01 : 0.1
}

function within(value: number, [low, high]: readonly [number, number]): boolean {
  return Number.isFinite(value) && value >= low && value <= high
}

function roundTo(value: number, step: number): number {
  return tidy(Math.round(tidy(value / step)) * step)
}

/** Takes off what binary fractions leave behind, far below any digit that matters. */
function tidy(value: number): number {
  return Number(value.toFixed(9))
}

function percentOff(got: number, wanted: number): number {
  return (got / wanted - 1) * 100
}

function say(value: number, digits = 2): string {
  return String(Number(value.toFixed(digits)))
}

function signed(percent: number): string {
  const rounded = Number(percent.toFixed(1))
  return rounded > 0 ? `+${rounded}` : String(rounded).replace('-', '−')
}
