import type { Route } from '../protocols/protocol.ts'
import { type AtOnceChoice, type VolumeFigures, workOutAtOnce } from './at-once-arithmetic.ts'
import type { BodyFacts } from './basis-weight.ts'
import { type InfusionChoice, type InfusionFigures, workOutInfusion } from './infusion-arithmetic.ts'
import type { OrderCeilings } from './order-ceilings.ts'
import type { ArithmeticLine } from './rounding.ts'
import { type UnitsChoice, type UnitsFigures, workOutUnits } from './units-arithmetic.ts'

/** Vials ketamine comes in. */
export const CONCENTRATIONS_MG_PER_ML = [10, 50, 100] as const
export type ConcentrationMgPerMl = (typeof CONCENTRATIONS_MG_PER_ML)[number]

/** What the prescriber chose of a dose. Its kind follows from the protocol; no kind is ever turned into another. */
export type DoseChoice = InfusionChoice | AtOnceChoice | UnitsChoice

export type DoseQuestion = {
  readonly choice: DoseChoice
  readonly route: Route
  /** Undefined without a weight: then only what is not counted from one can be worked out. */
  readonly body: BodyFacts | undefined
  readonly ceilings: OrderCeilings
}

export type DoseProblem =
  | 'weight-unknown'
  | 'implausible-weight'
  | 'implausible-height'
  | 'implausible-dose'
  | 'implausible-duration'
  | 'push-too-fast'
  | 'height-unknown'
  | 'sex-unknown'
  | 'under-60-inches'
  | 'volume-too-small'
  | 'volume-too-large'
  | 'pump-rate-too-high'
  | 'must-be-diluted'
  | 'rounding-too-large'
  | 'rate-ceiling'
  | 'pump-mismatch'
  | 'too-much-for-sites'
  | 'not-whole-units'
  | 'not-a-dose-of-devices'
  | 'wrong-ceilings'

/** What an order beyond the ordinary needs before it may be signed. */
export type DoseNeed = 'reason' | 'second-prescriber'

export type DoseFigures = InfusionFigures | VolumeFigures | UnitsFigures

export type DoseAnswer<Figures extends DoseFigures = DoseFigures> =
  | {
      readonly ok: true
      readonly figures: Figures
      readonly needs: readonly DoseNeed[]
      readonly lines: readonly ArithmeticLine[]
    }
  | {
      readonly ok: false
      readonly problems: readonly DoseProblem[]
      /** The step of an infusion that the first problem lies in, from 0; undefined when it is about the whole. */
      readonly inStep?: number
      readonly lines: readonly ArithmeticLine[]
    }

/**
 * From what is asked for to what stands on the pump, the syringe or the device, every line written down. Pure.
 *
 * @returns figures with what the order still needs (a reason, a second prescriber), or every problem found
 * @example doseArithmetic({ route: 'intravenous', body: { actualWeightKg: 70, heightCm: undefined, sex: undefined }, ceilings,
 *   choice: { kind: 'infusion', weightBasis: 'actual', concentrationMgPerMl: 50, totalVolumeMl: 50,
 *     steps: [{ title: 'Infusion', mgPerKg: 0.8, durationMin: 40 }] } })
 *   // 56 mg = 1.1 mL (55 mg), 75 mL/h
 */
export function doseArithmetic({ choice, route, body, ceilings }: DoseQuestion): DoseAnswer {
  if (choice.kind === 'units') return workOutUnits(choice, route, ceilings)
  if (choice.kind === 'infusion') {
    return body ? workOutInfusion(choice, body, ceilings) : refuse('weight-unknown')
  }
  if (choice.kind === 'at-once-per-kg' && !body) return refuse('weight-unknown')
  return workOutAtOnce(choice, route, body, ceilings)
}

function refuse(problem: DoseProblem): DoseAnswer {
  return { ok: false, problems: [problem], lines: [] }
}
