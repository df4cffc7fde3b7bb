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
import { PROBLEM_WORDS } from './order-words.ts'
import { isRaised, type RaiseAnswers } from './raise-rule.ts'
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
  /** The figures as one text: what is signed must be what was shown. */
  readonly shown: string | undefined
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
    shown: shownText(answer.figures),
  }
}

function fieldOf(problem: DoseProblem, kind: DoseChoice['kind'], inStep: number | undefined): string {
  const field = PROBLEM_WORDS[problem][0]
  if (field === 'dose') return kind === 'units' || kind === 'at-once-mg' ? 'mg' : 'mgPerKg'
  return field === 'durationMin' ? stepField('durationMin', inStep ?? 0) : field
}

function shownText(figures: DoseFigures): string {
  switch (figures.kind) {
    case 'infusion':
      return [
        figures.doseMg,
        figures.volumeMl,
        figures.totalVolumeMl,
        ...figures.steps.map((s) => s.rateMlPerH),
      ].join(' ')
    case 'volume':
      return [figures.doseMg, figures.volumeMl, ...figures.portionsMl].join(' ')
    case 'units':
      return [figures.doseMg, figures.units, figures.unitMg].join(' ')
  }
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
