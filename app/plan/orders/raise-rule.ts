import type { Protocol, Route } from '../protocols/protocol.ts'
import type { DoseChoice, DoseFigures } from './dose-arithmetic.ts'
import type { DoseOrder } from './order.ts'
import { NOTHING, tidy } from './rounding.ts'

/** What a dose is never raised after. A design default, to be set by the medical director. */
export const RAISE_FACTS = ['systolic-180', 'moaas-2', 'spo2-92', 'distress-stop', 'vomiting'] as const
export type RaiseFact = (typeof RAISE_FACTS)[number]

export type Told = 'yes' | 'no' | 'unknown'

/** What the prescriber says about the last dose and what it did, for a dose above it. */
export type RaiseAnswers = Readonly<Record<RaiseFact, Told>> & {
  /** How much better since the start, by the treatment’s own measure. */
  readonly improvement: 'less-than-half' | 'half-or-more' | 'unknown'
}

/** The last dose given to a person, with what its session recorded. */
export type LastDose = {
  readonly order: Pick<
    DoseOrder,
    'route' | 'doseMg' | 'doseMgPerKg' | 'weightBasis' | 'weightKg' | 'actualWeightKg'
  >
  readonly recorded: Readonly<Record<RaiseFact, Told>>
}

/**
 * Whether a dose lies above the last one given by the same route. A dose by another route is not compared: nothing
 * is converted.
 *
 * mg/kg are compared as asked where both count from the same kind of weight, else per kg of the actual body.
 */
export function isRaised(
  choice: DoseChoice,
  figures: DoseFigures,
  actualWeightKg: number | undefined,
  route: Route,
  last: LastDose | undefined,
): boolean {
  if (last === undefined || last.order.route !== route) return false
  const asked = askedMgPerKg(choice)
  const before = last.order
  if (asked === undefined || before.doseMgPerKg === undefined) return figures.doseMg > before.doseMg + NOTHING
  if ('weightBasis' in choice && choice.weightBasis === before.weightBasis)
    return asked > before.doseMgPerKg + NOTHING
  if (figures.kind === 'units' || actualWeightKg === undefined) return true
  const now = (asked * (figures.basisWeightKg ?? actualWeightKg)) / actualWeightKg
  const then = (before.doseMgPerKg * (before.weightKg ?? 0)) / (before.actualWeightKg ?? Number.NaN)
  return !(now <= then + NOTHING)
}

export type RaiseVerdict =
  | { readonly may: true; readonly unknown: readonly (RaiseFact | 'improvement')[] }
  | {
      readonly may: false
      readonly why: 'not-answered' | 'never-raise' | 'half-better'
      readonly facts: readonly RaiseFact[]
    }

/**
 * Whether a dose may be raised on what is known. What the session recorded counts and cannot be denied; what it did
 * not record the prescriber tells. Any of the facts stops it; so does an improvement by half. What is unknown is said,
 * and wants a reason. Pure.
 */
export function mayRaise(
  answers: RaiseAnswers | undefined,
  recorded: Readonly<Record<RaiseFact, Told>>,
): RaiseVerdict {
  if (!answers) {
    const facts = RAISE_FACTS.filter((fact) => recorded[fact] === 'yes')
    return { may: false, why: facts.length > 0 ? 'never-raise' : 'not-answered', facts }
  }
  const told = (fact: RaiseFact): Told => {
    const both = [recorded[fact], answers[fact]]
    return both.includes('yes') ? 'yes' : both.includes('no') ? 'no' : 'unknown'
  }
  const facts = RAISE_FACTS.filter((fact) => told(fact) === 'yes')
  if (facts.length > 0) return { may: false, why: 'never-raise', facts }
  if (answers.improvement === 'half-or-more') return { may: false, why: 'half-better', facts: [] }
  const unknown: (RaiseFact | 'improvement')[] = RAISE_FACTS.filter((fact) => told(fact) === 'unknown')
  if (answers.improvement === 'unknown') unknown.push('improvement')
  return { may: true, unknown }
}

/**
 * Whether a choice leaves what its protocol says: another dose or time, a step of titration that is skipped, a dose
 * that is none of those listed.
 *
 * @param lastMgPerKg asked for in the last dose given by this route; undefined before the first
 */
export function deviates(
  choice: DoseChoice,
  { dose }: Pick<Protocol, 'dose'>,
  lastMgPerKg: number | undefined,
): boolean {
  if (dose.kind === 'fixed-mg')
    return choice.kind === 'units' || choice.kind === 'at-once-mg'
      ? !dose.choicesMg.includes(choice.mg)
      : true
  if (dose.kind === 'rate') return true
  const asked = askedMgPerKg(choice)
  if (asked === undefined) return true
  const first =
    dose.kind === 'bolus-mg-per-kg'
      ? dose.mgPerKg.value
      : tidy(dose.steps.reduce((sum, s) => sum + (s.mgPerKg.value ?? Number.NaN), 0))
  const allowed = [first ?? Number.NaN, ...(dose.titration?.furtherMgPerKg ?? [])]
  const place = allowed.findIndex((mgPerKg) => Math.abs(mgPerKg - asked) <= NOTHING)
  if (place < 0) return true
  if (place > 0) {
    // One step up at a time: the step before it, or this one, was the last dose.
    const before = lastMgPerKg === undefined ? -1 : lastStep(allowed, lastMgPerKg)
    if (place > before + 1 || before < 0) return true
  }
  if (dose.kind === 'bolus-mg-per-kg') return false
  if (choice.kind !== 'infusion' || choice.steps.length !== dose.steps.length) return true
  return dose.steps.some(
    ({ mgPerKg, durationMin }, at) =>
      choice.steps[at]!.durationMin !== durationMin.value ||
      (place === 0 && choice.steps[at]!.mgPerKg !== mgPerKg.value),
  )
}

function lastStep(allowed: readonly number[], mgPerKg: number): number {
  return allowed.findLastIndex((step) => step <= mgPerKg + NOTHING)
}

/** All mg/kg of a choice; undefined for a dose that is not counted from a weight. */
export function askedMgPerKg(choice: DoseChoice): number | undefined {
  if (choice.kind === 'infusion') return tidy(choice.steps.reduce((sum, s) => sum + s.mgPerKg, 0))
  return choice.kind === 'at-once-per-kg' ? choice.mgPerKg : undefined
}
