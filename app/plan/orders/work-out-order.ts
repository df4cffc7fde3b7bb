import type { Protocol } from '../protocols/protocol.ts'
import {
  type DoseChoice,
  type DoseFigures,
  type DoseNeed,
  type DoseProblem,
  doseArithmetic,
} from './dose-arithmetic.ts'
import { type DoseForm, stepField } from './dose-fields.ts'
import { orderCeilings } from './order-ceilings.ts'
import { bodyOf, choiceKind, type OrderFacts, orderNeeds } from './order-decision.ts'
import { PROBLEM_WORDS, RAISE_WORDS, TOLD_WORDS } from './order-words.ts'
import { isRaised, RAISE_FACTS, type RaiseAnswers } from './raise-rule.ts'
import type { ArithmeticLine } from './rounding.ts'

/** What an order is worked out from: plain data, the same on the server and while somebody types. */
export type OrderBasis = Pick<OrderFacts, 'weight' | 'heightCm' | 'sex' | 'lastDose'> & {
  readonly protocol: Pick<Protocol, 'dose' | 'route' | 'ceilings'>
}

/** An order that is worked out but not signed: its lines, what is wrong with it and what it still needs. */
export type WorkedOrder = {
  readonly lines: readonly ArithmeticLine[]
  readonly figures: DoseFigures | undefined
  readonly errors: Readonly<Record<string, string>>
  readonly needs: readonly DoseNeed[]
  /** Whether it lies above the last dose given by this route. */
  readonly raised: boolean
  /** The figures and what they rest on, in words: what is signed must be what was shown. */
  readonly shown: string | undefined
}

/** What the page works an order out from, of all that decides about it. */
export function basisOf({ protocol, weight, heightCm, sex, lastDose }: OrderFacts): OrderBasis {
  const { dose, route, ceilings } = protocol
  const last = lastDose?.order
  return {
    protocol: { dose, route, ceilings },
    weight,
    heightCm,
    sex,
    lastDose: lastDose &&
      last && {
        recorded: lastDose.recorded,
        order: {
          route: last.route,
          doseMg: last.doseMg,
          doseMgPerKg: last.doseMgPerKg,
          weightBasis: last.weightBasis,
          weightKg: last.weightKg,
          actualWeightKg: last.actualWeightKg,
        },
      },
  }
}

/** Works an order out. Pure: the page does it while somebody types, the server when it is posted. */
export function workOutOrder(
  basis: OrderBasis,
  dose: DoseChoice,
  raise: RaiseAnswers | undefined,
): WorkedOrder {
  const none = { figures: undefined, needs: [], raised: false, shown: undefined }
  const ceilings = orderCeilings(basis.protocol)
  if (!ceilings) return { ...none, lines: [], errors: { form: PROBLEM_WORDS['wrong-ceilings'][1] } }
  const { route } = basis.protocol
  const body = bodyOf(basis)
  const answer = doseArithmetic({ choice: dose, route, body, ceilings })
  if (!answer.ok) {
    const errors = Object.fromEntries(
      answer.problems.map((problem) => [
        fieldOf(problem, dose.kind, answer.inStep),
        PROBLEM_WORDS[problem][1],
      ]),
    )
    return { ...none, lines: answer.lines, errors }
  }
  return {
    lines: answer.lines,
    figures: answer.figures,
    errors: {},
    needs: orderNeeds(answer, { dose, raise }, basis),
    raised: isRaised(dose, answer.figures, body?.actualWeightKg, route, basis.lastDose),
    shown: `${figuresInWords(answer.figures)}${restingOn(basis, answer.figures)}`,
  }
}

function fieldOf(problem: DoseProblem, kind: DoseChoice['kind'], inStep: number | undefined): string {
  const field = PROBLEM_WORDS[problem][0]
  if (field === 'dose') return kind === 'units' || kind === 'at-once-mg' ? 'mg' : 'mgPerKg'
  return field === 'durationMin' ? stepField('durationMin', inStep ?? 0) : field
}

function figuresInWords(figures: DoseFigures): string {
  const drawn = figures.kind === 'units' ? '' : ` in ${figures.volumeMl} mL`
  switch (figures.kind) {
    case 'infusion': {
      const rates = figures.steps.map(({ rateMlPerH }) => rateMlPerH).join(', then ')
      return `${figures.doseMg} mg${drawn}, made up to ${figures.totalVolumeMl} mL, at ${rates} mL/h`
    }
    case 'volume':
      return `${figures.doseMg} mg${drawn} as ${figures.portionsMl.join(' + ')} mL`
    case 'units':
      return `${figures.doseMg} mg as ${figures.units} × ${figures.unitMg} mg`
  }
}

/** The weight, and the last dose with what the session recorded of it: what is said about a higher dose is said of that. */
function restingOn({ weight, lastDose, protocol }: OrderBasis, { kind }: DoseFigures): string {
  const kg = kind === 'units' || !weight ? '' : `, at ${weight.value} kg`
  if (!lastDose || lastDose.order.route !== protocol.route) return kg
  const borne = RAISE_FACTS.map((fact) => `${RAISE_WORDS[fact]}: ${TOLD_WORDS[lastDose.recorded[fact]]}`)
  return `${kg}, after ${lastDose.order.doseMg} mg (${borne.join('; ')})`
}

/** What the form of a protocol asks for; undefined for a dose that no clinic orders. */
export function doseForm(protocol: Pick<Protocol, 'dose' | 'route'>): DoseForm | undefined {
  const kind = choiceKind(protocol)
  return (
    kind && {
      kind,
      steps: protocol.dose.kind === 'infusion-mg-per-kg' ? protocol.dose.steps.map((s) => s.title) : [],
      esketamine: protocol.route === 'nasal-esketamine',
    }
  )
}
